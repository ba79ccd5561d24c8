import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// A column of a list.
private enum ListColumn {
  case line, handle, pending, account
  case register(RegisterDescription, isTitle: Bool)

  var column: Table.Column {
    switch self {
    case .line: Table.Column(title: .verbatim("#"), isNumber: true, isKey: true)
    case .handle: Table.Column(title: "handle", isKey: true)
    case .pending: Table.Column(title: .nothing, isKey: true)
    case .account: Table.Column(title: "account")
    case .register(let register, let isTitle):
      Table.Column(title: .word(register.label), shrinks: isTitle, isKey: isTitle || register.type == .slug)
    }
  }
}

extension Workspace {
  /// A table with the columns that the kind's description names.
  func show(_ views: [RecordView], _ kind: KindDescription, isOneAccount: Bool, firstLine: Int = 1) throws {
    guard !views.isEmpty else { return console.say("No \(word: kind.plural).") }
    let columns = listColumns(
      kind, showsPending: views.contains(where: \.isPending), isOneAccount: isOneAccount)
    let handles = try replica.handles(for: views.map(\.id))
    try prepareReferences(views, kind.columns.compactMap { kind.register(named: $0) })
    var table = Table(columns.map(\.column))
    for (line, view) in views.enumerated() {
      table.add(
        try columns.map { column in
          switch column {
          case .line: String(line + firstLine)
          case .handle: handles[view.id]?.description ?? ""
          case .pending: view.isPending ? "*" : ""
          case .account: try view.scope.account.map { try accounts().label($0) } ?? ""
          case .register(let register, _): try cell(register, view)
          }
        })
    }
    console.show(table)
    if views.contains(where: \.isPending) { console.say("* waiting to sync", .dim) }
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

  private func listColumns(_ kind: KindDescription, showsPending: Bool, isOneAccount: Bool) -> [ListColumn] {
    let registers = kind.columns.compactMap { kind.register(named: $0) }
    // What has a short name is called by it.
    var columns: [ListColumn] = kind.register(named: "slug") == nil ? [.line, .handle] : [.line]
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

  private func cell(_ register: RegisterDescription, _ view: RecordView) throws -> String {
    let text = try words(register, of: view)
    if view.kind == KindDescription.task.number, register.number == TaskRegister.due, isOverdue(view) {
      return said("\(text) overdue")
    }
    if try isRequestedClaim(register, view) { return said("\(text) (claim requested)") }
    guard let lineBreak = text.utf8.firstIndex(of: UInt8(ascii: "\n")) else { return text }
    return text[..<lineBreak] + " …"
  }

  /// A guarded reference that only this replica has: whether it stands is decided by the server.
  func isRequestedClaim(_ register: RegisterDescription, _ view: RecordView) throws -> Bool {
    guard view.isPending, register.policy == .guarded, case .reference = register.type,
      view.state.body.contains(register.number)
    else { return false }
    let pending = try replica.pendingRegisters(of: view)
    // What a new record begins with nobody else can have claimed; an account's only record of a kind they can.
    let isContested = !isNew(view, pending: pending) || PlanModel.kind(view.kind)?.isSingleton == true
    return isContested && pending.contains(register.number)
  }

  /// Whether only this replica has the record.
  func isNew(_ view: RecordView, pending: [UInt32]) -> Bool {
    view.isPending && pending.count == view.state.stamps.entries.count
  }
}
