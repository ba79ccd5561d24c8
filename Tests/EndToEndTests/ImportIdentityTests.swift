import Foundation
import Testing

/// No row is taken for another record: files as other programs write them, on accounts that are there.
@Suite struct ImportIdentityTests {
  @Test("a prospect of a like name is a question, and never becomes the customer")
  func likeAccount() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let file = "name,country,stage\nMuller,US,prospect\n"
      let asked = try await office.imports("accounts.csv", file)
      #expect(asked.map(\.["outcome"]) == ["ask"] && asked[0]["candidates"].count == 1)
      #expect(asked[0]["message"].text.contains("Müller Maschinenbau GmbH"))
      #expect(asked[0]["message"].text.contains("--same 2=") && asked[0]["message"].text.contains("--new 2"))
      func muller() async throws -> JSONValue { try await office.ana.json("account", "show", "muller") }
      #expect(try await muller()["name"] == "Müller Maschinenbau GmbH")
      #expect(try await muller()["country"] == "DE")
      #expect(try await office.outcomes("accounts.csv", file, "--likely", "skip") == ["skip"])
      #expect(try await office.outcomes("accounts.csv", file, "--new", "2") == ["create"])
      #expect(try await muller()["name"] == "Müller Maschinenbau GmbH")
      #expect(try await office.list("account", "name").contains("Muller"))
      // The same again is here already.
      #expect(try await office.outcomes("accounts.csv", file) == ["duplicate"])
      let same = "name,country\nGLOBEX corporation,FR\n"
      #expect(try await office.outcomes("accounts.csv", same) == ["ask"])
      #expect(try await office.outcomes("accounts.csv", same, "--same", "2=globex") == ["update"])
      #expect(try await office.ana.json("account", "show", "globex")["country"] == "FR")
    }
  }

  @Test("a short name and a legal id identify an account, whatever else the row says")
  func knownAccount() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      #expect(
        try await office.outcomes("accounts.csv", "slug,name,legal-id\nhooli,Hooli Inc.,FR123\n") == [
          "update"
        ])
      #expect(
        try await office.outcomes("accounts.csv", "legal-id,name\nFR 123,Hooli International\n") == ["update"]
      )
      #expect(try await office.ana.json("account", "show", "hooli")["name"] == "Hooli International")
    }
  }

  @Test("given and family names make one name; the company is the account")
  func names() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let family = """
        Client;Nom;Prénom;E-mail
        globex;MARTIN;Paul;paul.martin@globex.example
        globex;MARTIN;Julie;julie.martin@globex.example

        """
      #expect(try await office.outcomes("contacts.csv", family) == ["create", "create"])
      let company = """
        First Name,Last Name,Company,Email
        Inès,Moulin,Initech SARL,ines@initech.example
        Otto,Brandt,Initech SARL,otto@initech.example

        """
      #expect(try await office.outcomes("contacts.csv", company) == ["create", "create"])
      #expect(
        try await office.list("contact", "name") == [
          "Inès Moulin", "Julie MARTIN", "Otto Brandt", "Paul MARTIN",
        ])
      // The same files change nothing.
      #expect(try await office.outcomes("contacts.csv", family) == ["duplicate", "duplicate"])
      #expect(try await office.outcomes("contacts.csv", company) == ["duplicate", "duplicate"])
    }
  }

  @Test("who shares a name or a mailbox with somebody is not that person")
  func people() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let homonyms = """
        account,name,email,phone
        hooli,Jean Dupont,jean.dupont@hooli.example,+33 1
        hooli,Jean Dupont,jdupont2@hooli.example,+33 2

        """
      #expect(try await office.outcomes("contacts.csv", homonyms) == ["create", "create"])
      #expect(try await office.outcomes("contacts.csv", homonyms) == ["duplicate", "duplicate"])
      let third = "account,name,email\nhooli,Jean Dupont,third@hooli.example\n"
      #expect(try await office.outcomes("contacts.csv", third) == ["ask"])
      try await office.ana.does("contact", "add", "globex", "Anna Richter", "--email", "info@globex.example")
      let shared = "account,name,email,title\nglobex,Bernd Vogt,info@globex.example,Apprentice\n"
      #expect(try await office.outcomes("contacts.csv", shared) == ["create"])
      #expect(
        try await office.list("contact", "name") == [
          "Anna Richter", "Bernd Vogt", "Jean Dupont", "Jean Dupont",
        ])
      // Name and address together are somebody: what the row adds is added.
      let title = "account,name,email,title\nglobex,Bernd Vogt,info@globex.example,Buyer\n"
      #expect(try await office.outcomes("contacts.csv", title) == ["update"])
    }
  }

  @Test("a subject or a title is no identity")
  func titles() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let tickets = """
        account,subject,type,severity,opened-at
        initech,Alarm,technical,high,2026-01-02 09:14:03
        initech,Alarm,technical,high,2026-01-02 09:14:41
        initech,Alarm,technical,low,2026-01-02 09:14:59

        """
      let kind = ["--kind", "service-request"]
      #expect(
        try await office.outcomes("tickets.csv", tickets, kind[0], kind[1]) == ["create", "create", "create"])
      #expect(
        try await office.outcomes("tickets.csv", tickets, kind[0], kind[1])
          == ["duplicate", "duplicate", "duplicate"])
      let monthly = "account,title,department,status,due\nglobex,Relance facture,sales,open,2026-12-05\n"
      #expect(try await office.outcomes("tasks.csv", monthly) == ["create"])
      let task = try await office.ana.json("task", "list").elements[0]["id"].text
      try await office.ana.does("task", "done", task)
      let next = monthly.replacing("2026-12-05", with: "2027-01-05")
      #expect(try await office.outcomes("tasks.csv", next) == ["create"])
      #expect(try await office.ana.json("task", "show", task)["status"] == "TASK_STATUS_DONE")
    }
  }

  /// "create", "create like 2", "duplicate one with 2".
  private func told(_ rows: [JSONValue]) -> [String] {
    rows.map { row in
      let notes = [
        ("one with", "sameRecordAsLine"), ("like", "sameNameAsLine"), ("beside", "sameAddressAsLine"),
      ]
      return notes.reduce(row["outcome"].text) { text, note in
        row[note.1] == .null ? text : "\(text) \(note.0) \(Int(row[note.1].number))"
      }
    }
  }

  @Test("rows of one file that are one record, or look like it, are told with the lines of both")
  func rowsAlike() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let people = """
        account,name,email
        hooli,Jean Dupont,j@hooli.example
        hooli,Pierre Durand,j@hooli.example
        hooli,jean  dupont,J@hooli.example
        hooli,Ada Roux,
        hooli,Ada Roux,
        globex,Ada Roux,

        """
      let dry = try await office.tries("contacts.csv", people)
      #expect(dry.output.contains("Line 2 is about the same record"), "\(dry.told)")
      #expect(dry.output.contains("Line 2 has the address j@hooli.example too"))
      #expect(dry.output.contains("Line 5 has the same name"))
      #expect(
        told(try await office.imports("contacts.csv", people)) == [
          "create", "create beside 2", "update one with 2", "create", "create like 5", "create",
        ])
      #expect(try await office.list("contact", "name").count == 5)
      // Each of two that say the same answers for one row; nobody is made again.
      let again = try await office.outcomes("contacts.csv", people)
      #expect(!again.contains("create") && !again.contains("ask"), "\(again)")

      let tickets = """
        account,subject,type,opened-at
        initech,Alarm,technical,2026-01-02
        initech,Alarm,technical,2026-01-02
        initech,Alarm,guidance,2026-01-02
        initech,Alarm,guidance,2026-01-02 09:14:41

        """
      let kind = ["--kind", "service-request"]
      #expect(
        told(try await office.imports("tickets.csv", tickets, kind[0], kind[1])) == [
          "create", "create like 2", "create like 2", "create",
        ])
      #expect(
        told(try await office.imports("tickets.csv", tickets, kind[0], kind[1]))
          == Array(repeating: "duplicate", count: 4))

      let accounts = """
        name,legal-id,country
        Nova SA,,FR
        Nova SA,,FR
        Nova,,DE
        Orion,FR 1,FR
        Orion Group,FR1,FR

        """
      #expect(
        told(try await office.imports("accounts.csv", accounts)) == [
          "create", "duplicate one with 2", "create like 2", "create", "update one with 5",
        ])
    }
  }

  @Test("a question about another row of the file names its line, and is answered by it")
  func questionOfLines() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let file = "id,name,account\n77,Jean Dupont,hooli\n77,J. Dupont,hooli\n"
      let asked = try await office.tries("contacts.csv", file)
      #expect(asked.status == 1 && asked.output.contains("--same 3=line:2"), "\(asked.told)")
      #expect(
        told(try await office.imports("contacts.csv", file, "--same", "3=line:2")) == [
          "create", "update one with 2",
        ])
      #expect(try await office.list("contact", "name") == ["J. Dupont"])
      let later = try await office.imports("contacts.csv", file, "--same", "2=line:3")
      #expect(later[0]["outcome"] == "reject" && later[0]["message"].text.contains("line 3"))
    }
  }

  @Test("no amount, currency, day, name or address is stored that the file does not say")
  func values() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      func revenue(
        _ text: String, _ file: String = "sales.csv", _ options: String...
      ) async throws -> [String] {
        let path = office.place.path + "/" + file
        try Data(text.utf8).write(to: URL(filePath: path))
        let done = try await office.ana.run(["import", path, "--apply", "--json"] + options)
        let rows = try JSONDecoder().decode(JSONValue.self, from: Data(done.output.utf8))["rows"].elements
        var told: [String] = []
        for row in rows {
          if row["outcome"] != "create" {
            told.append(row["outcome"].text)
            continue
          }
          let sale = try await office.ana.json("sale", "show", row["id"].text)
          told.append(
            "\(sale["occurredOn"].text) \(sale["revenue"]["minor"].text) \(sale["revenue"]["currency"].text)")
        }
        return told
      }
      #expect(
        try await revenue("account;occurred-on;revenue;order\nglobex;13/01/2026;20€50;F12\n")
          == ["2026-01-13 2050 EUR"])
      #expect(
        try await revenue("account;occurred-on;revenue;order\nglobex;13/01/2026;20,00 € TTC;F9\n")
          == ["2026-01-13 2000 EUR"])
      #expect(
        try await revenue("account,occurred-on,revenue,currency,order\nmaple,2026-01-02,$100.00,CAD,I1\n")
          == ["2026-01-02 10000 CAD"])
      let american =
        "account,occurred-on,revenue,order\nhooli,01/02/2026,$1.00,U1\nhooli,03/04/2026,$1.00,U2\n"
      #expect(try await revenue(american) == ["reject", "reject"])
      #expect(
        try await revenue(american, "sales.csv", "--days", "month-first", "--currency", "USD")
          == ["2026-01-02 100 USD", "2026-03-04 100 USD"])
      let cards = """
        BEGIN:VCARD
        VERSION:2.1
        N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=42=C3=A9=61=72=74;=48=C3=A9=6C=C3=A8=6E=65;;;
        FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=48=C3=A9=6C=C3=A8=6E=65=20=64=65=20=6C=61=20=
        =54=6F=75=72
        TEL;CELL:+33699000003
        EMAIL;HOME:helene@globex.example
        END:VCARD
        BEGIN:VCARD
        VERSION:3.0
        N:;;;;
        FN:Globex Corporation
        ORG:Globex Corporation;
        X-ABShowAs:COMPANY
        END:VCARD

        """
      #expect(
        try await office.outcomes("cards.vcf", cards, "--account", "globex") == ["create", "reject"])
      #expect(try await office.list("contact", "name") == ["Hélène de la Tour"])
    }
  }
}
