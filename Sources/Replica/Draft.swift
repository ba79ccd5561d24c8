import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// One action of one person, being put together. Everything it does is one mutation in one scope.
package struct Draft {
  package let scope: Scope
  let series: EditSeries
  let held: HeldScope
  private let standing: Standing
  /// The records that this draft has looked at, as they were before it.
  private let found = Found()
  private(set) var changes: [WireChange] = []
  private(set) var guards: [WireGuard] = []
  private var states: [RecordID: RecordState] = [:]
  /// The records as this draft leaves them.
  var drafted: [RecordID: RecordState] { states }
  /// Where in ``changes`` a record is.
  private var places: [RecordID: Int] = [:]
  private var provisionalSteps: UInt64 = 0

  init(scope: Scope, held: HeldScope, in series: EditSeries) throws {
    self.scope = scope
    self.series = series
    self.held = held
    standing = try series.standing(in: held)
  }

  /// What the replica holds, at the moment of this edit; without what this draft has changed so far.
  package var reading: ReplicaReading { series.transaction }
  var identity: Identity { series.identity }

  /// The record as it stands with this draft's earlier changes; nil when there is none in this scope.
  package func current(_ id: RecordID) throws -> RecordState? { try states[id] ?? before(id).state }

  /// The record as it was before this draft.
  func before(_ id: RecordID) throws -> StandingRecord {
    if let record = found.records[id] { return record }
    let record = try reading.standing(id, in: held.number)
    found.records[id] = record
    return record
  }

  private final class Found { var records: [RecordID: StandingRecord] = [:] }

  /// Makes a record.
  ///
  /// - Throws: `Refusal` when the server would refuse it.
  package mutating func create(
    _ id: RecordID, kind: UInt32, _ values: [(register: UInt32, value: RegisterValue)]
  ) throws {
    let body = try encode(values, kind: kind)
    // Two people may make an account's only record of a kind at the same time: then its guarded registers have one
    // winner from the beginning.
    let described = PlanModel.kind(kind)
    let guarded =
      described?.isSingleton == true
      ? body.numbers.filter { described?.register($0)?.policy == .guarded } : []
    for register in guarded {
      guards.append(
        .with {
          $0.record = id.description
          $0.register = register
          $0.unset = true
        })
    }
    try append(id, kind: kind, isCreation: true, set: body, clear: [], alive: nil, guarded: guarded)
  }

  /// Changes registers of a record; nil empties one. Registers that already hold the value are left out.
  ///
  /// - Throws: ``ReplicaError/noSuchRecord(_:)``; `Refusal` when the server would refuse it.
  package mutating func update(_ id: RecordID, _ values: [(register: UInt32, value: RegisterValue?)]) throws {
    guard let state = try current(id) else { throw ReplicaError.noSuchRecord(id) }
    let written = try encode(
      values.compactMap { value in value.value.map { (value.register, $0) } }, kind: state.kind)
    let changed = written.fields.filter { state.body[$0.number] != written[$0.number] }
    var set = Registers()
    for field in changed { set.append(field.number, written.bytes[field.start..<field.end]) }
    let clear = values.filter { $0.value == nil && state.body.contains($0.register) }.map(\.register)
    guard !set.fields.isEmpty || !clear.isEmpty else { return }
    let kind = PlanModel.kind(state.kind)
    let guarded = (set.numbers + clear).filter { kind?.register($0)?.policy == .guarded }
    // A value that this draft wrote itself is guarded already.
    for register in guarded where !Self.isProvisional(state.stamps[register]) {
      guards.append(try expectation(of: register, in: state))
    }
    try append(id, kind: state.kind, isCreation: false, set: set, clear: clear, alive: nil, guarded: guarded)
  }

  /// Requires that a register still is what this replica sees, without writing it.
  package mutating func expectUnchanged(_ id: RecordID, register: UInt32) throws {
    guard let state = try current(id) else { throw ReplicaError.noSuchRecord(id) }
    guards.append(try expectation(of: register, in: state))
  }

  /// Requires that a record still is there when the server decides.
  package mutating func expectAlive(_ id: RecordID) throws {
    guard let state = try current(id) else { throw ReplicaError.noSuchRecord(id) }
    guards.append(
      .with {
        $0.record = state.id.description
        $0.alive = true
      })
  }

  /// Deletes or restores a record. Doing so twice changes nothing.
  package mutating func setAlive(_ alive: Bool, _ id: RecordID) throws {
    guard let state = try current(id) else { throw ReplicaError.noSuchRecord(id) }
    guard state.alive != alive else { return }
    try append(
      id, kind: state.kind, isCreation: false, set: Registers(), clear: [], alive: alive, guarded: [])
  }

  // MARK: - Parts

  private func encode(
    _ values: [(register: UInt32, value: RegisterValue)], kind: UInt32
  ) throws -> Registers {
    var body = Registers()
    for (number, value) in values.sorted(by: { $0.register < $1.register }) {
      guard let register = PlanModel.kind(kind)?.register(number) else {
        throw SchemaAhead(kind: kind, register: number)
      }
      body.append(number, register.type.encode(value, as: number))
    }
    return body
  }

  private mutating func append(
    _ id: RecordID, kind: UInt32, isCreation: Bool, set: Registers, clear: [UInt32], alive: Bool?,
    guarded: [UInt32]
  ) throws {
    let before = try current(id)
    let proposed = ProposedChange(
      record: id, kind: kind, isCreation: isCreation, set: set, cleared: clear, alive: alive,
      guarded: Set(guarded))
    try validate(
      proposed, in: scope, by: standing, current: before?.body, committed: self.before(id).state?.body)
    try checkReferences(of: proposed, current: before?.body)
    try note(proposed, over: before)
    // Stands in for the record until the real stamp is made; only this draft sees it.
    provisionalSteps += 1
    let provisional = Stamp(hlc: Self.provisionalFloor + provisionalSteps, replica: identity.replica)
    let write = RecordWrite(set: set, clear: clear, alive: alive, base: RecordStamps())
    states[id] = merge(write, stamp: provisional, into: before, id: id, kind: kind).state
  }

  /// One change a record, however often the draft comes back to it: within one mutation there is no later stamp.
  private mutating func note(_ proposed: ProposedChange, over before: RecordState?) throws {
    let (set, clear) = (proposed.set, proposed.cleared)
    let index = places[proposed.record]
    var change = index.map { changes[$0] } ?? WireChange()
    change.record = proposed.record.description
    change.kind = KamKind(rawValue: Int(proposed.kind)) ?? .unspecified
    change.create = change.create || proposed.isCreation
    let written =
      index == nil
      ? set
      : try change.registers()
        .replacing(set.numbers.map { ($0, set[$0]) } + clear.map { ($0, nil) })
    change.set = written.bytes.isEmpty ? Data() : Data(encodeBody(written.bytes, kind: proposed.kind))
    change.clear = (change.clear.filter { !set.contains($0) && !clear.contains($0) } + clear).sorted()
    if let alive = proposed.alive { change.alive = alive }
    if let before {
      change.base += Self.base(
        of: before, touched: proposed.alive == false ? nil : set.numbers + clear, life: proposed.alive != nil)
    }
    if let index { changes[index] = change } else { changes.append(change) }
    places[proposed.record] = index ?? changes.count - 1
  }

  private static let provisionalFloor = UInt64.max - 1 << 32

  private static func isProvisional(_ stamp: Stamp?) -> Bool {
    stamp.map { $0.hlc > provisionalFloor } ?? false
  }

  /// The stamps the author sees: of the registers touched, or (nil) of all, as a deletion goes over all of them.
  private static func base(of state: RecordState, touched: [UInt32]?, life: Bool) -> [WireRegisterStamps] {
    let entries = state.stamps.entries.filter { entry in
      !isProvisional(entry.stamp)
        && (touched == nil || touched?.contains(entry.register) == true
          || (life && entry.register == lifeRegister))
    }
    return Dictionary(grouping: entries, by: \.stamp).sorted { $0.key < $1.key }.map { stamp, members in
      .with {
        $0.stamp = stamp.wire
        $0.registers = members.map(\.register)
      }
    }
  }

  /// What the server must find for a guarded write to stand. A value that only waits in the outbox is named by the
  /// mutation that wrote it: its final stamp is the server's to make.
  private func expectation(of register: UInt32, in state: RecordState) throws -> WireGuard {
    let stamp = state.stamps[register]
    let waiting = try stamp.flatMap { try waitingMutation(with: $0) }
    return .with {
      $0.record = state.id.description
      $0.register = register
      if let waiting {
        $0.mutation = waiting.description
      } else if let stamp, !Self.isProvisional(stamp) {
        $0.stamp = stamp.wire
      } else {
        $0.unset = true
      }
    }
  }

  private func waitingMutation(with stamp: Stamp) throws -> RecordID? {
    guard stamp.replica == identity.replica else { return nil }
    return try reading.waitingMutation(at: stamp.hlc)
  }
}
