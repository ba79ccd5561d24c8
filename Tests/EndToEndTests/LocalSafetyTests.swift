import Foundation
import Testing

/// What kam does on the machine that it runs on.
@Suite struct LocalSafetyTests {
  @Test("completion puts nothing on a command line that a shell would run")
  func completion() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      try await ana.does("account", "add", "Acme", "--slug", "acme")
      let bad = "$({touch,\(place.path)/pwned})@x.example"
      _ = try await server.admin("user", "add", bad, "--name", "Zed")
      _ = try await server.admin("user", "add", "ben@demo.example", "--name", "Ben")
      let refused = try await ana.tries("account", "share", "acme", "--with", bad, "--role", "viewer")
      #expect(refused.status == 2 && refused.errors.contains("shell"), "\(refused.told)")
      let department = try await ana.tries("department", "add", "a;touch$IFS\(place.path)/pwned;")
      #expect(department.status == 2 && department.errors.contains("shell"), "\(department.told)")
      try await ana.does("department", "add", "after sales")
      try await ana.sync()
      let words = try await ana.does("complete", "--", "plan", "add", "acme", "--owner", "").output
      #expect(words.contains("ben@demo.example") && !words.contains("touch"), "\(words)")
      let bash = try await place.run(
        "/bin/bash",
        [
          "-c",
          """
          PATH=\(URL(filePath: Built.kam).deletingLastPathComponent().path):$PATH
          source <(kam completions bash)
          COMP_WORDS=(kam task add acme --department after); COMP_CWORD=5; _kam
          echo "${COMPREPLY[0]}"
          COMP_WORDS=(kam plan add acme --owner ben); COMP_CWORD=5; _kam
          echo "${COMPREPLY[@]}"
          """,
        ], environment: ["KAM_HOME": ana.home])
      #expect(
        bash.output == "after\\\\ sales\nben@demo.example\n".replacing("\\\\", with: "\\"), "\(bash.told)")
    }
  }

  @Test("a pack takes the place of a pack, and of nothing else unless it is told to")
  func reportReplaces() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let file = place.path + "/review.html"
      func report(_ more: String...) async throws -> Finished {
        try await team.ana.run(["report", "acme", "--period", "2025Q3", "--out", file] + more)
      }
      try "precious".write(toFile: file, atomically: true, encoding: .utf8)
      let refused = try await report()
      #expect(refused.status == 1 && refused.errors.contains("--force replaces it"), "\(refused.told)")
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious")
      #expect(try await report("--force").status == 0)
      #expect(try await report().status == 0)
      let page = try String(contentsOfFile: file, encoding: .utf8)
      #expect(page.contains("base-uri 'none'; form-action 'none'"))
    }
  }

  @Test("a revoked device keeps nothing, also not what an interrupted write has left")
  func wipes() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      for name in ["credential.json.new", "join.json.new", "replica.damaged-1.sqlite"] {
        try "left".write(toFile: team.ben.home + "/" + name, atomically: true, encoding: .utf8)
      }
      let number = Int(try await team.ben.json("status")["replica"].number)
      _ = try await team.server.admin("device", "revoke", "\(number)")
      #expect(try await team.ben.tries("sync").told.contains("revoked"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: team.ben.home) == [])
    }
  }

  @Test(
    "a directory of another user, and a credential that is a link, are refused", .enabled(if: geteuid() == 0))
  func foreignDirectory() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let ana = try await server.ana()
      let credential = ana.home + "/credential.json"
      try FileManager.default.moveItem(atPath: credential, toPath: place.path + "/elsewhere.json")
      try FileManager.default.createSymbolicLink(
        atPath: credential, withDestinationPath: place.path + "/elsewhere.json")
      let link = try await ana.tries("sync")
      #expect(link.status == 1 && link.errors.contains("is a link"), "\(link.told)")
      #expect(chown(ana.home, 65_534, 65_534) == 0)
      for arguments in [["task", "list"], ["sync"], ["join", server.firstInvite]] {
        let refused = try await ana.run(arguments)
        #expect(refused.status == 1 && refused.errors.contains("belongs to another user"), "\(refused.told)")
      }
    }
  }

  @Test(
    "what a running kam holds in memory is not for other programs of its person", .enabled(if: geteuid() == 0)
  )
  func notDumpable() async throws {
    try await Workplace.run { place in
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.path)
      let kam = place.path + "/kam"
      try FileManager.default.copyItem(atPath: Built.kam, toPath: kam)
      let owners = try await place.run(
        "/usr/bin/env",
        [
          "python3", "-c",
          """
          import os, subprocess, sys, time
          def owner(*command):
              child = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, user=65534, group=65534,
                                       env={"KAM_HOME": "/nonexistent"})
              time.sleep(2)
              found = os.stat(f"/proc/{child.pid}/environ").st_uid if child.poll() is None else "ended"
              child.kill()
              return found
          print(owner("/bin/cat"), owner(sys.argv[1], "join", "-"))
          """, kam,
        ])
      // The system gives the files of such a process to root.
      #expect(owners.output == "65534 0\n", "\(owners.told)")
    }
  }

  @Test("an address book opens web pages, mail and telephones, and nothing else")
  func vCardLinks() async throws {
    try await Workplace.run { place in
      let ana = try await Team(place).ana
      let contact = try await ana.json("contact", "add", "acme", "Zoe")["id"].text
      for value in [
        "javascript:alert(1)", "https://zoe.example", "HTTP://zoe.example/a", "file:///etc/passwd", "tel:+33",
      ] {
        try await ana.does("contact-point", "add", "acme", value, "--contact", contact, "--type", "other")
      }
      let cards = try await ana.does("export", "-", "--format", "vcf").output
      let links = cards.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("URL") }
      #expect(
        Set(links) == ["URL:https://zoe.example", "URL:HTTP://zoe.example/a", "URL:tel:+33"], "\(cards)")
    }
  }

  @Test("the second account of a short name takes nothing away from the first, and is told")
  func sharedShortName() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let eve = try await team.server.person("Eve")
      let evil = try await eve.json("account", "add", "Evil Corp", "--slug", "acme")
      try await eve.sync()
      try await eve.does(
        "account", "share", evil["id"].text, "--with", team.ben.email, "--role", "contributor")
      let synced = try await team.ben.does("sync")
      #expect(synced.output.contains("acme is the short name of"), "\(synced.told)")
      let added = try await team.ben.does("task", "add", "acme", "Ours", "--department", "sales")
      #expect(added.errors.contains("acme is the short name of several accounts; this is"), "\(added.told)")
      let accounts = try await team.ben.json("task", "list").elements.map { $0["account"].text }
      #expect(!accounts.isEmpty && !accounts.contains(evil["id"].text))
      try await team.ben.does("account", "edit", evil["handle"].text, "--slug", "evil")
      #expect(
        try await team.ben.does("task", "list", "--account", "acme").errors.contains("several") == false)
    }
  }

  @Test("one may leave an account that was shared unasked")
  func leaves() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let left = try await team.ben.does("account", "leave", "acme")
      #expect(left.output.contains("You have left acme"), "\(left.told)")
      #expect(try await team.ben.sync()["lostAccounts"] == ["acme"])
      #expect(try await team.ben.json("account", "list") == [])
      #expect(try await team.ben.tries("account", "leave", "acme").status == 1)
      #expect(try await team.ana.json("account", "list").count == 1)
    }
  }

  @Test("an amount that cannot be counted takes no figure of the others away, and is named")
  func portfolio() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let ana = team.ana
      try await ana.does("account", "add", "Evil", "--slug", "evil")
      try await ana.sync()
      try await ana.does(
        "sale", "add", "acme", "1000 EUR", "--cost", "600 EUR", "--occurred-on", "2026-03-10")
      try await ana.does("sale", "add", "acme", "500 EUR", "--cost", "100 EUR", "--occurred-on", "2026-04-10")
      let sale = try await ana.json(
        "sale", "add", "evil", "5 ZMW", "--cost", "1 ZMW", "--occurred-on", "2026-03-11")
      let much = try await ana.tries(
        "sale", "add", "evil", "92233720368547758.07 EUR", "--occurred-on", "2026-03-11")
      #expect(much.status == 2 && much.errors.contains("is too large"), "\(much.told)")
      let figures = try await ana.json("kpi", "--period", "2026", "--only", "value")
      let values = Dictionary(
        figures["figures"].elements.map { ($0["indicator"].text, $0["value"]) },
        uniquingKeysWith: { first, _ in first })
      #expect(values["revenue"]?.number == 1500 && values["margin"]?.number == 800)
      #expect(figures["notCounted"].elements.map { $0["records"] } == [[.text(sale["id"].text)]])
      let told = try await ana.does("kpi", "--period", "2026", "--only", "value")
      #expect(
        told.errors.contains(
          "Not counted: 1 record in ZMW, without an exchange rate (\(sale["handle"].text))"),
        "\(told.told)")
      for command in [
        ["rank", "--by", "revenue"], ["abc"], ["clv", "--model", "retention", "--retention", "80"],
      ] {
        let shown = try await ana.run(command + ["--period", "2026"])
        #expect(shown.status == 0 && shown.output.contains("acme"), "\(command): \(shown.told)")
        #expect(shown.errors.contains("in ZMW, without an exchange rate"), "\(command): \(shown.told)")
      }
    }
  }
}
