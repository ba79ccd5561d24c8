import Foundation
import Testing

/// kamd as the admin of its host uses it.
@Suite struct HostTests {
  @Test("a second server on one directory ends with 75, and says why")
  func secondServer() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let second = try await place.run(Built.kamd, ["serve", "--data", server.directory, "--port", "0"])
      #expect(second.status == 75)
      #expect(second.errors.contains("Another kamd is using \(server.directory)"))
      #expect(try await server.call("Hello", "{}").json()["protocolMax"] == 2)
    }
  }

  @Test(
    "SIGTERM and SIGINT end a server with live streams and idle connections, with 0 and within 10 s",
    arguments: [
      SIGTERM, SIGINT,
    ])
  func stops(_ signal: Int32) async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let clients = try place.python(
        "live_clients.py", ["--port", "\(team.server.port)", "--ca", team.server.authority],
        input: try team.ben.token())
      try await eventually("streams are open") {
        try #require(clients.isRunning, "\(clients.output)\(clients.errors)")
        return clients.output.contains("open 200 200 200")
      }
      let began = ContinuousClock.now
      #expect(await team.server.stop(signal) == 0)
      #expect(ContinuousClock.now - began < .seconds(10))
      #expect(await clients.wait() == 0)
      #expect(
        clients.output.split(separator: "\n").count { $0.hasPrefix("ended closed") } == 3, "\(clients.output)"
      )
      #expect(clients.output.split(separator: "\n").count { $0.hasPrefix("idle") } == 5)
      #expect(!FileManager.default.fileExists(atPath: team.server.directory + "/admin.sock"))
    }
  }

  @Test("a live stream of a revoked device ends within 5 s, those of others stay")
  func revokedStream() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let number = Int(try await team.ben.json("status")["replica"].number)
      let options = [
        "--port", "\(team.server.port)", "--ca", team.server.authority, "--streams", "1", "--idle", "0",
      ]
      let ben = try place.python("live_clients.py", options, input: try team.ben.token())
      let ana = try place.python("live_clients.py", options, input: try team.ana.token())
      for program in [ben, ana] {
        try await eventually("the stream is open") { program.output.contains("open 200") }
      }
      _ = try await team.server.admin("device", "revoke", "\(number)")
      let began = ContinuousClock.now
      #expect(await ben.wait() == 0)
      #expect(ContinuousClock.now - began < .seconds(7))
      #expect(ben.output.contains("unauthenticated") && ben.output.contains("[device-revoked]"))
      #expect(ana.isRunning)
    }
  }

  @Test(
    "an outside certificate is taken into use without dropping a connection; one that does not fit is not")
  func reloadsCertificates() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Visit")
      await team.server.stop()
      // Signed by the authority that the devices have pinned, as an organisation's own would be.
      try await outsideCertificate("first", team.server)
      try await team.server.useOutsideCertificate()
      try await team.server.start()
      #expect(try await subject(team.server) == "first")
      try await team.ana.sync()

      let ben = try place.python(
        "live_clients.py",
        ["--port", "\(team.server.port)", "--ca", team.server.authority, "--streams", "1", "--idle", "0"],
        input: try team.ben.token())
      try await eventually("the stream is open") { ben.output.contains("open 200") }
      try await outsideCertificate("second", team.server)
      try await eventually("the new certificate is in use") { try await subject(team.server) == "second" }
      #expect(ben.isRunning)
      try await team.ana.does("task", "edit", task, "--title", "Visited")
      #expect(try await team.ana.sync()["sent"] == 1)

      try Data("no key".utf8).write(to: URL(filePath: team.server.directory + "/outside-key.pem"))
      try await eventually("the misfit is told") {
        team.server.log.contains("the new certificate cannot be used; the old one stays")
      }
      #expect(try await subject(team.server) == "second" && ben.isRunning)
      try await team.ana.sync()
    }
  }

  @Test("an answer without what was asked for, as another version may give it, is not taken for a success")
  func answerWithout() async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      let other = try place.start(
        "/usr/bin/env",
        [
          "python3", "-c",
          """
          import socket, sys
          listener = socket.socket(socket.AF_UNIX)
          listener.bind(sys.argv[1] + "/admin.sock")
          listener.listen()
          print("listening", flush=True)
          while True:
              connection, _ = listener.accept()
              connection.recv(1 << 20)
              connection.sendall(b"{}\\n")
              connection.close()
          """, server.directory,
        ])
      try await eventually("it listens") { other.output.contains("listening") }
      for command in [["audit", "verify"], ["status"], ["user", "list"], ["certificate", "renew"]] {
        let answer = try await place.run(Built.kamd, command + ["--data", server.directory])
        #expect(answer.status == 1 && answer.output.isEmpty, "\(command): \(answer.status) \(answer.output)")
        #expect(answer.errors.contains("is not one to this command"), "\(command): \(answer.errors)")
      }
      other.send(SIGKILL)
      _ = await other.wait()
    }
  }

  /// Makes outside.pem and outside-key.pem in the server's directory.
  private func outsideCertificate(_ name: String, _ server: TestServer) async throws {
    let made = try await server.place.run(
      "/bin/bash",
      [
        "-c",
        """
        set -e; cd "$1"
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout new-key.pem -out new.csr -subj "/CN=$2"
        openssl x509 -req -in new.csr -CA tls/ca.pem -CAkey tls/ca-key.pem -CAcreateserial -days 30 \
          -extfile <(echo subjectAltName=DNS:localhost) -out new.pem
        mv new-key.pem outside-key.pem; mv new.pem outside.pem
        """, "-", server.directory, name,
      ])
    try #require(made.status == 0, "\(made.errors)")
  }

  /// The common name of the certificate that a new connection is shown.
  private func subject(_ server: TestServer) async throws -> String {
    let shown = try await server.place.run(
      "/bin/bash",
      [
        "-c",
        "openssl s_client -connect 127.0.0.1:$1 -servername localhost </dev/null 2>/dev/null | openssl x509 -noout -subject",
        "-", "\(server.port)",
      ])
    return shown.output.split(separator: "=").last?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }

  @Test(
    "admin commands do the same through a running server and on the directory of one that is stopped",
    arguments: [
      true, false,
    ])
  func adminCommands(_ runs: Bool) async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      if runs { try await server.start() }
      let added = try await server.admin(
        "user", "add", "Ben@Demo.example", "--name", "Ben", "--role", "executive", "--json")
      #expect(added.status == 0)
      let document = try added.json()
      #expect(
        document["users"][0]["email"] == "ben@demo.example" && document["users"][0]["role"] == "executive")
      #expect(document["users"][0]["active"] == true && document["users"][0]["devices"] == 0)
      #expect(document["invite"].text.hasPrefix("kam-invite."))
      #expect(
        try await server.admin("invite", "ben@demo.example", "--json").json()["invite"].text.hasPrefix(
          "kam-invite."))
      #expect(try await server.admin("invite", "ben@demo.example").lastLine.hasPrefix("kam-invite."))
      #expect(
        try await server.admin("user", "suspend", "ben@demo.example", "--json").json()["users"][0]["active"]
          == false)
      #expect(try await server.admin("user", "list", "--json").json()["users"].count == 2)
      #expect(try await server.admin("user", "list").output.contains("suspended"))
      #expect(try await server.admin("user", "resume", "ben@demo.example").status == 0)
      let status = try await server.admin("status", "--json").json()["status"]
      #expect(status["organization"] == "Demo" && status["users"] == 2 && status["devices"] == 0)
      #expect(try await server.admin("device", "list", "--json").json()["devices"] == [])

      for (arguments, sentence) in [
        (["user", "add", "ben@demo.example", "--name", "Ben"], "ben@demo.example"),
        (["user", "add", "not an address", "--name", "Ben"], "not an address"),
        (["user", "add", "cleo@demo.example", "--name", "Cleo", "--role", "king"], "“king” is not a role"),
        (["user", "suspend", "nobody@demo.example"], "nobody@demo.example"),
        (["invite", "ben@demo.example", "--hours", "169"], "1 to 168 hours"),
        (["device", "revoke", "77"], "77"),
      ] {
        let refused = try await place.run(Built.kamd, arguments + ["--data", server.directory])
        #expect(refused.status == 1 && refused.output.isEmpty, "\(arguments) \(refused.told)")
        #expect(refused.errors.contains(sentence), "\(arguments) \(refused.errors)")
      }
      #expect(try await server.admin("device", "revoke", "everything").status == 2)
      #expect(try await server.admin("user", "promote", "ben@demo.example").status == 2)
    }
  }

  @Test(
    "init and invite show the key that kam join shows; invites need no private key, and a renewal says that it does"
  )
  func showsKey() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let first = try await server.admin("user", "add", "ben@demo.example", "--name", "Ben")
      let key = try #require(
        first.output.split(separator: "\n").first { $0.contains("this key") }?.components(separatedBy: "  ")
          .last)
      #expect(key.count == 24, "\(first.output)")
      let other = try await TestServer(place, name: "other")
      let shown = try await other.admin("invite", "ana@demo.example").output
      #expect(shown.contains("this key") && !shown.contains(key))

      let ben = Person(place, "Ben")
      let joined = try await ben.tries("join", "-", input: first.lastLine + "\n")
      #expect(joined.status == 0 && joined.told.contains("Its key: \(key)."), "\(joined.told)")

      try FileManager.default.removeItem(atPath: server.certificates + "/ca-key.pem")
      let invited = try await server.admin("invite", "ben@demo.example", "--json").json()
      #expect(invited["serverKey"] == .text(key))
      let shows = try await server.admin("certificate")
      #expect(shows.status == 0, "\(shows.told)")
      await server.stop()
      let renewal = try await server.admin("certificate", "renew")
      #expect(renewal.status == 1 && renewal.errors.contains("a new certificate needs it"), "\(renewal.told)")
      try await server.start()
      try await ben.sync()
      let again = Person(place, "Ben", home: place.path + "/again")
      try await again.join(invited["invite"].text)
    }
  }

  @Test("init refuses a directory that holds a server, and leaves that as it was")
  func initTwice() async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      let certificate = try String(contentsOfFile: server.authority, encoding: .utf8)
      let again = try await place.run(
        Built.kamd,
        ["init", "--data", server.directory, "--organization", "Other", "--admin", "eve@other.example"])
      #expect(again.status == 1 && again.output.isEmpty)
      #expect(again.errors.contains("holds a server already"))
      #expect(try String(contentsOfFile: server.authority, encoding: .utf8) == certificate)
      #expect(try await server.admin("status", "--json").json()["status"]["organization"] == "Demo")
      // Nobody else may read what it keeps.
      let mode = try FileManager.default.attributesOfItem(atPath: server.directory)[.posixPermissions] as? Int
      #expect(mode == 0o700)
    }
  }

  @Test(
    "a directory without a server, or that nobody may use, is refused with a sentence",
    arguments: [
      ["serve"], ["status"], ["user", "list"],
    ])
  func noServer(_ command: [String]) async throws {
    try await Workplace.run { place in
      let refused = try await place.run(Built.kamd, command + ["--data", place.path + "/nothing"])
      #expect(refused.status == 1 && refused.errors.contains("holds no server yet; make one: kamd init"))
      #expect(!FileManager.default.fileExists(atPath: place.path + "/nothing"))
    }
  }

  @Test(
    "usage errors end with 2",
    arguments: [
      ["init"], ["init", "--data", "x", "--organization", "A", "--admin", "a@b.example", "--port", "70000"],
      ["serve"],
      ["nonsense"], ["init", "--data", "x", "--organization", " ", "--admin", "a@b.example"],
    ])
  func usage(_ arguments: [String]) async throws {
    try await Workplace.run { place in
      let refused = try await place.run(Built.kamd, arguments)
      #expect(refused.status == 2 && refused.output.isEmpty, "\(refused.told)")
      #expect(!FileManager.default.fileExists(atPath: place.path + "/x"))
    }
  }

  @Test("a port that is taken ends the server with a sentence, and leaves the directory usable")
  func portTaken() async throws {
    try await Workplace.run { place in
      let first = try await TestServer.running(place)
      let second = try await TestServer(place, name: "second")
      let refused = try await place.run(
        Built.kamd,
        ["serve", "--data", second.directory, "--address", "127.0.0.1", "--port", "\(first.port)"])
      #expect(refused.status == 1, "\(refused.errors)")
      #expect(refused.errors.contains("\(first.port)"), "\(refused.errors)")
      #expect(refused.errors.contains("in use"), "\(refused.errors)")
      try await second.start()
      #expect(await second.stop() == 0)
    }
  }

  @Test("a server that was killed serves again at once with everything it had acknowledged")
  func restartsAfterKill() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Acknowledged")
      await team.server.stop(SIGKILL)
      try await team.server.start()
      #expect(try await team.ben.json("history", task).elements.count { $0["field"] == "title" } == 1)
      let devices = try await team.server.admin("device", "list", "--json").json()["devices"]
      #expect(devices.count == 2)
    }
  }
}
