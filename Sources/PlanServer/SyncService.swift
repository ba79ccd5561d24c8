import ConnectRPC
import Edge
import Logging
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import SyncServer

/// The methods of `kam.v1.SyncService`: routes, messages, and what all calls share. The methods are in
/// SyncMethods and AccountMethods, who is let in is for ``Entrance``.
package final class SyncService: Sendable {
  package static let name = "kam.v1.SyncService"

  let commits: GroupCommit
  let readers: Readers
  let hints: LiveHints
  /// By which it is judged how long a device was silent.
  let ages: AgeClock
  let logger: Logger
  /// Unix milliseconds.
  let now: @Sendable () -> Int64
  /// Failed joins by address: an invite has 130 bits, and nobody types it wrong five times.
  let failedJoins = RateLimiter<[UInt8]>(countMax: 5, windowMilliseconds: 600_000)
  /// Refused joins that are written down, by invite.
  let refusedInvites = RateLimiter<RecordID>(countMax: 3, windowMilliseconds: 86_400_000)
  let entrance: Entrance
  let security: SecurityLog
  let streams = StreamQuota()
  let volume: DailyVolume
  let witness: WitnessKey
  /// How long one request may keep the one writer: who sends more is told how far it came, and others go first.
  static let writingMax = Duration.milliseconds(500)
  private static let openMethods: Set<String> = ["Hello", "Join"]
  private static let adminMethods: Set<String> = ["AddDepartment", "EditPerson"]

  package init(
    store: any CanonicalStore, room: DiskRoom, files: DirectoryGuard? = nil, witness: WitnessKey,
    dailyBytesMax: Int,
    logger: Logger,
    now: @escaping @Sendable () -> Int64, ages: AgeClock,
    onStoreFailure: @escaping @Sendable (any Error) -> Void
  ) {
    readers = Readers(store, onStoreFailure: onStoreFailure)
    let hints = LiveHints(readers, ages: ages, logger: logger)
    self.hints = hints
    commits = GroupCommit(
      store, room: room, files: files, logger: logger, publish: hints.publish, onStoreFailure: onStoreFailure)
    self.ages = ages
    self.logger = logger
    self.now = now
    self.witness = witness
    volume = DailyVolume(bytesMax: dailyBytesMax)
    let security = SecurityLog(logger)
    self.security = security
    entrance = Entrance(
      open: Self.openMethods, commits: commits, room: room, readers: readers, ages: ages, security: security,
      now: now)
  }

  package var routes: RPCRoutes {
    RPCRoutes(
      unary: [
        "Hello": unary(KamHelloRequest.self, KamHelloResponse.self, .plain, hello),
        "Join": unary(KamJoinRequest.self, KamJoinResponse.self, .join, join),
        "Sync": unary(KamSyncRequest.self, KamSyncResponse.self, .sync, sync),
        "Digests": unary(KamDigestsRequest.self, KamDigestsResponse.self, .plain, digests),
        "FetchRecords": unary(
          KamFetchRecordsRequest.self, KamFetchRecordsResponse.self, .fetchRecords, fetchRecords),
        "History": unary(KamHistoryRequest.self, KamHistoryResponse.self, .plain, history),
        "NewReplica": unary(KamNewReplicaRequest.self, KamNewReplicaResponse.self, .plain, newReplica),
        "ShareAccount": unary(
          KamShareAccountRequest.self, KamShareAccountResponse.self, .plain, shareAccount),
        "EngageDepartment": unary(
          KamEngageDepartmentRequest.self, KamEngageDepartmentResponse.self, .plain, engageDepartment),
        "AddDepartment": unary(
          KamAddDepartmentRequest.self, KamAddDepartmentResponse.self, .plain, addDepartment),
        "Devices": unary(KamDevicesRequest.self, KamDevicesResponse.self, .plain, devices),
        "EditPerson": unary(KamEditPersonRequest.self, KamEditPersonResponse.self, .editPerson, editPerson),
      ],
      streaming: ["Watch": watch],
      getAllowed: ["Hello"], open: Self.openMethods, gatekeeper: entrance.gate)
  }

  /// What a call was refused for, when a guard wants to know it.
  func note(_ refusal: any Error, of call: RPCCall) {
    let isForAdmins = Self.adminMethods.contains(call.method)
    // `join` tells what is wrong with an invite, with the reason that its bearer is not told.
    guard call.method != "Join" || (refusal as? ConnectError)?.code != .permissionDenied else { return }
    let token = call.bearer.flatMap { DeviceToken($0.secret) }
    security.note(
      refusal, isForAdmins: isForAdmins, device: token?.device, person: token.flatMap(entrance.gate.person),
      address: call.address, now: now())
  }

  // MARK: - Messages

  /// A method over both codecs. JSON passes through the typed messages; everything else stays bytes where it can.
  private func unary<Typed: Message, TypedAnswer: Message, Request: Message & Sendable, Answer: Message>(
    _: Typed.Type, _: TypedAnswer.Type, _ bounds: RequestBounds,
    _ body: @escaping @Sendable (Request, Visit) async throws -> Answer
  ) -> RPCRoutes.Unary {
    { call in
      let request: Request
      do {
        request = try Self.decode(call, through: Typed.self, bounds)
      } catch let excess as RequestBounds.Excess {
        throw ConnectError(
          .invalidArgument, "The request has too many \(excess.what); the limit is \(excess.maximum).")
      } catch {
        throw ConnectError(.invalidArgument, "The request cannot be read: \(error)")
      }
      do {
        return try Self.encode(
          try await body(request, Visit(call: call, now: self.now())), call.codec, through: TypedAnswer.self)
      } catch {
        let refusal = Self.connectError(error)
        self.note(refusal, of: call)
        throw refusal
      }
    }
  }

  private static func decode<Typed: Message, Request: Message>(
    _ call: RPCCall, through _: Typed.Type, _ bounds: RequestBounds
  ) throws -> Request {
    guard call.codec == .json else {
      try bounds.check(call.body)
      return try Request(serializedBytes: call.body)
    }
    var options = JSONDecodingOptions()
    options.ignoreUnknownFields = true
    let bytes: [UInt8] = try Typed(jsonUTF8Bytes: call.body, options: options).serializedBytes()
    try bounds.check(bytes)
    return try Request(serializedBytes: bytes)
  }

  private static func encode<TypedAnswer: Message>(
    _ answer: some Message, _ codec: ContentCodec, through _: TypedAnswer.Type
  ) throws -> [UInt8] {
    let bytes: [UInt8] = try answer.serializedBytes()
    guard codec == .json else { return bytes }
    return try TypedAnswer(serializedBytes: bytes).jsonUTF8Bytes()
  }
}
