import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SQLiteQuery
import SwiftProtobuf
import SyncCore

/// What became of an answer.
enum Reception {
  /// There is more; nothing is shown yet.
  case staged
  case committed(Commit)
  /// The server has forgotten what it had told this replica: its history went back.
  case forgotten
  /// The replica has moved on since the request was made.
  case overtaken
}

/// How far this device's clock is off, from one exchange. A wrong clock never blocks an edit: stamps are made with
/// the server's time.
///
/// The server read its clock at some moment between the two of ours; which one is not known, so the error is at most half
/// the round trip. On a slow line that is many seconds, and taken for the truth it would let an earlier edit win over a
/// later one. So the best of several readings counts, as in NTP (RFC 5905, clock filter).
struct ClockReading: Sendable {
  /// To be added to this device's wall clock, milliseconds.
  let offset: Int64
  /// Half the round trip, milliseconds.
  let uncertainty: Int64
  /// This device's wall clock, Unix milliseconds.
  let received: Int64

  init(offset: Int64, uncertainty: Int64, received: Int64) {
    self.offset = offset
    self.uncertainty = uncertainty
    self.received = received
  }

  init(server: Int64, sent: Int64, received: Int64) {
    self.init(
      offset: server - (sent + (received - sent) / 2), uncertainty: max(0, received - sent) / 2 + 1,
      received: received)
  }

  /// Whether both can be true: the clock was not set in between.
  func agrees(with other: ClockReading) -> Bool {
    // Clocks of year 9999 and of none must not overflow.
    let (difference, isTooFar) = offset.subtractingReportingOverflow(other.offset)
    return !isTooFar && difference.magnitude <= UInt64(uncertainty + other.uncertainty)
  }

  /// Of two readings of one sync the more exact one; the later, when the clock was set in between.
  func orBetter(_ earlier: ClockReading?) -> ClockReading {
    guard let earlier, earlier.uncertainty < uncertainty, earlier.agrees(with: self) else { return self }
    return earlier
  }
}

extension Progress {
  /// A computer's clock gains or loses less than a millisecond in so many.
  private static let driftInverse: Int64 = 10_000

  /// Takes a reading, unless what is known already is more exact and can still be true.
  mutating func take(_ reading: ClockReading) {
    let age = max(0, reading.received - clockMeasured)
    let known = ClockReading(
      offset: clockOffset, uncertainty: clockUncertainty + age / Self.driftInverse,
      received: reading.received)
    if clockMeasured != 0, known.uncertainty <= reading.uncertainty, known.agrees(with: reading) { return }
    // A difference that may be none is none.
    clockOffset = reading.offset.magnitude <= UInt64(reading.uncertainty) ? 0 : reading.offset
    clockUncertainty = reading.uncertainty
    clockMeasured = reading.received
  }
}

extension WireSyncResponse {
  /// What the server's clock said, Unix milliseconds, between 1970 and the end of year 9999: what lies outside is not a time,
  /// and arithmetic with it could overflow.
  var serverTime: Int64 { min(max(serverMs, 0), 253_402_300_799_000) }
}

extension ReplicaReading {
  /// The next request: the edits that wait, and where reading goes on.
  ///
  /// - Parameter limit: Edits from this number on have been sent already in this sync, and wait.
  func nextRequest(
    resetting scopes: [Scope], editsMax: Int, bytesMax: Int = Limits.pushBytesMax,
    before limit: UInt64 = .max
  ) throws -> WireSyncRequest {
    let identity = try identity()
    let progress = try progress()
    let staged = try lastStaged()
    var request = WireSyncRequest()
    request.protocol = Limits.protocolVersion
    request.schema = PlanModel.schemaVersion
    request.epoch = progress.epoch
    request.replica = identity.replica
    request.acknowledgedResults = progress.acknowledgedResults
    request.acknowledgedNotices = progress.acknowledgedNotices
    if let shown = try shownLog(of: progress.epoch) { request.shown = shown.wire }
    request.checkpoint = Data(staged.map { Array($0.checkpoint) } ?? progress.checkpoint)
    // Once it is being sent again, asking anew would begin from the start.
    let suspect = staged == nil ? try suspectScopes() : []
    request.resetScopes = Set((scopes + suspect).map(\.description)).sorted()
    // Edits that were pushed with the first page are decided already; they must not be judged against a half-read scope.
    if staged == nil {
      request.push = try batch(before: limit, bytesMax: bytesMax, countMax: editsMax)
    }
    return request
  }

  /// The waiting edits after one, as many as fit in a request.
  func waitingEdits(
    after sequence: UInt64, before limit: UInt64, bytesMax: Int = Limits.pushBytesMax, countMax: Int
  ) throws -> [WireMutation] {
    try batch(after: sequence, before: limit, bytesMax: bytesMax, countMax: countMax)
  }

  /// Whether a request that was sent ahead still asks what is to be asked next. It may let the server forget less
  /// than it could by now.
  func isStillNext(_ request: WireSyncRequest) throws -> Bool {
    let progress = try progress()
    guard try identityIfJoined()?.replica == request.replica, progress.epoch == request.epoch,
      progress.checkpoint == Array(request.checkpoint), try lastStaged() == nil
    else { return false }
    return try areNext(request.push)
  }

  /// Whether this replica is no longer where it was when it made the request: another process of this device has
  /// read on, taken a new number, or queued its edits anew. The answer's numbers then mean something else.
  func isOvertaken(_ request: WireSyncRequest) throws -> Bool {
    let progress = try progress()
    let place = try lastStaged().map { Array($0.checkpoint) } ?? progress.checkpoint
    guard place == Array(request.checkpoint), progress.epoch == request.epoch,
      try identityIfJoined()?.replica == request.replica
    else { return true }
    // Queued anew within one epoch: the numbers have moved.
    guard let first = request.push.first else { return false }
    return try entry(sequence: first.sequence).map { $0.id != RecordID(first.id) } ?? false
  }

  func lastStaged() throws -> WireSyncResponse? {
    try Query(database, "SELECT response FROM staged ORDER BY number DESC LIMIT 1").first {
      try WireSyncResponse(serializedBytes: $0.blob(0))
    }
  }
}

extension ReplicaTransaction {
  fileprivate func take(
    _ response: WireSyncResponse, to request: WireSyncRequest, _ time: ClockReading, before limit: UInt64
  ) throws -> Reception {
    guard try settings.faults.contains(.acceptsStaleReplies) || !isOvertaken(request) else {
      return .overtaken
    }
    var progress = try progress()
    // A number below one whose result this replica has: the server must have gone back, whether it knows or not.
    if !response.epoch.isEmpty, response.epoch == progress.epoch,
      response.lastMutation < progress.acknowledgedResults,
      response.push != .fork,
      !settings.faults.contains(.believesForgetfulServer)
    {
      return .forgotten
    }
    if response.more, !settings.faults.contains(.appliesPagesEarly) {
      try stage(response)
      return .staged
    }
    progress.take(time)
    // Never stamp before what the server has stamped.
    progress.clock.observe(response.serverHlc)
    let responses = try takeStaged() + [response]
    var checkpoint = Checkpointing(
      transaction: self, progress: progress, now: time.received, serverNow: response.serverTime,
      editsBefore: limit)
    var commit = try checkpoint.commit(responses)
    commit.otherLog = try take(logOf: response, to: request)
    return .committed(commit)
  }

  private func stage(_ response: WireSyncResponse) throws {
    let bytes: [UInt8] = try response.serializedBytes()
    let present = try Query(database, "SELECT coalesce(sum(length(response)), 0) FROM staged").first {
      Int($0.integer(0))
    }
    let staged = (present ?? 0) + bytes.count
    guard staged <= settings.stagedBytesMax else { throw ReplicaError.tooMuchSent(mebibytes: staged >> 20) }
    if let room = self.room(), staged > Self.stagedBytesUnasked, staged > room {
      throw ReplicaError.tooMuchSent(mebibytes: staged >> 20)
    }
    var query = try Query(database, "INSERT INTO staged (response) VALUES (?)")
    try query.bind(bytes)
    try query.run()
  }

  /// Below this nobody asks the disk.
  private static let stagedBytesUnasked = 256 << 20

  /// What the disk has left, bytes: what is staged is written once more when it is applied. Nil in memory.
  private func room() -> Int? {
    guard let path = settings.path else { return nil }
    let folder = (path as NSString).deletingLastPathComponent
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
  }

  private func takeStaged() throws -> [WireSyncResponse] {
    let staged = try Query(database, "SELECT response FROM staged ORDER BY number").all {
      try WireSyncResponse(serializedBytes: $0.blob(0))
    }
    if !staged.isEmpty { try dropStaged() }
    return staged
  }

  func dropStaged() throws { try Query(database, "DELETE FROM staged").run() }
}

extension Replica {
  /// Stages an answer, or completes the checkpoint: base, cursors, clock, settled edits and overlays change together,
  /// so a reader never sees half of it.
  ///
  /// - Parameter limit: Edits from this number on have been sent already in this sync, and wait.
  func receive(
    _ response: WireSyncResponse, to request: WireSyncRequest, _ time: ClockReading,
    before limit: UInt64 = .max
  ) throws -> Reception {
    do {
      return try write { try $0.take(response, to: request, time, before: limit) }
    } catch let error as ReplicaError {
      // Staged pages would wait for a checkpoint that never comes.
      if case .tooMuchSent = error { try write { try $0.dropStaged() } }
      throw error
    }
  }
}
