import Wording

/// What a register can hold: how it is written on the wire, read from what a person types, and checked.
package enum RegisterType: Equatable, Sendable {
  /// One line. The bound counts Unicode scalars.
  case line(maximum: Int)
  /// May hold line breaks and tabs.
  case text(maximum: Int)
  case slug
  /// `YYYY-MM-DD`.
  case date
  /// ISO 3166-1 alpha-2.
  case country
  /// ISO 4217.
  case currency
  /// A decimal number kept as text, so that 12.50 stays 12.50.
  case decimal
  case choice(Choices)
  /// A choice and how likely it is, in basis points: they change together.
  case graded(Choices)
  case integer(ClosedRange<Int64>)
  case flag
  case money
  case period
  /// The id of a record of this kind.
  case reference(UInt32)
  /// The id of a record of any kind.
  case anyReference
  /// The number of a kind.
  case kindNumber
  /// Unix milliseconds.
  case instant
  /// A list only the server writes.
  case opaque
}

/// The values of an enumeration, with the words people use for them.
package struct Choices: Equatable, Sendable {
  package struct Choice: Equatable, Sendable {
    package let number: Int64
    /// As typed and printed: "in-progress".
    package let name: String
  }
  package let all: [Choice]

  /// Names for the numbers 1, 2, 3, …
  package init(_ names: String...) {
    all = names.enumerated().map { Choice(number: Int64($0.offset + 1), name: $0.element) }
  }

  package func number(named name: some StringProtocol) -> Int64? {
    let wanted = name.lowercased().replacing("_", with: "-")
    return all.first { $0.name == wanted }?.number
  }

  /// A number from a newer version is kept, and shown as such.
  package func name(of number: Int64) -> String {
    all.first { $0.number == number }?.name ?? "unknown-\(number)"
  }
}

/// A register's value, typed.
package enum RegisterValue: Hashable, Sendable {
  case text(String)
  case integer(Int64)
  case flag(Bool)
  case money(Money)
  case period(PlanDate, PlanDate)
  case graded(Int64, likelihood: Int64)
  case reference(RecordID)
  case opaque
}

/// Why a value cannot be a register's.
package enum ValueError: Error, Equatable, Sendable {
  case empty
  case tooLong(maximum: Int, actual: Int)
  case notUTF8
  case controlCharacter(UInt32)
  case notADate(String)
  case endsBeforeItBegins(String, String)
  case notAPeriod(String)
  case notASlug(String)
  case notACountry(String)
  case notACurrency(String)
  case notADecimal(String)
  case notAnAmount(String)
  case amountTooLarge(Money)
  case notANumber(String)
  case notGraded(String, [String])
  case outOfRange(Int64, ClosedRange<Int64>)
  case notAFlag(String)
  case unknownChoice(String, [String])
  case notAnID(String)
  /// How the bytes are wrong.
  case malformed(String)

  /// Says what is wrong, with the value, and what is wanted.
  package var sentence: String { phrase.description }

  /// Whether its sentence begins with the value, in quotation marks.
  package var namesItsValue: Bool {
    switch self {
    case .notADate, .notAPeriod, .notASlug, .notACountry, .notACurrency, .notADecimal, .notAnAmount,
      .amountTooLarge,
      .notANumber,
      .notGraded, .notAFlag, .unknownChoice, .notAnID:
      true
    default: false
    }
  }

  package var phrase: Phrase {
    switch self {
    case .empty: "must not be empty"
    case .tooLong(let maximum, let actual): "is \(actual) characters long; at most \(maximum) are kept"
    case .notUTF8: "is not valid UTF-8 text"
    case .controlCharacter(let scalar):
      "holds the control character U+\(String(scalar, radix: 16, uppercase: true)); remove it"
    case .notADate(let text): "“\(text)” is not a day; write it as YYYY-MM-DD, such as 2026-11-30"
    case .endsBeforeItBegins(let from, let to): "ends on \(to), before it begins on \(from)"
    case .notAPeriod(let text): "“\(text)” is not a period; write it as 2026-01-01..2026-12-31"
    case .notASlug(let text): "“\(text)” is not a short name; use a-z, 0-9 and hyphens, at most 40 characters"
    case .notACountry(let text): "“\(text)” is not a country; use the two letters of ISO 3166, such as FR"
    case .notACurrency(let text):
      "“\(text)” is not a currency; use the three letters of ISO 4217, such as EUR"
    case .notADecimal(let text): "“\(text)” is not a number; write it as 12.5"
    case .notAnAmount(let text):
      "“\(text)” is not an amount; write it as “1200.50 EUR”, with no more decimals than the currency has"
    case .amountTooLarge(let money):
      "“\(money)” is too large; amounts go up to \(Money(currency: money.currency, minor: Money.minorMax))"
    case .notGraded(let text, let names):
      "“\(text)” is not one of \(Self.choices(names)) with a likelihood, such as “\(word: names.first ?? "") 60%”"
    case .notANumber(let text): "“\(text)” is not a whole number"
    case .outOfRange(let value, let range):
      "\(value) is not between \(range.lowerBound) and \(range.upperBound)"
    case .notAFlag(let text): "“\(text)” is neither yes nor no"
    case .unknownChoice(let text, let names): "“\(text)” is not one of \(Self.choices(names))"
    case .notAnID(let text): "“\(text)” is not a record id"
    case .malformed(let detail): "is not encoded as this register is (\(detail))"
    }
  }

  private static func choices(_ names: [String]) -> Phrase {
    names.dropFirst().reduce(.word(names.first ?? "")) { $0 + ", " + .word($1) }
  }
}
