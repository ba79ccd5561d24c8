import PlanModel
import Testing
import Wording

@testable import Indicators

@Suite("At the edges of days, knowledge and numbers")
struct BoundaryTests {
  @Test("what happens in the last evening of a period in New York counts in that period, and in no other")
  func eveningInNewYork() {
    // 21:00 on September 30th there is 01:00 on October 1st by UTC.
    let opened = moment("2026-10-01 01:00")
    let problem = Request(
      id: id(1), recordedAt: opened, openedAt: opened, day: day("2026-09-30"), type: "complaint",
      isProblem: true,
      events: [Request.Event("resolved", at: moment("2026-10-01 02:00"), day: day("2026-09-30"))])
    let third = problemResolutionRate([problem], in: period("2026Q3"), at: endOf("2026-09-30"))
    #expect(third.n == 1 && third.value == .share(ratio(1)))
    #expect(problemResolutionRate([problem], in: period("2026Q4"), at: yearEnd).n == 0)
    let heard = Answer(
      id: id(2), recordedAt: opened, at: opened, day: day("2026-09-30"), measure: .nps, scaleMax: 10, score: 9
    )
    #expect(netPromoterScore([heard], in: period("2026Q3"), at: endOf("2026-09-30")).n == 1)
  }

  @Test("while a day runs, what has happened counts, whatever day it is where it happened")
  func running() {
    let now = moment("2026-03-02 20:00")
    let tomorrowThere = Request(
      id: id(1), recordedAt: now, openedAt: now - 1, day: day("2026-03-03"), type: "technical")
    let cutOff = CutOff(endOf: day("2026-03-02"), now: now)
    #expect(openRequests([tomorrowThere], at: cutOff, levels: ServiceLevels([])).count == 1)
  }

  @Test("direct cost is that of the sales whose cost is known; the others are told apart")
  func partlyKnown() throws {
    let seller = account(1) {
      $0.sales = [sale(1, "2026-01-10", "1000 EUR"), sale(2, "2026-01-11", "500 EUR", cost: "300 EUR")]
    }
    let value = try #require(historicValue(seller, at: yearEnd, by: inEuros).value)
    #expect(value.directCost == money("300 EUR") && value.revenueWithoutCost == money("1000 EUR"))
    #expect(value.margin == money("200 EUR") && value.revenue == money("1500 EUR"))
  }

  @Test("where no cost is known nothing is said of what stays, rather than that nothing stays")
  func unknownCost() {
    let seller = account(1) { $0.sales = [sale(1, "2026-01-10", "1000 EUR", product: 5)] }
    #expect(historicValue(seller, at: yearEnd, by: inEuros).figure.value == nil)
    let context = FigureContext([seller], Directory(), in: year, at: yearEnd, by: inEuros)
    #expect(context.salesSeries([period("2026Q1")]).margins == [nil])
    #expect(context.salesSeries([period("2026Q1")]).revenues == [money("1000 EUR")])
    let rows = profits([seller], by: .product, Directory(), in: year, at: yearEnd, by: inEuros).rows
    #expect(rows.map(\.margin) == [nil])
  }

  @Test("a cost in a currency without a rate makes a margin unknown, not the sale unmentioned")
  func foreignCost() {
    let seller = account(1) { $0.sales = [sale(1, "2026-01-10", "1000 EUR", cost: "300 USD")] }
    let figure = margin(seller.sales, in: year, at: yearEnd, by: inEuros)
    #expect(figure.value == nil && figure.absence?.description.contains("USD") == true)
    #expect(revenue(seller.sales, in: year, at: yearEnd, by: inEuros).value == .money(money("1000 EUR")))
    let context = FigureContext([seller], Directory(), in: year, at: yearEnd, by: inEuros)
    #expect(context.salesSeries([period("2026Q1")]).margins == [nil])
  }

  @Test("a quarter is measured by its own target, a year by the year's, and neither twice")
  func ownTarget() {
    let seller = account(1) {
      $0.sales = [
        sale(1, "2026-08-10", "120 EUR", cost: "1 EUR"), sale(2, "2026-02-10", "50 EUR", cost: "1 EUR"),
      ]
      $0.revenueTargets = [
        target(1, "2026", revenue: "400 EUR"), target(2, "2026Q3", revenue: "100 EUR"),
        target(3, "2026Q3", revenue: "10 EUR", product: 9),
      ]
    }
    let quarter = attainment([seller], in: period("2026Q3"), at: endOf("2026-09-30"), by: inEuros)
    #expect(quarter.value == .share(ratio(120, 100)) && quarter.used == [id(2)])
    let whole = attainment([seller], in: year, at: yearEnd, by: inEuros)
    #expect(whole.value == .share(ratio(170, 400)) && whole.used == [id(1)])
  }

  @Test("an answer that was written down late makes its request late")
  func lateAnswer() {
    let opened = moment("2026-09-10")
    let problem = Request(
      id: id(1), recordedAt: opened, openedAt: opened, day: day("2026-09-10"), type: "complaint",
      isProblem: true,
      events: [
        Request.Event(
          "resolved", at: moment("2026-09-11"), day: day("2026-09-11"), recordedAt: moment("2026-11-01"))
      ])
    #expect(problemResolutionRate([problem], in: period("2026Q3"), at: endOf("2026-09-30")).late == 1)
  }

  @Test("of two rates for one day the one that was written later counts")
  func twoRates() {
    var rates = ExchangeRates()
    rates.add("USD", into: "EUR", rate: "0.9", since: day("2026-01-01"), writtenAt: 2)
    rates.add("USD", into: "EUR", rate: "0.5", since: day("2026-01-01"), writtenAt: 1)
    let valuation = Valuation("EUR", rates: rates)
    #expect(
      valuation.exact(money("1 USD"), on: day("2026-01-02")).flatMap(valuation.money) == money("0.90 EUR"))
  }

  @Test("a number may be written in several ways, and is read by what it says")
  func overlongNumbers() {
    #expect(number(field: [0x20, 0x02]) == 2)
    #expect(number(field: [0x20, 0x82, 0x00]) == 2)
    #expect(number(field: [0x20, 0x82, 0x02]) == 258)
    #expect(number(field: [0x22, 0x01, 0x02]) == nil && number(field: []) == nil)
  }

  @Test("the greatest amounts that money can say are counted without a trap")
  func extremes() {
    let seller = account(1) {
      $0.sales = (0..<40).map { place in
        Sale(
          id: id(place + 1), recordedAt: 0, day: day("2026-01-10"),
          revenue: Money(currency: "EUR", minor: place.isMultiple(of: 2) ? .max : .min),
          cost: Money(currency: "EUR", minor: place.isMultiple(of: 3) ? .min : .max), product: id(place % 3))
      }
    }
    let context = FigureContext([seller], Directory(), in: year, at: yearEnd, by: inEuros)
    for indicator in Indicator.allCases { _ = context.figure(indicator) }
    _ = context.salesSeries(Period.quarters(8, to: day("2026-12-31")))
    _ = profits([seller], by: .family, Directory(), in: year, at: yearEnd, by: inEuros)
    _ = health(seller, in: year, at: yearEnd, by: inEuros, Directory())
    _ = loyalty(seller, at: yearEnd)
    #expect(historicValue(seller, at: yearEnd, by: inEuros).figure.n == 40)
  }

  @Test("a target may ask for revenue, for margin, or for both; each is measured by itself")
  func marginTarget() {
    let seller = account(1) {
      $0.sales = [sale(1, "2026-02-10", "100 EUR", cost: "60 EUR")]
      $0.revenueTargets = [
        target(1, "2026", revenue: "200 EUR", margin: "50 EUR"), target(2, "2026Q1", revenue: "90 EUR"),
      ]
    }
    let found = marginAttainments(seller, in: year, at: yearEnd, by: inEuros)
    #expect(found.map(\.share) == [ratio(40, 50)] && found.map(\.target) == [id(1)])
    #expect(
      revenueAttainments(seller, in: year, at: yearEnd, by: inEuros).map(\.share) == [
        ratio(100, 90), ratio(1, 2),
      ])
  }
}
