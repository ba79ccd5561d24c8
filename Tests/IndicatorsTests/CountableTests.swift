import PlanModel
import Testing

@testable import Indicators

@Suite("What cannot be counted")
struct CountableTests {
  private func facts() -> Facts {
    var facts = Facts()
    facts.accounts = [
      account(1) {
        $0.sales = [
          sale(11, "2026-02-01", "100 EUR", cost: "40 EUR"), sale(12, "2026-02-02", "70 EUR", cost: "9 USD"),
        ]
        $0.revenueTargets = [target(13, "2026", revenue: "200 EUR")]
      },
      account(2) {
        $0.sales = [sale(21, "2026-03-01", "5 ZMW"), sale(22, "2026-03-02", "7 ZMW")]
        $0.costs = [cost(23, "2026-03-03", .retention, "1 USD")]
        $0.revenueTargets = [target(24, "2026", revenue: "9 ZMW")]
        $0.profitabilityTargets = [
          ProfitabilityTarget(
            id: id(25), recordedAt: 0, period: year, marginRate: nil, margin: money("1 USD"))
        ]
      },
    ]
    return facts
  }

  private func figure(_ indicator: Indicator, _ facts: Facts) -> Figure {
    FigureContext(facts.accounts, facts.directory, in: year, at: yearEnd, by: inEuros).figure(indicator)
  }

  @Test("in one currency is left out of a portfolio, which keeps its figures, and is named")
  func leftOut() {
    #expect(figure(.revenue, facts()).value == nil)
    let (counted, leftOut) = facts().countable(by: inEuros, through: day("2026-12-31"))
    #expect(figure(.revenue, counted).value == .money(money("170 EUR")))
    #expect(figure(.margin, counted).value == .money(money("60 EUR")))
    #expect(figure(.attainment, counted).value == .share(ratio(170, 200)))
    #expect(leftOut.map(\.reason) == [.noRate("USD"), .noRate("ZMW")])
    #expect(leftOut.map(\.records) == [[id(12), id(23), id(25)], [id(21), id(22), id(24)]])
  }

  @Test("once there is a rate it counts, from its day on")
  func rated() {
    var rates = ExchangeRates()
    rates.add("ZMW", into: "EUR", rate: "0.5", since: day("2026-03-02"))
    let (counted, leftOut) = facts().countable(
      by: Valuation("EUR", rates: rates), through: day("2026-12-31"))
    #expect(counted.accounts[1].sales.map(\.id) == [id(22)])
    #expect(leftOut.map(\.records) == [[id(12), id(23), id(25)], [id(21)]])
  }

  @Test("nothing is left out where all of it is in one currency")
  func nothing() {
    var only = facts()
    only.accounts.removeLast()
    only.accounts[0].sales.removeLast()
    #expect(only.countable(by: inEuros, through: day("2026-12-31")).leftOut.isEmpty)
  }
}
