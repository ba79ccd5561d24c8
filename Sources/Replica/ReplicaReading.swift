import GRDB
import PlanModel
import SQLiteQuery
import SyncCore

/// What a replica holds, seen at one moment: all answers come from one snapshot.
///
/// It lives within the body of ``Replica/read(_:)`` or ``Replica/write(_:)`` and must not leave it.
package class ReplicaReading {
  let database: Database
  let settings: ReplicaSettings
  private var derived = Derived(changes: 0)

  init(_ database: Database, _ settings: ReplicaSettings) {
    self.database = database
    self.settings = settings
  }

  /// Answers that several questions of one transaction need, and that take a look at a whole table.
  private struct Derived {
    /// How many rows the connection had changed when it was looked up.
    let changes: Int
    var belonging: Belonging?
    var scopeNames: [Int64: Scope]?
  }

  /// Which records are hidden with what they belong to.
  func belonging() throws -> Belonging { try remembered(\.belonging) { try Belonging(self) } }

  /// The scopes that are held, by number.
  func scopeNames() throws -> [Int64: Scope] {
    try remembered(\.scopeNames) {
      let rows = try Query(database, "SELECT number, name FROM scope").all {
        (number: $0.integer(0), scope: try $0.scope(1))
      }
      return Dictionary(uniqueKeysWithValues: rows.map { ($0.number, $0.scope) })
    }
  }

  /// Looks something up once for as long as nothing is written.
  private func remembered<Value>(
    _ place: WritableKeyPath<Derived, Value?>, _ lookUp: () throws -> Value
  ) rethrows -> Value {
    let changes = database.totalChangesCount
    if derived.changes != changes { derived = Derived(changes: changes) }
    if let known = derived[keyPath: place] { return known }
    let found = try lookUp()
    derived[keyPath: place] = found
    return found
  }

  /// After something was taken back, which the connection does not count as a change.
  fileprivate func forgetDerived() { derived = Derived(changes: database.totalChangesCount) }
}

/// Reads and writes of one transaction: all of it happens, or nothing. It sees what it has written.
package final class ReplicaTransaction: ReplicaReading {
  /// What is written within is kept when `body` says so, and taken back when it throws or says not to.
  func savepoint(_ body: () throws -> Database.TransactionCompletion) throws {
    var isKept = false
    defer { if !isKept { forgetDerived() } }
    try database.inSavepoint {
      let completion = try body()
      isKept = completion == .commit
      return completion
    }
  }
}

/// What a replica is opened with, the same for all its transactions.
struct ReplicaSettings: Sendable {
  /// Of its file; nil in memory.
  var path: String?
  var faults: ReplicaFaults = []
  /// For how long edits are kept to be shown once they are in a backup, milliseconds.
  var outboxKept = Limits.outboxKeptMilliseconds
  /// How many bytes of answers wait at most until the last one of a checkpoint has come.
  var stagedBytesMax = Replica.stagedBytesMax

  /// The same of a copy that has no file.
  var ofCopy: ReplicaSettings {
    var copied = self
    copied.path = nil
    return copied
  }
}
