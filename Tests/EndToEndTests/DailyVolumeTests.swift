import Foundation
import Testing

@Suite("Who has written all that one person may in a day")
struct DailyVolumeTests {
  @Test("receives what is new, is told until when the edits wait, and others go on")
  func edits() async throws {
    try await Workplace.run { place in
      let server = try await TestServer(place)
      try server.setting("dailyMebibytesPerPerson", to: 1)
      try await server.start()
      let team = try await Team(server)
      let lines = (1...300).map {
        #"{"kind":"task","account":"acme","title":"T\#($0)","department":"sales","detail":"\#(String(repeating: "x", count: 4000))"}"#
      }
      try await team.ben.does("import", "-", "--apply", input: lines.joined(separator: "\n"))
      #expect(try await team.ben.sync()["sent"].number >= 300)
      try await team.ana.sync()
      try await team.ana.adds(task: "News")
      try await team.ana.sync()

      try await team.ben.adds(task: "One more")
      let putOff = try await team.ben.tries("sync")
      #expect(putOff.status == 3, "\(putOff.told)")
      #expect(putOff.errors.contains("1 edit waits here until"), "\(putOff.told)")
      #expect(putOff.errors.contains("in a day"), "\(putOff.told)")
      #expect(try await team.ben.waiting() == 1)
      #expect(try await team.ben.tasks().contains { $0["title"] == "News" })
      // Counted in memory: a server that starts anew takes them.
      await server.stop()
      try await server.start()
      #expect(try await team.ben.sync()["sent"] == 1)
      #expect(try await team.ben.isWhole())
    }
  }
}
