import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncClient
import SyncCore
import Views
import Wording
import Workbench

struct History: Command {
  static let name = "history"
  static let about: Phrase =
    "Every value the fields of a record had: who, when, where, and what became of it (needs a network)."
  @Takes("RECORD", "The record.") var record: String
  @Takes("--field NAME", "Only this field.") var field: String?
  @Takes("--limit N", "At most so many edits.") var limit: UInt32 = 100
  let json = JSONOutput()

  func run(in shell: Shell) async throws {
    let workspace = try Workspace(shell)
    let view = try workspace.find(record, kind: nil)
    let register = try field.map { try self.register(named: $0, of: view) }
    let limit = max(1, limit)
    let answer = try await workspace.online { connection in
      var entries: [WireHistoryEntry] = []
      var more = true
      while more, entries.count < limit {
        let page = try await connection.history(
          scope: view.scope, record: view.id, before: entries.last?.number ?? 0,
          limit: min(500, limit - UInt32(entries.count)))
        entries += page.entries
        more = page.more && !page.entries.isEmpty
      }
      return (entries: entries, more: more)
    }
    let values = try answer.entries.flatMap { try HistoryValue.all(of: $0, view, workspace) }.filter {
      register == nil || $0.number == register?.number
    }
    if json.isWanted {
      workspace.console.document(JSON.array(values.map(\.json)).document)
    } else {
      let page = try workspace.historyPage(values, of: view, mayBeMore: answer.more)
      workspace.console.show(page, next: values.count * 2)
    }
  }

  private func register(named name: String, of view: RecordView) throws -> RegisterDescription {
    guard let kind = PlanModel.kind(view.kind) else { throw SchemaAhead(kind: view.kind, register: nil) }
    guard let register = kind.register(named: name) else { throw kind.unknownField(name) }
    return register
  }
}
