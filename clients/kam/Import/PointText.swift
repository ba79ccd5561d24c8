import Foundation
import Wording

/// How people are reached, as files have it: several in a cell, with names and schemes around them.
enum PointText {
  /// - Throws: ``Failure`` for what is no address.
  static func addresses(_ cell: String) throws -> [(type: String, value: String)] {
    try parts(cell, separators: [",", ";", "|", "\n", "\r"]).map { part in
      let address = bare(part)
      guard isAddress(address) else { throw Failure.usage("“\(part)” is not an e-mail address.") }
      return ("email", address)
    }
  }

  /// - Throws: ``Failure`` for what a spreadsheet has made a number of.
  static func numbers(_ cell: String) throws -> [(type: String, value: String)] {
    try parts(cell, separators: [";", "|", "\n", "\r"]).map { part in
      let number = part.lowercased().hasPrefix("tel:") ? String(part.dropFirst(4)) : part
      guard number.wholeMatch(of: /[0-9]+([.,][0-9]+)?E\+?[0-9]+|[0-9]+[.,]0/.ignoresCase()) == nil else {
        throw damaged(part)
      }
      return ("phone", number)
    }
  }

  static func damaged(_ cell: String) -> Failure {
    .usage(
      "“\(cell)” is what a spreadsheet has made of a longer number: its digits are lost. Export the file again, as text."
    )
  }

  /// Also parted by " / ", and by " ::: " as Google does.
  private static func parts(_ cell: String, separators: Set<Character>) -> [String] {
    cell.replacing(" ::: ", with: "\n").replacing(" / ", with: "\n").split { separators.contains($0) }
      .map { String($0).trimmed }.filter { !$0.isEmpty }
  }

  /// "Zoé <zoe@globex.example>", "mailto:zoe@globex.example".
  private static func bare(_ text: String) -> String {
    if let match = text.wholeMatch(of: /[^<>]*<([^<>]+)>/) { return String(match.output.1).trimmed }
    return text.lowercased().hasPrefix("mailto:") ? String(text.dropFirst(7)) : text
  }

  static func isAddress(_ text: String) -> Bool {
    text.wholeMatch(of: /[^\s@<>,;|]+@[^\s@<>,;|.]+(\.[^\s@<>,;|.]+)*/) != nil
  }
}
