import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("One Sync call")
struct SyncExchangeTests {
  let acme: Organisation
  let ana: Device
  let scope: Scope
  let epoch: String

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    scope = try acme.account(managedBy: ana)
    epoch = try acme.store.read { try $0.organization().epoch }
  }

  private func request(_ change: (inout WireSyncRequest) -> Void = { _ in }) -> WireSyncRequest {
    .with {
      $0.protocol = Limits.protocolVersion
      $0.replica = ana.number
      $0.epoch = epoch
      change(&$0)
    }
  }

  private func sync(_ request: WireSyncRequest) throws -> WireSyncResponse {
    let push = try acme.store.write { try SyncExchange.push(request, by: ana.author, in: $0, now: acme.now) }
    return try acme.store.read {
      try SyncExchange.answer(request, push: push, by: ana.author, from: $0, now: acme.now)
    }
  }

  @Test("pushes and pulls in one")
  func both() throws {
    let mutation = ana.mutation(scope, create(acme.newID(), .contact, ["name": "Cy"]))
    let response = try sync(request { $0.push = [mutation] })
    #expect(response.push == .ok && response.results.map(\.outcome) == [.applied])
    #expect(response.lastMutation == mutation.sequence && response.epoch == epoch)
    #expect(response.pages.count == 3 && !response.more)
  }

  @Test("a request of another history changes nothing, gets nothing, and is told the last number of this one")
  func epochChanged() throws {
    let mutation = ana.mutation(scope, create(acme.newID(), .contact, ["name": "Cy"]))
    let last = ana.sequence - 1
    try acme.store.write { try Founding.beginEpoch(because: "restored", by: "host", in: $0, now: acme.now) }
    let response = try sync(request { $0.push = [mutation] })
    #expect(response.push == .epochChanged)
    #expect(
      response.epoch == (try acme.store.read { try $0.organization().epoch }) && response.epoch != epoch)
    #expect(response.lastMutation == last)
    #expect(
      response.results.isEmpty && response.pages.isEmpty && !response.hasManifest
        && response.checkpoint.isEmpty)
    #expect(try acme.row(scope)?.head == 1)
  }

  @Test("a first request needs no epoch")
  func noEpoch() throws {
    #expect(try sync(request { $0.epoch = "" }).pages.count == 3)
  }

  @Test("another replica's number, or a protocol outside the range, is refused before anything happens")
  func mismatches() throws {
    let mutation = ana.mutation(scope, create(acme.newID(), .contact, ["name": "Cy"]))
    #expect(throws: SyncExchange.Failure.foreignReplica(acme.admin.number)) {
      try sync(
        request {
          $0.replica = acme.admin.number; $0.push = [mutation]
        })
    }
    for version in [0, Limits.protocolVersionMin - 1, Limits.protocolVersion + 1] {
      #expect(throws: SyncExchange.Failure.unsupportedProtocol(version)) {
        try sync(
          request {
            $0.protocol = version; $0.push = [mutation]
          })
      }
    }
    #expect(try acme.row(scope)?.head == 1)
  }

  @Test("gap and fork are told with what came before them")
  func states() throws {
    let first = ana.mutation(scope, create(acme.newID(), .contact, ["name": "a"]))
    let second = ana.mutation(scope, create(acme.newID(), .contact, ["name": "b"]))
    let gap = try sync(request { $0.push = [second] })
    #expect(gap.push == .gap && gap.expected == first.sequence)
    _ = try sync(request { $0.push = [first, second] })
    var forked = second
    forked.id = acme.newID().description
    let fork = try sync(request { $0.push = [first, forked] })
    #expect(fork.push == .fork && fork.results.map(\.sequence) == [first.sequence])
  }
}
