import Indicators
import Pages
import PlanModel
import Replica
import Speech
import Wording
import Workbench

extension AccountReview {
  func plan() -> Pack.PlanPart? {
    var part = Pack.PlanPart()
    part.objectives = objectives.filter { !$0.isSetAside }
      .sorted { ($0.due ?? cutOff.day, $0.id) < ($1.due ?? cutOff.day, $1.id) }.map(line)
    // How we are organised, and what is late with us, is nobody else's matter.
    if isInternal { part.departments = departments() }
    part.milestones = milestones()
    if showsNextSteps { part.nextSteps = nextSteps() }
    let isEmpty =
      part.objectives.isEmpty && part.departments.isEmpty && part.milestones.isEmpty && part.nextSteps.isEmpty
    return isEmpty ? nil : part
  }

  /// For the customer those that are marked for them.
  var objectives: [Objective] { account.objectives.filter { isInternal || $0.isShared } }

  private func line(_ objective: Objective) -> Pack.ObjectiveLine {
    let share = progress(of: objective)
    let unit = objective.unit.map { " " + $0 } ?? ""
    let shown: Pack.Shown =
      objective.targetText.map { target in
        .text(
          objective.currentText.map { said("\($0) of \(target)\(unit)") } ?? said("to reach \(target)\(unit)")
        )
      } ?? .missing(reason: said("no target"))
    let isLate =
      !objective.isAchieved && (share ?? 0) < 1 && (objective.due.map { $0 < cutOff.day } ?? false)
    return Pack.ObjectiveLine(
      name: objective.title, progress: share, shown: shown, due: objective.due.map { said($0.spoken) },
      status: objective.isAchieved || share == 1 ? .good : isLate ? .poor : nil,
      statusText: isLate ? said("overdue") : said(prose(objective.status)))
  }

  private func departments() -> [Pack.DepartmentTasks] {
    let byDepartment = Dictionary(grouping: account.tasks) { $0.department }
    return byDepartment.keys.compactMap { $0 }.sorted().compactMap { code in
      let tasks = byDepartment[code] ?? []
      let open = tasks.filter { !$0.isFinished }
      let late = open.count { $0.due.map { $0 < cutOff.day } ?? false }
      let done = tasks.count {
        $0.statusNumber == TaskStatus.done && ($0.doneOn.map(period.contains) ?? false)
      }
      guard !open.isEmpty || done > 0 else { return nil }
      let name = reader.said(word: (try? source.workbench.departments().word(code)) ?? "")
      return Pack.DepartmentTasks(name: name, done: done, open: open.count - late, overdue: late)
    }
  }

  private func milestones() -> [Pack.Milestone] {
    (records[KindNumber.project] ?? []).compactMap { project -> (PlanDate, Pack.Milestone)? in
      guard let days = project.period(ProjectRegister.period),
        project.chosen(ProjectRegister.status) != ProjectStatus.stopped,
        isInternal || project.flag(ProjectRegister.shared)
      else { return nil }
      let isDone = project.chosen(ProjectRegister.status) == ProjectStatus.done
      let state: Pack.Milestone.State = isDone ? .reached : days.to < cutOff.day ? .missed : .ahead
      return (
        days.to,
        Pack.Milestone(name: project.text(ProjectRegister.name) ?? "", on: said(days.to.spoken), state: state)
      )
    }.sorted { $0.0 < $1.0 }.suffix(8).map(\.1)
  }

  /// What was agreed in the last talks of the period.
  private func nextSteps() -> [Pack.NextStep] {
    (records[KindNumber.interaction] ?? []).compactMap { talk -> (Int64, Pack.NextStep)? in
      guard let text = talk.text(InteractionRegister.nextStep),
        let at = talk.integer(InteractionRegister.occurredAt),
        cutOff.includes(source.day(at, of: account), at),
        period.contains(source.day(at, of: account))
      else { return nil }
      let who = talk.reference(InteractionRegister.by).flatMap { try? name($0) }
      return (at, Pack.NextStep(text: text, who: who, when: said(source.day(at, of: account).spoken)))
    }.sorted { $0.0 > $1.0 }.prefix(6).map(\.1)
  }

  func health() -> Pack.HealthPart {
    let (figure, health) = Indicators.health(
      account, in: period, at: cutOff, by: source.valuation, source.facts.directory)
    return Pack.HealthPart(
      shown: reader.shown(figure), value: figure.value?.number,
      status: figure.value.map { Self.status($0.number) },
      coverage: health.coverage.map { said("\(FigureValue.share($0).spoken) of the weight has data") },
      components: health.parts.map { part in
        Pack.HealthComponent(
          name: said(componentName(part.component)),
          weight: Pack.Quantity(value: Double(part.weight), text: "\(part.weight)"),
          score: part.score.map { .text(said(FigureValue.score($0).spoken)) }
            ?? .missing(reason: said(part.why)),
          value: part.score?.double)
      })
  }

  static func status(_ health: Double) -> Pack.Status { health >= 70 ? .good : health >= 45 ? .watch : .poor }
}
