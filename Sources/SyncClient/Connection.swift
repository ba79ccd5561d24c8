import ConnectRPC
import Foundation
import PlanModel
import ProtocolMessages
import Replica
import SwiftProtobuf
import SyncCore
import Wording

/// How far a long sync is.
package struct SyncProgress: Sendable {
  package let sentSoFar: Int
  package let receivedSoFar: Int
  /// Edits that are still to be sent.
  package let waiting: Int
}

/// This device's line to its server: performs what a `SyncSession` asks for, and nothing of its own.
package final class Connection: Sendable {
  private let home: Home
  private let credential: Credential
  private let transport: Transport
  private let proxies: ProxySettings

  /// - Throws: ``ClientError`` when this device has not joined, or the proxy that is named cannot be used.
  package init(home: Home, proxies: ProxySettings) throws {
    self.home = home
    self.proxies = proxies
    credential = try Credential.read(home)
    transport = try Transport(Route(url: credential.url, proxies), authority: credential.authority)
  }

  /// The server that this device has joined, and the proxy on the way to it. Opens no connection.
  ///
  /// - Throws: ``ClientError`` when this device has not joined.
  package static func server(
    of home: Home, proxies: ProxySettings
  ) throws -> (url: String, proxy: Result<Proxy?, ClientError>) {
    let url = try Credential.read(home).url
    do {
      return (url, .success(try Route(url: url, proxies).proxy))
    } catch {
      return (url, .failure(error))
    }
  }

  package func close() async throws { try await transport.close() }

  // MARK: - Calls

  package func history(
    scope: Scope, record: RecordID, before: UInt64, limit: UInt32
  ) async throws -> WireHistoryResponse {
    try await call(
      "History",
      WireHistoryRequest.with {
        $0.scope = scope.description
        $0.record = record.description
        $0.before = before
        $0.limit = limit
      })
  }

  /// Gives, changes or (nil) takes away a role.
  package func share(
    account: RecordID, email: String, role: AccountRole?
  ) async throws -> WireShareAccountResponse {
    try await call(
      "ShareAccount",
      WireShareAccountRequest.with {
        $0.account = account.description
        $0.email = email
        $0.role = role.flatMap { KamAccountRole(rawValue: $0.rawValue) } ?? .unspecified
      })
  }

  package func grants(account: RecordID) async throws -> WireShareAccountResponse {
    try await call(
      "ShareAccount",
      WireShareAccountRequest.with {
        $0.account = account.description
        $0.list = true
      })
  }

  package func engage(
    _ isEngaged: Bool, _ department: DepartmentCode, in account: RecordID
  ) async throws -> WireEngageDepartmentResponse {
    try await call(
      "EngageDepartment",
      WireEngageDepartmentRequest.with {
        $0.account = account.description
        $0.department = KamDepartmentCode(rawValue: Int(department.number)) ?? .unspecified
        $0.engaged = isEngaged
      })
  }

  /// For admins.
  package func addDepartment(_ name: String) async throws {
    let _: WireAddDepartmentResponse = try await call(
      "AddDepartment", WireAddDepartmentRequest.with { $0.name = name })
  }

  /// For admins: a person's organisation role (nil leaves it) and departments (nil takes them out).
  package func editPerson(
    _ email: String, role: OrganizationRole?, departments: [(DepartmentCode, DepartmentRole?)]
  ) async throws -> Bool {
    let answer: WireEditPersonResponse = try await call(
      "EditPerson",
      WireEditPersonRequest.with {
        $0.email = email
        $0.role = role.flatMap { KamOrganizationRole(rawValue: $0.rawValue) } ?? .unspecified
        $0.departments = departments.map { code, role in
          .with {
            $0.department = KamDepartmentCode(rawValue: Int(code.number)) ?? .unspecified
            $0.role = role.flatMap { KamDepartmentRole(rawValue: $0.rawValue) } ?? .unspecified
          }
        }
      })
    return answer.changed
  }

  /// This person's own.
  package func devices() async throws -> WireDevicesResponse {
    try await call("Devices", WireDevicesRequest())
  }

  /// Ends a device of this person, with its copies. What this one holds is deleted when it is among them.
  package func endDevice(_ number: UInt32) async throws -> WireDevicesResponse {
    let answer: WireDevicesResponse = try await call("Devices", WireDevicesRequest.with { $0.end = number })
    if answer.ended.contains(credential.device) { try home.wipe() }
    return answer
  }

  // MARK: - Sync

  /// Syncs until nothing waits on either side.
  ///
  /// Safe at any time and in several processes at once: a second one waits for the first, for two would send the same
  /// edits and fetch the same pages.
  ///
  /// - Parameters:
  ///   - onWait: Called once, when another process syncs and this one waits for it.
  ///   - onGoBack: Called when the server does not take what this device joined with last, and it uses what it had before.
  /// - Throws: ``ClientError``; what was not acknowledged stays in the outbox.
  package func sync(
    _ replica: Replica, onWait: () -> Void = {}, onGoBack: () -> Void = {},
    onProgress: @Sendable (SyncProgress) -> Void = { _ in }
  ) async throws -> SyncReport {
    let lock = try ProcessLock(home.syncLockPath, onWait: onWait)
    defer { withExtendedLifetime(lock) {} }
    _ = try home.learnServer(of: replica)
    do {
      let report = try await exchange(replica, onProgress)
      try FormerAccess.forget(home)
      return report
    } catch let error as ClientError where error.isAboutNewAccess {
      guard let former = FormerAccess.read(home) else { throw error }
      try goBack(to: former, replica)
      onGoBack()
      let connection = try Connection(home: home, proxies: proxies)
      let result: Result<SyncReport, any Error>
      do {
        result = .success(try await connection.exchange(replica, onProgress))
      } catch { result = .failure(error) }
      try await connection.close()
      return try result.get()
    }
  }

  /// Makes the replica one of the access it had before once more. What is kept of its edits was numbered anew when it joined:
  /// where the server knows others by these numbers it says so, and in that sync the replica gets a number of its own.
  private func goBack(to former: FormerAccess, _ replica: Replica) throws {
    let line = former.credential
    try replica.join(
      try replica.identity().renumbered(line.device), at: try line.server(), epoch: former.epoch)
    try line.write(home)
    try FormerAccess.forget(home)
  }

  private static func newReplica(_ secret: String) -> WireNewReplicaRequest {
    .with {
      $0.deviceSecretSha256 = secretHash(secret)
      $0.deviceName = ProcessInfo.processInfo.hostName + " (copy)"
    }
  }

  /// What ``sync(_:onWait:onGoBack:onProgress:)`` does with one access.
  private func exchange(
    _ replica: Replica, _ onProgress: @Sendable (SyncProgress) -> Void
  ) async throws -> SyncReport {
    // At most one call at a time is in the group.
    return try await withThrowingTaskGroup(of: TimedAnswer.self) { group in
      // Another process may have renewed it while this one waited for its turn.
      var line = try Credential.read(self.home)
      var session = SyncSession(replica)
      var effects = try session.handle(.begin)
      var sent = 0
      var received = 0
      performing: while !effects.isEmpty {
        let effect = effects.removeFirst()
        switch effect {
        case .finish(let report): return report
        case .sync(let number, _), .awaitAhead(let number):
          if case .sync(_, var request) = effect {
            // Another request than was thought: what the server did with that one, it says again.
            // It may have failed with the line, like the one before.
            while !group.isEmpty {
              do { _ = try await group.next() } catch let error where Self.isAboutTheLine(error) {}
            }
            try offerNewSecret(&line, in: &request)
            let body = try EncodedRequest(request)
            group.addTask { [token = line.token] in try await self.timed(body, token) }
          }
          let next = try RequestBody(WireSyncRequest.with { $0.push = try session.prepareAhead() })
          let answer: TimedAnswer
          do {
            guard let next = try await group.next() else { break performing }
            answer = next
          } catch let error where Self.isAboutTheLine(error) {
            let smaller = try session.handle(.failed)
            guard !smaller.isEmpty else { throw error }
            effects += smaller
            continue
          }
          let response = answer.response
          try takeNewSecret(&line, response)
          if line.next == nil, var ahead = try session.requestAhead(of: response) {
            ahead.push = []
            try next.append(ahead)
            let body = next.finish()
            group.addTask { [token = line.token] in try await self.timed(body, token) }
          }
          sent += response.results.count
          received += response.pages.reduce(0) { $0 + $1.records.count }
          effects += try session.handle(
            .answered(request: number, response, sent: answer.began, received: answer.ended))
          onProgress(
            SyncProgress(sentSoFar: sent, receivedSoFar: received, waiting: try replica.waitingCount()))
        case .newReplica(let number):
          let response = try await renumber(&line)
          effects += try session.handle(.renumbered(request: number, response))
        case .digests(let number, let request):
          effects += try session.handle(
            .compared(request: number, try await call("Digests", request, token: line.token)))
        case .fetchRecords(let number, let request):
          effects += try session.handle(
            .fetched(request: number, try await call("FetchRecords", request, token: line.token)))
        }
      }
      throw ClientError("The sync ended without a result; try again.")
    }
  }

  /// Whether less at a time might get through: a request that was too large for somebody on the way, or took too long.
  private static func isAboutTheLine(_ error: any Error) -> Bool {
    (error as? ClientError)?.isAboutTheLine == true
  }

  /// An answer, and this device's clock around the call, Unix milliseconds.
  private struct TimedAnswer: Sendable {
    let response: WireSyncResponse
    let began: Int64
    let ended: Int64
  }

  private func timed(_ body: EncodedRequest, _ token: Redacted<String>) async throws -> TimedAnswer {
    // The round trip by a clock that nobody sets; where it lies, by the one that stamps edits.
    let began = ContinuousClock.now
    let response: WireSyncResponse = try await call("Sync", body, token: token)
    let elapsed = (ContinuousClock.now - began).components
    let ended = wallClock()
    let milliseconds = elapsed.seconds * 1_000 + elapsed.attoseconds / 1_000_000_000_000_000
    return TimedAnswer(response: response, began: ended - milliseconds, ended: ended)
  }

  /// A copied replica gets a number and a secret of its own, so that the two can be told apart and revoked apart.
  private func renumber(_ line: inout Credential) async throws -> WireNewReplicaResponse {
    let secret = line.next ?? newSecret()
    line.next = secret
    try line.write(home)
    let response: WireNewReplicaResponse = try await call(
      "NewReplica", Self.newReplica(secret), token: line.token)
    line.device = response.replica
    line.secret = secret
    line.next = nil
    line.since = wallClock()
    try line.write(home)
    return response
  }

  // MARK: - Rotation

  private func offerNewSecret(_ line: inout Credential, in request: inout WireSyncRequest) throws {
    guard wallClock() - line.since > Credential.rotationMilliseconds || line.next != nil else { return }
    if line.next == nil {
      line.next = newSecret()
      try line.write(home)
    }
    if let next = line.next { request.nextSecretSha256 = secretHash(next) }
  }

  private func takeNewSecret(_ line: inout Credential, _ response: WireSyncResponse) throws {
    guard response.secretAccepted, let next = line.next else { return }
    line.secret = next
    line.next = nil
    line.since = wallClock()
    try line.write(home)
  }

  // MARK: - Refusals

  private func call<Answer: Message>(
    _ method: String, _ message: some Message, token: Redacted<String>? = nil
  ) async throws -> Answer {
    try await call(method, try EncodedRequest(message), token: token)
  }

  private func call<Answer: Message>(
    _ method: String, _ body: EncodedRequest, token: Redacted<String>? = nil
  ) async throws -> Answer {
    do {
      return try await transport.call(method, body, token: token ?? credential.token)
    } catch let error as ConnectError {
      throw try clientError(error)
    }
  }

  private func clientError(_ error: ConnectError) throws -> ClientError {
    if error.code == .unauthenticated, FormerAccess.isKept(home),
      !error.message.hasPrefix(RefusalWord.suspended)
    {
      return ClientError(
        """
        The server does not take what this device joined with last (\(error.phrase)). What it had before is kept, and the next \
        sync uses it again.
        """, isAboutNewAccess: true)
    }
    if error.code == .unauthenticated, error.message.hasPrefix(RefusalWord.deviceRevoked) {
      try home.wipe()
      return ClientError(
        "This device's access was revoked. Its credential and its replica were deleted from \(home.directory)."
      )
    }
    if error.isAboutSize {
      return ClientError(
        "The line to the server carries less at a time (\(error.phrase)). Your edits are kept; try again later.",
        isUnreachable: true, isAboutTheLine: true)
    }
    let message = error.phrase
    switch error.code {
    case .unavailable, .deadlineExceeded, .unknown, .internal:
      return ClientError(
        "The server could not do it now (\(message)). Your edits are kept; try again later.",
        isUnreachable: true,
        online: "The server could not do it now (\(message)). Nothing was done; try again later.")
    case .resourceExhausted:
      return ClientError(
        "\(message) Your edits are kept.", isUnreachable: true, online: "\(message) Nothing was done.")
    default: return ClientError(message)
    }
  }
}

/// Unix milliseconds.
func wallClock() -> Int64 {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
}
