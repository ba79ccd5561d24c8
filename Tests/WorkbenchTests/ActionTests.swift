import PlanModel
import Replica
import Speech
import SyncCore
import Testing
import Wording
import Workbench

@Suite("What a person does with records: actions that return receipts")
struct ActionTests {
  private let company: Company
  private let ana: Colleague

  init() throws {
    company = try Company()
    ana = try company.person("Ana")
    try ana.add(.account, "Acme", [("tier", "1")])
  }

  @Test("what was added is told with its account, and a new account with what can be done next")
  func adds() throws {
    let bench = try ana.bench()
    let account = try bench.add(.account, to: nil, title: "Globex", FieldTexts([]))
    #expect(said(account.sentence) == "Added account globex “Globex”; waiting to sync.")
    #expect(account.notes.flatMap(\.actions) == [.share(account: nil)])
    let task = try bench.add(
      .task, to: "globex", title: "Call Bo", FieldTexts([("department", "sales"), ("due", "+3d")]))
    let handle = try bench.handle(try #require(task.records.first).id)
    #expect(said(task.sentence) == "Added task \(handle) “Call Bo” to globex; waiting to sync.")
    #expect(
      said(task.sentence, .french) == "Ajout de la tâche \(handle) « Call Bo » à globex ; à synchroniser.")
  }

  @Test("an edit says which fields it has changed, and that it says nothing new when it does not")
  func edits() throws {
    let task = try ana.add(.task, to: "acme", "Call Bo", [("department", "sales")])
    let bench = try ana.bench()
    let fields = FieldTexts([("due", "2026-11-30"), ("priority", "high")])
    let changed = try bench.edit(try bench.find(task, kind: .task), fields)
    #expect(changed.isChanged)
    #expect(
      said(changed.sentence) == "Changed due and priority of task \(task) “Call Bo” in acme; waiting to sync."
    )
    #expect(
      said(changed.sentence, .french)
        == "Modification (échéance et priorité) de la tâche \(task) « Call Bo » dans acme ; à synchroniser.")
    let same = try bench.edit(try bench.find(task, kind: .task), fields)
    #expect(!same.isChanged && said(same.sentence).hasPrefix("Nothing changed: task \(task)"))
  }

  @Test("an action that fails half-way leaves nothing behind, and one within another is a part of it")
  func isOneTransaction() throws {
    struct Stop: Error {}
    let waiting = try ana.replica.waitingCount()
    #expect(throws: Stop.self) {
      let bench = try ana.bench()
      try bench.asOne {
        _ = try bench.add(.task, to: "acme", title: "Call Bo", FieldTexts([("department", "sales")]))
        _ = try bench.comment(on: "acme", "Bo is away")
        throw Stop()
      }
    }
    #expect(try ana.replica.waitingCount() == waiting)
    #expect(try ana.replica.records(ofKind: KindNumber.task).isEmpty)
  }

  @Test("of two who claim one task on two devices, the one who syncs first has it")
  func racesForATask() throws {
    let bo = try company.person("Bo")
    let task = try ana.add(.task, to: "acme", "Call Bo", [("department", "sales")])
    try ana.sync()
    try company.share("Acme", of: ana, with: bo)
    try bo.sync()
    _ = try ana.bench().claim(task: task)
    _ = try bo.bench().claim(task: task)
    #expect(try bo.sees(TaskRegister.claimedBy, of: task) == "you")
    try ana.sync()
    try bo.sync()
    #expect(try bo.sees(TaskRegister.claimedBy, of: task) == "Ana")
    let failure = #expect(throws: Failure.self) { try bo.bench().claim(task: task) }
    #expect(failure.map { said($0.sentence).hasPrefix("Ana holds task \(task) “Call Bo”, since ") } == true)
  }

  @Test("a claim is asked for once, and a task that is started is claimed with it")
  func claims() throws {
    let task = try ana.add(.task, to: "acme", "Call Bo", [("department", "sales")])
    let requested = try ana.bench().claim(task: task)
    #expect(
      said(requested.sentence) == "Claim requested for task \(task) “Call Bo” in acme; waiting to sync.")
    #expect(
      said(requested.sentence, .french)
        == "Prise en charge demandée pour la tâche \(task) « Call Bo » dans acme ; à synchroniser.")
    #expect(said(try ana.bench().claim(task: task).sentence).hasSuffix("is yours already."))
    let other = try ana.add(.task, to: "acme", "Write to Bo", [("department", "sales")])
    let started = try ana.bench().start(task: other)
    #expect(said(started.sentence).contains("in acme, claim requested; waiting to sync."))
    #expect(try ana.sees(TaskRegister.claimedBy, of: other) == "you")
    #expect(try ana.sees(TaskRegister.status, of: other) == "in-progress")
  }

  @Test("a task that is done offers to be opened again, and nobody claims it")
  func refusesFinished() throws {
    let task = try ana.add(.task, to: "acme", "Call Bo", [("department", "sales")])
    let done = try ana.bench().finish(task: task, evidence: "They called back")
    #expect(said(done.sentence) == "Done: task \(task) “Call Bo” in acme; waiting to sync.")
    #expect(try ana.sees(TaskRegister.doneOn, of: task) == "2026-10-26")
    let failure = #expect(throws: Failure.self) { try ana.bench().claim(task: task) }
    #expect(failure?.sentence.actions == [.reopen(task: task)])
  }

  @Test("a task is released only when it has been held unchanged for as long as was said")
  func releasesStale() throws {
    let task = try ana.add(.task, to: "acme", "Call Bo", [("department", "sales")])
    _ = try ana.bench().claim(task: task)
    company.now += 3 * 86_400_000
    let failure = #expect(throws: Failure.self) {
      try ana.bench().release(task: task, unchangedForDays: 14)
    }
    #expect(
      failure.map { said($0.sentence).contains("was changed 3 days ago; stale asks for 14 days") } == true)
    company.now += 11 * 86_400_000
    #expect(try ana.bench().release(task: task, unchangedForDays: 14).isChanged)
    #expect(try ana.sees(TaskRegister.claimedBy, of: task) == "")
  }

  @Test("a plan takes its step; a campaign is not opened while its questions may change")
  func takesSteps() throws {
    let plan = try ana.add(
      .plan, to: "acme", "Grow", [("period", "2026-01-01..2026-12-31"), ("type", "expand")])
    let submitted = try ana.bench().take(.submitPlan, record: plan)
    #expect(said(submitted.sentence) == "Submitted plan \(plan) “Grow” in acme; waiting to sync.")
    #expect(
      said(submitted.sentence, .french)
        == "Soumission du plan d’action \(plan) « Grow » dans acme ; à synchroniser.")
    #expect(try ana.sees(PlanRegister.status, of: plan) == "submitted")
    #expect(try !ana.bench().take(.submitPlan, record: plan).isChanged)
  }

  @Test(
    "a campaign is opened once its questions stand, asks each contact once, and keeps answers on its scale")
  func asks() throws {
    let eve = try company.person("Eve", .admin)
    try eve.add(.account, "Globex")
    let template = try eve.add(.surveyTemplate, "Would you recommend us?", [("type", "nps")])
    let campaign = try eve.add(.surveyCampaign, to: "globex", "Autumn", [("template", template)])
    let early = #expect(throws: Failure.self) { try eve.bench().take(.openCampaign, record: campaign) }
    #expect(early?.sentence.actions == [.publish(template: template)])
    _ = try eve.bench().take(.publishTemplate, record: template)
    let closed = #expect(throws: Failure.self) { try eve.bench().invite(nil, to: campaign, by: "email") }
    #expect(closed?.sentence.actions == [.open(campaign: campaign)])
    _ = try eve.bench().take(.openCampaign, record: campaign)
    try eve.add(.contact, to: "globex", "Bo")
    try eve.add(.contact, to: "globex", "Cy")
    _ = try eve.bench().invite(["Bo"], to: campaign, by: "email")
    let receipt = try eve.bench().invite(nil, to: campaign, by: "email")
    #expect(receipt.records.count == 1 && receipt.notes.map { said($0) } == ["1 contact invited before."])
    let answer = try eve.bench().answer(campaign, of: "bo", score: 9, remark: "Good")
    #expect(said(answer.sentence) == "Kept: Bo answered 9 in “Autumn” in globex; waiting to sync.")
    #expect(throws: Failure.self) { try eve.bench().answer(campaign, of: "bo", score: 11) }
  }

  @Test("a comment is an event of the record's account; of what has none it is refused")
  func comments() throws {
    let task = try ana.add(.task, to: "acme", "Call Bo", [("department", "sales")])
    let bench = try ana.bench()
    let receipt = try bench.comment(on: task, "Bo is away\nuntil Monday")
    let comment = try #require(receipt.records.first)
    #expect(comment.text(CommentRegister.text) == "Bo is away\nuntil Monday")
    #expect(comment.reference(CommentRegister.author) == ana.id)
    let handle = try bench.handle(comment.id)
    #expect(said(receipt.sentence) == "Commented on task \(task) in acme (\(handle)); waiting to sync.")
    #expect(
      said(receipt.sentence, .french)
        == "Commentaire ajouté à la tâche \(task) dans acme (\(handle)) ; à synchroniser.")
    #expect(throws: Failure.usage("The text must not be empty.")) { try bench.comment(on: task, "") }
    #expect(throws: Failure.self) { try bench.comment(on: ana.id.description, "A word") }
  }

  @Test("what happens to a request is an event of it, with its note")
  func tellsOfRequests() throws {
    let request = try ana.add(
      .serviceRequest, to: "acme", "Late again", [("type", "complaint"), ("severity", "high")])
    let receipt = try ana.bench().tell(of: request, .resolved, note: "Sent anew")
    let event = try #require(receipt.records.first)
    #expect(event.choice(RequestEventRegister.type) == "resolved")
    #expect(event.text(RequestEventRegister.note) == "Sent anew")
    #expect(said(receipt.sentence).hasPrefix("Resolved: service request \(request) “Late again” in acme"))
  }

  @Test("a hand-over lists what somebody holds, moves it, and says what was moved")
  func handsOver() throws {
    let bo = try company.person("Bo")
    try ana.sync()
    let claimed = try ana.add(.task, to: "acme", "Call Bo", [("department", "sales")])
    _ = try ana.bench().claim(task: claimed)
    let finished = try ana.add(.task, to: "acme", "Write to Bo", [("department", "sales")])
    _ = try ana.bench().finish(task: finished)
    try ana.add(
      .plan, to: "acme", "Grow",
      [("period", "2026-01-01..2026-12-31"), ("type", "expand"), ("owner", "ana@demo.example")])
    let bench = try ana.bench()
    let planned = try bench.handover(from: "ana@demo.example", to: "bo@demo.example", account: "acme")
    let listed = planned.parts.map { "\(said($0.what)): \(bench.title($0.view))" }
    #expect(listed.sorted() == ["plan: owner: Grow", "task: Call Bo"])
    #expect(planned.parts.allSatisfy { planned.state(of: $0) == .standing })
    #expect(said(planned.parts[0].what, .french) == "plan d’action : pilote")
    let moved = try bench.carryOut(planned)
    #expect(moved.refusals.isEmpty && moved.parts.allSatisfy { moved.state(of: $0) == .moved })
    let task = try ana.bench().find(claimed, kind: .task)
    #expect(task.reference(TaskRegister.claimedBy) == bo.id)
    #expect(
      try ana.bench().handover(from: "ana@demo.example", to: "bo@demo.example", account: "acme").parts.isEmpty
    )
    #expect(throws: Failure.self) { try bench.handover(from: "ana@demo.example", to: "ana@demo.example") }
  }

  @Test("a replica that is whole is told so")
  func provesWhole() throws {
    try ana.sync()
    #expect(try ana.bench().proveWhole().isWhole)
  }
}
