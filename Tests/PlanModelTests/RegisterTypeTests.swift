import PlanModel
import Testing

private let id = "019a1234-5678-7abc-9def-0123456789ab"

@Suite("What a register can hold")
struct RegisterTypeTests {
  private static let priorities = Choices("low", "normal", "high-and-mighty")

  static let types: [(RegisterType, good: [String], bad: [String])] = [
    (
      .line(maximum: 5), ["a", "héllo", "😀😀😀😀😀", " ", "\u{202E}"],
      ["", "123456", "😀😀😀😀😀😀", "a\nb", "a\tb", "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{9F}"]
    ),
    (
      .text(maximum: 5), ["a\nb", "a\tb", "héllo"],
      ["", "123456", "a\rb", "\u{0}", "\u{1B}[", "\u{8}", "\u{80}", String(repeating: "x", count: 100_000)]
    ),
    (
      .slug, ["a", "acme-1", "1", "a--b", "a-", String(repeating: "a", count: 40)],
      ["", "-a", "A", "a_b", "é", "a b", String(repeating: "a", count: 41)]
    ),
    (.date, ["2024-02-29", "0001-01-01"], ["", "2023-02-29", "tomorrow", "2024-2-29"]),
    (.country, ["FR", "ZZ"], ["", "F", "FRA", "fr", "F1", "ÉÉ"]),
    (.currency, ["EUR", "TND"], ["", "EU", "EURO", "eur", "EU1"]),
    (
      .decimal, ["0", "12.50", "-12.50", "007", String(repeating: "1", count: 30)],
      ["", "-", ".5", "5.", "1.2.3", "1,5", "1e5", "+1", "--1", "١", " 1", String(repeating: "1", count: 31)]
    ),
    (
      .choice(priorities), ["low", "HIGH-AND-MIGHTY", "high_and_mighty"],
      ["", "lowest", "1", "high and mighty"]
    ),
    (.integer(-2...9), ["-2", "0", "9", "+9"], ["", "-3", "10", "1.0", "x", "99999999999999999999"]),
    (.flag, ["yes", "No", "TRUE", "0", "on"], ["", "maybe", "2", "ye"]),
    (.money, ["1.00 EUR", "-5 JPY"], ["", "1", "1.001 EUR"]),
    (
      .period, ["2026-01-01..2026-12-31", "2026-01-01..2026-01-01"],
      [
        "", "2026-01-01", "2026-01-01..", "..2026-01-01", "2026-01-02..2026-01-01", "2026-01-01...2026-01-02",
        "2026-01-01..2026-02-30", "2026-01-01..2026-01-02..2026-01-03",
      ]
    ),
    (.reference(42), [id, id.uppercased()], ["", "x", "7QK2"]),
    (.anyReference, [id], ["", "x"]),
    (.kindNumber, ["42"], ["", "task"]),
    (.instant, ["0", "1760000000000", "-1"], ["", "now"]),
  ]

  @Test(
    "what it can hold is read, written and read back; what it cannot is refused", arguments: types.indices)
  func table(row: Int) throws {
    let (type, good, bad) = Self.types[row]
    for text in good {
      let value = try type.parse(text)
      for number: UInt32 in [1, 15, 16, 900] {
        let encoded = type.encode(value, as: number)
        #expect(try type.decode(encoded[...]) == value, "\(text)")
        let registers = try Registers(encoded)
        #expect(registers.numbers == [number] && registers[number].map(Array.init) == encoded)
      }
    }
    for text in bad { #expect(throws: ValueError.self, "\(text.prefix(50))") { try type.parse(text) } }
  }

  @Test(
    "bounds hold at N and at N+1, counted in characters as people see code points",
    arguments: [1, 200, 20_000])
  func lengths(maximum: Int) throws {
    for type in [RegisterType.line(maximum: maximum), .text(maximum: maximum)] {
      for unit in ["a", "é", "株", "😀"] {
        _ = try type.parse(String(repeating: unit, count: maximum))
        #expect(throws: ValueError.tooLong(maximum: maximum, actual: maximum + 1)) {
          try type.parse(String(repeating: unit, count: maximum + 1))
        }
        let tooLong = type.encode(.text(String(repeating: unit, count: maximum + 1)), as: 1)
        #expect(throws: ValueError.self) { try type.decode(tooLong[...]) }
      }
    }
  }

  @Test("bytes of another wire type are malformed, not misread")
  func wireTypes() {
    let varint: [UInt8] = [0x08, 0x01]
    let text: [UInt8] = [0x0A, 0x01, 0x41]
    let fixed: [UInt8] = [0x09, 1, 2, 3, 4, 5, 6, 7, 8]
    for (type, _, _) in Self.types {
      let isNumber =
        switch type {
        case .choice, .integer, .flag, .kindNumber, .instant: true
        default: false
        }
      for bytes in [isNumber ? text : varint, fixed] {
        #expect(throws: ValueError.malformed("unexpectedWireType(field: 1)")) { try type.decode(bytes[...]) }
      }
      #expect(throws: ValueError.self) { try type.decode([]) }
      let twice = isNumber ? varint + varint : text + text
      #expect(throws: ValueError.self) { try type.decode(twice[...]) }
    }
  }

  @Test("an enumeration's number of a newer version is kept and shown as such; 0 is not meant by anybody")
  func unknownChoice() throws {
    let type = RegisterType.choice(Self.priorities)
    #expect(try type.decode(type.encode(.integer(65_535), as: 1)[...]) == .integer(65_535))
    #expect(Self.priorities.name(of: 99) == "unknown-99")
    #expect(Self.priorities.name(of: 3) == "high-and-mighty")
    for number: Int64 in [0, -1, 65_536, .max] {
      #expect(throws: ValueError.outOfRange(number, 1...65_535)) {
        try type.decode(type.encode(.integer(number), as: 1)[...])
      }
    }
  }

  @Test("integers keep every bit", arguments: [Int64.min, -1, 0, 1, 127, 128, .max])
  func integers(value: Int64) throws {
    let type = RegisterType.integer(.min ... .max)
    #expect(try type.decode(type.encode(.integer(value), as: 3)[...]) == .integer(value))
    let money = RegisterValue.money(Money(currency: "EUR", minor: value))
    #expect(try RegisterType.money.decode(RegisterType.money.encode(money, as: 3)[...]) == money)
  }

  @Test(
    "every error is a sentence that says what is wrong and what is wanted",
    arguments: [
      (.empty, "must not be empty"),
      (.tooLong(maximum: 5, actual: 6), "is 6 characters long; at most 5 are kept"),
      (.notUTF8, "is not valid UTF-8 text"),
      (.controlCharacter(0x1B), "holds the control character U+1B; remove it"),
      (.notADate("x"), "“x” is not a day; write it as YYYY-MM-DD, such as 2026-11-30"),
      (.endsBeforeItBegins("2026-02-01", "2026-01-01"), "ends on 2026-01-01, before it begins on 2026-02-01"),
      (.notAPeriod("x"), "“x” is not a period; write it as 2026-01-01..2026-12-31"),
      (.notASlug("X"), "“X” is not a short name; use a-z, 0-9 and hyphens, at most 40 characters"),
      (.notACountry("x"), "“x” is not a country; use the two letters of ISO 3166, such as FR"),
      (.notACurrency("x"), "“x” is not a currency; use the three letters of ISO 4217, such as EUR"),
      (.notADecimal("x"), "“x” is not a number; write it as 12.5"),
      (
        .notAnAmount("x"),
        "“x” is not an amount; write it as “1200.50 EUR”, with no more decimals than the currency has"
      ),
      (.notANumber("x"), "“x” is not a whole number"),
      (.outOfRange(10, 1...9), "10 is not between 1 and 9"),
      (.notAFlag("x"), "“x” is neither yes nor no"),
      (.unknownChoice("x", ["low", "high"]), "“x” is not one of low, high"),
      (.notAnID("x"), "“x” is not a record id"),
      (.malformed("truncated"), "is not encoded as this register is (truncated)"),
    ] as [(ValueError, String)])
  func sentences(error: ValueError, sentence: String) { #expect(error.sentence == sentence) }

  @Test("what people type wrongly is answered with the right one of them")
  func whichError() {
    for (type, text, error) in [
      (.line(maximum: 5), "", .empty), (.line(maximum: 5), "a\nb", .controlCharacter(10)),
      (.date, "x", .notADate("x")),
      (.period, "x", .notAPeriod("x")),
      (.period, "2026-02-01..2026-01-01", .endsBeforeItBegins("2026-02-01", "2026-01-01")),
      (.slug, "X", .notASlug("X")), (.country, "x", .notACountry("x")), (.currency, "x", .notACurrency("x")),
      (.decimal, "x", .notADecimal("x")), (.money, "x", .notAnAmount("x")),
      (.integer(1...9), "x", .notANumber("x")),
      (.integer(1...9), "10", .outOfRange(10, 1...9)), (.flag, "x", .notAFlag("x")),
      (.choice(Self.priorities), "x", .unknownChoice("x", ["low", "normal", "high-and-mighty"])),
      (.anyReference, "x", .notAnID("x")),
    ] as [(RegisterType, String, ValueError)] {
      #expect(throws: error) { try type.parse(text) }
    }
    #expect(throws: ValueError.notUTF8) { try RegisterType.line(maximum: 5).decode([0x0A, 0x01, 0xFF]) }
  }
}
