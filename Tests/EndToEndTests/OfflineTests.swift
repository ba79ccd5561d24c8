import Foundation
import Testing

/// What two people do without knowing of each other, and what both are told once they sync.
@Suite struct OfflineTests {
  @Test("two accounts of one short name are both kept, and told with a way to name each")
  func sameShortName() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let eva = try await team.server.person("Eva", role: "admin")
      try await team.ana.does("account", "add", "Nova SA", "--slug", "nova")
      try await eva.does("account", "add", "Nova Group", "--slug", "nova")
      try await team.ana.sync()
      let told = try await eva.does("sync")
      #expect(
        told.output.contains("nova is the short name of") && told.output.contains("Nova SA")
          && told.output.contains("Nova Group"), "\(told.told)")
      #expect(try await !eva.does("sync").output.contains("short name"), "told once")
      // Her own came to her device first.
      let added = try await eva.does("task", "add", "nova", "Call", "--department", "sales")
      let meant = try #require(
        added.errors.firstMatch(of: /this is [0-9A-Z]+ ([A-Za-z ]+), .* not [0-9A-Z]+ ([A-Za-z ]+)\./))
      #expect(meant.output.1 == "Nova Group" && meant.output.2 == "Nova SA", "\(added.told)")
      // By the way that was told.
      let command = try #require(told.output.firstMatch(of: /kam (account edit [0-9A-Z]+ --slug )NAME/))
      let renamed = try await eva.run(command.output.1.split(separator: " ").map(String.init) + ["nova-two"])
      #expect(renamed.status == 0, "\(renamed.told)")
      try await eva.does("task", "add", "nova", "Call", "--department", "sales")
      #expect(try await eva.sync()["refused"] == [])
    }
  }

  @Test("two people who put two contacts above each other get a problem with a name, not a loop")
  func loopMadeByTwo() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let zoe = try await team.ana.json("contact", "add", "acme", "Zoe")["id"].text
      let max = try await team.ana.json("contact", "add", "acme", "Max")["id"].text
      try await team.ana.sync()
      try await team.ben.sync()
      try await team.ana.does("contact", "edit", zoe, "--reports-to", max)
      try await team.ben.does("contact", "edit", max, "--reports-to", zoe)
      try await team.ana.sync()
      let told = try await team.ben.does("sync")
      #expect(told.output.contains("Refused:") && told.output.contains("above"), "\(told.told)")
      try await team.ana.sync()
      for person in [team.ana, team.ben] {
        #expect(try await person.json("contact", "show", zoe)["reportsTo"].text == max)
        #expect(try await person.json("contact", "show", max)["reportsTo"] == .null)
      }
    }
  }
}
