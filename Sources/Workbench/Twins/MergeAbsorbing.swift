import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// What is there already, and is not made a second time.
extension MergePlanner {
  /// Records of which one is enough: a contact has an address once, a role once.
  private static let single: [(kind: KindDescription, keys: [UInt32])] = [
    (.contactPoint, [ContactPointRegister.contact, ContactPointRegister.type, ContactPointRegister.value]),
    (.stakeholderRole, [StakeholderRoleRegister.contact, StakeholderRoleRegister.role]),
    (.influence, [InfluenceRegister.fromContact, InfluenceRegister.toContact, InfluenceRegister.type]),
    (.coverage, [CoverageRegister.person, CoverageRegister.contact]),
    (.surveyInvitation, [SurveyInvitationRegister.campaign, SurveyInvitationRegister.contact]),
  ]
  private static let singleOfAccount: [(kind: KindDescription, keys: [UInt32])] = [
    (.division, [DivisionRegister.name]), (.segmentMember, [SegmentMemberRegister.segment]),
  ]

  mutating func absorb() throws {
    try absorbSingletons()
    for (kind, keys) in isAccount ? Self.singleOfAccount : Self.single {
      let theirs = moving.values.filter { $0.kind == kind.number && $0.isShown }.sorted { $0.id < $1.id }
      guard !theirs.isEmpty else { continue }
      let registers = keys.compactMap { kind.register($0) }
      var present: [[RegisterValue?]: RecordView] = [:]
      let moved = Set(moving.keys)
      for view in try mine(kind, where: { !moved.contains($0.id) }) {
        present[registers.map { folded(view.value($0)) }] = view
      }
      for view in theirs {
        // Somebody's influence on themselves is none.
        if kind.number == KindNumber.influence, isOnItself(view) {
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
    let ends = [InfluenceRegister.fromContact, InfluenceRegister.toContact].map { end in
      view.reference(end).map { successors[$0] ?? $0 }
    }
    return ends[0] == ends[1]
  }

  private func folded(_ value: RegisterValue?) -> RegisterValue? {
    if case .text(let text)? = value { .text(text.trimmed.lowercased()) } else { value }
  }
}
