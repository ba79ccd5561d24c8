import ConnectRPC
import Crypto
import Foundation
import SwiftASN1
import X509

/// A certificate chain and the key of its first certificate, known to belong together.
package struct ServerIdentity: Sendable {
  package enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case noCertificate(path: String)
    case keyDoesNotMatch(certificatePath: String, keyPath: String)
    case noAuthorityKey(path: String)

    package var description: String {
      switch self {
      case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
      case .noCertificate(let path): "\(path) holds no certificate"
      case .keyDoesNotMatch(let certificatePath, let keyPath):
        "the key in \(keyPath) is not the key of the certificate in \(certificatePath)"
      case .noAuthorityKey(let path):
        "the authority's key is not in \(path), and a new certificate needs it: put it back for that, then take it away again"
      }
    }
  }

  /// DER, the server's own first, then its issuers.
  package let certificates: [[UInt8]]
  package let privateKeyPEM: Redacted<String>
  /// When the server's own certificate ends.
  package let notValidAfter: Date

  /// Reads a PEM file with the chain and a PEM file with the key.
  ///
  /// - Throws: ``Failure``.
  package init(certificatePath: String, keyPath: String) throws {
    let chain = try Self.parsed(certificatePath) { try PEMDocument.parseMultiple(pemString: $0) }
      .filter { $0.discriminator == Certificate.defaultPEMDiscriminator }
    let certificates = try Self.parsed(certificatePath) { _ in
      try chain.map { try Certificate(pemDocument: $0) }
    }
    guard let leaf = certificates.first else { throw Failure.noCertificate(path: certificatePath) }
    let keyPEM = try Self.parsed(keyPath) { $0 }
    let key = try Self.parsed(keyPath) { try Certificate.PrivateKey(pemEncoded: $0) }
    guard key.publicKey == leaf.publicKey else {
      throw Failure.keyDoesNotMatch(certificatePath: certificatePath, keyPath: keyPath)
    }
    self.certificates = chain.map(\.derBytes)
    privateKeyPEM = Redacted(keyPEM)
    notValidAfter = leaf.notValidAfter
  }

  private static func parsed<Value>(_ path: String, _ parse: (String) throws -> Value) throws -> Value {
    do {
      return try parse(String(contentsOfFile: path, encoding: .utf8))
    } catch {
      throw Failure.unreadable(path: path, reason: "\(error)")
    }
  }
}
