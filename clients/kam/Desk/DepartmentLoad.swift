import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// Who holds how much of a department's work.
struct DepartmentLoad: Command {
  static let name = "department load"
  static let about: Phrase = "Who holds how much: open tasks and what each person has in hand."
  static let more: Phrase =
    "Without DEPARTMENT, of every department."

  @Takes("DEPARTMENT", "The department.") var department: String?
  let json = JSONOutput()

  private struct Row {
    let department: DepartmentCode
    /// nil: nobody holds it.
    let person: RecordID?
    var count = 0
    var overdue = 0
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let only = try department.map { try workspace.departments().resolve($0) }
    let rows = try rows(workspace).filter { only == nil || $0.department == only }
    if json.isWanted {
      workspace.console.document(
        JSON.array(
          try rows.map { row in
            .object([
              ("department", .text(try workspace.departments().word(row.department))),
              ("person", row.person.map { .text($0.description) } ?? .null),
              ("name", row.person.map { .text((try? workspace.people()[$0]?.name) ?? "") } ?? .null),
              ("tasks", .integer(row.count)), ("overdue", .integer(row.overdue)),
            ])
          }
        ).document)
    } else if rows.isEmpty {
      workspace.console.say("No open tasks.")
    } else {
      var table = Table([
        .init(title: "department", isKey: true), .init(title: "who", shrinks: true, isKey: true),
        .init(title: "tasks", isNumber: true), .init(title: "overdue", isNumber: true),
      ])
      for row in rows {
        table.add([
          said(word: try workspace.departments().word(row.department)),
          said(try row.person.map { try workspace.people().name($0) } ?? "nobody yet"), "\(row.count)",
          "\(row.overdue)",
        ])
      }
      workspace.console.show(table)
    }
    try workspace.showAge()
  }

  /// By department; what nobody holds first, then the busiest.
  private func rows(_ workspace: Workspace) throws -> [Row] {
    let open = try workspace.openTasks(of: Set(try workspace.departments().all.map(\.code)))
    var rows: [DepartmentCode: [RecordID?: Row]] = [:]
    for view in try open + workspace.heldTasks(where: { _ in true }) {
      guard let code = workspace.taskDepartment(view) else { continue }
      let person = workspace.taskHolder(view)
      var row = rows[code]?[person] ?? Row(department: code, person: person)
      row.count += 1
      if workspace.isOverdue(view) { row.overdue += 1 }
      rows[code, default: [:]][person] = row
    }
    return rows.values.flatMap { $0.values }.sorted { left, right in
      if left.department != right.department { return left.department < right.department }
      if (left.person == nil) != (right.person == nil) { return left.person == nil }
      return (right.count, left.person?.description ?? "") < (left.count, right.person?.description ?? "")
    }
  }
}
