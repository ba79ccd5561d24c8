import Foundation
import GRDB
import PlanModel
import SQLiteQuery
import SyncCore

/// A record that a search found.
package struct SearchHit: Sendable {
  package let record: RecordView
  /// The words around what was found, where it is not the title.
  package let excerpt: String
}

// The index of words (FTS5) is made by the first search and brought up to date by each: syncing costs nothing for
// those who never search. Its rows bear the keys of base. A record that changed has a new key, so the row of its old
// words meets no record any more, and is found no more; when many have gathered the index is made anew.

extension ReplicaReading {
  fileprivate func isIndexed() throws -> Bool {
    try Query(database, "SELECT 1 FROM searched").first { $0.flag(0) } ?? false
  }

  fileprivate func isMostlyStale() throws -> Bool {
    try Query(
      database, "SELECT (SELECT count(*) FROM words_docsize) > 2 * (SELECT count(*) FROM base) + 1000"
    ).first { $0.flag(0) } ?? false
  }

  /// What people wrote in a record.
  fileprivate func words(of state: RecordState) -> (title: String, text: String) {
    guard let kind = PlanModel.kind(state.kind) else { return ("", "") }
    var title = ""
    var texts: [String] = []
    for field in state.body.fields {
      guard let register = kind.register(field.number), register.type.isWords,
        case .text(let text)? = try? register.type.decode(state.body.bytes[field.start..<field.end])
      else { continue }
      if register.number == kind.title { title = text } else { texts.append(text) }
    }
    return (title, texts.joined(separator: "\n"))
  }

  /// The living records that have all these words, or words that begin so; the best first.
  ///
  /// - Parameters:
  ///   - text: Words; in quotation marks, words that follow each other.
  ///   - kinds: Only these; nil for all.
  ///   - account: Only this one's.
  package func search(
    _ text: String, kinds: Set<UInt32>? = nil, account: RecordID? = nil, limit: Int
  ) throws -> [SearchHit] {
    let search = SearchWords(text)
    guard !search.isEmpty else { return [] }
    func admits(_ view: RecordView) -> Bool {
      view.isShown && (kinds?.contains(view.kind) ?? true)
        && (account == nil || view.scope.account == account || view.id == account)
    }
    let waiting = try waitingHits(search).filter { admits($0.record) }
    return Array((waiting + (try indexedHits(search, limit: limit, where: admits))).prefix(limit))
  }

  private func indexedHits(
    _ search: SearchWords, limit: Int, where admits: (RecordView) -> Bool
  ) throws -> [SearchHit] {
    // A sync that took an account away meanwhile took the index along.
    guard try isIndexed() else { return [] }
    let scopes = try scopeNames()
    var query = try Query(
      database,
      """
      SELECT base.scope, base.state, snippet(words, 1, '', '', '…', 12)
      FROM words JOIN base ON base.key = words.rowid
      WHERE words MATCH ?
        AND NOT EXISTS (SELECT 1 FROM overlay WHERE overlay.id = base.id AND overlay.scope = base.scope)
      ORDER BY bm25(words, 8.0, 1.0)
      """)
    try query.bind(search.expression)
    defer { query.reset() }
    var hits: [SearchHit] = []
    // A filter leaves out rows after they are ranked, so more are read than asked for.
    while hits.count < limit, try query.step() {
      guard let scope = scopes[query.integer(0)] else { continue }
      guard let state = try? RecordState(decoding: query.blob(1)) else { continue }
      let view = RecordView(scope: scope, state: state, isPending: false)
      guard admits(view) else { continue }
      hits.append(SearchHit(record: view, excerpt: query.text(2)))
    }
    return hits
  }

  /// Edits that wait to be synced are in no index: there are few of them, and they are read through.
  private func waitingHits(_ search: SearchWords) throws -> [SearchHit] {
    let scopes = try scopeNames()
    return try overlays().compactMap { row in
      guard let scope = scopes[row.scope] else { return nil }
      let words = self.words(of: row.state)
      guard search.matches(words.title + "\n" + words.text) else { return nil }
      return SearchHit(
        record: RecordView(scope: scope, state: row.state, isPending: true),
        excerpt: String(words.text.prefix(80)))
    }
  }
}

extension ReplicaTransaction {
  fileprivate func prepareIndex() throws {
    if try isIndexed(), try isMostlyStale() { try forgetIndex() }
    guard try !isIndexed() else { return }
    try database.execute(
      sql: """
        CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2');
        INSERT INTO searched (only, key) VALUES (1, 0);
        """)
  }

  /// The next search makes it anew, from what is here then.
  func forgetIndex() throws {
    guard try isIndexed() else { return }
    try database.execute(sql: "DROP TABLE words; DELETE FROM searched;")
  }

  private static let indexedAtOnce = 5_000

  /// - Returns: how many records it has read; 0 when all are indexed.
  fileprivate func indexSome() throws -> Int {
    var query = try Query(
      database, "SELECT key, state FROM base WHERE key > (SELECT key FROM searched) ORDER BY key LIMIT ?")
    try query.bind(Self.indexedAtOnce)
    let rows = try query.all { (key: $0.integer(0), state: $0.blob(1)) }
    guard let last = rows.last else { return 0 }
    for row in rows {
      // `kam check` tells what is damaged, and the next sync repairs it.
      guard let state = try? RecordState(decoding: row.state), state.alive else { continue }
      let words = self.words(of: state)
      guard !words.title.isEmpty || !words.text.isEmpty else { continue }
      var insert = try Query(database, "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)")
      try insert.bind(row.key)
      try insert.bind(words.title)
      try insert.bind(words.text)
      try insert.run()
    }
    var update = try Query(database, "UPDATE searched SET key = ?")
    try update.bind(last.key)
    try update.run()
    return rows.count
  }
}

extension Replica {
  /// Brings the index up to date.
  ///
  /// - Parameter progress: Told how many records are indexed, of how many.
  package func indexWords(_ progress: (_ done: Int, _ total: Int) -> Void) throws {
    try write { try $0.prepareIndex() }
    var done = 0
    let total = try read { reading in
      let query = try Query(
        reading.database, "SELECT count(*) FROM base WHERE key > (SELECT key FROM searched)")
      return Int(try query.first { $0.integer(0) } ?? 0)
    }
    while done < total {
      let count = try write { try $0.indexSome() }
      guard count > 0 else { return }
      done += count
      progress(done, total)
    }
  }
}

/// What was asked for, for the index and for reading through.
struct SearchWords {
  /// Each in the form in which it is compared: the words of a quoted one follow each other.
  private let terms: [[String]]

  init(_ text: String) {
    var terms: [[String]] = []
    for (place, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      if place.isMultiple(of: 2) {
        terms += part.split(whereSeparator: \.isWhitespace).map { Self.tokens(String($0)) }
      } else {
        terms.append(Self.tokens(String(part)))
      }
    }
    self.terms = terms.filter { !$0.isEmpty }
  }

  var isEmpty: Bool { terms.isEmpty }

  /// For FTS5: every term, its last word only begun.
  var expression: String {
    terms.map { "\"" + $0.joined(separator: " ") + "\" *" }.joined(separator: " AND ")
  }

  func matches(_ text: String) -> Bool {
    let tokens = Self.tokens(text)
    return terms.allSatisfy { term in
      tokens.indices.contains { start in
        guard start + term.count <= tokens.count else { return false }
        return term.indices.allSatisfy { place in
          place == term.count - 1
            ? tokens[start + place].hasPrefix(term[place]) : tokens[start + place] == term[place]
        }
      }
    }
  }

  /// As FTS5's unicode61 takes text apart: letters and digits, without case and accents.
  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var token = String.UnicodeScalarView()
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .decimalNumber,
        .letterNumber, .otherNumber, .privateUse:
        true
      default: false
      }
    }
    for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
      if scalar.properties.generalCategory == .nonspacingMark { continue }
      if isWord(scalar) {
        token.append(scalar)
      } else if !token.isEmpty {
        tokens.append(String(token))
        token = String.UnicodeScalarView()
      }
    }
    if !token.isEmpty { tokens.append(String(token)) }
    return tokens
  }
}

extension RegisterType {
  /// Whether people write words into it.
  fileprivate var isWords: Bool {
    switch self {
    case .line, .text, .slug: true
    default: false
    }
  }
}
