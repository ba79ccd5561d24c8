import Foundation
import Testing

/// The server's directory is copied as the README says, work goes on, and the copy is put back. Real files, real TLS.
@Suite struct PutBackTests {
  @Test("what was acknowledged after the copy comes back, and everybody is told", arguments: [true, false])
  func nothingVanishes(benFirst: Bool) async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Before the copy")
      let copy = try await team.server.copyDirectory()
      let made = try await team.ana.adds(task: "Made since")
      try await team.ana.does("account", "add", "Initech", "--slug", "initech")
      try await team.ana.sync()
      try await team.ana.does(
        "account", "share", "initech", "--with", team.ben.email, "--role", "contributor")
      try await team.ben.sync()
      try await team.ben.does("task", "edit", task, "--title", "Ben's title")
      try await team.ben.does("task", "edit", made, "--detail", "by Ben")
      try await team.ben.does("task", "add", "initech", "Ben's own", "--department", "sales")
      try await team.ben.does("task", "claim", made)
      try await team.ben.sync()
      try await team.ana.sync()
      let before = try await team.server.admin("status", "--json").json()["status"]["epoch"]

      try await team.server.putBack(copy)
      let order =
        benFirst ? [team.ben, team.ana, team.ben, team.ana] : [team.ana, team.ben, team.ana, team.ben]
      var told = false
      for person in order {
        let outcome = try await person.sync()
        #expect(outcome["refused"] == [])
        told = told || outcome["historyReplaced"] == true
      }
      #expect(told)
      #expect(try await team.server.admin("status", "--json").json()["status"]["epoch"] != before)
      #expect(team.server.log.contains("older than what a device has read"))
      let log = try await team.server.admin("audit").output
      #expect(log.contains("history.begin"))
      for person in [team.ana, team.ben] {
        #expect(try await person.task(task)["title"] == "Ben's title")
        #expect(try await person.task(made)["detail"] == "by Ben")
        #expect(try await person.tasks().map { $0["title"].text }.contains("Ben's own"))
        #expect(try await person.waiting() == 0)
        #expect(try await person.isWhole())
      }
      let holder = try await team.ana.json("task", "show", made)["claimedBy"]
      #expect(holder != .null, "\(holder)")
      #expect(try await team.server.admin("audit", "verify").status == 0)
    }
  }

  @Test("who joined after the copy comes back with all their work, under the same address")
  func newcomer() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let copy = try await team.server.copyDirectory()
      let cleo = try await team.server.person("Cleo")
      try await team.ana.does("account", "share", "acme", "--with", cleo.email, "--role", "contributor")
      try await cleo.sync()
      let synced = try await cleo.adds(task: "Cleo's, synced")
      try await cleo.sync()
      try await cleo.adds(task: "Cleo's, waiting")
      try await team.ana.sync()
      try await team.server.putBack(copy)
      try await team.ana.sync()
      let lost = try await cleo.tries("sync")
      #expect(lost.status == 1 && lost.errors.contains("not known here"), "\(lost.told)")
      try await cleo.join(try await team.server.invite("Cleo"))
      for person in [cleo, team.ana, cleo, team.ana] { try await person.sync() }
      #expect(try await cleo.waiting() == 0)
      let titles = try await team.ana.tasks().map { $0["title"].text }
      #expect(titles.contains("Cleo's, synced") && titles.contains("Cleo's, waiting"))
      let author = try await team.ana.json("history", synced).elements.first?["name"].text ?? ""
      #expect(author.contains("Cleo"), "\(author)")
    }
  }

  @Test(
    "a directory that is deleted or replaced under the server stops it: nothing is acknowledged into nowhere",
    arguments: ["delete", "replace"])
  func vanishes(how: String) async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let aside = place.path + "/aside.sqlite"
      try FileManager.default.copyItem(
        atPath: team.server.directory + "/canonical.sqlite", toPath: aside)
      try await team.ana.adds(task: "Made just before")
      if how == "delete" {
        try FileManager.default.removeItem(atPath: team.server.directory + "/canonical.sqlite")
      } else {
        let database = team.server.directory + "/canonical.sqlite"
        try FileManager.default.removeItem(atPath: database)
        try FileManager.default.copyItem(atPath: aside, toPath: database)
      }
      let synced = try await team.ana.tries("sync")
      #expect(synced.status == 3, "\(synced.told)")
      #expect(await team.server.ended() == 70)
      #expect(try await team.ana.waiting() == 1)
      #expect(team.server.log.contains(how == "delete" ? "is gone" : "it was replaced"))
    }
  }
}
