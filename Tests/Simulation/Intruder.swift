import Foundation
import PlanModel
import ProtocolMessages
import Replica
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer

/// Somebody with a login and a client of their own making, who has read the ids of what others do.
struct Intruder {
  let person: RecordID
  let replica: UInt32
  let secret: String
  var account: RecordID?
}

// What an intruder does in an account of their own must leave everybody else's world as if it were not done.

extension World {
  /// Gives a new record another record's id, or an edit another edit's.
  func intrude() throws {
    guard !server.isFull else { return }
    var intruder = try presentIntruder()
    defer { self.intruder = intruder }
    guard let account = intruder.account, server.model.scopes[.plan(account)] != nil else {
      let id = RecordID.make(milliseconds: now, using: &random)
      intruder.account = id
      return try push("founds an account", .plan(id), id, kind: .account, by: intruder)
    }
    if random.chance(25), let said = anothersMutation(of: intruder.person) {
      return try push("repeats another's edit", said, by: intruder)
    }
    let own = Scope.plan(account)
    let takesRecord = random.chance(50)
    let record = takesRecord ? foreignRecord(outside: account) : nil
    let mutation = try takesRecord && random.chance(50) ? nil : foreignMutation(of: intruder.person)
    let kind: KindDescription = random.chance(50) ? .contact : .division
    try push(
      "takes ids", own, record ?? RecordID.make(milliseconds: now, using: &random), kind: kind, id: mutation,
      by: intruder)
  }

  private func foreignRecord(outside account: RecordID) -> RecordID? {
    let ids = server.model.scopes.filter { $0.key.account != account }.values.flatMap {
      Array($0.contents.keys) + Array($0.compacted)
    }.sorted()
    return ids.isEmpty ? nil : random.pick(ids)
  }

  /// One that was decided, one that a restore undid, or one that waits on a device.
  private func foreignMutation(of person: RecordID) throws -> RecordID? {
    let known: [RecordID] =
      switch random.below(6) {
      case 0: server.model.decisions.keys.filter { $0.person != person }.sorted().map(\.id)
      case 1: server.granted.keys.filter { $0.person != person }.sorted().map(\.id)
      default: try random.pick(devices).replica.waiting().map(\.id)
      }
    return known.isEmpty ? nil : random.pick(known)
  }

  /// Word for word, as it was decided.
  private func anothersMutation(of person: RecordID) -> WireMutation? {
    let keys = server.model.decisions.keys.filter { $0.person != person }.sorted()
    var mutation = keys.isEmpty ? nil : server.model.decisions[random.pick(keys)]?.mutation
    mutation?.former = false
    mutation?.receipt = Data()
    return mutation
  }

  private func push(
    _ what: String, _ scope: Scope, _ record: RecordID, kind: KindDescription, id: RecordID? = nil,
    by intruder: Intruder
  ) throws {
    var body = Registers()
    body.append(1, RegisterType.line(maximum: 200).encode(.text("twin"), as: 1))
    let mutation = WireMutation.with {
      $0.id = (id ?? RecordID.make(milliseconds: now, using: &random)).description
      $0.scope = scope.description
      $0.stamp = Stamp(hlc: HybridClock.value(milliseconds: serverNow), replica: 0).wire
      $0.changes = [
        .with {
          $0.record = record.description
          $0.kind = KamKind(rawValue: Int(kind.number)) ?? .unspecified
          $0.create = true
          $0.set = Data(encodeBody(body.bytes, kind: kind.number))
        }
      ]
    }
    try push(what, mutation, by: intruder)
  }

  private func push(_ what: String, _ said: WireMutation, by intruder: Intruder) throws {
    var mutation = said
    mutation.sequence = try server.store.read { try $0.device(intruder.replica)?.lastMutation ?? 0 } + 1
    mutation.stamp.replica = intruder.replica
    note("the intruder \(what): \(mutation.id) of \(mutation.changes.map(\.record)) in \(mutation.scope)")
    let request = WireSyncRequest.with {
      $0.protocol = Limits.protocolVersion
      $0.replica = intruder.replica
      $0.push = [mutation]
    }
    let message = Network.Message(
      direction: .toServer, method: .sync, device: -1, process: 0, request: 0, credential: intruder.replica,
      bytes: try request.serializedBytes(), sent: now)
    guard case .halfDone(let open) = try server.receive(message, secret: intruder.secret, now: serverNow)
    else {
      return
    }
    _ = try server.finish(open, now: serverNow)
  }

  /// A restore may have forgotten them, or their device.
  private func presentIntruder() throws -> Intruder {
    if let intruder,
      let device = try server.store.read({ try $0.device(intruder.replica) }), device.user == intruder.person,
      device.secretHash == sha256(Array(intruder.secret.utf8))
    {
      return intruder
    }
    let email = "mallory\(step)@works.example"
    let user = try server.write {
      try People.addUser(
        email: email, name: "Mallory", role: .member, by: "admin", in: $0, now: now, using: &random)
    }
    server.model.add(user.id, .member)
    intruders.insert(user.id)
    let secret = "intruder \(step)"
    let invite = try server.write {
      try People.invite(email: email, validFor: 3_600_000, by: "admin", in: $0, now: now, using: &random)
    }
    let request = WireJoinRequest.with {
      $0.invite = invite.id.description
      $0.inviteSecret = invite.secret
      $0.deviceSecretSha256 = Data(sha256(Array(secret.utf8)))
    }
    guard
      case .joined(let joined) = try server.write({ try Join.decide(request, from: "here", in: $0, now: now) }
      )
    else { throw Violation(invariant: "join", expected: "an invite to be good", seen: "refused") }
    note("the intruder joins as replica \(joined.replica)")
    return Intruder(person: user.id, replica: joined.replica, secret: secret)
  }
}
