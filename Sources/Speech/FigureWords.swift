import Indicators
import PlanModel
import Wording

// Figures as people read them.

extension FigureValue {
  /// "69.2 %", "+33", "1200.50 EUR", "4 h".
  package var spoken: Phrase {
    switch self {
    case .share(let ratio): number(ratio, times: 100, places: 1) + .verbatim(" %")
    case .points(let ratio): signed(ratio, times: 100, places: 0)
    case .mean(let ratio, let scale): "\(number(ratio, places: 2)) of \(scale)"
    case .money(let money): money.spokenWhole
    case .factor(let ratio): signed(ratio, times: 100, places: 0) + .verbatim(" %")
    case .duration(let milliseconds): Moments.span(milliseconds)
    case .days(let days): counted(days, "day")
    case .score(let ratio): number(ratio, places: 0)
    }
  }

  private func number(_ ratio: Ratio, times factor: Int = 1, places: Int) -> Phrase {
    .decimal(ratio.decimal(times: factor, places: places))
  }

  private func signed(_ ratio: Ratio, times factor: Int, places: Int) -> Phrase {
    .verbatim(ratio.numerator > 0 ? "+" : "") + number(ratio, times: factor, places: places)
  }

  /// A bound of its interval, in the same words.
  package func spoken(bound: Double) -> Phrase {
    let places =
      switch self {
      case .share, .points, .score, .factor: 0
      default: 1
      }
    let text = (Ratio(Int((bound * 1000).rounded()), of: 1000) ?? Ratio(0)).decimal(places: places)
    return .decimal(text)
  }
}

extension Money {
  /// Without cents where they say nothing beside the whole: "12 345 EUR".
  package var spokenWhole: Phrase {
    let unit = Int64(powerOfTen(Money.exponent(of: currency)))
    guard minor.magnitude >= 10_000 * unit.magnitude else { return spoken }
    return .spoken(
      WholeAmount(digits: "\(roundedToEven(Int128(minor), dividedBy: Int128(unit)))", currency: currency))
  }
}

/// An amount without cents: "1,234,567 EUR", "1 234 567 EUR".
private struct WholeAmount: Spoken {
  let digits: String
  let currency: String

  func text(in language: Language) -> String {
    "\(language.code == "fr" ? language.spoken(decimal: digits) : grouped) \(currency)"
  }

  private var grouped: String {
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
  package var spoken: Phrase {
    value?.spoken ?? "n/a: \(absence ?? "no data")"
  }

  /// "12 to 38".
  package var spokenInterval: Phrase {
    guard let value, let interval else { return .nothing }
    return "\(value.spoken(bound: interval.lowerBound)) to \(value.spoken(bound: interval.upperBound))"
  }
}

extension Assessment {
  package var phrase: Phrase {
    switch self {
    case .good: "good"
    case .watch: "watch"
    case .poor: "poor"
    }
  }
}

extension Period {
  /// "Q3 2026", "2026", "01/09/2026 to 15/09/2026".
  package var spoken: Phrase {
    let name = name
    if name.contains("Q") { return "Q\(String(name.suffix(1))) \(String(name.prefix(4)))" }
    return name.contains("..") ? "\(from.spoken) to \(to.spoken)" : .verbatim(name)
  }
}

/// What a component of health is called; one that nobody knows is called as it is written.
package func componentName(_ component: String) -> Phrase {
  HealthComponent(rawValue: component)?.name ?? .verbatim(component)
}

/// "satisfaction 20 of 100, n = 4".
package func explained(_ part: Health.Part) -> Phrase {
  let name = componentName(part.component)
  return part.score.map { "\(name) \(FigureValue.score($0).spoken) of 100, \(part.why)" }
    ?? "\(name): \(part.why)"
}

/// A number with so many decimals.
package func fixed(_ value: Double, _ places: Int) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
  let scale = Double(powerOfTen(places))
  return (Ratio(Int((value * scale).rounded()), of: Int(scale)) ?? Ratio(0)).decimal(places: places)
}

// MARK: - For programs

extension Figure {
  /// - Parameters:
  ///   - explains: With the ids of all records.
  ///   - reader: Of English, as programs expect; what can be done about a missing figure is said as their front end does.
  package func json(
    _ assessment: Assessment? = nil, explains: Bool = false, for reader: Reader
  ) -> JSON {
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
    if let absence { members.append(("absence", .text(reader.said(absence)))) }
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
