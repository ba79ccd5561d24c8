/// Rows of cells, whatever program wrote them.
package struct Sheet {
  /// What was recognised.
  package enum Form: Equatable {
    case text(encoding: String)
    /// A sheet of a workbook, by its name.
    case workbook(sheet: String)
  }

  private enum Content {
    case text(DelimitedText)
    case cells([(number: Int, cells: [String])])
  }

  private let content: Content
  package let form: Form
  /// What parts the cells of rows that are written out.
  package let separator: Character
  /// Rows before the first that says something: "sep=;".
  package let start: Int

  /// Rows above the headings are a title, a date, a filter.
  private static let titleRowsMax = 30

  /// A file of text.
  package init(_ source: SourceText) {
    let bytes = Array(source.text.utf8)
    let declared = Self.declaredSeparator(bytes)
    let delimiter = declared ?? Self.usualSeparator(of: bytes)
    separator = Character(UnicodeScalar(delimiter))
    start = declared == nil ? 0 : 1
    form = .text(encoding: source.encoding)
    content = .text(DelimitedText(bytes, delimiter: delimiter))
  }

  /// A sheet of a workbook: its numbers have a point.
  package init(rows: [(number: Int, cells: [String])], named name: String) {
    content = .cells(rows)
    form = .workbook(sheet: name)
    separator = ","
    start = 0
  }

  package var count: Int {
    switch content {
    case .text(let text): text.count
    case .cells(let rows): rows.count
    }
  }

  /// - Returns: nil when its quotes do not match.
  package func cells(_ place: Int) -> [String]? {
    switch content {
    case .text(let text): text.cells(place)
    case .cells(let rows): rows[place].cells
    }
  }

  /// As a spreadsheet numbers it.
  package func line(_ place: Int) -> Int {
    switch content {
    case .text: place + 1
    case .cells(let rows): rows[place].number
    }
  }

  /// What cannot be taken apart is kept whole.
  package func raw(_ place: Int) -> String {
    switch content {
    case .text(let text): text.raw(place)
    case .cells(let rows): rows[place].cells.joined(separator: String(separator))
    }
  }

  /// Where the headings are: in the first row that says something, unless a later one has headings that are known.
  ///
  /// - Parameter knownCount: How many cells of a row are headings that are known.
  /// - Returns: nil when no row says anything.
  package func headingsPlace(knownCount: (_ cells: [String]) -> Int) -> Int? {
    let places = start..<max(start, min(count, start + Self.titleRowsMax))
    let filled = places.map { place in cells(place)?.count { !$0.trimmed.isEmpty } ?? 0 }
    guard let first = places.first(where: { filled[$0 - start] > 0 }) else { return nil }
    func known(_ place: Int) -> Int { knownCount(cells(place) ?? []) }
    // A title has fewer cells than what it stands above.
    if known(first) > 0, filled[first - start] * 2 >= filled.max() ?? 0 { return first }
    return places.first { known($0) >= 2 } ?? first
  }

  // MARK: - What parts the cells

  /// As bytes: to String a Greek question mark is a semicolon.
  private static let separators: [UInt8] = [
    UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"),
  ]

  /// "sep=;" in the first line, as Excel reads it.
  private static func declaredSeparator(_ text: [UInt8]) -> UInt8? {
    guard text.count >= 5, String(decoding: text[..<4], as: UTF8.self).lowercased() == "sep=",
      separators.contains(text[4]), text.count == 5 || text[5] == 0x0A || text[5] == 0x0D
    else { return nil }
    return text[4]
  }

  /// The sign that the first lines have most of, outside quotes: the first alone may be a title.
  private static func usualSeparator(of text: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var lines = 0
    for byte in text {
      if byte == UInt8(ascii: "\n"), !isQuoted {
        lines += 1
        if lines == 10 || lines == 1 && !counts.isEmpty { break }
      }
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, separators.contains(byte) { counts[byte, default: 0] += 1 }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? UInt8(ascii: ",")
  }
}

extension String {
  /// Without spaces at its ends.
  var trimmed: String {
    var result = self[...]
    while result.first == " " { result.removeFirst() }
    while result.last == " " { result.removeLast() }
    return String(result)
  }
}
