import Foundation
import Testing

/// kill -9 at bad moments. Every edit must arrive once.
@Suite struct KilledTests {
  @Test("an edit whose answer is lost with the server between commit and answer is applied once by the retry")
  func answerLost() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Before")
      let made = try await team.ana.adds(task: "Made while nobody answers")
      try await team.ana.does("task", "edit", task, "--title", "After")
      try await team.ana.does("task", "claim", task)

      // From now on the server is reached through a proxy on the port that the invites name.
      await team.server.stop()
      let inner = try freePort()
      try await team.server.start(["--port", "\(inner)"])
      let proxy = try place.python(
        "losing_proxy.py",
        [
          "--listen", "\(team.server.port)", "--server", "\(inner)", "--tls", team.server.certificates,
          "--kill",
          "\(team.server.pid)",
        ])
      try await eventually("the proxy listens") { proxy.output.contains("listening") }
      let lost = try await team.ana.tries("sync")
      #expect(lost.status == 3, "\(lost.told)")
      #expect(lost.errors.contains("Your edits are kept"))
      #expect(await proxy.wait() == 0)
      #expect(proxy.output.contains("lost /kam.v1.SyncService/Sync 200"))
      #expect(try await team.ana.waiting() == 3)

      try await team.server.start()
      let retried = try await team.ana.sync()
      #expect(retried["sent"] == 3 && retried["refused"] == [] && retried["claims"][0]["outcome"] == "yours")
      try await team.ben.sync()
      for person in [team.ana, team.ben] {
        #expect(try await person.task(task)["title"] == "After")
        #expect(
          try await person.tasks().map { $0["title"].text }.sorted() == [
            "After", "Made while nobody answers",
          ])
        #expect(try await person.isWhole())
      }
      let titles = try await team.ana.json("history", task).elements.filter { $0["field"] == "title" }
      #expect(titles.map(\.["value"]) == ["After", "Before"])
      #expect(try await team.ana.json("history", made).elements.count { $0["field"] == "title" } == 1)
    }
  }

  @Test("a join whose answer is lost is answered again to the same device")
  func joinAnswerLost() async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      let inner = try freePort()
      try await server.start(["--port", "\(inner)"])
      let proxy = try place.python(
        "losing_proxy.py",
        [
          "--listen", "\(server.port)", "--server", "\(inner)", "--tls", server.certificates, "--kill",
          "\(server.pid)",
        ])
      try await eventually("the proxy listens") { proxy.output.contains("listening") }
      let ana = Person(place, "Ana")
      let lost = try await ana.tries("join", "-", input: server.firstInvite)
      #expect(lost.status == 3, "\(lost.told)")
      #expect(await proxy.wait() == 0)
      // The first connection only fetches the server's authority, and sends nothing.
      #expect(proxy.output == "listening\nno handshake\nlost /kam.v1.SyncService/Join 200\n")
      try await server.start()
      try await ana.join(server.firstInvite)
      #expect(try await ana.sync()["complete"] == true)
      let devices = try await server.admin("device", "list", "--json").json()
      #expect(devices["devices"].count == 1)
    }
  }

  @Test("a server killed again and again under two people who push loses nothing and applies nothing twice")
  func serverKilledWhilePushing() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      var random = SystemRandomNumberGenerator()
      var titles: Set<String> = []
      for cycle in 1...10 {
        for person in [team.ana, team.ben] {
          for number in 1...2 {
            let title = "\(person.name) \(cycle).\(number)"
            try await person.adds(task: title)
            titles.insert(title)
          }
        }
        let syncs = try [team.ana, team.ben].map { try $0.starts("sync") }
        // Not to wait for anything: the moment of the crash is what varies.
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...150, using: &random)))
        await team.server.stop(SIGKILL)
        for sync in syncs {
          let status = await sync.wait()
          #expect(status == 0 || status == 3, "\(sync.errors)")
        }
        let began = ContinuousClock.now
        try await team.server.start()
        #expect(ContinuousClock.now - began < .seconds(5), "it serves again at once")
      }
      for _ in 1...2 { for person in [team.ana, team.ben] { try await person.sync() } }
      for person in [team.ana, team.ben] {
        let held = try await person.tasks()
        #expect(held.map { $0["title"].text }.sorted() == titles.sorted())
        #expect(held.allSatisfy { $0["pending"] == false })
        #expect(try await person.isWhole())
      }
      // Every edit once: a task that was made twice would have two titles in its history.
      for task in try await team.ben.tasks() {
        let history = try await team.ben.json("history", task["id"].text)
        #expect(history.elements.count { $0["field"] == "title" } == 1)
      }
    }
  }

  @Test("a client killed again and again while it edits and syncs loses nothing and sends nothing twice")
  func clientKilled() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      var random = SystemRandomNumberGenerator()
      var promised: Set<String> = []
      var tried: Set<String> = []
      for cycle in 1...20 {
        let title = "Edit \(cycle)"
        tried.insert(title)
        let add = try team.ana.starts("task", "add", "acme", title, "--department", "sales")
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...120, using: &random)))
        add.send(SIGKILL)
        if await add.wait() == 0 { promised.insert(title) }
        let sync = try team.ana.starts("sync")
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...250, using: &random)))
        sync.send(SIGKILL)
        _ = await sync.wait()
        #expect(try await team.ana.isWhole())
      }
      try await team.ana.sync()
      try await team.ben.sync()
      let held = try await team.ana.tasks().map { $0["title"].text }
      #expect(Set(held).count == held.count, "none twice")
      #expect(Set(held).isSuperset(of: promised), "none lost that was confirmed")
      #expect(Set(held).isSubset(of: tried))
      #expect(try await team.ben.tasks().map { $0["title"].text }.sorted() == held.sorted())
      for task in try await team.ben.tasks() {
        let history = try await team.ben.json("history", task["id"].text)
        #expect(history.elements.count { $0["field"] == "title" } == 1)
      }
      #expect(try await team.ana.waiting() == 0)
    }
  }

  @Test("when a flush to the disk fails the server stops with 70 instead of acknowledging; nothing is lost")
  func failedFlush() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Before")
      let failing = try place.start(
        "/usr/bin/env",
        [
          "strace", "-f", "-p", "\(team.server.pid)", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e",
          "inject=fdatasync,fsync:error=EIO",
        ])
      try await eventually("flushes fail from now on") {
        try #require(failing.isRunning, "\(failing.errors)")
        return failing.errors.contains("attached")
      }
      try await team.ana.does("task", "edit", task, "--title", "After")
      let refused = try await team.ana.tries("sync")
      #expect(refused.status == 3, "\(refused.told)")
      #expect(await team.server.ended() == 70)
      #expect(team.server.log.contains("the server stops rather than acknowledge"))
      #expect(try await team.ana.waiting() == 1)

      try await team.server.start()
      #expect(try await team.ana.sync()["sent"] == 1)
      try await team.ben.sync()
      #expect(try await team.ben.task(task)["title"] == "After")
      #expect(try await team.server.admin("audit", "verify").status == 0)
    }
  }
}
