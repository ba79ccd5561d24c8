import PlanModel
import ProtocolMessages
import Replica
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer

// What happens to the organisation from outside: access, crashes, copies, restores, time.

extension World {
  // MARK: - Access

  /// - Parameter role: nil takes the access away.
  func share(_ account: RecordID, with member: Member, _ role: AccountRole?) throws {
    guard let author = try adminAuthor(), server.model.people[member.id] != nil else { return }
    let answer = try server.write {
      try Sharing.set(role, email: member.email, on: account, by: author, in: $0, now: serverNow)
    }
    guard case .done(let response) = answer else { return }
    server.model.share(account, with: member.id, role, at: response.hlc)
    guard response.changed, let device = devices.first(where: { $0.person == people[0].id }) else { return }
    // The device it was done with can say so again.
    try device.replica.noteAccess(
      .with {
        $0.user = response.user
        $0.role = role.flatMap { KamAccountRole(rawValue: $0.rawValue) } ?? .unspecified
      }, of: account, at: response.hlc, summary: "shares", now: now, using: &random)
    note("\(account.short) shared with \(name(of: member.id)) as \(role?.name ?? "nobody")")
  }

  /// An admin may change every account; which device asks does not matter.
  private func adminAuthor() throws -> Author? {
    try server.store.read { reading in
      guard let admin = try reading.user(people[0].id) else { return nil }
      return Author(
        user: admin,
        device: DeviceRow(number: 0, user: admin.id, name: "admin", secretHash: [], copiedFrom: 0, created: 0)
      )
    }
  }

  private func someAccount() -> RecordID? {
    let accounts = server.model.grants.keys.sorted()
    return accounts.isEmpty ? nil : random.pick(accounts)
  }

  func shareSomething() throws {
    guard let account = someAccount() else { return }
    try share(
      account, with: random.pick(people), random.pick([.viewer, .contributor, .contributor, .manager]))
  }

  func revokeSomething() throws {
    guard let account = someAccount() else { return }
    try share(account, with: random.pick(people), random.chance(70) ? nil : .viewer)
  }

  /// A person's departments or role change, or a department's engagement in an account.
  func reorganise() throws {
    let department = random.pick([DepartmentCode(1), .finance])
    if random.chance(40), let account = someAccount() {
      return try engage(
        server.model.disengaged[account]?.contains(department) ?? false, department, in: account)
    }
    let member = people[1 + random.below(people.count - 1)]
    // A restore may have gone back to before they were added.
    guard server.model.people[member.id] != nil else { return }
    if random.chance(20) { return try setRole(random.pick([.member, .member, .executive]), of: member) }
    let isMember = server.model.people[member.id]?.departments.contains(department) == true
    let role: DepartmentRole? = isMember ? nil : random.pick([.member, .lead])
    _ = try server.write {
      try Departments.edit(
        member.email, role: nil, memberships: [(department, role)], by: "admin", in: $0, now: serverNow)
    }
    server.model.setMember(!isMember, member.id, of: department)
    note("\(name(of: member.id)) is \(role?.name ?? "no member") of department \(department.number)")
  }

  private func engage(_ isEngaged: Bool, _ department: DepartmentCode, in account: RecordID) throws {
    guard let author = try adminAuthor() else { return }
    let answer = try server.write {
      try Engagement.set(isEngaged, department, in: account, by: author, in: $0, now: serverNow)
    }
    guard case .done = answer else { return }
    server.model.setEngaged(isEngaged, department, in: account)
    note("department \(department.number) is \(isEngaged ? "engaged in" : "kept out of") \(account.short)")
  }

  private func setRole(_ role: OrganizationRole, of member: Member) throws {
    _ = try server.write {
      try Departments.edit(member.email, role: role, memberships: [], by: "admin", in: $0, now: serverNow)
    }
    server.model.setRole(role, of: member.id)
    note("\(name(of: member.id)) is \(role.name)")
  }

  func suspendSomebody() throws {
    let member = people[1 + random.below(people.count - 1)]
    try setActive(server.model.people[member.id]?.isActive == false, member)
  }

  func setActive(_ isActive: Bool, _ member: Member) throws {
    guard server.model.people[member.id] != nil else { return }
    _ = try server.write {
      try People.setActive(isActive, email: member.email, by: "admin", in: $0, now: serverNow)
    }
    server.model.setActive(isActive, member.id)
    note("\(name(of: member.id)) is \(isActive ? "resumed" : "suspended")")
  }

  // MARK: - Crashes

  /// All programs of a device end; its database stays.
  func crashProcess() throws {
    let device = random.pick(devices)
    device.processes = []
    note("device \(device.number) restarts")
  }

  /// What was committed stays; what was about to be answered is lost.
  func crashServer() throws {
    server.halfDone = []
    network.loseAnswers()
    try server.start(using: &random)
    note("the server restarts")
  }

  /// Its disk fills up, or is emptied.
  func fillServer() {
    server.isFull.toggle()
    note(server.isFull ? "the server's disk is full" : "the server's disk has room")
  }

  func disturbClock() {
    let device = random.pick(devices)
    device.clock.disturb(at: now, using: &random)
  }

  /// Somebody copies a device's files to another, and both go on.
  func copyDevice() throws {
    let original = random.pick(devices)
    let copy = Device(
      number: devices.count, person: original.person, email: original.email,
      replica: try newReplica(),
      clock: WallClock(random.pick(WallClock.Manner.allCases), at: now, using: &random),
      pageRecordsMax: random.pick([1, 3, 100]), editsMax: random.pick([1, 2, 1_000]),
      secrets: original.secrets)
    try original.replica.copy(to: copy.replica)
    copy.made = original.made
    copy.mustJoin = original.mustJoin
    copy.branch = original.branch
    copy.acknowledged = original.acknowledged
    copy.heads = original.heads
    copy.statuses = original.statuses
    devices.append(copy)
    copied.insert(original.person)
    note("device \(original.number) is copied to \(copy.number)")
  }

  // MARK: - The server's history

  func backUp() throws {
    try server.backUp()
    // Copied while the server stood still, or while it ran.
    if random.chance(60) { try server.start(using: &random) }
    note("backup \(server.backups.count - 1)")
  }

  /// The newest backup is where it belongs: nobody restores an older one from now on.
  func confirmBackup() throws {
    let held = try server.confirmBackup()
    note("the newest backup is complete; older ones are thrown away, \(held) edits are in it")
  }

  func newReplica() throws -> Replica {
    try Replica(
      inMemory: (), faults: faults.replica,
      outboxKept: weather.confirms ? 0 : Limits.outboxKeptMilliseconds)
  }

  func restore() throws {
    let number = random.below(server.backups.count)
    let isTold = random.chance(30)
    try server.restore(number, isTold: isTold, now: serverNow, using: &random)
    network.loseAnswers()
    note(
      isTold
        ? "backup \(number) is restored as epoch \(server.model.epoch.prefix(6))"
        : "copy \(number) is put back")
  }

  /// Somebody is added, and joins with a device of their own.
  func addPerson() throws {
    let number = people.count
    let member = try addPerson(email: "p\(number)@works.example", name: "P\(number)")
    people.append(member)
    try addDevice(of: member)
  }

  func addPerson(email: String, name: String) throws -> Member {
    let user = try server.write {
      try People.addUser(
        email: email, name: name, role: .member, by: "admin", in: $0, now: now, using: &random)
    }
    server.model.add(user.id, .member)
    note("\(name) is added")
    return Member(id: user.id, email: user.email)
  }

  func compact() throws {
    let kept = random.pick([1_000, 60_000, 600_000] as [Int64])
    let time = serverNow
    let outcome = try server.store.write {
      try Compaction.run(in: $0, now: time, interval: 1_000, kept: kept)
    }
    let sealed = try server.store.write { try Sealing.run(in: $0, now: time) }
    let problems = try server.store.read { try Integrity.verify($0) }.problems
    try require(
      problems.isEmpty, "whole", expected: "a database that is as it was written", seen: "\(problems)")
    note("\(sealed) histories are sealed")
    guard case .removed(let removed) = outcome else { return }
    try server.store.read { try server.model.observeCompaction($0, before: time - kept) }
    note("compaction removes \(removed)")
  }

  func joinAgain() throws {
    let waiting = devices.filter(\.mustJoin)
    guard !waiting.isEmpty else { return }
    let device = random.pick(waiting)
    guard server.model.people[device.person]?.isActive != false else { return }
    try join(device)
  }
}
