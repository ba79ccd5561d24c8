import ConnectRPC
import Crypto
import Foundation
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

  func write(_ home: Home) throws { try writePrivately(JSONEncoder().encode(self), to: home.credentialPath) }
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

/// 256 random bits, base64url.
func newSecret() -> String {
  let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
  return bytes.base64EncodedString()
    .replacing("+", with: "-").replacing("/", with: ".").replacing("=", with: "")
}

func secretHash(_ secret: String) -> Data { Data(SHA256.hash(data: Data(secret.utf8))) }
