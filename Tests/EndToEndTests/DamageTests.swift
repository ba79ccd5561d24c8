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

  @Test("an answer of megabytes comes whole")
  func longAnswers() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      for number in 0..<30 { _ = try await server.invite("Person\(number)") }
      for _ in 0..<5 {
        let log = try await server.admin("audit", "--last", "100000", "--json")
        #expect(log.status == 0, "\(log.told)")
        #expect(try log.json()["audit"].count >= 60)
      }
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
}
