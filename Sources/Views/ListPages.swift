import Pages
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// A column of a list.
private enum ListColumn {
  case handle, pending, account
  case register(RegisterDescription, isTitle: Bool)
}

extension Workbench {
  /// A page of records of one kind, with the columns that the kind's description names.
  ///
  /// - Parameter isOneAccount: All are of one account, which need not be said in each row.
  package func listPage(
    _ views: [RecordView], of kind: KindDescription, isOneAccount: Bool
  ) throws -> ListPage {
    try replica.read { _ in
      let columns = listColumns(
        kind, showsPending: views.contains(where: \.isPending), isOneAccount: isOneAccount)
      let handles = try replica.handles(for: views.map(\.id))
      try prepareReferences(views, kind.columns.compactMap { kind.register(named: $0) })
      return ListPage(
        plural: reader.said(word: kind.plural), columns: columns.map(described),
        rows: try views.map { view in
          ListPage.Row(
            id: view.id.description, isPending: view.isPending,
            cells: try columns.map { try cell($0, view, handles) })
        })
    }
  }

  private func listColumns(_ kind: KindDescription, showsPending: Bool, isOneAccount: Bool) -> [ListColumn] {
    let registers = kind.columns.compactMap { kind.register(named: $0) }
    // What has a short name is called by it.
    var columns: [ListColumn] = kind.register(named: "slug") == nil ? [.handle] : []
    if showsPending { columns.append(.pending) }
    for register in registers {
      columns.append(.register(register, isTitle: register.number == kind.title))
    }
    if kind.addsInAccount, !isOneAccount {
      let title = registers.firstIndex { $0.number == kind.title } ?? registers.count - 1
      columns.insert(.account, at: columns.count - registers.count + title + 1)
    }
    return columns
  }

  private func described(_ column: ListColumn) -> ListPage.Column {
    switch column {
    case .handle: ListPage.Column(title: reader.said("handle"), purpose: .key)
    case .pending: ListPage.Column(title: "", purpose: .key)
    case .account: ListPage.Column(title: reader.said("account"), purpose: .detail)
    case .register(let register, let isTitle):
      ListPage.Column(
        title: reader.said(word: register.label),
        purpose: isTitle ? .title : register.type == .slug ? .key : .detail)
    }
  }

  private func cell(
    _ column: ListColumn, _ view: RecordView, _ handles: [RecordID: Handle]
  ) throws -> String {
    switch column {
    case .handle: handles[view.id]?.description ?? ""
    case .pending: view.isPending ? "*" : ""
    case .account: try view.scope.account.map { try accounts().label($0) } ?? ""
    case .register(let register, _): try cell(register, view)
    }
  }

  private func cell(_ register: RegisterDescription, _ view: RecordView) throws -> String {
    let text = try words(register, of: view)
    if view.kind == KindNumber.task, register.number == TaskRegister.due, isOverdue(view) {
      return reader.said("\(text) overdue")
    }
    if try isRequestedClaim(register, view) { return reader.said("\(text) (claim requested)") }
    guard let lineBreak = text.utf8.firstIndex(of: UInt8(ascii: "\n")) else { return text }
    return text[..<lineBreak] + " …"
  }
}
