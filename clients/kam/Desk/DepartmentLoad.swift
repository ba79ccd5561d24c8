import Views
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

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(json) {
      try DepartmentLoadReport(
        workspace, department: department.map { try workspace.departments().resolve($0) })
    }
  }
}
