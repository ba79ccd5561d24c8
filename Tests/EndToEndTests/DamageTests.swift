import Foundation
import Testing

/// Damage on a disk shows only when it is looked for.
@Suite struct DamageTests {
  @Test("a damaged database is not served from, and the way out is said")
  func damagedPage() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      for number in 0..<40 { try await team.ana.adds(task: "Task \(number)") }
      try await team.ana.sync()
      #expect(await team.server.stop() == 0)
      let path = team.server.directory + "/canonical.sqlite"
      let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
      #expect(log ?? 0 == 0, "a clean stop leaves one file that holds everything")
      var bytes = try Data(contentsOf: URL(filePath: path))
      // The pages in the middle, cut to nothing.
      let page = bytes.count / 8192 / 2
      bytes.replaceSubrange(page * 8192..<(page + 1) * 8192, with: Data(count: 8192))
      try bytes.write(to: URL(filePath: path))
      let started = try await place.run(Built.kamd, ["serve", "--data", team.server.directory])
      #expect(started.status == 70, "\(started.told)")
      #expect(started.errors.contains("is damaged") && started.errors.contains("newest good copy"))
    }
  }

  @Test("a value that changed behind its checksum is found while serving, and by audit verify")
  func changedValue() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.adds(task: "Unmistakable title")
      try await team.ana.sync()
      #expect(await team.server.stop() == 0)
      let path = team.server.directory + "/canonical.sqlite"
      // One letter, in place: SQLite has no checksum and sees nothing.
      let changed = try await place.run(
        "/usr/bin/env",
        [
          "python3", "-c",
          """
          import sqlite3, sys
          database = sqlite3.connect(sys.argv[1])
          rows = database.execute("SELECT key, state FROM record").fetchall()
          for key, state in rows:
              if b"Unmistakable" in state:
                  database.execute("UPDATE record SET state = ? WHERE key = ?", (state.replace(b"Unmistakable", b"Unmistakeble"), key))
          database.commit()
          """, path,
        ])
      try #require(changed.status == 0, "\(changed.errors)")
      let verified = try await team.server.admin("audit", "verify")
      #expect(verified.status == 1, "\(verified.told)")
      #expect(verified.output.contains("is not the one that was written"))
      try await team.server.start()
      #expect(await team.server.ended() == 70)
      // The next start knows why, checks thoroughly, and does not serve.
      let again = try await place.run(Built.kamd, ["serve", "--data", team.server.directory])
      #expect(again.status == 70 && again.errors.contains("is not the one that was written"), "\(again.told)")
    }
  }

  @Test("a database that is missing is told as such, and not made anew")
  func missing() async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      let path = server.directory + "/canonical.sqlite"
      for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
        try FileManager.default.removeItem(atPath: path + suffix)
      }
      let started = try await place.run(Built.kamd, ["serve", "--data", server.directory])
      #expect(started.status == 70 && started.errors.contains("is missing"), "\(started.told)")
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test(
    "after a start with the clock two hundred days ahead the certificate is made anew, and people can sync")
  func certificateOfTheFuture() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      #expect(await team.server.stop() == 0)
      let wrong = try await team.server.admin("certificate", "renew", "--json", clock: "+200d").json()
      let now = Date().timeIntervalSince1970 * 1000
      #expect(wrong["certificate"]["notBeforeMs"].number > now)
      try await team.server.start()
      #expect(try await team.ana.sync()["complete"] == true)
      let shown = try await team.server.admin("certificate", "show", "--json").json()["certificate"]
      #expect(shown["hosts"].elements.contains("localhost"))
      #expect(try await team.server.admin("certificate", "renew").status == 0)
      #expect(try await team.ana.sync()["complete"] == true)
    }
  }

  @Test("an init that was killed can be repeated")
  func initRepeated() async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      // As it is left between the authority's two files, and before the configuration.
      try FileManager.default.removeItem(atPath: server.directory + "/kamd.json")
      try FileManager.default.removeItem(atPath: server.certificates + "/ca.pem")
      let made = try await place.run(
        Built.kamd,
        [
          "init", "--data", server.directory, "--organization", "Demo", "--host", "localhost", "--admin",
          "ana@demo.example", "--port", "\(server.port)",
        ])
      #expect(made.status == 0, "\(made.told)")
      try await server.start()
      let ana = Person(place, "Ana")
      try await ana.join(made.lastLine)
      #expect(try await ana.sync()["complete"] == true)
    }
  }

  @Test("damage that audit verify finds in a running server is told, and ends it")
  func verifyWhileServing() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.adds(task: "Unmistakable title")
      try await team.ana.sync()
      try await eventually("the first reading is over") {
        team.server.log.contains("read through and is whole")
      }
      try await edit(team.server, "UPDATE scope SET live = live + 1 WHERE name LIKE 'plan/%'")
      let verified = try await team.server.admin("audit", "verify")
      #expect(
        verified.status == 1 && verified.output.contains("records, and should have"), "\(verified.told)")
      #expect(await team.server.ended() == 70)
    }
  }

  @Test(
    "a copy that is written over the running server's database stops it before anything more is acknowledged")
  func writtenOver() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let copy = try await team.server.copyDirectory()
      try await team.ana.adds(task: "After the copy")
      try await team.ana.sync()
      // All of it is in the database, nothing in its log.
      #expect(await team.server.stop() == 0)
      try await team.server.start()
      try await eventually("the first reading is over") {
        team.server.log.contains("read through and is whole")
      }
      try await team.ana.sync()
      try await team.ana.adds(task: "Waiting")
      // The same file, another content: no name and no inode changes.
      let written = try await place.run(
        "/bin/sh",
        [
          "-c", "cat \"$1\" > \"$2\"", "-", copy + "/canonical.sqlite",
          team.server.directory + "/canonical.sqlite",
        ])
      #expect(written.status == 0)
      let synced = try await team.ana.tries("sync")
      #expect(synced.status == 3, "\(synced.told)")
      #expect(await team.server.ended() == 70)
      #expect(team.server.log.contains("another program wrote into"), "\(team.server.log)")
      #expect(try await team.ana.waiting() == 1)
    }
  }

  @Test(
    "a program that moves the log or holds the database for a moment does not end the server; edits wait or are put off"
  )
  func looksInside() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.adds(task: "Before")
      try await team.ana.sync()
      try await edit(team.server, "PRAGMA wal_checkpoint(TRUNCATE)")
      try await team.ana.adds(task: "After the log was moved")
      #expect(try await team.ana.sync()["complete"] == true)
      #expect(
        team.server.log.contains("another program wrote into")
          && team.server.log.contains("the database is whole"))
      let holder = try place.start(
        "/usr/bin/env",
        [
          "python3", "-c",
          """
          import sqlite3, sys, time
          database = sqlite3.connect(sys.argv[1], isolation_level=None)
          database.execute("BEGIN IMMEDIATE")
          print("held", flush=True)
          time.sleep(5)
          database.execute("ROLLBACK")
          """, team.server.directory + "/canonical.sqlite",
        ])
      try await eventually("the database is held") { holder.output.contains("held") }
      try await team.ana.adds(task: "While it is held")
      let put = try await team.ana.tries("sync")
      #expect(
        put.status == 3 && put.told.contains("Another program on the server holds its database"),
        "\(put.told)")
      _ = await holder.wait()
      #expect(try await team.ana.sync()["sent"] == 1)
      #expect(try await team.server.admin("audit", "verify").status == 0)
      #expect(await team.server.stop() == 0)
    }
  }

  @Test("a start after a kill brings the log into the database before it serves, and says so")
  func logBroughtIn() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.adds(task: "In the log")
      try await team.ana.sync()
      await team.server.stop(SIGKILL)
      let log = team.server.directory + "/canonical.sqlite-wal"
      #expect(try bytes(of: log) > 0)
      try await team.server.start()
      #expect(team.server.log.contains("the log was brought into the database frames="), "\(team.server.log)")
      #expect(try await team.ana.sync()["complete"] == true)
    }
  }

  @Test(
    "one start with the clock four hundred days ahead shuts no device out, and throws away nothing that is undelivered"
  )
  func clockFarAhead() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Visit")
      try await team.ben.does("task", "edit", task, "--title", "Ben's")
      try await team.ana.does("task", "edit", task, "--title", "Ana's, later")
      try await team.ben.sync()
      try await team.ana.sync()
      #expect(await team.server.stop() == 0)
      // All that was written with the right clock lies four hundred days back now.
      for sql in [
        "UPDATE organization SET compacted = compacted - 400 * 86400000",
        "UPDATE device SET last_seen = last_seen - 400 * 86400000",
        "UPDATE notice SET server_ms = server_ms - 400 * 86400000",
      ] {
        try await edit(team.server, sql)
      }
      try await team.server.start()
      try await eventually("it is said") { team.server.log.contains("the clock is far from where it was") }
      let status = try await team.server.admin("status", "--json").json()["status"]
      #expect(status["clockAheadMs"].number > 399 * 86_400_000)
      #expect(
        try await team.server.admin("status").output.contains("days ahead of when this server last worked"))
      let ben = try await team.ben.sync()
      #expect(ben["superseded"].count == 1, "he is told that Ana went over his words")
    }
  }

  @Test("an authority's key that is damaged or gone is told when the server starts, and invites need none")
  func authorityKeyDamaged() async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      let key = server.certificates + "/ca-key.pem"
      try Data("-----BEGIN".utf8).write(to: URL(filePath: key))
      try await server.start()
      #expect(server.log.contains("the key of the certificate authority cannot be read"), "\(server.log)")
      #expect(try await server.admin("user", "add", "ben@demo.example", "--name", "Ben").status == 0)
      #expect(await server.stop() == 0)
      try FileManager.default.removeItem(atPath: key)
      try await server.start()
      #expect(server.log.contains("the key of the certificate authority is not here"), "\(server.log)")
    }
  }

  @Test("an authority that is damaged is told when the server starts")
  func authorityDamaged() async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      try Data("-----BEGIN".utf8).write(to: URL(filePath: server.certificates + "/ca.pem"))
      try await server.start()
      #expect(server.log.contains("the certificate authority cannot be read"))
      let invited = try await server.admin("user", "add", "ben@demo.example", "--name", "Ben")
      #expect(invited.status == 1 && invited.errors.contains("tls"), "\(invited.told)")
      let users = try await server.admin("user", "list")
      #expect(!users.output.contains("ben@demo.example"), "nobody is added whose invite cannot be made")
    }
  }

  @Test(
    "whatever of records, history or audit log is changed in the file, audit verify finds it",
    arguments: [
      "UPDATE history SET server_ms = server_ms + 1 WHERE number = (SELECT max(number) FROM history)",
      "UPDATE history SET record = zeroblob(16) WHERE number = 1",
      "UPDATE history SET entry = zeroblob(length(entry)) WHERE number = 1",
      "DELETE FROM history WHERE number = (SELECT max(number) FROM history)",
      "UPDATE audit SET detail = detail || '.' WHERE number = 1",
      "UPDATE scope SET digest = zeroblob(16) WHERE name = 'directory'",
      "DELETE FROM record WHERE key = (SELECT max(key) FROM record)",
    ])
  func changedInTheFile(sql: String) async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.adds(task: "Visit")
      try await team.ana.sync()
      #expect(await team.server.stop() == 0)
      #expect(try await team.server.admin("audit", "verify").status == 0)
      try await edit(team.server, sql)
      let verified = try await team.server.admin("audit", "verify", "--json")
      #expect(verified.status == 1, "\(verified.told)")
      #expect(try verified.json()["integrity"]["problems"].count > 0)
    }
  }

  private func bytes(of path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
  }

  /// Runs SQL on the server's database, as nobody should.
  private func edit(_ server: TestServer, _ sql: String) async throws {
    let edited = try await server.place.run(
      "/usr/bin/env",
      [
        "python3", "-c",
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit(); c.close()",
        server.directory + "/canonical.sqlite", sql,
      ])
    try #require(edited.status == 0, "\(edited.errors)")
  }
}
