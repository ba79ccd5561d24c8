import Crypto
import Foundation
import SwiftASN1
import X509

/// The company's own certificate authority: it signs the certificates of this server and nothing else.
///
/// Clients pin its public key, so that the server can renew its certificate without asking them.
package struct CertificateAuthority: Sendable {
  let certificate: Certificate
  let key: P256.Signing.PrivateKey

  /// The authority outlives the server it is made for.
  static let validDays = 3_650
  /// Below the 90 days of Mozilla's “modern” guidelines; the server renews it by itself.
  static let leafValidDays = 89
  /// Certificates are valid from an hour ago, for clients whose clocks are behind.
  private static let clockSkewSeconds: TimeInterval = 3_600

  /// Makes a new authority with a random key and serial number.
  package static func make(now: Date) throws -> CertificateAuthority {
    let key = P256.Signing.PrivateKey()
    let name = try DistinguishedName { CommonName("kam certificate authority") }
    let publicKey = Certificate.PublicKey(key.publicKey)
    let identifier = SubjectKeyIdentifier(hash: publicKey)
    let certificate = try Certificate(
      version: .v3, serialNumber: .random(), publicKey: publicKey,
      notValidBefore: now - clockSkewSeconds, notValidAfter: now + days(validDays),
      issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
        identifier
        AuthorityKeyIdentifier(keyIdentifier: identifier.keyIdentifier)
      },
      issuerPrivateKey: .init(key))
    return CertificateAuthority(certificate: certificate, key: key)
  }

  /// Makes a certificate for a server, with a new random key.
  ///
  /// - Parameter hosts: Host names and IP addresses (v4, or v6 without brackets) that clients will use.
  func leaf(hosts: [String], now: Date) throws -> (certificate: Certificate, key: P256.Signing.PrivateKey) {
    let leafKey = P256.Signing.PrivateKey()
    let publicKey = Certificate.PublicKey(leafKey.publicKey)
    let authorityIdentifier = try certificate.extensions.subjectKeyIdentifier?.keyIdentifier
    let leaf = try Certificate(
      version: .v3, serialNumber: .random(), publicKey: publicKey,
      notValidBefore: now - Self.clockSkewSeconds, notValidAfter: now + Self.days(Self.leafValidDays),
      issuer: certificate.subject, subject: try DistinguishedName { CommonName("kam server") },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames(hosts.map(GeneralName.init(host:)))
        SubjectKeyIdentifier(hash: publicKey)
        AuthorityKeyIdentifier(keyIdentifier: authorityIdentifier)
      },
      issuerPrivateKey: .init(key))
    return (leaf, leafKey)
  }

  /// SHA-256 over the public key (SubjectPublicKeyInfo, DER): what a client pins (RFC 7469 §2.4 has the same
  /// form).
  static func publicKeySHA256(_ certificate: Certificate) throws -> [UInt8] {
    var serializer = DER.Serializer()
    try serializer.serialize(certificate.publicKey)
    return Array(SHA256.hash(data: serializer.serializedBytes))
  }

  private static func days(_ count: Int) -> TimeInterval {
    TimeInterval(count) * 86_400
  }
}

extension Certificate.SerialNumber {
  /// 16 bytes. As a number it is positive and has no leading zeros, so that it stays below the 20 of RFC 5280 §4.1.2.2.
  static func random() -> Self {
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    bytes[0] = bytes[0] & 0x3F | 0x40
    return Self(bytes: bytes)
  }
}

extension GeneralName {
  init(host: String) {
    if let address = IPAddress(host) {
      self = .ipAddress(ASN1OctetString(contentBytes: address.bytes[...]))
    } else {
      self = .dnsName(host)
    }
  }
}
