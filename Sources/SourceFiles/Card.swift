import Foundation

/// A card of a file of vCards.
package struct Card {
  /// Of its BEGIN, from 1.
  package let line: Int
  /// Between BEGIN and END, with what was folded put together.
  package let lines: [String]
  /// Whether it has an end.
  let isWhole: Bool

  /// What a card says of a person; texts may have line breaks.
  package struct Person: Equatable {
    package var organisation: String?
    package var name: String?
    package var title: String?
    package var language: String?
    package var notes: String?
    package var addresses: [String] = []
    package var numbers: [String] = []
  }

  private static let versions = ["2.1", "3.0", "4.0"]

  package func person() throws(CardError) -> Person {
    let properties = lines.compactMap(CardProperty.init)
    func values(_ name: String) -> [CardProperty] { properties.filter { $0.name == name } }
    guard isWhole else { throw .unfinished }
    if let version = try values("VERSION").first?.text(), !Self.versions.contains(version) {
      throw .version(version)
    }
    for property in values("KIND") + values("X-ADDRESSBOOKSERVER-KIND") {
      let kind = try property.text().lowercased()
      guard kind == "individual" else { throw .kind(kind) }
    }
    for property in values("X-ABSHOWAS") where try property.text().uppercased() == "COMPANY" {
      throw .company
    }
    let (formatted, parts) = (try values("FN").first?.text(), try values("N").first?.parts())
    let organisation = try values("ORG").first?.parts().first
    // Called as its organisation, and without the parts of a person's name.
    if let parts, parts.allSatisfy(\.isEmpty), let formatted, !formatted.isEmpty, organisation == formatted {
      throw .company
    }
    if let broken = lines.first(where: { $0.contains(SourceText.lost) }) { throw .lost(broken) }
    var person = Person(organisation: organisation, name: Self.name(formatted, parts))
    person.title = try (values("TITLE") + values("ROLE")).first?.text()
    person.language = try (values("LANG") + values("X-LANG")).first?.text()
    person.notes = try values("NOTE").first?.text()
    for property in values("EMAIL") { person.addresses.append(try property.text()) }
    for property in values("TEL") { person.numbers.append(try property.text()) }
    return person
  }

  /// The formatted name; an old card may have its parts only: family, given, additional, prefix, suffix.
  private static func name(_ formatted: String?, _ parts: [String]?) -> String? {
    if let formatted, !formatted.isEmpty { return formatted }
    guard let parts else { return nil }
    let order = [3, 1, 2, 0, 4]
    return order.compactMap { parts.indices.contains($0) ? parts[$0] : nil }.filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}

/// Why a card is not read.
package enum CardError: Error, Equatable {
  /// It has no END.
  case unfinished
  case version(String)
  /// Of a group, a place, a thing.
  case kind(String)
  case company
  /// A text, or a line, with a byte that is none in its encoding.
  case lost(String)
}

/// A line of a card: [group.]NAME[;parameters]:value
struct CardProperty {
  let name: String
  private let parameters: String
  private let value: String

  /// - Returns: nil without a colon.
  init?(_ line: String) {
    let scalars = line.unicodeScalars
    var isQuoted = false
    guard
      let colon = scalars.firstIndex(where: { scalar in
        if scalar == "\"" { isQuoted.toggle() }
        return scalar == ":" && !isQuoted
      })
    else { return nil }
    let head = String(scalars[..<colon])
    parameters = head.uppercased()
    let first = parameters.unicodeScalars.split(separator: ";").first.map { String($0) } ?? ""
    name = first.split(separator: ".").last.map { String($0) } ?? ""
    value = String(scalars[scalars.index(after: colon)...])
  }

  // MARK: - The value

  func text() throws(CardError) -> String { Self.unescaped(try decoded()[...]).trimmed }

  /// The parts of a value of several, parted by semicolons.
  func parts() throws(CardError) -> [String] {
    let scalars = try decoded()
    var parts: [Substring.UnicodeScalarView] = []
    var start = scalars.startIndex
    var isEscaped = false
    for place in scalars.indices {
      if scalars[place] == ";", !isEscaped {
        parts.append(scalars[start..<place])
        start = scalars.index(after: place)
      }
      isEscaped = scalars[place] == "\\" && !isEscaped
    }
    parts.append(scalars[start...])
    return parts.map { Self.unescaped($0).trimmed }
  }

  /// A backslash before what needs none stands for itself: cards of version 2.1 know it before semicolons only.
  private static func unescaped(_ scalars: Substring.UnicodeScalarView) -> String {
    var result = String.UnicodeScalarView()
    var isEscaped = false
    var last: Unicode.Scalar?
    for scalar in scalars {
      defer { last = scalar }
      if scalar == "\n", last == "\r" { continue }
      // However a line break is written, it is one.
      if scalar == "\r" {
        if isEscaped { result.append("\\") }
        isEscaped = false
        result.append("\n")
      } else if isEscaped {
        switch scalar {
        case "n", "N": result.append("\n")
        case "\\", ";", ",", ":", "\"": result.append(scalar)
        default:
          result.append("\\")
          result.append(scalar)
        }
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.append(scalar)
      }
    }
    if isEscaped { result.append("\\") }
    return String(result)
  }

  // MARK: - Its encoding

  private func decoded() throws(CardError) -> String.UnicodeScalarView {
    let bytes: [UInt8]
    if parameters.contains("QUOTED-PRINTABLE") {
      bytes = Self.quotedPrintable(value)
    } else if parameters.contains("BASE64") || parameters.contains("ENCODING=B") {
      guard let data = Data(base64Encoded: value, options: .ignoreUnknownCharacters) else {
        throw .lost(value)
      }
      bytes = Array(data)
    } else {
      return value.unicodeScalars
    }
    let charset = parameters.split(separator: ";").lazy.filter { $0.hasPrefix("CHARSET=") }.first?
      .dropFirst("CHARSET=".count).filter { $0 != "\"" }
    switch charset {
    // Letters of one are those of the other, which has more of them.
    case "ISO-8859-1", "WINDOWS-1252", "CP1252", "LATIN1", "ISO_8859-1":
      return SourceText.windows1252(bytes).unicodeScalars
    case nil:
      let text = String(validating: bytes, as: UTF8.self)
      return (text ?? SourceText.windows1252(bytes)).unicodeScalars
    default:
      guard charset == "UTF-8" || charset == "UTF8" || bytes.allSatisfy({ $0 < 0x80 }),
        let text = String(validating: bytes, as: UTF8.self)
      else { throw .lost(value) }
      return text.unicodeScalars
    }
  }

  /// "=C3=A9" as the bytes of é.
  private static func quotedPrintable(_ text: String) -> [UInt8] {
    let text = Array(text.utf8)
    var bytes: [UInt8] = []
    var place = 0
    while place < text.count {
      if text[place] == UInt8(ascii: "="), place + 2 < text.count, let high = digit(text[place + 1]),
        let low = digit(text[place + 2])
      {
        bytes.append(high << 4 | low)
        place += 3
      } else {
        bytes.append(text[place])
        place += 1
      }
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
