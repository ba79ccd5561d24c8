import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// What stands in the way of a merge, told before anything is written.
extension MergePlanner {
  /// What a newer version has added cannot be copied by one that does not know it.
  mutating func checkReadable() throws {
    for view in Array(moving.values) + [other] {
      guard let kind = PlanModel.kind(view.kind) else { continue }
      let isKnown = view.state.body.numbers.allSatisfy { kind.register($0) != nil }
      if !isKnown {
        plan.obstacles.append(
          "\(capitalized(try workbench.name(view))) has fields of a newer version of kam; upgrade it first.")
      }
    }
  }

  /// Nobody writes in another's name, except an admin. What somebody else has written is left as it is; when it would be
  /// hidden with the record that goes, there is no merge.
  mutating func letGoOfForeignWords() throws {
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
        \(try enumerated(lost.map(workbench.name))): only an admin may write again what others have written; ask one to \
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
    return person != workbench.identity.person
  }

  /// Of two answers of one person to one survey only the last counts: to let one disappear from the figures is for a
  /// person to decide.
  mutating func checkAnswers() throws {
    let responses = moving.values.filter { $0.kind == KindNumber.surveyResponse }
    guard !isAccount, !responses.isEmpty else { return }
    let answered = Set(
      try mine(.surveyResponse) { $0.reference(SurveyResponseRegister.contact) == keep.id }
        .compactMap { $0.reference(SurveyResponseRegister.campaign) }
    )
    for response in responses.sorted(by: { $0.id < $1.id }) {
      guard let campaign = response.reference(SurveyResponseRegister.campaign), answered.contains(campaign),
        let view = try replica.record(campaign, from: keep.scope)
      else { continue }
      plan.obstacles.append(
        """
        Both have answered \(workbench.quotedTitle(view)), and of one person only one answer counts: delete the one that \
        does not (\(action: .delete(kind: "survey-response", record: try workbench.handle(response.id)))).
        """)
    }
  }

  /// The shown records of the account of the record that stays.
  func mine(_ kind: KindDescription, where admits: (RecordView) -> Bool) throws -> [RecordView] {
    let account = isAccount ? keep.id : keep.scope.account
    return try replica.records(ofKind: kind.number, account: account) { _, isShown in isShown }.filter(admits)
  }
}
