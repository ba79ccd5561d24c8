import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore
import Wording

// Edits of the outbox in words.

/// Why the server refused an edit or lets it wait, in the reader's words where this version knows the codes; else in the
/// server's.
package func reasonWords(_ refusals: [WireRefusal], reason: String) -> Phrase {
  guard let known = refusals.known else { return .verbatim(reason) }
  return known.dropFirst().reduce(known[0].phrase) { $0 + " " + $1.phrase }
}

extension Workbench {
  /// Why the server refused it; for a lost race, who was first.
  package func reason(_ entry: OutboxEntry) throws -> Phrase {
    guard let result = entry.result else { return "The server gave no reason." }
    guard result.outcome == .guardFailed, let effect = result.effects.first(where: { $0.hasOther }) else {
      return reasonWords(result.refusals, reason: result.reason)
    }
    let register = PlanModel.kind(UInt32(clamping: effect.kind.rawValue))?.register(effect.register)
    let stamp = Stamp(hlc: effect.other.stamp.hlc, replica: effect.other.stamp.replica)
    let author = try RecordID(effect.other.user) ?? people().author(of: stamp).person
    if effect.register == lifeRegister {
      return
        "\(capitalized(try people().name(author))) was first, and deleted it at \(moments.at(stamp.milliseconds))."
    }
    let value = try register.flatMap { register in
      try Replica.encoded(effect.other, register: register.number).map {
        try words(register, $0[...], in: scope(entry))
      }
    }
    return """
      \(capitalized(try people().name(author))) was first, at \(moments.at(stamp.milliseconds)) \
      (\(word: register?.label ?? "field"): \(value ?? reader.said("empty"))).
      """
  }

  /// What an edit wrote, by field.
  package func writtenValues(_ entry: OutboxEntry) throws -> [(field: String, value: String)] {
    try entry.mutation.changes.flatMap { change in try writtenValues(change, in: scope(entry)) }
  }

  private func scope(_ entry: OutboxEntry) -> Scope { Scope(entry.mutation.scope) ?? .directory }

  package func writtenValues(_ change: WireChange, in scope: Scope) throws -> [(field: String, value: String)]
  {
    let kind = PlanModel.kind(UInt32(clamping: change.kind.rawValue))
    var result: [(field: String, value: String)] = []
    if change.hasAlive {
      result.append((reader.said(word: "life"), reader.said(word: change.alive ? "restored" : "deleted")))
    }
    if let content = try? change.registers() {
      for field in content.fields {
        guard let register = kind?.register(field.number) else {
          result.append((reader.said("field \(field.number)"), reader.said("(of a newer version)")))
          continue
        }
        result.append(
          (
            reader.said(word: register.label),
            try words(register, content.bytes[field.start..<field.end], in: scope)
          )
        )
      }
    }
    return result
      + change.clear.map { number in
        (
          kind?.register(number).map { reader.said(word: $0.label) } ?? reader.said("field \(number)"),
          reader.said("emptied")
        )
      }
  }

  package func json(_ entry: OutboxEntry) throws -> JSON {
    var members: [(String, JSON)] = [
      ("id", .text(entry.id.description)), ("summary", .text(entry.mutation.summary)),
      ("scope", .text(entry.mutation.scope)), ("at", .text(Moments.iso(entry.created))),
      ("records", .array(entry.mutation.changes.map { .text($0.record) })),
    ]
    if entry.status == .refused {
      members.append(("outcome", .text("\(entry.result?.outcome ?? .unspecified)")))
      members.append(("reason", .text(try reason(entry).description)))
      members.append(
        (
          "values",
          .object(
            try writtenValues(entry).map {
              (jsonName(ofField: $0.field.replacing(" ", with: "-")), .text($0.value))
            })
        ))
    }
    return .object(members)
  }
}
