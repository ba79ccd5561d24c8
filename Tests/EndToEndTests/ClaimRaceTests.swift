import Foundation
import Testing

@Suite struct ClaimRaceTests {
  /// `make test` runs a thousand (KAM_RACE_ROUNDS), by themselves: they take two minutes of both cores.
  private static let rounds = ProcessInfo.processInfo.environment["KAM_RACE_ROUNDS"].flatMap { Int($0) } ?? 50
  private static let claimers = 64

  @Test("of 64 people who claim one task at the same moment exactly one has it, each time")
  func oneWinner() async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      var invites = [server.firstInvite]
      for number in 1...Self.claimers {
        invites.append(try await server.invite("Racer\(number)"))
        let edited = try await server.admin(
          "user", "edit", "racer\(number)@demo.example", "--department", "logistics")
        try #require(edited.status == 0, "\(edited.errors)")
      }
      let race = try place.python(
        "claim_race.py",
        ["--port", "\(server.port)", "--ca", server.authority, "--rounds", "\(Self.rounds)"],
        input: invites.joined(separator: "\n"), secondsMax: 600)
      let finished = await race.finished()
      try #require(finished.status == 0, "\(finished.errors)\nThe server:\n\(server.log.suffix(2000))")
      let told = try finished.json()
      #expect(told["decided"].number == Double(Self.rounds), "\(told)")
      #expect(told["told"].number == Double(Self.rounds * (Self.claimers - 1)), "\(told)")
      print("claim race: \(Self.rounds) rounds of \(Self.claimers) in \(told["seconds"].number) s")
    }
  }
}
