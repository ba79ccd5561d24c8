import PlanModel
import Replica
import Speech
import SyncCore
import Testing
import Wording
import Workbench

@Suite("A plan from a template, with days counted from the workbench's now")
struct PlanTemplateTests {
  private let ana: Colleague

  init() throws {
    ana = try Company().person("Ana")
    try ana.add(.account, "Acme")
  }

  @Test("it begins today, ends when the template says, and everything in it is due between")
  func countsFromNow() throws {
    let bench = try ana.bench()
    let receipt = try bench.makePlan(of: "acme", from: "retain")
    let plan = try #require(receipt.records.first)
    #expect(bench.title(plan) == "Retain 2026")
    let period = try #require(plan.period(PlanRegister.period))
    #expect("\(period.from)..\(period.to)" == "2026-10-26..2027-04-23")
    let tasks = receipt.records.filter { $0.kind == KindNumber.task }
    #expect(tasks.first?.text(TaskRegister.due) == "2026-10-29")
    #expect(tasks.allSatisfy { $0.reference(TaskRegister.plan) == plan.id })
    let days = tasks.compactMap { $0.day(TaskRegister.due) }
    #expect(days.count == tasks.count && days.allSatisfy { $0 >= period.from && $0 <= period.to })
    let handle = try bench.handle(plan.id)
    #expect(
      said(receipt.sentence)
        == "Made plan \(handle) “Retain 2026” for acme: 5 objectives, 12 tasks and 5 department expectations; waiting to sync."
    )
    #expect(
      said(receipt.sentence, .french).hasPrefix(
        "Création du plan d’action \(handle) « Retain 2026 » pour acme : 5 objectifs, 12 tâches")
    )
    #expect(receipt.notes.isEmpty)
  }

  @Test("what is due after a shorter plan has ended is due on its last day")
  func endsInTime() throws {
    let receipt = try ana.bench().makePlan(of: "acme", from: "retain", from: "+10d", to: "2026-11-15")
    let tasks = receipt.records.filter { $0.kind == KindNumber.task }
    #expect(tasks.compactMap { $0.text(TaskRegister.due) }.max() == "2026-11-15")
    #expect(tasks.first?.text(TaskRegister.due) == "2026-11-08")
    #expect(throws: Failure.self) {
      try ana.bench().makePlan(of: "acme", from: "retain", from: "2026-12-01", to: "2026-11-15")
    }
  }

  @Test("the steps of a shipped template are in the reader's language; an unknown one names those there are")
  func speaksToItsMaker() throws {
    let french = try ana.bench(.french).makePlan(of: "acme", from: "retain")
    #expect(french.records.contains { ana.title($0).contains("Calculer ce que le compte rapporte") })
    let failure = #expect(throws: Failure.self) { try ana.bench().makePlan(of: "acme", from: "conquer") }
    #expect(failure?.candidates.count == 4)
  }
}

extension Colleague {
  fileprivate func title(_ view: RecordView) -> String { (try? bench().title(view)) ?? "" }
}
