import ConnectRPC
import Foundation
import Testing

/// Who gets in, who is kept out, and what each is told.
@Suite struct AccessTests {
  @Test("of 200 devices that redeem one invite at the same moment one is let in")
  func joinRace() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let invite = try await server.invite("Ben")
      let race = try place.python(
        "join_race.py", ["--port", "\(server.port)", "--ca", server.authority], input: invite)
      let finished = await race.finished()
      try #require(finished.status == 0, "\(finished.errors)")
      let statuses = try JSONDecoder().decode([String: Int].self, from: Data(finished.output.utf8))
      #expect(statuses["200"] == 1 && statuses.values.reduce(0, +) == 200, "\(statuses)")
      #expect(Set(statuses.keys).isSubset(of: ["200", "403", "429"]), "\(statuses)")
      let devices = try await server.admin("device", "list", "--json").json()
      #expect(devices["devices"].count == 1)
    }
  }

  @Test("an invite is not used at a server with another authority, and nothing is sent there")
  func wrongAuthority() async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      // Somebody else's server answers on the port that the invite names.
      let other = try await TestServer(place, name: "other")
      let impostor = try await CannedServer(place, port: server.port, tls: other.certificates)
      let ana = Person(place, "Ana")
      let refused = try await ana.tries("join", "-", input: server.firstInvite)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("is not the one that made this invite"))
      #expect(refused.errors.contains("Nothing was sent to it"))
      #expect(impostor.requests.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: ana.home + "/credential.json"))
    }
  }

  @Test("a device that has joined sends nothing to a server with another authority, and keeps its edits")
  func authorityReplaced() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      try await ana.does("account", "add", "Acme Industries", "--slug", "acme")
      await server.stop()
      let other = try await TestServer(place, name: "other")
      let impostor = try await CannedServer(place, port: server.port, tls: other.certificates)
      let refused = try await ana.tries("sync")
      #expect(refused.status == 3)
      #expect(
        refused.errors.contains("it may be another server. Nothing was sent to it"), "\(refused.errors)")
      #expect(refused.errors.contains("Your edits are kept"))
      #expect(impostor.requests.isEmpty)
      #expect(try await ana.waiting() == 1)
    }
  }

  @Test("unknown, expired, used and withdrawn invites get one and the same answer")
  func unusableInvites() async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      let expired = try await server.admin("invite", "ana@demo.example", "--hours", "1", clock: "-2h")
        .lastLine
      _ = try await server.admin("user", "add", "ben@demo.example", "--name", "Ben")
      let withdrawn = try await server.admin("invite", "ben@demo.example").lastLine
      _ = try await server.admin("user", "suspend", "ben@demo.example")
      try await server.start()
      try await server.ana().does("status")
      let unknown = try Invite(
        #require(Invite(server.firstInvite)), id: "01a209b5-91aa-7b90-969e-3d1fa3eca5c8")
      var answers: Set<String> = []
      for (number, text) in [expired, withdrawn, server.firstInvite, unknown.text].enumerated() {
        let person = Person(place, "Guest \(number)")
        let refused = try await person.tries("join", "-", input: text)
        #expect(refused.status == 1)
        // Before that it says whom one would join.
        answers.insert(String(refused.told.split(separator: "\n").last ?? "") + "\n")
        #expect(!FileManager.default.fileExists(atPath: person.home + "/credential.json"))
      }
      #expect(
        answers == [
          "kam: This invite cannot be used: it is unknown, expired or used already. Ask an admin for a new one.\n"
        ])
      // An address that keeps guessing has to wait.
      let guesser = Person(place, "Guesser")
      var last = try await guesser.tries("join", "-", input: unknown.text)
      #expect(last.status == 1)
      last = try await guesser.tries("join", "-", input: unknown.text)
      #expect(last.errors.contains("Too many failed attempts"), "\(last.errors)")
    }
  }

  @Test(
    "a damaged invite is told from a refused one before anything is sent",
    arguments: [
      { $0.dropLast(3) + "" }, { $0.replacing("kam-invite.", with: "") }, { _ in "" },
      { _ in "kam-invite.e30" },
      { text in
        var characters = Array(text)
        characters[40] = characters[40] == "A" ? "B" : "A"
        return String(characters)
      },
    ] as [@Sendable (String) -> String])
  func damagedInvite(_ damage: @Sendable (String) -> String) async throws {
    try await Workplace.run { place in
      // No server runs: nothing could be sent.
      let server = try await TestServer(place)
      let ana = Person(place, "Ana")
      let refused = try await ana.tries("join", damage(server.firstInvite))
      #expect((1...2).contains(refused.status))
      #expect(refused.errors.contains("invite"), "\(refused.told)")
      #expect(!FileManager.default.fileExists(atPath: ana.home))
    }
  }

  @Test("an invite that a chat has broken into lines and padded with spaces still works")
  func wrappedInvite() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let invite = server.firstInvite
      let ana = Person(place, "Ana")
      let middle = invite.index(invite.startIndex, offsetBy: 60)
      try await ana.does("join", "  \(invite[..<middle])\n \(invite[middle...])\n")
      #expect(try await ana.json("status")["organization"] == "Demo")
    }
  }

  @Test("a revoked device deletes its credential and replica at the next sync, and says so")
  func revoked() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.sharedTask("Visit")
      try await team.ben.adds(task: "Waiting")
      // As kam doctor keeps it.
      try FileManager.default.copyItem(
        atPath: team.ben.home + "/replica.sqlite", toPath: team.ben.home + "/replica.damaged-1.sqlite")
      let number = try await team.ben.json("status")["replica"]
      #expect(try await team.server.admin("device", "revoke", "\(Int(number.number))").status == 0)
      let refused = try await team.ben.tries("sync")
      #expect(refused.status == 1)
      #expect(
        refused.errors.contains(
          "This device's access was revoked. Its credential and its replica were deleted"))
      let left = try FileManager.default.contentsOfDirectory(atPath: team.ben.home)
      #expect(Set(left).isSubset(of: ["sync.lock"]), "\(left)")
      let after = try await team.ben.tries("task", "list")
      #expect(after.status == 1 && after.errors.contains("belongs to nobody yet"))
      // Others go on.
      #expect(try await team.ana.sync()["complete"] == true)
    }
  }

  @Test("a suspended person is refused and keeps everything; resumed, they go on where they were")
  func suspended() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Visit")
      try await team.ben.does("task", "edit", task, "--title", "Kept")
      #expect(try await team.server.admin("user", "suspend", team.ben.email).status == 0)
      let refused = try await team.ben.tries("sync")
      #expect(refused.status == 1 && refused.errors == "kam: Your access is suspended; ask an admin.\n")
      #expect(try await team.ben.waiting() == 1)
      #expect(try await team.ben.task(task)["title"] == "Kept")
      #expect(try await team.server.admin("user", "resume", team.ben.email).status == 0)
      #expect(try await team.ben.sync()["sent"] == 1)
    }
  }

  @Test(
    "an account that is no longer shared leaves the device, and what waited there is kept as refused words")
  func unshared() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Visit")
      try await team.ben.does("task", "edit", task, "--title", "Ben's own words")
      try await team.ana.does("account", "unshare", "acme", "--with", team.ben.email)
      let sync = try await team.ben.sync()
      #expect(sync["lostAccounts"] == ["acme"] && sync["refused"].count == 1)
      #expect(try await team.ben.json("account", "list") == [])
      #expect(try await team.ben.tasks().isEmpty)
      let refused = try await team.ben.json("conflicts", "refused")
      #expect(refused[0]["values"]["title"] == "Ben's own words" && refused[0]["outcome"] == "denied")
      // The file itself holds no word of the account any more.
      let bytes = try Data(contentsOf: URL(filePath: team.ben.home + "/replica.sqlite"))
      #expect(bytes.range(of: Data("Acme Industries".utf8)) == nil)
      #expect(bytes.range(of: Data("Ben's own words".utf8)) != nil)
    }
  }

  @Test(
    "an unknown scope and a forbidden one are refused with identical bytes",
    arguments: [
      ("Digests", #"{"scope":"plan/ACCOUNT"}"#), ("FetchRecords", #"{"scope":"plan/ACCOUNT","buckets":[0]}"#),
      ("History", #"{"scope":"plan/ACCOUNT","record":"01a209b5-0000-7000-8000-0000000000aa"}"#),
      ("ShareAccount", #"{"account":"ACCOUNT","list":true}"#),
      ("ShareAccount", #"{"account":"ACCOUNT","email":"cleo@demo.example","role":"ACCOUNT_ROLE_MANAGER"}"#),
      ("Digests", #"{"scope":"finance/ACCOUNT"}"#), ("Digests", #"{"scope":"nonsense"}"#),
    ])
  func unknownIsForbidden(_ method: String, _ body: String) async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let cleo = try await team.server.person("Cleo")
      let account = try await team.ana.json("account", "show", "acme")["id"].text
      var answers: Set<String> = []
      for id in [account, "01a209b5-91aa-7b90-969e-3d1fa3eca5c8"] {
        let answer = try await team.server.call(
          method, body.replacing("ACCOUNT\"", with: id + "\""), token: try cleo.token(), "-i")
        #expect(answer.status == 0)
        answers.insert(
          answer.output.split(separator: "\n").filter { !$0.lowercased().hasPrefix("date:") }.joined())
      }
      #expect(answers.count == 1, "\(answers)")
      #expect(
        answers.first?.hasPrefix("HTTP/2 404") == true && answers.first?.contains("\"not_found\"") == true)
    }
  }

  @Test("an edit of an unknown scope and of a forbidden one get the same result")
  func unknownIsForbiddenInPush() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let cleo = try await team.server.person("Cleo")
      let replica = Int(try await cleo.json("status")["replica"].number)
      let account = try await team.ana.json("account", "show", "acme")["id"].text
      var answers: [String] = []
      for (number, id) in [account, "01a209b5-91aa-7b90-969e-3d1fa3eca5c8"].enumerated() {
        let answer = try await team.server.call(
          "Sync",
          """
          {"protocol":2,"schema":1,"replica":\(replica),"push":[{"sequence":"\(number + 1)",
          "id":"01a209b5-91aa-7b90-969e-00000000000\(number)","scope":"plan/\(id)","stamp":{"hlc":"1","replica":\(replica)},
          "changes":[{"record":"01a209b5-0000-7000-8000-0000000000aa","kind":"KIND_TASK","create":true,
          "set":{"task":{"title":"Mine","department":"DEPARTMENT_CODE_SALES","status":"TASK_STATUS_OPEN"}}}]}]}
          """, token: try cleo.token())
        let result = try answer.json()["results"][0]
        #expect(result["outcome"] == "OUTCOME_DENIED")
        answers.append("\(result["reason"]) \(result["effects"]) \(result["scopeSequence"])")
      }
      #expect(answers[0] == answers[1])
    }
  }

  @Test("a request without a credential, or with another's secret, is refused")
  func wrongCredential() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ben = try team.ben.token()
      let forged = "kamd1_1_" + (ben.split(separator: "_", maxSplits: 2).last.map(String.init) ?? "")
      for token in [nil, "nonsense", forged, "kamd1_99_" + String(repeating: "A", count: 43)] {
        let answer = try await team.server.call(
          "Sync", #"{"protocol":2,"schema":1,"replica":1}"#, token: token)
        #expect(try answer.json()["code"] == "unauthenticated")
      }
      // A right credential that claims to be another replica.
      let replica = Int(try await team.ana.json("status")["replica"].number)
      let foreign = try await team.server.call(
        "Sync", #"{"protocol":2,"schema":1,"replica":\#(replica)}"#, token: ben)
      #expect(try foreign.json()["code"] == "invalid_argument")
    }
  }
}

extension Invite {
  /// The same invite under another id.
  init(_ invite: Invite, id: String) {
    self.init(url: invite.url, trust: invite.trust, id: id, secret: invite.secret)
  }
}

/// A server that gives every request the same answer.
struct CannedServer: Sendable {
  private let program: RunningProgram

  init(_ place: Workplace, port: Int, tls: String, status: Int = 400, body: String = "{}") async throws {
    let program = try place.python(
      "canned_server.py", ["--listen", "\(port)", "--tls", tls, "--status", "\(status)", "--body", body])
    try await eventually("the canned server listens") { program.output.contains("listening") }
    self.program = program
  }

  /// What it was sent.
  var requests: [Substring] { program.output.split(separator: "\n").filter { $0.contains("\"path\"") } }
}
