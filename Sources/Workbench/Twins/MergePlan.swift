import PlanModel
import Replica
import Speech
import SyncCore
import Wording

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
  var made: [MadeAnew] = []
  var updates: [MergeUpdate] = []
  /// Fields of the record that stays which were empty.
  var taken: [RegisterDescription] = []
  var differences: [MergeDifference] = []
  /// What said the same already of the record that stays.
  var absorbed: [RecordView] = []
  /// What goes on naming the record that goes: it can neither be changed nor be written again in its author's name.
  var left: [RecordView] = []
  /// Why it cannot be made right.
  var obstacles: [Phrase] = []

  /// Records that are pointed to the one that stays.
  var repointed: [RecordView] { updates.map(\.view).filter { $0.id != keep.id } }
}

extension Workbench {
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
        "They are of two accounts, so they are two. If the accounts are one, merge these: \(action: .merge(keep: "KEEP", other: "OTHER"))"
      )
    }
    var planner = try MergePlanner(self, keep, other, kind)
    return try planner.made()
  }
}
