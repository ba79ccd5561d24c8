import PlanModel
import Replica
import Speech
import SyncCore
import Wording

extension Workbench {
  /// Makes a plan from a template: objectives, tasks and expectations, in one edit. What the template asks of a department
  /// that is not engaged in the account is left out, and told.
  ///
  /// - Parameters:
  ///   - account: What the account is called.
  ///   - template: What the template is called.
  ///   - title: What the plan is called; nil: by the template and the year.
  ///   - from: Its first day, as typed; nil: today.
  ///   - to: Its last day, as typed; nil: by the template.
  ///   - owner: Who answers for it, as typed; nil: whoever makes it.
  /// - Returns: the records of the plan, the plan first.
  package func makePlan(
    of account: String, from template: String, title: String? = nil, from: String? = nil, to: String? = nil,
    owner: String? = nil
  ) throws -> Receipt {
    try asOne {
      let account = try self.account(account)
      let template = try planTemplate(named: template)
      let first = try from.map { try day($0, option: "from") } ?? moments.day(after: 0)
      let last = try to.map { try day($0, option: "to") } ?? first.adding(days: Int(template.days) - 1)
      guard first <= last else {
        throw Failure.usage("The plan would end on \(last.spoken), before it begins on \(first.spoken).")
      }
      let owner = try owner.map { try people().resolve($0).id } ?? identity.person
      let title = title ?? "\(template.name.prefix(1).uppercased() + template.name.dropFirst()) \(first.year)"
      let disengaged = try replica.standing(in: .plan(account)).disengaged
      func isLeftOut(_ step: PlanTemplate.Step) -> Bool {
        step.addressee.map { disengaged.contains($0) } ?? false
      }
      let plan = PlannedRecords(
        self, template, title: title, days: first...last, owner: owner,
        template.steps.filter { !isLeftOut($0) })
      try edit(in: .plan(account), "made the plan “\(title)” from the template \(template.name)") { draft in
        for record in plan.records { try draft.create(record.id, kind: record.kind, record.values) }
      }
      return try receipt(of: plan, account, left: template.steps.filter(isLeftOut))
    }
  }

  private func receipt(
    of plan: PlannedRecords, _ account: RecordID, left: [PlanTemplate.Step]
  ) throws -> Receipt {
    let views = try plan.records.compactMap { try replica.record($0.id, in: .plan(account)) }
    guard let view = views.first else { throw ReplicaError.unknownScope(.plan(account)) }
    func count(_ kind: KindDescription) -> Phrase {
      counted(views.count { $0.kind == kind.number }, kind.label)
    }
    var notes: [Phrase] = []
    if !left.isEmpty {
      let names = try Set(left.compactMap(\.addressee)).sorted().map {
        Phrase.word(try departments().word($0))
      }
      notes = [
        "\(counted(left.count, "step")) left out: \(enumerated(names)) not engaged in this account (\(action: .engageDepartment))."
      ]
    }
    return Receipt(
      views,
      """
      Made \(try name(view)) \(quotedTitle(view)) for \(try accounts().label(account)): \
      \(enumerated([count(.objective), count(.task), count(.departmentExpectation)])); waiting to sync.
      """, notes: notes)
  }

  /// Copies a shipped template into the directory, to be edited there.
  package func adoptTemplate(_ name: String) throws -> Receipt {
    try asOne {
      let template = try planTemplate(named: name)
      guard template.isBuiltIn else {
        throw Failure.refused("“\(template.name)” is in the directory already.")
      }
      let id = newID()
      let kind = KindDescription.planTemplate
      try edit(in: .directory, "adopted the plan template \(template.name)") { draft in
        try draft.create(
          id, kind: KindNumber.planTemplate,
          filled([
            (PlanTemplateRegister.name, .text(template.name)),
            (PlanTemplateRegister.type, kind.choice(template.type, of: PlanTemplateRegister.type)),
            (PlanTemplateRegister.description, .text(template.summary)),
            (PlanTemplateRegister.days, .integer(template.days)),
          ]))
        for step in template.steps {
          try draft.create(newID(), kind: KindNumber.templateStep, step.values(of: id))
        }
      }
      guard let view = try replica.record(id, in: .directory) else {
        throw ReplicaError.unknownScope(.directory)
      }
      return Receipt(
        [view],
        "Added \(try self.name(view)) \(quotedTitle(view)) with \(counted(template.steps.count, "step")); waiting to sync."
      )
    }
  }
}

extension PlanTemplate.Step {
  /// Of the record that a step is in the directory.
  fileprivate func values(of template: RecordID) -> [(register: UInt32, value: RegisterValue)] {
    typealias Register = TemplateStepRegister
    let kind = KindDescription.templateStep
    return filled([
      (Register.template, .reference(template)),
      (Register.type, kind.choice(form.rawValue, of: Register.type)),
      (Register.title, .text(title)), (Register.department, department.map { .integer($0.number) }),
      (Register.priority, kind.choice(priority, of: Register.priority)),
      (Register.dueDays, dueDays.map(RegisterValue.integer)),
      (Register.measure, measure.map(RegisterValue.text)),
      (Register.baseline, baseline.map(RegisterValue.text)),
      (Register.target, target.map(RegisterValue.text)), (Register.unit, unit.map(RegisterValue.text)),
      (Register.weight, weight.map(RegisterValue.integer)), (Register.place, .integer(place)),
      (Register.serves, serves.map(RegisterValue.integer)), (Register.detail, detail.map(RegisterValue.text)),
    ])
  }
}

/// The records that a template makes.
private struct PlannedRecords {
  typealias Record = (id: RecordID, kind: UInt32, values: [(register: UInt32, value: RegisterValue)])
  /// The plan first.
  private(set) var records: [Record] = []
  private let plan: RecordID
  private let owner: RecordID
  private let days: ClosedRange<PlanDate>
  /// The objectives, by their places in the template.
  private var objectives: [Int64: RecordID] = [:]

  init(
    _ workbench: Workbench, _ template: PlanTemplate, title: String, days: ClosedRange<PlanDate>,
    owner: RecordID, _ steps: [PlanTemplate.Step]
  ) {
    plan = workbench.newID()
    self.owner = owner
    self.days = days
    let kind = KindDescription.plan
    let values: [(register: UInt32, value: RegisterValue?)] = [
      (PlanRegister.title, .text(title)), (PlanRegister.period, .period(days.lowerBound, days.upperBound)),
      (PlanRegister.type, kind.choice(template.type, of: PlanRegister.type)),
      (PlanRegister.status, .integer(PlanStatus.draft)), (PlanRegister.owner, .reference(owner)),
      (PlanRegister.vision, template.summary.isEmpty ? nil : .text(template.summary)),
    ]
    records.append((plan, KindNumber.plan, filled(values)))
    let ids = steps.map { _ in workbench.newID() }
    for (id, step) in zip(ids, steps) where step.form == .objective && objectives[step.place] == nil {
      objectives[step.place] = id
    }
    for (id, step) in zip(ids, steps) { records.append(record(id, step)) }
  }

  private func record(_ id: RecordID, _ step: PlanTemplate.Step) -> Record {
    switch step.form {
    case .objective: (id, KindNumber.objective, filled(objective(step)))
    case .task: (id, KindNumber.task, filled(task(step)))
    case .expectation: (id, KindNumber.departmentExpectation, filled(expectation(step)))
    }
  }

  /// What is due after a shorter plan has ended is due on its last day.
  private func due(_ step: PlanTemplate.Step) -> RegisterValue? {
    step.dueDays.map {
      .text(min(days.lowerBound.adding(days: Int($0)), days.upperBound).description)
    }
  }

  private func objective(_ step: PlanTemplate.Step) -> [(register: UInt32, value: RegisterValue?)] {
    typealias Register = ObjectiveRegister
    return [
      (Register.plan, .reference(plan)), (Register.title, .text(step.title)),
      (Register.department, step.department.map { .integer($0.number) }),
      (Register.metric, step.measure.map(RegisterValue.text)),
      (Register.baseline, step.baseline.map(RegisterValue.text)),
      (Register.target, step.target.map(RegisterValue.text)),
      (Register.current, step.baseline.map(RegisterValue.text)),
      (Register.unit, step.unit.map(RegisterValue.text)), (Register.due, due(step)),
      (Register.owner, .reference(owner)), (Register.weight, step.weight.map(RegisterValue.integer)),
      (Register.status, .integer(ObjectiveStatus.notStarted)),
    ]
  }

  private func task(_ step: PlanTemplate.Step) -> [(register: UInt32, value: RegisterValue?)] {
    typealias Register = TaskRegister
    let priority = KindDescription.task.choice(step.priority, of: Register.priority)
    return [
      (Register.title, .text(step.title)), (Register.detail, step.detail.map(RegisterValue.text)),
      (Register.department, step.addressee.map { .integer($0.number) }), (Register.due, due(step)),
      (Register.priority, priority), (Register.plan, .reference(plan)),
      (Register.objective, step.serves.flatMap { objectives[$0] }.map(RegisterValue.reference)),
      (Register.requestedBy, .reference(owner)), (Register.status, .integer(TaskStatus.open)),
    ]
  }

  private func expectation(_ step: PlanTemplate.Step) -> [(register: UInt32, value: RegisterValue?)] {
    typealias Register = DepartmentExpectationRegister
    return [
      (Register.department, .integer((step.department ?? DepartmentCode.sales).number)),
      (Register.statement, .text(step.title)), (Register.measure, step.measure.map(RegisterValue.text)),
      (Register.due, due(step)), (Register.status, .integer(ExpectationStatus.open)),
    ]
  }
}
