import SyncCore
import Testing

private struct ClockVectors: Decodable {
  struct Step: Decodable {
    let now: Int64?
    let observe: String?
    let value: String
  }
  struct Case: Decodable {
    let name: String
    let start: String
    let steps: [Step]
  }
  let cases: [Case]
}

@Suite("The hybrid clock")
struct ClockTests {
  @Test("gives the values of clock.json")
  func vectors() throws {
    for example in try Vectors.load("clock.json", as: ClockVectors.self).cases {
      var clock = HybridClock(last: try #require(UInt64(example.start, radix: 16)))
      for (number, step) in example.steps.enumerated() {
        let wanted = try #require(UInt64(step.value, radix: 16))
        if let now = step.now { #expect(clock.tick(now: now) == wanted, "\(example.name), step \(number)") }
        if let seen = step.observe { clock.observe(try #require(UInt64(seen, radix: 16))) }
        #expect(clock.last == wanted, "\(example.name), step \(number)")
      }
    }
  }

  @Test("never goes back, whatever the wall clock does", arguments: 1...20)
  func neverGoesBack(seed: UInt64) {
    var random = Sequence64(seed: seed)
    var clock = HybridClock()
    var previous: UInt64 = 0
    for _ in 0..<2_000 {
      if random.next() % 4 == 0 {
        clock.observe(random.next() >> (random.next() % 64))
      } else {
        let value = clock.tick(now: Int64(truncatingIfNeeded: random.next()) >> Int64(random.next() % 64))
        #expect(value > previous || value == .max)
        previous = value
      }
      #expect(clock.last >= previous)
      previous = clock.last
    }
  }

  @Test("a value read back from its milliseconds is the same, to the last millisecond of 48 bits")
  func milliseconds() {
    for time: Int64 in [0, 1, 1_760_000_000_000, (1 << 48) - 1] {
      #expect(Stamp(hlc: HybridClock.value(milliseconds: time), replica: 1).milliseconds == time)
    }
  }

  @Test("stamps are ordered by clock, then replica")
  func order() {
    let ascending = [
      Stamp(hlc: 0, replica: 0), Stamp(hlc: 0, replica: 7), Stamp(hlc: 1, replica: 0),
      Stamp(hlc: 1, replica: 1),
      Stamp(hlc: 1 << 16, replica: 0), Stamp(hlc: .max, replica: 0), Stamp(hlc: .max, replica: .max),
    ]
    #expect(ascending.shuffled().sorted() == ascending)
  }
}
