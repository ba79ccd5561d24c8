import Foundation
import Testing

/// A real tinyproxy on a port of its own. Loopback goes through a proxy that is named, as with curl, so the server
/// need not be anywhere else.
private struct TinyProxy {
  let port: Int
  private let program: RunningProgram
  private let logPath: String

  /// - Parameter settings: More lines of its configuration.
  init(_ place: Workplace, _ settings: String...) async throws {
    try #require(
      FileManager.default.isExecutableFile(atPath: "/usr/bin/tinyproxy"),
      "tinyproxy is missing: ops/prepare.sh test installs it")
    port = try freePort()
    logPath = place.path + "/tinyproxy-\(port).log"
    // Not searched for secrets, like everything that a test feeds to programs.
    let configuration = place.path + "/tinyproxy-\(port).conf.in"
    let lines = [
      "Port \(port)", "Listen 127.0.0.1", "Allow 127.0.0.1", "Timeout 600", "MaxClients 50", "LogLevel Info",
      "LogFile \"\(logPath)\"",
    ]
    try (lines + settings).map { $0 + "\n" }.joined().write(
      toFile: configuration, atomically: true, encoding: .utf8)
    let program = try place.start("/usr/bin/tinyproxy", ["-d", "-c", configuration], secondsMax: nil)
    self.program = program
    try await eventually("tinyproxy listens") { [logPath] in
      try #require(program.isRunning, "\(program.output)\(program.errors)")
      return FileManager.default.contents(atPath: logPath).map {
        String(decoding: $0, as: UTF8.self).contains("Accepting connections")
      } ?? false
    }
  }

  var address: String { "127.0.0.1:\(port)" }
  var url: String { "http://" + address }

  var log: String {
    String(decoding: FileManager.default.contents(atPath: logPath) ?? Data(), as: UTF8.self)
  }

  /// How often a way to the server was asked for.
  func tunnels(to server: TestServer) -> Int {
    log.components(separatedBy: "CONNECT localhost:\(server.port) HTTP/1.1").count - 1
  }

  func stop() async {
    program.send(SIGKILL)
    _ = await program.wait()
  }
}

@Suite struct ProxyTests {
  @Test("join, sync, history and sharing go through the proxy that https_proxy names, and nowhere else")
  func through() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let proxy = try await TinyProxy(place)
      let ana = Person(place, "Ana", environment: ["https_proxy": proxy.url])
      try await ana.join(server.firstInvite)
      // Once to see its certificate, once to join.
      #expect(proxy.tunnels(to: server) == 2, "\(proxy.log)")
      try await ana.does("account", "add", "Acme Industries", "--slug", "acme")
      let task = try await ana.adds(task: "Visit")
      #expect(try await ana.sync()["sent"] == 2)
      #expect(proxy.tunnels(to: server) == 3, "\(proxy.log)")
      #expect(try await !ana.json("history", task).elements.isEmpty)
      _ = try await server.invite("Ben")
      try await ana.does("account", "share", "acme", "--with", "ben@demo.example", "--role", "contributor")
      try await ana.does("user", "edit", "ben@demo.example", "--department", "sales")
      #expect(proxy.tunnels(to: server) == 6, "\(proxy.log)")

      // What the kernel sees: the proxy is the only one that kam talks to, and reads nothing but where to go.
      try await ana.adds(task: "Watched")
      let trace = place.path + "/trace"
      let watched = try await place.run(
        "/usr/bin/env",
        [
          "strace", "-f", "-s", "4096", "-o", trace, "-e", "trace=connect,write,writev,sendto,sendmsg",
          Built.kam,
          "sync",
        ], environment: ["KAM_HOME": ana.home, "https_proxy": proxy.url])
      #expect(watched.status == 0, "\(watched.told)")
      let calls = try String(contentsOfFile: trace, encoding: .utf8)
      let ports = Set(calls.matches(of: /port=htons\((\d+)\)/).map { String($0.output.1) })
      #expect(ports == ["\(proxy.port)"], "\(ports)")
      #expect(calls.contains("CONNECT localhost:\(server.port) HTTP/1.1"))
      let secret = try ana.token().split(separator: "_")[2]
      #expect(!calls.contains(secret) && !calls.lowercased().contains("bearer"))

      await proxy.stop()
      #expect(try await ana.tries("sync").status == 3)
    }
  }

  @Test("NO_PROXY goes round the proxy, and a proxy that is named for others is not asked")
  func around() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let proxy = try await TinyProxy(place)
      for noProxy in ["localhost", "example.com,localhost:\(team.server.port)", "*"] {
        let ana = team.ana.with(["HTTPS_PROXY": proxy.url, "NO_PROXY": noProxy])
        try await ana.adds(task: "Without")
        #expect(try await ana.sync()["sent"] == 1)
        #expect(try await ana.json("status")["proxy"] == .null)
      }
      #expect(proxy.tunnels(to: team.server) == 0)
      let ana = team.ana.with(["HTTPS_PROXY": proxy.url, "NO_PROXY": "example.com,localhost:1"])
      try await ana.sync()
      #expect(proxy.tunnels(to: team.server) == 1)
      let status = try await ana.json("status")["proxy"]
      #expect(status["address"] == .text(proxy.address) && status["variable"] == "HTTPS_PROXY")
      #expect(try await ana.does("status").output.contains("\(proxy.address), named by HTTPS_PROXY"))
    }
  }

  @Test(
    "a proxy that asks for a password gets it and nobody else does; without, or with a wrong one, it is told")
  func password() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place, "-v")
      let proxy = try await TinyProxy(place, "BasicAuth ben correct-horse-9")
      func url(_ password: String) -> String { "http://ben:\(password)@\(proxy.address)" }
      let right = ["https_proxy": url("correct%2Dhorse-9")]
      let wrong = ["https_proxy": url("battery-staple-7")]
      let none = ["https_proxy": proxy.url]
      for (environment, sentence) in [
        (none, "asks for a user and a password"),
        (wrong, "does not accept the user and the password that https_proxy gives"),
      ] {
        let refused = try await Person(place, "Eve", environment: environment).tries(
          "join", "-", input: server.firstInvite)
        #expect(refused.status == 3 && refused.errors.contains(sentence), "\(refused.told)")
        #expect(refused.errors.contains("The proxy \(proxy.address), which https_proxy names,"))
      }
      let ana = Person(place, "Ana", environment: right)
      try await ana.join(server.firstInvite)
      try await ana.does("account", "add", "Acme Industries", "--slug", "acme")
      #expect(try await ana.sync()["sent"] == 1)
      #expect(try await ana.does("status").output.contains(proxy.address))
      try await ana.adds(task: "Waits")
      for (environment, sentence) in [
        (none, "asks for a user and a password"),
        (wrong, "does not accept the user and the password that https_proxy gives"),
        (["all_proxy": "socks5://ben:battery-staple-7@\(proxy.address)"], "of a kind that kam cannot use"),
        (["all_proxy": "http://ben:battery-staple-7/@\(proxy.address)"], "cannot be read as the address"),
      ] {
        let other = ana.with(environment)
        for command in [["sync"], ["sync", "--json"], ["account", "share", "acme"]] {
          let refused = try await other.run(command)
          #expect(refused.status == 3 && refused.output.isEmpty)
          #expect(refused.errors.contains(sentence), "\(refused.told)")
        }
        // What needs no network does not mind; status says what is wrong.
        try await other.does("status", "--json")
        #expect(
          try await other.does("status").output.contains(
            environment["all_proxy"] == nil ? "named by" : sentence))
      }
      #expect(try await ana.sync()["sent"] == 1)
      await server.stop()
      let secrets = ["correct-horse-9", "correct%2Dhorse-9", "battery-staple-7"]
      let encoded = secrets.map { Data("ben:\($0)".utf8).base64EncodedString() }
      let found = try SecretsTests.places(of: (secrets + encoded).map { Data($0.utf8) }, under: place.path)
      #expect(found.isEmpty, "\(found)")
    }
  }

  @Test("a proxy that is not there is told from a server that is not there, at once, in both languages")
  func notThere() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let proxy = try await TinyProxy(place)
      let ana = team.ana.with(["https_proxy": proxy.url])
      try await ana.adds(task: "Waits")
      await team.server.stop()
      let noServer = try await ana.tries("sync")
      #expect(noServer.status == 3, "\(noServer.told)")
      #expect(noServer.errors.contains("could not reach the server itself (50"), "\(noServer.told)")
      #expect(noServer.errors.contains("Your edits are kept"), "\(noServer.told)")
      try await team.server.start()
      await proxy.stop()

      let began = ContinuousClock.now
      let noProxy = try await ana.tries("sync")
      #expect(ContinuousClock.now - began < .seconds(5))
      #expect(
        noProxy.status == 3
          && noProxy.errors.contains(
            "kam: The proxy \(proxy.address), which https_proxy names, cannot be reached (Connection refused; "
              + "if this server needs no proxy, name localhost in no_proxy), so \(team.server.url) was not reached. "
              + "Your edits are kept"),
        "\(noProxy.told)")
      let online = try await ana.tries("account", "share", "acme")
      #expect(online.status == 3 && online.errors.contains("was not done; try again"), "\(online.told)")
      let french = try await ana.tries("sync", environment: ["LANG": "fr_FR.UTF-8"])
      #expect(
        french.errors.contains("Le proxy \(proxy.address), indiqué par https_proxy, est injoignable"),
        "\(french.told)")
      let nameless = try await ana.with(["ALL_PROXY": "proxy.invalid:3128"]).tries("sync")
      #expect(
        nameless.status == 3
          && nameless.errors.contains(
            "The proxy proxy.invalid:3128, which ALL_PROXY names, cannot be reached"),
        "\(nameless.told)")
      #expect(try await ana.json("status")["waiting"].count == 1)
      #expect(try await team.ana.sync()["sent"] == 1)
    }
  }

  @Test("a proxy that lets nobody through to this server says so")
  func forbidden() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let proxy = try await TinyProxy(place, "ConnectPort 443")
      let ana = team.ana.with(["https_proxy": proxy.url])
      let refused = try await ana.tries("sync")
      #expect(
        refused.status == 3
          && refused.errors.contains("does not let this device through to that server (403"),
        "\(refused.told)")
      let joining = Person(place, "Eve", environment: ["https_proxy": proxy.url])
      let notJoined = try await joining.tries("join", "-", input: try await team.server.invite("Eve"))
      #expect(
        notJoined.status == 3 && notJoined.errors.contains("does not let this device through"),
        "\(notJoined.told)")
    }
  }

  @Test("a server of another authority behind the proxy gets neither an invite nor a credential")
  func otherServer() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let proxy = try await TinyProxy(place)
      let invite = try await team.server.invite("Eve")
      await team.server.stop()
      let other = try await TestServer(place, name: "other", port: team.server.port)
      try await other.start()
      let eve = Person(place, "Eve", environment: ["https_proxy": proxy.url])
      let notJoined = try await eve.tries("join", "-", input: invite)
      #expect(
        notJoined.status == 1
          && notJoined.errors.contains(
            "through the proxy \(proxy.address), which https_proxy names, is not the server that made this invite"
          ),
        "\(notJoined.told)")
      let refused = try await team.ana.with(["https_proxy": proxy.url]).tries("sync")
      #expect(
        refused.status == 3 && refused.errors.contains("not from the authority that this device trusts")
          && refused.errors.contains("or the proxy opens encrypted connections"), "\(refused.told)")
    }
  }

  @Test(
    "a proxy that does not do what proxies do is named, once asked or twice, and within the time a server gets",
    arguments: [
      ("closes", "closes the connection without an answer"), ("teapot", "refuses (418"),
      ("login", "asks for a user and a password"), ("silent", "opened no way to the server within 10 s"),
      ("garbage", "does not answer as a proxy does"), ("long", "does not answer as a proxy does"),
    ])
  func odd(_ does: String, _ sentence: String) async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let port = try freePort()
      let proxy = try place.python("odd_proxy.py", ["--listen", "\(port)", "--does", does])
      try await eventually("it listens") { proxy.output.contains("listening") }
      let environment = ["https_proxy": "127.0.0.1:\(port)"]
      try await team.ana.adds(task: "Waits")
      for (person, command) in [
        (team.ana, ["sync"]), (Person(place, "Eve"), ["join", team.server.firstInvite]),
      ] {
        let began = ContinuousClock.now
        let refused = try await person.with(environment).run(command)
        #expect(refused.status == 3, "\(refused.told)")
        #expect(
          refused.errors.contains("The proxy 127.0.0.1:\(port), which https_proxy names, "), "\(refused.told)"
        )
        let isUnheard = does == "garbage" || does == "long"
        #expect(
          refused.errors.contains(sentence)
            || isUnheard && command == ["sync"]
              && refused.errors.contains("opened no way to the server within 10 s"),
          "\(refused.told)")
        #expect(ContinuousClock.now - began < .seconds(30))
      }
      #expect(!proxy.output.contains("connections 4"), "\(proxy.output)")
      #expect(try await team.ana.sync()["sent"] == 1)
    }
  }
}
