import Foundation
import Testing

/// What a manager reads before a meeting, and how they find things.
@Suite struct AccountPageTests {
  @Test("the page has the account on 80 columns, and no line is wider than the terminal")
  func page() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      try await ana.does("account", "edit", "acme", "--tier", "1", "--key-account", "yes")
      try await ana.does("contact", "add", "acme", "Zoe Boss", "--title", "Director")
      let boss = try await ana.json("contact", "list")[0]["id"].text
      try await ana.does("contact", "add", "acme", "Bo Smith", "--reports-to", boss)
      try await ana.does(
        "stakeholder-role", "add", "acme", "decision-maker", "--contact", boss, "--influence", "5",
        "--support", "-1")
      try await ana.does(
        "objective", "add", "acme", "Cut delivery time", "--baseline", "20", "--target", "10", "--current",
        "14")
      try await ana.does(
        "task", "add", "acme", "Call the warehouse about the long queue at the gate, and about pallets",
        "--department", "logistics", "--due", "2020-01-01")
      try await ana.does("communication-item", "add", "acme", "Newsletter", "--cadence-days", "30")
      try await ana.does(
        "interaction", "add", "acme", "Visit", "--channel", "meeting", "--next-step", "Send it")
      try await ana.does("service-request", "add", "acme", "Broken pallets", "--type", "complaint")
      try await ana.does("swot-item", "add", "acme", "Strong brand", "--quadrant", "strength")
      for width in [40, 80, 120] {
        let page = try await ana.tries(
          "show", "acme", environment: ["COLUMNS": "\(width)", "LANG": "C.UTF-8"])
        #expect(page.status == 0)
        for line in page.output.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
        for words in [
          "tier 1", "key account", "Zoe Boss", "└─ Bo Smith", "●●●●●", "60 %", "(1, 1 overdue)",
          "2020-01-01 overdue",
          "Newsletter", "never sent", "Visit", "→ Send it", "Broken pallets", "Strong brand",
        ] { #expect(page.output.contains(words), "\(words) at \(width): \(page.output)") }
      }
      let piped = try await ana.does("account", "show", "acme")
      #expect(piped.output.contains("and about pallets") && !piped.output.contains("\u{1B}"))
    }
  }

  @Test(
    "find has records by the beginnings of words, without accents; what waits too; and nothing that was taken away"
  )
  func find() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.does("task", "add", "acme", "Réclamation du dépôt", "--department", "sales")
      try await team.ana.does("product", "add", "Reclining chair", "--sku", "R-1")
      try await team.ana.sync()
      try await team.ben.sync()
      try await team.ben.does("task", "add", "acme", "Reclaim the deposit", "--department", "finance")
      func titles(_ person: Person, _ words: String...) async throws -> [String] {
        let finished = try await person.run(["find"] + words + ["--json"])
        return try finished.json().elements.map { hit in
          (hit["record"]["title"] == .null ? hit["record"]["name"] : hit["record"]["title"]).text
        }
      }
      #expect(
        try await titles(team.ben, "recl").sorted() == [
          "Reclaim the deposit", "Reclining chair", "Réclamation du dépôt",
        ])
      #expect(try await titles(team.ben, "DEPOT", "recla") == ["Réclamation du dépôt"])
      #expect(try await titles(team.ben, "recl", "--kind", "product") == ["Reclining chair"])
      #expect(try await titles(team.ben, "nothing-like-it") == [])
      let table = try await team.ben.does("find", "depot")
      #expect(table.output.contains("Réclamation du dépôt") && table.output.contains("acme"))
      #expect(try await team.ben.json("task", "show", "1")["title"] == "Réclamation du dépôt")

      let task = try await team.ana.tasks()[0]["id"].text
      try await team.ana.does("task", "edit", task, "--title", "Zwieback")
      try await team.ana.sync()
      try await team.ben.sync()
      #expect(try await titles(team.ben, "depot") == [])
      #expect(try await titles(team.ben, "zwie") == ["Zwieback"])
      try await team.ana.does("account", "unshare", "acme", "--with", team.ben.email)
      try await team.ben.sync()
      #expect(try await titles(team.ben, "zwie") == [])
      let file = try Data(contentsOf: URL(fileURLWithPath: team.ben.home + "/replica.sqlite"))
      #expect(file.range(of: Data("zwieback".utf8)) == nil && file.range(of: Data("Zwieback".utf8)) == nil)
    }
  }

  @Test(
    "plans come from templates, the organisation's before ours; a department that is out is left out, and told"
  )
  func templates() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      #expect(
        try await ana.json("plan", "templates").elements.map(\.["name"]) == [
          "acquire", "expand", "retain", "partnership",
        ])
      for name in ["acquire", "expand", "retain", "partnership"] {
        let made = try await ana.json("plan", "new", "acme", "--template", name, "--from", "2026-01-01")
          .elements
        #expect(made[0]["kind"] == "plan" && made[0]["type"].text.hasSuffix(name.uppercased()))
        let kinds = Dictionary(grouping: made) { $0["kind"].text }.mapValues(\.count)
        #expect(kinds["objective"] == 5 && kinds["task"] ?? 0 >= 12 && kinds["department-expectation"] == 5)
        let weights = made.compactMap { $0["kind"] == "objective" ? Int($0["weight"].number) : nil }
        #expect(weights.reduce(0, +) == 10_000)
        let plan = made[0]["id"]
        for record in made.dropFirst() where record["kind"] == "task" {
          #expect(record["plan"] == plan && made.contains { $0["id"] == record["objective"] })
        }
      }
      try await ana.sync()
      try await ana.does("account", "disengage", "acme", "logistics")
      try await ana.sync()
      let without = try await ana.tries("plan", "new", "acme", "--template", "retain")
      #expect(without.status == 0 && without.errors.contains("logistics not engaged"))

      try await ana.does("plan-template", "adopt", "retain")
      let steps = try await ana.json("template-step", "list").elements
      for step in steps where step["type"] != "TEMPLATE_STEP_TYPE_OBJECTIVE" {
        try await ana.does("template-step", "delete", step["id"].text)
      }
      let short = try await ana.json("plan", "new", "acme", "--template", "retain").elements
      #expect(short.count == 5, "four objectives are left once logistics is out")
      let unknown = try await ana.tries("plan", "new", "acme", "--template", "grow")
      #expect(unknown.status == 1 && unknown.errors.contains("expand"))
      let plan = short[0]["id"].text
      try await ana.does("plan", "submit", plan)
      #expect(try await ana.does("plan", "approve", plan).output.contains("Approved plan"))
    }
  }

  @Test("French by LANG; what is for programs is the same everywhere")
  func french() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let french = ["LANG": "fr_FR.UTF-8", "LC_ALL": ""]
      let added = try await team.ana.tries(
        "task", "add", "acme", "Relancer", "--department", "logistique", "--due", "24/12/2026", "--priority",
        "urgente",
        environment: french)
      #expect(added.output.contains("à synchroniser") || added.output.contains("synchronis"), "\(added.told)")
      let list = try await team.ana.tries("task", "list", environment: french)
      #expect(
        list.output.contains("24/12/2026") && list.output.contains("logistique")
          && list.output.contains("urgente"))
      let programs = try await team.ana.run(["task", "list", "--json"], environment: french)
      #expect(try programs.json() == (try await team.ana.json("task", "list")))
      #expect(try programs.json()[0]["due"] == "2026-12-24")
      let wrong = try await team.ana.tries("show", "nulle-part", environment: french)
      #expect(wrong.status == 1 && wrong.errors.contains("Il n’y a pas"))
    }
  }
}
