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
    var found: [UInt32: [RecordState]] = [:]
    try reading.records(in: row.number) { state in
      let bucket = UInt32(state.id.lastByte)
      if wanted.contains(bucket) { found[bucket, default: []].append(state) }
    }
    var response = WireFetchRecordsResponse()
    response.head = row.head
    var bytes = 0
    for bucket in wanted.sorted() {
      guard bytes < Limits.pageBytesMax else {
        response.remaining.append(bucket)
        continue
      }
      for state in (found[bucket] ?? []).sorted(by: { $0.id < $1.id }) {
        let encoded = state.encoded
        bytes += encoded.count
        response.records.append(Data(encoded))
      }
    }
    return response
  }

  private static func readable(
    _ scope: Scope, _ author: Author, _ reading: any CanonicalReading
  ) throws -> ScopeRow? {
    guard try reading.standing(of: author.user, in: scope).mayRead(scope.family) else { return nil }
    return try reading.scope(scope)
  }
}
