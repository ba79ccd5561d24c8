import ConnectRPC
import Crypto
import Foundation
import NIOSSL
import Replica
import Wording

/// What lets this device in, and how it knows the server. Kept in a file of its own, mode 0600; never in argv,
/// environment, URL or logs.
struct Credential: Codable, Sendable {
  var url: String
  /// The server's own authority, DER; nil when a public one is trusted.
  var authority: Data?
  var device: UInt32
  var secret: String
  /// When `secret` was taken into use, Unix milliseconds.
  var since: Int64
  /// Made and stored before it is offered, so that it is not lost when the answer is.
  var next: String?

  /// Secrets that live longer are replaced.
  static let rotationMilliseconds: Int64 = 30 * 86_400_000

  var token: Redacted<String> { DeviceToken(device: device, secret: Redacted(secret)).text }

  static func read(_ home: Home) throws -> Credential {
    guard home.isJoined else { throw ClientError.notJoined }
    try home.checkPrivate(home.directory)
    try home.checkPrivate(home.credentialPath)
    do {
      return try JSONDecoder().decode(
        Self.self, from: try Data(contentsOf: URL(filePath: home.credentialPath)))
    } catch {
      throw ClientError(
        "\(home.credentialPath) cannot be read as a credential; ask an admin for a new invite and join again."
      )
    }
  }

  /// The server that it is for.
  func server() throws -> HomeServer {
    let key = try authority.map { authority in
      try NIOSSLCertificate(bytes: Array(authority), format: .der).extractPublicKey().toSPKIBytes()
    }
    return HomeServer(url: url, authority: key.map { Array(SHA256.hash(data: $0)) } ?? [])
  }

  func write(_ home: Home) throws { try writePrivately(JSONEncoder().encode(self), to: home.credentialPath) }
}

/// What let this device in before it joined once more: kept until the first sync with the new access has ended, and used
/// again should that turn out to be of no use.
struct FormerAccess: Codable, Sendable {
  var credential: Credential
  /// The history that the replica was of.
  var epoch: String

  static func isKept(_ home: Home) -> Bool { FileManager.default.fileExists(atPath: home.formerAccessPath) }

  /// Keeps what is about to be replaced. One that is kept already has worked, and the one after it never has.
  static func keep(_ home: Home, _ replica: Replica) throws {
    guard home.isJoined, !isKept(home), let credential = try? Credential.read(home) else { return }
    try FormerAccess(credential: credential, epoch: try replica.progress().epoch).write(home)
  }

  /// Nil when there is none, or it cannot be read.
  static func read(_ home: Home) -> FormerAccess? {
    FileManager.default.contents(atPath: home.formerAccessPath).flatMap {
      try? JSONDecoder().decode(Self.self, from: $0)
    }
  }

  func write(_ home: Home) throws {
    try writePrivately(JSONEncoder().encode(self), to: home.formerAccessPath)
  }

  static func forget(_ home: Home) throws {
    guard isKept(home) else { return }
    try FileManager.default.removeItem(atPath: home.formerAccessPath)
  }
}

/// A join that was begun: with the same invite and the same device secret a lost answer can be asked for again.
struct PendingJoin: Codable, Sendable {
  var invite: String
  var secret: String

  static func begin(_ invite: Invite, _ home: Home) throws -> PendingJoin {
    if let data = FileManager.default.contents(atPath: home.pendingJoinPath),
      let pending = try? JSONDecoder().decode(Self.self, from: data), pending.invite == invite.id
    {
      return pending
    }
    let pending = PendingJoin(invite: invite.id, secret: newSecret())
    try writePrivately(JSONEncoder().encode(pending), to: home.pendingJoinPath)
    return pending
  }

  static func end(_ home: Home) throws {
    guard FileManager.default.fileExists(atPath: home.pendingJoinPath) else { return }
    try FileManager.default.removeItem(atPath: home.pendingJoinPath)
  }
}

/// 256 random bits as base64, with a full stop for the slash: in a token an underscore separates.
func newSecret() -> String {
  let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
  return bytes.base64EncodedString()
    .replacing("+", with: "-").replacing("/", with: ".").replacing("=", with: "")
}

func secretHash(_ secret: String) -> Data { Data(SHA256.hash(data: Data(secret.utf8))) }
