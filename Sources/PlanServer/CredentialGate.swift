import ConnectRPC
import Edge
import PlanModel
import SyncCore
import SyncServer
import Synchronization

/// Judges the heads of requests: nothing is read, let alone unpacked, of whoever shows no good credential.
///
/// That a credential was good within the last half minute is remembered, so that a busy device costs no lookup here. It
/// opens the way for a body, no more: what is done with it is decided by what the database says then.
final class CredentialGate: Gatekeeper {
  private struct Known {
    let secretHash: [UInt8]
    let person: RecordID
    let until: Int64
  }

  private static let knownMilliseconds: Int64 = 30_000
  /// More devices than any organisation has at work at once.
  private static let knownMax = 20_000

  private let open: Set<String>
  private let log: SecurityLog
  private let look: @Sendable (DeviceToken) async throws -> RecordID
  /// Unix milliseconds.
  private let now: @Sendable () -> Int64
  private let known = Mutex<[UInt32: Known]>([:])
  /// Requests without a good credential, greetings and joins, by address (IPv6: by /64). Those with one are not counted:
  /// an office behind one address must not be locked out by a stranger in it.
  private let strangers = RateLimiter<[UInt8]>(countMax: 300, windowMilliseconds: 60_000)
  /// Requests by person, whatever the number of their devices: their busiest minute is far below, a broken client's loop
  /// far above.
  private let requests = RateLimiter<RecordID>(countMax: 1_200, windowMilliseconds: 60_000)

  /// - Parameters:
  ///   - open: Methods that need no credential.
  ///   - look: Finds out whose a credential is. Throws why it is none that is good.
  init(
    open: Set<String>, log: SecurityLog, now: @escaping @Sendable () -> Int64,
    look: @escaping @Sendable (DeviceToken) async throws -> RecordID
  ) {
    self.open = open
    self.log = log
    self.now = now
    self.look = look
  }

  func decideAtOnce(_ caller: Caller) -> Admittance? {
    log.sweep(now: now())
    if open.contains(caller.method) { return stranger(caller, refusal: nil) }
    guard let token = caller.bearer.flatMap({ DeviceToken($0.secret) }) else {
      return stranger(
        caller,
        refusal: ConnectError(.unauthenticated, .noCredential))
    }
    let now = now()
    guard let known = known.withLock({ $0[token.device] }), now < known.until,
      isEqualInConstantTime(known.secretHash, sha256(Array(token.secret.secret.utf8)))
    else { return nil }
    return member(known.person, token, caller, now)
  }

  /// A credential that looks like one is always looked up, also when its address is over its limit: that costs two rows of
  /// an index, and a colleague behind the same address is let in.
  func decide(_ caller: Caller) async -> Admittance {
    guard let token = caller.bearer.flatMap({ DeviceToken($0.secret) }) else {
      return stranger(caller, refusal: nil)
    }
    do {
      let person = try await look(token)
      let now = now()
      remember(token, person, now)
      return member(person, token, caller, now)
    } catch {
      let refusal =
        SyncService.connectError(error) as? ConnectError
        ?? ConnectError(.unavailable, "The server could not look up this device; try again.")
      return stranger(caller, refusal: refusal)
    }
  }

  func strayed(_ caller: Caller) -> ConnectError? {
    if case .refused(let refusal) = stranger(caller, refusal: nil) { return refusal }
    return nil
  }

  /// Who was let in with this credential a moment ago.
  func person(of token: DeviceToken) -> RecordID? { known.withLock { $0[token.device]?.person } }

  /// Of a device that was let in and turned out not to be good any more.
  func forget(_ device: UInt32) { known.withLock { $0[device] = nil } }

  private func member(
    _ person: RecordID, _ token: DeviceToken, _ caller: Caller, _ now: Int64
  ) -> Admittance {
    if let seconds = requests.secondsToWait(person, now: now) {
      let refusal = ConnectError(
        .resourceExhausted, .tooOften(.requests, seconds: seconds), retryAfterSeconds: seconds)
      note(refusal, token.device, person, caller, now)
      return .refused(refusal)
    }
    requests.count(person, now: now)
    return .admitted(as: person.description)
  }

  /// Counts a request without a credential, and refuses it when there were too many from its address.
  private func stranger(_ caller: Caller, refusal: ConnectError?) -> Admittance {
    let now = now()
    let device = caller.bearer.flatMap { DeviceToken($0.secret) }?.device
    if let seconds = strangers.secondsToWait(caller.network, now: now) {
      let refusal = ConnectError(
        .resourceExhausted, .tooOften(.strangers, seconds: seconds), retryAfterSeconds: seconds)
      note(refusal, device, nil, caller, now)
      return .refused(refusal)
    }
    strangers.count(caller.network, now: now)
    guard let refusal else { return .admitted(as: caller.stranger) }
    note(refusal, device, nil, caller, now)
    return .refused(refusal)
  }

  private func note(
    _ refusal: ConnectError, _ device: UInt32?, _ person: RecordID?, _ caller: Caller, _ now: Int64
  ) {
    log.note(
      refusal, isForAdmins: false, device: device, person: person, address: caller.address, now: now)
  }

  private func remember(_ token: DeviceToken, _ person: RecordID, _ now: Int64) {
    let entry = Known(
      secretHash: sha256(Array(token.secret.secret.utf8)), person: person,
      until: now + Self.knownMilliseconds)
    known.withLock { known in
      if known.count >= Self.knownMax { known = known.filter { now < $0.value.until } }
      // Beyond that, looking up is what remains.
      if known.count < Self.knownMax { known[token.device] = entry }
    }
  }
}
