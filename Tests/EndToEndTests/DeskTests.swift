import Foundation
import Testing

/// Departments at work: who sees what waits, takes it, gives it out, and hands it over.
@Suite struct DeskTests {
  /// Ana leads an account as its manager; Lea leads logistics, Dan belongs to it.
  private struct Office {
    let server: TestServer
    let ana: Person
    let lea: Person
    let dan: Person

    init(_ place: Workplace) async throws {
      server = try await TestServer.running(place)
      ana = try await server.ana()
      lea = try await server.person("Lea")
      dan = try await server.person("Dan")
      try await ana.sync()
      try await ana.does("user", "edit", "lea@demo.example", "--department", "logistics:lead")
      try await ana.does("user", "edit", "dan@demo.example", "--department", "logistics")
      try await ana.does("account", "add", "Acme", "--slug", "acme")
      for (title, due) in [("Late", "2020-01-01"), ("Soon", "2999-01-01"), ("Later", "2999-02-01")] {
        try await ana.does("task", "add", "acme", title, "--department", "logistics", "--due", due)
      }
      try await ana.sync()
      try await lea.sync()
      try await dan.sync()
    }
  }

  @Test("the inbox has the department's open tasks, what one holds, and each decision once")
  func inbox() async throws {
    try await Workplace.run { place in
      let office = try await Office(place)
      let first = try await office.dan.json("inbox")
      #expect(first["departments"].count == 1 && first["departments"][0]["department"] == "logistics")
      #expect(first["departments"][0]["role"] == "member")
      #expect(first["open"].elements.map(\.["title"]) == ["Late", "Soon", "Later"])
      #expect(first["overdue"].count == 1 && first["yours"] == [] && first["decided"] == [])

      try await office.dan.does("task", "claim", "--next")
      #expect(try await office.dan.sync()["claims"][0]["outcome"] == "yours")
      let second = try await office.dan.json("inbox")
      #expect(second["yours"].elements.map(\.["title"]) == ["Late"])
      #expect(second["open"].elements.map(\.["title"]) == ["Soon", "Later"])
      #expect(second["decided"].count == 1 && second["decided"][0]["outcome"] == "yours")
      #expect(try await office.dan.json("inbox")["decided"] == [])

      let page = try await office.dan.does("inbox")
      #expect(page.output.contains("Yours (1)") && page.output.contains("Open for logistics (2)"))
      #expect(page.output.contains("2020-01-01 overdue"))
      // Lines go on through the sections, and name tasks afterwards.
      #expect(try await office.dan.json("task", "show", "3")["title"] == "Later")
      #expect(try await office.ana.json("inbox")["open"] == [])
    }
  }

  @Test("a lead assigns within the department and releases; what one may not do is told before it is stored")
  func assigning() async throws {
    try await Workplace.run { place in
      let office = try await Office(place)
      let tasks = try await office.lea.tasks()
      let soon = try #require(tasks.first { $0["title"] == "Soon" })["id"].text
      try await office.lea.does("task", "assign", soon, "--to", "dan")
      let foreign = try await office.lea.tries("task", "assign", soon, "--to", "ana@demo.example")
      #expect(foreign.status == 1 && foreign.errors.contains("does not belong to the logistics department"))
      #expect(try await office.lea.sync()["claims"][0]["sentence"].text.contains("assigned to Dan"))
      try await office.dan.sync()
      #expect(try await office.dan.json("inbox")["yours"].elements.map(\.["title"]) == ["Soon"])

      let load = try await office.lea.json("department", "load", "logistics")
      #expect(load.elements.map { "\($0["name"]) \($0["tasks"]) \($0["overdue"])" }.count == 2)
      #expect(load[0]["person"] == nil && load[0]["tasks"] == 2 && load[0]["overdue"] == 1)
      #expect(load[1]["name"] == "Dan" && load[1]["tasks"] == 1 && load[1]["overdue"] == 0)

      let fresh = try await office.lea.tries("task", "release", soon, "--stale", "14d")
      #expect(fresh.status == 1 && fresh.errors.contains("--stale asks for 14 days"))
      let stale = try await office.lea.does("task", "release", soon, "--stale", "2w", clock: "+30d")
      #expect(stale.output.contains("Released"))
      for words in [["task", "edit", soon, "--title", "Mine"], ["task", "delete", soon]] {
        let refused = try await office.dan.run(words)
        #expect(
          refused.status == 1 && refused.errors.contains("needs the role contributor in this account"),
          "\(refused.told)")
      }
      let added = try await office.dan.tries("task", "add", "acme", "X", "--department", "sales")
      #expect(added.status == 1 && added.errors.contains("Adding a task needs the role contributor"))
      try await office.dan.does("task", "edit", soon, "--progress-note", "Half of it")
      #expect(try await office.dan.waiting() == 1)
    }
  }

  @Test("a department that is taken out of an account loses it with the next sync, and gets it back")
  func engagement() async throws {
    try await Workplace.run { place in
      let office = try await Office(place)
      let refused = try await office.lea.tries("account", "disengage", "acme", "logistics")
      #expect(refused.status == 1 && refused.errors.contains("needs the role manager"))
      try await office.ana.does("account", "disengage", "acme", "logistics")
      #expect(try await office.dan.sync()["lostAccounts"] == ["acme"])
      #expect(try await office.dan.tasks().isEmpty)
      try await office.ana.sync()
      let addressed = try await office.ana.tries("task", "add", "acme", "Pack", "--department", "logistics")
      #expect(addressed.status == 1 && addressed.errors.contains("not engaged in this account"))
      try await office.ana.does("account", "engage", "acme", "logistics")
      #expect(try await office.dan.sync()["newAccounts"] == ["acme"])
      #expect(try await office.dan.tasks().count == 3)
      #expect(try await office.dan.isWhole())
    }
  }

  @Test(
    "only admins change people and departments; an organisation's own department works like a built-in one")
  func ownDepartment() async throws {
    try await Workplace.run { place in
      let office = try await Office(place)
      for words in [
        ["department", "add", "Law"], ["user", "edit", "lea@demo.example", "--role", "admin"],
      ] {
        let refused = try await office.dan.run(words)
        #expect(
          refused.status == 1 && refused.errors.contains("for admins of the organisation"), "\(refused.told)")
      }
      try await office.ana.does("department", "add", "Law")
      try await office.ana.sync()
      try await office.ana.does(
        "user", "edit", "dan@demo.example", "--department", "law", "--department", "logistics:none")
      try await office.ana.does("task", "add", "acme", "Read the contract", "--department", "Law")
      try await office.ana.sync()
      try await office.dan.sync()
      let inbox = try await office.dan.json("inbox")
      #expect(inbox["departments"].elements.map(\.["department"]) == ["Law"])
      #expect(inbox["open"].elements.map(\.["title"]) == ["Read the contract"])
      #expect(
        try await office.dan.json("task", "list", "--department", "law").elements.map(\.["department"]) == [
          1001
        ])
      let listed = try await office.server.admin("department", "list", "--json")
      #expect(try listed.json()["departments"].elements.last?["name"] == "Law")
    }
  }

  @Test("a hand-over is reviewed first, then moves claims, contacts and accounts at once")
  func handover() async throws {
    try await Workplace.run { place in
      let office = try await Office(place)
      try await office.ana.does("contact", "assign", "acme", "--to", "dan@demo.example")
      try await office.dan.does("task", "claim", "--next")
      try await office.dan.sync()
      try await office.ana.sync()
      let review = try await office.ana.json("handover", "--from", "dan", "--to", "lea")
      #expect(review["records"].count == 2 && review["records"][0]["moved"] == nil)
      #expect(review["access"] == [])
      #expect(try await office.ana.waiting() == 0)
      let moved = try await office.ana.json("handover", "--from", "dan", "--to", "lea", "--yes")
      #expect(moved["records"].elements.allSatisfy { $0["moved"] == true })
      try await office.ana.sync()
      #expect(try await office.ana.json("handover", "--from", "dan", "--to", "lea")["records"] == [])
      try await office.lea.sync()
      #expect(try await office.lea.json("inbox")["yours"].elements.map(\.["title"]) == ["Late"])
    }
  }

  @Test("gaps are accounts without a privileged contact, with one who is gone, or one who is overdue")
  func gaps() async throws {
    try await Workplace.run { place in
      let office = try await Office(place)
      func gaps() async throws -> [JSONValue] { try await office.ana.json("contact", "gaps").elements }
      #expect(try await gaps().map(\.["gap"]) == ["none"])
      try await office.ana.does(
        "contact", "assign", "acme", "--to", "dan@demo.example", "--cadence-days", "10", "--since",
        "2020-01-01")
      #expect(try await gaps().map(\.["gap"]) == ["overdue"])
      try await office.ana.does("contact", "assign", "acme", "--to", "dan@demo.example", "--since", "today")
      #expect(try await gaps().isEmpty)
      _ = try await office.server.admin("user", "suspend", "dan@demo.example")
      try await office.ana.sync()
      #expect(try await gaps().map(\.["gap"]) == ["left"])
    }
  }

  @Test("who leaves hands over first; then their devices are wiped, and what they did stays under their name")
  func leaving() async throws {
    try await Workplace.run { place in
      let office = try await Office(place)
      try await office.dan.does("account", "add", "Dan's own", "--slug", "dans")
      try await office.dan.does("task", "claim", "--next")
      try await office.dan.sync()
      try await office.ana.sync()
      let refused = try await office.server.admin("user", "leave", "dan@demo.example")
      #expect(refused.status == 1)
      #expect(
        refused.errors.contains("1 × task: claimed by, 1 × account that nobody else manages"),
        "\(refused.told)")
      // Ana is admin: she may hand over every account.
      let moved = try await office.ana.json("handover", "--from", "dan", "--to", "lea", "--yes")
      #expect(moved["access"].elements.map(\.["accountSlug"]) == ["dans"])
      try await office.ana.sync()
      #expect(try await office.server.admin("user", "leave", "dan@demo.example").status == 0)
      let gone = try await office.dan.tries("sync")
      #expect(gone.status == 1 && gone.errors.contains("Its credential and its replica were deleted"))
      try await office.lea.sync()
      #expect(
        try await office.lea.json("account", "share", "dans")["grants"].elements.map(\.["name"]) == ["Lea"])
      #expect(try await office.lea.json("history", "dans").elements.allSatisfy { $0["name"] == "Dan" })

      let back = try await office.server.admin("user", "return", "dan@demo.example")
      #expect(back.status == 0 && back.lastLine.hasPrefix("kam-invite."))
      let again = Person(place, "Dan", home: place.path + "/dan-again")
      try await again.join(back.lastLine)
      try await again.sync()
      #expect(try await again.json("account", "list") == [])
    }
  }

  @Test("every act of an admin is in the audit log, which shows when it was tampered with")
  func audit() async throws {
    try await Workplace.run { place in
      let office = try await Office(place)
      _ = try await office.server.admin("user", "suspend", "dan@demo.example")
      let log = try await office.server.admin("audit", "--json").json()["audit"].elements
      let acts = log.map { "\($0["actor"].text) \($0["action"].text)" }
      for act in [
        "host organization.found", "host user.add", "ana@demo.example department.member", "host user.suspend",
      ] {
        #expect(acts.contains(act), "\(acts)")
      }
      let whole = try await office.server.admin("audit", "verify")
      #expect(whole.status == 0 && whole.output.contains("Whole: "))
      await office.server.stop()
      let database = office.server.directory + "/canonical.sqlite"
      let tampered = try await place.run(
        "/usr/bin/env",
        [
          "python3", "-c",
          "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.execute(\"update audit set detail='nobody' where action='user.suspend'\"); d.commit()",
          database,
        ])
      #expect(tampered.status == 0, "\(tampered.errors)")
      let broken = try await office.server.admin("audit", "verify")
      #expect(
        broken.status == 1 && broken.output.contains("is not the one that was written"), "\(broken.told)")
    }
  }
}
