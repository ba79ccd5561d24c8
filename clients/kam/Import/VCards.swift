import Interchange
import PlanModel
import Wording

/// vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): a contact a card.
struct VCards: ImportSource {
  private let encoding: String
  private let cards: [VCardText.Card]
  private let options: ImportOptions

  init(_ source: SourceText, options: ImportOptions) throws {
    encoding = source.encoding
    self.options = options
    cards = VCardText.cards(in: source.text)
    guard !cards.isEmpty else { throw Failure.usage("There is no card: a vCard begins with BEGIN:VCARD.") }
  }

  var findings: [(label: Phrase, text: Phrase)] {
    [("records", .word(KindDescription.contact.plural)), ("text", "vCard, \(encoding)")]
  }

  var count: Int { cards.count }
  func line(of place: Int) -> Int { cards[place].line }

  func row(_ place: Int) throws -> ImportRow? {
    let properties = cards[place].text.compactMap(VCardProperty.init)
    func values(_ name: String) -> [VCardProperty] { properties.filter { $0.name == name } }
    guard cards[place].hasEnd else { throw Failure.usage("The card has no end (END:VCARD).") }
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
    _ formatted: VCardProperty?, _ parts: VCardProperty?, _ organisation: VCardProperty?
  ) -> Bool {
    guard let parts, parts.parts(";").allSatisfy(\.isEmpty), let name = formatted?.text, !name.isEmpty else {
      return false
    }
    return organisation?.parts(";").first == name
  }

  /// The formatted name; an old card may have its parts only: family, given, additional, prefix, suffix.
  private static func name(_ formatted: VCardProperty?, _ parts: VCardProperty?) -> String? {
    if let text = formatted?.text, !text.isEmpty { return text }
    guard let parts = parts?.parts(";") else { return nil }
    let order = [3, 1, 2, 0, 4]
    return order.compactMap { parts.indices.contains($0) ? parts[$0] : nil }.filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  func document(ofRejected rejected: [(place: Int, reason: String)]) -> String {
    rejected.map { place, reason in
      (["BEGIN:VCARD"] + cards[place].text.filter { !$0.hasPrefix("X-KAM-REASON") } + [
        "X-KAM-REASON:\(reason)", "END:VCARD",
      ])
      .joined(separator: "\r\n") + "\r\n"
    }.joined()
  }
}

extension SourceText {
  static func refusal(of text: String) -> Failure {
    .usage("“\(oneLine(text))” has a byte that is no text in this encoding; mend the file.")
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
