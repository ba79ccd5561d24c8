import PlanModel
import Replica
import Speech
import Wording
import Workbench

extension Workspace {
  /// Prints a list of records, some at a time: as a whole, a million would take gigabytes.
  func printJSON(_ views: [RecordView]) throws {
    let handles = try replica.handles(for: views.map(\.id))
    var list = JSONList()
    for start in stride(from: 0, to: views.count, by: 1_000) {
      console.raw(list.adding(try json(views[start..<min(start + 1_000, views.count)], handles)))
    }
    console.raw(list.end + "\n")
  }
}
