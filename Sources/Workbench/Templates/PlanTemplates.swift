import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// What a new plan begins with, from the directory or shipped with the program.
package struct PlanTemplate {
  package struct Step {
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

  package let name: String
  /// "expand": of a plan.
  package let type: String?
  package let summary: String
  package let days: Int64
  package var steps: [Step]
  /// Shipped; not yet in the directory.
  package let isBuiltIn: Bool
}

extension Workbench {
  /// The organisation's templates, and those of ours that it has not taken over under the same name.
  package func planTemplates() throws -> [PlanTemplate] {
    let own = try replica.records(ofKind: KindDescription.planTemplate.number, where: { _, alive in alive })
    let steps = try replica.records(ofKind: KindDescription.templateStep.number, where: { _, alive in alive })
    let taken = try own.map { try template($0, steps) }.sorted { $0.name < $1.name }
    let names = Set(taken.map { headingKey($0.name) })
    return taken + PlanTemplate.builtIn(reader.language).filter { !names.contains(headingKey($0.name)) }
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
    let own = steps.filter { $0.reference(TemplateStepRegister.template) == view.id }
    return PlanTemplate(
      name: view.text(PlanTemplateRegister.name) ?? "", type: view.choice(PlanTemplateRegister.type),
      summary: view.text(PlanTemplateRegister.description) ?? "",
      days: view.integer(PlanTemplateRegister.days) ?? 365,
      steps: own.enumerated().compactMap(step).sorted { $0.place < $1.place }, isBuiltIn: false)
  }

  /// - Parameter place: Where it comes when it does not say so: after those that do.
  private func step(_ place: Int, _ view: RecordView) -> PlanTemplate.Step? {
    typealias Register = TemplateStepRegister
    guard let form = view.choice(Register.type).flatMap(PlanTemplate.Step.Form.init(rawValue:)) else {
      return nil
    }
    return PlanTemplate.Step(
      form: form, title: view.text(Register.title) ?? "",
      department: view.integer(Register.department).map { DepartmentCode($0) },
      priority: view.choice(Register.priority), dueDays: view.integer(Register.dueDays),
      measure: view.text(Register.measure), baseline: view.text(Register.baseline),
      target: view.text(Register.target), unit: view.text(Register.unit),
      weight: view.integer(Register.weight), place: view.integer(Register.place) ?? Int64(500 + place),
      serves: view.integer(Register.serves), detail: view.text(Register.detail))
  }
}
