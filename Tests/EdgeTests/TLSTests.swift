import Edge
import Foundation
import Testing

@Suite("TLS")
struct TLSTests {
  @Test("1.3 is spoken, and 1.2 is refused unless allowed")
  func speaksModernTLS() async throws {
    try await EdgeUnderTest.run { edge async throws in
      #expect(try await edge.handshake("-tls1_3").contains("New, TLSv1.3, Cipher is TLS_AES"))
      #expect(try await edge.handshake("-tls1_2").contains("Cipher is (NONE)"))
    }
    try await EdgeUnderTest.run(minimumTLS: .v12) { edge async throws in
      #expect(try await edge.handshake("-tls1_2").contains("New, TLSv1.2, Cipher is ECDHE-ECDSA-AES"))
      // @SECLEVEL=0, or it is openssl that refuses.
      for old in [
        ["-tls1_1", "-cipher", "ALL@SECLEVEL=0"], ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"],
      ] {
        #expect(try await edge.handshake(old).contains("Cipher is (NONE)"))
      }
    }
  }

  @Test("openssl finds the chain whole, and right for each of its names")
  func verifies() async throws {
    try await EdgeUnderTest.run { edge in
      for check in [["-verify_hostname", "localhost"], ["-verify_ip", "127.0.0.1"]] {
        let output = try await edge.handshake(check)
        #expect(output.contains("Verification: OK"))
        #expect(output.components(separatedBy: "BEGIN CERTIFICATE").count == 3)
      }
      #expect(try await edge.handshake("-verify_hostname", "evil.example").contains("Verification error"))
    }
  }

  @Test("a new certificate is for new connections, and old ones go on")
  func replacesCertificates() async throws {
    try await EdgeUnderTest.run { edge in
      let before = try await edge.serial()
      let client = try await TestClient.secure(edge.port)
      #expect(try await client.request(edge.post("Echo", "1")).body == "1")
      #expect(try edge.certificates.renew(hosts: ["localhost", "new.example"], now: Date()))
      try edge.server.replaceIdentity(with: try edge.certificates.identity())
      #expect(try await edge.serial() != before)
      #expect(try await client.request(edge.post("Echo", "2")).body == "2")
      await client.close()
    }
  }
}

extension EdgeUnderTest {
  func handshake(_ options: String...) async throws -> String { try await handshake(options) }

  func handshake(_ options: [String]) async throws -> String {
    let fixed = [
      "s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", certificates.authorityPath, "-showcerts",
    ]
    let result = try await runProgram("openssl", fixed + options)
    return result.output + result.errors
  }

  fileprivate func serial() async throws -> String {
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    let shown = try await handshake([])
    let start = try #require(shown.range(of: "-----BEGIN CERTIFICATE-----"))
    let end = try #require(shown.range(of: "-----END CERTIFICATE-----"))
    let file = directory.path + "/leaf.pem"
    try (shown[start.lowerBound..<end.upperBound] + "\n").write(
      toFile: file, atomically: true, encoding: .utf8)
    return try await runProgram("openssl", ["x509", "-in", file, "-noout", "-serial"]).output
  }
}
