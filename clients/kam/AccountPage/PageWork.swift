import Indicators
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// What is to be reached, and who does what for it.

extension AccountPage {
  private static let objectivesMax = 10
  private static let tasksPerDepartmentMax = 4

  func showObjectives() throws {
    let open = records(.objective).filter {
      ["not-started", "in-progress"].contains($0.choice("status") ?? "")
    }
    guard !open.isEmpty else { return }
    heading("Open objectives (\(open.count))")
    for objective in open.sorted(by: { ($0.text("due") ?? "9999", $0.id) < ($1.text("due") ?? "9999", $1.id) }
    )
    .prefix(Self.objectivesMax) {
      let share = progress(of: objective)
      let bar = share.map {
        "\(console.symbols.bar($0, width: 8)) \(padded("\(Int(($0 * 100).rounded()))", to: 3, right: true)) %"
      }
      let reached = try reached(objective)
      line(
        "  \(bar ?? String(repeating: " ", count: 14))  \(objective.text("title") ?? "")",
        joined([reached, try due(objective)]))
    }
    if open.count > Self.objectivesMax {
      console.say("  … and \(open.count - Self.objectivesMax) more", .dim)
    }
  }

  private func progress(of objective: RecordView) -> Double? {
    Indicators.progress(
      from: objective.decimal("baseline"), to: objective.decimal("target"), now: objective.decimal("current"))
  }

  private func reached(_ objective: RecordView) throws -> String? {
    guard let target = objective.text("target") else { return nil }
    let unit = objective.text("unit").map { " " + $0 } ?? ""
    guard let current = objective.text("current") else { return said("to reach \(target)\(unit)") }
    return said("\(current) of \(target)\(unit)")
  }

  private func due(_ view: RecordView) throws -> String? {
    guard let day = view.day("due") else { return nil }
    return day < today ? said("\(day.spoken) overdue") : said("due \(day.spoken)")
  }

  func showTasks() throws {
    let open = records(.task).filter { !["done", "cancelled"].contains($0.choice("status") ?? "") }
    guard !open.isEmpty else { return }
    let overdue = open.count { workspace.isOverdue($0) }
    heading(overdue == 0 ? "Open tasks (\(open.count))" : "Open tasks (\(open.count), \(overdue) overdue)")
    let byDepartment = Dictionary(grouping: open) { workspace.taskDepartment($0) }
    for code in byDepartment.keys.compactMap({ $0 }).sorted() {
      let tasks = (byDepartment[code] ?? []).sorted {
        ($0.text("due") ?? "9999", $0.id) < ($1.text("due") ?? "9999", $1.id)
      }
      let name = said(word: try workspace.departments().word(code))
      line("  \(name) (\(tasks.count))", .strong)
      for task in tasks.prefix(Self.tasksPerDepartmentMax) {
        let mark = task.isPending ? "*" : " "
        line(
          "    \(handle(task))\(mark) \(task.text("title") ?? "")",
          joined([try holder(of: task), try due(task)]))
      }
      if tasks.count > Self.tasksPerDepartmentMax {
        console.say("    … and \(tasks.count - Self.tasksPerDepartmentMax) more", .dim)
      }
    }
  }

  private func holder(of task: RecordView) throws -> String? {
    guard let holder = workspace.taskHolder(task) else { return nil }
    return said(try workspace.people().name(holder))
  }

  func showOpportunities() throws {
    let open = records(.opportunity).filter { opportunity in
      guard let register = KindDescription.opportunity.register(named: "stage"),
        case .graded(let stage, _)? = opportunity.value(register), case .graded(let choices) = register.type
      else { return true }
      return !["won", "lost"].contains(choices.name(of: stage))
    }
    guard !open.isEmpty else { return }
    heading("Opportunities (\(open.count))")
    for opportunity in open.sorted(by: {
      ($0.text("closes-on") ?? "9999", $0.id) < ($1.text("closes-on") ?? "9999", $1.id)
    }).prefix(6) {
      line(
        "  \(handle(opportunity))  \(opportunity.text("title") ?? "")",
        joined([
          opportunity.money("amount").map { said($0.spoken) }, try words("stage", of: opportunity),
          opportunity.day("closes-on").map { said($0.spoken) },
        ]))
    }
  }

  func showSWOT() throws {
    let items = records(.swotItem)
    guard !items.isEmpty else { return }
    let titles: [(choice: String, title: Phrase)] = [
      ("strength", "Strengths"), ("weakness", "Weaknesses"), ("opportunity", "Chances"),
      ("threat", "Threats"),
    ]
    for (choice, title) in titles {
      let those = items.filter { $0.choice("quadrant") == choice }
        .sorted { ($0.integer("rank") ?? 100, $0.id) < ($1.integer("rank") ?? 100, $1.id) }
      guard !those.isEmpty else { continue }
      heading(title)
      for item in those.prefix(4) { line("  \(console.symbols.dot) \(item.text("text") ?? "")") }
    }
  }
}
