import PlanModel
import SQLiteQuery
import SyncCore

/// The short names of records.
extension ReplicaReading {
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
}
