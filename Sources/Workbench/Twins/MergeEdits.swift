import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// Part of a merge: what is one edit in one scope.
private struct MergeBatch {
  enum Part {
    case make(MadeAnew)
    case update(MergeUpdate)
    case delete(RecordView)
  }

  let scope: Scope
  var parts: [Part] = []
  var changes = 0
  var bytes = 0

  /// Leaves room for the last deletion.
  static let changesMax = Limits.changesPerMutationMax - 2
  /// Of what records say: an edit must fit into a request, with its stamps.
  static let bytesMax = 1 << 20

  func hasRoom(_ changes: Int, _ bytes: Int) -> Bool {
    self.changes + changes <= Self.changesMax && (parts.isEmpty || self.bytes + bytes <= Self.bytesMax)
  }
}

/// A plan cut into edits, in an order in which each builds only on those before it.
private struct MergeBatches {
  private(set) var all: [MergeBatch] = []
  private var last: [Scope: Int] = [:]
  /// In which batch a record is made.
  private var places: [RecordID: Int] = [:]

  init(_ plan: MergePlan) {
    for made in plan.made {
      let place = put(
        .make(made), in: made.scope, changes: made.replaces ? 2 : 1, after: made.values.map(\.value),
        bytes: made.source.state.body.bytes.count)
      places[made.id] = place
    }
    for update in plan.updates {
      _ = put(
        .update(update), in: update.view.scope, changes: 1, after: update.values.compactMap(\.value),
        bytes: update.values.count * 64)
    }
    let scope = plan.other.scope
    if all.last?.scope != scope { all.append(MergeBatch(scope: scope)) }
    all[all.count - 1].parts.append(.delete(plan.other))
  }

  private mutating func put(
    _ part: MergeBatch.Part, in scope: Scope, changes: Int, after values: [RegisterValue], bytes: Int
  ) -> Int {
    let earliest =
      values.compactMap { value -> Int? in
        if case .reference(let id) = value { places[id] } else { nil }
      }.max() ?? 0
    var place = last[scope] ?? -1
    if place < earliest || !all[place].hasRoom(changes, bytes) {
      all.append(MergeBatch(scope: scope))
      place = all.count - 1
      last[scope] = place
    }
    all[place].parts.append(part)
    all[place].changes += changes
    all[place].bytes += bytes
    return place
  }
}

/// What of a merge would be refused, found while it is put together: all of it, and not only the first.
private final class MergeObstacles {
  private(set) var reasons: [Phrase] = []
  private var refused: Set<RecordID> = []

  func attempt(_ id: RecordID, pointingTo values: [RegisterValue], _ body: () throws -> Void) throws {
    let isLost = values.contains { if case .reference(let id) = $0 { refused.contains(id) } else { false } }
    guard !isLost else {
      refused.insert(id)
      return
    }
    do {
      try body()
    } catch let refusal as Refusal {
      refused.insert(id)
      if !reasons.contains(refusal.phrase) { reasons.append(refusal.phrase) }
    }
  }
}

extension Workbench {
  /// Carries a merge out, all of it or nothing.
  ///
  /// - Parameter isRehearsal: Only judges whether it can be.
  /// - Throws: ``Failure`` with every reason why not.
  func carryOut(_ plan: MergePlan, isRehearsal: Bool) throws {
    guard plan.obstacles.isEmpty else { throw cannotMerge(plan.obstacles) }
    let obstacles = MergeObstacles()
    let batches = MergeBatches(plan).all
    let summary = try mergeSummary(plan)
    let edits = batches.enumerated().map { place, batch in
      let isLast = place == batches.count - 1
      return PlannedEdit(in: batch.scope, summary: summary) { draft in
        // Two people may merge the same two meanwhile, each into the other one.
        if batch.scope == plan.keep.scope { try draft.expectAlive(plan.keep.id) }
        if isLast { try draft.expectAlive(plan.other.id) }
        for part in batch.parts { try Self.carryOut(part, &draft, obstacles) }
        guard isLast else { return }
        guard obstacles.reasons.isEmpty else { throw self.cannotMerge(obstacles.reasons) }
        for earlier in batches.dropLast() where earlier.scope == batch.scope {
          try Self.require(earlier, &draft)
        }
      }
    }
    do {
      try edit(
        all: edits, remembering: Merge(plan.other.id, into: plan.keep.id, steps: steps(batches)),
        isRehearsal: isRehearsal)
    } catch ReplicaError.nothingChanged where !obstacles.reasons.isEmpty {
      throw cannotMerge(obstacles.reasons)
    }
  }

  private func cannotMerge(_ reasons: [Phrase]) -> Failure {
    Failure(
      .refused, "refused", "They cannot be merged, and nothing has changed:",
      candidates: reasons.map { reader.said($0) })
  }

  /// Read again by ``mergedInto(_:_:)``: English, as all summaries are.
  private func mergeSummary(_ plan: MergePlan) throws -> String {
    let label = PlanModel.kind(plan.keep.kind)?.label ?? "record"
    return "Merged into \(label) \(try handle(plan.keep.id)): \(label) \(try handle(plan.other.id))"
  }

  private static func carryOut(
    _ part: MergeBatch.Part, _ draft: inout Draft, _ obstacles: MergeObstacles
  ) throws {
    switch part {
    case .make(let made):
      try obstacles.attempt(made.id, pointingTo: made.values.map(\.value)) {
        try make(made, &draft)
        if !made.source.state.alive { try draft.setAlive(false, made.id) }
        if made.replaces { try draft.setAlive(false, made.source.id) }
      }
    case .update(let update):
      try obstacles.attempt(update.view.id, pointingTo: update.values.compactMap(\.value)) {
        try draft.update(update.view.id, update.values)
      }
    case .delete(let view):
      try obstacles.attempt(view.id, pointingTo: []) { try draft.setAlive(false, view.id) }
    }
  }

  /// What an earlier merge of the two had made, and was taken back, is there already.
  private static func make(_ made: MadeAnew, _ draft: inout Draft) throws {
    guard try draft.current(made.id) != nil else {
      return try draft.create(made.id, kind: made.source.kind, made.values)
    }
    try draft.setAlive(true, made.id)
    try draft.update(made.id, made.values.map { ($0.register, $0.value) })
  }

  /// The deletion stands only when what was to be made before it in this scope is there.
  private static func require(_ batch: MergeBatch, _ draft: inout Draft) throws {
    for case .make(let made) in batch.parts {
      guard let register = made.values.first?.register else { continue }
      return try draft.expectUnchanged(made.id, register: register)
    }
  }

  private func steps(_ batches: [MergeBatch]) -> [MergeStep] {
    batches.flatMap { batch in
      batch.parts.flatMap { part -> [MergeStep] in
        switch part {
        case .make(let made):
          let replaced = made.replaces ? [MergeStep.deleted(made.source.id, in: batch.scope)] : []
          return (made.source.state.alive ? [.made(made.id, in: batch.scope)] : []) + replaced
        case .update(let update): return steps(update)
        case .delete(let view): return [.deleted(view.id, in: batch.scope)]
        }
      }
    }
  }

  private func steps(_ update: MergeUpdate) -> [MergeStep] {
    update.values.map { number, value in
      let register = PlanModel.kind(update.view.kind)?.register(number)
      return MergeStep(
        scope: update.view.scope, record: update.view.id, register: number,
        before: update.view.state.body[number].map(Array.init),
        after: value.flatMap { value in register?.type.encode(value, as: number) })
    }
  }
}

// MARK: - Taking it back

extension Workbench {
  /// Takes back what a merge made here has changed; what somebody has changed since stays as it is.
  ///
  /// - Returns: false when there was none.
  func takeBackMerge(of view: RecordView) throws -> Bool {
    let steps = try replica.mergeSteps(of: view.id)
    guard !steps.isEmpty, !view.state.alive else { return false }
    let summary = "took back the merge of \(try name(view).description)"
    var edits: [PlannedEdit] = []
    var run: [MergeStep] = []
    func close() {
      guard let scope = run.first?.scope else { return }
      let steps = run
      edits.append(
        PlannedEdit(in: scope, summary: summary) { draft in
          for step in steps { try Self.takeBack(step, &draft) }
        })
      run = []
    }
    for step in steps.reversed() {
      if run.first.map({ $0.scope != step.scope }) ?? false || run.count == Limits.changesPerMutationMax {
        close()
      }
      run.append(step)
    }
    close()
    try edit(all: edits, remembering: nil, isRehearsal: false)
    try replica.forgetMerge(of: view.id)
    return true
  }

  private static func takeBack(_ step: MergeStep, _ draft: inout Draft) throws {
    guard let state = try draft.current(step.record) else { return }
    guard step.register != lifeRegister else { return try draft.setAlive(step.after == nil, step.record) }
    guard let register = PlanModel.kind(state.kind)?.register(step.register),
      state.body[step.register].map(Array.init) == step.after
    else { return }
    try draft.update(
      step.record, [(step.register, try step.before.map { try register.type.decode($0[...]) })])
  }
}

// MARK: - What others have merged

extension Workbench {
  /// The record into which another of its kind was merged, as the summary of that edit says; nil when it says no such thing,
  /// or when here the handle may be of several.
  package func mergedInto(_ summary: String, _ view: RecordView) throws -> RecordID? {
    let label = PlanModel.kind(view.kind)?.label ?? "record"
    guard let match = summary.firstMatch(of: #/^Merged into ([a-z ]+) ([0-9A-Z]+): /#),
      match.output.1 == label,
      let handle = Handle(match.output.2)
    else { return nil }
    let found = try replica.records(handle, kind: view.kind).filter { $0.id != view.id }
    return found.count == 1 ? found[0].id : nil
  }
}
