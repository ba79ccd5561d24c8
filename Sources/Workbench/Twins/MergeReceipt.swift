import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// What a merge does, or would do, in words.
package struct MergeReceipt {
  package let keep: RecordID
  package let other: RecordID
  /// False: it was only judged whether it can be.
  package let isMerged: Bool
  /// "Merged contact 7QK2 “Ana” into …"
  package let sentence: Phrase
  /// What is taken over, what stays, what comes with it.
  package let notes: [Phrase]
  package let json: JSON
}

extension Workbench {
  /// Makes one record of two accounts, contacts or products.
  ///
  /// - Parameters:
  ///   - keep: What the record that stays is called.
  ///   - other: What the record that goes is called.
  ///   - isRehearsal: Only judges whether it can be.
  /// - Throws: ``Failure`` with every reason why not.
  package func merge(_ other: String, into keep: String, isRehearsal: Bool) throws -> MergeReceipt {
    try asOne {
      let plan = try mergePlan(keep: find(keep, kind: nil), other: find(other, kind: nil))
      // What it says of the two must be said before they are one.
      let words = try MergeWords(plan, self)
      try carryOut(plan, isRehearsal: isRehearsal)
      return words.receipt(isMerged: !isRehearsal)
    }
  }
}

private struct MergeWords {
  private let plan: MergePlan
  private let keep: Phrase
  private let other: Phrase
  private var details: [Phrase] = []
  private let differences: [(field: String, stays: String, goes: String, record: String)]

  init(_ plan: MergePlan, _ workbench: Workbench) throws {
    self.plan = plan
    keep = try workbench.mergeName(plan.keep)
    other = try workbench.mergeName(plan.other)
    differences = try plan.differences.map { difference in
      (
        difference.register.name,
        try workbench.words(difference.register, difference.stays, in: difference.view.scope),
        try workbench.words(difference.register, difference.goes, in: difference.view.scope),
        difference.view.id.description
      )
    }
    if !plan.taken.isEmpty {
      details.append("Taken over: \(enumerated(plan.taken.map { .word($0.label) })).")
    }
    for (difference, words) in zip(plan.differences, differences) {
      let field = Phrase.word(difference.register.label)
      details.append(
        difference.view.id == plan.keep.id
          ? "Not taken over: \(field) “\(words.goes)”; “\(words.stays)” stays."
          : "Not taken over: \(field) “\(words.goes)” of \(try workbench.name(difference.view)); “\(words.stays)” stays."
      )
    }
    let moved = plan.repointed + plan.made.filter(\.source.isShown).map(\.source)
    if !moved.isEmpty { details.append("With it come \(Self.counts(moved)).") }
    if !plan.absorbed.isEmpty { details.append("There already: \(Self.counts(plan.absorbed)).") }
    if !plan.left.isEmpty {
      details.append("Left as written, and still naming \(other): \(Self.counts(plan.left)).")
    }
    if plan.keep.kind == KindNumber.account {
      let share = Action.share(account: try workbench.handle(plan.keep.id))
      details.append("Who may see only \(other) has to be given \(keep): \(action: share)")
    }
  }

  /// "2 tasks and 1 sale", in the order of kinds.
  private static func counts(_ views: [RecordView]) -> Phrase {
    enumerated(byKind(views).map { counted($0.count, $0.kind.label) })
  }

  private static func byKind(_ views: [RecordView]) -> [(kind: KindDescription, count: Int)] {
    let counts = Dictionary(grouping: views, by: \.kind).mapValues(\.count)
    return counts.sorted { $0.key < $1.key }.compactMap { number, count in
      PlanModel.kind(number).map { ($0, count) }
    }
  }

  func receipt(isMerged: Bool) -> MergeReceipt {
    MergeReceipt(
      keep: plan.keep.id, other: plan.other.id, isMerged: isMerged,
      sentence: isMerged
        ? "Merged \(other) into \(keep); waiting to sync." : "\(capitalized(other)) would go into \(keep).",
      notes: details, json: json(isMerged: isMerged))
  }

  private func json(isMerged: Bool) -> JSON {
    func counts(_ views: [RecordView]) -> JSON {
      .object(Self.byKind(views).map { (jsonName(ofField: $0.kind.name), .integer($0.count)) })
    }
    return .object([
      ("keep", .text(plan.keep.id.description)), ("other", .text(plan.other.id.description)),
      ("merged", .flag(isMerged)),
      ("taken", .array(plan.taken.map { .text(jsonName(ofField: $0.name)) })),
      (
        "notTaken",
        .array(
          differences.map {
            .object([
              ("record", .text($0.record)), ("field", .text(jsonName(ofField: $0.field))),
              ("stays", .text($0.stays)), ("other", .text($0.goes)),
            ])
          })
      ),
      ("repointed", counts(plan.repointed)), ("madeAnew", counts(plan.made.map(\.source))),
      ("there", counts(plan.absorbed)), ("left", counts(plan.left)),
    ])
  }
}
