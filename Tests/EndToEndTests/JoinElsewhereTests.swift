import ConnectRPC
import Foundation
import Testing

/// A replica is of one organisation: whom a device joins is shown, and nobody else gets what it holds.
@Suite struct JoinElsewhereTests {
  /// The same people, behind another authority: as somebody has it who copied the directory, or knows the ids.
  private func copied(
    _ server: TestServer, _ place: Workplace
  ) async throws -> (server: TestServer, invite: String) {
    let other = try await TestServer(place, name: "other")
    await server.stop()
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: server.directory) where name.hasPrefix("canonical") {
      try? files.removeItem(atPath: other.directory + "/" + name)
      try files.copyItem(atPath: server.directory + "/" + name, toPath: other.directory + "/" + name)
    }
    try await server.start()
    try await other.start()
    let invite = try await other.admin("invite", "ana@demo.example")
    try #require(invite.status == 0, "\(invite.told)")
    return (other, invite.lastLine)
  }

  private func credential(_ person: Person) throws -> Data {
    try Data(contentsOf: URL(filePath: person.home + "/credential.json"))
  }

  @Test("an invite of another server is refused where a replica is, and nothing is sent or overwritten")
  func anotherServer() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      try await ana.does("account", "add", "Acme Industries", "--slug", "acme")
      try await ana.sync()
      try await ana.adds(task: "Our lowest price is 17 EUR")
      let (other, invite) = try await copied(server, place)
      let before = try credential(ana)
      let refused = try await ana.tries("join", "-", input: invite)
      #expect(refused.status == 1, "\(refused.told)")
      #expect(
        refused.errors.contains("This directory is of Demo at localhost:\(server.port)")
          && refused.errors.contains("Use another KAM_HOME"), "\(refused.errors)")
      // Where nobody can answer, nobody is taken to agree.
      let piped = try await ana.tries("join", "-", "--move-to-new-server", input: invite)
      #expect(piped.status == 2 && piped.errors.contains("needs --yes"), "\(piped.told)")
      #expect(try credential(ana) == before)
      #expect(try await other.admin("device", "list", "--json").json()["devices"].count == 1)
      #expect(try await ana.sync()["sent"] == 1)
    }
  }

  @Test(
    "a server that got another key is joined when its admin says so: both are shown, and all edits go there")
  func moved() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      try await ana.does("account", "add", "Acme Industries", "--slug", "acme")
      try await ana.sync()
      let task = try await ana.adds(task: "Goes along")
      let (other, invite) = try await copied(server, place)
      let joined = try await ana.tries("join", "-", "--move-to-new-server", "--yes", input: invite)
      #expect(joined.status == 0, "\(joined.told)")
      for port in [server.port, other.port] {
        #expect(joined.errors.contains("localhost:\(port). Its key: "))
      }
      #expect(try await ana.sync()["complete"] == true)
      #expect(try await ana.task(task)["pending"] == false)
      #expect(!FileManager.default.fileExists(atPath: ana.home + "/credential.json.old"))
      #expect(String(decoding: try credential(ana), as: UTF8.self).contains("\(other.port)"))
      let back = try await ana.tries("join", "-", input: try await server.invite("Zoe"))
      #expect(back.status == 1 && back.errors.contains("at localhost:\(other.port)"), "\(back.told)")
    }
  }

  @Test("what a device had before is used again when what it joined with is of no use, and no edit is lost")
  func goesBack() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let again = try await team.server.admin("invite", team.ben.email)
      // Numbers that the device used before it joined anew.
      try await team.ben.adds(task: "Long ago")
      try await team.ben.sync()
      try await team.ben.adds(task: "Before")
      try await team.ben.join(again.lastLine)
      let kept = team.ben.home + "/credential.json.old"
      let mode = try FileManager.default.attributesOfItem(atPath: kept)[.posixPermissions] as? NSNumber
      #expect(mode?.intValue == 0o600)
      try await team.ben.adds(task: "After")
      let devices = try await team.server.admin("device", "list", "--json").json()["devices"].elements
      let number = try #require(devices.map { Int($0["number"].number) }.max())
      #expect(try await team.server.admin("device", "revoke", "\(number)").status == 0)
      let synced = try await team.ben.tries("sync", "--json")
      #expect(synced.status == 0 && synced.errors.contains("what it had before"), "\(synced.told)")
      #expect(!FileManager.default.fileExists(atPath: kept))
      try await team.ana.sync()
      #expect(Set(try await team.ana.tasks().map { $0["title"].text }) == ["Long ago", "Before", "After"])
      #expect(try await team.ben.sync()["complete"] == true)
      #expect(try await team.ben.isWhole())
    }
  }

  @Test("before anything is sent a join tells whom: organisation, person, address and key")
  func told() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = Person(place, "Ana")
      let joined = try await ana.tries("join", "-", input: server.firstInvite)
      #expect(
        joined.errors.contains(
          "You are about to join Demo at localhost:\(server.port) as ana@demo.example. Its key: "),
        "\(joined.told)")
      #expect(try joined.errors.firstMatch(of: Regex("([0-9A-F]{4} ){4}[0-9A-F]{4}\\.")) != nil)
    }
  }

  @Test("on a terminal a join asks, and sends nothing without a yes", arguments: ["", "n", "y"])
  func asks(answer: String) async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = Person(place, "Ana")
      let run = try await place.run(
        "/usr/bin/env",
        [
          "python3", "-c",
          """
          import os, pty, sys
          def read(descriptor):
              data = os.read(descriptor, 4096)
              if b"[y/N]" in data: os.write(descriptor, sys.argv[3].encode() + b"\\n")
              return data
          sys.exit(os.waitstatus_to_exitcode(pty.spawn([sys.argv[1], "join", sys.argv[2]], read)))
          """, Built.kam, server.firstInvite, answer,
        ], environment: ["KAM_HOME": ana.home])
      #expect(run.output.contains("You are about to join Demo"), "\(run.told)")
      #expect((run.status == 0) == (answer == "y"), "\(run.told)")
      let devices = try await server.admin("device", "list", "--json").json()["devices"]
      #expect(devices.count == (answer == "y" ? 1 : 0))
    }
  }
}
