import PlanModel
import ProtocolMessages
import Replica
import SyncCore

// What people do with their replicas. Values come from small pools, so that edits meet and are sometimes equal.

extension World {
  func editSomewhere() throws {
    let device = random.pick(devices)
    // Chains: edits made one after another, before anything is synced.
    for _ in 0..<random.pick([1, 1, 2, 4]) {
      try random.pick(weighted: [
        (1, { try self.editAccount(on: device) }),
        (4, { try self.makeRecords(on: device) }),
        (9, { try self.changeRegisters(on: device) }),
        (4, { try self.deleteOrRestore(on: device) }),
        (9, { try self.moveTask(on: device) }),
        (3, { try self.takeOrGiveBack(on: device) }),
        (5, { try self.assignPrivilegedContact(on: device) }),
        (2, { try self.changeGuardedAccount(on: device) }),
        (1, { try self.renameDepartment(on: device) }),
        (3, { try self.putAbove(on: device) }),
        (3, { try self.makeWait(on: device) }),
        (2, { try self.sell(on: device) }),
      ])()
    }
  }

  /// Makes one edit; what the replica refuses at once is part of life.
  ///
  /// - Throws: ``Violation`` of I10.
  @discardableResult
  private func edit(
    _ what: String, on device: Device, in scope: Scope,
    _ body: (inout Draft, inout SeededGenerator) throws -> Void
  ) throws -> EditReceipt? {
    var generator = random
    defer { random = generator }
    do {
      var inner = SeededGenerator(seed: generator.next())
      let receipt = try device.replica.edit(
        in: scope, summary: what, now: device.clock.now(now), using: &generator
      ) { draft in
        try body(&draft, &inner)
      }
      device.made.append(receipt.mutation)
      note(
        "device \(device.number) \(what) in \(scope.short): \(receipt.mutation.short) of \(receipt.records.map(\.short))"
      )
      try checkShown(receipt, on: device)
      return receipt
    } catch is Refusal {
      return nil
    } catch is ReplicaError {
      return nil
    }
  }

  /// I10: the author's own view shows an edit at once.
  private func checkShown(_ receipt: EditReceipt, on device: Device) throws {
    guard let entry = try device.replica.waiting().last, entry.id == receipt.mutation else {
      throw Violation(invariant: "I10", expected: "edit \(receipt.mutation.short) waits", seen: "another one")
    }
    var written: [RecordID: (registers: [UInt32: [UInt8]?], alive: Bool?)] = [:]
    for change in entry.mutation.changes {
      guard let id = RecordID(change.record) else { continue }
      var sum = written[id] ?? ([:], nil)
      for (register, encoded) in try ServerModel.writes(of: change) {
        sum.registers[register] = .some(encoded)
      }
      if change.hasAlive { sum.alive = change.alive }
      written[id] = sum
    }
    let scope = Scope(entry.mutation.scope) ?? .directory
    for (id, sum) in written.sorted(by: { $0.key < $1.key }) {
      let view = try device.replica.record(id, in: scope)
      try require(
        view != nil && sum.alive ?? view?.state.alive == view?.state.alive, "I10",
        expected:
          "\(id.short) shown alive \(sum.alive.map(String.init) ?? "as before") on device \(device.number)",
        seen: "\(view.map { "\($0.state.alive)" } ?? "no record")")
      for (register, encoded) in sum.registers.sorted(by: { $0.key < $1.key }) {
        try require(
          view?.state.body[register].map(Array.init) == encoded, "I10",
          expected: "register \(register) of \(id.short) as just written on device \(device.number)",
          seen: "stamp \(view?.state.stamps[register].map { "\($0)" } ?? "none")")
      }
    }
  }

  private func planScope(on device: Device) throws -> Scope? {
    let scopes = try device.replica.scopes().map(\.scope).filter { $0.family == .plan }
    return scopes.isEmpty ? nil : random.pick(scopes)
  }

  private func record(_ kind: KindDescription, in scope: Scope, on device: Device) throws -> RecordView? {
    let records = try device.replica.records(ofKind: kind.number, account: scope.account)
    // The same few records again and again, so that people meet.
    return records.isEmpty ? nil : records[random.below(min(records.count, 3))]
  }

  // MARK: - Edits

  func editAccount(on device: Device) throws {
    let id = RecordID.make(milliseconds: device.clock.now(now), using: &random)
    let task = RecordID.make(milliseconds: device.clock.now(now), using: &random)
    let withTask = random.chance(70)
    try edit("makes an account", on: device, in: .plan(id)) { draft, _ in
      try draft.create(id, kind: KindDescription.account.number, [(1, .text("Acme")), (5, .integer(1))])
      if withTask {
        try draft.create(task, kind: KindDescription.task.number, [(1, .text("call")), (3, .integer(1))])
      }
    }
  }

  private func makeRecords(on device: Device) throws {
    guard let scope = try planScope(on: device) else { return }
    let about = try record(.task, in: scope, on: device)?.id
    let ids = (0..<(1 + random.below(3))).map { _ in
      RecordID.make(milliseconds: device.clock.now(now), using: &random)
    }
    try edit("makes \(ids.count) records", on: device, in: scope) { draft, random in
      for id in ids {
        switch random.below(4) {
        case 0:
          try draft.create(
            id, kind: KindDescription.plan.number, [(1, .text("plan")), (5, .integer(1))])
        case 1: try draft.create(id, kind: KindDescription.contact.number, [(1, .text("Zoe"))])
        case 2 where about != nil:
          try draft.create(
            id, kind: KindDescription.comment.number,
            [
              (1, .reference(about ?? id)), (2, .integer(42)), (3, .text("well")),
              (4, .reference(device.person)),
            ])
        default:
          try draft.create(
            id, kind: KindDescription.task.number,
            [(1, .text("visit")), (3, .integer(Int64(1 + random.below(5))))])
        }
      }
    }
  }

  private static let words = ["red", "green", "blue", "grey"]

  /// Writes one to three plain registers of one to three records, sometimes emptying one.
  private func changeRegisters(on device: Device) throws {
    guard let scope = try planScope(on: device) else { return }
    var targets: [RecordView] = []
    for kind in [KindDescription.task, .contact, .account, .plan] where random.chance(40) {
      if let found = try record(kind, in: scope, on: device) { targets.append(found) }
    }
    guard !targets.isEmpty else { return }
    try edit("changes \(targets.count) records", on: device, in: scope) { draft, random in
      for target in targets {
        guard let kind = PlanModel.kind(target.kind) else { continue }
        let plain = kind.registers.filter { $0.policy == .lastWriterWins }
        var values: [UInt32: RegisterValue?] = [:]
        for _ in 0..<(1 + random.below(2)) {
          // Mostly the first few registers, so that two people write the same.
          let register = plain[random.below(min(plain.count, 4))]
          if !register.isRequired, random.chance(15) {
            values[register.number] = .some(nil)
          } else if let value = Self.value(of: register.type, &random) {
            values[register.number] = value
          }
        }
        try draft.update(
          target.id, values.sorted { $0.key < $1.key }.map { (register: $0.key, value: $0.value) })
      }
    }
  }

  private static func value(of type: RegisterType, _ random: inout SeededGenerator) -> RegisterValue? {
    switch type {
    case .line, .text, .slug: .text(random.pick(words))
    case .date: .text(random.pick(["2026-01-31", "2026-02-28", "2026-03-31"]))
    case .choice: .integer(Int64(1 + random.below(3)))
    case .integer(let range):
      .integer(range.lowerBound + Int64(random.below(5)) % max(1, range.upperBound - range.lowerBound))
    case .flag: .flag(random.chance(50))
    case .country: .text(random.pick(["FR", "DE"]))
    case .period:
      PlanDate("2026-01-01").flatMap { first in PlanDate("2026-12-31").map { .period(first, $0) } }
    default: nil
    }
  }

  private func deleteOrRestore(on device: Device) throws {
    guard let scope = try planScope(on: device),
      let target = try record(random.pick([.task, .contact, .comment]), in: scope, on: device)
    else { return }
    let other = random.chance(30) ? try record(.plan, in: scope, on: device) : nil
    try edit(target.state.alive ? "deletes" : "restores", on: device, in: scope) { draft, _ in
      try draft.setAlive(!target.state.alive, target.id)
      if let other { try draft.setAlive(!other.state.alive, other.id) }
    }
  }

  /// Claims, starts, finishes or gives back a task: guarded, and often several in a row.
  private func moveTask(on device: Device) throws {
    guard let scope = try planScope(on: device), let task = try record(.task, in: scope, on: device) else {
      return
    }
    let isHeld = task.state.body.contains(TaskRegister.claimedBy)
    let person = device.person
    let status: Int64 =
      isHeld
      ? random.pick([TaskStatus.open, TaskStatus.open, TaskStatus.inProgress, TaskStatus.done])
      : TaskStatus.claimed
    let evidence = random.chance(30)
    try edit("moves a task to \(status)", on: device, in: scope) { draft, _ in
      var values: [(register: UInt32, value: RegisterValue?)] = [(TaskRegister.status, .integer(status))]
      if status == TaskStatus.claimed { values.append((TaskRegister.claimedBy, .reference(person))) }
      if status == TaskStatus.open { values.append((TaskRegister.claimedBy, nil)) }
      if evidence { values.append((13, .text("seen"))) }
      try draft.update(task.id, values)
      // Claimed and begun in one go: two steps of one action.
      if status == TaskStatus.claimed, evidence {
        try draft.update(
          task.id, [(TaskRegister.status, .integer(TaskStatus.inProgress)), (13, .text("red"))])
      }
    }
  }

  /// Who holds a task, and nothing else of it: what was taken and given back unseen is as free as what never was taken.
  private func takeOrGiveBack(on device: Device) throws {
    guard let scope = try planScope(on: device), let task = try record(.task, in: scope, on: device) else {
      return
    }
    let holder = task.state.body.contains(TaskRegister.claimedBy) ? nil : device.person
    try edit(holder == nil ? "gives a task back" : "takes a task", on: device, in: scope) { draft, _ in
      try draft.update(task.id, [(TaskRegister.claimedBy, holder.map(RegisterValue.reference))])
    }
  }

  private func assignPrivilegedContact(on device: Device) throws {
    guard let scope = try planScope(on: device), let account = scope.account else { return }
    let kind = KindDescription.privilegedContact.number
    let id = account.singleton(ofKind: kind)
    let exists = try device.replica.record(id, in: scope) != nil
    let person = random.pick(people).id
    let isTakenBack = random.chance(45)
    try edit("assigns the privileged contact", on: device, in: scope) { draft, _ in
      if exists {
        try draft.update(id, [(1, isTakenBack ? nil : .reference(person))])
      } else {
        try draft.create(id, kind: kind, [(1, .reference(person)), (4, .integer(30))])
      }
    }
  }

  private func changeGuardedAccount(on device: Device) throws {
    guard let scope = try planScope(on: device), let account = scope.account else { return }
    let isKey = random.chance(50)
    let person = random.pick(people).id
    try edit("changes what only managers may", on: device, in: scope) { draft, random in
      try draft.update(account, [(15, .flag(isKey)), (16, random.chance(50) ? .reference(person) : nil)])
    }
  }

  /// Who reports to whom: two people may make each half of a loop.
  private func putAbove(on device: Device) throws {
    guard let scope = try planScope(on: device), let lower = try record(.contact, in: scope, on: device),
      let upper = try record(.contact, in: scope, on: device)
    else { return }
    let isTakenOut = random.chance(30)
    try edit("puts a contact above another", on: device, in: scope) { draft, _ in
      try draft.update(lower.id, [(5, isTakenOut ? nil : .reference(upper.id)), (2, .text("red"))])
    }
  }

  /// A task waits for another.
  private func makeWait(on device: Device) throws {
    guard let scope = try planScope(on: device), let task = try record(.task, in: scope, on: device),
      let needed = try record(.task, in: scope, on: device)
    else { return }
    let present = try record(.taskDependency, in: scope, on: device)
    let id = RecordID.make(milliseconds: device.clock.now(now), using: &random)
    let turns = random.chance(30)
    try edit("lets a task wait", on: device, in: scope) { draft, _ in
      if turns, let present { return try draft.setAlive(!present.state.alive, present.id) }
      try draft.create(
        id, kind: KindDescription.taskDependency.number,
        [(1, .reference(task.id)), (2, .reference(needed.id))])
    }
  }

  private func sell(on device: Device) throws {
    let scopes = try device.replica.scopes().map(\.scope).filter { $0.family == .finance }
    guard !scopes.isEmpty else { return }
    let scope = random.pick(scopes)
    let id = RecordID.make(milliseconds: device.clock.now(now), using: &random)
    try edit("sells", on: device, in: scope) { draft, random in
      try draft.create(
        id, kind: KindDescription.sale.number,
        [(1, .text("2026-01-31")), (5, .money(Money(currency: "EUR", minor: Int64(random.below(3)))))])
    }
  }

  private func renameDepartment(on device: Device) throws {
    let departments = try device.replica.records(ofKind: KindDescription.department.number)
    guard let department = departments.first else { return }
    let name = random.pick(Self.words)
    try edit("renames a department", on: device, in: .directory) { draft, _ in
      try draft.update(department.id, [(1, .text(name))])
    }
  }
}
