import PlanModel
import ProtocolMessages
import SyncCore

/// Where a sync stands, what it is told and what it asks for.
extension SyncSession {
  package enum State: Equatable, Sendable {
    case idle
    case exchanging(request: Int)
    /// The replica was copied; it asks for a number of its own.
    case renumbering(request: Int)
    /// A scope's digest differed; its buckets are compared, then fetched.
    case comparing(request: Int, Scope)
    case fetching(request: Int, Scope, buckets: [UInt32])
    case finished
  }

  package enum Event: Sendable {
    case begin
    /// Times are this device's wall clock, Unix milliseconds.
    case answered(request: Int, WireSyncResponse, sent: Int64, received: Int64)
    case renumbered(request: Int, WireNewReplicaResponse)
    case compared(request: Int, WireDigestsResponse)
    case fetched(request: Int, WireFetchRecordsResponse)
    /// The open request, or its answer, did not get through the line.
    case failed
  }

  package enum Effect: Sendable {
    case sync(request: Int, WireSyncRequest)
    /// The answer to the request that was sent ahead is wanted as this one's.
    case awaitAhead(request: Int)
    case newReplica(request: Int)
    case digests(request: Int, WireDigestsRequest)
    case fetchRecords(request: Int, WireFetchRecordsRequest)
    case finish(SyncReport)
  }
}
