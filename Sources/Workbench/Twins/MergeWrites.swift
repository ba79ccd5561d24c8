import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// What a merge writes.
extension MergePlanner {
  func succeeded(_ value: RegisterValue?) -> RegisterValue? {
    guard case .reference(let id)? = value, let successor = successors[id] else { return value }
    return .reference(successor)
  }

  /// Fills the empty fields of a record that stays with what one that goes says, and notes where they differ.
  mutating func fill(_ twin: RecordView, from source: RecordView) throws {
    guard let kind = PlanModel.kind(twin.kind) else { return }
    var values: [(register: UInt32, value: RegisterValue?)] = []
    for register in kind.registers where register.policy != .server {
      guard let encoded = source.state.body[register.number],
        let value = succeeded(try register.type.decode(encoded)), value != .reference(twin.id)
      else { continue }
      if let stays = twin.state.body[register.number],
        let standing = succeeded(try register.type.decode(stays)), standing != .reference(twin.id)
      {
        if standing != value, register.fill == nil {
          plan.differences.append(
            MergeDifference(view: twin, register: register, stays: stays, goes: encoded))
        }
      } else if register.policy != .once {
        values.append((register.number, value))
        if twin.id == keep.id { plan.taken.append(register) }
      }
    }
    if !values.isEmpty { plan.updates.append(MergeUpdate(view: twin, values: values)) }
  }

  /// Each after what it points to.
  mutating func makeAnew() throws {
    var done: Set<RecordID> = []
    var ordered: [RecordView] = []
    for view in moving.values.sorted(by: { $0.id < $1.id }) { order(view, &ordered, &done) }
    for view in ordered {
      guard let kind = PlanModel.kind(view.kind), let id = successors[view.id] else { continue }
      let values = try kind.registers.compactMap { register -> (register: UInt32, value: RegisterValue)? in
        guard register.policy != .server, let encoded = view.state.body[register.number],
          let value = succeeded(try register.type.decode(encoded))
        else { return nil }
        return (register.number, value)
      }
      plan.made.append(
        MadeAnew(
          source: view, id: id, scope: place(view.scope), values: values, replaces: !belongsToOther(view)))
    }
  }

  private func order(_ view: RecordView, _ ordered: inout [RecordView], _ done: inout Set<RecordID>) {
    guard done.insert(view.id).inserted else { return }
    for id in references(of: view) { if let target = moving[id] { order(target, &ordered, &done) } }
    ordered.append(view)
  }

  private func place(_ scope: Scope) -> Scope {
    guard isAccount else { return scope }
    switch scope {
    case .plan: return .plan(keep.id)
    case .finance: return .finance(keep.id)
    case .directory: return .directory
    }
  }

  /// Points what can be changed to what stays.
  mutating func point() throws {
    for view in pointing.values.sorted(by: { $0.id < $1.id }) where moving[view.id] == nil {
      guard let kind = PlanModel.kind(view.kind) else { continue }
      let isSealed = kind.seal.flatMap { kind.register($0.register) }.map { view.value($0) == .flag(true) }
      if isSealed == true, kind.seal?.isFinal == false {
        plan.obstacles.append(
          "\(capitalized(try workbench.name(view))) is locked: unlock it first, so that it can follow its sales."
        )
        continue
      } else if isSealed == true {
        plan.left.append(view)
        continue
      }
      var values: [(register: UInt32, value: RegisterValue?)] = []
      for register in kind.registers where register.type.isReference && register.policy != .once {
        guard case .reference(let id)? = view.value(register), let successor = successors[id] else {
          continue
        }
        // Nothing is above itself.
        values.append((register.number, successor == view.id ? nil : .reference(successor)))
      }
      guard !values.isEmpty else { continue }
      if let place = plan.updates.firstIndex(where: { $0.view.id == view.id }) {
        let filled = Set(plan.updates[place].values.map(\.register))
        plan.updates[place].values += values.filter { !filled.contains($0.register) }
      } else {
        plan.updates.append(MergeUpdate(view: view, values: values))
      }
    }
  }
}

extension RecordID {
  /// The id of what is made anew of a record for another one: two people who merge the same two make the same records, and a
  /// sale is counted once.
  func successor(in keep: RecordID) -> RecordID {
    var mixed = low ^ keep.low &* 0x9E37_79B9_7F4A_7C15 ^ keep.high
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    // The variant of RFC 9562; version and time are the record's.
    return RecordID(high: high, low: mixed & (1 << 62 - 1) | 1 << 63)
  }
}
