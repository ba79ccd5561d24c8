import Testing

/// The order of words, help and completion, as people meet them.
@Suite struct CommandLineTests {
  @Test("what is done, to what, with which value: and the former options mean the same")
  func order() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.ana.adds(task: "Visit")
      try await team.ana.does("account", "add", "Globex", "--slug", "globex")
      try await team.ana.does("contact", "add", "globex", "Zoe")
      try await team.ana.does("contact", "add", "acme", "Max")

      let listed = try await team.ana.json("contact", "list", "globex")
      let filtered = try await team.ana.json("contact", "list", "--account", "globex")
      #expect(listed.elements.count == 1 && listed == filtered)

      let given = try await team.ana.json("task", "assign", task, team.ben.email)
      let again = try await team.ana.json("task", "assign", task, "--to", team.ben.email)
      #expect(given["claimedBy"] == again["claimedBy"] && given["claimedBy"] != .null)

      try await team.ana.does("account", "share", "acme", team.ben.email, "viewer")
      let shared = try await team.ana.json("account", "share", "acme")
      #expect(
        shared["grants"].elements.contains {
          $0["email"].text == team.ben.email && $0["role"].text == "viewer"
        })
    }
  }

  @Test("help finds a command by what people call it, and says so when there is none")
  func help() async throws {
    try await Workplace.run { place in
      let ana = try await TestServer.running(place).ana()
      let (asked, bare) = (try await ana.does("help"), try await ana.does())
      #expect(asked.output == bare.output)
      #expect(try await ana.does("help", "backup").output.contains("kam export"))
      let french = try await ana.run(
        ["help", "réclamation"], environment: ["LC_ALL": "fr_FR.UTF-8", "COLUMNS": "40"])
      #expect(french.status == 0 && french.output.contains("kam service-request"))
      #expect(french.output.split(separator: "\n").allSatisfy { $0.count <= 40 })
      let unknown = try await ana.tries("help", "xyzzy")
      #expect(unknown.status == 2 && unknown.output.isEmpty)
      let mistyped = try await ana.tries("task", "clam", "--json")
      #expect(mistyped.status == 2 && mistyped.told.contains("\"usage\"") && mistyped.told.contains("claim"))
    }
  }

  @Test("completion knows the options and values of every command")
  func completes() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      func words(_ line: String...) async throws -> [Substring] {
        try await team.ana.run(["complete", "--"] + line).output.split(separator: "\n").compactMap {
          $0.split(separator: "\t").first
        }
      }
      #expect(try await words("ta").sorted() == ["targets", "task", "task-dependency", "task-role"])
      #expect(try await words("task", "cl") == ["claim"])
      #expect(try await words("task", "claim", "--") == ["--next", "--department", "--account", "--json"])
      #expect(try await words("clv", "--model", "p") == ["probabilistic"])
      #expect(try await words("kpi", "") == ["acme"])
      #expect(try await words("task", "add", "acme", "Call", "--priority", "h") == ["high"])
      #expect(try await words("account", "share", "acme", "b") == [Substring(team.ben.email)])
    }
  }
}
