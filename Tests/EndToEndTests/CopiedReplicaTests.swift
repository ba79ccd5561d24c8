import Foundation
import Testing

@Suite struct CopiedReplicaTests {
  @Test("a copied replica directory becomes a device of its own, and no edit of either is lost")
  func copied() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Shared")
      try await team.ana.adds(task: "Waiting when copied")
      let copy = Person(place, "Ana", home: place.path + "/copy")
      #expect(try await place.run("/bin/cp", ["-a", team.ana.home, copy.home]).status == 0)

      try await team.ana.adds(task: "Of the original")
      try await team.ana.does("task", "edit", task, "--due", "2026-12-01")
      try await copy.adds(task: "Of the copy")
      try await copy.does("task", "edit", task, "--priority", "high")
      let original = try await team.ana.sync()
      let copied = try await copy.sync()
      #expect(original["renumbered"] == false && original["sent"] == 3)
      #expect(copied["renumbered"] == true && copied["sent"] == 3 && copied["refused"] == [])
      #expect(copied["messages"].elements.contains { $0.text.contains("was a copy") })
      let numbers = try await (team.ana.json("status")["replica"], copy.json("status")["replica"])
      #expect(numbers.0 != numbers.1)

      // Both go on, and neither is taken for the other again.
      try await team.ana.adds(task: "Later, of the original")
      try await copy.adds(task: "Later, of the copy")
      #expect(try await copy.sync()["renumbered"] == false)
      #expect(try await team.ana.sync()["renumbered"] == false)
      for person in [copy, team.ben] { try await person.sync() }
      let expected = [
        "Later, of the copy", "Later, of the original", "Of the copy", "Of the original", "Shared",
        "Waiting when copied",
      ]
      for person in [team.ana, copy, team.ben] {
        #expect(try await person.tasks().map { $0["title"].text }.sorted() == expected)
        let held = try await person.task(task)
        #expect(held["due"] == "2026-12-01" && held["priority"] == "TASK_PRIORITY_HIGH")
        #expect(try await person.isWhole())
      }
      // The edit that waited when the directory was copied was sent by both, and counts once.
      let waiting = try await team.ana.json("task", "list").only("title", "Waiting when copied")["id"].text
      #expect(try await team.ana.json("history", waiting).elements.count { $0["field"] == "title" } == 1)

      let devices = try await team.server.admin("device", "list", "--user", team.ana.email, "--json").json()[
        "devices"]
      #expect(devices.only("number", numbers.1)["copiedFrom"] == numbers.0)
      // Revoking a device revokes its copies.
      #expect(try await team.server.admin("device", "revoke", "\(Int(numbers.0.number))").status == 0)
      for person in [team.ana, copy] {
        let refused = try await person.tries("sync")
        #expect(refused.status == 1 && refused.errors.contains("revoked"))
      }
    }
  }
}
