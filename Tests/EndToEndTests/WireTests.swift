import Foundation
import Testing

/// The wire as other programs use it.
@Suite struct WireTests {
  @Test("a refused call says why in a sentence, and in a detail that is named as the specification names it")
  func refusedCall() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let answer = try await place.run(
        "/usr/bin/env",
        [
          "curl", "--silent", "--cacert", server.authority, "-H", "Content-Type: application/json", "-d",
          "{}",
          "https://localhost:\(server.port)/kam.v1.SyncService/Sync",
        ])
      let refusal = try answer.json()
      #expect(refusal["code"] == "unauthenticated")
      #expect(refusal["message"] == "This needs a device's credential; join with an invite first.")
      let detail = try #require(refusal["details"].elements.first, "\(answer.told)")
      #expect(detail["type"] == "kam.v1.Refusal")
      // Field 1 of the message, of thirteen bytes: "no-credential".
      #expect(detail["value"] == "Cg1uby1jcmVkZW50aWFs")
    }
  }

  @Test("the examples of the specification work as they are written")
  func examples() async throws {
    try await Workplace.run { place in
      // The examples speak of a server called “server”, of replica 3 and of an account.
      let server = try await TestServer(place, hosts: ["localhost", "server"])
      try await server.start()
      let ana = try await server.ana()
      _ = try await server.person("Ben")
      let cleo = try await server.person("Cleo")
      #expect(try await cleo.json("status")["replica"] == 3)
      try await found("01a209b5-0000-7000-8000-000000000001", server, ana, sharedWith: cleo)

      let text = try String(contentsOfFile: Built.package + "/Protocol/sync.md", encoding: .utf8)
      let block = try #require(
        text.split(separator: "```sh\n", maxSplits: 1).last?.split(separator: "```").first)
      let examples = block.split(separator: "\n\n")
      #expect(examples.count == 3)
      try FileManager.default.copyItem(atPath: server.authority, toPath: place.path + "/ca.pem")
      try "connect-to = \"server:7443:127.0.0.1:\(server.port)\"\nsilent\nshow-error\n".write(
        toFile: place.path + "/.curlrc", atomically: true, encoding: .utf8)
      var answers: [JSONValue] = []
      for example in examples {
        let answer = try await place.run(
          "/bin/bash", ["-c", String(example)],
          environment: ["TOKEN": try cleo.token(), "CURL_HOME": place.path])
        try #require(answer.status == 0, "\(answer.errors)")
        answers.append(try answer.json())
      }
      #expect(answers[0]["organization"] == .null && answers[0]["protocolMax"] == 2)
      #expect(answers[0]["limits"]["mutationsPerRequest"] == 5000)
      #expect(answers[1]["push"] == "PUSH_STATE_OK" && answers[1]["manifest"]["entries"].count == 3)
      #expect(
        answers[1]["pages"].elements.flatMap { $0["records"].elements }.contains {
          $0["kind"] == "KIND_ACCOUNT"
        })
      #expect(answers[2]["results"][0]["outcome"] == "OUTCOME_APPLIED" && answers[2]["lastMutation"] == "1")

      // kam sees what curl has made.
      try await ana.sync()
      #expect(try await ana.tasks().map(\.["title"]) == ["Call the warehouse"])
    }
  }

  /// Makes an account with an id of one's choice, which kam does not offer.
  private func found(
    _ id: String, _ server: TestServer, _ ana: Person, sharedWith person: Person
  ) async throws {
    let founded = try await server.call(
      "Sync",
      """
      {"protocol":2,"schema":1,"replica":1,"push":[{"sequence":"1","id":"01a209b5-91aa-7b90-969e-000000000001",
      "scope":"plan/\(id)","stamp":{"hlc":"117665338880000000","replica":1},"changes":[{"record":"\(id)",
      "kind":"KIND_ACCOUNT","create":true,"set":{"account":{"name":"Acme","slug":"acme"}}}]}]}
      """, token: try ana.token())
    try #require(try founded.json()["results"][0]["outcome"] == "OUTCOME_APPLIED", "\(founded.output)")
    let shared = try await server.call(
      "ShareAccount", #"{"account":"\#(id)","email":"\#(person.email)","role":"ACCOUNT_ROLE_CONTRIBUTOR"}"#,
      token: try ana.token())
    try #require(try shared.json()["changed"] == true, "\(shared.output)")
  }

  @Test("a role that the server does not know is an error in a command, and takes nothing away")
  func unknownRoles() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ben.sync()
      let token = try team.ana.token()
      let account = try await team.ana.json("account", "show", "acme")["id"].text
      let before = try await team.server.call(
        "ShareAccount", #"{"account":"\#(account)","list":true}"#, token: token)
      for (method, body) in [
        ("ShareAccount", #"{"account":"\#(account)","email":"\#(team.ben.email)","role":9}"#),
        ("EditPerson", #"{"email":"\#(team.ben.email)","role":9}"#),
        ("EditPerson", #"{"email":"\#(team.ben.email)","departments":[{"department":1,"role":9}]}"#),
        ("EditPerson", #"{"email":"\#(team.ben.email)","departments":[{"department":9999,"role":1}]}"#),
      ] {
        let answer = try await team.server.call(method, body, token: token).json()
        #expect(answer["code"] == "invalid_argument", "\(method) \(body): \(answer)")
      }
      let engaging = try await team.server.call(
        "EngageDepartment", #"{"account":"\#(account)","department":9999,"engaged":true}"#, token: token)
      #expect(try engaging.json()["message"].text.contains("There is no department 9999"))
      let after = try await team.server.call(
        "ShareAccount", #"{"account":"\#(account)","list":true}"#, token: token)
      #expect(before.output.contains(team.ben.email) && after.output == before.output)
    }
  }

  @Test("Hello answers by GET and by POST, over HTTP/1.1 and HTTP/2, with the same")
  func hello() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      var answers: [JSONValue] = []
      for version in ["--http1.1", "--http2"] {
        answers.append(try await server.call("Hello", "{}", token: nil, version).json())
        let got = try await place.run(
          "/usr/bin/env",
          [
            "curl", "-sS", "--cacert", server.authority, version,
            server.url + "/kam.v1.SyncService/Hello?connect=v1&encoding=json&message=%7B%7D",
          ])
        answers.append(try got.json())
      }
      #expect(answers.count == 4)
      for answer in answers {
        #expect(answer["limits"] == answers[0]["limits"] && answer["limits"] != .null)
        // Whose server it is, is told to who has a credential for it.
        #expect(answer["organization"] == .null && answer["epoch"] == .null)
      }
      let ana = try await server.ana()
      let known = try await server.call("Hello", "{}", token: try ana.token()).json()
      #expect(known["organization"] == "Demo" && known["epoch"] != .null)
    }
  }

  @Test("TLS 1.2 is refused, TLS 1.3 accepted")
  func tls() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      func connect(_ version: String) async throws -> Finished {
        try await place.run(
          "/usr/bin/env",
          [
            "openssl", "s_client", "-connect", "127.0.0.1:\(server.port)", "-servername", "localhost",
            "-CAfile",
            server.authority, "-verify_return_error", version,
          ])
      }
      let old = try await connect("-tls1_2")
      #expect(old.status != 0)
      #expect(old.told.contains("alert protocol version"))
      let new = try await connect("-tls1_3")
      #expect(new.status == 0 && new.output.contains("Verify return code: 0 (ok)"))
    }
  }

  @Test("a fresh server is what Mozilla's “modern” guidelines ask for, says sslyze")
  func modern() async throws {
    let sslyze = Built.package + "/.build-python/bin/sslyze"
    try #require(
      FileManager.default.isExecutableFile(atPath: sslyze), "run ops/test.sh once: it makes .build-python")
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let scan = try await place.run(
        sslyze,
        ["--mozilla_config=modern", "--certinfo_ca_file=" + server.authority, "localhost:\(server.port)"])
      #expect(scan.status == 0, "\(scan.output.suffix(2_000))")
    }
  }

  @Test(
    "requests that are no calls are refused and do not disturb the server",
    arguments: [
      ("/", "404"), ("/kam.v1.SyncService/Nothing", "404"), ("/kam.v1.SyncService/Sync", "405"),
    ])
  func noCalls(_ path: String, _ status: String) async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let answer = try await place.run(
        "/usr/bin/env",
        [
          "curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", server.authority,
          server.url + path,
        ])
      #expect(answer.output == status)
      let foreign = try await server.call(
        "Hello", "{}", token: nil, "-H", "Host: evil.example", "-w", "%{http_code}")
      #expect(foreign.lastLine == "421")
      #expect(try await server.call("Hello", "{}").json()["protocolMax"] == 2)
    }
  }

  @Test(
    "the official Connect client for Python joins, pulls, pushes and watches", arguments: ["proto", "json"])
  func python(_ codec: String) async throws {
    let interpreter = Built.package + "/.build-python/bin/python"
    try #require(
      FileManager.default.isExecutableFile(atPath: interpreter),
      "run ops/test.sh once: it makes .build-python")
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Made by kam")
      let modules = place.path + "/modules"
      try FileManager.default.createDirectory(atPath: modules, withIntermediateDirectories: true)
      let made = try await place.run(
        "/usr/bin/env",
        [
          "protoc", "-I", Built.package + "/Protocol", "--python_out=" + modules, "kam/v1/model.proto",
          "kam/v1/sync.proto",
        ])
      try #require(made.status == 0, "\(made.errors)")
      let invite = try await team.server.admin("invite", team.ben.email).lastLine
      let client = try await place.run(
        interpreter,
        ["-B", Built.script("connect_client.py"), "--codec", codec, "--ca", team.server.authority],
        environment: ["PYTHONPATH": modules, "PYTHONWARNINGS": "ignore"], input: invite)
      try #require(client.status == 0, "\(client.errors)")
      let seen = try client.json()
      #expect(
        seen["organization"] == "" && seen["sameByGet"] == true && seen["mutationsPerRequest"] == 5000)
      #expect(seen["email"] == .text(team.ben.email) && seen["replica"] == 3)
      #expect(seen["outcomes"] == ["OUTCOME_APPLIED"])
      #expect(seen["task"]["title"] == .text("Edited in \(codec)"))
      #expect(seen["task"]["department"] == "DEPARTMENT_CODE_SALES")
      #expect(seen["hint"] == true)
      #expect(seen["refusal"] == "unauthenticated")
      try await team.ana.sync()
      #expect(try await team.ana.task(task)["title"] == .text("Edited in \(codec)"))
      #expect(try await team.ana.isWhole())
    }
  }

  @Test("strangers are limited by their address; nobody's wrong secrets count against a device")
  func strangers() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let token = try team.ben.token()
      let wrong =
        token.split(separator: "_").dropLast().joined(separator: "_") + "_"
        + String(repeating: "A", count: 43)
      func codes(_ bearer: String, _ count: Int) async throws -> [String: Int] {
        let request = [
          "-o", "/dev/null", "\(team.server.url)/kam.v1.SyncService/Sync",
        ]
        let answer = try await place.run(
          "/usr/bin/env",
          [
            "curl", "-sS", "--cacert", team.server.authority, "-w", "%{http_code}\n", "-H",
            "Content-Type: application/json", "-H", "Authorization: Bearer \(bearer)", "-d",
            #"{"protocol":2,"schema":1,"replica":2}"#,
          ] + Array(repeating: request, count: count).flatMap { $0 })
        return Dictionary(answer.output.split(separator: "\n").map { (String($0), 1) }, uniquingKeysWith: +)
      }
      let guesses = try await codes(wrong, 1_400)
      // The edge also ends a connection on which hundreds of streams were refused early.
      #expect(
        (280...300).contains(guesses["401", default: 0]) && guesses["429", default: 0] > 1_000
          && guesses["200"] == nil, "\(guesses)")
      #expect(try await codes(token, 10) == ["200": 10])
      try await team.ben.sync()
    }
  }
}
