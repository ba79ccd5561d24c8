import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

@Suite("Somebody who leaves")
struct LeavingTests {
  private let acme: Organisation
  private let ana: Device
  private let bo: Device
  private let scope: Scope
  private let other: Scope

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
    scope = try acme.account(managedBy: ana)
    other = try acme.account("Southwind", managedBy: ana)
    for scope in [scope, other] { try acme.share(scope, with: bo, .contributor, by: ana) }
  }

  private func holdings(seen: Leaving.Look = Leaving.Look()) throws -> String {
    try acme.store.read {
      let bo = try #require(try $0.user(email: "bo@acme.example"))
      return try Leaving.holdings(of: bo.id, seen: seen, in: $0).words
    }
  }

  private func look() throws -> Leaving.Look {
    try acme.store.read { try Leaving.look(at: "bo@acme.example", in: $0) }
  }

  @Test("what was seen beside the writer counts as long as its account has not changed since")
  func seen() throws {
    let person = try #require(try acme.store.read { try $0.user(email: "bo@acme.example") }).id
    func owned(_ scope: Scope) throws {
      let objective = acme.newID()
      try ana.edit(
        scope,
        create(
          objective, .objective,
          try acme.required(.objective, in: scope).merging(["owner": person.description]) { $1 }))
    }
    try owned(scope)
    let before = try look()
    #expect(try holdings() == "1 × objective: owner" && holdings(seen: before) == "1 × objective: owner")
    try owned(other)
    #expect(try holdings(seen: before) == "2 × objective: owner")
    #expect(try holdings(seen: look()) == "2 × objective: owner")
  }
}
