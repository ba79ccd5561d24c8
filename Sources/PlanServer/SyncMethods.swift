import ConnectRPC
import Edge
import Logging
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import SyncServer

// What a replica asks for itself.

extension SyncService {
  func hello(_ request: WireHelloRequest, _ visit: Visit) async throws -> WireHelloResponse {
    // Only somebody with a credential is told whose server it is.
    let member = visit.call.bearer.flatMap { DeviceToken($0.secret) }
    let ages = ages
    let organization = try await readers.run(for: .gate) { reading in
      try member.map { _ = try Entrance.check($0, in: reading, now: ages.now()) }
      return try member == nil ? nil : reading.organization()
    }
    return .with {
      $0.protocolMin = Limits.protocolVersionMin
      $0.protocolMax = Limits.protocolVersion
      $0.schema = PlanModel.schemaVersion
      if let organization {
        $0.epoch = organization.epoch
        $0.organization = organization.name
      }
      $0.serverVersion = Program.version
      $0.serverMs = visit.now
      $0.limits = .with {
        $0.requestBytes = UInt32(Limits.requestBytesMax)
        $0.decompressedBytes = UInt32(Limits.decompressedBytesMax)
        $0.mutationsPerRequest = UInt32(Limits.mutationsPerRequestMax)
        $0.changesPerMutation = UInt32(Limits.changesPerMutationMax)
        $0.valueBytes = UInt32(Limits.valueBytesMax)
        $0.pageBytes = UInt32(Limits.pageBytesMax)
        $0.pageRecords = UInt32(Limits.pageRecordsMax)
        $0.scopesPerUser = UInt32(Limits.scopesPerUserMax)
        $0.aheadMs = UInt32(Limits.aheadMillisecondsMax)
      }
    }
  }

  func join(_ request: WireJoinRequest, _ visit: Visit) async throws -> WireJoinResponse {
    let answer = try await commits.run { [refusedInvites] transaction in
      try Join.decide(request, from: visit.call.address, in: transaction, now: visit.now) { invite in
        defer { refusedInvites.count(invite, now: visit.now) }
        return refusedInvites.secondsToWait(invite, now: visit.now) == nil
      }
    }
    switch answer {
    case .joined(let response): return response
    case .tooManyDevices(let error): throw Self.connectError(error)
    case .holdsAnothers:
      throw ConnectError(.failedPrecondition, .holdsAnothers)
    case .refused(let reason):
      security.note(.joinRefused, address: visit.call.address, reason: reason, now: visit.now)
      // A good invite lets in whoever else fails at the same address: an office has one.
      if let seconds = failedJoins.secondsToWait(visit.call.network, now: visit.now) {
        throw ConnectError(
          .resourceExhausted, .tooOften(.joins, seconds: seconds), retryAfterSeconds: seconds)
      }
      failedJoins.count(visit.call.network, now: visit.now)
      throw ConnectError(.permissionDenied, .unusableInvite)
    }
  }

  func sync(_ request: WireSyncRequest, _ visit: Visit) async throws -> WireSyncResponse {
    var response = try await exchange(request, visit)
    try witness.sign(&response)
    return response
  }

  func exchange(_ request: WireSyncRequest, _ visit: Visit) async throws -> WireSyncResponse {
    // Most syncs only read, and cost no commit.
    if request.push.isEmpty, request.nextSecretSha256.isEmpty {
      let answer: WireSyncResponse? = try await entrance.reading(visit, isAnswer: { $0 != nil }) {
        author, reading in
        guard try !SyncExchange.needsWriting(request, by: author, in: reading) else { return nil }
        return try SyncExchange.answer(
          request, push: Push.Answer(), by: author, from: reading, now: visit.now)
      }
      if let answer { return answer }
    }
    // All that needs no state is done before the one writer is asked for.
    let prepared = try request.push.map(PreparedMutation.init)
    let (author, push, accepted, putOffUntil): (Author, Push.Answer, Bool, Int64?)
    do {
      (author, push, accepted, putOffUntil) = try await entrance.writing(visit) { author, transaction in
        let putOffUntil = request.push.isEmpty ? nil : self.volume.next(of: author.user.id, now: visit.now)
        let end = ContinuousClock.now + Self.writingMax
        let push = try SyncExchange.push(
          request, prepared: prepared, by: author, in: transaction, now: visit.now,
          takesEdits: putOffUntil == nil
        ) { ContinuousClock.now > end }
        // A copy has its original's credential: what it wants is its own, and must not end the other's.
        let accepted =
          try !request.nextSecretSha256.isEmpty && push.state != .fork
          && Authentication.offerSecret(Array(request.nextSecretSha256), by: author, in: transaction)
        return (author, push, accepted, putOffUntil)
      }
    } catch StoreError.full {
      return try await entrance.reading(visit) { author, reading in
        try SyncExchange.answer(
          request, push: .undecided(request.push), by: author, from: reading, now: visit.now)
      }
    }
    if push.historyWasLost {
      logger.critical(
        """
        this database is older than what a device has read: it was put back, or lost what it had acknowledged. A new \
        history has begun, and the devices send again what is missing
        """, metadata: ["device": "\(author.device.number)", "user": "\(author.user.email)"])
    }
    // A request that only acknowledges is not an edit.
    if putOffUntil == nil, !request.push.isEmpty {
      volume.add(
        visit.call.body.count + 3 * Self.effectBytes(push.results), of: author.user.id, now: visit.now)
    }
    var response = try await readers.run(for: .person(author.user.id)) { reading in
      try SyncExchange.answer(request, push: push, by: author, from: reading, now: visit.now)
    }
    response.secretAccepted = accepted
    if let putOffUntil, response.push == .readOnly { response.editsTakenMs = putOffUntil }
    return response
  }

  /// What was written about other people's edits: with the result, in history, and to those people.
  private static func effectBytes(_ results: [WireMutationResult]) -> Int {
    results.lazy.flatMap(\.effects).reduce(0) { $0 + 120 + $1.other.value.count }
  }

  func digests(_ request: WireDigestsRequest, _ visit: Visit) async throws -> WireDigestsResponse {
    try await entrance.reading(visit) { author, reading in
      guard let scope = Scope(request.scope),
        let answer = try Repair.digests(of: scope, by: author, from: reading)
      else { throw Self.unknownScope }
      return answer
    }
  }

  func fetchRecords(
    _ request: WireFetchRecordsRequest, _ visit: Visit
  ) async throws -> WireFetchRecordsResponse {
    try await entrance.reading(visit) { author, reading in
      guard let scope = Scope(request.scope),
        let answer = try Repair.records(of: scope, buckets: request.buckets, by: author, from: reading)
      else { throw Self.unknownScope }
      return answer
    }
  }

  func history(_ request: WireHistoryRequest, _ visit: Visit) async throws -> WireHistoryResponse {
    try await entrance.reading(visit) { author, reading in
      guard let answer = try HistoryQuery.answer(request, by: author, from: reading) else {
        throw Self.unknownScope
      }
      return answer
    }
  }

  func newReplica(
    _ request: WireNewReplicaRequest, _ visit: Visit
  ) async throws -> WireNewReplicaResponse {
    return try await entrance.writing(visit) { author, transaction in
      guard let answer = try Join.newReplica(request, by: author, in: transaction, now: visit.now) else {
        throw ConnectError(.invalidArgument, "device_secret_sha256 must be 32 bytes.")
      }
      return answer
    }
  }
}
