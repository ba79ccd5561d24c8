import ConnectRPC
import Foundation
import PlanModel
import ProtocolMessages
import Replica
import SwiftProtobuf
import SyncCore
import Wording

extension Connection {
  /// Turns an invite into this device's credential and replica.
  ///
  /// The server is verified before the invite's secret is sent. A lost answer can be asked for again with the same
  /// invite within ten minutes.
  ///
  /// - Throws: ``ClientError``; `ReplicaError` when the directory is another person's.
  package static func join(
    invite text: String, deviceName: String, home: Home, proxies: ProxySettings
  ) async throws -> Identity {
    guard let invite = Invite(text) else {
      throw ClientError(
        "This is not a whole invite: it begins with “kam-invite.” and must be copied to its end. Nothing was sent."
      )
    }
    let route = try Route(url: invite.url, proxies)
    let replica = try home.openReplica()
    let authority: Data? =
      switch invite.trust {
      case .system: nil
      case .authority(let pin):
        Data(try await ServerTrust.authority(route, publicKeySHA256: pin))
      }
    let pending = try PendingJoin.begin(invite, home)
    let response = try await exchange(
      invite, pending, deviceName: deviceName, holding: try replica.formerIdentity(),
      over: try Transport(route, authority: authority))
    let identity = try identity(response)
    try replica.join(
      identity, epoch: response.epoch, checkpoint: Array(response.checkpoint),
      isSameOrganization: response.formerKnown)
    let credential = Credential(
      url: invite.url, authority: authority, device: response.replica, secret: pending.secret,
      since: wallClock(),
      next: nil)
    try credential.write(home)
    try PendingJoin.end(home)
    return identity
  }

  private static func exchange(
    _ invite: Invite, _ pending: PendingJoin, deviceName: String,
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
      result = .failure(ClientError(.verbatim(error.message), isUnreachable: error.code == .unavailable))
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
