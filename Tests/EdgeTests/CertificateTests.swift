import Edge
import Foundation
import Testing

@Suite("Certificates")
struct CertificateTests {
  private static let now = Date(timeIntervalSince1970: 1_800_000_000)
  private static let day: TimeInterval = 86_400

  @Test("openssl reads from them what security demands")
  func hasExtensions() async throws {
    try await inDirectory { certificates, path in
      let authority = try await text(path + "/ca.pem")
      #expect(authority.contains("X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:0"))
      #expect(authority.contains("X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign"))
      #expect(authority.contains("ASN1 OID: prime256v1"))
      #expect(authority.contains("X509v3 Subject Key Identifier"))
      #expect(authority.contains("X509v3 Authority Key Identifier"))
      let leaf = try await text(path + "/server.pem")
      #expect(leaf.contains("DNS:kam.example, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1"))
      #expect(leaf.contains("TLS Web Server Authentication"))
      #expect(leaf.contains("X509v3 Key Usage: critical\n                Digital Signature\n"))
      #expect(leaf.contains("X509v3 Authority Key Identifier"))
      let days = try certificates.identity().notValidAfter.timeIntervalSince(Self.now) / Self.day
      #expect(days == 89)
    }
  }

  @Test("keys are for the owner's eyes only")
  func protectsKeys() async throws {
    try await inDirectory { _, path in
      for (file, mode) in [
        ("ca-key.pem", 0o600), ("server-key.pem", 0o600), ("ca.pem", 0o644), ("server.pem", 0o644),
      ] {
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + file)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode, "\(file)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 4)
    }
  }

  @Test(
    "what a client pins is the hash that openssl makes of the authority's public key, and survives renewal")
  func pinsAuthority() async throws {
    try await inDirectory { certificates, path in
      let pin = try certificates.authorityKeySHA256().map { String(format: "%02x", $0) }.joined()
      let script =
        "openssl x509 -in \(path)/ca.pem -pubkey -noout | openssl pkey -pubin -outform DER | sha256sum"
      #expect(try await runProgram("sh", ["-c", script]).output.hasPrefix(pin))
      #expect(try certificates.renew(hosts: Self.hosts, now: Self.now + 340 * Self.day))
      #expect(try certificates.authorityKeySHA256().map { String(format: "%02x", $0) }.joined() == pin)
    }
  }

  @Test("a certificate is renewed when less than 30 days are left, and not before")
  func renewsInTime() async throws {
    try await inDirectory { certificates, _ in
      let before = try certificates.identity().certificates
      #expect(try !certificates.renew(hosts: Self.hosts, now: Self.now + 59 * Self.day))
      #expect(try certificates.identity().certificates == before)
      #expect(try certificates.renew(hosts: Self.hosts, now: Self.now + 59 * Self.day + 1))
      #expect(try certificates.identity().certificates != before)
      #expect(try certificates.identity().notValidAfter == Self.now + 148 * Self.day + 1)
    }
  }

  @Test("a name more is a reason for a new certificate, a name less is not")
  func renewsForNames() async throws {
    try await inDirectory { certificates, _ async throws in
      #expect(try !certificates.renew(hosts: ["kam.example"], now: Self.now))
      #expect(try certificates.renew(hosts: Self.hosts + ["other.example"], now: Self.now))
    }
  }

  @Test("an authority is never replaced")
  func keepsAuthority() async throws {
    try await inDirectory { certificates, _ in
      #expect(throws: CocoaError.self) { try certificates.create(hosts: Self.hosts, now: Self.now) }
    }
  }

  @Test("a key that is not the certificate's is refused with both paths")
  func refusesMismatch() async throws {
    try await inDirectory { _, path in
      let (certificate, key) = (path + "/server.pem", path + "/ca-key.pem")
      #expect(throws: ServerIdentity.Failure.keyDoesNotMatch(certificatePath: certificate, keyPath: key)) {
        try ServerIdentity(certificatePath: certificate, keyPath: key)
      }
      #expect(throws: ServerIdentity.Failure.noCertificate(path: key)) {
        try ServerIdentity(certificatePath: key, keyPath: key)
      }
      #expect(throws: ServerIdentity.Failure.self) { try ServerIdentity(certificatePath: path, keyPath: key) }
    }
  }

  private static let hosts = ["kam.example", "127.0.0.1", "::1"]

  private func inDirectory(_ test: (CertificateDirectory, String) async throws -> Void) async throws {
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    let certificates = CertificateDirectory(path: directory.path + "/tls")
    try certificates.create(hosts: Self.hosts, now: Self.now)
    try await test(certificates, directory.path + "/tls")
  }

  private func text(_ path: String) async throws -> String {
    try await runProgram("openssl", ["x509", "-in", path, "-noout", "-text"]).output
  }
}
