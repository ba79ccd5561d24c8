import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

@Suite("Sharing an account")
struct SharingTests {
  let acme: Organisation
  let ana: Device
  let bo: Device
  let scope: Scope

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
    scope = try acme.account(managedBy: ana)
  }

  private func refusal(_ answer: Sharing.Answer) -> String? {
    if case .refused(let refusal) = answer { return refusal.sentence }
    return nil
  }

  private func done(_ answer: Sharing.Answer) throws -> (changed: Bool, roles: [String: KamAccountRole]) {
    guard case .done(let response) = answer else { throw Surprise("\(answer)") }
    return (response.changed, Dictionary(uniqueKeysWithValues: response.grants.map { ($0.email, $0.role) }))
  }

  private func audit() throws -> Int { try acme.store.read { try $0.organization().auditChain }.hashValue }

  @Test("a manager gives, changes and takes away roles; doing it twice changes nothing")
  func roles() throws {
    for role in AccountRole.allCases {
      let first = try done(try acme.share(scope, with: bo, role, by: ana))
      let wire = try #require(KamAccountRole(rawValue: role.rawValue))
      #expect(first.changed)
      #expect(first.roles == ["ana@acme.example": .manager, "bo@acme.example": wire])
      let chain = try audit()
      #expect(try !done(try acme.share(scope, with: bo, role, by: ana)).changed)
      #expect(try audit() == chain)
    }
    let last = try done(try acme.share(scope, with: bo, nil, by: ana))
    #expect(last.changed && last.roles == ["ana@acme.example": .manager])
  }

  @Test(
    "only managers and admins share; others are told who can", arguments: [AccountRole.viewer, .contributor])
  func onlyManagers(role: AccountRole) throws {
    try acme.share(scope, with: bo, role, by: ana)
    #expect(
      refusal(try acme.share(scope, with: bo, .manager, by: bo))
        == "Sharing an account needs the role manager in this account; its manager or an admin can give it.")
    #expect(try acme.store.read { try $0.grant(try #require(scope.account), to: bo.user)?.role } == role)
    let eva = try acme.person("Eva", .executive)
    #expect(refusal(try acme.share(scope, with: bo, .manager, by: eva)) != nil)
    #expect(try done(try acme.share(scope, with: bo, .manager, by: acme.admin)).changed)
  }

  @Test("an account that is not shared and one that does not exist get the same answer")
  func unknownAccount() throws {
    for other in [scope, .plan(acme.newID())] {
      guard case .unknownAccount = try acme.share(other, with: ana, nil, by: bo) else {
        Issue.record("Bo learned of \(other)")
        continue
      }
    }
  }

  @Test(
    "the last manager stays, unless an admin decides otherwise",
    arguments: [AccountRole?.none, .viewer, .contributor])
  func lastManager(role: AccountRole?) throws {
    #expect(
      refusal(try acme.share(scope, with: ana, role, by: ana))
        == "ana@acme.example is the account's only manager; make somebody else manager first.")
    try acme.share(scope, with: bo, .manager, by: ana)
    #expect(try done(try acme.share(scope, with: ana, role, by: ana)).changed)
    #expect(try done(try acme.share(scope, with: bo, nil, by: acme.admin)).changed)
  }

  @Test("somebody who is no user cannot be shared with; e-mail addresses ignore case")
  func unknownUser() throws {
    #expect(
      refusal(try acme.share(scope, email: "nobody@acme.example", .viewer, by: ana))
        == "There is no user nobody@acme.example in this organisation; `list: person` shows all, and an admin can add one."
    )
    #expect(try done(try acme.share(scope, email: "BO@Acme.Example", .viewer, by: ana)).changed)
  }

  @Test("who may read the account may list who else can")
  func list() throws {
    try acme.share(scope, with: bo, .viewer, by: ana)
    let account = try #require(scope.account)
    func list(_ device: Device) throws -> Sharing.Answer {
      try acme.store.read { try Sharing.list(of: account, by: device.author, in: $0) }
    }
    #expect(try done(try list(bo)).roles.count == 2)
    guard case .unknownAccount = try list(try acme.person("Cy")) else {
      Issue.record("Cy may not see who shares it")
      return
    }
  }
}
