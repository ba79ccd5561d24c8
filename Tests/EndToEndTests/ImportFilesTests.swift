import Foundation
import Testing

/// Files as other programs write them, read without an option where they say all that is needed.
@Suite struct ImportFilesTests {
  private static let hubspot = """
    Record ID,First Name,Last Name,Email,Phone Number,Job Title,Associated Company,Lifecycle Stage,Create Date
    9001,Inès,Moulin,ines@globex.example,+33 1 99 00 00 01,Buyer,Globex Corporation,customer,2026-01-15 09:14
    9002,Otto,Brandt,otto@globex.example,,,Globex Corporation,lead,2026-01-16 10:00

    """

  @Test("contacts of HubSpot, Google and Outlook are whole people of their companies")
  func contacts() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      #expect(try await office.outcomes("hubspot-contacts.csv", Self.hubspot) == ["create", "create"])
      let google = """
        First Name,Middle Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value
        Léa,Marie,Roux,Hooli,Head,* myContacts,* Work,lea@hooli.example ::: lea2@hooli.example,Other,l.roux@hooli.example,Mobile,+33 6 99 ::: +33 1 99

        """
      #expect(try await office.outcomes("google-contacts.csv", google) == ["create"])
      let outlook = """
        "Prénom","Deuxième prénom","Nom","Société","Titre","Adresse de messagerie","Téléphone (bureau)","Tél. mobile"
        "Max","","Vogt","Initech SARL","Acheteur","max@initech.example","'+33 1 99 00 00 09","0033699000001"

        """
      #expect(try await office.outcomes("outlook-contacts.csv", outlook) == ["create"])
      #expect(
        try await office.list("contact", "name") == [
          "Inès Moulin", "Léa Marie Roux", "Max Vogt", "Otto Brandt",
        ])
      #expect(try await office.list("contact", "externalId").contains("hubspot:9001"))
      let points = try await office.list("contact-point", "value")
      #expect(
        points == [
          "+33 1 99", "+33 1 99 00 00 01", "+33 1 99 00 00 09", "+33 6 99", "0033699000001",
          "ines@globex.example", "l.roux@hooli.example", "lea2@hooli.example", "lea@hooli.example",
          "max@initech.example", "otto@globex.example",
        ])
    }
  }

  @Test("a record is known again by what the other system calls it, whatever else has changed there")
  func externalIDs() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      #expect(try await office.outcomes("hubspot-contacts.csv", Self.hubspot) == ["create", "create"])
      #expect(try await office.outcomes("hubspot-contacts.csv", Self.hubspot) == ["duplicate", "duplicate"])
      let married = Self.hubspot.replacing("Inès,Moulin,ines@", with: "Inès,Roux,ines.roux@")
      #expect(try await office.outcomes("hubspot-contacts.csv", married) == ["update", "duplicate"])
      #expect(try await office.list("contact", "name") == ["Inès Roux", "Otto Brandt"])
      // Two numbers of one system are two people, whatever they share.
      let other = Self.hubspot.replacing("9002,Otto", with: "9003,Otto")
      #expect(try await office.outcomes("hubspot-contacts.csv", other).last == "create")

      let tickets = """
        Ticket ID,Subject,Type,Account,Created time
        1,Password reset,guidance,globex,2026-02-01 09:00:00
        2,Password reset,guidance,globex,2026-02-01 09:00:00
        3,Password reset,guidance,globex,2026-02-03 09:00:00

        """
      #expect(try await office.outcomes("tickets.csv", tickets) == ["create", "create", "create"])
      #expect(try await office.outcomes("tickets.csv", tickets) == ["duplicate", "duplicate", "duplicate"])
      #expect(try await office.list("service-request", "externalId") == ["1", "2", "3"])
      // A number alone is perhaps another system's.
      let elsewhere = tickets.replacing("Password reset", with: "Broken pump")
      #expect(try await office.outcomes("tickets.csv", elsewhere) == ["ask", "ask", "ask"])
      let named = try await office.outcomes("tickets.csv", elsewhere, "--system", "Old Desk")
      #expect(named == ["create", "create", "create"])
      #expect(try await office.list("service-request", "externalId").contains("old-desk:1"))
      let moved =
        "Ticket ID,Subject,Type,Account,Created time\n1,Broken pump,guidance,hooli,2026-02-01 09:00\n"
      let refused = try await office.imports("tickets.csv", moved, "--system", "Old Desk")
      #expect(refused[0]["outcome"] == "reject" && refused[0]["message"].text.contains("globex"))
    }
  }

  @Test("opportunities of Salesforce and tickets of Zendesk are read with their values and people")
  func values() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let deals = """
        "ID","ACCOUNT.NAME","NAME","STAGENAME","AMOUNT","CURRENCYISOCODE","PROBABILITY","CLOSEDATE","OWNER.EMAIL"
        "006xx01","Globex Corporation","Line two","Negotiation/Review","50000.0","EUR","90.0","2026-12-31T00:00:00.000Z","ana@demo.example"
        "006xx02","Globex Corporation","Line one","Closed Won","10.5","EUR","","2026-01-31","ana@demo.example"

        """
      #expect(
        try await office.outcomes("salesforce-opportunities.csv", deals) == ["create", "create"])
      let list = try await office.ana.json("opportunity", "list").elements
      let second = try #require(list.first { $0["title"] == "Line two" })
      #expect(
        second["stage"]["stage"] == "OPPORTUNITY_STAGE_NEGOTIATING"
          && second["stage"]["likelihood"].number == 9_000)
      #expect(second["amount"]["minor"].text == "5000000" && second["closesOn"] == "2026-12-31")
      #expect(list.first { $0["title"] == "Line one" }?["stage"]["likelihood"].number == 10_000)

      let tickets = """
        "Ticket ID","Ticket subject","Ticket status","Ticket priority","Ticket type","Ticket created - Timestamp","Requester name","Requester email","Ticket organization name"
        "35","Pump leaks","Solved","Urgent","Incident","2026-01-02T09:14:03","Inès Moulin","ines@globex.example","Globex Corporation"

        """
      #expect(try await office.outcomes("hubspot-contacts.csv", Self.hubspot) == ["create", "create"])
      #expect(try await office.outcomes("zendesk-tickets.csv", tickets) == ["create"])
      let request = try await office.ana.json("service-request", "list").elements[0]
      #expect(request["severity"] == "SEVERITY_CRITICAL" && request["type"] == "REQUEST_TYPE_TECHNICAL")
      #expect(request["externalId"] == "zendesk:35" && !request["contact"].text.isEmpty)
      let dry = try await office.tries("zendesk-tickets.csv", tickets)
      #expect(dry.output.contains("Incident = technical") && dry.output.contains("Urgent = critical"))
    }
  }

  @Test(
    "--map says what a value means, which of two headings is meant, and what several columns make; it is saved by name"
  )
  func mappings() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let tickets = """
        Client;Objet;Niveau;Nature;Ouvert le;Texte;Suite
        globex;Panne;Rouge;technical;13/02/2026;Un;Deux

        """
      let options = [
        "--map", "Niveau=severity", "--map", "Niveau:Rouge=critical", "--map", "Texte=detail", "--map",
        "Suite=detail",
      ]
      func tries(_ file: String, _ options: [String]) async throws -> Finished {
        let path = office.place.path + "/" + file
        return try await office.ana.run(["import", path, "--kind", "service-request"] + options)
      }
      _ = try await office.tries("support.csv", tickets, "--kind", "service-request")
      let saved = try await tries("support.csv", options + ["--save-mapping", "Le support"])
      #expect(saved.status == 0 && saved.told.contains("Le support"), "\(saved.told)")
      try await office.ana.sync()
      let applied = try await tries("support.csv", ["--mapping", "le support", "--apply"])
      #expect(applied.status == 0, "\(applied.told)")
      let request = try await office.ana.json("service-request", "list").elements[0]
      #expect(request["severity"] == "SEVERITY_CRITICAL" && request["detail"] == "Un\nDeux")
      // A saved mapping is for files that differ a little; what the command line names must be there.
      let missing = try await tries("support.csv", ["--map", "Couleur=detail"])
      #expect(
        missing.status == 2 && missing.errors.contains("“Couleur”") && missing.errors.contains("Niveau"))
      let none = try await tries("support.csv", ["--mapping", "Le suport"])
      #expect(none.status == 1 && none.errors.contains("Le support"))

      let twins = "Client;Date;Montant HT;Montant HT\nglobex;13/01/2026;10,00;12,00\n"
      let both = try await office.tries("sales.csv", twins, "--currency", "EUR")
      #expect(both.status == 2 && both.errors.contains("Montant HT#2="))
      let first = try await office.imports("sales.csv", twins, "--currency", "EUR", "--map", "Montant HT#1=")
      #expect(first[0]["title"].text.contains("12.00"))
    }
  }

  @Test("rows above the headings, sep=, UTF-16 without a mark, and JSON arrays are read")
  func forms() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let rows =
        "Client;Date;Montant HT;N° facture\nglobex;13/01/2026;1 234,50;F1\nglobex;14/01/2026;99,00;F2\n"
      let title = "Hunt SA;;;\nJournal des ventes du 01/01/2026 au 31/01/2026;;;\n;;;\n" + rows
      let imported = try await office.imports("sales.csv", title, "--currency", "EUR")
      #expect(
        imported.map(\.["line"].number) == [5, 6] && imported.map(\.["outcome"]) == ["create", "create"])
      #expect(
        try await office.outcomes("sales.csv", "sep=;\r\n" + rows, "--currency", "EUR")
          == ["duplicate", "duplicate"])
      let path = office.place.path + "/sales.csv"
      try #require(rows.data(using: .utf16LittleEndian)).write(to: URL(filePath: path))
      let wide = try await office.ana.run(["import", path, "--currency", "EUR"])
      #expect(wide.status == 0 && wide.output.contains("2 here already"), "\(wide.told)")
      #expect(
        try await office.outcomes(
          "list.json",
          #"[ {"kind":"contact","account":"globex","name":"J One"},"# + "\n"
            + #"{"kind":"contact","account":"globex","name":"J, \"Two\" ]"} ]"#) == ["create", "create"])
      #expect(try await office.list("contact", "name") == ["J One", "J, \"Two\" ]"])
      let countries = """
        name,country,tier,stage,currency
        A1,France,A,Client,euro
        A2,fr,1,buyer,eur
        A3,FRA,2,Buyer,EUR
        A4,Allemagne,,customer,
        A5,UK,,prospect,GBP
        A6,Atlantis,,loyal,

        """
      #expect(
        try await office.outcomes("accounts.csv", countries) == [
          "create", "create", "create", "create", "create", "reject",
        ])
      let accounts = try await office.ana.json("account", "list").elements.filter {
        $0["name"].text.hasPrefix("A")
      }
      #expect(accounts.map(\.["country"]) == ["FR", "FR", "FR", "DE", "GB"])
      #expect(accounts[0]["tier"].number == 1 && accounts[0]["currency"] == "EUR")
      #expect(accounts[3]["stage"] == "STAGE_BUYER")
    }
  }

  @Test(
    "of the lines of one order the exact ones are found first; totals and repeated headings are no records")
  func lines() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let head = "account,occurred-on,revenue,order\n"
      let hundred = "initech,2026-01-15,100.00 EUR,F1\n"
      let fifty = "initech,2026-01-15,50.00 EUR,F1\n"
      #expect(try await office.outcomes("sales.csv", head + hundred) == ["create"])
      #expect(try await office.outcomes("sales.csv", head + fifty + hundred) == ["create", "duplicate"])
      #expect(try await office.outcomes("sales.csv", head + fifty + hundred) == ["duplicate", "duplicate"])
      // A line that says less is not another that says more, in whichever order they come.
      try await office.ana.does("product", "add", "Screw", "--sku", "P-1")
      let wide = "account,occurred-on,revenue,order,product\n"
      let mixed = ["initech,2026-01-16,9.00 EUR,F2,", "initech,2026-01-16,9.00 EUR,F2,P-1"]
      #expect(
        try await office.outcomes("sales.csv", wide + mixed.joined(separator: "\n") + "\n") == [
          "create", "create",
        ])
      for lines in [mixed, mixed.reversed()] {
        let again = try await office.outcomes("sales.csv", wide + lines.joined(separator: "\n") + "\n")
        #expect(again == ["duplicate", "duplicate"])
      }
      let totals = """
        name;purchasing-power
        Nova SA;1 000,00 EUR
        Orion SA;2 000,00 EUR
        Total;3 000,00 EUR
        name;purchasing-power
        Pegase;1,00 EUR

        """
      let told = try await office.imports("accounts.csv", totals)
      #expect(told.map(\.["outcome"]) == ["create", "create", "ask", "create"])
      #expect(told[2]["message"].text.contains("--new 4"))
      #expect(try await office.outcomes("accounts.csv", totals, "--new", "4")[2] == "create")
    }
  }

  @Test("of a French accounting file the sales are taken, of their customers, with credit notes")
  func accountingFile() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let fec = [
        "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise",
        "VE\tVentes\t1\t20260115\t411000\tClients\tGLOBEX\tGlobex Corporation\tFA-1\t20260115\tFacture\t1200,00\t0,00\t\t\t20260115\t\t",
        "VE\tVentes\t1\t20260115\t706000\tPrestations\t\t\tFA-1\t20260115\tFacture\t0,00\t1000,00\t\t\t20260115\t\t",
        "VE\tVentes\t1\t20260115\t445710\tTVA\t\t\tFA-1\t20260115\tFacture\t0,00\t200,00\t\t\t20260115\t\t",
        "VE\tVentes\t2\t20260116\t411000\tClients\tGLOBEX\tGlobex Corporation\tAV-2\t20260116\tAvoir\t0,00\t120,00\t\t\t20260116\t\t",
        "VE\tVentes\t2\t20260116\t706000\tPrestations\t\t\tAV-2\t20260116\tAvoir\t100,00\t0,00\t\t\t20260116\t\t",
        "VE\tVentes\t3\t20260117\t701000\tComptoir\t\t\tTK-3\t20260117\tTicket\t0,00\t10,00\t\t\t20260117\t\t",
        "VE\tVentes\t5\t20260118\t411000\tClients\tGLOBEX\tGlobex Corporation\tAV-5\t20260118\tAvoir\t0,00\t120,00\t\t\t20260118\t\t",
        "BQ\tBanque\t6\t20260118\t411000\tClients\tGLOBEX\tGlobex Corporation\tR-6\t20260118\tReglement\t0,00\t120,00\t\t\t20260118\t\t",
        "BQ\tBanque\t6\t20260118\t512000\tBanque\t\t\tR-6\t20260118\tReglement\t120,00\t0,00\t\t\t20260118\t\t",
        "AC\tAchats\t4\t20260117\t607000\tAchats\t\t\tX\t20260117\tX\t50,00\t0,00\t\t\t20260117\t\t", "",
      ].joined(separator: "\r\n")
      let rows = try await office.imports("123456789FEC20261231.txt", fec)
      #expect(rows.map(\.["outcome"]) == ["create", "create", "reject", "reject"])
      #expect(rows[2]["message"].text.contains("VE 3") && rows[3]["message"].text.contains("VE 5"))
      let sales = try await office.ana.json("sale", "list").elements
      #expect(Set(sales.map(\.["revenue"]["minor"].text)) == ["100000", "10000"])
      #expect(sales.first { $0["order"] == "AV-2" }?["type"] == "SALE_TYPE_CREDIT_NOTE")
      #expect(sales.allSatisfy { $0["account"] == sales[0]["account"] && $0["accountSlug"] == "globex" })
      let again = try await office.outcomes("other-name.txt", fec, "--format", "fec")
      #expect(again == ["duplicate", "duplicate", "reject", "reject"])
    }
  }

  @Test("answers without a campaign are told at once; what was written down wrong can be corrected by import")
  func corrections() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let answers = """
        #,"How likely are you to recommend us to a colleague?","Why?","Favourite colour?",Email,company,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags
        0k3a,10,"Fast, kind",red,ines@globex.example,globex,completed,2026-01-02 09:14:03,,2026-01-02 09:15:22,5f1,

        """
      let without = try await office.tries("typeform-survey-responses.csv", answers)
      #expect(without.status == 2 && without.errors.contains("--campaign"))
      #expect(try await office.outcomes("hubspot-contacts.csv", Self.hubspot) == ["create", "create"])
      let template = try await office.ana.json("survey-template", "add", "NPS", "--type", "nps")["id"].text
      try await office.ana.does(
        "survey-campaign", "add", "globex", "Relation 2026", "--template", template)
      #expect(
        try await office.outcomes("typeform-survey-responses.csv", answers, "--campaign", "Relation 2026")
          == [
            "create"
          ])
      let answer = try await office.ana.json("survey-response", "list").elements[0]
      #expect(answer["score"].number == 10 && answer["remark"] == "Fast, kind")
      #expect(answer["answers"] == "Favourite colour?: red" && !answer["contact"].text.isEmpty)

      let head = "account,occurred-on,revenue,order\n"
      let wrong = head + "globex,2026-01-15,1000.00 EUR,F1\n"
      let right = head + "globex,2026-01-15,100.00 EUR,F1\n"
      #expect(try await office.outcomes("sales.csv", wrong) == ["create"])
      #expect(try await office.outcomes("sales.csv", right) == ["reject"])
      #expect(try await office.outcomes("sales.csv", right, "--correct") == ["correct"])
      #expect(try await office.list("sale", "order") == ["F1"])
      #expect(try await office.ana.json("sale", "list").elements[0]["revenue"]["minor"] == "10000")
      // One that was deleted does not stand in the way either.
      let other = head + "globex,2026-01-16,5.00 EUR,F2\n"
      #expect(try await office.outcomes("sales.csv", other) == ["create"])
      let id = try #require(try await office.ana.json("sale", "list").elements.first { $0["order"] == "F2" })
      try await office.ana.does("sale", "delete", id["id"].text)
      let corrected = other.replacing("5.00", with: "6.00")
      #expect(try await office.outcomes("sales.csv", corrected) == ["create"])
      #expect(try await office.outcomes("sales.csv", other) == ["reject"], "what was deleted stays deleted")
    }
  }

  @Test("an import is taken back whole, but for what somebody has edited since, which is told")
  func undo() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let before = "slug,industry\nhooli,steel\nglobex,steel\n"
      #expect(try await office.outcomes("accounts.csv", before) == ["update", "update"])
      let changed = "slug,industry,country\nhooli,software,FR\nglobex,software,DE\n"
      #expect(try await office.outcomes("accounts.csv", changed) == ["update", "update"])
      try await office.ana.sync()
      #expect(try await office.outcomes("hubspot-contacts.csv", Self.hubspot) == ["create", "create"])
      try await office.ana.sync()
      let list = try await office.ana.json("import", "list").elements
      #expect(list.map(\.["file"].text).prefix(2) == ["hubspot-contacts.csv", "accounts.csv"])
      let numbers = list.map { $0["number"].number }

      let otto = try #require(
        try await office.ana.json("contact", "list").elements.first { $0["name"] == "Otto Brandt" })
      try await office.ana.does("contact", "edit", otto["id"].text, "--title", "Head")
      let undone = try await office.ana.tries("import", "undo", "\(Int(numbers[0]))")
      #expect(
        undone.status == 0 && undone.errors.contains("Otto Brandt: edited since: title"), "\(undone.told)")
      #expect(try await office.list("contact", "name") == ["Otto Brandt"])

      try await office.ana.does("account", "edit", "globex", "--industry", "chemistry")
      let second = try await office.ana.tries("import", "undo", "\(Int(numbers[1]))")
      #expect(second.status == 0 && second.errors.contains("Globex Corporation: edited since: industry"))
      func account(_ slug: String) async throws -> JSONValue {
        try await office.ana.json("account", "show", slug)
      }
      let (hooli, globex) = (try await account("hooli"), try await account("globex"))
      #expect(hooli["industry"] == "steel" && hooli["country"] == .null)
      #expect(globex["industry"] == "chemistry" && globex["country"] == .null)
      try await office.ana.sync()
      let imports = try await office.ana.json("import", "list").elements
      #expect(imports.prefix(2).map { $0["leftAlone"].number } == [1, 1])
      #expect(try await office.ana.does("import", "list").output.contains("in part, "))
      #expect(second.output.contains("is taken back in part"))

      // What was left alone is taken back once it is as the import has left it.
      try await office.ana.does("account", "edit", "globex", "--industry", "software")
      let rest = try await office.ana.tries("import", "undo", "\(Int(numbers[1]))")
      #expect(rest.status == 0 && rest.output.contains("0 deleted, 1 changed back, 0 restored, 0 left alone"))
      #expect(try await account("globex")["industry"] == "steel")
      let twice = try await office.ana.tries("import", "undo", "\(Int(numbers[1]))")
      #expect(twice.status == 1)
      #expect(try await office.ana.tries("import", "undo", "99").status == 1)
    }
  }

  @Test(
    "the dry run is what a person decides from: new, changed from what to what, asked, refused and by which column"
  )
  func dryRun() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let file = """
        slug;name;country;first-contact-on
        hooli;Hooli;FR;13/01/2026
        ;Nova SA;Chili;
        ;Globex;DE;
        ;Orion;FR;99/99/2026

        """
      let dry = try await office.tries("accounts.csv", file)
      #expect(dry.status == 1)
      let lines = dry.output.split(separator: "\n").map(String.init)
      #expect(lines.contains { $0.contains("2  changed  Hooli") })
      #expect(
        lines.contains {
          $0.trimmingCharacters(in: .whitespaces) == "country: (empty) -> FR"
            || $0.contains("country: (empty) → FR")
        })
      #expect(lines.contains { $0.contains("3  new      Nova SA") })
      #expect(lines.contains { $0.contains("4  asked") && $0.contains("Globex Corporation") })
      #expect(lines.contains { $0.contains("5  refused") && $0.contains("Column “first-contact-on”") })
      #expect(!dry.told.contains("--first-contact-on"))
      #expect(
        lines.suffix(2).first?.contains("1 to create, 1 to update, 0 here already, 1 rejected") ?? false)
      let json = try await office.imports("accounts.csv", file)
      let change = try #require(json[0]["changes"].elements.first { $0["field"] == "country" })
      #expect(change["from"] == "" && change["to"] == "FR")
    }
  }
}
