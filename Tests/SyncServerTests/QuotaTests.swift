import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("What is finite")
struct QuotaTests {
  let acme: Organisation
  let ana: Device

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
  }

  private func founding(by device: Device) -> (id: RecordID, mutation: WireMutation) {
    let id = acme.newID()
    return (id, device.mutation(.plan(id), create(id, .account, ["name": "A"])))
  }

  /// Founds so many, a request for each thousand.
  private func found(
    _ count: Int, by device: Device
  ) throws -> (ids: [RecordID], results: [WireMutationResult]) {
    let made = (0..<count).map { _ in founding(by: device) }
    return (made.map(\.id), try device.push(made.map(\.mutation)).results)
  }

  @Test("a person founds 50 accounts a day, is told so, and goes on tomorrow")
  func accountsOfADay() throws {
    let answer = try found(60, by: ana)
    #expect(answer.results.filter { $0.outcome == .applied }.count == Limits.accountsFoundedPerDayMax)
    #expect(
      answer.results.last?.reason
        == "One person can add 50 accounts a day; go on tomorrow, or ask an admin, who can add more.")
    #expect(
      try found(1, by: try acme.person("Bo")).results[0].outcome == .applied, "another person's day is theirs"
    )
    acme.now += 86_400_000
    #expect(try found(1, by: ana).results[0].outcome == .applied)
  }

  @Test("a person has at most 200 accounts of their founding that are not deleted")
  func accountsOfAPerson() throws {
    var ids: [RecordID] = []
    for _ in 0..<4 {
      ids += try found(50, by: ana).ids
      acme.now += 86_400_000
    }
    let refused = try #require(try found(1, by: ana).results.first)
    #expect(refused.outcome == .invalid && refused.reason.contains("You have made 200 accounts"))
    #expect(try ana.edit(.plan(ids[0]), change(ids[0], .account, alive: false)).outcome == .applied)
    #expect(try found(1, by: ana).results[0].outcome == .applied)
  }

  @Test(
    "a deleted account gives its place back; restoring it needs one; what was deleted is left out of a full manifest"
  )
  func places() throws {
    let (ids, results) = try found(1_000, by: acme.admin)
    #expect(results.prefix(999).allSatisfy { $0.outcome == .applied })
    #expect(
      results[999].reason
        == "The organisation has 999 accounts, as many as it can have; delete one that is not needed any more first."
    )
    let gone = ids[0]
    #expect(try acme.admin.edit(.plan(gone), change(gone, .account, alive: false)).outcome == .applied)
    let more = founding(by: ana)
    #expect(try ana.push(more.mutation).results[0].outcome == .applied)
    let back = try acme.admin.edit(.plan(gone), change(gone, .account, alive: true))
    #expect(back.outcome == .invalid && back.reason.contains("999"))

    let listed = Set(try acme.admin.pull(maxRecords: 1).manifest.entries.map(\.scope))
    #expect(listed.count == 1 + 2 * 999 + 1, "the directory, all that lives, and what there is room for")
    #expect(listed.contains("plan/\(more.id)") && listed.contains("finance/\(more.id)"))
  }

  @Test("a thousand foundings in one request take a time that grows with their number, not with its square")
  func founding() throws {
    func time(_ count: Int) throws -> Duration {
      let acme = try Organisation()
      let made = (0..<count).map { _ in
        let id = acme.newID()
        return acme.admin.mutation(.plan(id), create(id, .account, ["name": "A"]))
      }
      return try ContinuousClock().measure { _ = try acme.admin.push(made) }
    }
    let few = try time(100)
    #expect(try time(900) < few * 9 * 3)
  }

  @Test("a lead adds a thousand records to the directory a day, an admin more")
  func directory() throws {
    let lea = try acme.person("Lea")
    try acme.enter(lea, "sales", .lead)
    func add(_ count: Int, by device: Device) throws -> [WireMutationResult] {
      try device.push(
        (0..<count).map { number in
          var mutation = device.mutation(.directory)
          mutation.changes = (0..<100).map {
            create(acme.newID(), .product, ["sku": "\(number)-\($0)", "name": "Pump"])
          }
          return mutation
        }
      ).results
    }
    let results = try add(11, by: lea)
    #expect(results.prefix(10).allSatisfy { $0.outcome == .applied })
    #expect(
      results[10].reason
        == "One person can add 1000 new records of the directory a day; go on tomorrow, or ask an admin, who can add more."
    )
    #expect(try add(11, by: acme.admin).allSatisfy { $0.outcome == .applied })
  }

  @Test("a person gives 500 roles a day")
  func shares() throws {
    let scope = try acme.account(managedBy: ana)
    let bo = try acme.person("Bo")
    for number in 0..<500 {
      guard
        case .done = try acme.share(
          scope, with: bo, number.isMultiple(of: 2) ? .viewer : .contributor, by: ana)
      else { throw Surprise("refused after \(number)") }
    }
    guard case .refused(let reason) = try acme.share(scope, with: bo, .viewer, by: ana) else {
      throw Surprise("not refused")
    }
    #expect(reason.sentence.contains("500 roles in accounts a day"))
    guard case .done = try acme.share(scope, with: bo, nil, by: ana) else {
      throw Surprise("taking away is never refused")
    }
  }

  @Test("a person has at most 20 open invites, and an organisation 500 departments of its own")
  func invitesAndDepartments() throws {
    for _ in 0..<20 { _ = try acme.invite(ana.author.user.email) }
    #expect(throws: PeopleError.tooManyInvites(ana.author.user.email)) {
      try acme.invite(ana.author.user.email)
    }
    acme.now += 2 * 86_400_000
    _ = try acme.invite(ana.author.user.email)

    var random = Sequence64(seed: 5)
    func add(_ number: Int) throws {
      _ = try acme.store.write {
        try Departments.add("D\(number)", by: "test", in: $0, now: acme.now, using: &random)
      }
    }
    for number in 0..<Limits.departmentsMax { try add(number) }
    #expect(throws: DepartmentError.tooMany) { try add(Limits.departmentsMax) }
  }
}

@Suite("Leaving an account")
struct LeavingAnAccountTests {
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

  @Test("whoever has a role may give it back, and nobody else's", arguments: AccountRole.allCases)
  func leaves(role: AccountRole) throws {
    try acme.share(scope, with: bo, role, by: ana)
    if role != .manager {
      guard case .refused = try acme.share(scope, with: ana, nil, by: bo) else {
        throw Surprise("Bo took Ana's role")
      }
      guard case .refused = try acme.share(scope, with: bo, .manager, by: bo) else {
        throw Surprise("Bo made himself manager")
      }
    }
    guard case .done(let answer) = try acme.share(scope, email: "BO@acme.example", nil, by: bo) else {
      throw Surprise("Bo could not leave")
    }
    #expect(answer.changed)
    #expect(try bo.pull().manifest.entries.map(\.scope) == ["directory"])
  }

  @Test("the last manager stays")
  func lastManager() throws {
    guard case .refused(let reason) = try acme.share(scope, with: ana, nil, by: ana) else {
      throw Surprise("Ana left it to nobody")
    }
    #expect(reason.sentence.contains("only manager"))
  }
}

@Suite("Saying the same again")
struct SameAgainTests {
  @Test("a register that is set once takes no stamp from who says the same again")
  func once() throws {
    let acme = try Organisation()
    let ana = try acme.person("Ana")
    let bo = try acme.person("Bo")
    let scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
    let task = try ana.task(in: scope)
    let comment = acme.newID()
    let values = ["about": "\(task)", "about-kind": "42", "text": "well", "author": "\(ana.user)"]
    #expect(try ana.edit(scope, create(comment, .comment, values)).outcome == .applied)
    let before = try acme.record(comment, in: scope)
    let entries = try acme.historyRows().count
    let result = try bo.edit(scope, change(comment, .comment, ["text": "well"]), ahead: 5_000)
    #expect(result.outcome == .applied && result.effects.map(\.effect) == [.noOp])
    #expect(try acme.record(comment, in: scope) == before, "it is still Ana's")
    #expect(try acme.historyRows().count == entries)
    #expect(try bo.edit(scope, change(comment, .comment, ["text": "bad"])).outcome == .invalid)
  }
}

@Suite("Access that is given again")
struct UnknownAccessTests {
  @Test(
    "a role or a department that is not known is refused, and takes nothing away",
    arguments: [
      WireAccessChange.with { $0.role = .UNRECOGNIZED(9) }, .with { $0.engaged = true },
      .with { $0.department = .UNRECOGNIZED(2_000) }, .with { $0.department = .UNRECOGNIZED(-1) },
    ])
  func unknown(_ given: WireAccessChange) throws {
    let acme = try Organisation()
    let ana = try acme.person("Ana")
    let bo = try acme.person("Bo")
    let scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
    var mutation = ana.mutation(scope, ahead: 10_000)
    mutation.former = true
    mutation.access = [given]
    if given.role != .unspecified { mutation.access[0].user = bo.user.description }
    let result = try #require(try ana.push(mutation).results.first)
    #expect(result.outcome == .invalid && result.reason.contains("there is no"), "\(result)")
    let account = try #require(scope.account)
    #expect(try acme.store.read { try $0.grant(account, to: bo.user)?.role } == .contributor)
    #expect(try acme.store.read { try $0.engagements(in: account) }.isEmpty)
  }

  @Test("who gives a role back may not write with it in the same push")
  func judgesByWhatIsLeft() throws {
    let acme = try Organisation()
    let ana = try acme.person("Ana")
    let bo = try acme.person("Bo")
    let scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .manager, by: ana)
    let task = try ana.task(in: scope)
    acme.now += 60_000
    var mutation = ana.mutation(scope)
    mutation.former = true
    mutation.access = [
      .with {
        $0.user = ana.user.description
        $0.role = .viewer
      }
    ]
    var later = ana.mutation(scope)
    later.sequence = mutation.sequence + 1
    later.changes = [change(task, .task, ["title": "mine"])]
    let results = try ana.push(mutation, later).results
    #expect(results.map(\.outcome) == [.applied, .denied], "\(results)")
  }
}
