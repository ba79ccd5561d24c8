import ConnectRPC
import Crypto
import Foundation
import PlanModel
import ProtocolMessages
import Replica
import SwiftProtobuf
import SyncCore
import Wording

/// An invite that is about to be used: whom this device would join is known, and nothing was sent yet.
package struct Joining: Sendable {
  /// A server as people compare it.
  package struct Server: Equatable, Sendable {
    /// Host and port.
    package let address: String
    /// Of its authority's key, in groups; nil where a public authority vouches for the host.
    package let fingerprint: String?

    init(_ server: HomeServer) throws(ClientError) {
      address = try Route(url: server.url, ProxySettings(environment: [:])).authority
      fingerprint = server.authority.isEmpty ? nil : Invite.fingerprint(server.authority)
    }
  }

  package let server: Server
  /// As the invite says; nil in one of an older version.
  package let organization: String?
  package let person: String?
  /// The server of the organisation that this directory is of, when the invite is of another one.
  package let former: Server?

  private let invite: Invite
  private let home: Home
  private let replica: Replica
  private let route: Route
  private let authority: Data?
  private let homeServer: HomeServer

  /// Looks at an invite and at the server that it names.
  ///
  /// - Parameter moves: The directory may be of another server; to be asked before anything is sent.
  /// - Throws: ``ClientError``: no whole invite, the server is another than the invite's or cannot be reached, or the
  ///   directory is of another organisation.
  package init(invite text: String, moves: Bool, home: Home, proxies: ProxySettings) async throws {
    guard let invite = Invite(text) else {
      throw ClientError(
        "This is not a whole invite: it begins with “kam-invite.” and must be copied to its end. Nothing was sent."
      )
    }
    route = try Route(url: invite.url, proxies)
    replica = try home.openReplica()
    let pin: [UInt8] =
      switch invite.trust {
      case .system: []
      case .authority(let pin): pin
      }
    homeServer = HomeServer(url: invite.url, authority: pin)
    server = try Server(homeServer)
    // Also of one that moves: it is shown from where.
    let isKnown = try !replica.isJoined() || home.learnServer(of: replica)
    guard moves || isKnown else {
      throw ClientError(
        """
        This directory is of \(try replica.identity().organization), but which server it is of cannot be read any more. Nothing \
        was sent. When your admin says that this invite is of the same server: \(action: .joinMovedServer).
        """)
    }
    former = try Self.former(homeServer, home, replica)
    if !moves, let former {
      throw ClientError(
        """
        This directory is of \(try replica.identity().organization) at \(former.address), and the invite is for another \
        server, \(server.address), whose key is another. Nothing was sent. Use another KAM_HOME; only when your admin says \
        that your organisation's server has a new key: \(action: .joinMovedServer).
        """)
    }
    authority = pin.isEmpty ? nil : Data(try await ServerTrust.authority(route, publicKeySHA256: pin))
    self.invite = invite
    self.home = home
    organization = invite.organization
    person = invite.person
  }

  /// The server that the replica is of, unless it is of the same organisation as this one.
  private static func former(
    _ server: HomeServer, _ home: Home, _ replica: Replica
  ) throws -> Server? {
    guard try replica.isJoined() else { return nil }
    guard let present = try replica.server(), !present.isSameOrganization(as: server) else { return nil }
    return try Server(present)
  }

  /// Turns the invite into this device's credential and replica.
  ///
  /// The server was verified before the invite's secret is sent. A lost answer can be asked for again with the same invite
  /// within ten minutes. What let the device in before is kept until the first sync has ended.
  ///
  /// - Throws: ``ClientError``; `ReplicaError` when the directory is another person's.
  package func accept(deviceName: String) async throws -> Identity {
    // A sync that runs meanwhile would write the credential of before over the new one.
    let lock = try ProcessLock(home.syncLockPath, onWait: {})
    defer { withExtendedLifetime(lock) {} }
    let pending = try PendingJoin.begin(invite, home)
    let response = try await exchange(
      pending, deviceName: deviceName, holding: try replica.formerIdentity(),
      over: try Transport(route, authority: authority))
    let identity = try Self.identity(response)
    try compare(identity)
    try FormerAccess.keep(home, replica)
    try replica.join(
      identity, at: homeServer, epoch: response.epoch, checkpoint: Array(response.checkpoint),
      isSameOrganization: response.formerKnown)
    let credential = Credential(
      url: invite.url, authority: authority, device: response.replica, secret: pending.secret,
      since: wallClock(),
      next: nil)
    try credential.write(home)
    try PendingJoin.end(home)
    return identity
  }

  /// Who was shown whom they join must not join somebody else.
  private func compare(_ identity: Identity) throws {
    let isShown =
      (organization ?? identity.organization) == identity.organization
      && (person ?? identity.email).lowercased() == identity.email.lowercased()
    guard isShown else {
      throw ClientError(
        """
        The invite is for \(person ?? identity.email) at \(organization ?? identity.organization), and the server says \
        \(identity.email) at \(identity.organization). Nothing was kept; ask your admin for another invite.
        """)
    }
  }

  private func exchange(
    _ pending: PendingJoin, deviceName: String,
    holding former: (person: RecordID, epoch: String, checkpoint: [UInt8])?, over transport: Transport
  ) async throws -> WireJoinResponse {
    let result: Result<WireJoinResponse, any Error>
    do {
      result = .success(
        try await transport.call(
          "Join",
          EncodedRequest(
            WireJoinRequest.with {
              $0.protocol = Limits.protocolVersion
              $0.schema = PlanModel.schemaVersion
              $0.invite = invite.id
              $0.inviteSecret = invite.secret.secret
              $0.deviceSecretSha256 = secretHash(pending.secret)
              $0.deviceName = deviceName
              guard let former else { return }
              $0.formerPerson = former.person.description
              $0.formerEpoch = former.epoch
              $0.formerCheckpoint = Data(CheckpointProof.make(of: former.checkpoint))
            }), token: nil))
    } catch let error as ConnectError {
      result = .failure(ClientError(error.phrase, isUnreachable: error.code == .unavailable))
    } catch {
      result = .failure(error)
    }
    try await transport.close()
    return try result.get()
  }

  private static func identity(_ response: WireJoinResponse) throws -> Identity {
    guard let person = RecordID(response.user), let role = OrganizationRole(rawValue: response.role.rawValue)
    else {
      throw ClientError("The server's answer cannot be read; is it of a newer version? Upgrade kam.")
    }
    return Identity(
      organization: response.organization, person: person, name: response.name, email: response.email,
      role: role,
      replica: response.replica)
  }
}

extension Home {
  /// A replica of an older version learns from its credential which server it is of.
  ///
  /// - Returns: whether that is known.
  func learnServer(of replica: Replica) throws -> Bool {
    if try replica.server() == nil, isJoined, let present = try? Credential.read(self).server() {
      try replica.learn(present)
    }
    return try replica.server() != nil
  }
}
