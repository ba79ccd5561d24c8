import Interchange
import PlanModel
import Replica
import SyncCore
import Views
import Workbench

extension Workspace {
  func show(_ views: [RecordView], _ kind: KindDescription, isOneAccount: Bool) throws {
    console.show(try listPage(views, of: kind, isOneAccount: isOneAccount))
  }

  /// Every register of every record, for spreadsheets.
  func showCSV(_ views: [RecordView], _ kind: KindDescription) throws {
    let registers = kind.registers.filter { $0.type != .opaque }
    try prepareReferences(views, registers)
    var document = CSVDocument()
    document.add(["id"] + (kind.addsInAccount ? ["account"] : []) + registers.map(\.name))
    for view in views {
      let account =
        kind.addsInAccount ? [try view.scope.account.map { try accounts().label($0) } ?? ""] : []
      let cells = [view.id.description] + account + (try registers.map { try words($0, of: view) })
      // A terminal must not obey what people wrote; a file gets it as it is.
      document.add(console.width == nil ? cells : cells.map(console.visible))
    }
    console.csv(document)
  }
}
