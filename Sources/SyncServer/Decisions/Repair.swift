import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Shows a replica which part of a scope differs, and sends it that part again.
package enum Repair {
  /// - Returns: nil when the person may not read the scope, or there is none.
  package static func digests(
    of scope: Scope, by author: Author, from reading: any CanonicalReading
  ) throws -> WireDigestsResponse? {
    guard let row = try readable(scope, author, reading) else { return nil }
    var buckets = [ScopeDigest](repeating: ScopeDigest(), count: 256)
    try reading.records(in: row.number) { buckets[Int($0.id.lastByte)].add($0) }
    return .with {
      $0.head = row.head
      $0.buckets = buckets.map { bucket in
        .with {
          $0.live = bucket.live
          $0.sum = Data(bucket.sumBytes)
        }
      }
    }
  }

  /// - Returns: nil when the person may not read the scope, or there is none.
  package static func records(
    of scope: Scope, buckets: [UInt32], by author: Author, from reading: any CanonicalReading
  ) throws -> WireFetchRecordsResponse? {
    guard let row = try readable(scope, author, reading) else { return nil }
    let wanted = Set(buckets)
    // The author of an id chooses its bucket: how long each is must be known before anything of it is held.
    var bytes: [UInt32: Int] = [:]
    try reading.records(in: row.number, after: 0) { id, _, encoded in
      bytes[UInt32(id.lastByte), default: 0] += encoded.count
      return true
    }
    var response = WireFetchRecordsResponse()
    response.head = row.head
    var bytesLeft = Limits.pageBytesMax
    var fitting: Set<UInt32> = []
    for bucket in wanted.sorted() {
      let size = bytes[bucket] ?? 0
      if size <= bytesLeft {
        bytesLeft -= size
        fitting.insert(bucket)
      } else {
        response.remaining.append(bucket)
      }
    }
    var found: [(id: RecordID, encoded: [UInt8])] = []
    try reading.records(in: row.number, after: 0) { id, _, encoded in
      if fitting.contains(UInt32(id.lastByte)) { found.append((id, encoded)) }
      return true
    }
    found.sort { ($0.id.lastByte, $0.id) < ($1.id.lastByte, $1.id) }
    response.records = found.map { Data($0.encoded) }
    return response
  }

  private static func readable(
    _ scope: Scope, _ author: Author, _ reading: any CanonicalReading
  ) throws -> ScopeRow? {
    guard try reading.standing(of: author.user, in: scope).mayRead(scope.family) else { return nil }
    return try reading.scope(scope)
  }
}
