import Indicators
import Pages
import PlanModel
import Replica
import Speech
import Wording
import Workbench

// What is to be reached, and who does what for it.

extension AccountReading {
  private static let objectivesMax = 10
  private static let tasksPerDepartmentMax = 4
  private static let opportunitiesMax = 6
  private static let swotMax = 4

  func objectives() throws -> Section<AccountPage.Objective> {
    let open = records(.objective).filter { objective in
      let status = objective.chosen(ObjectiveRegister.status)
      return status == ObjectiveStatus.notStarted || status == ObjectiveStatus.inProgress
    }.sorted(on: { ($0.text(ObjectiveRegister.due) ?? "9999", $0.id) }, by: <)
    return Section(
      title: said("Open objectives (\(open.count))"), of: open, max: Self.objectivesMax
    ) { objective in
      AccountPage.Objective(
        record: name(objective, ObjectiveRegister.title),
        share: Indicators.progress(
          from: objective.decimal(ObjectiveRegister.baseline),
          to: objective.decimal(ObjectiveRegister.target), now: objective.decimal(ObjectiveRegister.current)),
        details: present([reached(objective), due(objective.day(ObjectiveRegister.due))]))
    }
  }

  private func reached(_ objective: RecordView) -> String? {
    guard let target = objective.text(ObjectiveRegister.target) else { return nil }
    let unit = objective.text(ObjectiveRegister.unit).map { " " + $0 } ?? ""
    guard let current = objective.text(ObjectiveRegister.current) else {
      return said("to reach \(target)\(unit)")
    }
    return said("\(current) of \(target)\(unit)")
  }

  private func due(_ day: PlanDate?) -> String? {
    day.map { $0 < today ? said("\($0.spoken) overdue") : said("due \($0.spoken)") }
  }

  func tasks() throws -> AccountPage.Tasks {
    let open = records(.task).filter {
      !TaskStatus.isFinished($0.chosen(TaskRegister.status) ?? TaskStatus.open)
    }
    let overdue = open.count { workbench.isOverdue($0) }
    let title: Phrase =
      overdue == 0 ? "Open tasks (\(open.count))" : "Open tasks (\(open.count), \(overdue) overdue)"
    let byDepartment = Dictionary(grouping: open) { workbench.taskDepartment($0) }
    return AccountPage.Tasks(
      title: said(title),
      departments: try byDepartment.keys.compactMap { $0 }.sorted().map { code in
        let tasks = (byDepartment[code] ?? []).sorted(
          on: { ($0.text(TaskRegister.due) ?? "9999", $0.id) }, by: <)
        return try Section(
          title: "\(said(word: try workbench.departments().word(code))) (\(tasks.count))", of: tasks,
          max: Self.tasksPerDepartmentMax
        ) { task in
          RecordLine(
            name(task, TaskRegister.title),
            details: present([try holder(of: task), due(task.day(TaskRegister.due))]))
        }
      })
  }

  private func holder(of task: RecordView) throws -> String? {
    try workbench.taskHolder(task).map { said(try workbench.people().name($0)) }
  }

  func opportunities() throws -> Section<RecordLine> {
    let open = records(.opportunity).filter { opportunity in
      guard let register = KindDescription.opportunity.register(OpportunityRegister.stage),
        case .graded(let stage, _)? = opportunity.value(register)
      else { return true }
      return stage != OpportunityStage.won && stage != OpportunityStage.lost
    }.sorted(on: { ($0.text(OpportunityRegister.closesOn) ?? "9999", $0.id) }, by: <)
    return try Section(
      title: said("Opportunities (\(open.count))"), of: open, max: Self.opportunitiesMax
    ) { opportunity in
      RecordLine(
        name(opportunity, OpportunityRegister.title),
        details: present([
          opportunity.money(OpportunityRegister.amount).map { said($0.spoken) },
          try words(OpportunityRegister.stage, of: opportunity),
          opportunity.day(OpportunityRegister.closesOn).map { said($0.spoken) },
        ]))
    }
  }

  func swot() -> [Section<String>] {
    let items = records(.swotItem)
    let titles: [(quadrant: Int64, title: Phrase)] = [
      (SwotQuadrant.strength, "Strengths"), (SwotQuadrant.weakness, "Weaknesses"),
      (SwotQuadrant.opportunity, "Chances"), (SwotQuadrant.threat, "Threats"),
    ]
    return titles.compactMap { quadrant, title in
      let those = items.filter { $0.chosen(SwotItemRegister.quadrant) == quadrant }
        .sorted(on: { ($0.integer(SwotItemRegister.rank) ?? 100, $0.id) }, by: <)
      guard !those.isEmpty else { return nil }
      return Section(
        title: said(title), rows: those.prefix(Self.swotMax).map { $0.text(SwotItemRegister.text) ?? "" })
    }
  }
}
