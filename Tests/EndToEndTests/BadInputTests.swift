import Foundation
import Testing

/// Bad input and bad circumstances: a clear sentence, an exit code, and nothing lost or half written.
@Suite struct BadInputTests {
  @Test("what kam cannot take is refused with a sentence, and nothing is written")
  func refusedInput() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      try await ana.does("account", "add", "Acme Industries", "--slug", "acme")
      let task = try await ana.adds(task: "Visit")
      let before = try await ana.json("status")["waiting"]
      let long = String(repeating: "x", count: 5_000)
      let cases: [(arguments: [String], status: Int32, sentence: String)] = [
        (["task", "add", "acmee", "Title", "--department", "sales"], 1, "There is no account “acmee”"),
        (["account", "show", "nowhere"], 1, "There is no account “nowhere”"),
        (["task", "show", "ZZZZ"], 1, "There is no task “ZZZZ”"),
        (["task", "edit", task, "--due", "2026-02-30"], 2, "--due: “2026-02-30”"),
        (["task", "edit", task, "--due", "yesterdayish"], 2, "--due: “yesterdayish”"),
        (["task", "add", "acme", long, "--department", "sales"], 2, "5000 characters"),
        (["task", "edit", task, "--title", "a\u{07}b"], 2, "control"),
        (["task", "edit", task, "--title", "two\nlines"], 2, "title"),
        (["task", "edit", task, "--title", ""], 1, "title"),
        (["task", "edit", task, "--department", "sails"], 2, "sails"),
        (["task", "edit", task, "--colour", "red"], 2, "colour"),
        (["task", "edit", task], 2, "Nothing to change"),
        (["task", "add", "acme", "Title"], 2, "--department"),
        (["task", "add", "acme"], 2, "TITLE"),
        (["account", "add", "Another", "--slug", "acme"], 1, "“acme” is the short name of"),
        (["account", "edit", "acme", "--stage", "gone"], 2, "gone"),
        (["plan", "add", "acme", "Plan", "--from", "2026-12-31", "--to", "2026-01-01"], 2, "2026"),
        (["contact", "assign", "acme", "--to", "nobody@demo.example"], 1, "nobody@demo.example"),
        (["conflicts", "take", "9"], 1, "There is no conflict 9"),
        (["nonsense"], 2, "nonsense"),
      ]
      for (arguments, status, sentence) in cases {
        let refused = try await ana.run(arguments)
        let what = arguments.map { String($0.prefix(30)) }.joined(separator: " ")
        #expect(refused.status == status, "\(what): \(refused.told)")
        #expect(refused.output.isEmpty, "\(what): \(refused.output)")
        #expect(refused.errors.contains(sentence), "\(what): \(refused.errors)")
        #expect(!refused.errors.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, "\(what)")
      }
      #expect(try await ana.json("status")["waiting"] == before)
      #expect(try await ana.task(task)["title"] == "Visit")
      // For programs the same as JSON.
      let refused = try await ana.tries("task", "show", "ZZZZ", "--json")
      let error = try JSONDecoder().decode(JSONValue.self, from: Data(refused.errors.utf8))
      #expect(refused.status == 1 && error["error"]["code"] == "not-found")
    }
  }

  @Test("arguments that are not UTF-8 are refused, not mended")
  func invalidUTF8() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      try await ana.does("account", "add", "Acme Industries", "--slug", "acme")
      for words in [
        "task add acme $'Caf\\xe9' --department sales", "account edit acme --notes $'\\xff\\xfe'",
      ] {
        let refused = try await place.run(
          "/bin/bash", ["-c", "\(Built.kam) \(words)"], environment: ["KAM_HOME": ana.home, "LC_ALL": "C"])
        #expect(refused.status == 2 && refused.errors.contains("is not valid UTF-8 text"), "\(refused.told)")
      }
      let comment = try await place.run(
        "/bin/bash", ["-c", "printf 'Caf\\xe9' | \(Built.kam) comment acme -"],
        environment: ["KAM_HOME": ana.home])
      #expect(comment.status == 2 && comment.errors.contains("UTF-8"))
      #expect(try await ana.waiting() == 1)
    }
  }

  @Test("a handle that may be two records is refused with both of them")
  func ambiguousHandle() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      try await ana.does("account", "add", "Acme", "--slug", "acme")
      for _ in 1...2 { try await ana.does("account", "add", "The Twins") }
      let refused = try await ana.tries("account", "show", "The Twins")
      #expect(refused.status == 1 && refused.errors.contains("is the name of several accounts; use a handle"))
      #expect(refused.errors.split(separator: "\n").count { $0.contains("The Twins") } == 3)

      // Two ids that end alike: their handles are as long as they must be, and a piece of one may be either.
      for first in ["a", "b"] {
        let task =
          #"{"kind":"task","account":"acme","title":"\#(first)","department":"sales","id":"01a209b5-91aa-7b90-969e-3d1fa3\#(first)aa5c8"}"#
        try await ana.does("import", "-", "--apply", input: task)
      }
      let either = try await ana.tries("task", "show", "N9E8")
      #expect(either.status == 1 && either.errors.contains("may be several records"), "\(either.told)")
      #expect(either.errors.split(separator: "\n").count { $0.contains("task") } == 2, "\(either.told)")
      for task in try await ana.tasks() {
        #expect(task["handle"].text.hasSuffix("N9E8") && task["handle"].text.count > 4)
        #expect(try await ana.task(task["handle"].text)["title"] == task["title"])
      }
      let lines = (1...40).map {
        #"{"kind":"task","account":"acme","title":"Task \#($0)","department":"sales"}"#
      }
      try await ana.does("import", "-", "--apply", input: lines.joined(separator: "\n"))
      let handles = try await ana.tasks().map { $0["handle"].text }
      #expect(Set(handles).count == 42)
      for handle in handles.prefix(3) { #expect(try await ana.task(handle)["handle"] == .text(handle)) }
    }
  }

  @Test("with no server every command but the network's works, and sync ends with 3 and keeps the edits")
  func noNetwork() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Visit")
      await team.server.stop()
      try await team.ana.adds(task: "Offline")
      try await team.ana.does("task", "edit", task, "--title", "Changed offline")
      try await team.ana.does("comment", task, "Said offline")
      for command in ["status", "conflicts", "check"] { try await team.ana.does(command) }
      try await team.ana.does("task", "list", "--account", "acme")
      for command in [["sync"], ["history", task], ["account", "share", "acme"]] {
        let began = ContinuousClock.now
        let refused = try await team.ana.run(command)
        #expect(refused.status == 3, "\(command) \(refused.told)")
        #expect(
          refused.errors.contains(
            "Could not reach https://localhost:\(team.server.port) (Connection refused)"))
        #expect(ContinuousClock.now - began < .seconds(5), "it is told at once")
      }
      #expect(try await team.ana.waiting() == 3)
      let unjoined = try await Person(place, "Cleo").tries("join", "-", input: team.server.firstInvite)
      #expect(unjoined.status == 3 && unjoined.errors.contains("Could not reach"))
      try await team.server.start()
      #expect(try await team.ana.sync()["sent"] == 3)
    }
  }

  @Test("a server of another version is told as such, and the replica stays usable")
  func otherVersion() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.adds(task: "Waiting")
      await team.server.stop()
      let newer = try await CannedServer(
        place, port: team.server.port, tls: team.server.certificates, status: 400,
        body:
          #"{"code":"failed_precondition","message":"[upgrade-required] This server speaks protocol 2 to 3, "#
          + #"this client 1; upgrade the older of the two."}"#)
      let refused = try await team.ana.tries("sync")
      #expect(refused.status == 1)
      #expect(
        refused.errors
          == "kam: This server speaks protocol 2 to 3, this client 1; upgrade the older of the two.\n")
      #expect(newer.requests.count == 1)
      try await team.ana.adds(task: "Still works")
      #expect(try await team.ana.waiting() == 2)
    }
  }

  @Test(
    "an answer that is not kam's is told as such, and nothing is lost",
    arguments: [
      (200, "<html>Welcome to the hotel's network</html>"), (502, "Bad gateway"), (404, "{}"), (200, ""),
    ])
  func notKam(_ status: Int, _ body: String) async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.adds(task: "Waiting")
      await team.server.stop()
      _ = try await CannedServer(
        place, port: team.server.port, tls: team.server.certificates, status: status, body: body)
      let refused = try await team.ana.tries("sync")
      #expect([1, 3].contains(refused.status), "\(refused.told)")
      #expect(
        refused.errors.hasPrefix("kam: ") && !refused.errors.contains("BinaryDecodingError"),
        "\(refused.errors)")
      #expect(try await team.ana.waiting() == 1)
      #expect(try await team.ana.isWhole())
    }
  }

  @Test("what a server says when it refuses is told on one line, and not for ever")
  func longRefusal() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      await team.server.stop()
      let message = "first\\n\\r\\nkam: second" + String(repeating: " and on", count: 10_000)
      _ = try await CannedServer(
        place, port: team.server.port, tls: team.server.certificates, status: 400,
        body: "{\"code\":\"invalid_argument\",\"message\":\"\(message)\"}")
      let refused = try await team.ana.tries("sync")
      #expect(refused.errors.hasPrefix("kam: first kam: second and on"), "\(refused.errors)")
      #expect(refused.errors.split(separator: "\n").count == 1 && refused.errors.count < 520)
    }
  }

  @Test("a damaged replica is told as such, left as it is by all commands but doctor, and mended by that")
  func damagedReplica() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      try await ana.sync()
      try await ana.does("account", "add", "Waiting")
      let path = ana.home + "/replica.sqlite"
      var bytes = try Data(contentsOf: URL(filePath: path))
      bytes.replaceSubrange(0..<100, with: Data(repeating: 0x41, count: 100))
      try bytes.write(to: URL(filePath: path))
      for command in [["task", "list"], ["sync"], ["account", "add", "Acme"], ["status"]] {
        let refused = try await ana.run(command)
        #expect(refused.status == 1 && refused.errors.contains("is damaged"), "\(command) \(refused.told)")
        #expect(refused.errors.contains("kam doctor"))
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
      let mended = try await ana.json("doctor")
      #expect(mended["joined"] == true && mended["waiting"] == 1, "\(mended)")
      #expect(try Data(contentsOf: URL(filePath: mended["damagedFile"].text)) == bytes)
      #expect(try await ana.sync()["complete"] == true)
      #expect(try await ana.waiting() == 0)
      #expect(try await ana.isWhole())
      #expect(try await ana.json("doctor")["whole"] == true)
    }
  }

  @Test("a replica with damage inside is found by check")
  func damagedPages() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      for number in 1...5 {
        try await team.ana.adds(task: "Task \(number) with a title that fills some bytes")
      }
      try await team.ana.sync()
      let path = team.ana.home + "/replica.sqlite"
      var bytes = try Data(contentsOf: URL(filePath: path))
      // Another page than the first: a B-tree that makes no sense.
      for page in 3..<(bytes.count / 4096) {
        bytes.replaceSubrange(page * 4096..<page * 4096 + 16, with: Data(repeating: 0xEE, count: 16))
      }
      try bytes.write(to: URL(filePath: path))
      let checked = try await team.ana.tries("check")
      #expect(checked.status == 1 && !checked.told.isEmpty, "\(checked.told)")
      #expect(checked.told.contains("damaged") || checked.told.contains("not whole"), "\(checked.told)")
    }
  }

  @Test(
    "a replica or credential that others can read is refused until it is private",
    arguments: [
      "/replica.sqlite", "/credential.json", "",
    ])
  func readableByOthers(_ name: String) async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      let path = ana.home + name
      let mode = try #require(
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
      #expect(mode & 0o077 == 0)
      try FileManager.default.setAttributes([.posixPermissions: mode | 0o044], ofItemAtPath: path)
      let refused = try await ana.tries("sync")
      #expect(
        refused.status == 1 && refused.errors.contains("Others on this machine can read \(path)"),
        "\(refused.told)")
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      try await ana.sync()
    }
  }

  @Test("terminals that add and sync one replica at the same time lose nothing and make nothing twice")
  func twoTerminals() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let titles = (1...10).map { "Terminal \($0)" }
      let programs = try titles.flatMap { title in
        [
          try team.ana.starts("task", "add", "acme", title, "--department", "sales"),
          try team.ana.starts("sync"),
        ]
      }
      for program in programs {
        let finished = await program.finished()
        #expect(finished.status == 0, "\(finished.told)")
      }
      try await team.ana.sync()
      try await team.ben.sync()
      for person in [team.ana, team.ben] {
        #expect(try await person.tasks().map { $0["title"].text }.sorted() == titles.sorted())
        #expect(try await person.isWhole())
      }
    }
  }

  @Test("on a full disk an edit is refused whole, and works when there is room again")
  func fullDisk() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let disk = place.path + "/disk"
      try FileManager.default.createDirectory(
        atPath: disk, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let mounted = try await place.run(
        "/usr/bin/env", ["mount", "-t", "tmpfs", "-o", "size=768k,mode=0700", "kam-test", disk])
      guard mounted.status == 0 else {
        return print("Skipped: a small file system cannot be mounted here (\(mounted.errors.prefix(80))).")
      }
      do {
        try await onFullDisk(team, disk)
      } catch {
        _ = try await place.run("/usr/bin/env", ["umount", disk])
        throw error
      }
      #expect(try await place.run("/usr/bin/env", ["umount", disk]).status == 0)
    }
  }

  private func onFullDisk(_ team: Team, _ disk: String) async throws {
    let place = team.server.place
    try await team.ana.adds(task: "Before")
    let ana = Person(place, "Ana", home: disk + "/ana")
    #expect(try await place.run("/bin/cp", ["-a", team.ana.home, ana.home]).status == 0)
    // As root nothing is reserved: this takes every page.
    _ = try await place.run("/bin/dd", ["if=/dev/zero", "of=\(disk)/filler", "bs=4096"])
    let detail = String(repeating: "words ", count: 3_300)
    let add = try await ana.tries(
      "task", "add", "acme", "No room", "--department", "sales", "--detail", detail)
    #expect(add.status == 1, "\(add.told)")
    #expect(add.errors == "kam: The disk is full: nothing was written. Make room and do it again.\n")
    #expect(try await ana.tasks().map(\.["title"]) == ["Before"])
    let sync = try await ana.tries("sync")
    #expect([0, 1].contains(sync.status), "\(sync.told)")

    try FileManager.default.removeItem(atPath: disk + "/filler")
    #expect(try await ana.isWhole())
    try await ana.does("task", "add", "acme", "Room", "--department", "sales", "--detail", detail)
    try await ana.sync()
    try await team.ben.sync()
    #expect(try await team.ben.tasks().map { $0["title"].text }.sorted() == ["Before", "Room"])
  }

  @Test("text from somebody else reaches no terminal as control characters")
  func hostileText() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      // As a hostile client sends it: kam itself would refuse.
      let account = try await team.ana.json("account", "show", "acme")["id"].text
      let hostile = "Pay \u{202E}txt.exe \u{200B}now"
      let pushed = try await team.server.call(
        "Sync",
        """
        {"protocol":2,"schema":1,"replica":2,"push":[{"sequence":"1","id":"01a209b5-91aa-7b90-969e-000000000009",
        "scope":"plan/\(account)","stamp":{"hlc":"1","replica":2},"summary":"\\u001b[2J","changes":[{
        "record":"01a209b5-0000-7000-8000-0000000000aa","kind":"KIND_TASK","create":true,
        "set":{"task":{"title":"\(hostile)","department":"DEPARTMENT_CODE_SALES","status":"TASK_STATUS_OPEN"}}}]}]}
        """, token: try team.ben.token())
      let outcome = try pushed.json()["results"][0]["outcome"]
      #expect(["OUTCOME_APPLIED", "OUTCOME_INVALID"].contains(outcome), "\(pushed.output)")
      try await team.ana.sync()
      for command in [["task", "list"], ["show", "acme"], ["conflicts"], ["history", "acme"]] {
        let shown = try await team.ana.run(command)
        let raw = shown.told.unicodeScalars.filter { scalar in
          (scalar.value < 0x20 && scalar != "\n") || (0x7F..<0xA0).contains(scalar.value)
            || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            || scalar.value == 0x200B
        }
        #expect(raw.isEmpty, "\(command) \(raw)")
      }
    }
  }
}
