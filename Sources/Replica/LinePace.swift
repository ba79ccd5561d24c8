import PlanModel
import SyncCore

/// How much this device's line carries at a time: edits sent in one request, and records asked for in one answer.
///
/// After a request that does not get through, the replica asks for an eighth; after a slow one for a half, after a quick one
/// for the double. It remembers the size that worked, so that a sync on a bad line begins where the last one ended, and each
/// attempt brings it nearer.
package struct LinePace: Equatable, Sendable {
  /// Edits in one request at most.
  package private(set) var edits: Int
  /// Records in one answer at most; 0 leaves it to the server.
  package private(set) var records: Int
  /// Where nothing on the line is the limit.
  private let editsMax: Int
  private let recordsMax: Int

  /// An exchange that takes longer than this is made smaller: so much is lost when the line breaks.
  private static let slowMilliseconds: Int64 = 20_000
  private static let quickMilliseconds: Int64 = 4_000

  package init(editsMax: Int, recordsMax: UInt32 = 0) {
    self.editsMax = editsMax
    self.recordsMax = recordsMax == 0 ? Limits.pageRecordsMax : Int(recordsMax)
    edits = editsMax
    records = self.recordsMax
  }

  /// Begins where another sync ended; 0 means no limit.
  package mutating func remember(edits: Int, records: Int) {
    if edits > 0 { self.edits = min(edits, editsMax) }
    if records > 0 { self.records = min(records, recordsMax) }
  }

  /// What to remember; 0 means no limit.
  package var kept: (edits: Int, records: Int) {
    (edits < editsMax ? edits : 0, records < recordsMax ? records : 0)
  }

  /// Bytes of edits in one request at most: in the same proportion.
  var pushBytes: Int { max(4_096, Limits.pushBytesMax / max(1, editsMax) * edits) }

  /// Whether less can be asked for.
  package var canShrink: Bool { edits > 1 || records > 1 }

  /// It did not get through. That takes a minute to be seen, so that much less is asked for next: what is too little is
  /// doubled within seconds.
  package mutating func fail() {
    edits = max(1, edits / 8)
    records = max(1, records / 8)
  }

  /// It got through.
  ///
  /// - Parameter milliseconds: From the first byte sent to the last one received.
  package mutating func pass(milliseconds: Int64, sent: Int, received: Int) {
    if milliseconds > Self.slowMilliseconds {
      if sent > 1 { edits = max(1, min(edits, sent) / 2) }
      if received > 1 { records = max(1, min(records, received) / 2) }
    } else if milliseconds < Self.quickMilliseconds {
      if sent >= edits { edits = min(editsMax, edits * 2) }
      if received >= records { records = min(recordsMax, records * 2) }
    }
  }
}
