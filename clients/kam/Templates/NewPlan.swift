import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// A plan with what it begins with, in one edit: "kam plan new acme --template expand"
struct NewPlan: Command {
  static let name = "plan new"
  static let about: Phrase = "Make a plan from a template: objectives, tasks and expectations at once."
  static let more: Phrase = """
    Shipped are acquire, expand, retain and partnership; `kam plan templates` lists them with the organisation's own. \
    `kam plan-template adopt expand` copies one into the directory, where it can be edited. What a template asks of \
    a department that is not engaged in the account is left out, and told.
    """

  @Takes("ACCOUNT", "The account.") var account: String
  @Takes("NAME --template", "The template.") var template: String
  @Takes("--title TEXT", "What the plan is called; without it the template's name and the year.") var title:
    String?
  @Takes("--from DAY", "Its first day; without it today.") var from: String?
  @Takes("--to DAY", "Its last day; without it by the template.") var to: String?
  @Takes("--owner WHO", "Who answers for it; without it you.") var owner: String?
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let account = try workspace.account(account)
    let template = try workspace.planTemplate(named: template)
    let first = try from.map { try workspace.day($0, option: "from") } ?? workspace.moments.day(after: 0)
    let last =
      try to.map { try workspace.day($0, option: "to") } ?? first.adding(days: Int(template.days) - 1)
    guard first <= last else {
      throw Failure.usage("The plan would end on \(last.spoken), before it begins on \(first.spoken).")
    }
    let owner = try owner.map { try workspace.people().resolve($0).id } ?? workspace.identity.person
    let title = title ?? "\(template.name.prefix(1).uppercased() + template.name.dropFirst()) \(first.year)"
    let disengaged = try workspace.replica.standing(in: .plan(account)).disengaged
    func isLeftOut(_ step: PlanTemplate.Step) -> Bool {
      step.addressee.map { disengaged.contains($0) } ?? false
    }
    let steps = template.steps.filter { !isLeftOut($0) }
    let plan = PlannedRecords(
      workspace, template, title: title, first: first, last: last, owner: owner, steps)
    try workspace.edit(in: .plan(account), "made the plan “\(title)” from the template \(template.name)") {
      draft in
      for record in plan.records { try draft.create(record.id, kind: record.kind.number, record.values) }
    }
    let left = template.steps.filter(isLeftOut)
    try tell(plan, account, left: left, workspace)
  }

  private func tell(
    _ plan: PlannedRecords, _ account: RecordID, left: [PlanTemplate.Step], _ workspace: Workspace
  ) throws {
    let views = try plan.records.compactMap { try workspace.replica.record($0.id, in: .plan(account)) }
    if json.isWanted {
      workspace.console.document(JSON.array(try workspace.json(views)).document)
    } else if let view = views.first {
      func count(_ kind: KindDescription) -> Phrase {
        counted(views.count { $0.kind == kind.number }, kind.label)
      }
      workspace.console.say(
        """
        Made \(try workspace.name(view)) \(workspace.quotedTitle(view)) for \(try workspace.accounts().label(account)): \
        \(enumerated([count(.objective), count(.task), count(.departmentExpectation)])); waiting to sync.
        """)
    }
    if !left.isEmpty {
      let departments = Set(left.compactMap(\.addressee))
      let names = try departments.sorted().map { Phrase.word(try workspace.departments().word($0)) }
      workspace.console.note(
        "\(counted(left.count, "step")) left out: \(enumerated(names)) not engaged in this account (kam account engage)."
      )
    }
  }
}

/// The records that a template makes.
private struct PlannedRecords {
  typealias Record = (
    id: RecordID, kind: KindDescription, values: [(register: UInt32, value: RegisterValue)]
  )
  /// The plan first.
  private(set) var records: [Record] = []

  init(
    _ workspace: Workspace, _ template: PlanTemplate, title: String, first: PlanDate, last: PlanDate,
    owner: RecordID, _ steps: [PlanTemplate.Step]
  ) {
    let plan = workspace.newID()
    records.append(
      (
        plan, .plan,
        KindDescription.plan.values([
          ("title", .text(title)), ("period", .period(first, last)),
          ("type", KindDescription.plan.choice(template.type, of: "type")),
          ("status", KindDescription.plan.choice("draft", of: "status")), ("owner", .reference(owner)),
          ("vision", template.summary.isEmpty ? nil : .text(template.summary)),
        ])
      ))
    var objectives: [Int64: RecordID] = [:]
    let ids = steps.map { _ in workspace.newID() }
    for (id, step) in zip(ids, steps) where step.form == .objective && objectives[step.place] == nil {
      objectives[step.place] = id
    }
    for (id, step) in zip(ids, steps) {
      // What is due after a shorter plan has ended is due on its last day.
      let due = step.dueDays.map { RegisterValue.text(min(first.adding(days: Int($0)), last).description) }
      records.append(Self.record(id, step, plan: plan, objectives: objectives, due: due, owner: owner))
    }
  }

  private static func record(
    _ id: RecordID, _ step: PlanTemplate.Step, plan: RecordID, objectives: [Int64: RecordID],
    due: RegisterValue?,
    owner: RecordID
  ) -> Record {
    let department = step.department.map { RegisterValue.integer($0.number) }
    let addressee = step.addressee.map { RegisterValue.integer($0.number) }
    func text(_ text: String?) -> RegisterValue? { text.map(RegisterValue.text) }
    switch step.form {
    case .objective:
      let kind = KindDescription.objective
      return (
        id, kind,
        kind.values([
          ("plan", .reference(plan)), ("title", text(step.title)), ("department", department),
          ("metric", text(step.measure)), ("baseline", text(step.baseline)), ("target", text(step.target)),
          ("current", text(step.baseline)), ("unit", text(step.unit)), ("due", due),
          ("owner", .reference(owner)),
          ("weight", step.weight.map(RegisterValue.integer)),
          ("status", kind.choice("not-started", of: "status")),
        ])
      )
    case .task:
      let kind = KindDescription.task
      return (
        id, kind,
        kind.values([
          ("title", text(step.title)), ("detail", text(step.detail)), ("department", addressee), ("due", due),
          ("priority", kind.choice(step.priority, of: "priority")), ("plan", .reference(plan)),
          ("objective", step.serves.flatMap { objectives[$0] }.map(RegisterValue.reference)),
          ("requested-by", .reference(owner)), ("status", .integer(TaskStatus.open)),
        ])
      )
    case .expectation:
      let kind = KindDescription.departmentExpectation
      return (
        id, kind,
        kind.values([
          ("department", department ?? .integer(DepartmentCode.sales.number)),
          ("statement", text(step.title)),
          ("measure", text(step.measure)), ("due", due), ("status", kind.choice("open", of: "status")),
        ])
      )
    }
  }
}

/// "kam plan templates"
struct ListTemplates: Command {
  static let name = "plan templates"
  static let about: Phrase = "List the templates that a plan can be made from."
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let templates = try workspace.planTemplates()
    if json.isWanted {
      return workspace.console.document(
        JSON.array(
          templates.map { template in
            .object([
              ("name", .text(template.name)), ("type", template.type.map(JSON.text) ?? .null),
              ("days", .integer(Int(template.days))), ("steps", .integer(template.steps.count)),
              ("shipped", .flag(template.isBuiltIn)), ("description", .text(template.summary)),
            ])
          }
        ).document)
    }
    var table = Table([
      .init(title: .word("name"), isKey: true), .init(title: "steps", isNumber: true),
      .init(title: "from"), .init(title: .word("description"), shrinks: true),
    ])
    for template in templates {
      table.add([
        template.name, "\(template.steps.count)",
        said(template.isBuiltIn ? "shipped" : "the organisation"), oneLine(template.summary),
      ])
    }
    workspace.console.show(table)
  }
}

/// "kam plan-template adopt expand"
struct AdoptTemplate: Command {
  static let name = "plan-template adopt"
  static let about: Phrase = "Copy a shipped template into the directory, to edit it there."
  static let more: Phrase =
    "Its steps are then edited with `kam template-step`."
  @Takes("NAME", "The shipped template.") var name: String
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let template = try workspace.planTemplate(named: name)
    guard template.isBuiltIn else { throw Failure.refused("“\(template.name)” is in the directory already.") }
    let id = workspace.newID()
    let kind = KindDescription.planTemplate
    let stepKind = KindDescription.templateStep
    try workspace.edit(in: .directory, "adopted the plan template \(template.name)") { draft in
      try draft.create(
        id, kind: kind.number,
        kind.values([
          ("name", .text(template.name)), ("type", kind.choice(template.type, of: "type")),
          ("description", .text(template.summary)), ("days", .integer(template.days)),
        ]))
      for step in template.steps {
        try draft.create(workspace.newID(), kind: stepKind.number, Self.values(of: step, template: id))
      }
    }
    guard let view = try workspace.replica.record(id, in: .directory) else { return }
    if json.isWanted { return workspace.console.document(try workspace.json([view])[0].document) }
    workspace.console.say(
      "Added \(try workspace.name(view)) \(workspace.quotedTitle(view)) with \(counted(template.steps.count, "step")); waiting to sync."
    )
  }

  private static func values(
    of step: PlanTemplate.Step, template: RecordID
  ) -> [(register: UInt32, value: RegisterValue)] {
    let kind = KindDescription.templateStep
    func text(_ text: String?) -> RegisterValue? { text.map(RegisterValue.text) }
    func number(_ number: Int64?) -> RegisterValue? { number.map(RegisterValue.integer) }
    return kind.values([
      ("template", .reference(template)), ("type", kind.choice(step.form.rawValue, of: "type")),
      ("title", text(step.title)), ("department", number(step.department?.number)),
      ("priority", kind.choice(step.priority, of: "priority")), ("due-days", number(step.dueDays)),
      ("measure", text(step.measure)), ("baseline", text(step.baseline)), ("target", text(step.target)),
      ("unit", text(step.unit)), ("weight", number(step.weight)), ("place", number(step.place)),
      ("serves", number(step.serves)), ("detail", text(step.detail)),
    ])
  }
}
