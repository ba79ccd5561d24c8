import PlanModel
import Speech
import Testing

@testable import Workbench

@Suite("What is likely one thing, made twice")
struct TwinTests {
  private static func account(
    _ number: UInt64, _ name: String, _ more: (inout TwinCandidate) -> Void = { _ in }
  )
    -> TwinCandidate
  {
    var candidate = TwinCandidate(id: RecordID(high: 1, low: number), kind: KindDescription.account.number)
    candidate.name = name
    more(&candidate)
    return candidate
  }

  private static func contact(
    _ number: UInt64, _ name: String, _ emails: String..., of account: UInt64 = 1
  )
    -> TwinCandidate
  {
    TwinCandidate(
      id: RecordID(high: 2, low: number), kind: KindDescription.contact.number,
      account: RecordID(high: 1, low: account), name: name, emails: emails)
  }

  private static func product(_ number: UInt64, _ name: String, _ sku: String) -> TwinCandidate {
    TwinCandidate(
      id: RecordID(high: 3, low: number), kind: KindDescription.product.number, name: name, sku: sku)
  }

  @Test(
    "accounts: by legal id, short name, or name but for case, accents, marks and the form of the company",
    arguments: [
      (account(1, "Globex Corporation"), account(2, "GLOBEX corp."), [TwinReason.name]),
      (account(1, "Müller Maschinenbau GmbH"), account(2, "Muller-Maschinenbau"), [.name]),
      (account(1, "A") { $0.legalID = "FR 123" }, account(2, "B") { $0.legalID = "fr123" }, [.legalID]),
      (account(1, "Nova SA") { $0.slug = "nova" }, account(2, "Nova") { $0.slug = "nova" }, [.slug, .name]),
      (account(1, "Globex"), account(2, "Globex Industries"), []),
      // Companies of one group.
      (account(1, "Globex") { $0.country = "FR" }, account(2, "Globex") { $0.country = "DE" }, []),
      (account(1, "Globex") { $0.legalID = "1" }, account(2, "Globex") { $0.legalID = "2" }, []),
      (account(1, "Globex"), account(2, "Globex") { $0.parent = RecordID(high: 1, low: 1) }, []),
      (account(1, ""), account(2, ""), []),
    ])
  func accounts(one: TwinCandidate, other: TwinCandidate, reasons: [TwinReason]) {
    check(one, other, reasons)
  }

  @Test(
    "contacts of one account: by address and a like name, or by name unless each has an address of their own",
    arguments: [
      (contact(1, "Jean Dupont"), contact(2, "DUPONT, Jean"), [TwinReason.name]),
      (contact(1, "Jean Dupont", "j@x.example"), contact(2, "Jean Dupont"), [.name]),
      (contact(1, "Jean Dupont", "j@x.example"), contact(2, "jean dupont", "J@X.example"), [.email, .name]),
      (contact(1, "J. Dupont", "j@x.example"), contact(2, "Jean Dupont", "j@x.example"), [.email]),
      (contact(1, "Jean Dupond", "j@x.example"), contact(2, "Jean Dupont", "j@x.example"), [.email]),
      // Homonyms, a mailbox of several people, people of two accounts.
      (contact(1, "Jean Dupont", "j@x.example"), contact(2, "Jean Dupont", "jd@x.example"), []),
      (contact(1, "Anna Richter", "info@x.example"), contact(2, "Bernd Vogt", "info@x.example"), []),
      (contact(1, "A. V.", "info@x.example"), contact(2, "Anna Vogt", "info@x.example"), []),
      (contact(1, "Jean Dupont"), contact(2, "Jean Dupont", of: 2), []),
      (contact(1, "Jean Dupont"), contact(2, "Jeanne Dupont"), []),
    ])
  func contacts(one: TwinCandidate, other: TwinCandidate, reasons: [TwinReason]) {
    check(one, other, reasons)
  }

  @Test(
    "products: by article number or name",
    arguments: [
      (product(1, "Pump", "P-1"), product(2, "Pump 200", "p-1"), [TwinReason.sku]),
      (product(1, "Pompe été", "A"), product(2, "pompe ETE", "B"), [.name]),
      (product(1, "", "A"), product(2, "", "B"), []),
    ])
  func products(one: TwinCandidate, other: TwinCandidate, reasons: [TwinReason]) {
    check(one, other, reasons)
  }

  private func check(_ one: TwinCandidate, _ other: TwinCandidate, _ reasons: [TwinReason]) {
    let expected =
      reasons.isEmpty ? [] : [TwinPair(first: one.id, second: other.id, reasons: reasons)]
    // Whichever is read first, the one that was made first is named first.
    #expect(likelyTwins(among: [one, other]) == expected)
    #expect(likelyTwins(among: [other, one]) == expected)
  }

  @Test("only pairs with one of the records in question")
  func touching() {
    let all = [
      Self.contact(1, "Ana"), Self.contact(2, "Ana"), Self.contact(3, "Ben"), Self.contact(4, "Ben"),
    ]
    #expect(likelyTwins(among: all).count == 2)
    #expect(likelyTwins(among: all, touching: [all[3].id]).map(\.second) == [all[3].id])
    #expect(likelyTwins(among: all, touching: []) == [])
  }

  @Test("a thousand of one name are not half a million questions")
  func crowd() {
    let all = (1...1_000).map { Self.contact($0, "Reception") }
    #expect(likelyTwins(among: all).count == 999)
  }
}
