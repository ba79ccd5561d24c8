import Views
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

  func read(by workbench: Workbench) throws -> Days {
    try workbench.days(DayTexts(period: period, from: from, to: to, asOf: asOf, currency: currency))
  }
}

/// What every command that shows figures takes.
struct FigureOptions: ParameterGroup {
  let days = DayOptions()
  @Takes("--explain", "Say how each figure is made: formula, records used, records left out and why.")
  var explain = false
  let json = JSONOutput()

  func order(by workbench: Workbench) throws -> FigureOrder {
    FigureOrder(try days.read(by: workbench), explains: explain)
  }
}
