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
struct ClockReading {
  /// To be added to this device's wall clock, milliseconds.
  let offset: Int64
  /// Half the round trip, milliseconds.
  let uncertainty: Int64
  /// This device's wall clock, Unix milliseconds.
  let received: Int64

  init(server: Int64, sent: Int64, received: Int64) {
    offset = server - (sent + (received - sent) / 2)
    uncertainty = max(0, received - sent) / 2 + 1
    self.received = received
  }
}

extension WireSyncResponse {
  /// What the server's clock said, Unix milliseconds, between 1970 and the end of year 9999: what lies outside is no time,
  /// and arithmetic with it could overflow.
  var serverTime: Int64 { min(max(serverMs, 0), 253_402_300_799_000) }
}

extension Replica {
  /// The next request: the edits that wait, and where reading goes on.
  ///
  /// - Parameter limit: Edits from this number on have been sent already in this sync, and wait.
  func nextRequest(
    resetting scopes: [Scope], editsMax: Int, before limit: UInt64 = .max
  ) throws -> WireSyncRequest {
    try read { database in
      guard let identity = try Self.identity(in: database) else { throw ReplicaError.notJoined }
      let progress = try Self.progress(in: database)
      let staged = try Self.lastStaged(in: database)
      var request = WireSyncRequest()
      request.protocol = Limits.protocolVersion
      request.schema = PlanModel.schemaVersion
      request.epoch = progress.epoch
      request.replica = identity.replica
      request.acknowledgedResults = progress.acknowledgedResults
      request.acknowledgedNotices = progress.acknowledgedNotices
      request.checkpoint = Data(staged.map { Array($0.checkpoint) } ?? progress.checkpoint)
      // Once it is being sent again, asking anew would begin from the start.
      let suspect = staged == nil ? try Self.suspectScopes(in: database) : []
      request.resetScopes = Set((scopes + suspect).map(\.description)).sorted()
      // What was pushed with the first page is decided already; it must not be judged against a half-read scope.
      if staged == nil {
        request.push = try Self.batch(
          before: limit, in: database, bytesMax: Limits.pushBytesMax, countMax: editsMax)
      }
      return request
    }
  }

  /// The waiting edits after one, as many as fit in a request.
  func waitingEdits(
    after sequence: UInt64, before limit: UInt64, countMax: Int
  ) throws -> [WireMutation] {
    try read {
      try Self.batch(
        after: sequence, before: limit, in: $0, bytesMax: Limits.pushBytesMax, countMax: countMax)
    }
  }

  /// Whether a request that was sent ahead still asks what is to be asked next. What it lets the server forget may be
  /// less than by now it could.
  func isStillNext(_ request: WireSyncRequest) throws -> Bool {
    try read { database in
      let progress = try Self.progress(in: database)
      guard try Self.identity(in: database)?.replica == request.replica, progress.epoch == request.epoch,
        progress.checkpoint == Array(request.checkpoint), try Self.lastStaged(in: database) == nil
      else { return false }
      return try Self.areNext(request.push, in: database)
    }
  }

  /// Stages an answer, or completes the checkpoint: base, cursors, clock, settled edits and overlays change together,
  /// so a reader never sees half of it.
  ///
  /// - Parameter limit: Edits from this number on have been sent already in this sync, and wait.
  func receive(
    _ response: WireSyncResponse, to request: WireSyncRequest, _ time: ClockReading,
    before limit: UInt64 = .max
  ) throws -> Reception {
    try write { database in
      guard try faults.contains(.acceptsStaleReplies) || !Self.isOvertaken(request, in: database) else {
        return .overtaken
      }
      var progress = try Self.progress(in: database)
      // A number below one whose result this replica has: the server must have gone back, whether it knows or not.
      if response.lastMutation < progress.acknowledgedResults, response.push != .fork,
        !faults.contains(.believesForgetfulServer)
      {
        return .forgotten
      }
      if response.more, !faults.contains(.appliesPagesEarly) {
        try Self.stage(response, in: database)
        return .staged
      }
      progress.clockOffset = time.offset
      progress.clockUncertainty = time.uncertainty
      // Never stamp before what the server has stamped.
      progress.clock.observe(response.serverHlc)
      let responses = try Self.takeStaged(in: database) + [response]
      var checkpoint = Checkpointing(
        database: database, progress: progress, faults: faults, now: time.received,
        serverNow: response.serverTime, editsBefore: limit)
      return .committed(try checkpoint.commit(responses))
    }
  }

  /// Whether this replica is no longer where it was when it made the request: another process of this device has
  /// read on, taken a new number, or queued its edits anew. The answer's numbers then mean something else.
  static func isOvertaken(_ request: WireSyncRequest, in database: Database) throws -> Bool {
    let progress = try progress(in: database)
    let place = try lastStaged(in: database).map { Array($0.checkpoint) } ?? progress.checkpoint
    guard place == Array(request.checkpoint), progress.epoch == request.epoch,
      try identity(in: database)?.replica == request.replica
    else { return true }
    // Queued anew within one epoch: the numbers have moved.
    guard let first = request.push.first else { return false }
    return try entry(sequence: first.sequence, in: database).map { $0.id != RecordID(first.id) } ?? false
  }

  // MARK: - Staging

  private static func stage(_ response: WireSyncResponse, in database: Database) throws {
    var query = try Query(database, "INSERT INTO staged (response) VALUES (?)")
    try query.bind(try response.serializedBytes() as [UInt8])
    try query.run()
  }

  static func lastStaged(in database: Database) throws -> WireSyncResponse? {
    try Query(database, "SELECT response FROM staged ORDER BY number DESC LIMIT 1").first {
      try WireSyncResponse(serializedBytes: $0.blob(0))
    }
  }

  private static func takeStaged(in database: Database) throws -> [WireSyncResponse] {
    let staged = try Query(database, "SELECT response FROM staged ORDER BY number").all {
      try WireSyncResponse(serializedBytes: $0.blob(0))
    }
    if !staged.isEmpty { try dropStaged(in: database) }
    return staged
  }

  static func dropStaged(in database: Database) throws { try Query(database, "DELETE FROM staged").run() }
}
