import Foundation
import Testing

/// Why an edit is refused, as people of two languages read it.
@Suite struct RefusalTests {
  /// Makes of the answers that a replica holds those of another server: of one that tells no codes, or other ones.
  private static let change = """
    import sqlite3, sys
    database = sqlite3.connect(sys.argv[1])

    def varint(blob, at):
        value, shift = 0, 0
        while True:
            byte = blob[at]
            value, at, shift = value | (byte & 127) << shift, at + 1, shift + 7
            if byte < 128:
                return value, at

    def without_codes(blob):
        kept, at = b"", 0
        while at < len(blob):
            begin = at
            tag, at = varint(blob, at)
            if tag & 7 == 2:
                length, at = varint(blob, at)
                at += length
            elif tag & 7 == 1:
                at += 8
            else:
                _, at = varint(blob, at)
            if tag >> 3 != 10:
                kept += blob[begin:at]
        return kept

    for key, result in database.execute("SELECT key, result FROM outbox WHERE status = 2").fetchall():
        new = without_codes(result) if sys.argv[2] == "none" else result.replace(b"slug-taken", b"slug-given")
        assert new != result
        database.execute("UPDATE outbox SET result = ? WHERE key = ?", (new, key))
    database.commit()
    """

  private func answered(_ person: Person, by server: String) async throws {
    let done = try await person.place.run(
      "/usr/bin/env", ["python3", "-c", Self.change, person.home + "/replica.sqlite", server])
    try #require(done.status == 0, "\(done.told)")
  }

  private static let english =
    "“roadrunner” is the short name of Acme Industries already; choose another one."

  @Test(
    "a French reader reads it in French, with the names in it; the history too, and programs read English")
  func french() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let french = team.ben.with(["LANG": "fr_FR.UTF-8"])
      try await team.ben.does("account", "add", "Coyote", "--slug", "coyote")
      try await team.ben.sync()
      // Both take the name without the other's being there yet.
      try await team.ana.does("account", "edit", "acme", "--slug", "roadrunner")
      try await team.ben.does("account", "edit", "coyote", "--slug", "roadrunner")
      try await team.ana.sync()

      let told = try await french.tries("sync").told.replacing("\u{A0}", with: " ")
      let sentence = "« roadrunner » est déjà le nom court d’Acme Industries ; choisissez-en un autre."
      #expect(told.contains(sentence), "\(told)")
      let shown = try await french.does("conflicts", "refused").output.replacing("\u{A0}", with: " ")
      #expect(shown.contains(sentence), "\(shown)")
      let history = try await french.does("history", "coyote").output.replacing("\u{A0}", with: " ")
      #expect(history.contains(sentence), "\(history)")
      #expect(try await team.ben.does("conflicts", "refused").output.contains(Self.english))
      let json = try await french.json("conflicts", "refused")
      #expect(json.elements.first?["reason"].text == Self.english, "\(json)")
    }
  }

  @Test(
    "of a server that tells no codes, or one that is not known here, the server's own sentence is shown",
    arguments: ["none", "other"])
  func otherServers(kind: String) async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let french = team.ben.with(["LANG": "fr_FR.UTF-8"])
      try await team.ben.does("account", "add", "Coyote", "--slug", "coyote")
      try await team.ben.sync()
      try await team.ana.does("account", "edit", "acme", "--slug", "roadrunner")
      try await team.ben.does("account", "edit", "coyote", "--slug", "roadrunner")
      try await team.ana.sync()
      _ = try await team.ben.tries("sync")
      try await answered(team.ben, by: kind)
      let shown = try await french.does("conflicts", "refused").output.replacing("\u{A0}", with: " ")
      #expect(shown.contains(Self.english), "\(shown)")
    }
  }
}

@Suite("What the server does not do at once")
struct CallRefusalTests {
  @Test("is said to a French reader in French, with the names in it, and to others in English")
  func french() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let french = team.ana.with(["LANG": "fr_FR.UTF-8"])
      let share = ["account", "share", "acme", "zoe@demo.example", "viewer"]
      let told = try await french.run(share)
      #expect(told.status == 1)
      #expect(
        told.errors.replacing("\u{A0}", with: " ").contains(
          "Il n’y a pas d’utilisateur zoe@demo.example dans cette organisation ; `kam person list` les montre tous"
        ), "\(told.told)")
      let english = try await team.ana.run(share)
      #expect(
        english.errors.contains(
          """
          There is no user zoe@demo.example in this organisation; `kam person list` shows all, and an admin can add one.
          """), "\(english.told)")
      let device = try await french.run(["device", "end", "77"])
      #expect(device.told.contains("Vous n’avez pas d’appareil 77"), "\(device.told)")
      let denied = try await team.ben.with(["LANG": "fr_FR.UTF-8"]).run(["department", "add", "Law"])
      #expect(denied.told.contains("C’est réservé aux administrateurs"), "\(denied.told)")
    }
  }

  @Test("is told to an older kam, which shows it as it comes, and by kamd with commands that one can type")
  func namesCommands() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let id = try await team.ana.json("account", "show", "acme")["id"].text
      let answer = try await team.server.call(
        "ShareAccount", #"{"account":"\#(id)","email":"zoe@demo.example","role":1}"#, token: team.ana.token()
      ).json()
      #expect(
        answer["message"]
          == "There is no user zoe@demo.example in this organisation; `kam person list` shows all, and an admin can add one."
      )
      let host = try await team.server.admin(
        "user", "edit", team.ben.email, "--department", "catering:member")
      #expect(
        host.errors == "There is no department catering; kam department list shows all.\n", "\(host.told)")
    }
  }
}
