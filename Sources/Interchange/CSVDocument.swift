import Speech
import Workbench

/// Rows for spreadsheets: RFC 4180, UTF-8, lines ended by CR LF.
///
/// A spreadsheet takes a cell that begins with =, +, -, @, a tab or a return for a formula and runs it, whoever wrote it. An
/// apostrophe in front makes it text; ``unguarded(_:)`` takes that away again. Plain numbers stay numbers.
package struct CSVDocument {
  package private(set) var text = ""
  private let separator: String

  package init(separator: Character = ",") { self.separator = String(separator) }

  package mutating func add(_ cells: [String]) {
    text += cells.map { Self.quoted(Self.guarded($0)) }.joined(separator: separator) + "\r\n"
  }

  static func guarded(_ text: String) -> String { mayBeFormula(text) && !isNumber(text) ? "'" + text : text }

  /// What ``guarded(_:)`` was given.
  static func unguarded(_ cell: String) -> String {
    cell.hasPrefix("'") && mayBeFormula(cell) ? String(cell.dropFirst()) : cell
  }

  /// Also one that was made text before: or reading it back would take away an apostrophe of its author's.
  private static func mayBeFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first(where: { $0 != "'" }) else { return false }
    return ["=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"].contains(
      first)
  }

  /// Digits, with one point among them at most: "-12.50", not "-1.2.3".
  private static func isNumber(_ text: String) -> Bool {
    let parts = (text.hasPrefix("-") ? text.dropFirst() : text[...]).utf8
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }
  }

  private static func quoted(_ text: String) -> String {
    let needsQuotes =
      text.unicodeScalars.contains {
        [",", "\"", "\r", "\n", ";", "\t", "|", "\u{2028}", "\u{2029}"].contains($0)
      }
      || text.first == " " || text.last == " "
    guard needsQuotes else { return text }
    // By scalars: a quote that a combining mark has joined is a quote to every reader.
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }
}
