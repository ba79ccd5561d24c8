import Foundation
import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// Which days figures are about, and in which currency.
struct DayOptions: ParameterGroup {
  @Takes("--period PERIOD", "2026, 2026Q3, 2026-09, or FROM..TO; the last twelve months otherwise.")
  var period: String?
  @Takes("--from DAY", "The first day, instead of --period.") var from: String?
  @Takes("--to DAY", "The last day, instead of --period.") var to: String?
  @Takes("--as-of DAY", "As things stood at the end of this day; the period's end otherwise.") var asOf:
    String?
  @Takes(
    "--currency CURRENCY", "Count in this currency; others are converted by the rates of `kam exchange-rate`."
  ) var currency: String?

  func currencyCode() throws -> String? {
    guard let currency else { return nil }
    guard isCurrency(currency.uppercased()) else {
      throw Failure.usage(fieldSentence(.notACurrency(currency), of: "currency"))
    }
    return currency.uppercased()
  }

  func resolved(_ workspace: Workspace) throws -> (Period, CutOff) {
    let today = workspace.moments.day(after: 0)
    let period = try period(workspace, today: today)
    let day = try asOf.map { try workspace.day($0, option: "as-of") } ?? min(period.to, today)
    guard day <= today else {
      throw Failure.usage("--as-of: \(day.spoken) is yet to come; today is \(today.spoken).")
    }
    return (period, CutOff(endOf: day, now: day == today ? workspace.shell.now : nil))
  }

  private func period(_ workspace: Workspace, today: PlanDate) throws -> Period {
    if let text = self.period {
      guard from == nil, to == nil else { throw Failure.usage("--period: give that, or --from and --to.") }
      return try Self.period(text)
    }
    guard from != nil || to != nil else { return Period.year(to: today) }
    let last = try to.map { try workspace.day($0, option: "to") } ?? today
    let first = try from.map { try workspace.day($0, option: "from") } ?? Period.year(to: last).from
    guard let period = Period(first, last) else {
      throw Failure.usage(fieldSentence(.endsBeforeItBegins(said(first.spoken), said(last.spoken)), of: "to"))
    }
    return period
  }

  static func period(_ text: String) throws -> Period {
    let ends = text.components(separatedBy: "..")
    let iso = ends.map { writtenDay($0)?.description ?? $0 }.joined(separator: "..")
    if let period = Period(iso) { return period }
    if ends.count == 2, let from = writtenDay(ends[0]), let to = writtenDay(ends[1]), to < from {
      throw Failure.usage(
        fieldSentence(.endsBeforeItBegins(said(from.spoken), said(to.spoken)), of: "period"))
    }
    throw Failure.usage(
      "--period: “\(text)” is no period; write it as 2026, 2026Q3, 2026-09 or 2026-01-01..2026-06-30.")
  }
}

/// What every command that shows figures takes.
struct FigureOptions: ParameterGroup {
  let days = DayOptions()
  @Takes("--explain", "Say how each figure is made: formula, records used, records left out and why.")
  var explain = false
  let json = JSONOutput()
}
