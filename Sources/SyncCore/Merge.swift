import PlanModel

/// One register's part of a change.
package struct RegisterWrite: Sendable {
  package let register: UInt32
  /// The field's bytes; nil empties it.
  package let encoded: ArraySlice<UInt8>?
  /// The stamp of the value the author saw; nil when there was none.
  package let base: Stamp?

  package init(register: UInt32, encoded: ArraySlice<UInt8>?, base: Stamp?) {
    self.register = register
    self.encoded = encoded
    self.base = base
  }
}

/// The stamps that one change writes with: what it says under a guard is decided by the server and stamped by it, all
/// else keeps the stamp of the edit.
package struct WriteStamps: Sendable {
  package let plain: Stamp
  /// Of the registers in ``guardedRegisters``.
  package let guarded: Stamp
  package let guardedRegisters: Set<UInt32>

  package init(plain: Stamp, guarded: Stamp, guardedRegisters: Set<UInt32>) {
    self.plain = plain
    self.guarded = guarded
    self.guardedRegisters = guardedRegisters
  }

  /// One stamp for all.
  package init(_ stamp: Stamp) { self.init(plain: stamp, guarded: stamp, guardedRegisters: []) }

  package subscript(_ register: UInt32) -> Stamp { guardedRegisters.contains(register) ? guarded : plain }
}

/// One mutation's part in one record, ready to merge.
package struct RecordWrite: Sendable {
  package let writes: [RegisterWrite]
  /// Deletes, restores, or (nil) leaves the record's life alone.
  package let alive: Bool?
  /// What the author saw of every register; for a deletion, of all of them.
  package let base: RecordStamps

  package init(writes: [RegisterWrite], alive: Bool?, base: RecordStamps) {
    self.writes = writes
    self.alive = alive
    self.base = base
  }

  package init(set: Registers, clear: [UInt32], alive: Bool?, base: RecordStamps) {
    self.init(
      writes: set.fields.map {
        RegisterWrite(register: $0.number, encoded: set.bytes[$0.start..<$0.end], base: base[$0.number])
      } + clear.map { RegisterWrite(register: $0, encoded: nil, base: base[$0]) },
      alive: alive, base: base)
  }
}

/// What became of one register.
package struct MergeEffect: Equatable, Sendable {
  package enum Fate: Equatable, Sendable {
    case won, wonOverUnseen, wonOnDeleted, lost, noOperation
  }
  package let register: UInt32
  package let fate: Fate
  /// The stamp of the other side's value: the one replaced, the one that stands, or the deletion.
  package let other: Stamp?
  /// That value's bytes; nil when it is empty.
  package let otherEncoded: [UInt8]?

  package init(register: UInt32, fate: Fate, other: Stamp?, otherEncoded: [UInt8]?) {
    self.register = register
    self.fate = fate
    self.other = other
    self.otherEncoded = otherEncoded
  }
}

package struct MergeResult: Sendable {
  package let state: RecordState
  /// One for each register written, in the write's order; then those a deletion ran over.
  package let effects: [MergeEffect]
  /// Whether `state` differs from what it was merged into.
  package let changed: Bool
}

/// Merges one write into a record: for each register the greater stamp wins.
///
/// Idempotent and independent of order, so a replica may resend after a lost reply and every order of arrival ends in
/// the same registers and stamps. A register that is written again with an equal value and a later stamp takes the
/// later stamp: with the old one kept, a third value stamped in between would win although the winner was confirmed
/// after it.
///
/// - Parameter record: nil makes the record.
/// - SeeAlso: Protocol/sync.md, "Merge".
package func merge(
  _ write: RecordWrite, stamps: WriteStamps, into record: RecordState?, id: RecordID, kind: UInt32,
  faults: PlantedFaults = []
) -> MergeResult {
  guard let record else { return create(write, stamps: stamps, id: id, kind: kind) }
  var state = record
  var effects: [MergeEffect] = []
  var replaced: [(number: UInt32, encoded: ArraySlice<UInt8>?)] = []
  for register in write.writes {
    let stamp = stamps[register.register]
    let effect = judge(register, stamp: stamp, against: record, faults)
    effects.append(effect)
    if effect.fate == .won || effect.fate == .wonOverUnseen || effect.fate == .wonOnDeleted {
      replaced.append((register.register, register.encoded))
      let isEqual = record.body[register.register] == register.encoded
      if !(isEqual && faults.contains(.equalValueKeepsStamp)) { state.stamps[register.register] = stamp }
    }
  }
  if !replaced.isEmpty { state.body = record.body.replacing(replaced) }
  if let alive = write.alive {
    effects += mergeLife(alive, write, stamp: stamps[lifeRegister], from: record, into: &state)
  }
  return MergeResult(state: state, effects: effects, changed: state != record)
}

/// Merges a write of which every register has the same stamp.
package func merge(
  _ write: RecordWrite, stamp: Stamp, into record: RecordState?, id: RecordID, kind: UInt32,
  faults: PlantedFaults = []
) -> MergeResult {
  merge(write, stamps: WriteStamps(stamp), into: record, id: id, kind: kind, faults: faults)
}

private func create(_ write: RecordWrite, stamps: WriteStamps, id: RecordID, kind: UInt32) -> MergeResult {
  var body = Registers()
  for register in write.writes.sorted(by: { $0.register < $1.register }) {
    if let encoded = register.encoded { body.append(register.register, encoded) }
  }
  let registers = [lifeRegister] + write.writes.map(\.register).sorted()
  let state = RecordState(
    id: id, kind: kind, sequence: 0, alive: write.alive ?? true,
    stamps: RecordStamps(registers) { stamps[$0] }, body: body)
  let effects = write.writes.map {
    MergeEffect(register: $0.register, fate: .won, other: nil, otherEncoded: nil)
  }
  return MergeResult(state: state, effects: effects, changed: true)
}

private func judge(
  _ write: RegisterWrite, stamp: Stamp, against record: RecordState, _ faults: PlantedFaults
) -> MergeEffect {
  let stands = record.body[write.register]
  let current = record.stamps[write.register]
  func effect(_ fate: MergeEffect.Fate, _ other: Stamp? = current) -> MergeEffect {
    MergeEffect(register: write.register, fate: fate, other: other, otherEncoded: stands.map(Array.init))
  }
  let isEqual = stands == write.encoded
  if let current, !outranks(stamp, write.encoded, current, stands, faults) {
    return effect(isEqual ? .noOperation : .lost)
  }
  if !record.alive {
    return MergeEffect(
      register: write.register, fate: .wonOnDeleted, other: record.stamps[lifeRegister], otherEncoded: nil)
  }
  if let current, !isEqual, isUnseen(current, base: write.base, by: stamp) { return effect(.wonOverUnseen) }
  return effect(.won)
}

/// Two writes with one stamp come from one replica that lost its clock; the greater bytes win, so that order still
/// does not matter.
private func outranks(
  _ stamp: Stamp, _ encoded: ArraySlice<UInt8>?, _ current: Stamp, _ stands: ArraySlice<UInt8>?,
  _ faults: PlantedFaults
) -> Bool {
  if faults.contains(.compareMillisecondsOnly) { return stamp.milliseconds >= current.milliseconds }
  if stamp != current { return stamp > current }
  return (stands ?? []).lexicographicallyPrecedes(encoded ?? [])
}

/// A replica has always seen its own writes, even when the server restamped them since.
private func isUnseen(_ current: Stamp, base: Stamp?, by stamp: Stamp) -> Bool {
  current.replica != stamp.replica && (base.map { current > $0 } ?? true)
}

private func mergeLife(
  _ alive: Bool, _ write: RecordWrite, stamp: Stamp, from record: RecordState, into state: inout RecordState
) -> [MergeEffect] {
  let current = record.stamps[lifeRegister]
  let isEqual = record.alive == alive
  let isLater = current.map { stamp > $0 || (stamp == $0 && alive && !record.alive) } ?? true
  guard isLater else {
    return [
      MergeEffect(
        register: lifeRegister, fate: isEqual ? .noOperation : .lost, other: current, otherEncoded: nil)
    ]
  }
  state.alive = alive
  state.stamps[lifeRegister] = stamp
  var effects = [MergeEffect(register: lifeRegister, fate: .won, other: current, otherEncoded: nil)]
  if !alive, record.alive {
    // A deletion goes over every register its author had not seen the latest of.
    for entry in record.stamps.entries
    where entry.register != lifeRegister && isUnseen(entry.stamp, base: write.base[entry.register], by: stamp)
    {
      effects.append(
        MergeEffect(
          register: entry.register, fate: .wonOverUnseen, other: entry.stamp,
          otherEncoded: record.body[entry.register].map(Array.init)))
    }
  }
  return effects
}
