import Foundation
import Testing

/// The demo's story: two people edit one plan offline, sync, and each is told what became of every edit.
@Suite struct StoryTests {
  @Test("different fields of one task, edited offline by two people, both survive on both replicas")
  func differentFields() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Prepare the renewal")
      await team.server.stop()
      try await team.ana.does("task", "edit", task, "--due", "2026-12-01")
      try await team.ben.does("task", "edit", task, "--priority", "urgent")
      #expect(try await team.ana.task(task)["pendingFields"] == ["due"])

      try await team.server.start()
      let ana = try await team.ana.sync()
      let ben = try await team.ben.sync()
      try await team.ana.sync()

      #expect(ana["sent"] == 1 && ana["conflicts"] == [] && ana["refused"] == [])
      #expect(ben["sent"] == 1 && ben["conflicts"] == [] && ben["refused"] == [])
      for person in [team.ana, team.ben] {
        let held = try await person.task(task)
        #expect(held["title"] == "Prepare the renewal")
        #expect(held["department"] == "DEPARTMENT_CODE_SALES")
        #expect(held["status"] == "TASK_STATUS_OPEN")
        #expect(held["due"] == "2026-12-01")
        #expect(held["priority"] == "TASK_PRIORITY_URGENT")
        #expect(held["deleted"] == false && held["pending"] == false && held["pendingFields"] == nil)
        #expect(try await person.json("conflicts") == [])
        #expect(try await person.isWhole())
      }
      #expect(try await team.ana.task(task) == team.ben.task(task))
    }
  }

  @Test(
    "of two edits of the same field the later stands on both replicas, and both people are told both values")
  func sameField() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Send the draft")
      await team.server.stop()
      try await team.ana.does("task", "edit", task, "--title", "Send the draft to Mrs Ito")
      try await team.ben.does("task", "edit", task, "--title", "Send the draft by courier")

      try await team.server.start()
      #expect(try await team.ana.sync()["conflicts"] == [])
      let ben = try await team.ben.sync()
      let ana = try await team.ana.sync()

      for person in [team.ana, team.ben] {
        #expect(try await person.task(task)["title"] == "Send the draft by courier")
      }
      #expect(ben["superseded"] == [])
      #expect(ben["conflicts"].count == 1 && ana["superseded"].count == 1)
      let winner = try await team.ben.json("conflicts").only("record", .text(task))
      #expect(
        winner["outcome"] == "mineReplacedTheirs" && winner["field"] == "title" && winner["stands"] == "mine")
      #expect(winner["mine"]["value"] == "Send the draft by courier" && winner["mine"]["name"] == "Ben")
      #expect(winner["theirs"]["value"] == "Send the draft to Mrs Ito" && winner["theirs"]["name"] == "Ana")
      let loser = try await team.ana.json("conflicts").only("record", .text(task))
      #expect(
        loser["outcome"] == "theirsReplacedMine" && loser["field"] == "title" && loser["stands"] == "theirs")
      #expect(loser["mine"]["value"] == "Send the draft to Mrs Ito" && loser["mine"]["name"] == "Ana")
      #expect(loser["theirs"]["value"] == "Send the draft by courier" && loser["theirs"]["name"] == "Ben")

      let titles = try await team.ana.json("history", task).elements.filter { $0["field"] == "title" }
      #expect(
        titles.map(\.["value"]) == [
          "Send the draft by courier", "Send the draft to Mrs Ito", "Send the draft",
        ])
      #expect(titles.map(\.["name"]) == ["Ben", "Ana", "Ana"])
      #expect(titles.map(\.["fate"]) == ["won over unseen", "won", "won"])

      // Nothing is lost: the value that gave way can be taken.
      try await team.ana.does("conflicts", "take", "\(Int(loser["number"].number))")
      try await team.ana.sync()
      try await team.ben.sync()
      for person in [team.ana, team.ben] {
        #expect(try await person.task(task)["title"] == "Send the draft to Mrs Ito")
      }
    }
  }

  @Test("of two offline claims of one task exactly one wins, and the other person is told by whom")
  func claims() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Call the warehouse")
      await team.server.stop()
      let requested = try await team.ana.json("task", "claim", task)
      #expect(requested["pending"] == true && requested["pendingFields"] == ["claimedBy", "status"])
      try await team.ben.does("task", "claim", task)

      try await team.server.start()
      // Ben claimed later and syncs first: the server decides, not the clock.
      let ben = try await team.ben.sync()
      let ana = try await team.ana.sync()

      #expect(ben["claims"][0]["outcome"] == "yours" && ben["claims"][0]["record"] == .text(task))
      #expect(ana["claims"][0]["outcome"] == "lost" && ana["claims"][0]["record"] == .text(task))
      #expect(ana["claims"][0]["holderName"] == "Ben")
      #expect(ana["claims"][0]["sentence"].text.contains("claimed by Ben at "))
      let holder = try await team.ben.json("status")["person"]["id"]
      for person in [team.ana, team.ben] {
        let held = try await person.task(task)
        #expect(
          held["claimedBy"] == holder && held["status"] == "TASK_STATUS_CLAIMED" && held["pending"] == false)
      }
      let refused = try await team.ana.json("conflicts", "refused")
      #expect(refused.count == 1 && refused[0]["records"] == [.text(task)])
      #expect(refused[0]["reason"].text.hasPrefix("Ben was first, at "))
      let again = try await team.ana.tries("task", "claim", task)
      #expect(again.status == 1 && again.errors.contains("Ben holds task"))
    }
  }

  @Test("when one deletes what the other edits both are told, and restoring brings everything back")
  func deletion() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Print a brochure")
      await team.server.stop()
      try await team.ana.does("task", "delete", task)
      try await team.ben.does("task", "edit", task, "--detail", "500 copies, A5")

      try await team.server.start()
      try await team.ana.sync()
      let ben = try await team.ben.sync()
      let ana = try await team.ana.sync()

      #expect(ben["conflicts"].count == 1 && ben["conflicts"][0]["outcome"] == "iEditedDeleted")
      #expect(ben["conflicts"][0]["mine"]["value"] == "500 copies, A5")
      #expect(
        ben["conflicts"][0]["theirs"]["deleted"] == true && ben["conflicts"][0]["theirs"]["name"] == "Ana")
      #expect(ana["conflicts"].count == 1 && ana["conflicts"][0]["outcome"] == "theyEditedDeleted")
      #expect(ana["conflicts"][0]["theirs"]["value"] == "500 copies, A5")
      for person in [team.ana, team.ben] {
        #expect(try await person.tasks().isEmpty)
        #expect(try await person.json("task", "list", "--deleted").elements.map(\.["id"]) == [.text(task)])
      }

      try await team.ana.does("task", "restore", task)
      try await team.ana.sync()
      try await team.ben.sync()
      for person in [team.ana, team.ben] {
        let held = try await person.task(task)
        #expect(
          held["deleted"] == false && held["title"] == "Print a brochure"
            && held["detail"] == "500 copies, A5")
        #expect(held["department"] == "DEPARTMENT_CODE_SALES" && held["status"] == "TASK_STATUS_OPEN")
      }
    }
  }

  @Test("an edit that comes first is told when somebody deletes the record without having seen it")
  func deletionOverUnseenEdit() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Print a brochure")
      try await team.ben.does("task", "edit", task, "--detail", "500 copies, A5")
      try await team.ana.does("task", "delete", task)
      try await team.ben.sync()
      let ana = try await team.ana.sync()
      let ben = try await team.ben.sync()
      #expect(ana["conflicts"].count == 1 && ana["conflicts"][0]["outcome"] == "iDeletedTheirEdit")
      #expect(ana["conflicts"][0]["theirs"]["value"] == "500 copies, A5")
      #expect(ben["conflicts"].count == 1 && ben["conflicts"][0]["outcome"] == "theyDeletedMyEdit")
      #expect(ben["conflicts"][0]["mine"]["value"] == "500 copies, A5")
    }
  }

  @Test("the older offline edit loses when it is uploaded later, the newer stands, and both authors are told")
  func olderUploadedLater() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Visit")
      try await team.ana.does("task", "edit", task, "--due", "2026-12-01")
      try await team.ben.does("task", "edit", task, "--due", "2026-12-24")
      #expect(try await team.ben.sync()["conflicts"] == [])
      let ana = try await team.ana.sync()
      let ben = try await team.ben.sync()

      for person in [team.ana, team.ben] { #expect(try await person.task(task)["due"] == "2026-12-24") }
      #expect(ana["superseded"].count == 1 && ana["superseded"][0]["outcome"] == "mineLost")
      #expect(ana["superseded"][0]["mine"]["value"] == "2026-12-01")
      #expect(ana["superseded"][0]["theirs"]["value"] == "2026-12-24")
      #expect(ana["superseded"][0]["theirs"]["name"] == "Ben")
      #expect(
        ben["superseded"] == [] && ben["conflicts"].count == 1
          && ben["conflicts"][0]["outcome"] == "theirsLost")
      #expect(ben["conflicts"][0]["theirs"]["value"] == "2026-12-01")
      let history = try await team.ben.json("history", task).elements.filter { $0["field"] == "due" }
      #expect(
        Set(history.map { $0["value"].text + " " + $0["fate"].text }) == [
          "2026-12-24 won", "2026-12-01 lost",
        ])
    }
  }

  @Test("the newer offline edit stands when it is uploaded later")
  func newerUploadedLater() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let task = try await team.sharedTask("Visit")
      try await team.ana.does("task", "edit", task, "--due", "2026-12-01")
      try await team.ben.does("task", "edit", task, "--due", "2026-12-24")
      try await team.ana.sync()
      let ben = try await team.ben.sync()
      let ana = try await team.ana.sync()
      for person in [team.ana, team.ben] { #expect(try await person.task(task)["due"] == "2026-12-24") }
      #expect(ben["conflicts"][0]["outcome"] == "mineReplacedTheirs" && ben["conflicts"].count == 1)
      #expect(ana["conflicts"][0]["outcome"] == "theirsReplacedMine" && ana["conflicts"].count == 1)
    }
  }
}
