import PlanModel
import Wording

/// vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): a contact a card.
struct VCards: ImportSource {
  private let encoding: String
  private let cards: [(line: Int, text: [String])]
  private let options: ImportOptions

  init(_ source: SourceText, options: ImportOptions) throws {
    encoding = source.encoding
    self.options = options
    cards = Self.cards(in: source.text)
    guard !cards.isEmpty else { throw Failure.usage("There is no card: a vCard begins with BEGIN:VCARD.") }
  }

  /// The lines of each card, unfolded.
  private static func cards(in text: String) -> [(line: Int, text: [String])] {
    var cards: [(line: Int, text: [String])] = []
    var card: (line: Int, text: [String])?
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
        if let card { cards.append((card.line, card.text + ["X-KAM-CUT:1"])) }
        card = (place + 1, [])
      case "END:VCARD":
        if let card { cards.append(card) }
        card = nil
      default: if !line.isEmpty { card?.text.append(String(line)) }
      }
    }
    // A file that was cut off: its last card is told, not swallowed.
    if let card { cards.append((card.line, card.text + ["X-KAM-CUT:1"])) }
    return cards
  }

  private static func isQuotedPrintable(_ line: String) -> Bool {
    line.prefix { $0 != ":" }.uppercased().contains("QUOTED-PRINTABLE")
  }

  var findings: [(label: Phrase, text: Phrase)] {
    [("records", .word(KindDescription.contact.plural)), ("text", "vCard, \(encoding)")]
  }

  var count: Int { cards.count }
  func line(of place: Int) -> Int { cards[place].line }

  func row(_ place: Int) throws -> ImportRow? {
    let properties = cards[place].text.compactMap(Property.init)
    func values(_ name: String) -> [Property] { properties.filter { $0.name == name } }
    guard values("X-KAM-CUT").isEmpty else { throw Failure.usage("The card has no end (END:VCARD).") }
    if let version = values("VERSION").first?.text, !["2.1", "3.0", "4.0"].contains(version) {
      throw Failure.usage("It is of version \(version); export it as vCard 3.0 or 4.0.")
    }
    for kind in (values("KIND") + values("X-ADDRESSBOOKSERVER-KIND")).map({ $0.text.lowercased() })
    where kind != "individual" {
      throw Failure.usage("The card is of \(kind), not of a person.")
    }
    if values("X-ABSHOWAS").contains(where: { $0.text.uppercased() == "COMPANY" })
      || Self.isOfCompany(values("FN").first, values("N").first, values("ORG").first)
    {
      throw Failure.usage("The card is of a company, not of a person.")
    }
    if let broken = cards[place].text.first(where: { $0.contains(SourceText.lost) }) {
      throw SourceText.refusal(of: broken)
    }
    let contact = KindDescription.contact
    var row = ImportRow(kind: contact)
    row.accounts = [options.account ?? values("ORG").first?.parts(";").first].compactMap { $0 }
    let texts: [(field: String, text: String?)] = [
      ("name", Self.name(values("FN").first, values("N").first)),
      ("title", (values("TITLE") + values("ROLE")).first?.text),
      ("language", (values("LANG") + values("X-LANG")).first?.text), ("notes", values("NOTE").first?.text),
    ]
    for (field, text) in texts {
      if let register = contact.register(named: field), let text, !text.isEmpty {
        row.values.append(
          .init(register, register.type.isOneLine ? oneLine(text) : text, .member(field)))
      }
    }
    row.points =
      try values("EMAIL").flatMap { try PointText.addresses(oneLine($0.text)) }
      + values("TEL").flatMap { try PointText.numbers(oneLine($0.text)) }
    return row
  }

  /// Called as its organisation, and without the parts of a person's name.
  private static func isOfCompany(
    _ formatted: Property?, _ parts: Property?, _ organisation: Property?
  ) -> Bool {
    guard let parts, parts.parts(";").allSatisfy(\.isEmpty), let name = formatted?.text, !name.isEmpty else {
      return false
    }
    return organisation?.parts(";").first == name
  }

  /// The formatted name; an old card may have its parts only: family, given, additional, prefix, suffix.
  private static func name(_ formatted: Property?, _ parts: Property?) -> String? {
    if let text = formatted?.text, !text.isEmpty { return text }
    guard let parts = parts?.parts(";") else { return nil }
    let order = [3, 1, 2, 0, 4]
    return order.compactMap { parts.indices.contains($0) ? parts[$0] : nil }.filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  func document(ofRejected rejected: [(place: Int, reason: String)]) -> String {
    rejected.map { place, reason in
      (["BEGIN:VCARD"] + cards[place].text.filter { !$0.hasPrefix("X-KAM-") } + [
        "X-KAM-REASON:\(reason)", "END:VCARD",
      ])
      .joined(separator: "\r\n") + "\r\n"
    }.joined()
  }
}

/// A line of a card: [group.]NAME[;parameters]:value
private struct Property {
  let name: String
  private let value: String

  init?(_ line: String) {
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

  var text: String { Self.unescaped(value).trimmed }

  /// The parts of a value of several.
  func parts(_ separator: Character) -> [String] {
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

extension RegisterType {
  var isOneLine: Bool {
    if case .text = self { return false }
    return true
  }
}

func oneLine(_ text: String) -> String {
  text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.joined(separator: " ")
}
