import PlanModel
import Speech
import Wording
import Workbench

/// What became of each row of an import, or would.
package struct ImportReport: Equatable, Sendable {
  /// What a field was, and what it becomes.
  package struct FieldChange: Equatable, Sendable {
    package let field: RegisterDescription
    package let from: String
    package let to: String
  }

  package enum Outcome: Equatable, Sendable {
    case create
    /// What differs, how a contact is reached besides, and what happened to a request besides.
    case update([FieldChange], points: [String], events: [String])
    /// An event that was written down wrong is replaced.
    case correct([FieldChange])
    /// It is here already, and says the same.
    case duplicate
    case reject(String)
    /// Perhaps one of these, which are named with how to answer.
    case ask(String, [RecordID])
    /// Likely to be one that is here, and left out as was asked.
    case skip

    package var fate: Fate {
      switch self {
      case .create: .create
      case .update: .update
      case .correct: .correct
      case .duplicate: .duplicate
      case .reject: .reject
      case .ask: .ask
      case .skip: .skip
      }
    }
  }

  /// Which of them it was, by the name that programs are told.
  package enum Fate: String, CaseIterable, Sendable {
    case create, update, correct, duplicate, reject, ask, skip
  }

  /// What a person has to know of a row besides.
  package enum Note: Equatable, Sendable {
    /// It is one record with a row before it.
    case one(line: Int)
    /// A row before it has the same name, or the same address; both make a record.
    case sameName(line: Int)
    case sameAddress(String, line: Int)
    /// Whoever is meant is not known here: the text is kept in another field.
    case unknownPerson(String, field: RegisterDescription)
    /// A request that has ended there, and nothing says when: it is open here.
    case endedWithoutMoment(String)
    /// A request that is open there, though it has a moment at which it ended.
    case openAgain(String)
    /// How far a request is, in words that are not known.
    case unknownState(String)
  }

  package struct Entry: Equatable, Sendable {
    let place: Int
    package let outcome: Outcome
    package let record: RecordID?
    package let title: String
    package var notes: [Note] = []

    /// What of it is told to a person at most.
    package var pile: Pile { Pile(fate: outcome.fate, isNoted: !notes.isEmpty) }
    package var toldMax: Int { notes.isEmpty ? outcome.toldMax : ImportReport.rowsToldMax }
  }

  /// Entries that are told in the same way.
  package struct Pile: Hashable, Sendable {
    let fate: Fate
    let isNoted: Bool
  }

  /// Of a hundred thousand rows not more is kept than is told.
  private var entries: [Pile: [Entry]] = [:]
  private var counts: [Pile: Int] = [:]
  /// Rows that are one record with another, and rows that are like another.
  package private(set) var oneCount = 0
  package private(set) var alikeCount = 0
  package private(set) var unknownPersonCount = 0
  package private(set) var leftOpenCount = 0
  private let keepsAll: Bool
  private let keepsRejected: Bool

  /// - Parameters:
  ///   - keepsAll: For programs, which are told of every row.
  ///   - keepsRejected: What is rejected is written out.
  init(keepsAll: Bool, keepsRejected: Bool) {
    self.keepsAll = keepsAll
    self.keepsRejected = keepsRejected
  }

  mutating func add(
    _ outcome: Outcome, _ place: Int, _ record: RecordID?, notes: [Note] = [], title: String = ""
  ) {
    let entry = Entry(place: place, outcome: outcome, record: record, title: title, notes: notes)
    let pile = entry.pile
    counts[pile, default: 0] += 1
    count(notes)
    guard keeps(entry) else { return }
    entries[pile, default: []].append(entry)
    guard let most = most(of: entry), let count = entries[pile]?.count, count >= most else { return }
    entries[pile]?.sort { $0.place < $1.place }
    entries[pile]?.removeLast(count - most)
  }

  private mutating func count(_ notes: [Note]) {
    if notes.contains(where: { if case .unknownPerson = $0 { true } else { false } }) {
      unknownPersonCount += 1
    }
    for note in notes {
      switch note {
      case .one: oneCount += 1
      case .sameName, .sameAddress: alikeCount += 1
      case .endedWithoutMoment: leftOpenCount += 1
      case .openAgain, .unknownState, .unknownPerson: break
      }
    }
  }

  /// Whether what became of a row is told by itself, as far as is known after those before it.
  func keeps(_ outcome: Outcome, _ place: Int, _ notes: [Note] = []) -> Bool {
    keeps(Entry(place: place, outcome: outcome, record: nil, title: "", notes: notes))
  }

  private func keeps(_ entry: Entry) -> Bool {
    guard let most = most(of: entry) else { return true }
    guard let kept = entries[entry.pile], kept.count >= most else { return most > 0 }
    return kept.last.map { entry.place < $0.place } ?? false
  }

  /// - Returns: nil: all.
  private func most(of entry: Entry) -> Int? {
    guard !keepsAll else { return nil }
    switch entry.outcome {
    case .reject, .ask: return keepsRejected ? nil : Self.rowsToldMax
    default: return entry.toldMax
    }
  }

  /// Rows told one by one; the rest is counted.
  static let rowsToldMax = 40

  /// What is kept, in the order of the file.
  var inOrder: [Entry] { entries.values.joined().sorted { $0.place < $1.place } }

  package func count(_ fate: Fate) -> Int {
    [true, false].reduce(0) { $0 + (counts[Pile(fate: fate, isNoted: $1)] ?? 0) }
  }

  package func count(_ pile: Pile) -> Int { counts[pile] ?? 0 }

  var rejected: [(place: Int, reason: String)] {
    inOrder.compactMap { entry in
      switch entry.outcome {
      case .reject(let reason), .ask(let reason, _): (entry.place, reason)
      default: nil
      }
    }
  }
}

extension ImportReport.Outcome {
  /// So many of them are told one by one to a person: of what is new the first, of what is here none.
  package var toldMax: Int {
    switch self {
    case .create: 10
    case .duplicate, .skip: 0
    default: ImportReport.rowsToldMax
    }
  }
}
