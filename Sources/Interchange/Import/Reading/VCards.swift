import PlanModel
import SourceFiles
import Speech
import Wording
import Workbench

/// A contact a card.
struct VCards: ImportSource {
  private let encoding: String
  private let cards: Cards
  private let options: ImportOptions

  init(_ source: SourceText, options: ImportOptions) throws {
    encoding = source.encoding
    self.options = options
    cards = Cards(source.text)
    guard cards.count > 0 else { throw Failure.usage("There is no card: a vCard begins with BEGIN:VCARD.") }
  }

  var findings: [(label: Phrase, text: Phrase)] {
    [("records", .word(KindDescription.contact.plural)), ("text", "vCard, \(encoding)")]
  }

  var count: Int { cards.count }
  func line(of place: Int) -> Int { cards[place].line }

  func row(_ place: Int) throws -> ImportRow? {
    let person: Card.Person
    do {
      person = try cards[place].person()
    } catch {
      throw Failure.usage(error.phrase)
    }
    let contact = KindDescription.contact
    var row = ImportRow(kind: contact)
    row.accounts = [options.account ?? person.organisation].compactMap { $0 }
    let texts: [(register: UInt32, text: String?)] = [
      (ContactRegister.name, person.name), (ContactRegister.title, person.title),
      (ContactRegister.language, person.language), (ContactRegister.notes, person.notes),
    ]
    for (number, text) in texts {
      if let register = contact.register(number), let text, !text.isEmpty {
        row.values.append(
          .init(register, register.type.isOneLine ? oneLine(text) : text, .member(register.name)))
      }
    }
    row.points =
      try person.addresses.flatMap { try PointText.addresses(oneLine($0)) }
      + person.numbers.flatMap { try PointText.numbers(oneLine($0)) }
    return row
  }

  func document(ofRejected rejected: [(place: Int, reason: String)]) -> String {
    rejected.map { place, reason in
      (["BEGIN:VCARD"] + cards[place].lines.filter { !$0.hasPrefix("X-KAM-") } + [
        "X-KAM-REASON:\(reason)", "END:VCARD",
      ])
      .joined(separator: "\r\n") + "\r\n"
    }.joined()
  }
}

extension CardError {
  fileprivate var phrase: Phrase {
    switch self {
    case .unfinished: "The card has no end (END:VCARD)."
    case .version(let version): "It is of version \(version); export it as vCard 3.0 or 4.0."
    case .kind(let kind): "The card is of \(kind), not of a person."
    case .company: "The card is of a company, not of a person."
    case .lost(let text): SourceText.refusal(of: text)
    }
  }
}

extension RegisterType {
  var isOneLine: Bool {
    if case .text = self { return false }
    return true
  }
}
