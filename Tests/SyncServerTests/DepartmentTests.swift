import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

extension Organisation {
  func code(_ department: String) throws -> DepartmentCode {
    try store.read { try Departments.named(department, in: $0) }
  }

  @discardableResult
  func enter(_ device: Device, _ department: String, _ role: DepartmentRole?) throws -> Bool {
    let code = try code(department)
    return try store.write {
      try Departments.edit(
        device.author.user.email, role: nil, memberships: [(code, role)], by: "test", in: $0, now: now)
    }
  }

  @discardableResult
  func engage(
    _ isEngaged: Bool, _ department: String, in scope: Scope, by device: Device
  ) throws -> Engagement.Answer {
    let account = try #require(scope.account)
    let code = try code(department)
    return try store.write {
      try Engagement.set(isEngaged, code, in: account, by: try $0.current(device.author), in: $0, now: now)
    }
  }
}

@Suite("Departments")
struct DepartmentTests {
  let acme: Organisation
  let ana: Device
  let lea: Device
  let dan: Device
  let scope: Scope
  let task: RecordID

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    lea = try acme.person("Lea")
    dan = try acme.person("Dan")
    scope = try acme.account(managedBy: ana)
    task = try ana.task(in: scope, ["department": "logistics"])
    try acme.enter(lea, "logistics", .lead)
    try acme.enter(dan, "logistics", .member)
  }

  private func scopes(_ device: Device) throws -> [String] {
    try device.pull().manifest.entries.map { String($0.scope.split(separator: "/")[0]) }
  }

  @Test(
    "people of a department see the plan of every account it is engaged in; those of finance the figures too")
  func access() throws {
    #expect(try scopes(dan) == ["directory", "plan"])
    let fay = try acme.person("Fay")
    #expect(try scopes(fay) == ["directory"])
    try acme.enter(fay, "finance", .member)
    #expect(try scopes(fay) == ["directory", "plan", "finance"])
    // An account that is founded later as well.
    _ = try acme.account("Southwind", managedBy: ana)
    #expect(try scopes(dan) == ["directory", "plan", "plan"])
    try acme.enter(dan, "logistics", nil)
    #expect(try scopes(dan) == ["directory"])
  }

  @Test("an account's manager takes a department out and lets it in again; nobody else does")
  func engagement() throws {
    let reader = Reader(dan)
    try reader.pull()
    #expect(reader.records[scope]?[task] != nil)
    #expect(
      try acme.engage(false, "logistics", in: scope, by: lea)
        == .refused(.edit(.needsRole(.manager, what: .engaging))))
    #expect(try acme.engage(false, "logistics", in: scope, by: ana).changed == true)
    #expect(try acme.engage(false, "logistics", in: scope, by: ana).changed == false)
    try reader.pull()
    #expect(reader.records[scope] == nil)
    let before = reader.manifest
    #expect(try acme.engage(true, "logistics", in: scope, by: acme.admin).changed == true)
    try reader.pull()
    #expect(before[scope] == nil && reader.resets == [scope])
    #expect(try reader.equalsServer(scope))
    let nia = try acme.person("Nia")
    #expect(try acme.engage(false, "sales", in: scope, by: nia) == .unknownAccount)
  }

  @Test("what an account's record says of engagements is what the server decides by")
  func mirroredEngagement() throws {
    let account = try #require(scope.account)
    func mirrored() throws -> [KamDepartmentCode] {
      let state = try #require(try acme.record(account, in: scope))
      return try KamAccount(serializedBytes: state.body.bytes).disengaged
    }
    #expect(try mirrored() == [])
    try acme.engage(false, "marketing", in: scope, by: ana)
    try acme.engage(false, "sales", in: scope, by: ana)
    #expect(try mirrored() == [.sales, .marketing])
    try acme.engage(true, "sales", in: scope, by: ana)
    try acme.engage(true, "marketing", in: scope, by: ana)
    #expect(try mirrored() == [])
  }

  @Test("a person's record says which departments they belong to, also after they left all")
  func mirroredMembership() throws {
    func mirrored() throws -> [KamPerson.Membership] {
      let state = try #require(try acme.record(dan.user, in: .directory))
      return try KamPerson(serializedBytes: state.body.bytes).departments
    }
    #expect(try mirrored().map(\.department) == [.logistics] && mirrored().map(\.role) == [.member])
    #expect(try acme.enter(dan, "logistics", .lead))
    #expect(try mirrored().map(\.role) == [.lead])
    #expect(try !acme.enter(dan, "logistics", .lead))
    try acme.enter(dan, "logistics", nil)
    #expect(try mirrored().isEmpty)
  }

  @Test("an organisation adds departments; their codes are never those of others")
  func own() throws {
    func add(_ name: String) throws -> DepartmentCode {
      try acme.store.write {
        try Departments.add(name, by: "test", in: $0, now: acme.now, using: &acme.random)
      }
    }
    #expect(try add("Law").number == 1_001)
    #expect(try add("Quality").number == 1_002)
    #expect(throws: DepartmentError.nameTaken("law")) { try add("law") }
    #expect(throws: DepartmentError.nameInvalid("")) { try add("") }
    #expect(throws: DepartmentError.unknown("Catering")) { try acme.code("Catering") }
    let kim = try acme.person("Kim")
    try acme.enter(kim, "law", .member)
    var addressed = change(task, .task)
    var body = Registers()
    body.append(3, RegisterType.choice(.departments).encode(.integer(1_001), as: 3))
    addressed.set = .init(encodeBody(body.bytes, kind: 42))
    #expect(try ana.edit(scope, addressed).outcome == .applied)
    #expect(
      try kim.edit(scope, change(task, .task, ["progress-note": "read"])).outcome == .applied)
    #expect(try dan.edit(scope, change(task, .task, ["progress-note": "mine"])).outcome == .denied)
  }

  @Test("nothing new is addressed to a department that is not engaged")
  func notEngaged() throws {
    try acme.engage(false, "logistics", in: scope, by: ana)
    let result = try ana.edit(
      scope, create(acme.newID(), .task, ["title": "Pack", "department": "logistics"]))
    #expect(result.outcome == .invalid)
    #expect(
      result.reason
        == "The logistics department is not engaged in this account; its manager or an admin can engage it (engage a department)."
    )
    // What was addressed to it before stays.
    #expect(try ana.edit(scope, change(task, .task, ["title": "Pack all"])).outcome == .applied)
  }

  private func claim(_ device: Device, for person: RecordID?) throws -> WireMutationResult {
    let state = try #require(try acme.record(task, in: scope))
    var claimed = change(task, .task, person.map { ["claimed-by": $0.description] } ?? [:])
    if person == nil { claimed.clear = [TaskRegister.claimedBy] }
    let expect: WireGuard.OneOf_Expect =
      state.stamps[TaskRegister.claimedBy].map { .stamp($0.wire) } ?? .unset(true)
    return try device.edit(scope, claimed, guards: [expectation(task, "claimed-by", expect)])
  }

  @Test("a lead assigns within the department and releases what others hold; a member does neither")
  func leads() throws {
    let max = try acme.person("Max")
    try acme.enter(max, "logistics", .member)
    #expect(try claim(dan, for: dan.user).outcome == .applied)
    let refused = try claim(max, for: nil)
    #expect(refused.outcome == .denied)
    #expect(
      refused.reason
        == "Moving a task that somebody holds is for the person who holds the task, a lead of its department, or a manager of the account; any of them can release or assign it."
    )
    #expect(try claim(lea, for: nil).outcome == .applied)
    #expect(try claim(lea, for: max.user).outcome == .applied)
    #expect(try acme.value("claimed-by", of: task, in: scope) == max.user.description)
    let foreign = try claim(lea, for: ana.user)
    #expect(
      foreign.outcome == .denied && foreign.reason.contains("does not belong to the logistics department"))
    #expect(try claim(ana, for: ana.user).outcome == .applied)
  }

  @Test("nobody makes a foreign task their department's by addressing it to themselves")
  func readdressing() throws {
    let sales = try ana.task(in: scope, ["department": "sales"])
    #expect(
      try dan.edit(scope, change(sales, .task, ["department": "logistics", "progress-note": "ours"])).outcome
        == .denied)
    #expect(try dan.edit(scope, change(sales, .task, ["progress-note": "ours"])).outcome == .denied)
  }

  @Test("a comment is written in one's own name, and taken back by its author")
  func comments() throws {
    let own = acme.newID()
    func said(_ id: RecordID, by person: RecordID) -> WireChange {
      create(
        id, .comment,
        ["about": task.description, "about-kind": "42", "text": "On its way", "author": person.description])
    }
    let forged = try dan.edit(scope, said(acme.newID(), by: ana.user))
    #expect(forged.outcome == .denied && forged.reason == "A comment is written in one's own name.")
    #expect(try dan.edit(scope, said(own, by: dan.user)).outcome == .applied)
    #expect(try lea.edit(scope, change(own, .comment, alive: false)).outcome == .denied)
    #expect(try dan.edit(scope, change(own, .comment, alive: false)).outcome == .applied)
  }

  @Test("a change of role is seen at once; the last admin cannot stop being one")
  func roles() throws {
    func role(_ role: OrganizationRole, _ email: String) throws -> Bool {
      try acme.store.write {
        try Departments.edit(email, role: role, memberships: [], by: "test", in: $0, now: acme.now)
      }
    }
    let eva = try acme.person("Eva")
    #expect(try role(.executive, "eva@acme.example"))
    #expect(try !role(.executive, "eva@acme.example"))
    let reader = Reader(eva)
    try reader.pull()
    #expect(reader.records[scope]?[task] != nil)
    #expect(try role(.member, "eva@acme.example"))
    try reader.pull()
    #expect(reader.records[scope] == nil)
    #expect(throws: PeopleError.lastAdmin("admin@acme.example")) { try role(.member, "admin@acme.example") }
  }
}
