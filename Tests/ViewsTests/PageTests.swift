import Foundation
import Pages
import PlanModel
import Replica
import Speech
import SyncCore
import Testing
import Views
import Wording
import Workbench

/// What people see, as values: no process, no terminal.
@Suite("Pages: what a person sees, as a value")
struct PageTests {
  private let replica: Replica
  private static let now: Int64 = 1_793_000_000_000  // 2026-10-26

  init() throws {
    replica = try Replica(inMemory: ())
    try replica.join(
      Identity(
        organization: "Demo", person: RecordID(high: 1, low: 1), name: "Ana", email: "ana@demo.example",
        role: .member, replica: 7), epoch: "e1", checkpoint: [], isSameOrganization: false)
  }

  private func bench(_ language: Language = .english, at now: Int64 = now) throws -> Workbench {
    try Workbench(
      replica, reader: Reader(language, offset: { _ in 0 }), now: now, random: SystemRandomNumberGenerator()
    ) { _ in }
  }

  private func made(
    _ kind: KindDescription, _ title: String, in scope: Scope? = nil, _ fields: [(String, String)] = []
  ) throws -> RecordView {
    let bench = try bench()
    let id = bench.newID()
    let place = scope ?? .plan(id)
    var values = try bench.newValues(FieldTexts(fields), kind: kind, title: title, in: place)
    if kind.number == KindNumber.account { try bench.addSlug(to: &values) }
    try bench.edit(in: place, "added") { try $0.create(id, kind: kind.number, values) }
    return try #require(try replica.record(id, in: place))
  }

  @Test("the page of an account is one value: asked twice, it is the same, and its parts say what stands")
  func accountPage() throws {
    let acme = try made(.account, "Acme", [("tier", "1")])
    let late = try made(
      .task, "Call Ana", in: acme.scope, [("department", "sales"), ("due", "2026-10-20")])
    _ = try made(.task, "Send offer", in: acme.scope, [("department", "sales"), ("due", "2026-11-20")])
    _ = try made(
      .objective, "Grow", in: acme.scope,
      [("baseline", "0"), ("target", "10"), ("current", "4"), ("due", "2026-12-31")])
    _ = try made(.contact, "Eva Chef", in: acme.scope, [("title", "CEO")])
    let page = try bench().accountPage(acme)
    #expect(try page == bench().accountPage(acme))
    #expect(page.head.name == "Acme" && page.head.slug == "acme" && page.head.isPending)
    #expect(page.head.facts.contains("tier 1"))
    #expect(page.tasks.title == "Open tasks (2, 1 overdue)")
    let sales = try #require(page.tasks.departments.first)
    #expect(sales.title == "sales (2)" && sales.rows.map(\.record.title) == ["Call Ana", "Send offer"])
    #expect(sales.rows[0].details == ["2026-10-20 overdue"] && sales.rows[0].record.id == "\(late.id)")
    #expect(page.objectives.rows.map(\.share) == [0.4])
    #expect(page.people.contacts.rows.map(\.name) == ["Eva Chef"])
    #expect(page.people.contacts.rows[0].role == nil && page.people.contacts.rows[0].influence == nil)
  }

  @Test("two readers of two languages see one account each in theirs, in one process")
  func twoLanguages() throws {
    let acme = try made(.account, "Acme", [("tier", "1")])
    _ = try made(.task, "Rappeler", in: acme.scope, [("department", "sales"), ("due", "2026-10-20")])
    let english = try bench().accountPage(acme)
    let french = try bench(.french).accountPage(acme)
    #expect(english != french)
    #expect(english.tasks.departments[0].rows[0].details == ["2026-10-20 overdue"])
    #expect(french.tasks.departments[0].rows[0].details == ["20/10/2026 en retard"])
    #expect(french.tasks.departments[0].rows[0].record.title == "Rappeler")
  }

  @Test("what is late depends on the moment that the workbench was given")
  func dependsOnItsMoment() throws {
    let acme = try made(.account, "Acme")
    _ = try made(.task, "Call", in: acme.scope, [("department", "sales"), ("due", "2026-10-27")])
    #expect(try bench().accountPage(acme).tasks.title == "Open tasks (1)")
    let later = try bench(at: Self.now + 2 * 86_400_000)
    #expect(try later.accountPage(acme).tasks.title == "Open tasks (1, 1 overdue)")
  }

  @Test("contacts stand below those whom they report to, who decides most coming first")
  func contactTree() throws {
    let acme = try made(.account, "Acme")
    let chief = try made(.contact, "Eva", in: acme.scope)
    let buyer = try made(.contact, "Bo", in: acme.scope, [("reports-to", "\(chief.id)")])
    _ = try made(.contact, "Al", in: acme.scope)
    _ = try made(
      .stakeholderRole, "decision-maker", in: acme.scope,
      [("contact", "\(buyer.id)"), ("influence", "5"), ("support", "-1")])
    let people = try bench().accountPage(acme).people.contacts
    #expect(people.title == "Their people (3)" && people.more == 0)
    #expect(people.rows.map(\.name) == ["Al", "Eva"])
    #expect(people.rows[1].reports.map(\.name) == ["Bo"])
    #expect(people.rows[1].reports[0].influence == 5 && people.rows[1].reports[0].support == -1)
    #expect(people.rows[1].reports[0].role == "decision-maker")
  }

  @Test("a record's page says its fields, and which record it is")
  func recordPage() throws {
    let acme = try made(.account, "Acme")
    let task = try made(.task, "Call", in: acme.scope, [("department", "sales"), ("detail", "Ring twice")])
    let page = try #require(try bench().recordPage(task))
    #expect(page.title.hasSuffix("  Call (waiting to sync)"))
    #expect(page.fields.contains(LabelledText(label: "detail", text: "Ring twice")))
    #expect(page.fields.last == LabelledText(label: "id", text: "\(task.id)"))
    #expect(page.related.isEmpty && page.comments.isEmpty)
  }

  @Test("a list has a row for each record, with the columns that its kind names; tasks that are late say so")
  func listPage() throws {
    let acme = try made(.account, "Acme")
    let task = try made(.task, "Call", in: acme.scope, [("department", "sales"), ("due", "2026-10-20")])
    let list = try bench().listPage([task], of: .task, isOneAccount: false)
    #expect(list.plural == "tasks" && list.rows.map(\.id) == ["\(task.id)"] && list.hasPending)
    #expect(list.columns.count == list.rows[0].cells.count)
    #expect(list.columns.contains { $0.title == "account" })
    #expect(list.rows[0].cells.contains("2026-10-20 overdue") && list.rows[0].cells.contains("acme"))
    let own = try bench().listPage([task], of: .task, isOneAccount: true)
    #expect(!own.columns.contains { $0.title == "account" })
  }

  @Test("the page says itself to programs in the order in which it is declared")
  func document() throws {
    let acme = try made(.account, "Acme")
    let document = try JSON(encoding: bench().accountPage(acme)).document
    #expect(document.hasPrefix(#"{"head":{"id":"\#(acme.id)","name":"Acme","slug":"acme","#))
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(document.utf8)) }
  }
}
