import Pages
import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// One value that one register had.
package struct HistoryValue {
  let entry: WireHistoryEntry
  package let number: UInt32
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

  package static func all(
    of entry: WireHistoryEntry, _ view: RecordView, _ workbench: Workbench
  ) throws -> [HistoryValue] {
    let kind = PlanModel.kind(view.kind)
    let person = RecordID(entry.user)
    let known = try workbench.people().name(person)
    let who =
      person == workbench.identity.person || entry.userName.isEmpty ? known : .verbatim(entry.userName)
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
      values.append(
        value(lifeRegister, nil, workbench.reader.said(word: entry.change.alive ? "restored" : "deleted")))
    }
    if let content = try? entry.change.registers() {
      for field in content.fields {
        let register = kind?.register(field.number)
        let encoded = content.bytes[field.start..<field.end]
        values.append(
          value(
            field.number, register,
            try register.map { try workbench.words($0, encoded, in: view.scope) }
              ?? workbench.reader.said("(of a newer version)")))
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

  package var json: JSON {
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

extension Workbench {
  /// The values that the fields of a record had, the newest first, and those that wait here.
  ///
  /// - Parameters:
  ///   - values: As the server told them.
  ///   - mayBeMore: The server has earlier ones.
  package func historyPage(
    _ values: [HistoryValue], of view: RecordView, mayBeMore: Bool
  ) throws -> HistoryPage {
    try replica.read { _ in
      let waiting = try replica.waiting().filter { Scope($0.mutation.scope) == view.scope }
      let refused = values.map(\.entry).first { $0.outcome != .applied }
      return HistoryPage(
        title: reader.said("\(try name(view)) \(quotedTitle(view)), newest first"),
        rows: try waiting.reversed().flatMap { try rows($0, of: view) } + values.map(row),
        refusal: refused.map { entry in
          reader.said(
            "Refused at \(moments.at(entry.serverMs)): \(entry.summary). \(reasonWords(entry.refusals, reason: entry.reason))"
          )
        }, mayBeMore: mayBeMore)
    }
  }

  private func rows(_ entry: OutboxEntry, of view: RecordView) throws -> [HistoryPage.Row] {
    let changes = entry.mutation.changes.filter { RecordID($0.record) == view.id }
    return try changes.flatMap { try writtenValues($0, in: view.scope) }.map { field, value in
      HistoryPage.Row(
        at: reader.said(moments.at(entry.created)), who: reader.said("you"), field: field,
        value: inOneLine(value), fate: reader.said("waiting to sync"), device: reader.said("this device"))
    }
  }

  private func row(_ value: HistoryValue) -> HistoryPage.Row {
    HistoryPage.Row(
      at: reader.said(moments.at(value.stamp.milliseconds)), who: reader.said(value.who),
      field: reader.said(value.field), value: value.text.map(inOneLine) ?? reader.said("(emptied)"),
      fate: reader.said(word: value.fate),
      device: value.entry.deviceName.isEmpty
        ? reader.said("device \(value.entry.replica)") : value.entry.deviceName)
  }

  private func inOneLine(_ text: String) -> String { text.replacing("\n", with: " ") }
}
