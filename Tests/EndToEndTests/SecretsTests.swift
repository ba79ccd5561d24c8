import Foundation
import Testing

@Suite struct SecretsTests {
  @Test("no secret is printed, logged or stored outside the credential, whatever happens")
  func canaries() async throws {
    try await Workplace.run { place in
      let team = try await Team(place, "-v")
      let task = try await team.sharedTask("Visit")
      let unused = try await team.server.invite("Cleo")
      _ = try await Person(place, "Eve").tries("join", "-", input: team.server.firstInvite)
      _ = try await team.server.call("Sync", "not json", token: try team.ana.token())
      _ = try await team.server.call("Sync", #"{"replica":9}"#, token: try team.ben.token())
      try await team.ana.does("history", task)
      try await team.ana.does("status")
      let copy = Person(place, "Ana", home: place.path + "/copy")
      #expect(try await place.run("/bin/cp", ["-a", team.ana.home, copy.home]).status == 0)
      for person in [team.ana, copy] {
        try await person.adds(task: "Of a copy")
        try await person.sync()
      }
      let people = [team.ana, team.ben, copy]
      var secrets = try people.map { try String($0.token().split(separator: "_", maxSplits: 2)[2]) }
      _ = try await team.server.admin("device", "revoke", "2")
      _ = try await team.ben.tries("sync")
      await team.server.stop()

      for invite in [team.server.firstInvite, unused] {
        let encoded = invite.dropFirst("kam-invite.".count).replacing("-", with: "+").replacing(
          "_", with: "/")
        let padded = encoded + String(repeating: "=", count: (4 - encoded.count % 4) % 4)
        let content = try JSONDecoder().decode(
          JSONValue.self, from: try #require(Data(base64Encoded: String(padded))))
        secrets.append(content["secret"].text)
      }
      #expect(Set(secrets).count == 5 && secrets.allSatisfy { $0.count >= 20 })
      let found = try Self.places(of: secrets.map { Data($0.utf8) }, under: place.path)
      #expect(found.isEmpty, "\(found)")
      // The search does find: the credential is where they are allowed to be.
      let credential = try Data(contentsOf: URL(filePath: team.ana.home + "/credential.json"))
      #expect(secrets.contains { credential.range(of: Data($0.utf8)) != nil })
    }
  }

  /// Files that hold one of `secrets`: output of programs, databases, logs. Credentials and what a test fed to
  /// programs are left out.
  static func places(of secrets: [Data], under root: String) throws -> [String] {
    let enumerator = FileManager.default.enumerator(atPath: root)
    var found: [String] = []
    while let name = enumerator?.nextObject() as? String {
      guard !name.hasSuffix("credential.json"), !name.hasSuffix(".in") else { continue }
      var isDirectory: ObjCBool = false
      let path = root + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue,
        let data = FileManager.default.contents(atPath: path)
      else { continue }
      if secrets.contains(where: { data.range(of: $0) != nil }) { found.append(name) }
    }
    return found
  }
}
