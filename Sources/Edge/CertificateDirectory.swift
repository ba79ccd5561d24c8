import ConnectRPC
import Crypto
import Foundation
import HostFiles
import SwiftASN1
import X509

/// Where the server keeps the authority and the certificate that it makes itself.
package struct CertificateDirectory: Sendable {
  /// Time before the end at which a certificate is renewed: a server that is off over a holiday comes back in
  /// time.
  package static let renewalDays = 30

  /// Time before the authority's end from which that is said: everybody has to join again then.
  private static let authorityWarningDays = 180

  private let url: URL

  /// - Parameter path: A directory that only the server's user can read; made if it is missing.
  package init(path: String) {
    url = URL(filePath: path, directoryHint: .isDirectory)
  }

  /// The authority's certificate, for whoever wants to trust it by hand.
  package var authorityPath: String { authorityURL.path }

  private var authorityURL: URL { url.appending(path: "ca.pem") }
  private var authorityKeyURL: URL { url.appending(path: "ca-key.pem") }
  private var chainURL: URL { url.appending(path: "server.pem") }
  private var keyURL: URL { url.appending(path: "server-key.pem") }

  /// Makes an authority and a certificate for `hosts`.
  ///
  /// - Throws: `CocoaError.fileWriteFileExists` if there is an authority already: clients have pinned its
  ///   key.
  package func create(hosts: [String], now: Date) throws {
    // A key without its certificate is what an init that was killed left: nobody can have pinned it.
    let isUsed = FileManager.default.fileExists(atPath: authorityURL.path)
    guard !isUsed || !FileManager.default.fileExists(atPath: authorityKeyURL.path) else {
      throw CocoaError(.fileWriteFileExists, userInfo: [NSFilePathErrorKey: authorityKeyURL.path])
    }
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let authority = try CertificateAuthority.make(now: now)
    try write(authority.key.pemRepresentation, to: authorityKeyURL, readers: .owner)
    try write(try authority.certificate.serializeAsPEM().pemString, to: authorityURL, readers: .everyone)
    try issue(authority, hosts: hosts, now: now)
  }

  /// SHA-256 over the authority's public key, which clients pin. Its private key may be kept elsewhere: only a new certificate
  /// needs it.
  package func authorityKeySHA256() throws -> [UInt8] {
    try CertificateAuthority.publicKeySHA256(authorityCertificate())
  }

  private func authorityCertificate() throws -> Certificate {
    try Certificate(pemEncoded: String(contentsOf: authorityURL, encoding: .utf8))
  }

  /// - Throws: `ServerIdentity.Failure.noAuthorityKey` when the key is kept elsewhere.
  package func authority() throws -> CertificateAuthority {
    let certificate = try authorityCertificate()
    guard FileManager.default.fileExists(atPath: authorityKeyURL.path) else {
      throw ServerIdentity.Failure.noAuthorityKey(path: authorityKeyURL.path)
    }
    let key = try P256.Signing.PrivateKey(
      pemRepresentation: String(contentsOf: authorityKeyURL, encoding: .utf8))
    guard Certificate.PublicKey(key.publicKey) == certificate.publicKey else {
      throw ServerIdentity.Failure.keyDoesNotMatch(
        certificatePath: authorityURL.path, keyPath: authorityKeyURL.path)
    }
    return CertificateAuthority(certificate: certificate, key: key)
  }

  /// From when to when the server's certificate and the authority are valid.
  package struct Validity: Sendable {
    package let hosts: [String]
    package let leaf: (from: Date, through: Date)
    package let authority: (from: Date, through: Date)
  }

  package func validity() throws -> Validity {
    let authority = try authorityCertificate()
    guard let der = try identity().certificates.first else { throw CocoaError(.fileReadCorruptFile) }
    let leaf = try Certificate(derEncoded: der)
    let names = try leaf.extensions.subjectAlternativeNames.map(Array.init) ?? []
    return Validity(
      hosts: names.map { name in
        switch name {
        case .dnsName(let host): host
        case .ipAddress(let bytes): IPAddress.text(Array(bytes.bytes))
        default: "\(name)"
        }
      }, leaf: (leaf.notValidBefore, leaf.notValidAfter),
      authority: (authority.notValidBefore, authority.notValidAfter))
  }

  /// What a person must know of the authority, which the server cannot renew: clients have pinned its key.
  package enum AuthorityTrouble: Equatable, Sendable {
    case notValidYet(from: Date)
    case ends(Date)
  }

  /// - Throws: when the authority cannot be read.
  package func authorityTrouble(now: Date) throws -> AuthorityTrouble? {
    let certificate = try authorityCertificate()
    if certificate.notValidBefore > now { return .notValidYet(from: certificate.notValidBefore) }
    let left = certificate.notValidAfter.timeIntervalSince(now)
    return left < TimeInterval(Self.authorityWarningDays) * 86_400 ? .ends(certificate.notValidAfter) : nil
  }

  package func identity() throws -> ServerIdentity {
    try ServerIdentity(certificatePath: chainURL.path, keyPath: keyURL.path)
  }

  /// Makes a new certificate if less than ``renewalDays`` are left of the old one, or if it lacks one of
  /// `hosts`.
  ///
  /// One that is not valid yet was made with a wrong clock, and is renewed too.
  ///
  /// - Returns: True if there is a new one.
  package func renew(hosts: [String], now: Date, isForced: Bool = false) throws -> Bool {
    if try !isForced && isFresh(hosts: hosts, now: now) { return false }
    try issue(try authority(), hosts: hosts, now: now)
    return true
  }

  private func isFresh(hosts: [String], now: Date) throws -> Bool {
    // A crash between the two files of a renewal leaves a pair that does not match: that is renewed too.
    guard let identity = try? identity(), let der = identity.certificates.first else { return false }
    let leaf = try Certificate(derEncoded: der)
    let names = Set(try leaf.extensions.subjectAlternativeNames ?? SubjectAlternativeNames())
    let enough = leaf.notValidAfter.timeIntervalSince(now) >= TimeInterval(Self.renewalDays) * 86_400
    return enough && leaf.notValidBefore <= now && names.isSuperset(of: hosts.map(GeneralName.init(host:)))
  }

  private func issue(_ authority: CertificateAuthority, hosts: [String], now: Date) throws {
    let (leaf, key) = try authority.leaf(hosts: hosts, now: now)
    let chain = try [leaf, authority.certificate].map { try $0.serializeAsPEM().pemString }
    try write(key.pemRepresentation, to: keyURL, readers: .owner)
    try write(chain.joined(separator: "\n"), to: chainURL, readers: .everyone)
  }

  private func write(_ pem: String, to file: URL, readers: AtomicFile.Readers) throws(FileTrouble) {
    try AtomicFile.write(Data((pem.hasSuffix("\n") ? pem : pem + "\n").utf8), to: file.path, readers: readers)
  }
}
