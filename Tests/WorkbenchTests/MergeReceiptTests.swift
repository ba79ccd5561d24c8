import PlanModel
import Replica
import Speech
import SyncCore
import Testing
import Wording
import Workbench

@Suite("A merge of two contacts, from one that is only judged to one that is taken back")
struct MergeReceiptTests {
  private let ana: Colleague
  private let keep: String
  private let other: String

  init() throws {
    let company = try Company()
    ana = try company.person("Ana")
    try ana.add(.account, "Acme")
    keep = try ana.add(
      .contact, to: "acme", "Jean Dupont", [("language", "fr"), ("email", "jean@acme.example")])
    // What was made first stays.
    company.now += 1_000
    other = try ana.add(
      .contact, to: "acme", "Dupont Jean", [("title", "Buyer"), ("email", "JEAN@acme.example")])
    try ana.add(.interaction, to: "acme", "Lunch", [("contact", other), ("channel", "meeting")])
  }

  private var views: [RecordView] {
    get throws { try [keep, other].map { try ana.bench().find($0, kind: .contact) } }
  }

  @Test("both are told as likely one, with what can be done about it, until somebody says that they are two")
  func tellsTwins() throws {
    let twins = try ana.bench().told(ana.bench().allTwins(withKeptApart: false))
    #expect(twins.map(\.handles) == [[keep, other]])
    #expect(twins[0].sentence.actions == [.merge(keep: keep, other: other), .keepApart(keep, other)])
    let bench = try ana.bench()
    let apart = try bench.keepApart(keep, other)
    #expect(
      said(apart.sentence) == "Contact \(keep) “Jean Dupont” and contact \(other) “Dupont Jean” are two.")
    #expect(try bench.allTwins(withKeptApart: false).isEmpty)
    #expect(try !bench.keepApart(keep, other).isChanged)
  }

  @Test("a merge that is only judged says what would go where, and changes nothing")
  func judges() throws {
    let before = try (ana.replica.waitingCount(), views)
    let receipt = try ana.bench().merge(other, into: keep, isRehearsal: true)
    #expect(
      !receipt.isMerged
        && said(receipt.sentence)
          == "Contact \(other) “Dupont Jean” would go into contact \(keep) “Jean Dupont”."
    )
    let after = try (ana.replica.waitingCount(), views)
    #expect(before.0 == after.0 && before.1 == after.1)
  }

  @Test(
    "one stays and takes over what it did not say, one goes, and what pointed to it points to the one that stays"
  )
  func merges() throws {
    let receipt = try ana.bench().merge(other, into: keep, isRehearsal: false)
    #expect(receipt.isMerged)
    #expect(
      said(receipt.sentence)
        == "Merged contact \(other) “Dupont Jean” into contact \(keep) “Jean Dupont”; waiting to sync.")
    #expect(
      said(receipt.sentence, .french)
        == "Fusion faite : le contact \(other) « Dupont Jean » a disparu, et il reste le contact \(keep) « Jean Dupont » ; à synchroniser."
    )
    let notes = receipt.notes.map { said($0) }
    #expect(notes.contains("Taken over: title."))
    #expect(notes.contains("With it come 1 interaction."), "\(notes)")
    #expect(notes.contains("There already: 1 contact point."), "\(notes)")
    #expect(try ana.sees(ContactRegister.title, of: keep) == "Buyer")
    #expect(try views.map(\.isShown) == [true, false])
    let kept = try views[0].id
    let meetings = try ana.replica.records(ofKind: KindNumber.interaction, where: { _, isShown in isShown })
    #expect(meetings.map { $0.reference(InteractionRegister.contact) } == [kept])
  }

  @Test("to restore the one that went takes the merge back")
  func isTakenBack() throws {
    _ = try ana.bench().merge(other, into: keep, isRehearsal: false)
    let receipt = try ana.bench().restore(other, kind: nil)
    #expect(
      said(receipt.sentence).contains("as it was before it was merged into contact \(keep) “Jean Dupont”"))
    #expect(try views.map(\.isShown) == [true, true])
    #expect(try ana.sees(ContactRegister.title, of: keep) == "")
  }
}
