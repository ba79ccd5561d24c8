import PlanModel
import ProtocolMessages
import Replica
import Speech
import SwiftProtobuf
import SyncCore
import Wording

extension Workbench {
  /// Each record in proto3 JSON, with what the message does not hold: which record it is, and where it stands.
  package func json(_ views: [RecordView]) throws -> [JSON] {
    try json(views[...], try replica.handles(for: views.map(\.id)))
  }

  package func json(_ views: ArraySlice<RecordView>, _ handles: [RecordID: Handle]) throws -> [JSON] {
    let accounts = try accounts()
    return try views.map { view in
      var members: [(String, JSON)] = [
        ("id", .text(view.id.description)),
        ("kind", .text(PlanModel.kind(view.kind)?.name ?? "unknown-\(view.kind)")),
        ("handle", .text(handles[view.id]?.description ?? "")),
      ]
      if let account = view.scope.account {
        members.append(("account", .text(account.description)))
        if let slug = accounts[account]?.slug, !slug.isEmpty { members.append(("accountSlug", .text(slug))) }
      }
      members.append(("pending", .flag(view.isPending)))
      if view.isPending {
        let fields = try replica.pendingRegisters(of: view).compactMap {
          PlanModel.kind(view.kind)?.register($0)?.name
        }
        members.append(("pendingFields", .array(fields.map { .text(jsonName(ofField: $0)) })))
      }
      members.append(("deleted", .flag(!view.state.alive)))
      return .verbatim(joined(JSON.object(members).document, try fields(view.state)))
    }
  }

  /// A record as an export has it: what it is and says, without what depends on this replica.
  package func exportLine(_ view: RecordView) throws -> String {
    var members: [(String, JSON)] = [
      ("kind", .text(PlanModel.kind(view.kind)?.name ?? "unknown-\(view.kind)")),
      ("id", .text(view.id.description)),
    ]
    if let account = view.scope.account { members.append(("account", .text(account.description))) }
    return joined(JSON.object(members).document, try fields(view.state))
  }

  /// The kind's message as a JSON object; "{}" for a kind or bytes that this version cannot read.
  private func fields(_ state: RecordState) throws -> String {
    let body = encodeBody(state.body.bytes, kind: state.kind)
    guard let message = try? KamRecordBody(serializedBytes: body), message.kind != nil else { return "{}" }
    // {"task":{…}}: the kind is told beside it.
    let document = try message.jsonString()
    guard let colon = document.firstIndex(of: ":") else { return "{}" }
    return harmlessJSON(String(document[document.index(after: colon)...].dropLast()))
  }

  private func joined(_ first: String, _ second: String) -> String {
    second == "{}" ? first : first.dropLast() + "," + second.dropFirst()
  }
}

/// "claimed-by" is `claimedBy` in proto3 JSON.
package func jsonName(ofField name: String) -> String {
  let words = name.split(separator: "-")
  return words.enumerated().map {
    $0.offset == 0 ? String($0.element) : $0.element.prefix(1).uppercased() + $0.element.dropFirst()
  }
  .joined()
}
