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

// MARK: - Queries

/// Base and overlay as one table.
private let everyRecord = """
  SELECT scope.name AS scope, record.id AS id, record.kind AS kind, record.state AS state, pending
  FROM (
    SELECT scope, id, kind, state, 1 AS pending FROM overlay
    UNION ALL
    SELECT scope, id, kind, state, 0 AS pending FROM base
    WHERE NOT EXISTS (SELECT 1 FROM overlay WHERE overlay.id = base.id AND overlay.scope = base.scope)
  ) AS record JOIN scope ON scope.number = record.scope
  """

private let overlayOfKind = "SELECT scope, state FROM overlay WHERE kind = ?"
private let baseOfKind = """
  SELECT scope, state FROM base
  WHERE NOT EXISTS (SELECT 1 FROM overlay WHERE overlay.id = base.id AND overlay.scope = base.scope) AND kind = ?
  """

/// Reading the whole table in its own order beats looking up most of its rows one by one.
private let baseOfKindScanned = baseOfKind.replacing("AND kind = ?", with: "AND +kind = ?")

extension ReplicaReading {
  private func view(_ query: Query, _ belonging: Belonging) throws -> RecordView {
    let scope = try query.scope(0)
    let state = try RecordState(decoding: query.blob(3))
    return RecordView(
      scope: scope, state: state, isPending: query.flag(4),
      isHidden: try belonging.hides(state, in: scope))
  }

  /// The records of a kind that `admits` lets through, deleted ones too, in the order they were made.
  ///
  /// - Parameters:
  ///   - account: Only this account's.
  ///   - admits: Asked before the rest of a record is read, with its registers and whether it is shown: neither deleted, nor
  ///     hidden with what it belongs to.
  package func records(
    ofKind kind: UInt32, account: RecordID? = nil,
    where admits: ((Registers, _ alive: Bool) throws -> Bool)? = nil
  ) throws -> [RecordView] {
    var only: Int64?
    if let account {
      guard let number = try number(of: kind, in: account) else { return [] }
      only = number
    }
    let scans = try only == nil && isMostOfBase(kind)
    var views: [RecordView] = []
    for (sql, isPending) in [(overlayOfKind, true), (scans ? baseOfKindScanned : baseOfKind, false)] {
      var query = try Query(database, sql + (only == nil ? "" : " AND scope = ?"))
      try query.bind(kind)
      if let only { try query.bind(only) }
      views += try self.views(query, isPending: isPending, where: admits, PlanModel.kind(kind))
    }
    return views.sorted { $0.id < $1.id }
  }

  private func views(
    _ query: Query, isPending: Bool, where admits: ((Registers, _ alive: Bool) throws -> Bool)?,
    _ kind: KindDescription?
  ) throws -> [RecordView] {
    let scopes = try scopeNames()
    let belonging = try belonging()
    var views: [RecordView] = []
    defer { query.reset() }
    while try query.step() {
      let encoded = query.blob(1)
      guard let scope = scopes[query.integer(0)] else { continue }
      if let admits {
        let isAdmitted = try self.admits(encoded) { body, alive in
          let isHidden = try belonging.hides(kind, in: scope) { body[$0] }
          return try admits(body, alive && !isHidden)
        }
        guard isAdmitted else { continue }
      }
      let state = try RecordState(decoding: encoded)
      views.append(
        RecordView(
          scope: scope, state: state, isPending: isPending, isHidden: try belonging.hides(state, in: scope)))
    }
    return views
  }

  /// Judges a stored record by its registers and life, without its stamps.
  private func admits(
    _ state: [UInt8], _ admits: (Registers, _ alive: Bool) throws -> Bool
  ) throws -> Bool {
    var reader = WireReader(state[...])
    var alive = false
    var body = Registers()
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch (tag.number, tag.type) {
      case (4, 0): alive = try reader.varint() != 0
      case (6, 2): body = try decodeBody(try reader.delimited()).content
      default: try reader.skip(tag)
      }
    }
    return try admits(body, alive)
  }

  func isMostOfBase(_ kind: UInt32) throws -> Bool {
    // Counting everything takes longer than reading a few: a thousand decide whether it is worth it.
    var query = try Query(
      database,
      """
      SELECT CASE WHEN (SELECT count(*) FROM (SELECT 1 FROM base WHERE kind = ? LIMIT 1000)) < 1000 THEN 0
        ELSE 2 * (SELECT count(*) FROM base WHERE kind = ?) > (SELECT count(*) FROM base) END
      """)
    try query.bind(kind)
    try query.bind(kind)
    return try query.first { $0.flag(0) } ?? false
  }

  /// The number of the scope in which an account's records of a kind are; nil when it is not held.
  func number(of kind: UInt32, in account: RecordID) throws -> Int64? {
    try heldScope(PlanModel.kind(kind)?.family == .finance ? .finance(account) : .plan(account))?.number
  }

  /// Every record with this id, in whatever scope.
  ///
  /// An id is one record's: the server gives none twice. But records of before it saw to that may share one, and a hostile
  /// server may send what it likes. Which of several is meant is never for this device to guess: who writes into the wrong
  /// account tells its readers what was meant for others.
  package func records(_ id: RecordID) throws -> [RecordView] {
    var query = try Query(database, everyRecord + " WHERE record.id = ? ORDER BY record.scope")
    try query.bind(id)
    let belonging = try belonging()
    return try query.all { try view($0, belonging) }
  }

  /// The record with this id in a scope; nil when it is not held there.
  package func record(_ id: RecordID, in scope: Scope) throws -> RecordView? {
    try records(id).first { $0.scope == scope }
  }

  /// The record that one in `scope` means by an id: of its own scope, else of its account, else of the directory, else the
  /// account of that id. What others have given the same id elsewhere is never meant.
  package func record(_ id: RecordID, from scope: Scope) throws -> RecordView? {
    let found = try records(id)
    let places = [scope] + (scope.account.map { [.plan($0), .finance($0)] } ?? []) + [.directory, .plan(id)]
    for place in places { if let view = found.first(where: { $0.scope == place }) { return view } }
    return nil
  }

  /// The records whose handle it is, deleted ones too; several when it is too short, or when an id is in several accounts.
  package func records(_ handle: Handle, kind: UInt32? = nil) throws -> [RecordView] {
    let ends = handle.lastBytes
    var query = try Query(
      database,
      "SELECT id FROM base WHERE substr(id, ?) = ? UNION SELECT id FROM overlay WHERE substr(id, ?) = ?")
    for _ in 0..<2 {
      try query.bind(-ends.count)
      try query.bind(ends)
    }
    return try query.all { try $0.id(0) }.filter(handle.matches).flatMap(records).filter {
      kind == nil || kind == $0.kind
    }
  }

  /// Handles for these ids, each as short as it can be without naming two records of this replica.
  package func handles(for ids: [RecordID]) throws -> [RecordID: Handle] {
    guard !ids.isEmpty else { return [:] }
    return Self.handles(for: ids, among: try alike(ids))
  }

  /// The ids here that have the shortest handle of one of these: few, so that the rest need not be looked up.
  private func alike(_ ids: [RecordID]) throws -> [RecordID] {
    let bits = Handle.lengthMinimum * 5
    let mask = UInt64(1) << UInt64(bits) - 1
    var wanted = [UInt64](repeating: 0, count: 1 << (bits - 6))
    for id in ids { wanted[Int(id.low & mask) >> 6] |= 1 << (id.low & 63) }
    var alike: Set<RecordID> = []
    // Only the index is read.
    for sql in ["SELECT id FROM base", "SELECT id FROM overlay"] {
      let query = try Query(database, sql)
      defer { query.reset() }
      while try query.step() {
        let id = try query.id(0)
        if wanted[Int(id.low & mask) >> 6] & (1 << (id.low & 63)) != 0 { alike.insert(id) }
      }
    }
    return Array(alike)
  }

  private static func handles(for ids: [RecordID], among all: [RecordID]) -> [RecordID: Handle] {
    var handles: [RecordID: Handle] = [:]
    handles.reserveCapacity(ids.count)
    var open = ids
    for length in Handle.lengthMinimum...Handle.lengthMaximum where !open.isEmpty {
      var counts: [UInt64: Int] = [:]
      for id in open {
        let handle = Handle(of: id, length: length)
        handles[id] = handle
        counts[handle.bits] = 0
      }
      for id in all {
        let bits = Handle(of: id, length: length).bits
        if let count = counts[bits] { counts[bits] = count + 1 }
      }
      open = open.filter { counts[Handle(of: $0, length: length).bits] ?? 0 > 1 }
    }
    return handles
  }

  /// The registers of a record whose value here is not the server's yet, register 0 included.
  package func pendingRegisters(of view: RecordView) throws -> [UInt32] {
    guard let held = try heldScope(view.scope) else { return [] }
    let base = try base(view.id, in: held.number)
    return view.state.stamps.entries.filter { base?.stamps[$0.register] != $0.stamp }.map(\.register)
  }

  package func count() throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM base") ?? 0
  }

  /// The records of the last list that was printed, by line.
  func listed() throws -> [RecordID] {
    try Query(database, "SELECT id FROM listed ORDER BY line").all { try $0.id(0) }
  }

  /// The record that was on this line of the last list, counted from 1.
  package func listed(line: Int) throws -> RecordID? {
    var query = try Query(database, "SELECT id FROM listed WHERE line = ?")
    try query.bind(line)
    return try query.first { try $0.id(0) }
  }
}

extension ReplicaTransaction {
  /// Lets the lines of a list that is printed stand for its records.
  func save(listed ids: [RecordID]) throws {
    try database.execute(sql: "DELETE FROM listed")
    for (line, id) in ids.enumerated() {
      var query = try Query(database, "INSERT INTO listed (line, id) VALUES (?, ?)")
      try query.bind(line + 1)
      try query.bind(id)
      try query.run()
    }
  }
}

extension Replica {
  private static let listedMax = 1_000

  /// Lets the lines of a list that is printed stand for its records.
  ///
  /// - Returns: false when the disk takes nothing: a line still means what it meant in the list before.
  package func remember(listed ids: [RecordID]) throws -> Bool {
    let ids = Array(ids.prefix(Self.listedMax))
    // A list that is printed again need not wait for the disk.
    guard try read({ try $0.listed() }) != ids else { return true }
    return try writeIfPossible { try $0.save(listed: ids) }
  }
}
