import GRDB
import PlanModel
import SQLiteQuery

/// A file that was brought in on this device.
package struct ImportSummary: Equatable, Sendable {
  /// Counted from 1 on this device.
  package let number: Int64
  /// By this device's clock, Unix milliseconds.
  package let at: Int64
  package let file: String
  /// How many records it made, changed or replaced.
  package let changeCount: Int
  /// When it was taken back; nil: it stands.
  package let undone: Int64?
  /// How many records that left alone, because somebody had edited them: with any, it is taken back in part.
  package let leftAloneCount: Int
}

/// What an import did to a record: enough to take it back as long as nobody has edited it since.
package struct ImportedChange: Equatable, Sendable {
  package let scope: Scope
  package let record: RecordID
  package let isMade: Bool
  /// The event that the record took the place of.
  package let replaced: RecordID?
  /// The registers that it changed, as they were; a register that was empty is missing.
  package let before: Registers
  /// The registers that it wrote, as it wrote them.
  package let after: Registers

  package init(
    scope: Scope, record: RecordID, isMade: Bool, replaced: RecordID? = nil, before: Registers,
    after: Registers
  ) {
    self.scope = scope
    self.record = record
    self.isMade = isMade
    self.replaced = replaced
    self.before = before
    self.after = after
  }
}

extension ReplicaReading {
  /// The imports of this device, the last one first.
  package func imports() throws -> [ImportSummary] {
    let query = try Query(
      database,
      """
      SELECT number, at_ms, file, (SELECT coalesce(sum(count), 0) FROM import_part WHERE import = number), undone_ms,
        left_alone
      FROM import ORDER BY number DESC
      """)
    return try query.all { row in
      ImportSummary(
        number: row.integer(0), at: row.integer(1), file: row.text(2), changeCount: Int(row.integer(3)),
        undone: row.integer(4) == 0 ? nil : row.integer(4), leftAloneCount: Int(row.integer(5)))
    }
  }

  /// What an import did, the last change first.
  package func changes(ofImport number: Int64) throws -> [ImportedChange] {
    var query = try Query(database, "SELECT changes FROM import_part WHERE import = ? ORDER BY part")
    try query.bind(number)
    return try query.all { try ImportedChange.all(in: $0.blob(0)) }.flatMap { $0 }.reversed()
  }
}

extension ReplicaTransaction {
  /// Imports are remembered so long; their values take room.
  private static let importsMax = 50

  /// Opens an entry in the list of imports.
  ///
  /// - Returns: its number.
  package func beginImport(of file: String, now: Int64) throws -> Int64 {
    var insert = try Query(database, "INSERT INTO import (at_ms, file) VALUES (?, ?)")
    try insert.bind(now)
    try insert.bind(file)
    try insert.run()
    let number = database.lastInsertedRowID
    var forget = try Query(database, "DELETE FROM import WHERE number <= ?")
    try forget.bind(number - Int64(Self.importsMax))
    try forget.run()
    return number
  }

  /// Notes what an import is about to do. It comes before the edits themselves: what was noted and not done is harmless,
  /// what was done and not noted could not be taken back.
  package func note(_ changes: [ImportedChange], ofImport number: Int64) throws {
    guard !changes.isEmpty else { return }
    var insert = try Query(database, "INSERT INTO import_part (import, count, changes) VALUES (?, ?, ?)")
    try insert.bind(number)
    try insert.bind(changes.count)
    try insert.bind(changes.flatMap(\.encoded))
    try insert.run()
  }

  package func markUndone(import number: Int64, leavingAlone leftAloneCount: Int, now: Int64) throws {
    var query = try Query(database, "UPDATE import SET undone_ms = ?, left_alone = ? WHERE number = ?")
    try query.bind(now)
    try query.bind(leftAloneCount)
    try query.bind(number)
    try query.run()
  }
}

// MARK: - As bytes

/// A message of its own in the local database: 1 scope, 2 record, 3 made, 4 replaced, 5 before, 6 after.
extension ImportedChange {
  fileprivate var encoded: [UInt8] {
    var content = WireWriter()
    content.delimited(field: 1, Array(scope.description.utf8))
    content.delimited(field: 2, Array(record.description.utf8))
    if isMade { content.varint(field: 3, 1) }
    if let replaced { content.delimited(field: 4, Array(replaced.description.utf8)) }
    content.delimited(field: 5, before.bytes)
    content.delimited(field: 6, after.bytes)
    var message = WireWriter()
    message.delimited(field: 1, content.bytes)
    return message.bytes
  }

  fileprivate static func all(in bytes: [UInt8]) throws -> [ImportedChange] {
    var reader = WireReader(bytes[...])
    var changes: [ImportedChange] = []
    while !reader.isAtEnd {
      _ = try reader.tag()
      if let change = try ImportedChange(encoded: try reader.delimited()) { changes.append(change) }
    }
    return changes
  }

  private init?(encoded: ArraySlice<UInt8>) throws {
    var reader = WireReader(encoded)
    var fields: [UInt32: ArraySlice<UInt8>] = [:]
    var isMade = false
    while !reader.isAtEnd {
      let tag = try reader.tag()
      if tag.number == 3 {
        isMade = try reader.varint() == 1
      } else {
        fields[tag.number] = try reader.delimited()
      }
    }
    guard let scope = fields[1].flatMap({ Scope(String(decoding: $0, as: UTF8.self)) }),
      let record = fields[2].flatMap({ RecordID(utf8: $0) })
    else { return nil }
    self.init(
      scope: scope, record: record, isMade: isMade, replaced: fields[4].flatMap { RecordID(utf8: $0) },
      before: try Registers(Array(fields[5] ?? [])), after: try Registers(Array(fields[6] ?? [])))
  }
}

extension ReplicaTransaction {
  /// The notes of what an import wrote into a scope leave the device with the scope.
  func forgetImports(into scope: Scope) throws {
    let query = try Query(database, "SELECT part, changes FROM import_part")
    let parts = try query.all { (part: $0.integer(0), changes: try ImportedChange.all(in: $0.blob(1))) }
    for part in parts where part.changes.contains(where: { $0.scope == scope }) {
      let kept = part.changes.filter { $0.scope != scope }
      var update = try Query(database, "UPDATE import_part SET count = ?, changes = ? WHERE part = ?")
      try update.bind(kept.count)
      try update.bind(kept.flatMap(\.encoded))
      try update.bind(part.part)
      try update.run()
    }
  }
}
