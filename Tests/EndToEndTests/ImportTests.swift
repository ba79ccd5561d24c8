import Foundation
import Testing

/// Files of other programs, brought in and given out.
@Suite struct ImportTests {
  private func file(_ place: Workplace, _ name: String, _ text: String) throws -> String {
    try file(place, name, Data(text.utf8))
  }

  private func file(_ place: Workplace, _ name: String, _ data: Data) throws -> String {
    let path = place.path + "/" + name
    try data.write(to: URL(fileURLWithPath: path))
    return path
  }

  /// The counts of outcomes, in the order create, update, duplicate, reject.
  private func counts(_ person: Person, _ words: String...) async throws -> [Int] {
    let finished = try await person.run(["import"] + words + ["--json"])
    let told = try JSONDecoder().decode(JSONValue.self, from: Data(finished.output.utf8))
    return ["create", "update", "duplicate", "reject"].map { Int(told[$0].number) }
  }

  @Test("a first try stores nothing; --apply stores; the same file again changes nothing")
  func dryRun() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let path = try file(
        place, "products.csv", "SKU,Name,Price\nP-1,Screw,12.50 EUR\nP-2,\"Bolt, \"\"XL\"\"\",\nP-3,,1 EUR\n")
      #expect(try await counts(team.ana, path) == [2, 0, 0, 1])
      #expect(try await team.ana.json("product", "list") == [])
      let dry = try await team.ana.tries("import", path)
      #expect(dry.status == 1 && dry.output.contains("Nothing is stored yet"))
      #expect(dry.output.contains("4  refused  A new product needs the name."))

      #expect(try await counts(team.ana, path, "--apply") == [2, 0, 0, 1])
      #expect(try await counts(team.ana, path, "--apply") == [0, 0, 2, 1])
      try await team.ana.sync()
      let changed = try file(place, "changed.csv", "SKU,Price\nP-1,13 EUR\nP-2,\n")
      #expect(try await counts(team.ana, changed, "--kind", "product", "--apply") == [0, 1, 1, 0])
      let products = try await team.ana.json("product", "list").elements
      #expect(products.map(\.["name"]) == ["Bolt, \"XL\"", "Screw"], "an empty cell empties nothing")
      #expect(products[1]["price"]["minor"] == "1300")
    }
  }

  @Test("sales as French Excel writes them: Windows-1252, semicolons, decimal commas, days before months")
  func frenchExcel() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.does("product", "add", "Vis été", "--sku", "V-1")
      try await team.ana.does("account", "edit", "acme", "--currency", "EUR")
      let rows = """
        Client;Date;Référence;Montant HT;Coût;N° de commande\r
        acme;24/11/2026;V-1;1 234,50;1000,00;C1\r
        acme;24/11/2026;V-1;1 234,50;1000,00;C1\r
        Acme Industries;03/12/2026;v-1;(12,5);;C2\r
        nobody;03/12/2026;V-1;1,5;;C3\r
        acme;31/02/2026;V-1;1,5;;C4\r
        acme;03/12/2026;V-9;1,5;;C5\r
        acme;03/12/2026;V-1;12.5;;C6\r

        """
      let path = try file(place, "ventes.csv", try #require(rows.data(using: .windowsCP1252)))
      let tried = try await team.ana.tries("import", path)
      #expect(tried.output.contains("Windows-1252") && tried.output.contains("revenue, decimal comma"))
      #expect(tried.output.contains("day before month"))
      #expect(try await counts(team.ana, path, "--apply") == [3, 0, 0, 4])
      #expect(try await counts(team.ana, path, "--apply") == [0, 0, 3, 4])
      try await team.ana.sync()
      #expect(try await counts(team.ana, path, "--apply") == [0, 0, 3, 4])
      let sales = try await team.ana.json("sale", "list").elements
      #expect(sales.map { $0["revenue"]["minor"].text }.sorted() == ["-1250", "123450", "123450"])
      #expect(sales.map { $0["occurredOn"].text }.sorted() == ["2026-11-24", "2026-11-24", "2026-12-03"])

      let rejects = place.path + "/rejects.csv"
      _ = try await team.ana.tries("import", path, "--apply", "--rejects", rejects)
      let left = try String(contentsOfFile: rejects, encoding: .utf8)
      #expect(left.split(separator: "\r\n").count == 5 && left.contains("kam reason"))
      let corrected = try file(place, "corrected-sales.csv", left.replacing("nobody", with: "acme"))
      #expect(try await counts(team.ana, corrected, "--apply") == [1, 0, 0, 3])
    }
  }

  @Test("an event that is here with other words is refused, not changed")
  func eventsStand() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let head = "account,occurred-on,revenue,order,source\n"
      let first = try file(place, "sales.csv", head + "acme,2026-01-02,10.00 EUR,A1,erp\n")
      #expect(try await counts(team.ana, first, "--apply") == [1, 0, 0, 0])
      let second = try file(place, "sales.csv", head + "acme,2026-01-02,11.00 EUR,A1,erp\n")
      #expect(try await counts(team.ana, second, "--apply") == [0, 0, 0, 1])
      let told = try await team.ana.tries("import", second)
      #expect(told.output.contains("here already with another revenue (10.00 EUR)"))
    }
  }

  @Test(
    "rows of one file see each other: no account twice, nobody renamed, nothing pointed to that was refused")
  func rowsSeeEachOther() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let accounts = try file(
        place, "accounts.csv",
        "name,legal-id,tier\nNova,,1\nNova,,1\nMartin SARL,111,\nMartin SARL,222,\nTwo,333,\nTwo bis,333,\n")
      #expect(try await counts(team.ana, accounts, "--apply") == [4, 1, 1, 0])
      #expect(try await counts(team.ana, accounts)[0] == 0)
      let slugs = try await team.ana.json("account", "list").elements.map(\.["slug"].text)
      #expect(slugs.sorted() == ["acme", "martin-sarl", "martin-sarl-2", "nova", "two"])

      let contacts = try file(
        place, "contacts.csv", "account,name,email\nacme,Ana,info@acme.example\nacme,Ben,info@acme.example\n")
      #expect(try await counts(team.ana, contacts, "--apply") == [2, 0, 0, 0])
      #expect(try await counts(team.ana, contacts, "--apply") == [0, 0, 2, 0])
      #expect(
        try await team.ana.json("contact", "list").elements.map(\.["name"].text).sorted() == ["Ana", "Ben"])

      try await team.ana.does("account", "unshare", "acme", "--with", team.ben.email)
      try await team.ana.does("user", "edit", team.ben.email, "--department", "support")
      try await team.ben.sync()
      let lines = """
        {"kind":"contact","id":"01a209b5-91aa-7b90-969e-3d1fa3eca5c8","account":"acme","name":"X"}
        {"kind":"interaction","account":"acme","summary":"Met X","contact":"01a209b5-91aa-7b90-969e-3d1fa3eca5c8"}
        {"kind":"interaction","account":"acme","summary":"Met nobody"}
        """
      let path = try file(place, "talks.jsonl", lines)
      #expect(try await counts(team.ben, path, "--apply") == [1, 0, 0, 2])
    }
  }

  @Test("an export replaces no other folder, and rejects replace no file")
  func replaces() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let folder = place.path + "/folder"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      _ = try file(place, "folder/mine.txt", "keep")
      for name in ["folder", "folder.sqlite"] {
        if name != "folder" {
          try FileManager.default.copyItem(atPath: folder, toPath: place.path + "/" + name)
        }
        let refused = try await team.ana.tries("export", place.path + "/" + name, "--force")
        #expect(refused.status == 1 && refused.errors.contains("holds other things"))
        #expect(FileManager.default.fileExists(atPath: place.path + "/" + name + "/mine.txt"))
      }
      let export = place.path + "/all"
      try await team.ana.does("export", export)
      try await team.ana.does("export", export, "--force")
      #expect(try await team.ana.tries("export", place.path + "/nowhere/x.jsonl").status == 1)
      let sales = try file(place, "products.csv", "sku,name\n1,\n")
      let both = try await team.ana.tries("import", sales, "--rejects", sales)
      #expect(both.status == 1 && both.errors.contains("is there already"))
      #expect(try String(contentsOfFile: sales, encoding: .utf8) == "sku,name\n1,\n")
    }
  }

  @Test("a time from nowhere is refused, before it can stop those who read it")
  func times() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      for time in ["9223372036854775807", "-9223372036854775808", "253402300800000"] {
        let refused = try await team.ana.tries("interaction", "add", "acme", "Visit", "--occurred-at", time)
        #expect(refused.status != 0 && refused.errors.contains("is not between"), "\(refused.told)")
      }
    }
  }

  @Test("contacts come from vCards, once, with how they are reached")
  func vCards() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let path = try file(
        place, "book.vcf",
        """
        BEGIN:VCARD
        VERSION:3.0
        N:Itō;Ana;;;
        ORG:Acme Industries;Buying
        TITLE:Head of
          buying
        item1.EMAIL;TYPE=INTERNET,WORK:ana.ito@acme.example
        TEL;TYPE=CELL:+33 6 12
        NOTE:Likes tea\\, green\\nand coffee
        END:VCARD
        BEGIN:VCARD
        VERSION:2.1
        FN:Old
        END:VCARD
        BEGIN:VCARD
        VERSION:4.0
        FN:Cut off
        """)
      #expect(try await counts(team.ana, path, "--apply") == [1, 0, 0, 2])
      #expect(try await counts(team.ana, path, "--apply") == [0, 0, 1, 2])
      let contact = try await team.ana.json("contact", "list")[0]
      #expect(contact["name"] == "Ana Itō" && contact["title"] == "Head of buying")
      #expect(contact["notes"] == "Likes tea, green\nand coffee")
      let points = try await team.ana.json("contact-point", "list").elements.map(\.["value"].text)
      #expect(points.sorted() == ["+33 6 12", "ana.ito@acme.example"])
    }
  }

  @Test("an export imports back to the same records, here and in another organisation")
  func roundTrip() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      try await ana.does(
        "contact", "add", "acme", "Zoe Boss", "--email", "zoe@acme.example", "--phone", "+33 1")
      let boss = try await ana.json("contact", "list")[0]["id"].text
      try await ana.does("contact", "add", "acme", "Bo; Smith, Jr.", "--reports-to", boss, "--notes", "a\nb")
      try await ana.does("plan", "new", "acme", "--template", "retain", "--from", "2026-01-01")
      try await ana.does("interaction", "add", "acme", "Visit, with \"quotes\"", "--channel", "meeting")
      try await ana.does("product", "add", "Screw", "--sku", "P-1")
      try await ana.does(
        "sale", "add", "acme", "12.50 EUR", "--occurred-on", "2026-02-03", "--product", "P-1")
      try await ana.does("opportunity", "add", "acme", "More", "--stage", "proposed 40%", "--amount", "5 EUR")
      try await ana.does("comment", "acme", "Said once")
      try await ana.sync()
      let first = place.path + "/first.jsonl"
      try await ana.does("export", first)
      let lines = try String(contentsOfFile: first, encoding: .utf8).split(separator: "\n").count
      #expect(try await counts(ana, first) == [0, 0, lines, 0])

      let other = try await TestServer(place, name: "other")
      try await other.start()
      let cleo = Person(place, "Cleo")
      try await cleo.join(other.firstInvite)
      try await cleo.sync()
      // Figures need the account on the server, which tells who may write them.
      _ = try await cleo.tries("import", first, "--apply")
      try await cleo.sync()
      let again = try await cleo.tries("import", first, "--apply")
      #expect(
        again.output.contains(" 1 rejected") && again.output.contains("Nobody here has this address"),
        "that is Ben")
      try await cleo.sync()
      let second = place.path + "/second.jsonl"
      try await cleo.does("export", second)
      // People and departments have ids of their own there.
      func records(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init).filter {
          !$0.contains("\"kind\":\"person\"") && !$0.contains("\"kind\":\"department\"")
        }
      }
      let people = try await (
        ana.json("person", "list")[0]["id"].text, cleo.json("person", "list")[0]["id"].text
      )
      let expected = try records(first).map { $0.replacing(people.0, with: people.1) }
      #expect(try Set(records(second)) == Set(expected))
      for form in ["csv", "sqlite"] {
        let path = place.path + "/all" + (form == "csv" ? "" : ".sqlite")
        try await ana.does("export", path)
        #expect(try await ana.tries("export", path).status == 1, "nothing is overwritten unasked")
      }
      #expect(try await counts(ana, place.path + "/all/sales.csv") == [0, 0, 1, 0])
      #expect(try await counts(ana, place.path + "/all/interactions.csv") == [0, 0, 1, 0])
      let query = "select count(*), sum(revenue_minor), max(revenue_currency), max(type) from sale"
      let rows = try await place.run(
        "/usr/bin/env",
        [
          "python3", "-c",
          "import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall())",
          place.path + "/all.sqlite", query,
        ])
      #expect(rows.output.contains("(1, 1250, 'EUR', 'sale')"), "\(rows.told)")
    }
  }

  @Test("other people's parsers read the vCards and the calendar")
  func parsers() async throws {
    let interpreter = Built.package + "/.build-python/bin/python"
    try #require(
      FileManager.default.isExecutableFile(atPath: interpreter),
      "run ops/test.sh once: it makes .build-python")
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      let long = String(repeating: "Très long; avec, des virgules — ", count: 6)
      try await ana.does(
        "contact", "add", "acme", "Bo Smith", "--email", "bo@acme.example", "--notes", long + "\nend")
      try await ana.does("task", "add", "acme", long, "--department", "sales", "--due", "2026-12-24")
      try await ana.does("communication-item", "add", "acme", "Newsletter", "--cadence-days", "30")
      try await ana.does("business-review", "add", "acme", "Q4", "--held-on", "2027-01-15")
      try await ana.does("export", place.path + "/book.vcf")
      try await ana.does("export", place.path + "/plan.ics")
      let read = try await place.run(
        interpreter,
        ["-B", Built.script("read_exports.py"), place.path + "/book.vcf", place.path + "/plan.ics"],
        environment: ["PYTHONWARNINGS": "ignore"])
      try #require(read.status == 0, "\(read.errors)")
      let found = try read.json()
      let card = found["cards"][0]
      #expect(
        card["name"] == "Bo Smith" && card["family"] == "Smith" && card["organisation"] == ["Acme Industries"]
      )
      #expect(card["emails"] == ["bo@acme.example"] && card["note"] == .text(long + "\nend"))
      let days = found["calendar"].elements.map { "\($0["type"].text) \($0["day"].text.prefix(10))" }
      #expect(days.contains("VTODO 2026-12-24") && days.contains("VEVENT 2027-01-15") && days.count == 3)
      #expect(found["calendar"][0]["summary"].text.hasPrefix("[acme] Très long; avec"))
      #expect(found["calendar"].elements.map(\.["every"].number).max() == 30)
    }
  }
}
