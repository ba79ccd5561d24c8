import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// The forms that are read by programs: the same in every language.

extension ExportRecords {
  /// A record a line, as `--json` prints them; `kam import` makes the same records of them.
  func jsonLines(_ progress: (Int) -> Void) throws -> String {
    var text = ""
    var count = 0
    for kind in kinds {
      let views = try records(kind)
      for view in views {
        text += try workbench.exportLine(view) + "\n"
        count += 1
        progress(count)
      }
    }
    return text
  }

  /// The records of a kind, a row each.
  func csv(_ kind: KindDescription) throws -> CSVDocument {
    let registers = kind.registers.filter { $0.type != .opaque }
    var document = CSVDocument()
    document.add(["id"] + (kind.addsInAccount ? ["account"] : []) + registers.map(\.name))
    for view in try records(kind) {
      let account = kind.addsInAccount ? [try view.scope.account.map(accountName) ?? ""] : []
      document.add([view.id.description] + account + (try registers.map { try cell($0, view) }))
    }
    return document
  }

  private func accountName(_ id: RecordID) throws -> String {
    let account = try workbench.accounts()[id]
    return account.map { $0.slug.isEmpty ? $0.id.description : $0.slug } ?? id.description
  }

  private func cell(_ register: RegisterDescription, _ view: RecordView) throws -> String {
    guard let value = view.value(register) else { return "" }
    switch (register.type, value) {
    case (.reference(KindNumber.person), .reference(let id)):
      return try workbench.people()[id]?.email ?? id.description
    case (.reference(KindNumber.account), .reference(let id)): return try accountName(id)
    case (let type, .integer(let number)) where type.isDepartment:
      return try workbench.departments().word(DepartmentCode(number))
    case (.choice(let choices), .integer(let number)): return choices.name(of: number)
    case (.kindNumber, .integer(let number)):
      return UInt32(exactly: number).flatMap { PlanModel.kind($0) }?.name ?? "\(number)"
    case (.instant, .integer(let milliseconds)): return Moments.iso(milliseconds)
    case (.graded(let choices), .graded(let number, let likelihood)):
      return "\(choices.name(of: number)) \(likelihood / 100)%"
    case (_, .integer(let number)): return "\(number)"
    case (_, .flag(let flag)): return flag ? "yes" : "no"
    case (_, .money(let money)): return money.description
    case (_, .period(let from, let to)): return "\(from)..\(to)"
    case (_, .reference(let id)): return id.description
    case (_, .text(let text)): return text
    default: return ""
    }
  }
}
