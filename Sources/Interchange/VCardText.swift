import Foundation

/// vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as lines: what they mean is their reader's business.
package enum VCardText {
  package struct Card: Sendable {
    /// Of its BEGIN, from 1.
    package let line: Int
    /// Its lines, unfolded.
    package var text: [String]
    /// False when it was cut off.
    package var hasEnd: Bool
  }

  /// The cards of a file. One that a next one, or the file's end, cuts off is there, and has no end.
  package static func cards(in text: String) -> [Card] {
    var cards: [Card] = []
    var card: Card?
    for (place, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      if let last = card?.text.last {
        // A line of quoted-printable that ends with = goes on as it is; other lines go on behind a space.
        if last.hasSuffix("="), isQuotedPrintable(last) {
          card?.text.removeLast()
          card?.text.append(String(last.dropLast()) + line)
          continue
        }
        if let first = line.first, first == " " || first == "\t" {
          card?.text.removeLast()
          card?.text.append(last + line.dropFirst())
          continue
        }
      }
      switch line.uppercased().trimmed {
      case "BEGIN:VCARD":
        if let card { cards.append(card) }
        card = Card(line: place + 1, text: [], hasEnd: false)
      case "END:VCARD":
        card?.hasEnd = true
        if let card { cards.append(card) }
        card = nil
      default: if !line.isEmpty { card?.text.append(String(line)) }
      }
    }
    // A file that was cut off: its last card is told, not swallowed.
    if let card { cards.append(card) }
    return cards
  }

  private static func isQuotedPrintable(_ line: String) -> Bool {
    line.prefix { $0 != ":" }.uppercased().contains("QUOTED-PRINTABLE")
  }
}

/// A line of a card: [group.]NAME[;parameters]:value
package struct VCardProperty: Sendable {
  package let name: String
  private let value: String

  package init?(_ line: String) {
    var isQuoted = false
    guard
      let colon = line.firstIndex(where: { character in
        if character == "\"" { isQuoted.toggle() }
        return character == ":" && !isQuoted
      })
    else { return nil }
    let head = line[..<colon].split(separator: ";").first ?? ""
    name = head.split(separator: ".").last.map { $0.uppercased() } ?? ""
    let value = line[line.index(after: colon)...]
    let parameters = line[..<colon].uppercased()
    guard parameters.contains("QUOTED-PRINTABLE") else {
      self.value = String(value)
      return
    }
    self.value = Self.decoded(
      value, isLatin: parameters.contains("ISO-8859-1") || parameters.contains("WINDOWS-1252"))
  }

  /// "=C3=A9" is é.
  private static func decoded(_ text: Substring, isLatin: Bool) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "="), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    guard isLatin else { return String(decoding: bytes, as: UTF8.self) }
    return String(bytes.map { Character(UnicodeScalar($0)) })
  }

  package var text: String { Self.unescaped(value).trimmed }

  /// The parts of a value of several.
  package func parts(_ separator: Character) -> [String] {
    var parts = [""]
    var isEscaped = false
    for character in value {
      if character == separator, !isEscaped {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    return parts.map { Self.unescaped($0).trimmed }
  }

  private static func unescaped(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        result.append(character == "n" || character == "N" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}

extension StringProtocol {
  fileprivate var trimmed: String { trimmingCharacters(in: CharacterSet(charactersIn: " ")) }
}
