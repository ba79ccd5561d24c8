import Indicators
import PlanModel
import Replica
import Wording

// Figures as people read them.

extension FigureValue {
  /// "69.2 %", "+33", "1200.50 EUR", "4 h".
  var spoken: String {
    switch self {
    case .share(let ratio): number(ratio, times: 100, places: 1) + " %"
    case .points(let ratio): signed(ratio, times: 100, places: 0)
    case .mean(let ratio, let scale): said("\(number(ratio, places: 2)) of \(scale)")
    case .money(let money): money.spokenWhole
    case .factor(let ratio): signed(ratio, times: 100, places: 0) + " %"
    case .duration(let milliseconds): said(Moments.span(milliseconds))
    case .days(let days): said(counted(days, "day"))
    case .score(let ratio): number(ratio, places: 0)
    }
  }

  private func number(_ ratio: Ratio, times factor: Int = 1, places: Int) -> String {
    Shell.current.language.spoken(
      decimal: ratio.decimal(times: factor, places: places),
      isUnicode: Shell.current.console.symbols.isUnicode)
  }

  private func signed(_ ratio: Ratio, times factor: Int, places: Int) -> String {
    (ratio.numerator > 0 ? "+" : "") + number(ratio, times: factor, places: places)
  }

  /// A bound of its interval, in the same words.
  func spoken(bound: Double) -> String {
    let places =
      switch self {
      case .share, .points, .score, .factor: 0
      default: 1
      }
    let text = (Ratio(Int((bound * 1000).rounded()), of: 1000) ?? Ratio(0)).decimal(places: places)
    return Shell.current.language.spoken(decimal: text, isUnicode: Shell.current.console.symbols.isUnicode)
  }
}

extension Money {
  /// Without cents where they say nothing beside the whole: "12 345 EUR".
  var spokenWhole: String {
    let unit = Int64(powerOfTen(Money.exponent(of: currency)))
    guard minor.magnitude >= 10_000 * unit.magnitude else { return spoken }
    let whole = roundedToEven(Int128(minor), dividedBy: Int128(unit))
    let language = Shell.current.language
    let digits = language.spoken(decimal: "\(whole)", isUnicode: Shell.current.console.symbols.isUnicode)
    return "\(language.code == "fr" ? digits : Self.grouped(digits)) \(currency)"
  }

  /// "1234567" as "1,234,567".
  private static func grouped(_ digits: String) -> String {
    let sign = digits.hasPrefix("-") ? "-" : ""
    var result = ""
    let plain = digits.dropFirst(sign.count)
    for (place, digit) in plain.enumerated() {
      if place > 0, (plain.count - place).isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return sign + result
  }
}

extension Figure {
  /// The value, or why there is none.
  var spoken: String {
    value?.spoken ?? said("n/a: \(absence ?? "no data")")
  }

  /// "12 to 38".
  var spokenInterval: String {
    guard let value, let interval else { return "" }
    return said("\(value.spoken(bound: interval.lowerBound)) to \(value.spoken(bound: interval.upperBound))")
  }
}

extension Assessment {
  var phrase: Phrase {
    switch self {
    case .good: "good"
    case .watch: "watch"
    case .poor: "poor"
    }
  }

  func sign(_ symbols: Symbols) -> String {
    switch self {
    case .good: symbols.isUnicode ? "●" : "+"
    case .watch: symbols.isUnicode ? "◐" : "~"
    case .poor: symbols.isUnicode ? "○" : "!"
    }
  }
}

extension Period {
  /// "Q3 2026", "2026", "01/09/2026 to 15/09/2026".
  var spoken: String {
    let name = name
    if name.contains("Q") { return said("Q\(String(name.suffix(1))) \(String(name.prefix(4)))") }
    return name.contains("..") ? said("\(from.spoken) to \(to.spoken)") : name
  }
}

// MARK: - Explaining

extension Reckoning {
  /// How a figure came about.
  func explain(_ figure: Figure) {
    let console = workspace.console
    console.say(.verbatim("    ") + figure.indicator.formula, .dim)
    let period: Phrase = "period \(period.spoken), as of \(cutOff.day.spoken)"
    console.say(.verbatim("    ") + "\(counted(figure.used.count, "record")) used; \(period)", .dim)
    for exclusion in figure.excluded {
      console.say(
        .verbatim("    ")
          + "\(counted(exclusion.records.count, "record")) left out: \(exclusion.reason.phrase)", .dim)
    }
    for part in figure.parts {
      console.say(
        .verbatim("    ") + "\(part.name): \(part.value?.spoken ?? said("n/a")) (n = \(part.n))", .dim)
    }
    if figure.late > 0 {
      console.say(
        .verbatim("    ") + "\(counted(figure.late, "record")) written down after the period had closed", .dim
      )
    }
  }

  /// What every list of figures ends with.
  func close(_ figures: [Figure]) throws {
    noteWithheld()
    try noteLeftOut()
    let late = figures.map(\.late).max() ?? 0
    if late > 0 {
      workspace.console.note(
        "\(counted(late, "record")) written down after \(cutOff.day.spoken) changed this period.", .dim)
    }
    try workspace.showAge()
  }
}

// MARK: - For programs

extension Figure {
  /// - Parameter explains: With the ids of all records.
  func json(_ assessment: Assessment? = nil, explains: Bool = false) -> JSON {
    var members: [(String, JSON)] = [
      ("indicator", .text(indicator.rawValue)), ("name", .text(indicator.name.description)),
      ("value", value.map { .verbatim($0.decimal) } ?? .null),
      ("unit", value.map { .text($0.unit) } ?? .null),
      ("n", .integer(n)),
      (
        "interval",
        interval.map { .array([.verbatim(decimal($0.lowerBound)), .verbatim(decimal($0.upperBound))]) }
          ?? .null
      ),
    ]
    if let absence { members.append(("absence", .text(absence.description))) }
    if let assessment { members.append(("assessment", .text(assessment.rawValue))) }
    if !parts.isEmpty {
      members.append(
        (
          "parts",
          .array(
            parts.map { part in
              .object([
                ("name", .text(part.name.description)),
                ("value", part.value.map { .verbatim($0.decimal) } ?? .null), ("n", .integer(part.n)),
              ])
            })
        ))
    }
    members.append(("late", .integer(late)))
    if explains { members += explanation }
    return .object(members)
  }

  private var explanation: [(String, JSON)] {
    [
      ("formula", .text(indicator.formula.description)),
      ("used", .array(used.map { .text($0.description) })),
      (
        "excluded",
        .array(
          excluded.map { exclusion in
            .object([
              ("reason", .text(exclusion.reason.phrase.description)),
              ("records", .array(exclusion.records.map { .text($0.description) })),
            ])
          })
      ),
    ]
  }

  private func decimal(_ bound: Double) -> String {
    (Ratio(Int((bound * 10_000).rounded()), of: 10_000) ?? Ratio(0)).decimal(places: 4)
  }
}

extension Reckoning {
  /// The days, the currency and the age of the replica, which every document of figures begins with.
  func json(_ members: [(String, JSON)]) throws -> JSON {
    let progress = try workspace.replica.progress()
    return .object(
      [
        (
          "account",
          account.map { account in
            .object([
              ("id", .text(account.profile.id.description)), ("slug", .text(account.profile.slug)),
              ("name", .text(account.profile.name)),
            ])
          } ?? .null
        ),
        (
          "period",
          .object([
            ("name", .text(period.name)), ("from", .text(period.from.description)),
            ("to", .text(period.to.description)),
          ])
        ), ("asOf", .text(cutOff.day.description)), ("currency", .text(valuation.currency)),
        (
          "replica",
          .object([
            ("synced", progress.synced == 0 ? .null : .text(Moments.iso(progress.synced))),
            ("waiting", .integer(try workspace.replica.waitingCount())),
            ("financesWithheld", .integer(facts.accounts.count { !$0.sharesFinance })),
          ])
        ),
        (
          "notCounted",
          .array(
            leftOut.map { exclusion in
              .object([
                ("reason", .text(exclusion.reason.phrase.description)),
                ("records", .array(exclusion.records.map { .text($0.description) })),
              ])
            })
        ),
      ] + members)
  }
}
