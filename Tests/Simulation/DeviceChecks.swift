import PlanModel
import ProtocolMessages
import Replica
import SQLiteStore
import SyncCore

// What must hold of a replica at any moment, whatever was lost or came twice.

extension World {
  /// I1, I2, I6, I7 and I8 of one device.
  func check(_ device: Device) throws {
    let contents = try device.replica.contents()
    try checkRecords(of: device, contents)
    try checkOutbox(of: device, contents)
    try checkPurges(of: device, contents)
    // Costs as much as all the others together, so only now and then.
    if step % 5 == 0 { try checkViews(of: device) }
  }

  /// I10: what is shown is what the server has with the waiting edits applied.
  private func checkViews(of device: Device) throws {
    let differing = try device.replica.viewsThatDiffer()
    try require(
      differing.isEmpty, "I10", expected: "views as base and waiting edits make them",
      seen: "others of \(differing.map(\.short)) on device \(device.number)")
  }

  /// I1 and I8: base is, byte for byte, what the server held at some moment between two transactions. I7: that moment
  /// never moves back.
  private func checkRecords(of device: Device, _ contents: ReplicaContents) throws {
    for held in contents.scopes where held.scope.grantEpoch != 0 {
      let name = "\(held.scope.scope.short) on device \(device.number)"
      guard let model = server.model(of: device.branch)?.scopes[held.scope.scope] else {
        throw Violation(
          invariant: "I1", expected: "a scope of history \(device.branch)", seen: name)
      }
      let head = held.scope.head
      try require(
        model.boundaries.contains(head), "I8", expected: "\(name) at a head between transactions",
        seen: "\(head)")
      var found = 0
      for (id, versions) in model.versions {
        let base = held.base[id]
        if base != nil { found += 1 }
        let version = versions.last { $0.sequence <= head }
        if base == version?.encoded { continue }
        if base == nil, let version, !version.isAlive, model.compacted.contains(id) { continue }
        throw Violation(
          invariant: "I1",
          expected:
            "\(id.short) of \(name) at head \(head) to be version \(version.map { "\($0.sequence)" } ?? "none")",
          seen: try base.map { "version \(try RecordState(decoding: $0).sequence)" } ?? "none")
      }
      try require(
        found == held.base.count, "I1", expected: "\(found) records in \(name)", seen: "\(held.base.count)")
      if let before = device.heads[held.scope.scope], before.branch == device.branch,
        before.grantEpoch == held.scope.grantEpoch
      {
        try require(head >= before.head, "I7", expected: "head of \(name) ≥ \(before.head)", seen: "\(head)")
      }
      device.heads[held.scope.scope] = (device.branch, held.scope.grantEpoch, head)
    }
  }

  /// I2: what the replica believes of each of its edits is what the server decided.
  private func checkOutbox(of device: Device, _ contents: ReplicaContents) throws {
    let model = server.model(of: device.branch)
    var present: Set<RecordID> = []
    for entry in contents.outbox {
      present.insert(entry.id)
      defer { device.statuses[entry.id] = entry.status }
      guard entry.status != .waiting, device.statuses[entry.id] != entry.status else { continue }
      let decision = model?.decisions[.init(person: device.person, id: entry.id)]
      // What was done about access is only noted, as long as the server remembers it.
      if decision == nil, !device.made.contains(entry.id) { continue }
      let isApplied = decision.map { $0.outcome == .applied }
      let wasRefused = entry.status == .refused && model?.overturned.contains(entry.id) == true
      try require(
        isApplied == (entry.status == .acknowledged) || wasRefused, "I2",
        expected: "edit \(entry.id.short) on device \(device.number) as the server decided:"
          + " \(decision.map { "\($0.outcome)" } ?? "never seen")",
        seen: "\(entry.status)")
      if entry.status == .acknowledged { device.acknowledged.insert(entry.id) }
      try require(
        entry.status != .refused || !device.acknowledged.contains(entry.id)
          || Self.isHalfOfLoop(entry.result),
        "kept",
        expected: "edit \(entry.id.short) of device \(device.number), once acknowledged, never refused",
        seen: entry.result?.reason ?? "refused")
    }
    for id in device.made where !present.contains(id) {
      // No restore can lose it any more.
      if device.acknowledged.contains(id), server.safe.contains(.init(person: device.person, id: id)) {
        continue
      }
      throw Violation(
        invariant: "I2", expected: "edit \(id.short) in the outbox of device \(device.number)",
        seen: "nothing")
    }
  }

  /// Its author is told: the other half was made after the restore.
  private static func isHalfOfLoop(_ result: WireMutationResult?) -> Bool {
    result.map { $0.reason.contains("above and below itself") || $0.reason.contains("wait for itself") }
      ?? false
  }

  /// I6: after a purge nothing of the scope is left, nor of other people's words in it.
  private func checkPurges(of device: Device, _ contents: ReplicaContents) throws {
    let held = Set(contents.scopes.map(\.scope.scope))
    try require(
      contents.orphans == 0, "I6", expected: "only records of held scopes", seen: "\(contents.orphans) others"
    )
    for conflict in try device.replica.conflicts() where !held.contains(conflict.scope) {
      throw Violation(
        invariant: "I6",
        expected: "no conflict of \(conflict.scope.short), which device \(device.number) lost",
        seen: "\(conflict.outcome) of \(conflict.record.short)")
    }
    for entry in contents.outbox {
      guard let result = entry.result, let scope = Scope(entry.scope), !held.contains(scope) else { continue }
      try require(
        !result.effects.contains { $0.hasOther }, "I6",
        expected: "no other person's value of \(scope.short), which device \(device.number) lost",
        seen: "one in the result of edit \(entry.id.short)")
    }
  }

  // MARK: - After healing

  func checkHealed() throws {
    try server.store.read { try server.model.checkWhole($0) }
    try server.model.checkLoops()
    try require(
      server.store.structureProblems(isThorough: true).isEmpty, "integrity", expected: "a sound store",
      seen: "problems")
    for device in devices {
      try check(device)
      try checkConverged(device)
      try checkEdits(of: device)
      try require(
        device.replica.scopesThatDiffer().isEmpty, "I1", expected: "running digests as the records sum up",
        seen: "others on device \(device.number)")
      try checkViews(of: device)
      try require(
        device.replica.integrityProblems().isEmpty, "integrity", expected: "a sound replica", seen: "problems"
      )
    }
    try checkTellings()
  }

  /// I1 and I9: everything readable is there, as the server has it, and nothing waits.
  private func checkConverged(_ device: Device) throws {
    let contents = try device.replica.contents()
    for entry in try device.replica.waiting() {
      let why = server.model.whatIsMissing(for: entry.mutation, by: device.person)
      try require(
        entry.result?.outcome == .waiting && why != nil, "I9",
        expected: "nothing waits on device \(device.number) that could be taken",
        seen: "\(entry.id.short) \(entry.result?.reason ?? "")")
    }
    try require(
      contents.stagedCount == 0, "I9", expected: "nothing staged", seen: "\(contents.stagedCount) answers")
    let readable = server.model.readable(by: device.person)
    let held = Set(contents.scopes.map(\.scope.scope))
    try require(
      held == readable, "I6", expected: "device \(device.number) holds \(readable.map(\.short).sorted())",
      seen: "\(held.map(\.short).sorted())")
    for scope in contents.scopes {
      let head = server.model.scopes[scope.scope.scope]?.head
      try require(
        scope.scope.head == head, "I9",
        expected: "\(scope.scope.scope.short) on device \(device.number) at head \(head ?? 0)",
        seen: "\(scope.scope.head)")
    }
  }

  /// I2 at the end: every edit ever made on a device that lives is in history or in its author's refused edits.
  private func checkEdits(of device: Device) throws {
    for id in device.acknowledged.sorted() {
      let entry = try device.replica.outboxEntry(id)
      let key = ServerModel.MutationKey(person: device.person, id: id)
      if entry == nil, server.safe.contains(key) {
        try require(
          server.model.decisions[key]?.outcome == .applied, "kept",
          expected:
            "edit \(id.short), which device \(device.number) has forgotten because it is in a backup, on the server",
          seen: "\(server.model.decisions[key].map { "\($0.outcome)" } ?? "nothing")")
        continue
      }
      try require(
        entry?.status == .acknowledged || entry?.status == .waiting || Self.isHalfOfLoop(entry?.result),
        "kept",
        expected: "edit \(id.short) of device \(device.number), once acknowledged, applied or waiting",
        seen: entry.map { "\($0.status) \($0.result?.reason ?? "")" } ?? "nothing")
    }
    let made = Set(device.made)
    for entry in try device.replica.contents().outbox
    where entry.status == .acknowledged && made.contains(entry.id) {
      let decided = server.model.decisions[.init(person: device.person, id: entry.id)]
      guard decided?.outcome == .applied else {
        throw Violation(
          invariant: "I2",
          expected: "acknowledged edit \(entry.id.short) of device \(device.number) on the server",
          seen: "\(decided.map { "\($0.outcome)" } ?? "nothing")")
      }
    }
  }

  /// No edit is lost without its author being told.
  private func checkTellings() throws {
    var told: [RecordID: Set<Told>] = [:]
    for device in devices {
      for conflict in try device.replica.conflicts() {
        told[device.person, default: []].insert(
          Told(record: conflict.record, register: conflict.register, stamp: Stamp(conflict.mine.stamp)))
      }
    }
    for telling in server.model.tellings {
      // A person without a device is told when they join one.
      guard devices.contains(where: { $0.person == telling.user }) else { continue }
      // Two copies that number their edits anew after a restore can follow one another without a fork. What one
      // acknowledges, the server forgets for both; the edit is in history, but its fate is told to neither.
      if copied.contains(telling.user), server.branch > 0 { continue }
      let wanted = Told(record: telling.record, register: telling.register, stamp: telling.stamp)
      try require(
        told[telling.user]?.contains(wanted) == true, "told",
        expected: "\(name(of: telling.user)) told that their register \(telling.register) of"
          + " \(telling.record.short) in \(telling.scope.short) at \(telling.stamp) does not stand",
        seen: "no conflict")
    }
  }

  private struct Told: Hashable {
    let record: RecordID
    let register: UInt32
    let stamp: Stamp
  }
}
