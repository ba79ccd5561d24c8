import Foundation
import Testing

/// Two people make one thing twice: both are told, and the command that they are told makes it one again.
@Suite struct TwinsTests {
  /// The words of the command that was told, after "kam".
  private func advised(
    _ told: Finished, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String] {
    let match = told.output.firstMatch(of: /kam (merge [0-9A-Z]+ [0-9A-Z]+)/)
    return try #require(match, "\(told.told)", sourceLocation: sourceLocation).output.1.split(separator: " ")
      .map(String.init)
  }

  private func french(_ person: Person, _ arguments: String...) async throws -> Finished {
    try await person.run(arguments, environment: ["LANG": "fr_FR.UTF-8", "LC_ALL": ""])
  }

  private func shown(_ person: Person, _ noun: String) async throws -> [JSONValue] {
    try await person.json(noun, "list").elements
  }

  /// The shown ones, of all accounts.
  private func comments(_ person: Person) async throws -> [JSONValue] {
    let path = person.place.path + "/\(UUID().uuidString).jsonl"
    try await person.does("export", path)
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }.filter {
        $0["kind"] == "comment"
      }
  }

  @Test("a contact that two people made offline is told to both, once, and merged with all that each knew")
  func contacts() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let (ana, ben) = (team.ana, team.ben)
      let kept = try await ana.json(
        "contact", "add", "acme", "Jean Dupont", "--email", "jean@acme.example", "--title", "Buyer")["id"]
        .text
      try await ana.does("stakeholder-role", "add", "acme", "champion", "--contact", kept, "--influence", "4")
      let other = try await ben.json(
        "contact", "add", "acme", "DUPONT Jean", "--phone", "+33 1", "--email", "JEAN@acme.example",
        "--language", "fr", "--title", "Head of purchasing")["id"].text
      let zoe = try await ben.json("contact", "add", "acme", "Zoe", "--reports-to", other)["id"].text
      try await ben.does(
        "stakeholder-role", "add", "acme", "champion", "--contact", other, "--support", "2", "--influence",
        "3")
      try await ben.does("stakeholder-role", "add", "acme", "coach", "--contact", other)
      let talk = try await ben.json("interaction", "add", "acme", "Agreed on samples", "--contact", other)[
        "id"
      ].text
      try await ben.does("comment", other, "Prefers mornings")
      try await ben.does("comment", talk, "Went well")
      try await ben.does("service-request", "add", "acme", "Leak", "--type", "technical", "--contact", other)

      #expect(try await ana.does("sync").output.contains("kam merge") == false)
      let toldBen = try await ben.does("sync")
      #expect(toldBen.output.contains("may be one contact: the same email and name"), "\(toldBen.told)")
      let toldAna = try await ana.sync()
      #expect(toldAna["twins"].count == 1 && toldAna["twins"][0]["reasons"] == ["email", "name"])
      #expect(toldAna["twins"][0]["one"].text == kept && toldAna["twins"][0]["other"].text == other)
      for person in [ana, ben] {
        #expect(try await person.sync()["twins"] == [], "told once")
        #expect(try await person.json("twins").count == 1)
      }
      let command = try advised(toldBen)
      #expect(toldAna["twins"][0]["merge"].text == "kam " + command.joined(separator: " "))

      // Nothing happens without --yes.
      let tried = try await ben.run(command)
      #expect(tried.status == 0 && tried.output.contains("add --yes"), "\(tried.told)")
      #expect(try await ben.waiting() == 0)
      #expect(try await shown(ben, "contact").count == 3)
      let merged = try await ben.run(command + ["--yes"])
      #expect(
        merged.status == 0 && merged.output.contains("“Head of purchasing”; “Buyer” stays"), "\(merged.told)")
      #expect(try await ben.waiting() == 1, "one edit")
      #expect(try await ben.sync()["refused"] == [])
      try await ana.sync()
      for person in [ana, ben] {
        let contact = try await person.json("contact", "show", kept)
        #expect(
          contact["title"] == "Buyer" && contact["language"] == "fr" && contact["name"] == "Jean Dupont")
        #expect(try await shown(person, "contact").map(\.["id"].text).sorted() == [kept, zoe].sorted())
        #expect(try await person.json("contact", "show", zoe)["reportsTo"].text == kept)
        let points = try await shown(person, "contact-point")
        #expect(points.map(\.["value"].text).sorted() == ["+33 1", "jean@acme.example"])
        let roles = try await shown(person, "stakeholder-role")
        #expect(roles.count == 2)
        let champion = try #require(
          roles.first { $0["role"] == "STAKEHOLDER_TYPE_CHAMPION" || $0["influence"] == 4 })
        #expect(champion["support"] == 2 && champion["influence"] == 4)
        let talks = try await shown(person, "interaction")
        #expect(talks.count == 1 && talks[0]["summary"] == "Agreed on samples")
        for noun in ["contact-point", "stakeholder-role", "interaction", "service-request"] {
          #expect(try await shown(person, noun).allSatisfy { $0["contact"].text == kept }, "\(noun)")
        }
        let comments = try await comments(person)
        #expect(comments.map(\.["text"].text).sorted() == ["Prefers mornings", "Went well"])
        #expect(Set(comments.map(\.["about"].text)) == [kept, talks[0]["id"].text])
        #expect(try await person.json("twins") == [])
      }
    }
  }

  @Test("a merge is taken back by restore, for everybody, and what changed since stays")
  func takesBack() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let (ana, ben) = (team.ana, team.ben)
      let kept = try await ana.json("contact", "add", "acme", "Jean Dupont")["id"].text
      let other = try await ana.json(
        "contact", "add", "acme", "Jean Dupont", "--email", "j@acme.example", "--language", "fr", "--title",
        "Buyer")["id"]
        .text
      let zoe = try await ana.json("contact", "add", "acme", "Zoe", "--reports-to", other)["id"].text
      let talk = try await ana.json("interaction", "add", "acme", "Samples", "--contact", other)["id"].text
      try await ana.does("merge", kept, other, "--yes")
      try await ana.does("contact", "edit", kept, "--title", "Head")
      try await ana.sync()
      try await ben.sync()
      #expect(try await ben.json("contact", "list").count == 2)
      let told = try await ana.does("contact", "restore", other)
      #expect(told.output.contains("as it was before it was merged into"), "\(told.told)")
      #expect(try await ana.sync()["refused"] == [])
      try await ben.sync()
      for person in [ana, ben] {
        #expect(
          try await shown(person, "contact").map(\.["id"].text).sorted() == [kept, other, zoe].sorted())
        let contact = try await person.json("contact", "show", kept)
        #expect(contact["language"] == .null && contact["title"] == "Head")
        #expect(try await person.json("contact", "show", zoe)["reportsTo"].text == other)
        #expect(try await shown(person, "interaction").map(\.["id"].text) == [talk])
        #expect(try await shown(person, "contact-point").map(\.["contact"].text) == [other])
      }
    }
  }

  @Test("two people of one name are not told, nor two that somebody put apart")
  func homonyms() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let (ana, ben) = (team.ana, team.ben)
      try await ana.does("contact", "add", "acme", "Jean Dupont", "--email", "jean@acme.example")
      try await ben.does("contact", "add", "acme", "Jean Dupont", "--email", "jd2@acme.example")
      try await ana.sync()
      #expect(try await ben.sync()["twins"] == [])
      #expect(try await ben.json("twins") == [])
      let one = try await ana.json("contact", "add", "acme", "Paul")["id"].text
      let other = try await ana.json("contact", "add", "acme", "Paul")["id"].text
      #expect(try await ana.json("twins").count == 1)
      try await ana.does("twins", "apart", other, one)
      #expect(try await ana.json("twins") == [])
      #expect(try await ana.sync()["twins"] == [])
      #expect(try await ana.json("twins", "--all").count == 1)
      try await ana.does("twins", "apart", one, other, "--undo")
      #expect(try await ana.json("twins").count == 1)
    }
  }

  @Test("two accounts become one, with the revenue of both and everything that was in either")
  func accounts() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      let eva = try await team.server.person("Eva", role: "admin")
      try await ana.does("account", "add", "Nova SA", "--slug", "nova", "--currency", "EUR")
      try await eva.does("account", "add", "Nova", "--slug", "nova", "--country", "FR", "--currency", "EUR")
      try await ana.sync()
      let told = try await eva.does("sync")
      #expect(told.output.contains("nova is the short name of"), "\(told.told)")
      try await ana.sync()
      let command = try advised(told)
      let (kept, other) = (command[1], command[2])
      for (person, account, amount) in [(ana, kept, "100 EUR"), (eva, other, "23.50 EUR")] {
        try await person.does("sale", "add", account, amount, "--occurred-on", "2026-03-01", "--order", "F1")
      }
      let zoe = try await eva.json("contact", "add", other, "Zoe", "--email", "zoe@nova.example")["id"].text
      let max = try await eva.json("contact", "add", other, "Max", "--reports-to", zoe)["id"].text
      try await eva.does("interaction", "add", other, "Samples", "--contact", max)
      let plan = try await eva.json("plan", "add", other, "Grow")["id"].text
      let task = try await eva.json(
        "task", "add", other, "Call", "--department", "sales", "--plan", plan)["id"].text
      try await eva.does("task", "claim", task)
      try await eva.does("comment", task, "Paid")
      try await eva.does("contact", "delete", max)
      try await ana.does("account", "add", "Nova Nord", "--slug", "nord", "--parent", other)
      try await ana.sync()
      try await eva.sync()
      try await ana.sync()
      func revenue(_ person: Person) async throws -> Double {
        try await person.json("sale", "list").elements.reduce(0) {
          $0 + (Double($1["revenue"]["minor"].text) ?? 0)
        }
      }
      #expect(try await revenue(eva) == 12_350)
      let merged = try await eva.run(command + ["--yes"])
      #expect(merged.status == 0, "\(merged.told)")
      let synced = try await eva.sync()
      #expect(synced["refused"] == [] && synced["claims"] == [], "a task that comes along is no race")
      try await ana.sync()
      for person in [eva, ana] {
        #expect(try await revenue(person) == 12_350)
        #expect(
          try await shown(person, "account").map(\.["name"].text).sorted() == [
            "Acme Industries", "Nova Nord", "Nova SA",
          ])
        let account = try await person.json("account", "show", "nova")
        #expect(account["country"] == "FR" && account["name"] == "Nova SA")
        #expect(try await person.json("account", "show", "nord")["parent"] == account["id"])
        let year = try await person.does("kpi", "nova", "--period", "2026", "--only", "value")
        #expect(year.output.contains("123.50 EUR"), "\(year.told)")
        for noun in ["contact", "contact-point", "interaction", "plan", "task", "sale"] {
          #expect(try await shown(person, noun).allSatisfy { $0["account"] == account["id"] }, "\(noun)")
        }
        let call = try await shown(person, "task")
        #expect(call.count == 1 && call[0]["status"] == "TASK_STATUS_CLAIMED")
        #expect(try await shown(person, "plan").map(\.["id"]) == [call[0]["plan"]])
        #expect(try await shown(person, "contact").map(\.["name"]) == ["Zoe"])
        let talks = try await shown(person, "interaction")
        #expect(talks.count == 1 && talks[0]["contact"] != .null, "with whom, though he is deleted")
        let comments = try await comments(person)
        #expect(comments.count == 1 && comments[0]["text"] == "Paid" && comments[0]["about"] == call[0]["id"])
      }
      // Back again.
      let back = try await eva.does("restore", other)
      #expect(back.output.contains("before it was merged"), "\(back.told)")
      #expect(try await eva.sync()["refused"] == [])
      try await ana.sync()
      for person in [eva, ana] {
        #expect(try await revenue(person) == 12_350)
        #expect(try await shown(person, "task").map(\.["id"].text) == [task])
        #expect(try await shown(person, "account").count == 4)
      }
    }
  }

  @Test("who may not delete one account merges nothing, and is told everything that stands in the way")
  func refusesAccounts() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let (ana, ben) = (team.ana, team.ben)
      try await ben.does("account", "add", "Acme Industries SA", "--slug", "acme-two")
      try await ben.sync()
      let told = try await ben.tries("merge", "acme-two", "acme", "--yes")
      #expect(told.status == 1 && told.errors.contains("Deleting or restoring an account"), "\(told.told)")
      try await ana.sync()
      try await ana.does("account", "share", "acme", "--with", ben.email, "--role", "manager")
      try await ana.does("comment", "acme", "Mine")
      try await ana.sync()
      try await ben.sync()
      let foreign = try await ben.tries("merge", "acme-two", "acme", "--yes")
      #expect(
        foreign.status == 1 && foreign.errors.contains("only an admin may write again"), "\(foreign.told)")
      #expect(try await ben.waiting() == 0)
      #expect(try await shown(ben, "account").count == 2)
    }
  }

  @Test("a product that two files brought is one again, and no sale or target of it is lost")
  func products() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      let eva = try await team.server.person("Eva", role: "admin")
      try await eva.sync()
      let kept = try await ana.json("product", "add", "Pump", "--sku", "P-1")["id"].text
      let other = try await eva.json("product", "add", "Pump 200", "--sku", "p-1", "--price", "10 EUR")["id"]
        .text
      try await ana.does("sale", "add", "acme", "100 EUR", "--occurred-on", "2026-03-01", "--product", kept)
      try await eva.does("sale", "add", "acme", "50 EUR", "--occurred-on", "2026-03-02", "--product", other)
      try await eva.does(
        "revenue-target", "add", "acme", "2026-01-01..2026-12-31", "--product", other, "--revenue", "1000 EUR"
      )
      try await ana.sync()
      let told = try await eva.does("sync")
      #expect(told.output.contains("may be one product"), "\(told.told)")
      try await ana.sync()
      let merged = try await ana.run(try advised(told) + ["--yes"])
      #expect(merged.status == 0, "\(merged.told)")
      #expect(try await ana.sync()["refused"] == [])
      try await eva.sync()
      for person in [ana, eva] {
        let sales = try await shown(person, "sale")
        #expect(sales.map(\.["revenue"]["minor"].text).sorted() == ["10000", "5000"])
        #expect(sales.allSatisfy { $0["product"].text == kept })
        #expect(try await shown(person, "revenue-target").map(\.["product"].text) == [kept])
        #expect(try await person.json("product", "show", kept)["price"]["minor"] == "1000")
      }
    }
  }

  @Test("who edits a contact that was merged meanwhile is told into which")
  func lateEdit() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let (ana, ben) = (team.ana, team.ben)
      let kept = try await ana.json("contact", "add", "acme", "Jean Dupont", "--title", "Buyer")["id"].text
      let other = try await ana.json("contact", "add", "acme", "Jean Dupont")["id"].text
      try await ana.sync()
      try await ben.sync()
      try await ana.does("merge", kept, other, "--yes")
      try await ana.sync()
      try await ben.does("contact", "edit", other, "--language", "fr")
      let told = try await ben.does("sync")
      #expect(
        told.output.contains("had deleted") && told.output.contains("was merged into contact"),
        "\(told.told)")
      #expect(try await ben.json("conflicts")[0]["mergedInto"].text == kept, "also without a network")
      let mine = try await ana.does("sync")
      #expect(mine.output.contains("was merged into contact"), "\(mine.told)")
    }
  }

  @Test("what cannot be one is refused, and two answers of one person are a question")
  func refusals() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      try await ana.does("account", "add", "Hooli")
      let one = try await ana.json("contact", "add", "acme", "Jean")["id"].text
      let other = try await ana.json("contact", "add", "acme", "Jean")["id"].text
      let third = try await ana.json("contact", "add", "hooli", "Jean")["id"].text
      for (pair, words) in [
        ([one, one], "one record already"), ([one, third], "of two accounts"),
        ([one, "acme"], "different kinds"),
      ] {
        let told = try await ana.run(["merge"] + pair)
        #expect(told.status != 0 && told.errors.contains(words), "\(told.told)")
      }
      let template = try await ana.json("survey-template", "add", "NPS", "--type", "nps")["id"].text
      let campaign = try await ana.json("survey-campaign", "add", "acme", "Spring", "--template", template)[
        "id"
      ].text
      for contact in [one, other] {
        try await ana.does(
          "survey-response", "add", "acme", "9", "--campaign", campaign, "--contact", contact)
      }
      let told = try await ana.tries("merge", one, other, "--yes")
      #expect(told.status == 1 && told.errors.contains("Both have answered"), "\(told.told)")
      let command = try #require(told.errors.firstMatch(of: /kam (survey-response delete [0-9A-Z]+)/)).output
        .1
      #expect(try await ana.run(command.split(separator: " ").map(String.init)).status == 0)
      try await ana.does("merge", one, other, "--yes")
      let gone = try await ana.tries("merge", one, other)
      #expect(gone.status == 1 && gone.errors.contains("is deleted; restore it first"), "\(gone.told)")
    }
  }

  @Test("two people who both run the command, or each the other way round, lose and double nothing")
  func together() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      let eva = try await team.server.person("Eva", role: "admin")
      try await eva.sync()
      func contact(_ name: String) async throws -> String {
        let id = try await ana.json("contact", "add", "acme", name, "--phone", "+33 \(name)")["id"].text
        try await ana.does("interaction", "add", "acme", "With \(name)", "--contact", id)
        return id
      }
      let (one, two) = (try await contact("One"), try await contact("Two"))
      let (three, four) = (try await contact("Three"), try await contact("Four"))
      for name in ["Nova", "Nova SA"] {
        let id = try await ana.json("account", "add", name)["id"].text
        try await ana.sync()
        try await ana.does("sale", "add", id, "100 EUR", "--occurred-on", "2026-03-01")
        try await ana.does("contract", "add", id, "Frame")
        try await ana.does("task", "add", id, "Call", "--department", "sales")
      }
      try await ana.sync()
      try await eva.sync()
      for (person, pair) in [(ana, [three, four]), (eva, [four, three])] {
        try await person.does("merge", one, two, "--yes")
        try await person.does("merge", pair[0], pair[1], "--yes")
        try await person.does("merge", "nova", "nova-sa", "--yes")
      }
      try await ana.sync()
      _ = try await eva.does("sync")
      try await ana.sync()
      for person in [ana, eva] {
        #expect(try await shown(person, "contact").map(\.["id"].text).sorted() == [one, three].sorted())
        #expect(try await shown(person, "contact-point").count == 4)
        #expect(try await shown(person, "interaction").count == 4)
        for noun in ["sale", "contract", "task"] {
          #expect(try await shown(person, noun).count == 2, "\(noun)")
        }
        #expect(try await person.isWhole())
      }
    }
  }

  @Test(
    "what a colleague adds to a merged account meanwhile is told, and comes along when it is merged again")
  func lateSale() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      let eva = try await team.server.person("Eva", role: "admin")
      let kept = try await ana.json("account", "add", "Nova")["id"].text
      let other = try await ana.json("account", "add", "Nova SA")["id"].text
      try await ana.sync()
      try await ana.does("sale", "add", other, "100 EUR", "--occurred-on", "2026-03-01")
      try await ana.sync()
      try await eva.sync()
      try await ana.does("merge", kept, other, "--yes")
      try await ana.sync()
      try await eva.does("sale", "add", other, "50 EUR", "--occurred-on", "2026-03-02")
      try await eva.sync()
      let told = try await ana.does("sync")
      let command = try #require(told.output.firstMatch(of: /kam (restore [0-9A-Z]+), and/), "\(told.told)")
        .output.1
      #expect(try await ana.run(command.split(separator: " ").map(String.init)).status == 0)
      try await ana.does("merge", kept, other, "--yes")
      #expect(try await ana.sync()["refused"] == [])
      try await eva.sync()
      for person in [ana, eva] {
        let sales = try await shown(person, "sale")
        #expect(sales.map(\.["revenue"]["minor"].text).sorted() == ["10000", "5000"])
        #expect(sales.allSatisfy { $0["account"].text == kept })
      }
    }
  }

  @Test("in French")
  func inFrench() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let (ana, ben) = (team.ana, team.ben)
      try await ana.does("contact", "add", "acme", "Jean Dupont", "--title", "Buyer")
      try await ben.does("contact", "add", "acme", "Jean Dupont", "--title", "Head")
      try await ana.sync()
      let told = try await french(ben, "sync")
      #expect(told.output.contains("désignent peut-être une seule fiche (contact)"), "\(told.told)")
      let table = try await french(ben, "twins")
      #expect(table.output.contains("en commun") && table.output.contains("Jean Dupont"), "\(table.told)")
      let command = try advised(told)
      let merged = try await ben.run(
        command + ["--yes"], environment: ["LANG": "fr_FR.UTF-8", "LC_ALL": ""])
      #expect(
        merged.output.contains("Fusion faite") && merged.output.contains("Non repris"), "\(merged.told)")
    }
  }
}
