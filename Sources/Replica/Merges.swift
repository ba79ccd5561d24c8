import GRDB
import PlanModel
import SQLiteQuery
import SyncCore

/// Two records, the one with the smaller id, which was made first, first.
package struct RecordPair: Hashable, Sendable {
  package let first: RecordID
  package let second: RecordID

  package init(_ one: RecordID, _ other: RecordID) {
    first = min(one, other)
    second = max(one, other)
  }
}

/// One thing that a merge changed, to be taken back with it.
package struct MergeStep: Equatable, Sendable {
  package let scope: Scope
  package let record: RecordID
  /// ``lifeRegister``: it was made (`before` is nil) or deleted (`after` is nil).
  package let register: UInt32
  /// The register's bytes; nil: empty.
  package let before: [UInt8]?
  package let after: [UInt8]?

  package init(scope: Scope, record: RecordID, register: UInt32, before: [UInt8]?, after: [UInt8]?) {
    self.scope = scope
    self.record = record
    self.register = register
    self.before = before
    self.after = after
  }

  package static func made(_ record: RecordID, in scope: Scope) -> MergeStep {
    MergeStep(scope: scope, record: record, register: lifeRegister, before: nil, after: [1])
  }

  package static func deleted(_ record: RecordID, in scope: Scope) -> MergeStep {
    MergeStep(scope: scope, record: record, register: lifeRegister, before: [1], after: nil)
  }
}

/// A merge as it is remembered.
package struct Merge: Sendable {
  /// The record that was deleted.
  package let merged: RecordID
  package let keep: RecordID
  package let steps: [MergeStep]

  package init(_ merged: RecordID, into keep: RecordID, steps: [MergeStep]) {
    self.merged = merged
    self.keep = keep
    self.steps = steps
  }
}

// MARK: - Editing

extension ReplicaTransaction {
  /// Stores several edits: all of them, or none.
  ///
  /// - Parameters:
  ///   - merge: Remembered with them.
  ///   - isRehearsal: Judges them and keeps nothing.
  /// - Throws: the first edit's error, or when SQLite fails; nothing is kept then.
  package func edit(
    all edits: [PlannedEdit], remembering merge: Merge? = nil, isRehearsal: Bool = false, now: Int64,
    using generator: inout some RandomNumberGenerator
  ) throws {
    try savepoint {
      let series = try EditSeries(self)
      for edit in edits {
        _ = try self.edit(
          in: edit.scope, summary: edit.summary, now: now, using: &generator, edit.body, series)
      }
      try series.end()
      if let merge { try remember(merge) }
      return isRehearsal ? .rollback : .commit
    }
  }
}

// MARK: - What was merged

extension ReplicaReading {
  /// The record into which this one was merged, as far as this replica knows.
  package func mergedInto(_ record: RecordID) throws -> RecordID? {
    var query = try Query(database, "SELECT keep FROM merged WHERE record = ?")
    try query.bind(record)
    return try query.first { try $0.id(0) }
  }

  /// What a merge that was made here has changed, in order; empty when it was made elsewhere, or taken back.
  package func mergeSteps(of merged: RecordID) throws -> [MergeStep] {
    var query = try Query(
      database,
      """
      SELECT scope, record, register, before, after FROM merge_step WHERE merged = ? ORDER BY place
      """)
    try query.bind(merged)
    return try query.all { row in
      MergeStep(
        scope: try row.scope(0), record: try row.id(1), register: row.number(2),
        before: row.optionalBlob(3), after: row.optionalBlob(4))
    }
  }
}

extension ReplicaTransaction {
  private func remember(_ merge: Merge) throws {
    try note(merge.merged, into: merge.keep)
    var forget = try Query(database, "DELETE FROM merge_step WHERE merged = ?")
    try forget.bind(merge.merged)
    try forget.run()
    for (place, step) in merge.steps.enumerated() {
      var query = try Query(database, "INSERT INTO merge_step VALUES (?, ?, ?, ?, ?, ?, ?)")
      try query.bind(merge.merged)
      try query.bind(place)
      try query.bind(step.scope.description)
      try query.bind(step.record)
      try query.bind(step.register)
      try query.bind(step.before)
      try query.bind(step.after)
      try query.run()
    }
  }

  /// Remembers a merge, also one that somebody else has made.
  package func note(_ merged: RecordID, into keep: RecordID) throws {
    var query = try Query(database, "INSERT OR REPLACE INTO merged (record, keep) VALUES (?, ?)")
    try query.bind(merged)
    try query.bind(keep)
    try query.run()
  }

  /// It was taken back.
  package func forgetMerge(of merged: RecordID) throws {
    for sql in ["DELETE FROM merge_step WHERE merged = ?", "DELETE FROM merged WHERE record = ?"] {
      var query = try Query(database, sql)
      try query.bind(merged)
      try query.run()
    }
  }
}

// MARK: - What looks like one

extension ReplicaReading {
  /// The pairs that a person has judged to be two.
  package func keptApart() throws -> Set<RecordPair> {
    Set(
      try Query(database, "SELECT one, other FROM twin WHERE apart = 1").all {
        RecordPair(try $0.id(0), try $0.id(1))
      })
  }

  fileprivate func isTold(_ pair: RecordPair) throws -> Bool {
    var query = try Query(database, "SELECT 1 FROM twin WHERE one = ? AND other = ?")
    try query.bind(pair.first)
    try query.bind(pair.second)
    return try query.first { _ in true } ?? false
  }
}

extension ReplicaTransaction {
  fileprivate func save(_ pair: RecordPair, isApart: Bool) throws {
    var query = try Query(database, "INSERT OR REPLACE INTO twin (one, other, apart) VALUES (?, ?, ?)")
    try query.bind(pair.first)
    try query.bind(pair.second)
    try query.bind(isApart)
    try query.run()
  }
}

extension Replica {
  /// Of these pairs those that were not told yet. They are remembered as told, where the disk takes it.
  package func untold(_ pairs: [RecordPair]) throws -> [RecordPair] {
    let new = try read { reading in try pairs.filter { try !reading.isTold($0) } }
    guard !new.isEmpty else { return [] }
    _ = try writeIfPossible { transaction in
      for pair in new { try transaction.save(pair, isApart: false) }
    }
    return new
  }

  /// - Returns: whether it was different before.
  package func setApart(_ isApart: Bool, _ pair: RecordPair) throws -> Bool {
    guard try keptApart().contains(pair) != isApart else { return false }
    try write { try $0.save(pair, isApart: isApart) }
    return true
  }
}
