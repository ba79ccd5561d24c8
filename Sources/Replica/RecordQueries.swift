import GRDB
import PlanModel
import SQLiteQuery
import SyncCore

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
  /// account of that id. Records of the same id elsewhere are never meant.
  package func record(_ id: RecordID, from scope: Scope) throws -> RecordView? {
    let found = try records(id)
    let places = [scope] + (scope.account.map { [.plan($0), .finance($0)] } ?? []) + [.directory, .plan(id)]
    for place in places { if let view = found.first(where: { $0.scope == place }) { return view } }
    return nil
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
}
