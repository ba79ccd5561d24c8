import Pages
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// Who holds how much of a department's work.
package struct DepartmentLoadReport: FigureReport {
  package let workbench: Workbench
  /// By department; what nobody holds first, then the busiest.
  private let rows: [Row]

  private struct Row {
    let department: DepartmentCode
    /// nil: nobody holds it.
    let person: RecordID?
    var count = 0
    var overdue = 0
  }

  /// - Parameter department: nil: every one.
  package init(_ workbench: Workbench, department: DepartmentCode?) throws {
    self.workbench = workbench
    rows = try Self.rows(workbench).filter { department == nil || $0.department == department }
  }

  private static func rows(_ workbench: Workbench) throws -> [Row] {
    let open = try workbench.openTasks(of: Set(try workbench.departments().all.map(\.code)))
    var rows: [DepartmentCode: [RecordID?: Row]] = [:]
    for view in try open + workbench.heldTasks(where: { _ in true }) {
      guard let code = workbench.taskDepartment(view) else { continue }
      let person = workbench.taskHolder(view)
      var row = rows[code]?[person] ?? Row(department: code, person: person)
      row.count += 1
      if workbench.isOverdue(view) { row.overdue += 1 }
      rows[code, default: [:]][person] = row
    }
    return rows.values.flatMap { $0.values }.sorted { left, right in
      if left.department != right.department { return left.department < right.department }
      if (left.person == nil) != (right.person == nil) { return left.person == nil }
      return (right.count, left.person?.description ?? "") < (left.count, right.person?.description ?? "")
    }
  }

  package func blocks() throws -> [Block] {
    guard !rows.isEmpty else { return [text("No open tasks.")] }
    var table = FigureTable([
      column(title: "department", .key), column(title: "who", .title), column(title: "tasks", isNumber: true),
      column(title: "overdue", isNumber: true),
    ])
    for row in rows {
      table.add([
        cell(.word(try workbench.departments().word(row.department))),
        cell(try row.person.map { try workbench.people().name($0) }, or: "nobody yet"), cell(row.count),
        cell(row.overdue),
      ])
    }
    return [.table(table)]
  }

  package func document() throws -> JSON {
    .array(
      try rows.map { row in
        .object([
          ("department", .text(try workbench.departments().word(row.department))),
          ("person", JSON(row.person?.description)),
          ("name", try row.person.map { .text(try workbench.people()[$0]?.name ?? "") } ?? .null),
          ("tasks", .integer(row.count)), ("overdue", .integer(row.overdue)),
        ])
      })
  }
}
