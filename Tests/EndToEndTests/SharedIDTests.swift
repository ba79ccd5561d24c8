import Foundation
import Testing

/// Two accounts with a record of one id, as a hostile server sends them.
@Suite struct SharedIDTests {
  private static let put = """
    import sqlite3, sys
    database = sqlite3.connect(sys.argv[1])
    def number(account):
        return database.execute("SELECT number FROM scope WHERE name = ?", ("plan/" + account,)).fetchone()[0]
    source, target, old, new = sys.argv[2:6]
    old, new = (bytes.fromhex(id.replace("-", "")) for id in (old, new))
    for kind, state in database.execute(
            "SELECT kind, state FROM base WHERE scope = ? AND id = ?", (number(source), old)).fetchall():
        database.execute("INSERT INTO base (scope, id, kind, state, gone) VALUES (?, ?, ?, ?, 0)",
                         (number(target), new, kind, state.replace(old, new)))
    database.commit()
    print(database.total_changes)
    """

  /// Puts a copy of a record, under another id, into another account's plan.
  private func put(
    _ id: String, of source: String, into target: String, as other: String, _ person: Person
  ) async throws {
    let done = try await person.place.run(
      "/usr/bin/env",
      ["python3", "-c", Self.put, person.home + "/replica.sqlite", source, target, id, other])
    try #require(done.output == "1\n", "\(done.told)")
  }

  @Test("are told apart: nothing is written into an account that was not meant, and nothing is hidden")
  func toldApart() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      let evil = try await ana.json("account", "add", "Evil Corp", "--slug", "evil")["id"].text
      let acme = try await ana.json("account", "add", "Acme Industries", "--slug", "acme")["id"].text
      let task = try await ana.json("task", "add", "acme", "Prepare the offer", "--department", "sales")
      let division = try await ana.json("division", "add", "evil", "Twin of the account")["id"].text
      try await ana.sync()
      try await put(task["id"].text, of: acme, into: evil, as: task["id"].text, ana)
      try await put(division, of: evil, into: evil, as: acme, ana)
      let handle = task["handle"].text

      for arguments in [
        ["task", "edit", handle, "--detail", "Our lowest price is 17 EUR"],
        ["comment", handle, "They pay anything"],
        ["task", "claim", task["id"].text], ["delete", handle],
      ] {
        let refused = try await ana.run(arguments)
        #expect(refused.status == 1, "\(arguments): \(refused.told)")
        #expect(
          refused.errors.contains("is in evil and acme") && refused.errors.contains("acme/\(handle)"),
          "\(arguments): \(refused.told)")
      }
      #expect(try await ana.waiting() == 0)

      let edited = try await ana.does("task", "edit", "acme/\(handle)", "--detail", "17 EUR")
      #expect(edited.output.contains("Prepare the offer” in acme; waiting to sync"), "\(edited.output)")
      let said = try await ana.does("comment", "acme/\(handle)", "They pay anything")
      #expect(said.output.contains("in acme ("), "\(said.output)")
      let waiting = try await ana.json("task", "list").elements.filter { $0["pending"] == true }
      #expect(waiting.map { $0["accountSlug"].text } == ["acme"])

      // A division that has the account's id hides neither its page nor the account.
      for arguments in [["show", "acme"], ["account", "show", acme]] {
        let page = try await ana.run(arguments)
        #expect(page.output.contains("Acme Industries") && !page.output.contains("Twin"), "\(page.told)")
      }
      try await ana.does("account", "edit", acme, "--notes", "Stays")
    }
  }
}
