import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncClient
import SyncCore
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

  func run() async throws {
    let workspace = try Workspace()
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
    let waiting = try workspace.replica.waiting().filter { entry in
      Scope(entry.mutation.scope) == view.scope
        && entry.mutation.changes.contains { RecordID($0.record) == view.id }
    }
    if json.isWanted {
      workspace.console.document(JSON.array(values.map(\.json)).document)
    } else {
      try workspace.show(values, waiting, of: view, more: answer.more)
    }
  }

  private func register(named name: String, of view: RecordView) throws -> RegisterDescription {
    guard let kind = PlanModel.kind(view.kind) else { throw SchemaAhead(kind: view.kind, register: nil) }
    guard let register = kind.register(named: name) else {
      let alike = nearest(to: name, among: kind.registers.map(\.name), count: 1).first
      throw Failure.usage(
        alike.map { "\(capitalized(withArticle(kind.label))) has no field \(name). Did you mean \($0)?" }
          ?? "\(capitalized(withArticle(kind.label))) has no field \(name).")
    }
    return register
  }
}

/// One value that one register had.
private struct HistoryValue {
  let entry: WireHistoryEntry
  let number: UInt32
  let field: Phrase
  let name: String
  /// nil: emptied.
  let text: String?
  /// "won", "lost", "won over unseen", "refused".
  let fate: String
  let who: Phrase

  /// By the author's clock, as it counts in the order of edits.
  var stamp: Stamp {
    let stamp = entry.hasFinal ? entry.final : entry.original
    return Stamp(hlc: stamp.hlc, replica: stamp.replica)
  }

  static func all(
    of entry: WireHistoryEntry, _ view: RecordView, _ workspace: Workspace
  ) throws -> [HistoryValue] {
    let kind = PlanModel.kind(view.kind)
    let person = RecordID(entry.user)
    let known = try workspace.people().name(person)
    let who =
      person == workspace.identity.person || entry.userName.isEmpty ? known : .verbatim(entry.userName)
    func value(_ number: UInt32, _ register: RegisterDescription?, _ text: String?) -> HistoryValue {
      HistoryValue(
        entry: entry, number: number,
        field: register.map { .word($0.label) }
          ?? (number == lifeRegister ? .word("life") : "field \(number)"),
        name: register.map { jsonName(ofField: $0.name) }
          ?? (number == lifeRegister ? "deleted" : "field\(number)"),
        text: text, fate: fate(of: number, entry), who: who)
    }
    var values: [HistoryValue] = []
    if entry.change.hasAlive {
      values.append(value(lifeRegister, nil, said(word: entry.change.alive ? "restored" : "deleted")))
    }
    if let content = try? entry.change.registers() {
      for field in content.fields {
        let register = kind?.register(field.number)
        let encoded = content.bytes[field.start..<field.end]
        values.append(
          value(
            field.number, register,
            try register.map { try workspace.words($0, encoded, in: view.scope) }
              ?? said("(of a newer version)")))
      }
    }
    return values + entry.change.clear.map { value($0, kind?.register($0), nil) }
  }

  private static func fate(of number: UInt32, _ entry: WireHistoryEntry) -> String {
    guard entry.outcome == .applied else { return "refused" }
    switch entry.effects.first(where: { $0.register == number })?.effect {
    case .lost: return "lost"
    case .wonOverUnseen: return "won over unseen"
    case .wonOnDeleted: return "won on deleted"
    case .noOp: return "no change"
    default: return "won"
    }
  }

  var json: JSON {
    var members: [(String, JSON)] = [
      ("number", .integer(entry.number)), ("field", .text(name)), ("value", text.map(JSON.text) ?? .null),
      ("fate", .text(fate)), ("person", .text(entry.user)), ("name", .text(entry.userName)),
      ("device", .text(entry.deviceName)), ("replica", .integer(entry.replica)),
      ("at", .text(Moments.iso(stamp.milliseconds))), ("receivedAt", .text(Moments.iso(entry.serverMs))),
      ("summary", .text(entry.summary)), ("mutation", .text(entry.mutation)),
    ]
    if entry.hasFinal {
      members.append(("originalAt", .text(Moments.iso(Int64(entry.original.hlc >> 16)))))
    }
    if !entry.reason.isEmpty { members.append(("reason", .text(entry.reason))) }
    return .object(members)
  }
}

extension Workspace {
  fileprivate func show(
    _ values: [HistoryValue], _ waiting: [OutboxEntry], of view: RecordView, more: Bool
  ) throws {
    console.say("\(try name(view)) \(quotedTitle(view)), newest first", .strong)
    var table = Table([
      .init(title: "when", isKey: true), .init(title: "who", isKey: true), .init(title: "field", isKey: true),
      .init(title: "value", shrinks: true), .init(title: "became"), .init(title: "device"),
    ])
    for entry in waiting.reversed() {
      for (field, value) in try writtenValues(
        entry.mutation.changes.filter { RecordID($0.record) == view.id }, in: view.scope)
      {
        table.add(
          [
            moments.at(entry.created), "you", .verbatim(field), .verbatim(oneLine(value)), "waiting to sync",
            "this device",
          ].map(said))
      }
    }
    for value in values {
      table.add([
        said(moments.at(value.stamp.milliseconds)), said(value.who), said(value.field),
        value.text.map(oneLine) ?? said("(emptied)"), said(word: value.fate),
        value.entry.deviceName.isEmpty
          ? said("device \(value.entry.replica)") : value.entry.deviceName,
      ])
    }
    console.show(table)
    for entry in values.map(\.entry) where entry.outcome != .applied {
      console.say(
        "Refused at \(moments.at(entry.serverMs)): \(entry.summary). \(reasonWords(entry.refusals, reason: entry.reason))"
      )
      break
    }
    if more { console.say("There is more: --limit \(values.count * 2)", .dim) }
  }

  private func writtenValues(
    _ changes: [WireChange], in scope: Scope
  ) throws -> [(field: String, value: String)] {
    try changes.flatMap { try writtenValues($0, in: scope) }
  }

  private func oneLine(_ text: String) -> String { text.replacing("\n", with: " ") }
}
