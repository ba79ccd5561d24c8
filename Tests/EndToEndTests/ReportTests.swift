import Foundation
import Testing

/// The page that is put before a customer's board.
@Suite struct ReportTests {
  @Test(
    "a pack of a period that is over is frozen: the same bytes again, whatever comes in; then it says what changed"
  )
  func frozen() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      try await ana.does(
        "sale", "add", "acme", "1000 EUR", "--cost", "600 EUR", "--occurred-on", "2026-08-10")
      try await ana.does(
        "service-request", "add", "acme", "Pump leaks", "--type", "technical", "--opened-at", "2026-08-11")
      let unsynced = try await ana.tries(
        "report", "acme", "--period", "2026Q3", "--out", place.path + "/a.html")
      #expect(unsynced.status == 0 && unsynced.told.contains("waiting to be synced"))
      try await ana.sync()
      let made = try await ana.json(
        "report", "acme", "--period", "2026Q3", "--out", place.path + "/a.html", "--fresh")
      #expect(made["edition"].number == 2 && made["frozen"] == true && made["new"] == true)
      let first = try page("a.html", place)
      #expect(first.contains("1000.00 EUR") && first.contains("Acme Industries"))
      try await ana.does("sale", "add", "acme", "500 EUR", "--cost", "100 EUR", "--occurred-on", "2026-09-30")
      try await ana.sync()
      let again = try await ana.does("report", "acme", "--period", "2026Q3", "--out", place.path + "/b.html")
      #expect(again.output.contains("edition 2"))
      #expect(try page("b.html", place) == first)
      let changes = try await ana.json("report", "acme", "--period", "2026Q3", "--since")
      let revenue = try #require(changes["changes"].elements.first { $0["indicator"] == "revenue" })
      #expect(revenue["before"].number == 1000 && revenue["now"]["value"].number == 1500)
      #expect(revenue["recordsChanged"].number == 1)
      let told = try await ana.does("report", "acme", "--period", "2026Q3", "--since")
      #expect(
        told.output.contains("1000.00 EUR") && told.output.contains("1 record came in or changed since"))
      try await ana.does("report", "acme", "--period", "2026Q3", "--out", place.path + "/c.html", "--fresh")
      let third = try page("c.html", place)
      #expect(third.contains("1500.00 EUR") && third.contains("edition 2"))
      try await ana.does(
        "report", "acme", "--period", "2026Q3", "--out", place.path + "/d.html", "--edition", "2")
      #expect(try page("d.html", place) == first)
    }
  }

  private func page(_ name: String, _ place: Workplace) throws -> String {
    try String(contentsOfFile: place.path + "/" + name, encoding: .utf8)
  }

  @Test("two people whose replicas are equally far make the same pack")
  func isShared() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.does(
        "sale", "add", "acme", "1000 EUR", "--cost", "600 EUR", "--occurred-on", "2026-08-10")
      try await team.ana.does("contact", "add", "acme", "Zoe Boss", "--title", "Director")
      try await team.ana.sync()
      try await team.ben.sync()
      for (person, name) in [(team.ana, "ana.html"), (team.ben, "ben.html")] {
        try await person.does("report", "acme", "--period", "2026Q3", "--out", place.path + "/" + name)
      }
      #expect(try page("ana.html", place) == page("ben.html", place))
    }
  }

  @Test("nothing of ours is in a customer's pack, and no word of anybody's can become markup")
  func isSafe() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      let hostile = "<script>alert(1)</script>\"'&"
      try await ana.does("account", "edit", "acme", "--name", "Acme " + hostile)
      try await ana.does(
        "objective", "add", "acme", "Grow " + hostile, "--target", "10", "--current", "4", "--shared", "yes")
      try await ana.does("objective", "add", "acme", "Raise their prices", "--target", "10", "--current", "4")
      try await ana.does(
        "interaction", "add", "acme", "Call", "--occurred-at", "2026-09-01", "--next-step",
        "Offer less if they complain")
      try await ana.does(
        "sale", "add", "acme", "1000 EUR", "--cost", "612.34 EUR", "--occurred-on", "2026-08-10")
      try await ana.does(
        "cost-event", "add", "acme", "77.77 EUR", "--type", "retention", "--occurred-on", "2026-08-10")
      try await ana.sync()
      try await ana.does("report", "acme", "--period", "2026Q3", "--out", place.path + "/board.html")
      let board = try page("board.html", place)
      #expect(!board.contains("<script") && board.contains("&lt;script&gt;"))
      for secret in [
        "387.66", "38.8 %", "77.77", "Lifetime value", "Health", "Raise their prices", "Offer less",
      ] {
        #expect(!board.contains(secret), "\(secret)")
      }
      for outside in ["http://", "https://", "src=", "@import", "url("] {
        #expect(!board.contains(outside), "\(outside)")
      }
      try await ana.does(
        "report", "acme", "--period", "2026Q3", "--internal", "--out", place.path + "/us.html")
      let us = try page("us.html", place)
      #expect(us.contains("387.66") && us.contains("Raise their prices"))
      #expect(board.contains("Grow "))
      let without = try await ana.does(
        "report", "acme", "--period", "2026Q3", "--without", "plan", "--out", place.path + "/short.html")
      let short = try page("short.html", place)
      #expect(without.status == 0 && !short.contains("Grow "))
    }
  }

  @Test("a period that runs gives a draft; one to come, a bad part, a folder that is not there are refused")
  func drafts() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      let file = place.path + "/x.html"
      let year = Calendar(identifier: .gregorian).component(.year, from: Date())
      let running = try await ana.json("report", "acme", "--period", "\(year)", "--out", file)
      #expect(running["frozen"] == false && running["edition"] == .null)
      for (words, status, part) in [
        (["--period", "\(year + 1)", "--out", file], 2, "has not begun"),
        (["--without", "luck", "--out", file], 2, "satisfaction"),
        (["--out", place.path + "/nowhere/x.html"], 1, "cannot be written"),
        ([], 64, "--out"), (["--since"], 1, "never frozen"),
        (["--edition", "7", "--out", file], 1, "never frozen"),
      ] as [([String], Int32, String)] {
        let told = try await ana.run(["report", "acme"] + words)
        #expect(status == 64 ? told.status != 0 : told.status == status, "\(words): \(told.told)")
        #expect(told.told.contains(part), "\(words): \(told.told)")
      }
    }
  }

  @Test("the portfolio is a page too, in both languages; when an account is taken away, its packs go with it")
  func portfolio() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.does(
        "sale", "add", "acme", "1000 EUR", "--cost", "600 EUR", "--occurred-on", "2026-08-10")
      try await team.ana.sync()
      try await team.ben.sync()
      let ben = team.ben
      try await ben.does("report", "portfolio", "--period", "2026Q3", "--out", place.path + "/p.html")
      #expect(try page("p.html", place).contains("lang=\"en\""))
      let french = try await ben.tries(
        "report", "portfolio", "--period", "2026T3", "--out", place.path + "/f.html",
        environment: ["LANG": "fr_FR.UTF-8"])
      #expect(french.status == 0)
      #expect(try page("f.html", place).contains("lang=\"fr\""))
      try await ben.does("report", "acme", "--period", "2026Q3", "--out", place.path + "/b.html")
      try await team.ana.does("account", "unshare", "acme", "--with", ben.email)
      try await ben.sync()
      let gone = try await ben.tries("report", "portfolio", "--period", "2026Q3", "--since")
      #expect(gone.status == 1 && gone.told.contains("never frozen"))
    }
  }

  @Test("what one person answered is not in a customer's pack, not as what it was before either")
  func isDiscreet() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      let template = try await ana.json(
        "survey-template", "add", "Relation", "--type", "nps", "--scale-max", "10", "--published", "yes")[
          "id"
        ].text
      let campaign = try await ana.json("survey-campaign", "add", "acme", "Spring", "--template", template)[
        "id"
      ].text
      try await ana.does("survey-campaign", "open", campaign)
      for (name, score, day) in [
        ("Bo", "0", "2026-05-10"), ("Cy", "10", "2026-08-10"), ("Di", "9", "2026-08-10"),
        ("Eli", "10", "2026-08-11"),
      ] {
        try await ana.does("contact", "add", "acme", name)
        try await ana.does(
          "survey-campaign", "answer", campaign, name, score, "--at", day, "--remark", "Words of \(name)")
      }
      try await ana.sync()
      for (words, isTold) in [(["--internal"], true), ([], false)] {
        let made = try await ana.run(
          ["report", "acme", "--period", "2026Q3", "--out", place.path + "/x.html"] + words)
        #expect(made.status == 0, "\(made.told)")
        let text = try page("x.html", place)
        #expect(text.contains("n = 3, 95 % between"))
        #expect(text.contains("-100 in Q2 2026") == isTold)
        #expect(text.contains("Words of Cy") == isTold)
      }
    }
  }
}
