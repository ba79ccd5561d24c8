import Foundation
import Testing

/// What a person learns of their devices and credentials, and does about them.
@Suite struct OwnDevicesTests {
  /// One device more for somebody who has one.
  private func device(_ name: String, of person: Person, _ server: TestServer) async throws -> Person {
    let device = Person(server.place, person.name, home: server.place.path + "/" + name.lowercased())
    let invite = try await server.admin("invite", person.email)
    try #require(invite.status == 0, "\(invite.errors)")
    try await device.does("join", "-", "--device-name", name, input: invite.lastLine + "\n")
    return device
  }

  @Test("a person is told once of a new device of theirs, in their language, lists it and ends it")
  func newDevice() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let phone = try await device("Phone", of: team.ana, team.server)
      let number = try await Int(phone.json("status")["replica"].number)
      let told = try await team.ana.does("sync").output
      #expect(told.contains("A new device of yours: Phone (number \(number)), since"), "\(told)")
      #expect(told.contains("If it is not yours: kam device end \(number)"))
      for person in [team.ana, phone, team.ben] {
        #expect(try await !person.does("sync").output.contains("new device"))
      }

      let tablet = try await device("Tablet", of: team.ana, team.server)
      let french = try await team.ana.with(["LANG": "fr_FR.UTF-8"]).does("sync").output
      #expect(french.contains("Un nouvel appareil à votre nom\u{A0}: Tablet"), "\(french)")
      let json = try await phone.sync()["newDevices"].elements
      #expect(json.count == 1 && json.first?["name"] == "Tablet" && json.first?["copiedFrom"] == .null)

      let listed = try await phone.json("device", "list").elements
      #expect(listed.map { $0["name"].text }.dropFirst() == ["Phone", "Tablet"])
      #expect(listed.map { $0["isThis"] } == [false, true, false])
      #expect(listed.allSatisfy { $0["state"] == "active" && !$0["lastSeen"].text.isEmpty })
      let table = try await phone.does("device", "list").output
      #expect(table.contains("this device") && table.contains("Tablet"), "\(table)")

      // Nobody else ends it, nor sees what it is called.
      let foreign = try await team.ben.tries("device", "end", "\(number)")
      #expect(foreign.status == 1 && foreign.errors.contains("You have no device \(number)"))
      try await phone.adds(task: "Written on the phone")
      try await phone.sync()
      try await team.ben.sync()
      let task = try await team.ben.json("task", "list").only("title", "Written on the phone")["id"].text
      let shown = try await team.ben.does("show", task).output + team.ben.does("history", task).output
      #expect(shown.contains("device \(number)") && !shown.contains("Phone"), "\(shown)")

      let ended = try await team.ana.does("device", "end", "\(number)").output
      #expect(ended.contains("Ended device \(number), “Phone”"), "\(ended)")
      let refused = try await phone.tries("sync")
      #expect(refused.status == 1 && refused.errors.contains("revoked"))
      #expect(!FileManager.default.fileExists(atPath: phone.home + "/credential.json"))
      #expect(try await tablet.json("device", "list").elements.count == 2)
      let audit = try await team.server.admin("audit").output
      #expect(
        audit.split(separator: "\n").contains {
          $0.contains("device.revoke") && $0.contains(team.ana.email)
        }, "\(audit)")
      // Who wrote what stays known.
      try await team.ben.sync()
      #expect(try await team.ben.does("show", task).output.contains("by Ana"))
    }
  }

  @Test("the device one is at ends only with --yes, and what it held is deleted")
  func thisDevice() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ben.adds(task: "Waits")
      let number = try await Int(team.ben.json("status")["replica"].number)
      let asked = try await team.ben.tries("device", "end", "\(number)")
      #expect(asked.status == 2 && asked.errors.contains("--yes"), "\(asked.told)")
      #expect(asked.errors.contains("1 edit that waits is lost"), "\(asked.told)")
      #expect(try await team.ben.json("device", "list").elements.count == 1)
      try await team.ben.does("device", "end", "\(number)", "--yes")
      for name in ["credential.json", "replica.sqlite"] {
        #expect(!FileManager.default.fileExists(atPath: team.ben.home + "/" + name))
      }
      let after = try await team.ben.tries("sync")
      #expect(after.status == 1 && after.errors.contains("join"), "\(after.told)")
    }
  }

  /// Offers a new secret with a device's credential, as a thief does, and uses it.
  private func turn(
    _ token: String, to secret: String, _ team: Team, _ place: Workplace
  ) async throws
    -> String
  {
    let hash = try await place.run(
      "/bin/sh", ["-c", "printf %s \(secret) | openssl dgst -sha256 -binary | base64"])
    let device = String(token.split(separator: "_")[1])
    let body = #"{"protocol":2,"schema":1,"replica":\#(device),"maxRecords":1"#
    let offered = try await team.server.call(
      "Sync", body + #","nextSecretSha256":"\#(hash.lastLine)"}"#, token: token)
    #expect(offered.output.contains(#""secretAccepted":true"#), "\(offered.told)")
    let next = "kamd1_\(device)_\(secret)"
    let used = try await team.server.call("Sync", body + "}", token: next)
    #expect(used.output.contains("serverHlc"), "\(used.told)")
    return next
  }

  @Test(
    "a thief who changes the secret twice is found out by the owner's next sync, and it is in log and audit")
  func stolen() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let first = try await turn(
        try team.ben.token(), to: String(repeating: "a", count: 64), team, place)
      let second = try await turn(first, to: String(repeating: "b", count: 64), team, place)
      let owner = try await team.ben.tries("sync")
      #expect(owner.status == 1 && owner.errors.contains("suspended"), "\(owner.told)")
      let thief = try await team.server.call("Sync", "{}", token: second)
      #expect(thief.output.contains("[suspended]"), "\(thief.told)")
      let audit = try await team.server.admin("audit").output.split(separator: "\n")
      #expect(audit.count { $0.contains("secret.rotate") && $0.contains(team.ben.email) } == 2, "\(audit)")
      #expect(audit.count { $0.contains("device.suspend") } == 1)
      let log = team.server.log
      for words in [
        "a device changed its secret", "a replaced credential was used", "a credential was refused",
      ] {
        #expect(log.contains(words), "\(log)")
      }
    }
  }

  @Test("a copy takes no secret in its original's name, and is no new device where no copy was seen")
  func copies() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let token = try team.ben.token()
      let number = String(token.split(separator: "_")[1])
      let hash = String(repeating: "A", count: 43) + "="
      let newReplica = #"{"deviceSecretSha256":"\#(hash)"}"#
      let early = try await team.server.call("NewReplica", newReplica, token: token)
      #expect(early.output.contains("failed_precondition") && early.output.contains("sync first"))
      func push(_ id: String) async throws -> String {
        try await team.server.call(
          "Sync",
          #"""
          {"protocol":2,"schema":1,"replica":\#(number),"maxRecords":1,"nextSecretSha256":"\#(hash)",
          "push":[{"sequence":"1","id":"01a209b5-91aa-7b90-969e-\#(id)","scope":"directory"}]}
          """#, token: token
        ).output
      }
      let first = try await push("3d1fa3eca5c8")
      #expect(first.contains(#""secretAccepted":true"#), "\(first)")
      let second = try await push("3d1fa3eca5c9")
      #expect(second.contains("PUSH_STATE_FORK") && !second.contains("secretAccepted"), "\(second)")
      let made = try await team.server.call("NewReplica", newReplica, token: token)
      #expect(made.output.contains("replica"), "\(made.told)")
    }
  }

  @Test("the twenty-first device is refused with what to do, and its invite is good once one has ended")
  func twenty() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      for number in 2...20 { _ = try await device("Device\(number)", of: ana, server) }
      let invite = try await server.admin("invite", ana.email).lastLine
      let last = Person(place, "Ana", home: place.path + "/last")
      let refused = try await last.tries("join", "-", input: invite + "\n")
      #expect(refused.status == 1 && refused.errors.contains("There are 20 devices"), "\(refused.told)")
      #expect(refused.errors.contains("kam device end N"))
      try await ana.does("device", "end", "20")
      try await last.does("join", "-", input: invite + "\n")
    }
  }
}
