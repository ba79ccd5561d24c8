import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// A record that a merge makes anew, because it cannot be pointed to another one, or belongs to another account.
struct MadeAnew {
  let source: RecordView
  let id: RecordID
  let scope: Scope
  let values: [(register: UInt32, value: RegisterValue)]
  /// The source would not be hidden with the record that goes, and is deleted by itself.
  let replaces: Bool
}

/// Registers of a record that a merge writes; nil empties one.
struct MergeUpdate {
  let view: RecordView
  var values: [(register: UInt32, value: RegisterValue?)]
}

/// A field that says something else in the record that goes: what stays stays.
struct MergeDifference {
  let view: RecordView
  let register: RegisterDescription
  let stays: ArraySlice<UInt8>
  let goes: ArraySlice<UInt8>
}

/// What a merge does, decided before anything is written.
struct MergePlan {
  let keep: RecordView
  let other: RecordView
  /// In an order in which each points only to what is there already.
  fileprivate(set) var made: [MadeAnew] = []
  fileprivate(set) var updates: [MergeUpdate] = []
  /// Fields of the record that stays which were empty.
  fileprivate(set) var taken: [RegisterDescription] = []
  fileprivate(set) var differences: [MergeDifference] = []
  /// What said the same already of the record that stays.
  fileprivate(set) var absorbed: [RecordView] = []
  /// What goes on naming the record that goes: it can neither be changed nor be written again in its author's name.
  fileprivate(set) var left: [RecordView] = []
  /// Why it cannot be made right.
  fileprivate(set) var obstacles: [Phrase] = []

  /// Records that are pointed to the one that stays.
  var repointed: [RecordView] { updates.map(\.view).filter { $0.id != keep.id } }
}

extension Workspace {
  /// - Throws: ``Failure`` when the two cannot be one.
  func mergePlan(keep: RecordView, other: RecordView) throws -> MergePlan {
    guard keep.id != other.id else { throw Failure.usage("These are one record already.") }
    guard keep.kind == other.kind, let kind = PlanModel.kind(keep.kind) else {
      throw Failure.usage(
        "\(capitalized(try name(keep))) and \(try name(other)) are of different kinds, and cannot be one.")
    }
    let kinds = [KindDescription.account, .contact, .product]
    guard kinds.contains(where: { $0.number == kind.number }) else {
      throw Failure.refused("Only accounts, contacts and products are merged.")
    }
    for view in [keep, other] where !view.isShown {
      throw Failure.refused("\(capitalized(try name(view))) is deleted; restore it first.")
    }
    guard kind.number == KindDescription.account.number || keep.scope == other.scope else {
      throw Failure.refused(
        "They are of two accounts, so they are two. If the accounts are one, merge these: kam merge KEEP OTHER"
      )
    }
    var planner = try MergePlanner(self, keep, other, kind)
    return try planner.made()
  }
}

private struct MergePlanner {
  private let workspace: Workspace
  private let kind: KindDescription
  private let keep: RecordView
  private let other: RecordView
  private var plan: MergePlan
  private let isAdmin: Bool
  /// What stands for a record afterwards.
  private var successors: [RecordID: RecordID]
  /// The records to be made anew.
  private var moving: [RecordID: RecordView] = [:]
  /// Those whose fields can be pointed elsewhere.
  private var pointing: [RecordID: RecordView] = [:]

  private var replica: Replica { workspace.replica }
  private var isAccount: Bool { kind.number == KindDescription.account.number }

  init(_ workspace: Workspace, _ keep: RecordView, _ other: RecordView, _ kind: KindDescription) throws {
    self.workspace = workspace
    self.kind = kind
    self.keep = keep
    self.other = other
    plan = MergePlan(keep: keep, other: other)
    isAdmin = try workspace.replica.standing(in: keep.scope).organization == .admin
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
        "The \(word: pointer.label) of \(withArticle(kind.label)) cannot be read, so that it is not known what it points to: nothing is merged. `kam check` finds what is damaged."
      )
    }
  }

  private func references(of view: RecordView) -> [RecordID] {
    (PlanModel.kind(view.kind)?.registers ?? []).compactMap { register in
      guard register.type.isReference, case .reference(let id)? = view.value(register) else { return nil }
      return id
    }
  }

  /// Whether it names one of these in a field that is set once.
  private func isNamedOnce(_ targets: [RecordID: UInt32], by view: RecordView) -> Bool {
    !namedOnce(by: view).filter { targets[$0] != nil }.isEmpty
  }

  private func namedOnce(by view: RecordView) -> [RecordID] {
    (PlanModel.kind(view.kind)?.registers ?? []).compactMap { register in
      guard register.policy == .once, register.type.isReference,
        case .reference(let id)? = view.value(register)
      else { return nil }
      return id
    }
  }

  /// Whether it is hidden when the record that goes is deleted.
  private func belongsToOther(_ view: RecordView) -> Bool {
    isAccount
      || (PlanModel.kind(view.kind)?.owners ?? []).contains { view.value($0) == .reference(other.id) }
  }

  // MARK: - What stands in the way

  /// What a newer version has added cannot be copied by one that does not know it.
  private mutating func checkReadable() throws {
    for view in Array(moving.values) + [other] {
      guard let kind = PlanModel.kind(view.kind) else { continue }
      let isKnown = view.state.body.numbers.allSatisfy { kind.register($0) != nil }
      if !isKnown {
        plan.obstacles.append(
          "\(capitalized(try workspace.name(view))) has fields of a newer version of kam; upgrade it first.")
      }
    }
  }

  /// Nobody writes in another's name, except an admin. What somebody else has written is left as it is; when it would be
  /// hidden with the record that goes, there is no merge.
  private mutating func letGoOfForeignWords() throws {
    guard !isAdmin else { return }
    var foreign = Set(moving.values.filter(isForeign).map(\.id))
    guard !foreign.isEmpty else { return }
    // What somebody else's words are about stays where it is, too.
    var open = Array(foreign)
    while let id = open.popLast() {
      for owner in moving[id].map(namedOnce) ?? [] where moving[owner] != nil {
        if foreign.insert(owner).inserted { open.append(owner) }
      }
    }
    let lost = foreign.compactMap { moving[$0] }.filter(belongsToOther).sorted { $0.id < $1.id }
    if !lost.isEmpty {
      plan.obstacles.append(
        """
        \(try enumerated(lost.map(workspace.name))): only an admin may write again what others have written; ask one to \
        merge them.
        """)
    }
    for id in foreign { if let view = moving.removeValue(forKey: id) { plan.left.append(view) } }
    // And what is only about that.
    var isStable = false
    while !isStable {
      let orphans = moving.values.filter { view in
        !isAccount && namedOnce(by: view).allSatisfy { $0 != other.id && moving[$0] == nil }
      }
      for view in orphans { moving[view.id] = nil }
      isStable = orphans.isEmpty
    }
    plan.left.sort { $0.id < $1.id }
  }

  private func isForeign(_ view: RecordView) -> Bool {
    guard let author = PlanModel.kind(view.kind)?.author, case .reference(let person)? = view.value(author)
    else { return false }
    return person != workspace.identity.person
  }

  /// Of two answers of one person to one survey only the last counts: to let one disappear from the figures is for a
  /// person to decide.
  private mutating func checkAnswers() throws {
    let responses = moving.values.filter { $0.kind == KindDescription.surveyResponse.number }
    guard !isAccount, !responses.isEmpty else { return }
    let answered = Set(
      try mine(.surveyResponse) { $0.reference("contact") == keep.id }.compactMap { $0.reference("campaign") }
    )
    for response in responses.sorted(by: { $0.id < $1.id }) {
      guard let campaign = response.reference("campaign"), answered.contains(campaign),
        let view = try replica.record(campaign, from: keep.scope)
      else { continue }
      plan.obstacles.append(
        """
        Both have answered \(workspace.quotedTitle(view)), and of one person only one answer counts: delete the one that \
        does not (kam survey-response delete \(try workspace.handle(response.id))).
        """)
    }
  }

  /// The shown records of the account of the record that stays.
  private func mine(_ kind: KindDescription, where admits: (RecordView) -> Bool) throws -> [RecordView] {
    let account = isAccount ? keep.id : keep.scope.account
    return try replica.records(ofKind: kind.number, account: account) { _, isShown in isShown }.filter(admits)
  }

  // MARK: - What is there already

  /// Records of which one is enough: a contact has an address once, a role once.
  private static let single: [(kind: KindDescription, keys: [String])] = [
    (.contactPoint, ["contact", "type", "value"]), (.stakeholderRole, ["contact", "role"]),
    (.influence, ["from-contact", "to-contact", "type"]), (.coverage, ["person", "contact"]),
    (.surveyInvitation, ["campaign", "contact"]),
  ]
  private static let singleOfAccount: [(kind: KindDescription, keys: [String])] = [
    (.division, ["name"]), (.segmentMember, ["segment"]),
  ]

  private mutating func absorb() throws {
    try absorbSingletons()
    for (kind, keys) in isAccount ? Self.singleOfAccount : Self.single {
      let theirs = moving.values.filter { $0.kind == kind.number && $0.isShown }.sorted { $0.id < $1.id }
      guard !theirs.isEmpty else { continue }
      let registers = keys.compactMap { kind.register(named: $0) }
      var present: [[RegisterValue?]: RecordView] = [:]
      let moved = Set(moving.keys)
      for view in try mine(kind, where: { !moved.contains($0.id) }) {
        present[registers.map { folded(view.value($0)) }] = view
      }
      for view in theirs {
        // Somebody's influence on themselves is none.
        if kind.number == KindDescription.influence.number, isOnItself(view) {
          moving[view.id] = nil
          plan.absorbed.append(view)
        } else if let twin = present[registers.map { folded(succeeded(view.value($0))) }] {
          try merge(view, into: twin)
        }
      }
    }
  }

  private mutating func absorbSingletons() throws {
    for view in Array(moving.values) {
      guard isAccount, let kind = PlanModel.kind(view.kind), kind.isSingleton else { continue }
      let id = keep.id.singleton(ofKind: kind.number)
      successors[view.id] = id
      if let twin = try replica.record(id, from: keep.scope) { try merge(view, into: twin) }
    }
  }

  private mutating func merge(_ view: RecordView, into twin: RecordView) throws {
    moving[view.id] = nil
    successors[view.id] = twin.id
    plan.absorbed.append(view)
    try fill(twin, from: view)
  }

  private func isOnItself(_ view: RecordView) -> Bool {
    let ends = ["from-contact", "to-contact"].map { view.reference($0).map { successors[$0] ?? $0 } }
    return ends[0] == ends[1]
  }

  private func folded(_ value: RegisterValue?) -> RegisterValue? {
    if case .text(let text)? = value { .text(text.trimmed.lowercased()) } else { value }
  }

  // MARK: - What is done

  private func succeeded(_ value: RegisterValue?) -> RegisterValue? {
    guard case .reference(let id)? = value, let successor = successors[id] else { return value }
    return .reference(successor)
  }

  /// Fills the empty fields of a record that stays with what one that goes says, and notes where they differ.
  private mutating func fill(_ twin: RecordView, from source: RecordView) throws {
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
  private mutating func makeAnew() throws {
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
  private mutating func point() throws {
    for view in pointing.values.sorted(by: { $0.id < $1.id }) where moving[view.id] == nil {
      guard let kind = PlanModel.kind(view.kind) else { continue }
      let isSealed = kind.seal.flatMap { kind.register($0.register) }.map { view.value($0) == .flag(true) }
      if isSealed == true, kind.seal?.isFinal == false {
        plan.obstacles.append(
          "\(capitalized(try workspace.name(view))) is locked: unlock it first, so that it can follow its sales."
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
  fileprivate func successor(in keep: RecordID) -> RecordID {
    var mixed = low ^ keep.low &* 0x9E37_79B9_7F4A_7C15 ^ keep.high
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    // The variant of RFC 9562; version and time are the record's.
    return RecordID(high: high, low: mixed & (1 << 62 - 1) | 1 << 63)
  }
}
