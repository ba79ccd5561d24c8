import Foundation
import Testing

/// What executives ask for, on the command line: every figure with its n, and with how it was made.
@Suite struct FiguresTests {
  @Test("the value of a customer is what the five factors make of it, and says of which records")
  func lifetimeValue() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      try await addSales(ana)
      let answer = try await ana.json("clv", "acme", "--as-of", "2025-06-30", "--explain")
      let account = answer["accounts"][0]
      #expect(account["revenue"]["minor"].number == 1_900_000)
      #expect(account["margin"]["minor"].number == 630_000)
      #expect(account["days"].number == 532)
      #expect(account["figure"]["value"].number == 3750)
      #expect(account["figure"]["used"].elements.count == 6)
      #expect(answer["currency"] == "EUR" && answer["asOf"] == "2025-06-30")
      let told = try await ana.does("clv", "acme", "--as-of", "2025-06-30")
      for words in ["19,000 EUR", "6300.00 EUR", "33.2 %", "3750.00 EUR", "532 days ago"] {
        #expect(told.output.contains(words), "\(words): \(told.output)")
      }
      // The same offline, by whoever sees the finances, once they are synced.
      let kept = try await ana.json(
        "clv", "acme", "--model", "retention", "--retention", "78.8", "--discount", "1", "--as-of",
        "2025-06-30")
      #expect(kept["timing"] == "end-of-period")
      let tooHigh = try await ana.tries(
        "clv", "acme", "--model", "retention", "--retention", "100", "--discount", "0", "--as-of",
        "2025-06-30")
      #expect(tooHigh.status == 1 && tooHigh.told.contains("less than 1 + the discount rate"))
      let few = try await ana.tries("clv", "--model", "probabilistic")
      #expect(
        few.status == 1 && few.told.contains("needs 100 customers who bought again, and there is 1")
          || few.told.contains("there are 1"))
    }
  }

  private func addSales(_ ana: Person) async throws {
    for (day, revenue, cost, type) in [
      ("2024-01-15", "12000 EUR", "8400 EUR", "sale"), ("2024-07-01", "8000 EUR", "5000 EUR", "sale"),
      ("2025-02-10", "1000 EUR", "700 EUR", "credit-note"),
    ] {
      try await ana.does("sale", "add", "acme", revenue, "--cost", cost, "--occurred-on", day, "--type", type)
    }
    for (day, amount, type) in [
      ("2023-12-01", "1500 EUR", "acquisition"), ("2024-05-01", "600 EUR", "retention"),
      ("2025-01-01", "450 EUR", "retention"),
    ] {
      try await ana.does("cost-event", "add", "acme", amount, "--type", type, "--occurred-on", day)
    }
  }

  @Test(
    "amounts of two currencies make no sum until there is a rate; then they are converted at the day's rate")
  func currencies() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      try await ana.does(
        "sale", "add", "acme", "1000 EUR", "--cost", "600 EUR", "--occurred-on", "2026-01-10")
      try await ana.does(
        "sale", "add", "acme", "1000 USD", "--cost", "500 USD", "--occurred-on", "2026-02-10")
      let refused = try await ana.json(
        "kpi", "acme", "--period", "2026", "--only", "value", "--currency", "EUR")
      let revenue = figure("revenue", refused)
      #expect(revenue["value"] == .null && revenue["absence"].text.contains("USD"))
      #expect(revenue["absence"].text.contains("kam exchange-rate add USD --into EUR"))
      try await ana.does(
        "exchange-rate", "add", "USD", "--into", "EUR", "--rate", "0.9", "--since", "2026-01-01")
      try await ana.does(
        "exchange-rate", "add", "USD", "--into", "EUR", "--rate", "0.5", "--since", "2026-03-01")
      let converted = try await ana.json(
        "kpi", "acme", "--period", "2026", "--only", "value", "--currency", "EUR")
      #expect(figure("revenue", converted)["value"].number == 1900)
      #expect(figure("margin", converted)["value"].number == 850)
      let wrong = try await ana.tries(
        "exchange-rate", "add", "USD", "--into", "EUR", "--rate", "-1", "--since", "2026-03-01")
      #expect(wrong.status == 2 && wrong.told.contains("must be greater than 0"))
    }
  }

  private func figure(_ name: String, _ document: JSONValue) -> JSONValue {
    document["figures"].elements.first { $0["indicator"].text == name } ?? .null
  }

  @Test(
    "a survey from template to result: published, opened, invited, answered, closed; a second answer replaces the first"
  )
  func survey() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      let template = try await ana.json(
        "survey-template", "add", "Relation", "--type", "nps", "--scale-max", "10", "--questions",
        "How likely are you to recommend us?")["id"].text
      for name in ["Bo", "Cy", "Di", "Eli"] { try await ana.does("contact", "add", "acme", name) }
      let campaign = try await ana.json("survey-campaign", "add", "acme", "Spring", "--template", template)[
        "id"
      ].text
      let early = try await ana.tries("survey-campaign", "answer", campaign, "Bo", "9")
      #expect(early.status == 1 && early.told.contains("not open yet"))
      let unpublished = try await ana.tries("survey-campaign", "open", campaign)
      #expect(unpublished.status == 1 && unpublished.told.contains("kam survey-template publish"))
      try await ana.does("survey-template", "publish", template)
      try await ana.does("survey-campaign", "open", campaign)
      #expect(try await ana.json("survey-campaign", "invite", campaign, "--all").elements.count == 4)
      #expect(try await ana.json("survey-campaign", "invite", campaign, "--all").elements.isEmpty)
      try await ana.does("survey-campaign", "answer", campaign, "Bo", "3", "--at", "2026-01-10")
      try await ana.does("survey-campaign", "answer", campaign, "Bo", "9", "--at", "2026-01-11")
      try await ana.does("survey-campaign", "answer", campaign, "Cy", "10", "--remark", "Fast")
      try await ana.does("survey-campaign", "answer", campaign, "Di", "7")
      let beyond = try await ana.tries("survey-campaign", "answer", campaign, "Eli", "11")
      #expect(beyond.status == 2 && beyond.told.contains("0 to 10"))
      try await ana.does("survey-campaign", "close", campaign)
      let late = try await ana.tries("survey-campaign", "answer", campaign, "Eli", "9")
      #expect(late.status == 1 && late.told.contains("takes no more answers"))
      let result = try await ana.json("survey-campaign", "result", campaign, "--explain")
      let score = figure("nps", result)
      #expect(score["value"].number == 66.6667 && score["n"].number == 3)
      #expect(score["excluded"][0]["reason"] == "replaced by a later answer of the same person")
      #expect(figure("survey-response-rate", result)["value"].number == 75)
      let told = try await ana.does("survey-campaign", "result", campaign)
      #expect(told.output.contains("+67") && told.output.contains("“Fast”"))
    }
  }

  @Test("requests have deadlines by the level that says most of them, and are listed by what is late")
  func requests() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      try await ana.does(
        "service-level", "add", "All", "--respond-hours", "24", "--resolve-hours", "72", "--active", "yes")
      try await ana.does(
        "service-level", "add", "Bad", "--severity", "critical", "--respond-hours", "2", "--resolve-hours",
        "8",
        "--active", "yes")
      let pump = try await ana.json(
        "service-request", "add", "acme", "Pump leaks", "--type", "technical", "--severity", "critical",
        "--opened-at",
        "2026-01-10 08:00")["id"].text
      let price = try await ana.json(
        "service-request", "add", "acme", "Price list", "--type", "information", "--opened-at",
        "2026-01-10 09:00")["id"].text
      try await ana.does("service-request", "respond", pump, "--at", "2026-01-10 09:00")
      try await ana.does("service-request", "resolve", pump, "--at", "2026-01-11 09:00")
      let year = try await ana.json("kpi", "acme", "--period", "2026-01", "--only", "service", "--explain")
      // Answered and late of one, both missed of the other: one of four.
      #expect(figure("service-level", year)["value"].number == 25)
      #expect(figure("response-rate", year)["value"].number == 50)
      let open = try await ana.json("service-request", "ageing").elements
      #expect(open.count == 1 && open[0]["request"]["id"].text == price && open[0]["overdue"] == true)
      let told = try await ana.does("service-request", "ageing")
      #expect(told.output.contains("Price list") && told.output.contains("answer late by"))
      try await ana.does("service-request", "resolve", price)
      #expect(try await ana.json("service-request", "ageing").elements.isEmpty)
    }
  }

  @Test(
    "a segment has the accounts that its rule asks for, and says why; a rule that cannot be read is refused")
  func segments() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      try await ana.does("account", "edit", "acme", "--stage", "loyal", "--country", "FR", "--tier", "1")
      try await ana.does(
        "account", "add", "Globex", "--slug", "globex", "--stage", "prospect", "--country", "FR")
      let interview = try await ana.json("interview", "add", "acme", "Plans for 2027")["id"].text
      try await ana.does(
        "interview", "observe", interview, "need", "Wants to save energy", "--confidence", "80")
      try await ana.does("interview", "finalise", interview)
      let broken = try await ana.tries("segment", "add", "Wrong", "--rule", "stage = loyal and colour = red")
      #expect(
        broken.status == 2 && broken.told.contains("“colour”") && broken.told.contains("stage = loyal and"))
      try await ana.does(
        "segment", "add", "Savers", "--rule",
        "stage in (loyal, buyer) and country = FR and need ~ \"ENERGY\" and not tier > 1")
      let members = try await ana.json("segment", "who", "Savers")
      #expect(members["members"].elements.map { $0["accountSlug"].text } == ["acme"])
      let why = try await ana.does("segment", "why", "Savers", "globex")
      #expect(why.output.contains("globex is not in “Savers”") && why.output.contains("nothing was observed"))
      let known = try await ana.json("segment", "why", "Savers", "acme")
      #expect(known["belongs"] == true && known["clauses"].elements.count == 4)
      try await ana.does("segment", "add", "Friends")
      try await ana.does("segment-member", "add", "globex", "Friends", "--reason", "Met at the fair")
      #expect(try await ana.does("segment", "who", "Friends").output.contains("Met at the fair"))
      #expect(
        try await ana.json("segment", "who")["segments"].elements.map { $0["members"].number } == [1, 1])
    }
  }

  @Test("whoever may not see the finances is told so, and not that nothing was sold")
  func withheld() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.does("sale", "add", "acme", "1000 EUR", "--occurred-on", "today")
      try await team.ana.sync()
      let eve = try await team.server.person("Eve")
      try await team.ana.does("account", "share", "acme", "--with", eve.email, "--role", "viewer")
      try await eve.sync()
      let answer = try await eve.json("kpi", "acme", "--only", "value")
      #expect(figure("revenue", answer)["absence"] == "its finances are not shared with you")
      #expect(answer["replica"]["financesWithheld"].number == 1)
      #expect(try await eve.does("clv").output.contains("n/a"))
      #expect(
        try await team.ben.json("kpi", "acme", "--only", "value")["replica"]["financesWithheld"].number == 0)
    }
  }

  @Test("every command of figures answers an empty replica, a narrow terminal, a pipe and plain ASCII")
  func empty() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      for words in [
        ["kpi"], ["kpi", "acme"], ["kpi", "acme", "--explain"], ["clv"], ["clv", "acme"],
        ["rank", "--by", "margin"],
        ["rank", "--by", "loyalty"], ["rank", "--by", "health"], ["rank", "--by", "nps"], ["abc"],
        ["segment", "who"],
        ["criteria", "score"], ["criteria", "score", "acme"], ["criteria", "matrix"], ["health"],
        ["health", "acme"],
        ["strategy", "effectiveness"], ["product", "profitability"], ["targets"],
        ["service-request", "ageing"],
      ] {
        for environment in [["COLUMNS": "40", "LANG": "C"], ["COLUMNS": "100", "LANG": "fr_FR.UTF-8"], [:]] {
          let told = try await ana.run(words, environment: environment)
          #expect(told.status == 0, "\(words): \(told.told)")
          #expect(!told.output.contains("\u{1B}"))
          if environment["LANG"] == "C" {
            #expect(told.output.utf8.allSatisfy { $0 < 0x80 }, "\(words): \(told.output)")
            for line in told.output.split(separator: "\n") { #expect(line.count <= 40, "\(words): \(line)") }
          }
        }
        let json = try await ana.run(words + ["--json"])
        let document = try json.json()
        #expect(json.status == 0 && document != .null, "\(words): \(json.told)")
      }
    }
  }

  @Test("bad periods, days and currencies are refused with what to write instead")
  func badInput() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      for (words, part) in [
        (["kpi", "--period", "2026Q5"], "2026Q3"),
        (["kpi", "--from", "2026-05-01", "--to", "2026-04-01"], "before it begins"),
        (["kpi", "--as-of", "2999-01-01"], "yet to come"), (["kpi", "--currency", "euro"], "three letters"),
        (["kpi", "--only", "money"], "satisfaction"), (["clv", "--years", "0"], "between 1 and 30"),
        (["health-definition", "add", "H", "--components", "luck 5"], "no component “luck”"),
        (["kpi-target", "add", "T", "--indicator", "fame"], "no indicator “fame”"),
        (["product", "profitability", "--by", "colour"], "family"),
        (["rank", "--top", "0"], "greater than 0"),
      ] {
        let told = try await ana.run(words)
        #expect(told.status == 2 && told.told.contains(part), "\(words): \(told.told)")
      }
    }
  }
}
