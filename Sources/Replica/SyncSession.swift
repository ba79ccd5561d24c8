import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// One sync from beginning to end, as a value: events go in, what is to be done comes out. It performs nothing itself.
///
/// `exchanging → (more? exchanging …) → committed → digests equal? → (waiting edits? exchanging) → finished`, with
/// `renumbering` for a copied replica and `repairing` for a digest that differs.
package struct SyncSession: Sendable {
  private let replica: Replica
  package private(set) var state = State.idle
  private var nextRequest = 1
  private var report = SyncReport()
  /// The last exchange; an answer that finds the replica elsewhere was overtaken by another process.
  private var openRequest = WireSyncRequest()
  /// The edits after those of the open request.
  private var prepared: [WireMutation]?
  /// What was sent before the answer to the open request was committed.
  private var ahead: WireSyncRequest?
  /// Edits from this number on were sent in this sync and have to wait: they go again with the next.
  private var editsBefore = UInt64.max
  /// The most exact look at the server's clock in this sync.
  private var clock: ClockReading?
  private var repairsLeft = 3
  /// A server that wants the same edits again and again is broken; stop rather than spin.
  private var exchangesLeft = 10_000
  private var renumberingsLeft = 2
  private var pace: LinePace
  /// How often less may be asked for before this sync gives up.
  private var shrinkingsLeft = 16

  /// Edits in one request; less than a server takes, so that it works on some while this replica writes the results of
  /// those before.
  package static let editsAtOnce = Limits.mutationsPerRequestMax * 2 / 5
  /// Half as many in the first: until that is there, the server has nothing to do.
  package static let editsFirst = editsAtOnce / 2

  /// - Parameters:
  ///   - pageRecordsMax: 0 leaves the size of pages to the server.
  ///   - editsMax: Edits in one request at most.
  package init(_ replica: Replica, pageRecordsMax: UInt32 = 0, editsMax: Int = editsAtOnce) {
    self.replica = replica
    pace = LinePace(editsMax: editsMax, recordsMax: pageRecordsMax)
  }

  /// - Throws: ``ReplicaError``, or when SQLite fails; the replica is then as it was.
  package mutating func handle(_ event: Event) throws -> [Effect] {
    switch (event, state) {
    case (.begin, .idle):
      let progress = try replica.progress()
      pace.remember(edits: progress.lineEdits, records: progress.lineRecords)
      return [try exchange()]
    case (.failed, .exchanging): return try askForLess().map { [$0] } ?? []
    case (.answered(let request, let response, let sent, let received), .exchanging(let open)):
      guard request == open || replica.settings.faults.contains(.acceptsStaleReplies) else { return [] }
      pace.pass(
        milliseconds: received - sent, sent: openRequest.push.count,
        received: response.pages.reduce(0) { $0 + $1.records.count })
      return [try take(response, sent: sent, received: received)]
    case (.renumbered(let request, let response), .renumbering(let open)) where request == open:
      try replica.becomeCopy(replica: response.replica, answering: openRequest)
      report.renumbered = true
      return [try exchange()]
    case (.compared(let request, let response), .comparing(let open, let scope)) where request == open:
      return [try compare(response, scope)]
    case (.fetched(let request, let response), .fetching(let open, let scope, let buckets))
    where request == open:
      return [try mend(response, scope, buckets)]
    // A late or repeated answer to a request that is not open any more.
    default: return []
    }
  }

  // MARK: - Requests and answers

  /// The edits that the request after the open one will most likely push, to be encoded while the server works.
  package mutating func prepareAhead() throws -> [WireMutation] {
    if let prepared { return prepared }
    guard case .exchanging = state, let last = openRequest.push.last else { return [] }
    let push = try replica.waitingEdits(
      after: last.sequence, before: editsBefore, bytesMax: pace.pushBytes, countMax: pace.edits)
    prepared = push
    return push
  }

  /// What will most likely be asked once `response` is handled; to be sent before it is. It pushes what ``prepareAhead()``
  /// gave.
  ///
  /// It acknowledges nothing new: what is not on this disk yet may have to be asked for again. Should this replica never
  /// get to commit, it sends the same edits again, and the server gives the results it gave.
  ///
  /// - Returns: nil when nothing more waits, or when the answer changes what is to be asked.
  package mutating func requestAhead(of response: WireSyncResponse) throws -> WireSyncRequest? {
    guard case .exchanging = state, response.push == .ok, !response.more, openRequest.resetScopes.isEmpty,
      response.epoch == openRequest.epoch, response.results.count == openRequest.push.count,
      response.results.allSatisfy({ $0.outcome != .schemaAhead && $0.outcome != .waiting })
    else { return nil }
    let push = try prepareAhead()
    guard !push.isEmpty else { return nil }
    var next = openRequest
    next.push = push
    if !response.checkpoint.isEmpty { next.checkpoint = response.checkpoint }
    ahead = next
    return next
  }

  private mutating func exchange(resetting scopes: [Scope] = []) throws -> Effect {
    exchangesLeft -= 1
    guard exchangesLeft > 0 else { return finish(.serverKeepsAsking) }
    let early = ahead
    ahead = nil
    prepared = nil
    let number = open()
    state = .exchanging(request: number)
    if let early, scopes.isEmpty, try replica.isStillNext(early) {
      openRequest = early
      return .awaitAhead(request: number)
    }
    var request = try replica.nextRequest(
      resetting: scopes, editsMax: number == 1 ? min(pace.edits, Self.editsFirst) : pace.edits,
      bytesMax: pace.pushBytes, before: editsBefore)
    request.maxRecords = UInt32(clamping: pace.records)
    openRequest = request
    return .sync(request: number, request)
  }

  private mutating func open() -> Int {
    defer { nextRequest += 1 }
    return nextRequest
  }

  private mutating func take(_ response: WireSyncResponse, sent: Int64, received: Int64) throws -> Effect {
    let time = ClockReading(server: response.serverTime, sent: sent, received: received).orBetter(clock)
    clock = time
    switch response.push {
    case .epochChanged, .gap: return try sendEverythingAgain(response)
    case .fork:
      guard renumberingsLeft > 0 else { return finish(.serverKeepsAsking) }
      renumberingsLeft -= 1
      let number = open()
      state = .renumbering(request: number)
      return .newReplica(request: number)
    default: break
    }
    switch try replica.receive(response, to: openRequest, time, before: editsBefore) {
    case .forgotten: return try sendEverythingAgain(response)
    case .staged: return try exchange()
    case .overtaken:
      // Another process of this device synced meanwhile; what it committed is the place to go on from.
      return try exchange()
    case .committed(let commit):
      report.add(commit)
      let progress = try replica.progress()
      report.clockOffset = progress.clockOffset
      report.clockUncertainty = progress.clockUncertainty
      editsBefore = min(editsBefore, commit.editsPutOffFrom)
      if response.push == .readOnly {
        return finish(
          response.editsTakenMs == 0 ? .serverTakesNoEdits : .editsPutOff(until: response.editsTakenMs))
      }
      if let scope = commit.differing.first { return try beginRepair(of: scope, among: commit.differing) }
      if commit.hasMoreToSend || response.moreNotices { return try exchange() }
      try replica.keep(pace)
      return finish(.complete)
    }
  }

  private mutating func sendEverythingAgain(_ response: WireSyncResponse) throws -> Effect {
    try replica.requeueEverything(
      epoch: response.epoch, last: response.lastMutation, answering: openRequest)
    // The numbers have moved.
    editsBefore = .max
    report.historyReplaced = report.historyReplaced || response.push != .gap
    return try exchange()
  }

  /// - Returns: nil when there is nothing left to be made smaller; what worked is remembered for the next sync all the same.
  private mutating func askForLess() throws -> Effect? {
    let couldShrink = pace.canShrink
    pace.fail()
    try replica.keep(pace)
    shrinkingsLeft -= 1
    guard couldShrink, shrinkingsLeft > 0 else { return nil }
    ahead = nil
    return try exchange()
  }

  private mutating func finish(_ ending: SyncReport.Ending) -> Effect {
    state = .finished
    report.ending = ending
    return .finish(report)
  }

  // MARK: - Repair

  private mutating func beginRepair(of scope: Scope, among differing: [Scope]) throws -> Effect {
    report.repaired += 1
    repairsLeft -= 1
    guard repairsLeft >= 0 else { return finish(.stillDiffers(scope)) }
    // The finer way first; when it did not help, the whole scope again.
    return repairsLeft > 0 ? askDigests(of: scope) : try exchange(resetting: differing)
  }

  private mutating func askDigests(of scope: Scope) -> Effect {
    let number = open()
    state = .comparing(request: number, scope)
    return .digests(request: number, .with { $0.scope = scope.description })
  }

  private mutating func compare(_ response: WireDigestsResponse, _ scope: Scope) throws -> Effect {
    switch try replica.compare(response, scope) {
    // The server has moved on: sync first; what still differs shows again.
    case .moved, .equal: return try exchange()
    case .differing(let buckets): return fetch(buckets, of: scope)
    }
  }

  private mutating func fetch(_ buckets: [UInt32], of scope: Scope) -> Effect {
    let number = open()
    state = .fetching(request: number, scope, buckets: buckets)
    return .fetchRecords(
      request: number,
      .with {
        $0.scope = scope.description
        $0.buckets = buckets
      })
  }

  private mutating func mend(
    _ response: WireFetchRecordsResponse, _ scope: Scope, _ buckets: [UInt32]
  ) throws -> Effect {
    let remaining = Set(response.remaining)
    guard try replica.replace(response, buckets: buckets.filter { !remaining.contains($0) }, in: scope) else {
      return try exchange()
    }
    if !remaining.isEmpty, remaining.count < buckets.count { return fetch(remaining.sorted(), of: scope) }
    return try exchange(resetting: remaining.isEmpty ? [] : [scope])
  }
}
