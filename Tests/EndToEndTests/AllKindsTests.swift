import Foundation
import Testing

/// A record of every kind, as somebody types it. Words in braces are the records made before, by kind.
private let additions: [[String]] = [
  ["product", "Pump P1", "--sku", "P-1", "--type", "product", "--price", "1200.50 EUR"],
  ["strategy", "Spring fair", "--type", "marketing", "--from", "2026-03-01", "--to", "2026-05-31"],
  ["survey-template", "Yearly NPS", "--type", "nps", "--scale-max", "10"],
  ["interview-guide", "Needs", "--questions", "What for?"],
  ["selection-criterion", "Growth", "--axis", "attractiveness", "--weight", "4000"],
  ["segment", "Big buyers", "--rule", "tier = 1"],
  ["health-definition", "Standard", "--components", "satisfaction 50"],
  ["kpi-target", "First answer", "--indicator", "response-time", "--good", "4", "--unit", "h"],
  ["service-level", "Usual", "--respond-hours", "24", "--active", "yes"],
  ["exchange-rate", "USD", "--into", "EUR", "--rate", "0.9", "--since", "2026-01-01"],
  ["import-mapping", "Old desk", "--rules", "kind service-request"],
  ["division", "acme", "Purchasing"],
  ["contact", "acme", "Jane Roe", "--title", "Head of purchasing", "--division", "{division}"],
  ["contact-point", "acme", "jane@acme.example", "--type", "email", "--contact", "{contact}"],
  ["plan", "acme", "Grow", "--from", "2026-01-01", "--to", "2026-12-31"],
  ["objective", "acme", "Second line", "--plan", "{plan}"],
  ["stakeholder-role", "acme", "champion", "--contact", "{contact}", "--influence", "4", "--support", "-1"],
  ["influence", "acme", "{contact}", "--to-contact", "{contact}", "--type", "mentors"],
  ["coverage", "acme", "ben", "--contact", "{contact}", "--strength", "working"],
  ["project", "acme", "New plant", "--budget", "90000 EUR"],
  ["task", "acme", "Call", "--department", "sales", "--project", "{project}"],
  ["task", "acme", "Visit", "--department", "sales"],
  ["task-dependency", "acme", "{task}", "--needs", "{earlier task}"],
  ["task-role", "acme", "ben", "--task", "{task}", "--role", "accountable"],
  ["department-expectation", "acme", "Deliver in 24 h", "--department", "logistics"],
  ["swot-item", "acme", "Known brand", "--quadrant", "strength"],
  ["whitespace-cell", "acme", "{product}", "--state", "potential", "--potential", "20000 EUR"],
  ["opportunity", "acme", "Second line", "--stage", "negotiating 60%", "--amount", "50000 EUR"],
  ["observation", "acme", "Prefers calls", "--about", "preference", "--confidence", "80"],
  ["interview", "acme", "Kick-off", "--contact", "{contact}", "--occurred-at", "2026-11-01 10:00"],
  ["survey-campaign", "acme", "NPS 2026", "--template", "{survey-template}"],
  ["survey-invitation", "acme", "{contact}", "--campaign", "{survey-campaign}", "--channel", "email"],
  ["survey-response", "acme", "9", "--campaign", "{survey-campaign}", "--remark", "Good"],
  ["external-review", "acme", "maps", "--stars", "4.5", "--scale-max", "5"],
  ["service-request", "acme", "Pump leaks", "--type", "technical", "--department", "support"],
  ["request-event", "acme", "responded", "--request", "{service-request}"],
  ["communication-item", "acme", "Keep informed", "--channel", "email", "--cadence-days", "30"],
  ["communication-sent", "acme", "{communication-item}", "--contact", "{contact}"],
  ["interaction", "acme", "Discussed the pump", "--channel", "call", "--contact", "{contact}"],
  ["business-review", "acme", "Q3 review", "--rating", "8"],
  ["criterion-score", "acme", "{selection-criterion}", "--score", "4"],
  ["segment-member", "acme", "{segment}", "--reason", "asked for it"],
  ["participant", "acme", "{interaction}", "--contact", "{contact}"],
  ["sale", "acme", "1200.50 EUR", "--occurred-on", "2026-10-01", "--product", "{product}"],
  ["cost-event", "acme", "300 EUR", "--type", "service", "--occurred-on", "2026-10-02"],
  ["revenue-target", "acme", "2026-01-01..2026-12-31", "--revenue", "100000 EUR"],
  ["profitability-target", "acme", "2026-01-01..2026-12-31", "--margin-rate", "2500"],
  ["contract", "acme", "Frame", "--value", "90000 EUR", "--renews", "yes"],
]

@Suite struct AllKindsTests {
  @Test("a record of every kind is added, synced, listed, shown and deleted by another person")
  func everyKind() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.does("account", "share", "acme", "--with", team.ben.email, "--role", "manager")
      var made: [String: String] = [:]
      var earlier: [String: String] = [:]
      for addition in additions {
        let words = addition.map { word in
          guard word.hasPrefix("{") else { return word }
          let name = String(word.dropFirst().dropLast())
          return made[name] ?? earlier[name.replacing("earlier ", with: "")] ?? word
        }
        let added = try await team.ana.run([words[0], "add"] + words.dropFirst() + ["--json"])
        try #require(added.status == 0, "\(words): \(added.told)")
        earlier[words[0]] = made[words[0]]
        made[words[0]] = try added.json()["handle"].text
      }
      let help = try await team.ana.does("help", "records").output
      let serverMade = ["person", "department", "privileged-contact", "account"]
      for kind in made.keys { #expect(help.contains("  \(kind)"), "\(kind)") }
      #expect(try await team.ana.sync()["refused"] == [])
      try await team.ben.sync()
      for (kind, handle) in made {
        #expect(!serverMade.contains(kind))
        let listed = try await team.ben.json(kind, "list").elements
        let count = additions.count { $0[0] == kind }
        #expect(listed.count == count && listed.contains { $0["handle"].text == handle }, "\(kind)")
        #expect(try await team.ben.does(kind, "show", handle).output.contains(handle))
        #expect(
          try await team.ben.does(kind, "list", "--csv").output.split(separator: "\r\n").count == count + 1)
      }
      let page = try await team.ben.does("account", "show", "acme").output
      #expect(page.contains("negotiating 60%") && page.contains("Known brand"))
      // Directory records are deleted by admins.
      for (kind, handle) in made {
        let isOwn = try await team.ben.tries(kind, "delete", handle).status == 0
        let isDirectory = try await team.ana.json(kind, "show", handle)["account"] == .null
        #expect(isOwn != isDirectory, "\(kind)")
      }
      #expect(try await team.ben.sync()["refused"] == [])
      try await team.ana.sync()
      #expect(try await team.ana.json("sale", "list") == [])
      #expect(try await team.ana.isWhole())
    }
  }

  @Test("what is published, finalised or locked stands")
  func seals() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      func add(_ words: String...) async throws -> String {
        let added = try await team.ana.run(words + ["--json"])
        try #require(added.status == 0, "\(added.told)")
        return try added.json()["handle"].text
      }
      let template = try await add("survey-template", "add", "NPS", "--type", "nps")
      try await team.ana.does("survey-template", "edit", template, "--published", "yes")
      let refused = try await team.ana.tries("survey-template", "edit", template, "--questions", "Why?")
      #expect(refused.status == 1 && refused.errors.contains("--published no"), "\(refused.told)")
      // Ana is an admin; the audit log tells of it.
      try await team.ana.does("survey-template", "edit", template, "--published", "no")
      try await team.ana.does("survey-template", "edit", template, "--questions", "Why?")
      let target = try await add(
        "revenue-target", "add", "acme", "2026-01-01..2026-12-31", "--revenue", "5 EUR")
      try await team.ana.does("revenue-target", "edit", target, "--locked", "yes")
      let locked = try await team.ana.tries("revenue-target", "edit", target, "--revenue", "6 EUR")
      #expect(locked.status == 1 && locked.errors.contains("--locked no"), "\(locked.told)")
      try await team.ana.does("revenue-target", "edit", target, "--locked", "no")
      try await team.ana.does("revenue-target", "edit", target, "--revenue", "6 EUR")
      #expect(try await team.ana.sync()["refused"] == [])
    }
  }

  @Test("a request waits in the inbox of its department, then of its assignee, until it is resolved")
  func requests() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try #require(
        try await team.server.admin("user", "edit", team.ben.email, "--department", "support").status == 0)
      try await team.ana.does(
        "service-request", "add", "acme", "Pump leaks", "--type", "technical", "--severity", "high",
        "--department", "support")
      try await team.ana.sync()
      try await team.ben.sync()
      let waiting = try await team.ben.json("inbox")["requests"]
      #expect(waiting.count == 1 && waiting[0]["subject"] == "Pump leaks")
      #expect(try await team.ana.json("inbox")["requests"] == [])
      let request = waiting[0]["handle"].text
      try await team.ben.does("service-request", "edit", request, "--assignee", "ana")
      #expect(try await team.ben.json("inbox")["requests"] == [])
      #expect(try await team.ben.sync()["refused"] == [])
      try await team.ana.sync()
      #expect(try await team.ana.json("inbox")["requests"].count == 1)
      try await team.ana.does("service-request", "resolve", request, "--note", "New seal")
      #expect(try await team.ana.json("inbox")["requests"] == [])
      try await team.ana.does("service-request", "reopen", request)
      #expect(try await team.ana.does("service-request", "show", request).output.contains("reopened"))
      #expect(try await team.ana.json("inbox")["requests"].count == 1)
    }
  }
}
