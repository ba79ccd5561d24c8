import Foundation
import Testing

/// Devices whose clocks are wrong. A wrong clock never blocks an edit, never wins for ever and never loses for ever.
@Suite struct ClockTests {
  @Test("an edit of a clock one year ahead gives way to later honest edits, and its author is told")
  func yearAhead() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Visit")
      try await team.ana.does("task", "edit", task, "--title", "From next year", clock: "+365d")
      let ana = try await team.ana.sync()
      #expect(ana["clock"]["clampedMs"].number > 364 * 86_400_000)
      #expect(ana["messages"].elements.contains { $0.text.contains("365 days ahead") })

      try await team.ben.sync()
      try await team.ben.does("task", "edit", task, "--title", "Honest and later")
      #expect(try await team.ben.sync()["conflicts"] == [])
      try await team.ana.sync()
      for person in [team.ana, team.ben] {
        #expect(try await person.task(task)["title"] == "Honest and later")
      }
      // What her clock said is kept beside what it was taken for.
      let entry = try await team.ben.json("history", task).only("value", "From next year")
      #expect(entry["originalAt"].text.prefix(4) > entry["at"].text.prefix(4))
    }
  }

  @Test(
    "once its clock is right again, a device that was a year ahead neither wins with older edits nor is warned"
  )
  func yearAheadAndRightAgain() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Visit")
      try await team.ana.does("task", "edit", task, "--priority", "low", clock: "+365d")
      try await team.ana.sync()
      try await team.ben.sync()

      // The clock is right from here on. Ana edits first and uploads last.
      try await team.ana.does("task", "edit", task, "--title", "Older, uploaded later")
      try await team.ben.does("task", "edit", task, "--title", "Newer, uploaded earlier")
      try await team.ben.sync()
      let ana = try await team.ana.sync()
      #expect(ana["clock"]["clampedMs"] == 0 && ana["messages"] == [])
      #expect(ana["superseded"].count == 1)
      try await team.ben.sync()
      for person in [team.ana, team.ben] {
        #expect(try await person.task(task)["title"] == "Newer, uploaded earlier")
      }
    }
  }

  @Test("edits of a clock one year behind win over what their author had seen, and the author is told")
  func yearBehind() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Visit")
      try await team.ana.does("task", "edit", task, "--title", "Seen by Ben")
      try await team.ana.sync()
      try await team.ben.sync()
      let edited = try await team.ben.does("task", "edit", task, "--title", "From last year", clock: "-365d")
      #expect(edited.errors.contains("This device's clock went back by"))
      let ben = try await team.ben.sync()
      #expect(ben["sent"] == 1 && ben["superseded"] == [])
      try await team.ana.sync()
      for person in [team.ana, team.ben] {
        #expect(try await person.task(task)["title"] == "From last year")
      }
      // And it does not win for ever either.
      try await team.ana.does("task", "edit", task, "--title", "Honest and later")
      try await team.ana.sync()
      try await team.ben.sync()
      for person in [team.ana, team.ben] {
        #expect(try await person.task(task)["title"] == "Honest and later")
      }
    }
  }

  @Test(
    "a device that joins and works with a clock far off stamps its edits with the server's time",
    arguments: [
      "-50m", "+60d",
    ])
  func joinedWithWrongClock(_ clock: String) async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let cleo = Person(place, "Cleo")
      let invite = try await team.server.invite("Cleo")
      try await team.ana.does(
        "account", "share", "acme", "--with", "cleo@demo.example", "--role", "contributor")
      #expect(try await cleo.tries("join", "-", input: invite, clock: clock).status == 0)
      let first = try await cleo.json("sync", clock: clock)
      #expect(first["messages"].elements.contains { $0.text.contains("This device's clock is") })
      let task = try await team.sharedTask("Visit")
      _ = try await cleo.json("sync", clock: clock)

      try await cleo.does("task", "edit", task, "--title", "Cleo, earlier", clock: clock)
      try await team.ben.does("task", "edit", task, "--title", "Ben, later")
      try await team.ben.sync()
      let cleoSync = try await cleo.json("sync", clock: clock)
      #expect(cleoSync["superseded"].count == 1 && cleoSync["clock"]["clampedMs"] == 0)
      #expect(try await cleo.task(task)["title"] == "Ben, later")

      try await cleo.does("task", "edit", task, "--title", "Cleo, later", clock: clock)
      _ = try await cleo.json("sync", clock: clock)
      try await team.ben.sync()
      #expect(try await team.ben.task(task)["title"] == "Cleo, later")
      let status = try await cleo.json("status", clock: clock)
      #expect(abs(status["clock"]["offsetMs"].number) > 2_900_000)
      let shown = try await cleo.does("status", clock: clock)
      #expect(shown.output.contains(clock == "-50m" ? "behind the server's" : "ahead of the server's"))
    }
  }

  @Test(
    "a clock so wrong that the server's certificate is not valid is named as the cause",
    arguments: [
      ("+400d", "ahead"), ("-400d", "behind"),
    ])
  func certificateNotValid(_ clock: String, _ direction: String) async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try await team.ana.adds(task: "Kept", clock: clock)
      let refused = try await team.ana.tries("sync", clock: clock)
      #expect(refused.status == 3)
      #expect(refused.errors.contains("this device's clock"), "\(refused.errors)")
      #expect(refused.errors.contains("Set the clock"), "\(refused.errors)")
      #expect(!refused.errors.contains("BoringSSL"), "\(refused.errors)")
      #expect(try await team.ana.waiting() == 1)
      let cleo = Person(place, "Cleo")
      let invite = try await team.server.invite("Cleo")
      let join = try await cleo.tries("join", "-", input: invite, clock: clock)
      #expect(join.status == 3 && join.errors.contains("this device's clock"), "\(join.told)")
      // With the right clock the edit goes, and the invite still works.
      #expect(try await team.ana.sync()["sent"] == 1)
      try await cleo.join(invite)
    }
  }
}
