import ConnectRPC
import Edge
import Foundation
import Logging
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer

/// The methods of `kam.v1.SyncService`: authentication, limits and transactions around the decisions of SyncServer.
package final class SyncService: Sendable {
  package static let name = "kam.v1.SyncService"
  package static let version = "0.1.0"

  let commits: GroupCommit
  private let room: DiskRoom
  let readers: Readers
  let hints: LiveHints
  /// By which it is judged how long a device was silent.
  let ages: AgeClock
  let logger: Logger
  /// Unix milliseconds.
  let now: @Sendable () -> Int64
  /// Failed joins by address: an invite has 130 bits, and nobody types it wrong five times.
  private let failedJoins = RateLimiter<[UInt8]>(countMax: 5, windowMilliseconds: 600_000)
  /// Refused joins that are written down, by invite.
  private let refusedInvites = RateLimiter<RecordID>(countMax: 3, windowMilliseconds: 86_400_000)
  private let gate: CredentialGate
  private let security: SecurityLog
  let streams = StreamQuota()
  private let volume: DailyVolume
  private let witness: WitnessKey
  /// How long one request may keep the one writer: who sends more is told how far it came, and others go first.
  private static let writingMax = Duration.milliseconds(500)
  private static let openMethods: Set<String> = ["Hello", "Join"]
  private static let adminMethods: Set<String> = ["AddDepartment", "EditPerson"]

  package init(
    store: SQLiteStore, room: DiskRoom, files: DirectoryGuard? = nil, witness: WitnessKey, dailyBytesMax: Int,
    logger: Logger,
    now: @escaping @Sendable () -> Int64, ages: AgeClock,
    onStoreFailure: @escaping @Sendable (any Error) -> Void
  ) {
    commits = GroupCommit(store, room: room, files: files, logger: logger, onStoreFailure: onStoreFailure)
    self.room = room
    readers = Readers(store, onStoreFailure: onStoreFailure)
    hints = LiveHints(readers, ages: ages, logger: logger)
    self.ages = ages
    self.logger = logger
    self.now = now
    self.witness = witness
    volume = DailyVolume(bytesMax: dailyBytesMax)
    let security = SecurityLog(logger)
    self.security = security
    gate = CredentialGate(open: Self.openMethods, log: security, now: now) { [readers, commits] token in
      do {
        return try await readers.run(for: .gate) {
          try Self.check(token, in: $0, now: ages.now()).author.user.id
        }
      } catch Authentication.Failure.suspended {
        try await Self.suspend(token, readers, commits, security, now: now())
        throw Authentication.Failure.suspended
      }
    }
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
      getAllowed: ["Hello"], open: Self.openMethods, gatekeeper: gate)
  }

  // MARK: - Methods

  private func hello(_ request: WireHelloRequest, _ call: RPCCall) async throws -> WireHelloResponse {
    // Whose server it is, is nobody's business who has no credential for it.
    let member = call.bearer.flatMap { DeviceToken($0.secret) }
    let ages = ages
    let organization = try await readers.run(for: .gate) { reading in
      try member.map { _ = try Self.check($0, in: reading, now: ages.now()) }
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
      $0.serverVersion = Self.version
      $0.serverMs = now()
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

  private func join(_ request: WireJoinRequest, _ call: RPCCall) async throws -> WireJoinResponse {
    let now = now()
    let answer = try await commits.run { [refusedInvites] transaction in
      try Join.decide(request, from: call.address, in: transaction, now: now) { invite in
        defer { refusedInvites.count(invite, now: now) }
        return refusedInvites.secondsToWait(invite, now: now) == nil
      }
    }
    switch answer {
    case .joined(let response): return response
    case .tooManyDevices(let error): throw Self.connectError(error)
    case .holdsAnothers:
      throw ConnectError(
        .failedPrecondition,
        "What this device holds belongs to another person or another organisation; the invite is still good. Join "
          + "with an empty directory: set KAM_HOME to another one.")
    case .refused(let reason):
      security.note(.joinRefused, address: call.address, reason: reason, now: now)
      // A good invite lets in whoever else fails at the same address: an office has one.
      if let seconds = failedJoins.secondsToWait(call.network, now: now) {
        throw ConnectError(
          .resourceExhausted, "Too many failed attempts to join from your address; wait \(seconds) s.",
          retryAfterSeconds: seconds)
      }
      failedJoins.count(call.network, now: now)
      throw ConnectError(
        .permissionDenied,
        "This invite cannot be used: it is unknown, expired or used already. Ask an admin for a new one.")
    }
  }

  private func sync(_ request: WireSyncRequest, _ call: RPCCall) async throws -> WireSyncResponse {
    var response = try await exchange(request, call)
    try witness.sign(&response)
    return response
  }

  private func exchange(_ request: WireSyncRequest, _ call: RPCCall) async throws -> WireSyncResponse {
    let now = now()
    // Most syncs only read, and cost no commit.
    if request.push.isEmpty, request.nextSecretSha256.isEmpty {
      let answer: WireSyncResponse? = try await reading(call) { author, reading in
        guard try !SyncExchange.needsWriting(request, by: author, in: reading) else { return nil }
        return try SyncExchange.answer(request, push: Push.Answer(), by: author, from: reading, now: now)
      }
      if let answer { return answer }
    }
    // All that needs no state is done before the one writer is asked for.
    let prepared = try request.push.map(PreparedMutation.init)
    let (author, push, accepted, putOffUntil): (Author, Push.Answer, Bool, Int64?)
    do {
      (author, push, accepted, putOffUntil) = try await writing(call) { author, transaction in
        let putOffUntil = request.push.isEmpty ? nil : self.volume.next(of: author.user.id, now: now)
        let end = ContinuousClock.now + Self.writingMax
        let push = try SyncExchange.push(
          request, prepared: prepared, by: author, in: transaction, now: now, takesEdits: putOffUntil == nil
        ) { ContinuousClock.now > end }
        // A copy has its original's credential: what it wants is its own, and must not end the other's.
        let accepted =
          try !request.nextSecretSha256.isEmpty && push.state != .fork
          && Authentication.offerSecret(Array(request.nextSecretSha256), by: author, in: transaction)
        return (author, push, accepted, putOffUntil)
      }
    } catch is StoreIsFull {
      return try await reading(call) { author, reading in
        try SyncExchange.answer(
          request, push: .undecided(request.push), by: author, from: reading, now: now)
      }
    }
    if push.historyWasLost {
      logger.critical(
        """
        this database is older than what a device has read: it was put back, or lost what it had acknowledged. A new \
        history has begun, and the devices send again what is missing
        """, metadata: ["device": "\(author.device.number)", "user": "\(author.user.email)"])
    }
    hints.publish(push.changed)
    if putOffUntil == nil {
      volume.add(call.body.count + 3 * Self.effectBytes(push.results), of: author.user.id, now: now)
    }
    var response = try await readers.run(for: .person(author.user.id)) { reading in
      try SyncExchange.answer(request, push: push, by: author, from: reading, now: now)
    }
    response.secretAccepted = accepted
    if let putOffUntil, response.push == .readOnly { response.editsTakenMs = putOffUntil }
    return response
  }

  /// What was written about other people's edits: with the result, in history, and to those people.
  private static func effectBytes(_ results: [WireMutationResult]) -> Int {
    results.lazy.flatMap(\.effects).reduce(0) { $0 + 120 + $1.other.value.count }
  }

  private func digests(_ request: WireDigestsRequest, _ call: RPCCall) async throws -> WireDigestsResponse {
    try await reading(call) { author, reading in
      guard let scope = Scope(request.scope),
        let answer = try Repair.digests(of: scope, by: author, from: reading)
      else { throw Self.unknownScope }
      return answer
    }
  }

  private func fetchRecords(
    _ request: WireFetchRecordsRequest, _ call: RPCCall
  ) async throws -> WireFetchRecordsResponse {
    try await reading(call) { author, reading in
      guard let scope = Scope(request.scope),
        let answer = try Repair.records(of: scope, buckets: request.buckets, by: author, from: reading)
      else { throw Self.unknownScope }
      return answer
    }
  }

  private func history(_ request: WireHistoryRequest, _ call: RPCCall) async throws -> WireHistoryResponse {
    try await reading(call) { author, reading in
      guard let answer = try HistoryQuery.answer(request, by: author, from: reading) else {
        throw Self.unknownScope
      }
      return answer
    }
  }

  private func newReplica(
    _ request: WireNewReplicaRequest, _ call: RPCCall
  ) async throws -> WireNewReplicaResponse {
    let now = now()
    return try await writing(call) { author, transaction in
      guard let answer = try Join.newReplica(request, by: author, in: transaction, now: now) else {
        throw ConnectError(.invalidArgument, "device_secret_sha256 must be 32 bytes.")
      }
      return answer
    }
  }

  private func devices(
    _ request: WireDevicesRequest, _ call: RPCCall
  ) async throws -> WireDevicesResponse {
    guard request.end != 0 else {
      return try await reading(call) { author, reading in try Devices.list(by: author, in: reading) }
    }
    let now = now()
    // Taking access away does not wait for room.
    let answer = try await writing(call, usesReserve: true) { author, transaction in
      guard let answer = try Devices.end(request.end, by: author, in: transaction, now: now) else {
        throw ConnectError(.notFound, "You have no device \(request.end); kam device list shows yours.")
      }
      return answer
    }
    hints.publish([.directory])
    return answer
  }

  private func shareAccount(
    _ request: WireShareAccountRequest, _ call: RPCCall
  ) async throws -> WireShareAccountResponse {
    let now = now()
    guard let account = RecordID(request.account) else {
      throw ConnectError(.invalidArgument, "“\(request.account)” is not an account id.")
    }
    let role = try Self.role(request.role.rawValue, AccountRole.init)
    let answer: Sharing.Answer =
      if request.list {
        try await reading(call) { author, reading in try Sharing.list(of: account, by: author, in: reading) }
      } else {
        // Taking access away does not wait for room.
        try await writing(call, usesReserve: request.role == .unspecified) { author, transaction in
          try Sharing.set(role, email: request.email, on: account, by: author, in: transaction, now: now)
        }
      }
    switch answer {
    case .done(let response):
      if response.changed { hints.publish([.directory, .plan(account), .finance(account)]) }
      return response
    case .unknownAccount: throw Self.unknownScope
    case .refused(let sentence): throw ConnectError(.permissionDenied, sentence)
    }
  }

  private func engageDepartment(
    _ request: WireEngageDepartmentRequest, _ call: RPCCall
  ) async throws -> WireEngageDepartmentResponse {
    let now = now()
    guard let account = RecordID(request.account) else {
      throw ConnectError(.invalidArgument, "“\(request.account)” is not an account id.")
    }
    let department = DepartmentCode(Int64(request.department.rawValue))
    let answer = try await writing(call) { author, transaction in
      try Engagement.set(request.engaged, department, in: account, by: author, in: transaction, now: now)
    }
    switch answer {
    case .done(let changed, let hlc):
      if changed { hints.publish([.plan(account), .finance(account)]) }
      return .with {
        $0.changed = changed
        $0.hlc = hlc
      }
    case .unknownAccount: throw Self.unknownScope
    case .refused(let sentence): throw ConnectError(.permissionDenied, sentence)
    }
  }

  // MARK: - For admins

  private func addDepartment(
    _ request: WireAddDepartmentRequest, _ call: RPCCall
  ) async throws -> WireAddDepartmentResponse {
    let now = now()
    let code = try await administering(call) { author, transaction in
      var generator = SystemRandomNumberGenerator()
      return try Departments.add(
        request.name, by: author.user.email, in: transaction, now: now, using: &generator)
    }
    return .with { $0.department = KamDepartmentCode(rawValue: Int(code.number)) ?? .unspecified }
  }

  private func editPerson(
    _ request: WireEditPersonRequest, _ call: RPCCall
  ) async throws -> WireEditPersonResponse {
    let now = now()
    let memberships = try request.departments.map {
      (DepartmentCode(Int64($0.department.rawValue)), try Self.role($0.role.rawValue, DepartmentRole.init))
    }
    let role = try Self.role(request.role.rawValue, OrganizationRole.init)
    let changed = try await administering(call) { author, transaction in
      try Departments.edit(
        request.email, role: role, memberships: memberships, by: author.user.email, in: transaction, now: now)
    }
    return .with { $0.changed = changed }
  }

  /// What a command names by its number; nil for 0, which means none. A number that only a newer version knows must not be
  /// taken for none: that would take access away.
  private static func role<Role>(_ number: Int, _ role: (Int) -> Role?) throws -> Role? {
    guard number != 0 else { return nil }
    guard let role = role(number) else {
      throw ConnectError(
        .invalidArgument,
        "There is no role \(number) that this server knows; nothing was changed. Upgrade it first.")
    }
    return role
  }

  /// Runs an admin's decision, asked for from their own device; what cannot be done is told in a sentence.
  private func administering<Value: Sendable>(
    _ call: RPCCall, _ body: @escaping @Sendable (Author, any CanonicalTransaction) throws -> Value
  ) async throws -> Value {
    do {
      let value = try await writing(call) { author, transaction in
        guard author.user.role == .admin else { throw DepartmentError.needsAdmin }
        return try body(author, transaction)
      }
      hints.publish([.directory])
      return value
    } catch {
      guard let sentence = Administration.sentence(for: error) else { throw error }
      let isDenied = error as? DepartmentError == .needsAdmin
      throw ConnectError(isDenied ? .permissionDenied : .invalidArgument, sentence)
    }
  }

  private static let unknownScope = ConnectError(
    .notFound, "There is no such account, or it is not shared with you; its manager or an admin can share it."
  )

  // MARK: - Authentication

  func credential(of call: RPCCall) throws -> DeviceToken {
    guard let bearer = call.bearer, let token = DeviceToken(bearer.secret) else {
      throw ConnectError(.unauthenticated, "This needs a device's credential; join with an invite first.")
    }
    return token
  }

  /// Judges again, by the snapshot or the transaction that does the work, what ``CredentialGate`` let in.
  func authenticate(
    _ token: DeviceToken, in reading: any CanonicalReading
  ) throws -> Authentication.Accepted {
    do {
      return try Self.check(token, in: reading, now: ages.now())
    } catch let failure as Authentication.Failure {
      gate.forget(token.device)
      throw failure
    }
  }

  private static func check(
    _ token: DeviceToken, in reading: any CanonicalReading, now: Int64
  ) throws -> Authentication.Accepted {
    try Authentication.check(device: token.device, secret: token.secret.secret, in: reading, now: now).get()
  }

  private func reading<Value: Sendable>(
    _ call: RPCCall, _ body: @escaping @Sendable (Author, any CanonicalReading) throws -> Value
  ) async throws -> Value {
    let token = try credential(of: call)
    do {
      let reader = gate.person(of: token).map(Reader.person) ?? .device(token.device)
      let (value, needsTouch) = try await readers.run(for: reader) { reading in
        let accepted = try self.authenticate(token, in: reading)
        return (try body(accepted.author, reading), accepted.needsTouch)
      }
      // That it was here can be noted with its next request.
      if needsTouch, !room.isShort { try await touch(token, call) }
      return value
    } catch Authentication.Failure.suspended {
      try await Self.suspend(token, readers, commits, security, address: call.address, now: now())
      throw Authentication.Failure.suspended
    }
  }

  private func writing<Value: Sendable>(
    _ call: RPCCall, usesReserve: Bool = false,
    _ body: @escaping @Sendable (Author, any CanonicalTransaction) throws -> Value
  ) async throws -> Value {
    let now = now()
    let token = try credential(of: call)
    do {
      let (value, event) = try await commits.run(for: gate.person(of: token), usesReserve: usesReserve) {
        transaction in
        let accepted = try self.authenticate(token, in: transaction)
        let event =
          try accepted.needsTouch
          ? Authentication.touch(
            device: token.device, secret: token.secret.secret, in: transaction, now: now) : nil
        return (try body(accepted.author, transaction), event)
      }
      note(event, token, call.address)
      return value
    } catch Authentication.Failure.suspended {
      try await Self.suspend(token, readers, commits, security, address: call.address, now: now)
      throw Authentication.Failure.suspended
    }
  }

  /// Notes that the device was here, takes its new secret into use, or suspends it for using an ended one.
  private func touch(_ token: DeviceToken, _ call: RPCCall) async throws {
    try await Self.touch(token, commits, security, address: call.address, now: now())
  }

  /// Suspends a device of which an ended secret was used. Noted once: who goes on asking with it writes nothing more.
  private static func suspend(
    _ token: DeviceToken, _ readers: Readers, _ commits: GroupCommit, _ security: SecurityLog,
    address: String? = nil, now: Int64
  ) async throws {
    guard try await readers.run(for: .gate, { try $0.device(token.device)?.state == .active }) else { return }
    try await touch(token, commits, security, address: address, now: now)
  }

  private static func touch(
    _ token: DeviceToken, _ commits: GroupCommit, _ security: SecurityLog, address: String? = nil, now: Int64
  ) async throws {
    let (event, person) = try await commits.run(usesReserve: true) {
      let event = try Authentication.touch(
        device: token.device, secret: token.secret.secret, in: $0, now: now)
      return (event, try event == nil ? nil : $0.device(token.device)?.user)
    }
    if let event {
      security.note(event, device: token.device, person: person, address: address, now: now)
    }
  }

  private func note(_ event: Authentication.Event?, _ token: DeviceToken, _ address: String) {
    guard let event else { return }
    security.note(
      event, device: token.device, person: gate.person(of: token), address: address, now: now())
  }

  /// What a call was refused for, when a guard wants to know it.
  func note(_ refusal: any Error, of call: RPCCall) {
    let isForAdmins = Self.adminMethods.contains(call.method)
    // What is wrong with an invite is told by `join`, with the reason that its bearer is not told.
    guard call.method != "Join" || (refusal as? ConnectError)?.code != .permissionDenied else { return }
    let token = call.bearer.flatMap { DeviceToken($0.secret) }
    security.note(
      refusal, isForAdmins: isForAdmins, device: token?.device, person: token.flatMap(gate.person),
      address: call.address, now: now())
  }

  // MARK: - Messages

  /// A method over both codecs. JSON passes through the typed messages; everything else stays bytes where it can.
  private func unary<Typed: Message, TypedAnswer: Message, Request: Message & Sendable, Answer: Message>(
    _: Typed.Type, _: TypedAnswer.Type, _ bounds: RequestBounds,
    _ body: @escaping @Sendable (Request, RPCCall) async throws -> Answer
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
        return try Self.encode(try await body(request, call), call.codec, through: TypedAnswer.self)
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

  /// What a refusal is on the wire; anything unknown is our own bug and says nothing.
  static func connectError(_ error: any Error) -> any Error {
    switch error {
    case Authentication.Failure.revoked:
      ConnectError(.unauthenticated, "\(RefusalWord.deviceRevoked) This device's access was revoked.")
    case Authentication.Failure.suspended:
      ConnectError(
        .unauthenticated,
        "\(RefusalWord.suspended) This device is suspended, because a credential was used that it, or a copy of it, had "
          + "replaced: it was copied, or put back to an older state. Ask an admin for a new invite and join again; what "
          + "waits stays here."
      )
    case Authentication.Failure.userSuspended:
      ConnectError(.permissionDenied, "\(RefusalWord.suspended) Your access is suspended; ask an admin.")
    case Authentication.Failure.silentTooLong:
      ConnectError(
        .unauthenticated,
        "This device was away for more than 90 days; ask an admin for a new invite and join again; what waits stays here."
      )
    case Authentication.Failure.unknown:
      ConnectError(.unauthenticated, "This device is not known here; ask an admin for an invite.")
    case let error as DeviceError: ConnectError(.failedPrecondition, error.sentence)
    case SyncExchange.Failure.unsupportedProtocol(let version):
      ConnectError(
        .failedPrecondition,
        "\(RefusalWord.upgradeRequired) This server speaks protocol \(Limits.protocolVersionMin) to "
          + "\(Limits.protocolVersion), this client \(version); upgrade the older of the two.")
    case SyncExchange.Failure.foreignReplica(let number):
      ConnectError(.invalidArgument, "Replica \(number) is not this credential's.")
    case is StoreIsFull:
      ConnectError(.unavailable, "The server's disk is full; it takes no changes until there is room.")
    case is StoreIsBusy:
      ConnectError(
        .unavailable, "Another program on the server holds its database; it takes no changes meanwhile.")
    case PullError.tooManyScopes(let count):
      ConnectError(
        .resourceExhausted,
        "You can see \(count) scopes; the limit is \(Limits.scopesPerUserMax). Ask an admin.")
    default: error
    }
  }
}
