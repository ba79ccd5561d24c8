import GRDB
import PlanModel
import SQLiteQuery
import SyncCore

/// The last list that was printed: its lines stand for records.
extension ReplicaReading {
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
