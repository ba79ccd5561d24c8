import Foundation
import Testing

/// Whoever can write the server's file can write its log anew, with all that is chained to it; devices remember.
@Suite struct WitnessTests {
  @Test("what a device was shown of the audit log fits it, and proves when it was written anew")
  func witness() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.adds(task: "Visit")
      try await team.ana.sync()
      // An admin's command seals the histories; the next sync shows where the log ends.
      #expect(try await team.server.admin("user", "add", "cy@demo.example", "--name", "Cy").status == 0)
      #expect(try await team.ana.sync()["otherLog"] == .null)
      let shown = try await team.ana.does("witness", "--json").output
      let testimony = place.path + "/ana.json"
      try Data(shown.utf8).write(to: URL(filePath: testimony))
      let whole = try await team.server.admin("audit", "verify", "--witness", testimony)
      #expect(
        whole.status == 0 && whole.output.contains("is the one that the devices were shown"), "\(whole.told)")
      let made = place.path + "/made-up.json"
      // Another number; and the same bytes, parted in another way.
      let kept = try await team.ana.json("witness").elements.last
      let (epoch, chain) = (kept?["epoch"].text ?? "", kept?["chain"].text ?? "")
      let first = epoch.utf8.prefix(1).map { String($0, radix: 16) }.joined()
      let shifted = shown.replacing(chain, with: chain + first).replacing(
        epoch, with: String(epoch.dropFirst()))
      for text in [shown.replacing("\"entries\":", with: "\"entries\":1"), shifted] {
        #expect(text != shown)
        try Data(text.utf8).write(to: URL(filePath: made))
        let madeUp = try await team.server.admin("audit", "verify", "--witness", made)
        #expect(madeUp.status == 1 && madeUp.output.contains("proves nothing"), "\(madeUp.told)")
      }
      #expect(
        try await team.server.admin("audit", "verify", "--witness", team.server.directory + "/kamd.json")
          .status == 1)

      #expect(await team.server.stop() == 0)
      // All entries from the second on say that somebody else did it, and every link fits.
      try await rewrite(team.server)
      let verified = try await team.server.admin("audit", "verify")
      #expect(verified.status == 0, "by itself the log looks whole: \(verified.told)")
      let proven = try await team.server.admin("audit", "verify", "--witness", testimony, "--json")
      #expect(proven.status == 1, "\(proven.told)")
      #expect(try proven.json()["integrity"]["testimonies"].elements.first?.text.contains("is proof") == true)
      // The first device that was shown more, or other, than the log has ends this history.
      try await team.server.start()
      let told = try await team.ana.does("sync")
      #expect(
        told.told.contains("If your admins did nothing of the kind, show them what kam witness says"),
        "\(told.told)")
      let listed = try await team.server.admin("audit")
      #expect(listed.output.contains("history.begin"), "\(listed.told)")
      let after = try await team.server.admin("audit", "verify", "--witness", testimony)
      #expect(after.status == 1 && after.output.contains("if nobody restored anything"), "\(after.told)")
      #expect(try await team.ben.sync()["complete"] == true)
      #expect(try await team.ana.tasks().count == 1)
    }
  }

  @Test("seals are in the audit log, and left out of its list unless they are asked for")
  func seals() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.adds(task: "Visit")
      try await team.ana.sync()
      #expect(try await team.server.admin("user", "add", "cy@demo.example", "--name", "Cy").status == 0)
      let listed = try await team.server.admin("audit")
      #expect(!listed.output.contains("history.seal") && listed.output.contains("user.add"), "\(listed.told)")
      let all = try await team.server.admin("audit", "list", "--all")
      #expect(all.output.contains("history.seal"), "\(all.told)")
    }
  }

  /// Protocol/sync.md, "Recovery", in another language.
  private func rewrite(_ server: TestServer) async throws {
    let script = """
      import hashlib, sqlite3, sys
      c = sqlite3.connect(sys.argv[1])
      sha = lambda b: hashlib.sha256(b).digest()
      c.execute("UPDATE audit SET actor = 'mallory' WHERE number > 1 AND action <> 'history.seal'")
      chain = bytes(32)
      for number, ms, actor, action, detail, salt in c.execute(
          "SELECT number, server_ms, actor, action, detail, salt FROM audit ORDER BY number").fetchall():
          chain = sha(b"kam audit 2\\0" + chain + number.to_bytes(8, "big") + ms.to_bytes(8, "big")
                      + b"".join(sha(salt + t.encode()) for t in (actor, action, detail)))
          c.execute("UPDATE audit SET chain = ? WHERE number = ?", (chain, number))
      c.execute("UPDATE organization SET audit_chain = ?", (chain,))
      c.commit(); c.close()
      """
    let edited = try await server.place.run(
      "/usr/bin/env", ["python3", "-c", script, server.directory + "/canonical.sqlite"])
    try #require(edited.status == 0, "\(edited.errors)")
  }
}
