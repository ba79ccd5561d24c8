import GRDB
import PlanModel
import SQLiteQuery
import SyncCore

extension RecordView: PlanRecord {
  package var account: RecordID? { scope.account }
  package func encoded(_ register: UInt32) -> ArraySlice<UInt8>? { state.body[register] }
  package func forEachRegister(_ body: (UInt32, ArraySlice<UInt8>) -> Void) {
    for field in state.body.fields { body(field.number, state.body.bytes[field.start..<field.end]) }
  }
  package var recordedAt: Int64 { first.milliseconds }
  package var author: UInt32 { first.replica }

  private var first: Stamp { state.stamps.entries.lazy.map(\.stamp).min() ?? Stamp(hlc: 0, replica: 0) }
}

/// A record as it lies in the file: nothing of it is taken apart before somebody asks.
///
/// For what reads a hundred thousand of them; others read ``RecordView``.
package struct StoredRecord: PlanRecord {
  package let id: RecordID
  package let account: RecordID?
  package let kind: UInt32
  /// Of the record's last change within its scope; 0 while only this replica has it.
  package let sequence: UInt64
  package let isAlive: Bool
  private let first: Stamp
  /// Its registers as bytes.
  package let body: ArraySlice<UInt8>

  package var recordedAt: Int64 { first.milliseconds }
  package var author: UInt32 { first.replica }

  /// - Returns: nil for a deleted record, unless such are asked for.
  fileprivate init?(
    id: RecordID, account: RecordID?, kind: UInt32, state: [UInt8], deletedToo: Bool
  ) throws(WireError) {
    var isAlive = false
    var sequence: UInt64 = 0
    var first: Stamp?
    var body: ArraySlice<UInt8> = []
    var reader = WireReader(state[...])
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch (tag.number, tag.type) {
      case (3, 0): sequence = try reader.varint()
      case (4, 0): isAlive = try reader.varint() != 0
      case (5, 2):
        // Groups come by ascending stamp: the first is the oldest.
        let group = try reader.delimited()
        if first == nil { first = try RecordStamps.stamp(ofGroup: group) }
      case (6, 2):
        var outer = WireReader(try reader.delimited())
        if !outer.isAtEnd, try outer.tag().type == 2 { body = try outer.delimited() }
      default: try reader.skip(tag)
      }
    }
    guard isAlive || deletedToo else { return nil }
    self.isAlive = isAlive
    self.id = id
    self.account = account
    self.kind = kind
    self.sequence = sequence
    self.first = first ?? Stamp(hlc: 0, replica: 0)
    self.body = body
  }

  package func encoded(_ register: UInt32) -> ArraySlice<UInt8>? {
    var reader = WireReader(body)
    while !reader.isAtEnd {
      let start = reader.position
      guard let tag = try? reader.tag(), (try? reader.skip(tag)) != nil else { return nil }
      if tag.number == register { return body[start..<reader.position] }
      // Fields ascend.
      if tag.number > register { return nil }
    }
    return nil
  }

  package func forEachRegister(_ visit: (UInt32, ArraySlice<UInt8>) -> Void) {
    var reader = WireReader(body)
    while !reader.isAtEnd {
      let start = reader.position
      guard let tag = try? reader.tag(), (try? reader.skip(tag)) != nil else { return }
      visit(tag.number, body[start..<reader.position])
    }
  }
}

extension ReplicaReading {
  /// Hands over the records of these kinds that are shown, kind after kind.
  ///
  /// - Parameters:
  ///   - account: Only this account's; the directory's kinds are read whole.
  ///   - syncedOnly: As the server has them, without the edits that wait.
  ///   - deletedToo: Those that are deleted themselves, too.
  package func forEachRecord(
    ofKinds kinds: [UInt32], account: RecordID? = nil, syncedOnly: Bool = false,
    deletedToo: Bool = false, _ body: (StoredRecord) throws -> Void
  ) throws {
    for kind in kinds {
      var only: Int64?
      if let account, PlanModel.kind(kind)?.family != .directory {
        guard let number = try number(of: kind, in: account) else { continue }
        only = number
      }
      for sql in try livingRecords(kind, isOneScope: only != nil, syncedOnly: syncedOnly) {
        var query = try Query(database, sql)
        try query.bind(kind)
        if let only { try query.bind(only) }
        try forEachShown(query, kind, deletedToo: deletedToo, body)
      }
    }
  }

  private func forEachShown(
    _ query: Query, _ kind: UInt32, deletedToo: Bool, _ body: (StoredRecord) throws -> Void
  ) throws {
    let scopes = try scopeNames()
    let belonging = try belonging()
    let description = PlanModel.kind(kind)
    defer { query.reset() }
    while try query.step() {
      guard let scope = scopes[query.integer(0)],
        let record = try StoredRecord(
          id: query.id(1), account: scope.account, kind: kind, state: query.blob(2), deletedToo: deletedToo)
      else { continue }
      if try belonging.hides(description, in: scope, record.encoded) { continue }
      try body(record)
    }
  }

  private func livingRecords(_ kind: UInt32, isOneScope: Bool, syncedOnly: Bool) throws -> [String] {
    let scope = isOneScope ? " AND scope = ?" : ""
    // Reading the whole table in its own order beats looking up most of its rows one by one.
    let scans = try !isOneScope && isMostOfBase(kind)
    func base(_ sql: String) -> String {
      (scans ? sql.replacing("kind = ?", with: "+kind = ?") : sql) + scope
    }
    return syncedOnly ? [base(Self.synced)] : [Self.waiting + scope, base(Self.notWaiting)]
  }

  private static let synced = "SELECT scope, id, state FROM base WHERE kind = ?"
  private static let waiting = "SELECT scope, id, state FROM overlay WHERE kind = ?"
  private static let notWaiting = """
    SELECT scope, id, state FROM base
    WHERE NOT EXISTS (SELECT 1 FROM overlay WHERE overlay.id = base.id AND overlay.scope = base.scope)
      AND kind = ?
    """
}
