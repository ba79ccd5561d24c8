import ConnectRPC
import NIOSSL
import Synchronization

/// The oldest version of TLS that is spoken.
package enum MinimumTLS: String, Sendable, CaseIterable {
  case v13 = "1.3"
  /// For clients of before 2018, with authenticated encryption only.
  case v12 = "1.2"
}

/// The TLS settings of new connections, which may be exchanged while old ones go on with theirs.
final class TLSContext: Sendable {
  private let minimum: MinimumTLS
  private let context: Mutex<NIOSSLContext>

  /// - Throws: `NIOSSLError` if BoringSSL refuses the certificate or the key.
  init(_ identity: ServerIdentity, minimum: MinimumTLS) throws {
    self.minimum = minimum
    context = Mutex(try NIOSSLContext(configuration: .edge(identity, minimum)))
  }

  var current: NIOSSLContext { context.withLock { $0 } }

  /// - Throws: `NIOSSLError`; the old settings stay then.
  func replace(with identity: ServerIdentity) throws {
    let replacement = try NIOSSLContext(configuration: .edge(identity, minimum))
    context.withLock { $0 = replacement }
  }
}

extension TLSConfiguration {
  fileprivate static func edge(_ identity: ServerIdentity, _ minimum: MinimumTLS) throws -> TLSConfiguration {
    let chain = try identity.certificates.map { try NIOSSLCertificate(bytes: $0, format: .der) }
    let key = try NIOSSLPrivateKey(bytes: Array(identity.privateKeyPEM.secret.utf8), format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    // The library's own default begins at 1.0.
    configuration.minimumTLSVersion = minimum == .v13 ? .tlsv13 : .tlsv12
    // Concerns 1.2 only; of 1.3 every suite is authenticated and has forward secrecy.
    configuration.cipherSuiteValues = [
      .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
      .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
      .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]
    configuration.applicationProtocols = ["h2", "http/1.1"]
    return configuration
  }
}
