import Interchange
import PlanModel
import Wording

/// Rows of cells, whatever program wrote them.
struct Sheet {
  private enum Content {
    case text(DelimitedText)
    case cells([(number: Int, cells: [String])])
  }

  private let content: Content
  /// What was recognised: "UTF-8, columns parted by ;".
  let form: Phrase
  /// What parts the cells of rows that are written out.
  let separator: Character
  /// Of numbers that no column shows the style of: where a comma parts the cells, decimals have a point.
  let usualNumbers: NumberStyle
  /// Rows before the first that says something: "sep=;".
  let start: Int

  /// A file of text.
  init(_ source: SourceText) {
    var text = source.text[...]
    let declared = Self.declaredSeparator(text)
    if declared != nil { text = text.drop { !$0.isNewline } }
    let separator = declared ?? Self.usualSeparator(of: text)
    self.separator = separator
    start = declared == nil ? 0 : 1
    usualNumbers = separator == ";" ? .comma : .point
    let sign: Phrase = separator == "\t" ? "tab" : .verbatim(String(separator))
    form = "\(source.encoding), columns parted by \(sign)"
    content = .text(
      DelimitedText(Array(source.text.utf8), delimiter: separator.asciiValue ?? UInt8(ascii: ",")))
  }

  /// A sheet of a workbook: its numbers have a point.
  init(rows: [(number: Int, cells: [String])], form: Phrase) {
    content = .cells(rows)
    self.form = form
    separator = ","
    usualNumbers = .point
    start = 0
  }

  var count: Int {
    switch content {
    case .text(let text): text.count
    case .cells(let rows): rows.count
    }
  }

  /// - Returns: nil when its quotes do not match.
  func cells(_ place: Int) -> [String]? {
    switch content {
    case .text(let text): text.cells(place)
    case .cells(let rows): rows[place].cells
    }
  }

  /// As a spreadsheet numbers it.
  func line(_ place: Int) -> Int {
    switch content {
    case .text: place + 1
    case .cells(let rows): rows[place].number
    }
  }

  /// What cannot be taken apart is kept whole.
  func raw(_ place: Int) -> String {
    switch content {
    case .text(let text): text.raw(place)
    case .cells(let rows): rows[place].cells.joined(separator: String(separator))
    }
  }

  private static let separators: Set<Character> = [",", ";", "\t", "|"]

  /// "sep=;" in the first line, as Excel reads it.
  private static func declaredSeparator(_ text: Substring) -> Character? {
    let line = text.prefix { !$0.isNewline }
    guard line.count == 5, line.lowercased().hasPrefix("sep="), let sign = line.last else { return nil }
    return separators.contains(sign) ? sign : nil
  }

  /// The sign that the first lines have most of, outside quotes: the first alone may be a title.
  private static func usualSeparator(of text: Substring) -> Character {
    var counts: [Character: Int] = [:]
    var isQuoted = false
    var lines = 0
    for scalar in text.unicodeScalars {
      if scalar == "\n", !isQuoted {
        lines += 1
        if lines == 10 || lines == 1 && !counts.isEmpty { break }
      }
      if scalar == "\"" { isQuoted.toggle() }
      if !isQuoted, separators.contains(Character(scalar)) { counts[Character(scalar), default: 0] += 1 }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ","
  }
}
