import Foundation
import Indicators
import PlanModel
import Speech
import Wording

/// Which days figures are about, and in which currency.
package struct Days: Equatable, Sendable {
  /// nil: the last twelve months.
  package var period: Period?
  /// As things stood at the end of this day; nil: of the period's last day, or of today where that is yet to come.
  package var asOf: PlanDate?
  /// ISO 4217; nil: the one that most accounts are kept in.
  package var currency: String?

  package init(period: Period? = nil, asOf: PlanDate? = nil, currency: String? = nil) {
    self.period = period
    self.asOf = asOf
    self.currency = currency
  }

  /// What stands at this moment.
  package static let today = Days()
}

/// The same as a person types it.
package struct DayTexts: Equatable, Sendable {
  package var period: String?
  package var from: String?
  package var to: String?
  package var asOf: String?
  package var currency: String?

  package init(
    period: String? = nil, from: String? = nil, to: String? = nil, asOf: String? = nil,
    currency: String? = nil
  ) {
    self.period = period
    self.from = from
    self.to = to
    self.asOf = asOf
    self.currency = currency
  }
}

extension Workbench {
  package var today: PlanDate { moments.day(after: 0) }

  /// - Throws: ``Failure`` with the field that cannot be read.
  package func days(_ typed: DayTexts) throws -> Days {
    Days(
      period: try period(typed), asOf: try typed.asOf.map { try day($0, option: "as-of") },
      currency: try typed.currency.map(currency))
  }

  /// The period and the moment that figures of these days are about.
  ///
  /// - Throws: ``Failure`` for a day that is yet to come: nobody knows what stood then.
  package func resolved(_ days: Days) throws -> (Period, CutOff) {
    let today = today
    let period = days.period ?? .year(to: today)
    let day = days.asOf ?? min(period.to, today)
    guard day <= today else {
      throw Failure.usage("\(field: "as-of"): \(day.spoken) is yet to come; today is \(today.spoken).")
    }
    return (period, CutOff(endOf: day, now: day == today ? now : nil))
  }

  private func period(_ typed: DayTexts) throws -> Period? {
    if let text = typed.period {
      guard typed.from == nil, typed.to == nil else {
        throw Failure.usage("\(field: "period"): give that, or \(field: "from") and \(field: "to").")
      }
      return try period(text)
    }
    guard typed.from != nil || typed.to != nil else { return nil }
    let last = try typed.to.map { try day($0, option: "to") } ?? today
    let first = try typed.from.map { try day($0, option: "from") } ?? Period.year(to: last).from
    guard let period = Period(first, last) else { throw endsBeforeItBegins(first, last, field: "to") }
    return period
  }

  /// "2026", "2026Q3", "2026-09", "FROM..TO".
  package func period(_ text: String) throws -> Period {
    let ends = text.components(separatedBy: "..")
    let iso = ends.map { writtenDay($0)?.description ?? $0 }.joined(separator: "..")
    if let period = Period(iso) { return period }
    if ends.count == 2, let from = writtenDay(ends[0]), let to = writtenDay(ends[1]), to < from {
      throw endsBeforeItBegins(from, to, field: "period")
    }
    throw Failure.usage(
      "\(field: "period"): “\(text)” is no period; write it as 2026, 2026Q3, 2026-09 or 2026-01-01..2026-06-30."
    )
  }

  private func endsBeforeItBegins(_ first: PlanDate, _ last: PlanDate, field: String) -> Failure {
    .usage(
      fieldSentence(.endsBeforeItBegins(reader.said(first.spoken), reader.said(last.spoken)), of: field))
  }

  private func currency(_ text: String) throws -> String {
    guard isCurrency(text.uppercased()) else {
      throw Failure.usage(fieldSentence(.notACurrency(text), of: "currency"))
    }
    return text.uppercased()
  }
}
