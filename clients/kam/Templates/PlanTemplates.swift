import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// What a new plan begins with, from the directory or shipped with the program.
struct PlanTemplate {
  struct Step {
    enum Form: String { case objective, task, expectation }
    let form: Form
    let title: String
    var department: DepartmentCode?
    var priority: String?
    /// After the plan begins.
    var dueDays: Int64?
    var measure: String?
    var baseline: String?
    var target: String?
    var unit: String?
    var weight: Int64?
    /// 1 comes first.
    var place: Int64
    /// Of a task: the place of the objective that it serves.
    var serves: Int64?
    var detail: String?

    /// Tasks and expectations have one, whatever the template says.
    var addressee: DepartmentCode? { department ?? (form == .objective ? nil : .sales) }
  }

  let name: String
  /// "expand": of a plan.
  let type: String?
  let summary: String
  let days: Int64
  var steps: [Step]
  /// Shipped; not yet in the directory.
  let isBuiltIn: Bool
}

extension Workspace {
  /// The organisation's templates, and those of ours that it has not taken over under the same name.
  func planTemplates() throws -> [PlanTemplate] {
    let own = try replica.records(ofKind: KindDescription.planTemplate.number, where: { _, alive in alive })
    let steps = try replica.records(ofKind: KindDescription.templateStep.number, where: { _, alive in alive })
    let taken = try own.map { try template($0, steps) }.sorted { $0.name < $1.name }
    let names = Set(taken.map { headingKey($0.name) })
    return taken + PlanTemplate.builtIn(shell.language).filter { !names.contains(headingKey($0.name)) }
  }

  /// - Throws: ``Failure`` naming the templates there are.
  func planTemplate(named name: String) throws -> PlanTemplate {
    let all = try planTemplates()
    let key = headingKey(name)
    if let template = all.first(where: { headingKey($0.name) == key }) { return template }
    // Ours are also known by what they are for, whatever the language.
    if let template = all.first(where: { $0.isBuiltIn && $0.type == key }) { return template }
    throw Failure.notFound(
      "There is no plan template “\(name)”.", nearest: all.map { "\($0.name)  \($0.summary)" })
  }

  private func template(_ view: RecordView, _ steps: [RecordView]) throws -> PlanTemplate {
    let own = steps.filter { $0.reference("template") == view.id }
    return PlanTemplate(
      name: view.text("name") ?? "", type: view.choice("type"), summary: view.text("description") ?? "",
      days: view.integer("days") ?? 365,
      steps: own.enumerated().compactMap { place, step in
        PlanTemplate.Step.Form(rawValue: step.choice("type") ?? "").map { form in
          PlanTemplate.Step(
            form: form, title: step.text("title") ?? "",
            department: step.integer("department").map { DepartmentCode($0) },
            priority: step.choice("priority"),
            dueDays: step.integer("due-days"), measure: step.text("measure"), baseline: step.text("baseline"),
            target: step.text("target"), unit: step.text("unit"), weight: step.integer("weight"),
            place: step.integer("place") ?? Int64(500 + place), serves: step.integer("serves"),
            detail: step.text("detail"))
        }
      }.sorted { $0.place < $1.place }, isBuiltIn: false)
  }
}

extension KindDescription {
  /// Values by the names of fields; what has none, or is no field, is left out.
  func values(_ given: [(name: String, value: RegisterValue?)]) -> [(register: UInt32, value: RegisterValue)]
  {
    given.compactMap { name, value in
      guard let value, let register = register(named: name) else { return nil }
      return (register.number, value)
    }
  }

  func choice(_ choice: String?, of field: String) -> RegisterValue? {
    guard let choice, case .choice(let choices)? = register(named: field)?.type else { return nil }
    return choices.number(named: choice).map(RegisterValue.integer)
  }
}
