import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// What taking an import back has done.
package struct ImportReversal: Equatable, Sendable {
  package struct LeftAlone: Equatable, Sendable {
    package let record: RecordID
    package let title: String
    /// In the words of the workbench's reader.
    package let reason: String
  }

  package fileprivate(set) var deletedCount = 0
  package fileprivate(set) var revertedCount = 0
  package fileprivate(set) var restoredCount = 0
  package fileprivate(set) var leftAlone: [LeftAlone] = []

  package var json: JSON {
    let left = leftAlone.map { left in
      JSON.object([
        ("id", .text(left.record.description)), ("title", .text(left.title)), ("message", .text(left.reason)),
      ])
    }
    return .object([
      ("deleted", .integer(deletedCount)), ("reverted", .integer(revertedCount)),
      ("restored", .integer(restoredCount)), ("leftAlone", .array(left)),
    ])
  }
}

extension Workbench {
  /// Takes back what an import of this device did, and leaves alone what somebody has edited since.
  ///
  /// - Throws: ``Failure`` when there is no such import, or it was taken back as a whole.
  package func takeBack(import number: Int) throws -> ImportReversal {
    guard let entry = try replica.imports().first(where: { $0.number == Int64(number) }) else {
      throw Failure.notFound("There is no import \(number) on this device (`\(action: .listImports)`).")
    }
    if let undone = entry.undone, entry.leftAloneCount == 0 {
      throw Failure.refused("Import \(number) was taken back \(moments.ago(undone)).")
    }
    var reverser = ImportReverser(self, file: entry.file)
    try reverser.run(try replica.changes(ofImport: entry.number))
    try replica.markUndone(import: entry.number, leavingAlone: reverser.done.leftAlone.count, now: now)
    return reverser.done
  }
}

private struct ImportReverser {
  private let workbench: Workbench
  private let file: String
  private(set) var done = ImportReversal()

  /// What is put into one edit; a mutation is read and answered as a whole.
  private static let groupMax = 100
  private static let batchMax = 1_000

  private enum Step {
    case delete(RecordID, restoring: RecordID?)
    case revert(RecordID, [Assignment])
  }

  init(_ workbench: Workbench, file: String) {
    self.workbench = workbench
    self.file = file
  }

  /// - Parameter changes: The last one first: what points to a record goes before it.
  mutating func run(_ changes: [ImportedChange]) throws {
    var batch: [(scope: Scope, step: Step)] = []
    for change in changes {
      if let step = try step(for: change) { batch.append((change.scope, step)) }
      if batch.count >= Self.batchMax { try store(&batch) }
    }
    try store(&batch)
  }

  private mutating func step(for change: ImportedChange) throws -> Step? {
    // What was noted and not done, or is no longer to be seen, is not here.
    guard let view = try workbench.replica.record(change.record, in: change.scope),
      let kind = PlanModel.kind(view.kind)
    else {
      return nil
    }
    if change.isMade { return deletion(of: view, change, kind) }
    let held = change.after.numbers.filter { view.state.body[$0] == change.after[$0] }
    let edited = change.after.numbers.filter {
      view.state.body[$0] != change.after[$0] && view.state.body[$0] != change.before[$0]
    }
    guard view.state.alive else {
      leave(view, workbench.reader.said("it was deleted since"))
      return nil
    }
    if !edited.isEmpty {
      let names = edited.compactMap { kind.register($0)?.label }.map { Phrase.word($0) }
      leave(view, workbench.reader.said("edited since: \(enumerated(names))"))
    }
    let values = try held.filter { change.before[$0] != change.after[$0] }.compactMap {
      number -> Assignment? in
      // A register of a newer version is not emptied for want of its former value.
      guard let register = kind.register(number) else { return nil }
      return (number, try change.before[number].map { try register.type.decode($0) })
    }
    return values.isEmpty ? nil : .revert(view.id, values)
  }

  private mutating func deletion(
    of view: RecordView, _ change: ImportedChange, _ kind: KindDescription
  ) -> Step? {
    guard view.state.alive else { return nil }
    let edited = kind.registers.filter { register in
      register.policy != .server && view.state.body[register.number] != change.after[register.number]
    }
    guard edited.isEmpty else {
      leave(view, workbench.reader.said("edited since: \(enumerated(edited.map { .word($0.label) }))"))
      return nil
    }
    return .delete(view.id, restoring: change.replaced)
  }

  private mutating func leave(_ view: RecordView, _ reason: String) {
    done.leftAlone.append(.init(record: view.id, title: workbench.title(view), reason: reason))
  }

  // MARK: - Storing

  private mutating func store(_ batch: inout [(scope: Scope, step: Step)]) throws {
    defer { batch = [] }
    let groups = Self.groups(batch)
    let file = file
    let edits = groups.map { group in
      PlannedEdit(in: group.scope, summary: "took back the import of \(file)") { draft in
        for step in group.steps { try Self.apply(step, to: &draft) }
      }
    }
    let results = try workbench.edit(each: edits)
    for (group, result) in zip(groups, results) {
      switch result {
      case .success: for step in group.steps { count(step) }
      case .failure(ReplicaError.nothingChanged): break
      case .failure(let error): try refuse(group.steps, in: group.scope, error)
      }
    }
  }

  /// Edits keep the order of the file backwards; those of one scope that follow each other are one edit.
  private static func groups(
    _ batch: [(scope: Scope, step: Step)]
  ) -> [(scope: Scope, steps: [Step])] {
    var groups: [(scope: Scope, steps: [Step])] = []
    for (scope, step) in batch {
      if let last = groups.last, last.scope == scope, last.steps.count < groupMax {
        groups[groups.count - 1].steps.append(step)
      } else {
        groups.append((scope, [step]))
      }
    }
    return groups
  }

  private static func apply(_ step: Step, to draft: inout Draft) throws {
    switch step {
    case .delete(let record, let replaced):
      try draft.setAlive(false, record)
      if let replaced { try draft.setAlive(true, replaced) }
    case .revert(let record, let values): try draft.update(record, values)
    }
  }

  private mutating func count(_ step: Step) {
    switch step {
    case .delete(_, let replaced):
      done.deletedCount += 1
      if replaced != nil { done.restoredCount += 1 }
    case .revert: done.revertedCount += 1
    }
  }

  /// An edit is stored whole or not at all: what its records cannot do is told of each.
  private mutating func refuse(_ steps: [Step], in scope: Scope, _ error: any Error) throws {
    let failure = Failure(of: error)
    for step in steps {
      let id =
        switch step {
        case .delete(let id, _), .revert(let id, _): id
        }
      if let view = try workbench.replica.record(id, in: scope) {
        leave(view, workbench.reader.said(failure.sentence))
      }
    }
  }
}
