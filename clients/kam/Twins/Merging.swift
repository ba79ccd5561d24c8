import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// Makes one record of two.
struct Merging: Command {
  static let name = "merge"
  static let about: Phrase = "Make one of two accounts, contacts or products that are the same."
  static let more: Phrase = """
    Without --yes nothing changes: it lists what would. KEEP stays, with what it says; its empty fields are filled with \
    what OTHER says, and everything that points to OTHER points to KEEP. OTHER is deleted; `kam restore OTHER` takes the \
    merge back, on the device on which it was made. `kam twins` lists what may be the same.
    """

  @Takes("KEEP", "The record that stays.") var keep: String
  @Takes("OTHER", "The record that goes.") var other: String
  @Takes("--yes", "Merge them.") var yes = false
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let plan = try workspace.mergePlan(
      keep: workspace.find(keep, kind: nil), other: workspace.find(other, kind: nil))
    // What it says of the two must be said before they are one.
    let words = try MergeWords(plan, workspace)
    try workspace.carryOut(plan, isRehearsal: !yes)
    if json.isWanted {
      workspace.console.document(words.json(isMerged: yes).document)
    } else {
      for line in words.lines(isMerged: yes) { workspace.console.say(line) }
    }
  }
}

/// What a merge does, in words.
private struct MergeWords {
  private let plan: MergePlan
  private let keep: Phrase
  private let other: Phrase
  private var details: [Phrase] = []
  private let differences: [(field: String, stays: String, goes: String, record: String)]

  init(_ plan: MergePlan, _ workspace: Workspace) throws {
    self.plan = plan
    keep = try workspace.mergeName(plan.keep)
    other = try workspace.mergeName(plan.other)
    differences = try plan.differences.map { difference in
      (
        difference.register.name,
        try workspace.words(difference.register, difference.stays, in: difference.view.scope),
        try workspace.words(difference.register, difference.goes, in: difference.view.scope),
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
          : "Not taken over: \(field) “\(words.goes)” of \(try workspace.name(difference.view)); “\(words.stays)” stays."
      )
    }
    let moved = plan.repointed + plan.made.filter(\.source.isShown).map(\.source)
    if !moved.isEmpty { details.append("With it come \(Self.counts(moved)).") }
    if !plan.absorbed.isEmpty { details.append("There already: \(Self.counts(plan.absorbed)).") }
    if !plan.left.isEmpty {
      details.append("Left as written, and still naming \(other): \(Self.counts(plan.left)).")
    }
    if plan.keep.kind == KindDescription.account.number {
      details.append(
        "Who may see only \(other) has to be given \(keep): kam account share \(try workspace.handle(plan.keep.id)) --with EMAIL"
      )
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

  func lines(isMerged: Bool) -> [Phrase] {
    let first: Phrase =
      isMerged
      ? "Merged \(other) into \(keep); waiting to sync." : "\(capitalized(other)) would go into \(keep)."
    let last: [Phrase] = isMerged ? [] : ["Nothing has changed yet. To merge them, add --yes."]
    return [first] + details + last
  }

  func json(isMerged: Bool) -> JSON {
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
