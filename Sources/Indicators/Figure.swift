import PlanModel
import Wording

/// What an indicator found, with everything that it was made of.
package struct Figure: Sendable {
  package let indicator: Indicator
  /// nil: not available, for the reason in ``absence``. An empty count is never 0 %.
  package let value: FigureValue?
  /// How many records, or pairs of them, the figure rests on.
  package let n: Int
  /// 95 % lie within, in the unit of ``FigureValue/number``.
  package var interval: ClosedRange<Double>?
  package let used: [RecordID]
  package let excluded: [Exclusion]
  package var absence: Phrase?
  /// How many of the records used came in after the cut-off: they changed what was once reported.
  package var late = 0
  /// Parts of it, such as the response rate of each type of request.
  package var parts: [(name: Phrase, value: FigureValue?, n: Int)] = []

  package init(
    _ indicator: Indicator, _ value: FigureValue?, n: Int, interval: ClosedRange<Double>? = nil,
    used: [RecordID] = [], excluded: [Exclusion] = [], absence: Phrase? = nil, late: Int = 0
  ) {
    self.indicator = indicator
    self.value = value
    self.n = n
    self.interval = value == nil ? nil : interval
    self.used = used
    self.excluded = excluded.merged
    self.absence = value == nil ? absence : nil
    self.late = late
  }
}

/// Records that a figure leaves out, and why.
package struct Exclusion: Sendable {
  package let reason: Reason
  package let records: [RecordID]
}

extension [Exclusion] {
  /// Each reason once, in the order in which they come first.
  fileprivate var merged: [Exclusion] {
    var places: [Reason: Int] = [:]
    var merged: [Exclusion] = []
    for exclusion in self {
      if let place = places[exclusion.reason] {
        merged[place] = Exclusion(
          reason: exclusion.reason, records: merged[place].records + exclusion.records)
      } else {
        places[exclusion.reason] = merged.count
        merged.append(exclusion)
      }
    }
    return merged
  }
}

/// Why a record does not count.
package enum Reason: Hashable, Sendable {
  case outsidePeriod, afterCutOff, superseded, otherMeasure, unknownMeasure, otherScale(Int), scoreBeyondScale
  case noCost, noRate(String), serviceCost, notDue, notAProblem, notResolved, notStated
  case partOfAnother, cancelled, noGoal
  case tooLarge

  package var phrase: Phrase {
    switch self {
    case .outsidePeriod: "outside the period"
    case .afterCutOff: "after the cut-off"
    case .superseded: "replaced by a later answer of the same person"
    case .otherMeasure: "of another sort of survey"
    case .unknownMeasure: "no survey says what it measures"
    case .otherScale(let wanted): "not on a scale to \(wanted)"
    case .scoreBeyondScale: "beyond its scale"
    case .noCost: "without a direct cost"
    case .noRate(let currency): "in \(currency), without an exchange rate"
    case .serviceCost: "cost of serving, not of winning or keeping them"
    case .notDue: "still has time"
    case .notAProblem: "no problem"
    case .notResolved: "not resolved"
    case .notStated: "says nothing of it"
    case .partOfAnother: "part of another target"
    case .cancelled: "cancelled or deferred"
    case .noGoal: "without a target and where it stands"
    case .tooLarge: "with an amount that is too large to be counted"
    }
  }
}

/// A figure's value, exact.
package enum FigureValue: Hashable, Sendable {
  /// Of one: 74/107.
  case share(Ratio)
  /// Promoters less detractors, of one.
  case points(Ratio)
  /// On a scale to `scale`.
  case mean(Ratio, scale: Int)
  case money(Money)
  /// Times what was spent.
  case factor(Ratio)
  /// Milliseconds.
  case duration(Int64)
  case days(Int)
  /// Of 100.
  case score(Ratio)

  /// In the unit that people read it in: percent, points, whole units of money, hours, days.
  package var number: Double {
    switch self {
    case .share(let ratio), .points(let ratio): ratio.double * 100
    case .mean(let ratio, _), .factor(let ratio), .score(let ratio): ratio.double
    case .money(let money): Double(money.minor) / Double(powerOfTen(Money.exponent(of: money.currency)))
    case .duration(let milliseconds): Double(milliseconds) / 3_600_000
    case .days(let days): Double(days)
    }
  }

  /// Exactly, as a decimal number in that unit, for programs.
  package var decimal: String {
    switch self {
    case .share(let ratio), .points(let ratio): ratio.decimal(times: 100, places: 4)
    case .mean(let ratio, _), .factor(let ratio), .score(let ratio): ratio.decimal(places: 4)
    case .money(let money): String(money.description.prefix { $0 != " " })
    case .duration(let milliseconds): (Ratio(milliseconds, of: 3_600_000) ?? Ratio(0)).decimal(places: 4)
    case .days(let days): "\(days)"
    }
  }

  package var unit: String {
    switch self {
    case .share: "percent"
    case .points: "points"
    case .mean(_, let scale): "of \(scale)"
    case .money(let money): money.currency
    case .factor: "times"
    case .duration: "hours"
    case .days: "days"
    case .score: "of 100"
    }
  }
}

// MARK: - Choosing records

/// Goes through records and keeps apart what counts from what does not.
struct Selection<Element: Fact> {
  private(set) var used: [Element] = []
  /// In the order in which the reasons came up.
  private var left: [(reason: Reason, records: [RecordID])] = []
  /// Where the last one went: the next often goes there too.
  private var last = 0

  mutating func use(_ element: Element) { used.append(element) }

  mutating func leave(_ id: RecordID, _ reason: Reason) {
    if !left.indices.contains(last) || left[last].reason != reason {
      last = left.firstIndex { $0.reason == reason } ?? left.count
      if last == left.count { left.append((reason, [])) }
    }
    left[last].records.append(id)
  }

  var excluded: [Exclusion] { left.map { Exclusion(reason: $0.reason, records: $0.records) } }
  var ids: [RecordID] { used.map(\.id) }

  /// How many were first written after the cut-off.
  func late(after cutOff: CutOff) -> Int { used.count { $0.completedAt > cutOff.recordedBy } }

  init() {}

  /// Takes each that `reason` has nothing against.
  init(_ elements: some Sequence<Element>, unless reason: (Element) -> Reason?) {
    for element in elements {
      if let reason = reason(element) { leave(element.id, reason) } else { use(element) }
    }
  }
}

/// The moment that figures stand for.
package struct CutOff: Sendable {
  /// The last day that counts, wherever an account is.
  package let day: PlanDate
  /// The moment at which deadlines are judged, Unix milliseconds.
  package let at: Int64
  /// The day is not over: what counts is what has happened, not what day it is somewhere.
  private let isRunning: Bool
  /// Records first written after this came in late, Unix milliseconds.
  package let recordedBy: Int64

  /// - Parameter now: nil when the day is over.
  package init(endOf day: PlanDate, now: Int64? = nil) {
    self.day = day
    let end = day.milliseconds + 86_399_999
    at = now.map { min($0, end) } ?? end
    recordedBy = end
    isRunning = now.map { $0 <= end } ?? false
  }

  /// Whether it has happened by then: midnight comes at different moments to different accounts.
  package func includes(_ day: PlanDate, _ moment: Int64) -> Bool {
    isRunning ? moment <= at : day <= self.day
  }
}
