import GRDB
import GRDBSQLite
import PlanModel

/// A prepared statement of GRDB's cache, bound and stepped directly.
///
/// Both databases run a handful of statements ten thousand times in a row; going through GRDB's typed arguments
/// and rows costs several times what SQLite itself does.
package struct Query {
  private let handle: OpaquePointer
  private let connection: OpaquePointer?
  private var nextParameter: Int32 = 1

  /// Starts over a cached statement. One query of a given text can run at a time.
  package init(_ database: Database, _ sql: String) throws {
    handle = try database.cachedStatement(sql: sql).sqliteStatement
    connection = database.sqliteConnection
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  // MARK: - Binding, in order

  package mutating func bind(_ value: Int64) throws {
    try check(sqlite3_bind_int64(handle, advance(), value))
  }
  package mutating func bind(_ value: UInt64) throws { try bind(Int64(bitPattern: value)) }
  package mutating func bind(optional value: UInt64?) throws {
    guard let value else { return try bind(nil as [UInt8]?) }
    try bind(value)
  }
  package mutating func bind(_ value: UInt32) throws { try bind(Int64(value)) }
  package mutating func bind(_ value: Int) throws { try bind(Int64(value)) }
  package mutating func bind(_ value: Bool) throws { try bind(Int64(value ? 1 : 0)) }

  /// With its length: without one, SQLite would end the text at its first NUL.
  package mutating func bind(_ value: String) throws {
    let place = advance()
    var value = value
    try check(
      value.withUTF8 { bytes in
        // Without a pointer, SQLite binds NULL.
        guard let start = bytes.baseAddress else { return sqlite3_bind_text(handle, place, "", 0, transient) }
        return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
          sqlite3_bind_text(handle, place, $0, Int32(bytes.count), transient)
        }
      })
  }

  package mutating func bind(_ value: [UInt8]?) throws {
    guard let value else { return try check(sqlite3_bind_null(handle, advance())) }
    // A zero-length blob needs a non-null pointer, or SQLite binds NULL.
    guard !value.isEmpty else { return try check(sqlite3_bind_zeroblob(handle, advance(), 0)) }
    let place = advance()
    try check(
      value.withUnsafeBytes { sqlite3_bind_blob(handle, place, $0.baseAddress, Int32($0.count), transient) })
  }

  package mutating func bind(_ id: RecordID) throws {
    var bytes = (id.high.bigEndian, id.low.bigEndian)
    let place = advance()
    try check(withUnsafeBytes(of: &bytes) { sqlite3_bind_blob(handle, place, $0.baseAddress, 16, transient) })
  }

  private mutating func advance() -> Int32 {
    defer { nextParameter += 1 }
    return nextParameter
  }

  // MARK: - Running

  /// - Returns: whether there is a row.
  package func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    case let code:
      sqlite3_reset(handle)
      throw failure(code)
    }
  }

  package func run() throws { while try step() {} }

  /// The first row, read by `body`; the statement is free again afterwards.
  package func first<Value>(_ body: (Query) throws -> Value) throws -> Value? {
    guard try step() else { return nil }
    defer { sqlite3_reset(handle) }
    return try body(self)
  }

  package func all<Value>(_ body: (Query) throws -> Value) throws -> [Value] {
    var rows: [Value] = []
    defer { sqlite3_reset(handle) }
    while try step() { rows.append(try body(self)) }
    return rows
  }

  package func reset() { sqlite3_reset(handle) }

  // MARK: - Columns

  package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  package func unsigned(_ column: Int32) -> UInt64 { UInt64(bitPattern: integer(column)) }
  package func optionalUnsigned(_ column: Int32) -> UInt64? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : unsigned(column)
  }
  package func number(_ column: Int32) -> UInt32 { UInt32(truncatingIfNeeded: integer(column)) }
  package func flag(_ column: Int32) -> Bool { integer(column) != 0 }

  package func text(_ column: Int32) -> String {
    guard let start = sqlite3_column_text(handle, column) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  package func blob(_ column: Int32) -> [UInt8] {
    let count = Int(sqlite3_column_bytes(handle, column))
    guard count > 0, let start = sqlite3_column_blob(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  package func optionalBlob(_ column: Int32) -> [UInt8]? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : blob(column)
  }

  package func id(_ column: Int32) throws -> RecordID {
    guard sqlite3_column_bytes(handle, column) == 16, let start = sqlite3_column_blob(handle, column) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an id of other than 16 bytes")
    }
    let bytes = UnsafeRawBufferPointer(start: start, count: 16)
    return RecordID(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw failure(code) }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code), message: connection.map { String(cString: sqlite3_errmsg($0)) })
  }
}

/// SQLite copies what is bound before the call returns.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
