import Foundation
import Speech
import Wording
import Workbench

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
      // A pattern costs a hundred times what this does, and nearly no number needs it.
      guard number.utf8.contains(where: { [0x45, 0x65, 0x2E, 0x2C].contains($0) }) else {
        return ("phone", number)
      }
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
    if text.utf8.contains(UInt8(ascii: "<")), let match = text.wholeMatch(of: /[^<>]*<([^<>]+)>/) {
      return String(match.output.1).trimmed
    }
    return text.lowercased().hasPrefix("mailto:") ? String(text.dropFirst(7)) : text
  }

  /// Letters, digits, ".", "_", "+" and "-", an "@", and names parted by points: what nearly every address is.
  private static func isPlainAddress(_ text: String) -> Bool {
    let halves = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty else { return false }
    let isPlain: (UInt8) -> Bool = { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
    }
    return halves[0].allSatisfy { isPlain($0) || $0 == UInt8(ascii: ".") }
      && halves[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0.allSatisfy(isPlain)
      }
  }

  static func isAddress(_ text: String) -> Bool {
    isPlainAddress(text) || text.wholeMatch(of: /[^\s@<>,;|]+@[^\s@<>,;|.]+(\.[^\s@<>,;|.]+)*/) != nil
  }
}
