import Foundation
import Testing

/// A train: a line that carries some thousand bytes a second.
@Suite struct SlowLineTests {
  @Test("what takes minutes on a slow line gets through in one sync each way, and leaves the clock alone")
  func slowLine() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      try writeTasks(200, to: place.path + "/tasks.jsonl")
      try await team.ana.does("import", place.path + "/tasks.jsonl", "--apply")
      await team.server.stop()
      let inner = try freePort()
      try await team.server.start(["--port", "\(inner)"])
      try await slowly(place, team.server.port, inner, bytesPerSecond: 3_000) {
        let sent = try await synced(place, team.ana)
        #expect(sent["sent"] == 200 && sent["complete"] == true && sent["refused"] == [])
        let clock = sent["clock"]
        #expect(abs(clock["offsetMs"].number) <= max(2_000, clock["uncertaintyMs"].number), "\(clock)")
      }
      try await slowly(place, team.server.port, inner, bytesPerSecond: 6_000) {
        let received = try await synced(place, team.ben)
        #expect(received["received"].number >= 200 && received["complete"] == true)
      }
      #expect(try await team.ben.tasks().count == 200)
      #expect(try await team.ben.isWhole())
    }
  }

  /// Tasks whose words do not get smaller by being compressed.
  private func writeTasks(_ count: Int, to path: String) throws {
    var random = SystemRandomNumberGenerator()
    let lines = (1...count).map { number in
      let words = (0..<88).map { _ in String(random.next() as UInt64, radix: 36) }.joined()
      return
        #"{"kind":"task","account":"acme","title":"T\#(number)","department":"sales","detail":"\#(words)"}"#
    }
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func slowly(
    _ place: Workplace, _ port: Int, _ inner: Int, bytesPerSecond: Int, _ body: () async throws -> Void
  ) async throws {
    let line = try place.python(
      "slow_line.py", ["--listen", "\(port)", "--server", "\(inner)", "--rate", "\(bytesPerSecond)"],
      secondsMax: 300)
    try await eventually("the line is there") { line.output.contains("listening") }
    try await body()
    line.send(SIGKILL)
    _ = await line.wait()
  }

  private func synced(_ place: Workplace, _ person: Person) async throws -> JSONValue {
    let done = try await place.start(
      Built.kam, ["sync", "--json"], environment: ["KAM_HOME": person.home], secondsMax: 280
    ).finished()
    try #require(done.status == 0, "\(person.name): \(done.told)")
    return try done.json()
  }
}
