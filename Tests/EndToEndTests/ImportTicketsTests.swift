import Foundation
import Testing

/// Tickets of other programs: who asked, how far they are, and when.
@Suite struct ImportTicketsTests {
  private static let zendesk = """
    "Ticket ID","Ticket subject","Ticket status","Ticket type","Ticket created - Timestamp","Ticket solved - Timestamp","Requester name","Requester email","Ticket organization name"
    "35","Pump leaks","Solved","Incident","2026-01-02T09:14:03","2026-01-03T10:00:00","Inès Moulin","ines@globex.example","Globex Corporation"
    "36","Alarm","Solved","Incident","2026-01-04T09:00:00","","Inès Moulin","ines@globex.example","Globex Corporation"
    "37","Invoice","Open","Question","2026-01-05T09:00:00","2026-01-06T09:00:00","Inès Moulin","ines@globex.example","Globex Corporation"
    "38","Noise","Pending","Question","2026-01-05T09:00:00","","","","Globex Corporation"
    "39","Smell","Frozen","Question","2026-01-05T09:00:00","","","","Globex Corporation"

    """

  @Test(
    "a ticket whose requester is unknown comes in; who asked is kept, told, and set once the contact is there"
  )
  func unknownRequester() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let dry = try await office.tries("zendesk-tickets.csv", Self.zendesk)
      #expect(
        dry.status == 0 && dry.output.contains("“ines@globex.example” is not known here"), "\(dry.told)")
      let rows = try await office.imports("zendesk-tickets.csv", Self.zendesk)
      #expect(rows.map(\.["outcome"]) == Array(repeating: "create", count: 5))
      #expect(rows[0]["unknownContact"] == "ines@globex.example" && rows[3]["unknownContact"] == .null)
      func pump() async throws -> JSONValue {
        try #require(
          try await office.ana.json("service-request", "list").elements.first {
            $0["subject"] == "Pump leaks"
          })
      }
      #expect(
        try await pump()["detail"] == "Requester name: Inès Moulin\nRequester email: ines@globex.example")
      #expect(try await office.list("contact", "name").isEmpty, "nobody is made a contact of")
      // The same again changes nothing, nor does what somebody has written there since.
      #expect(Set(try await office.outcomes("zendesk-tickets.csv", Self.zendesk)) == ["duplicate"])
      try await office.ana.does("service-request", "edit", try await pump()["id"].text, "--detail", "Valve.")
      #expect(Set(try await office.outcomes("zendesk-tickets.csv", Self.zendesk)) == ["duplicate"])
      try await office.ana.does(
        "contact", "add", "globex", "Inès Moulin", "--email", "ines@globex.example")
      #expect(
        try await office.outcomes("zendesk-tickets.csv", Self.zendesk) == [
          "update", "update", "update", "duplicate", "duplicate",
        ])
      let request = try await pump()
      #expect(!request["contact"].text.isEmpty && request["detail"] == "Valve.")
    }
  }

  @Test("tickets of Freshdesk and HubSpot, and French ones, are read with their states, moments and people")
  func otherDesks() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let freshdesk = """
        Ticket ID,Subject,Status,Type,Company Name,Requester Name,Requester Email,Agent,Created time,Due by Time,Resolved time,Closed time,Initial response time,First response time (in hrs)
        1,Valve,Closed,Incident,globex,Bob,b@globex.example,No Agent,2026-01-02 09:00:00,,2026-01-02 10:00:00,2026-01-03 10:00:00,2026-01-02 09:10:00,0.2
        2,Tap,Open,Incident,globex,Bob,b@globex.example,Zoe Agent,2026-01-02 09:00:00,,,,,

        """
      let first = try await office.imports("freshdesk-tickets.csv", freshdesk)
      #expect(first.map(\.["outcome"]) == ["create", "create"], "\(first)")
      #expect(first[0]["unknownAssignee"] == .null && first[1]["unknownAssignee"] == "Zoe Agent")
      #expect(first[1]["unknownContact"] == "b@globex.example")
      let types = try await office.list("request-event", "type")
      #expect(
        types.map { $0.replacing("REQUEST_EVENT_TYPE_", with: "") } == ["CLOSED", "RESOLVED", "RESPONDED"])
      let hubspot = """
        Record ID,Ticket name,Pipeline,Category,Ticket status,Create date,Close date,Ticket owner,Associated Company,Ticket ID
        10,Seal,Support,Product Issue,Closed,2026-01-02 09:00,2026-01-04 08:00,,globex,10

        """
      #expect(try await office.outcomes("hubspot-tickets.csv", hubspot) == ["create"])
      #expect(try await office.list("service-request", "externalId").contains("hubspot:10"))
      let french = """
        N° de ticket;Objet du ticket;Statut du ticket;Type;Client;Créé le;Résolu le;Fermé
        7;Joint;Résolu;technical;globex;2026-01-02 09:00;2026-01-05 08:30;oui
        8;Vanne;En attente du client;technical;globex;2026-01-02 09:00;;non

        """
      let rows = try await office.imports("tickets.csv", french)
      #expect(rows.map(\.["outcome"]) == ["create", "create"], "\(rows)")
      #expect(rows.allSatisfy { $0["unknownState"] == .null && $0["endedWithoutMoment"] == .null }, "\(rows)")
      #expect(try await office.list("request-event", "type").count == 5)
      // Of a sale only the day is kept.
      let sale = try await office.tries(
        "sales.csv", "account,occurred-on,Time,revenue\nglobex,2026-01-02,09:15,5 EUR\n")
      #expect(sale.output.contains("Time         not imported"), "\(sale.told)")
    }
  }

  @Test("a file without end, or of more than 512 MiB, is refused with what to do")
  func tooLarge() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let path = office.place.path + "/large.csv"
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.truncate(atOffset: 513 << 20)
      for path in [path, "/dev/zero"] {
        let refused = try await office.ana.tries("import", path, "--kind", "task")
        #expect(refused.status == 2 && refused.errors.contains("take it apart"), "\(refused.told)")
      }
    }
  }

  @Test(
    "of a ticket's state the moments are taken; what the file does not say when is told, and never invented")
  func states() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let rows = try await office.imports("zendesk-tickets.csv", Self.zendesk)
      #expect(rows[0]["endedWithoutMoment"] == .null && rows[1]["endedWithoutMoment"] == "Solved")
      #expect(rows[2]["openAgain"] == "Open" && rows[4]["unknownState"] == "Frozen")
      let events = try await office.ana.json("request-event", "list").elements
      #expect(events.count == 1)
      #expect(events.first?["type"] == "REQUEST_EVENT_TYPE_RESOLVED", "\(events)")
      #expect(events.first?["by"] == .null, "the file does not say who")
      #expect(events.first?["occurredAt"] == "1767434400000", "\(events)")
      // Solved later: the request is known by its number, and what happened is added once.
      let later = Self.zendesk.replacing(
        "2026-01-04T09:00:00\",\"\"", with: "2026-01-04T09:00:00\",\"2026-01-09 10:00\"")
      let again = try await office.imports("zendesk-tickets.csv", later)
      #expect(again.map(\.["outcome"]) == ["duplicate", "update", "duplicate", "duplicate", "duplicate"])
      #expect(again[1]["events"].elements.first?.text.hasPrefix("resolved") == true)
      #expect(Set(try await office.outcomes("zendesk-tickets.csv", later)) == ["duplicate"])
      #expect(try await office.ana.json("request-event", "list").elements.count == 2)
      let undated = try await office.imports(
        "tickets.csv", "Client;Objet;Nature;Résolu le\nglobex;Joint;technical;2026-02-01 09:00\n")
      #expect(undated[0]["outcome"] == "reject" && undated[0]["message"].text.contains("“Résolu le”"))
      let bare = try await office.tries("tickets.csv", "Client;Objet;Nature\nglobex;Joint;technical\n")
      #expect(bare.output.contains("the moment of the import is taken"), "\(bare.told)")
      let gaps = try await office.tries(
        "tickets.csv",
        "Client;Objet;Nature;Ouvert le\nglobex;Joint;technical;2026-02-01 09:00\nglobex;Vanne;technical;\n")
      #expect(gaps.output.contains("1 row without it: for these the moment of the import"), "\(gaps.told)")
      let undone = try await office.ana.tries("import", "undo", "2")
      #expect(undone.status == 0, "\(undone.told)")
      let early =
        "Client;Objet;Nature;Ouvert le;Résolu le\nglobex;Vanne;technical;2026-02-02 09:00;2026-02-01 09:00\n"
      let refused = try await office.imports("tickets.csv", early)
      #expect(refused[0]["outcome"] == "reject" && refused[0]["message"].text.contains("“Résolu le”"))
    }
  }

  @Test(
    "a day and a time in two columns are one moment, in English and French; what is ambiguous is asked for")
  func twoColumns() async throws {
    try await ImportOffice.run { (office: ImportOffice) async throws in
      let french = """
        Client;Objet;Nature;Statut;Date de création;Heure de création;Date de résolution;Heure de résolution
        globex;Vanne;technical;Fermé;13/01/2026;14h30;14/01/2026;08:15
        globex;Pompe;technical;Ouvert;13/01/2026;;;

        """
      let rows = try await office.imports("tickets.csv", french)
      #expect(rows.map(\.["outcome"]) == ["create", "create"], "\(rows)")
      let requests = try await office.ana.json("service-request", "list").elements
      #expect(
        requests.first { $0["subject"] == "Vanne" }?["openedAt"] == "1768314600000", "\(requests)")
      let events = try await office.ana.json("request-event", "list").elements
      #expect(events.map(\.["occurredAt"]) == ["1768378500000"])
      let american = """
        Account,Type,Summary,Date,Time
        globex,call,Talked,03/04/2026,2:05 PM

        """
      let asked = try await office.imports("interactions.csv", american)
      #expect(asked[0]["outcome"] == "reject" && asked[0]["message"].text.contains("--days"))
      #expect(try await office.outcomes("interactions.csv", american, "--days", "month-first") == ["create"])
      let call = try await office.ana.json("interaction", "list").elements.first
      #expect(call?["occurredAt"] == "1772633100000", "\(String(describing: call))")
    }
  }
}
