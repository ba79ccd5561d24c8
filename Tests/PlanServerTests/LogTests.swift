import Logging
import PlanServer
import Testing

@Suite("A line of the log")
struct LogTests {
  @Test("of 10,000 hostile texts none breaks a line, ends a value or reaches the terminal")
  func hostile() {
    let scalars = Array(
      "a\"\\\n\r\t\u{0}\u{7}\u{1B}\u{7F}\u{85}\u{9B}\u{200B}\u{200E}\u{2028}\u{202E}\u{2066} =é"
        .unicodeScalars)
    for _ in 0..<10_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...30) { if let scalar = scalars.randomElement() { text.append(scalar) } }
      let line = LineLogHandler.escaped(String(text))
      let isHarmless = line.unicodeScalars.allSatisfy { scalar in
        let value = scalar.value
        return value >= 0x20 && !(0x7F..<0xA0).contains(value) && scalar != "\""
          && !(0x200B...0x200F).contains(value)
          && !(0x2028...0x202E).contains(value) && !(0x2066...0x2069).contains(value)
      }
      #expect(isHarmless, "\(line.debugDescription)")
    }
  }

  @Test("what was escaped can be told apart from what was written so")
  func reversible() {
    #expect(LineLogHandler.escaped("a\nb") == "a\\u{a}b")
    #expect(LineLogHandler.escaped("a\\u{a}b") == "a\\u{5c}u{a}b")
    #expect(LineLogHandler.escaped("Étoile = 3") == "Étoile = 3")
  }
}

@Suite("A limit by key")
struct RateLimiterTests {
  @Test("so many in a window, each key by itself, and again after it")
  func window() throws {
    let limiter = RateLimiter<String>(countMax: 3, windowMilliseconds: 10_000)
    for now in [0, 1, 2] as [Int64] {
      #expect(limiter.secondsToWait("a", now: now) == nil)
      limiter.count("a", now: now)
    }
    #expect(limiter.secondsToWait("a", now: 5_000) == 6)
    #expect(limiter.secondsToWait("b", now: 5_000) == nil)
    #expect(limiter.secondsToWait("a", now: 10_000) == nil)
  }
}
