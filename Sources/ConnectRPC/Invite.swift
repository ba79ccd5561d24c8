import Crypto
import Foundation

/// What an invite tells a device: where the server is, how to know it, and a secret that works once.
///
/// Written as `kam-invite.` and base64url of JSON, so that it survives mail and chat; the checksum tells a damaged
/// one from a refused one before anything is sent.
package struct Invite: Equatable, Sendable {
  /// How the device knows that it talks to the right server.
  package enum Trust: Equatable, Sendable {
    /// By a public certificate authority of the system.
    case system
    /// By the server's own authority: SHA-256 of its public key (never of the leaf, which is renewed).
    case authority(publicKeySHA256: [UInt8])
  }

  package let url: String
  package let trust: Trust
  package let id: String
  package let secret: Redacted<String>
  /// The organisation's name and the address of the person it is for, to be shown before anything is sent, and compared with
  /// what the server says. Nil in invites of an older version.
  package let organization: String?
  package let person: String?

  package init(
    url: String, trust: Trust, id: String, secret: Redacted<String>, organization: String? = nil,
    person: String? = nil
  ) {
    self.url = url
    self.trust = trust
    self.id = id
    self.secret = secret
    self.organization = organization
    self.person = person
  }

  private struct Content: Codable {
    var url: String
    var trust: String
    var id: String
    var secret: String
    /// Of the four above, which is all that older versions read.
    var checksum: String
    var organization: String?
    var person: String?
    /// Of everything.
    var whole: String?
  }

  private static let prefix = "kam-invite."

  package var text: String {
    let trust =
      switch self.trust {
      case .system: "system"
      case .authority(let hash): "sha256:" + Data(hash).base64EncodedString()
      }
    let content = Content(
      url: url, trust: trust, id: id, secret: secret.secret,
      checksum: Self.checksum(url, trust, id, secret.secret), organization: organization, person: person,
      whole: organization == nil && person == nil
        ? nil : Self.checksum(url, trust, id, secret.secret, organization ?? "", person ?? ""))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(content) else {
      preconditionFailure("strings always have a JSON form")
    }
    return Self.prefix + json.base64URL
  }

  /// Nil when the text is not a whole invite.
  package init?(_ text: some StringProtocol) {
    let clean = String(text.filter { !$0.isWhitespace })
    guard clean.hasPrefix(Self.prefix), clean.utf8.count < 4096 else { return nil }
    guard let json = Data(base64URL: clean.dropFirst(Self.prefix.count)),
      let content = try? JSONDecoder().decode(Content.self, from: json),
      content.checksum == Self.checksum(content.url, content.trust, content.id, content.secret),
      let trust = Self.trust(content.trust), content.url.hasPrefix("https://")
    else { return nil }
    if content.organization != nil || content.person != nil {
      let whole = Self.checksum(
        content.url, content.trust, content.id, content.secret, content.organization ?? "",
        content.person ?? "")
      guard content.whole == whole else { return nil }
    }
    self.init(
      url: content.url, trust: trust, id: content.id, secret: Redacted(content.secret),
      organization: content.organization, person: content.person)
  }

  private static func trust(_ text: String) -> Trust? {
    if text == "system" { return .system }
    guard text.hasPrefix("sha256:"), let hash = Data(base64Encoded: String(text.dropFirst(7))),
      hash.count == 32
    else { return nil }
    return .authority(publicKeySHA256: Array(hash))
  }

  private static func checksum(_ parts: String...) -> String {
    Data(SHA256.hash(data: Data(parts.joined(separator: "\u{0}").utf8)).prefix(6)).base64EncodedString()
  }
}

/// A device's credential: `kamd1_<device>_<secret>`, as the bearer of every request.
package struct DeviceToken: Equatable, Sendable {
  package let device: UInt32
  package let secret: Redacted<String>

  package init(device: UInt32, secret: Redacted<String>) {
    self.device = device
    self.secret = secret
  }

  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "kamd1", let device = UInt32(parts[1]),
      (20...200).contains(parts[2].utf8.count)
    else { return nil }
    self.init(device: device, secret: Redacted(String(parts[2])))
  }

  package var text: Redacted<String> { Redacted("kamd1_\(device)_\(secret.secret)") }
}

/// Words that begin an error's message where a client must act on it and not only show it.
package enum RefusalWord {
  /// The device is revoked: delete credential and replica.
  package static let deviceRevoked = "[device-revoked]"
  /// The person is suspended, or the device is: keep everything, it may be resumed.
  package static let suspended = "[suspended]"
  /// This client is too old for the server.
  package static let upgradeRequired = "[upgrade-required]"
}

extension Invite {
  /// The key of the server's authority as people compare it; nil when a public authority vouches for the server.
  package var fingerprint: String? {
    guard case .authority(let hash) = trust else { return nil }
    return Self.fingerprint(hash)
  }

  /// Twenty hexadecimal digits in groups of four: enough that nobody finds another key for them.
  package static func fingerprint(_ hash: [UInt8]) -> String {
    let digits = hash.prefix(10).map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.count == 1 ? "0" + digits : digits
    }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0..<min($0 + 2, digits.count)].joined() }
      .joined(separator: " ")
  }
}
