import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// Puts a merge together from what the two records are, and what names them.
struct MergePlanner {
  let workbench: Workbench
  let kind: KindDescription
  let keep: RecordView
  let other: RecordView
  var plan: MergePlan
  let isAdmin: Bool
  /// What stands for a record afterwards.
  var successors: [RecordID: RecordID]
  /// The records to be made anew.
  var moving: [RecordID: RecordView] = [:]
  /// Those whose fields can be pointed elsewhere.
  var pointing: [RecordID: RecordView] = [:]

  var replica: Replica { workbench.replica }
  var isAccount: Bool { kind.number == KindDescription.account.number }

  init(_ workbench: Workbench, _ keep: RecordView, _ other: RecordView, _ kind: KindDescription) throws {
    self.workbench = workbench
    self.kind = kind
    self.keep = keep
    self.other = other
    plan = MergePlan(keep: keep, other: other)
    isAdmin = try workbench.replica.standing(in: keep.scope).organization == .admin
    successors = [other.id: keep.id]
  }

  mutating func made() throws -> MergePlan {
    if isAccount { try gatherAccount() } else { try gatherReferrers() }
    try checkReadable()
    try letGoOfForeignWords()
    try checkAnswers()
    try absorb()
    for id in moving.keys where successors[id] == nil { successors[id] = id.successor(in: keep.id) }
    try fill(keep, from: other)
    try makeAnew()
    try point()
    return plan
  }

  // MARK: - What it concerns

  /// What names the record that goes, and what names what has to be made anew for it.
  private mutating func gatherReferrers() throws {
    var targets: [RecordID: UInt32] = [other.id: other.kind]
    while !targets.isEmpty {
      var next: [RecordID: UInt32] = [:]
      for view in try referrers(to: targets) where view.id != other.id {
        if view.id != keep.id, isNamedOnce(targets, by: view) {
          pointing[view.id] = nil
          if moving.updateValue(view, forKey: view.id) == nil { next[view.id] = view.kind }
        } else if moving[view.id] == nil {
          pointing[view.id] = view
        }
      }
      targets = next
    }
  }

  /// Everything of the account, as a record cannot change its account; of what is deleted only what the rest points to.
  private mutating func gatherAccount() throws {
    var all: [RecordID: RecordView] = [:]
    var open: [RecordView] = []
    for kind in PlanModel.kinds where kind.family != .directory && !kind.isServerMade {
      for view in try replica.records(ofKind: kind.number, account: other.id) where view.id != other.id {
        all[view.id] = view
        if view.isShown { open.append(view) }
      }
    }
    while let view = open.popLast() {
      guard moving.updateValue(view, forKey: view.id) == nil else { continue }
      for id in references(of: view) { if let view = all[id] { open.append(view) } }
    }
    for view in try referrers(to: [other.id: other.kind]) where view.kind == KindDescription.account.number {
      pointing[view.id] = view
    }
  }

  /// The shown records that point to one of these.
  private func referrers(to targets: [RecordID: UInt32]) throws -> [RecordView] {
    let kinds = Set(targets.values)
    var found: [RecordView] = []
    for kind in PlanModel.kinds where !kind.isServerWritten {
      let pointers = kind.registers.filter { register in
        switch register.type {
        case .reference(let target): kinds.contains(target)
        case .anyReference: true
        default: false
        }
      }
      guard !pointers.isEmpty else { continue }
      found += try replica.records(
        ofKind: kind.number,
        account: self.kind.number == KindDescription.contact.number ? keep.scope.account : nil
      ) { body, isShown in
        try isShown
          && pointers.contains { pointer in
            guard let encoded = body[pointer.number] else { return false }
            guard case .reference(let id) = try Self.decoded(encoded, pointer, of: kind) else { return false }
            return targets[id] != nil
          }
      }
    }
    return found
  }

  /// What cannot be read may point to what goes: it would point nowhere afterwards.
  private static func decoded(
    _ encoded: ArraySlice<UInt8>, _ pointer: RegisterDescription, of kind: KindDescription
  ) throws -> RegisterValue {
    do {
      return try pointer.type.decode(encoded)
    } catch {
      throw Failure.refused(
        "The \(word: pointer.label) of \(withArticle(kind.label)) cannot be read, so that it is not known what it points to: nothing is merged. `\(action: .check)` finds what is damaged."
      )
    }
  }

  func references(of view: RecordView) -> [RecordID] {
    (PlanModel.kind(view.kind)?.registers ?? []).compactMap { register in
      guard register.type.isReference, case .reference(let id)? = view.value(register) else { return nil }
      return id
    }
  }

  /// Whether it names one of these in a field that is set once.
  private func isNamedOnce(_ targets: [RecordID: UInt32], by view: RecordView) -> Bool {
    !namedOnce(by: view).filter { targets[$0] != nil }.isEmpty
  }

  func namedOnce(by view: RecordView) -> [RecordID] {
    (PlanModel.kind(view.kind)?.registers ?? []).compactMap { register in
      guard register.policy == .once, register.type.isReference,
        case .reference(let id)? = view.value(register)
      else { return nil }
      return id
    }
  }

  /// Whether it is hidden when the record that goes is deleted.
  func belongsToOther(_ view: RecordView) -> Bool {
    isAccount
      || (PlanModel.kind(view.kind)?.owners ?? []).contains { view.value($0) == .reference(other.id) }
  }
}
