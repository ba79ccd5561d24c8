import GRDB
import PlanModel
import SQLiteQuery
import SyncCore

/// A record as its person sees it: the server's, with the edits that wait applied.
package struct RecordView: Equatable, Sendable {
  package let scope: Scope
  package let state: RecordState
  /// Edits of this replica wait to be synced.
  package let isPending: Bool
  /// What it belongs to is deleted.
  package let isHidden: Bool

  package init(scope: Scope, state: RecordState, isPending: Bool, isHidden: Bool = false) {
    self.scope = scope
    self.state = state
    self.isPending = isPending
    self.isHidden = isHidden
  }

  /// Neither deleted itself, nor hidden with what it belongs to.
  package var isShown: Bool { state.alive && !isHidden }

  /// A record that is about to be made.
  package init(provisional id: RecordID, kind: UInt32, body: Registers, in scope: Scope) {
    let write = RecordWrite(set: body, clear: [], alive: nil, base: RecordStamps())
    state = merge(write, stamp: Stamp(hlc: 0, replica: 0), into: nil, id: id, kind: kind).state
    self.scope = scope
    isPending = true
    isHidden = false
  }

  package var id: RecordID { state.id }
  package var kind: UInt32 { state.kind }
}

/// A record's waiting edits, applied.
struct OverlayRow {
  let scope: Int64
  var firstEdit: Int64
  var lastEdit: Int64
  var state: RecordState
}

/// A record as a person sees it before an edit.
struct StandingRecord {
  /// Its edits that wait already.
  let overlay: OverlayRow?
  /// nil when there is none.
  let state: RecordState?
}

// MARK: - One record

extension ReplicaReading {
  func standing(_ id: RecordID, in scope: Int64) throws -> StandingRecord {
    if let row = try overlay(id, in: scope) {
      return StandingRecord(overlay: row, state: row.state)
    }
    return StandingRecord(overlay: nil, state: try base(id, in: scope))
  }

  func base(_ id: RecordID, in scope: Int64) throws -> RecordState? {
    var query = try Query(database, "SELECT state FROM base WHERE id = ? AND scope = ?")
    try query.bind(id)
    try query.bind(scope)
    return try query.first { try RecordState(decoding: $0.blob(0)) }
  }

  /// Nil also when what is there is damaged.
  func readableBase(_ id: RecordID, in scope: Int64) throws -> RecordState? {
    do {
      return try base(id, in: scope)
    } catch is WireError {
      return nil
    }
  }

  func overlay(_ id: RecordID, in scope: Int64) throws -> OverlayRow? {
    var query = try Query(
      database, "SELECT scope, first_edit, last_edit, state FROM overlay WHERE id = ? AND scope = ?")
    try query.bind(id)
    try query.bind(scope)
    return try query.first(Self.overlayRow)
  }

  /// Every overlay, in no order.
  func overlays() throws -> [OverlayRow] {
    try Query(database, "SELECT scope, first_edit, last_edit, state FROM overlay").all(Self.overlayRow)
  }

  /// A kind's records of one scope, deleted ones too: a record of which edits wait comes twice, as it is shown the second
  /// time.
  func states(ofKind kind: UInt32, in scope: Int64) throws -> [RecordState] {
    try [
      "SELECT state FROM base WHERE kind = ? AND scope = ?",
      "SELECT state FROM overlay WHERE kind = ? AND scope = ?",
    ].flatMap { selection in
      var query = try Query(database, selection)
      try query.bind(kind)
      try query.bind(scope)
      return try query.all { try RecordState(decoding: $0.blob(0)) }
    }
  }

  private static func overlayRow(_ query: Query) throws -> OverlayRow {
    OverlayRow(
      scope: query.integer(0), firstEdit: query.integer(1), lastEdit: query.integer(2),
      state: try RecordState(decoding: query.blob(3)))
  }
}

extension ReplicaTransaction {
  func save(_ row: OverlayRow) throws {
    var query = try Query(
      database,
      """
      INSERT OR REPLACE INTO overlay (scope, id, kind, first_edit, last_edit, state, gone)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """
    )
    try query.bind(row.scope)
    try query.bind(row.state.id)
    try query.bind(row.state.kind)
    try query.bind(row.firstEdit)
    try query.bind(row.lastEdit)
    try query.bind(row.state.encoded)
    try query.bind(!row.state.alive)
    try query.run()
  }

  func deleteOverlay(_ id: RecordID, in scope: Int64) throws {
    var query = try Query(database, "DELETE FROM overlay WHERE id = ? AND scope = ?")
    try query.bind(id)
    try query.bind(scope)
    try query.run()
  }

  func awaitRecord(_ id: RecordID, in scope: Int64) throws {
    var query = try Query(database, "INSERT OR IGNORE INTO awaited (scope, id) VALUES (?, ?)")
    try query.bind(scope)
    try query.bind(id)
    try query.run()
  }

  func saveBase(_ state: RecordState, encoded: [UInt8], in scope: Int64) throws {
    var query = try Query(
      database,
      "INSERT OR REPLACE INTO base (scope, id, kind, state, gone) VALUES (?, ?, ?, ?, ?)")
    try query.bind(scope)
    try query.bind(state.id)
    try query.bind(state.kind)
    try query.bind(encoded)
    try query.bind(!state.alive)
    try query.run()
  }
}
