import PlanModel
import Testing
import Wording

@testable import Indicators

/// What one unit was worth in euros since the beginning of 2020.
private func euros(_ rates: [String: String]) -> Valuation {
  var all = ExchangeRates()
  for (currency, rate) in rates { all.add(currency, into: "EUR", rate: rate, since: day("2020-01-01")) }
  return Valuation("EUR", rates: all)
}

/// The customer of the worked example: two sales, a credit note, and what it took to win and to keep them.
private let customer = account(1) { account in
  account.profile.firstContact = day("2023-12-01")
  account.sales = [
    sale(10, "2024-07-01", "8000 EUR", cost: "5000 EUR"),
    sale(11, "2024-01-15", "12000 EUR", cost: "8400 EUR"),
    sale(12, "2025-02-10", "-1000 EUR", cost: "-700 EUR", creditNote: true),
  ]
  account.costs = [
    cost(20, "2023-12-20", .acquisition, "1500 EUR"), cost(21, "2024-09-01", .retention, "600 EUR"),
    cost(22, "2025-03-01", .retention, "450 EUR"),
  ]
}

@Suite("A customer's value so far")
struct HistoricValueTests {
  @Test("is the margin of all sales, less what winning and keeping them has cost")
  func workedExample() throws {
    let (figure, found) = historicValue(customer, at: endOf("2025-06-30"), by: inEuros)
    let value = try #require(found)
    #expect(figure.indicator == .lifetimeValue && figure.value == .money(money("3750 EUR")))
    #expect(value.revenue == money("19000 EUR") && value.margin == money("6300 EUR"))
    #expect(value.marginRate == ratio(63, 190) && value.marginRate?.decimal(times: 100, places: 2) == "33.16")
    #expect(value.acquisition == money("1500 EUR") && value.retention == money("1050 EUR"))
    #expect(value.value == money("3750 EUR"))
    #expect(value.firstSale == day("2024-01-15") && value.days == 532 && value.daysSinceContact == 577)
    #expect(Set(figure.used) == Set([10, 11, 12, 20, 21, 22].map { id($0) }))
  }

  @Test("is the same whether credit notes are written with their sign or without")
  func signs() {
    var other = customer
    other.sales[2] = sale(12, "2025-02-10", "1000 EUR", cost: "700 EUR", creditNote: true)
    #expect(
      historicValue(other, at: endOf("2025-06-30"), by: inEuros).figure.value == .money(money("3750 EUR")))
  }

  @Test("is as it was at the cut-off")
  func asOf() {
    // 3,600 and 3,000 of margin; 1,500 and 600 of cost.
    #expect(
      historicValue(customer, at: endOf("2024-12-31"), by: inEuros).figure.value == .money(money("4500 EUR")))
  }

  @Test("does not take off the cost of serving")
  func serviceCost() {
    var other = customer
    other.costs.append(cost(23, "2025-01-01", .service, "999 EUR"))
    let figure = historicValue(other, at: endOf("2025-06-30"), by: inEuros).figure
    #expect(figure.value == .money(money("3750 EUR")) && figure.left(.serviceCost) == [id(23)])
  }

  @Test("is negative where sales cost more than they bring")
  func negative() throws {
    let account = account(1) { $0.sales = [sale(10, "2026-02-01", "100 EUR", cost: "150 EUR")] }
    let (figure, value) = historicValue(account, at: yearEnd, by: inEuros)
    #expect(figure.value == .money(money("-50 EUR")) && value?.marginRate == ratio(-1, 2))
  }

  @Test("counts its days from the first sale, not from a credit note before it")
  func creditNoteFirst() {
    let account = account(1) {
      $0.sales = [
        sale(10, "2026-01-05", "20 EUR", cost: "0 EUR", creditNote: true),
        sale(11, "2026-02-01", "100 EUR", cost: "60 EUR"),
      ]
    }
    let value = historicValue(account, at: endOf("2026-03-03"), by: inEuros).value
    #expect(value?.firstSale == day("2026-02-01") && value?.days == 30)
    #expect(relationLength(account.sales, at: endOf("2026-03-03")).value == .days(30))
  }

  @Test("of who never bought anything is not available")
  func nothing() {
    #expect(historicValue(account(1), at: yearEnd, by: inEuros).figure.isAbsent)
    #expect(relationLength([], at: yearEnd).isAbsent)
    let creditNote = [sale(10, "2026-01-05", "20 EUR", creditNote: true)]
    #expect(relationLength(creditNote, at: yearEnd).isAbsent)
    #expect(relationLength([sale(10, "2027-01-05", "20 EUR")], at: yearEnd).isAbsent)
  }

  @Test("mixes no currencies without a rate")
  func currencies() {
    var other = customer
    other.sales.append(sale(13, "2025-01-01", "10 USD", cost: "5 USD"))
    let refused = historicValue(other, at: endOf("2025-06-30"), by: inEuros)
    #expect(refused.figure.isAbsent && refused.value == nil)
    let rated = historicValue(other, at: endOf("2025-06-30"), by: euros(["USD": "0.9"]))
    #expect(rated.figure.value == .money(money("3754.50 EUR")))
    var costly = customer
    costly.costs.append(cost(24, "2025-01-01", .acquisition, "10 GBP"))
    #expect(historicValue(costly, at: endOf("2025-06-30"), by: inEuros).figure.isAbsent)
  }
}

@Suite("Revenue and margin")
struct RevenueTests {
  @Test("are of the sales of the period up to the cut-off, credit notes taken off")
  func sums() {
    let sales = [
      sale(1, "2026-01-01", "100 EUR", cost: "60 EUR"), sale(2, "2026-06-30", "50 EUR", cost: "40 EUR"),
      sale(3, "2026-03-01", "30 EUR", cost: "20 EUR", creditNote: true),
      sale(4, "2025-12-31", "1000 EUR", cost: "1 EUR"), sale(5, "2026-07-01", "1000 EUR", cost: "1 EUR"),
    ]
    let cutOff = endOf("2026-06-30")
    let revenue = revenue(sales, in: year, at: cutOff, by: inEuros)
    #expect(revenue.indicator == .revenue && revenue.value == .money(money("120 EUR")) && revenue.n == 3)
    #expect(revenue.left(.outsidePeriod) == [id(4)] && revenue.left(.afterCutOff) == [id(5)])
    #expect(margin(sales, in: year, at: cutOff, by: inEuros).value == .money(money("40 EUR")))
    let rate = marginRate(sales, in: year, at: cutOff, by: inEuros)
    #expect(rate.indicator == .marginRate && rate.value == .share(ratio(1, 3)))
  }

  @Test("of a sale without its cost is revenue, and neither margin nor part of the rate")
  func withoutCost() {
    let sales = [sale(1, "2026-01-01", "100 EUR", cost: "60 EUR"), sale(2, "2026-01-02", "50 EUR")]
    #expect(revenue(sales, in: year, at: yearEnd, by: inEuros).value == .money(money("150 EUR")))
    let margin = margin(sales, in: year, at: yearEnd, by: inEuros)
    #expect(
      margin.value == .money(money("40 EUR")) && margin.used == [id(1)] && margin.left(.noCost) == [id(2)])
    #expect(marginRate(sales, in: year, at: yearEnd, by: inEuros).value == .share(ratio(2, 5)))
    let account = account(1) { $0.sales = sales }
    let value = historicValue(account, at: yearEnd, by: inEuros).value
    #expect(value?.margin == money("40 EUR") && value?.marginRate == ratio(2, 5))
    #expect(value?.revenue == money("150 EUR"))
  }

  @Test("of sales that all lack their cost are revenue only")
  func noCosts() {
    let sales = [sale(1, "2026-01-01", "100 EUR")]
    #expect(margin(sales, in: year, at: yearEnd, by: inEuros).isAbsent)
    #expect(marginRate(sales, in: year, at: yearEnd, by: inEuros).isAbsent)
    #expect(revenue(sales, in: year, at: yearEnd, by: inEuros).value == .money(money("100 EUR")))
  }

  @Test("rate of no revenue is not available, and never 0 %")
  func noRevenue() {
    let sales = [
      sale(1, "2026-01-01", "100 EUR", cost: "60 EUR"),
      sale(2, "2026-01-02", "100 EUR", cost: "70 EUR", creditNote: true),
    ]
    #expect(revenue(sales, in: year, at: yearEnd, by: inEuros).value == .money(money("0 EUR")))
    #expect(margin(sales, in: year, at: yearEnd, by: inEuros).value == .money(money("10 EUR")))
    #expect(marginRate(sales, in: year, at: yearEnd, by: inEuros).isAbsent)
    #expect(revenue([], in: year, at: yearEnd, by: inEuros).isAbsent)
  }

  @Test("in several currencies are refused: less than all were a wrong figure")
  func mixed() {
    let sales = [
      sale(1, "2026-01-01", "100 EUR", cost: "60 EUR"), sale(2, "2026-01-02", "50 USD", cost: "1 USD"),
    ]
    for figure in [
      revenue(sales, in: year, at: yearEnd, by: inEuros), margin(sales, in: year, at: yearEnd, by: inEuros),
      marginRate(sales, in: year, at: yearEnd, by: inEuros),
    ] {
      #expect(figure.isAbsent)
      #expect(figure.absence?.description.contains("USD") == true)
      #expect(figure.left(.noRate("USD")) == [id(2)])
    }
    // What does not count anyway asks for no rate.
    #expect(
      revenue(sales, in: period("2026-01-01..2026-01-01"), at: yearEnd, by: inEuros).value
        == .money(money("100 EUR")))
  }

  @Test("whose cost is in a currency without a rate have no margin")
  func mixedCost() {
    let sales = [sale(1, "2026-01-01", "100 EUR", cost: "60 USD")]
    #expect(margin(sales, in: year, at: yearEnd, by: inEuros).isAbsent)
    #expect(
      margin(sales, in: year, at: yearEnd, by: euros(["USD": "0.5"])).value == .money(money("70 EUR")))
  }

  @Test("are converted exactly and rounded once")
  func roundedOnce() {
    // Half a cent each: three are 1.5 cents, to the even 2; rounded one by one they were nothing.
    let sales = (1...3).map { sale($0, "2026-01-01", "0.01 USD", cost: "0 USD") }
    let half = euros(["USD": "0.5"])
    #expect(revenue(sales, in: year, at: yearEnd, by: half).value == .money(money("0.02 EUR")))
    #expect(margin(sales, in: year, at: yearEnd, by: half).value == .money(money("0.02 EUR")))
    // 1 − 0.5 cents of margin each, were the cost rounded by itself.
    let costly = (1...3).map { sale($0, "2026-01-01", "0.02 USD", cost: "0.01 USD") }
    #expect(margin(costly, in: year, at: yearEnd, by: half).value == .money(money("0.02 EUR")))
  }

  @Test("take the rate of each sale's own day")
  func rateOfTheDay() {
    var rates = ExchangeRates()
    rates.add("USD", into: "EUR", rate: "0.9", since: day("2026-01-01"))
    rates.add("USD", into: "EUR", rate: "0.8", since: day("2026-02-01"))
    let sales = [sale(1, "2026-01-31", "100 USD"), sale(2, "2026-02-01", "100 USD")]
    #expect(
      revenue(sales, in: year, at: yearEnd, by: Valuation("EUR", rates: rates)).value
        == .money(money("170 EUR")))
  }

  @Test("say how many of their sales came in after the cut-off, and count them")
  func late() {
    let sales = [
      sale(1, "2026-06-30", "100 EUR"), sale(2, "2026-06-30", "50 EUR", recorded: "2026-07-01"),
      sale(3, "2026-06-30", "7 EUR", recorded: "2026-06-30 23:59"),
    ]
    let figure = revenue(sales, in: year, at: endOf("2026-06-30"), by: inEuros)
    #expect(figure.value == .money(money("157 EUR")) && figure.late == 1)
  }

  @Test("of amounts beyond what money can say are not available, and stop nothing")
  func absurd() {
    let most = Money(currency: "EUR", minor: .max)
    let sales = (1...3).map {
      Sale(
        id: id($0), recordedAt: 0, day: day("2026-01-01"), revenue: most,
        cost: Money(currency: "EUR", minor: .min))
    }
    #expect(revenue(sales, in: year, at: yearEnd, by: inEuros).value == nil)
    #expect(margin(sales, in: year, at: yearEnd, by: inEuros).value == nil)
    _ = marginRate(sales, in: year, at: yearEnd, by: inEuros)
    let account = account(1) { account in
      account.sales = sales
      account.costs = [
        Cost(id: id(20), recordedAt: 0, day: day("2026-01-01"), purpose: .retention, amount: most)
      ]
      account.profile.purchasingPower = most
      account.potentials = [
        Potential(id: id(30), recordedAt: 0, product: id(700), state: "open", amount: most, competitor: nil)
      ]
      account.revenueTargets = [
        RevenueTarget(id: id(31), recordedAt: 0, period: year, product: nil, revenue: most, margin: most)
      ]
      account.profitabilityTargets = [
        ProfitabilityTarget(id: id(32), recordedAt: 0, period: year, marginRate: 10_000, margin: nil)
      ]
    }
    for currency in ["EUR", "JPY", "CLF"] {
      let valuation = Valuation(currency, rates: euros([:]).rates)
      _ = historicValue(account, at: yearEnd, by: valuation)
      _ = shareOfWallet(account, at: yearEnd, by: valuation)
      _ = whitespace(account, at: yearEnd, by: valuation)
      _ = attainment([account], in: year, at: yearEnd, by: valuation)
      _ = profitability([account], in: year, at: yearEnd, by: valuation)
      _ = profits([account], by: .type, Directory(), in: year, at: yearEnd, by: valuation)
      _ = health(account, in: year, at: yearEnd, by: valuation, Directory())
      _ = buying(account, at: yearEnd, by: valuation)
    }
  }
}

@Suite("The retention model")
struct RetentionModelTests {
  @Test(
    "is m·r/(1 + i − r) at the end of a period, and one margin more at its beginning",
    arguments: [
      (0.788, 67.263_964, 86.213_964), (0.70, 42.790_323, 61.740_323), (0.95, 300.041_667, 318.991_667),
    ])
  func vectors(retention: Double, atEnd: Double, atStart: Double) throws {
    let end = try retentionValue(margin: 18.95, retention: retention, discount: 0.01, timing: .endOfPeriod)
    let start = try retentionValue(
      margin: 18.95, retention: retention, discount: 0.01, timing: .startOfPeriod)
    #expect(abs(end - atEnd) < 0.000_001 && abs(start - atStart) < 0.000_001)
    #expect(agree(start - end, 18.95, relative: 1e-12))
  }

  @Test("of who never stays is one margin at the beginning, and nothing at the end")
  func never() throws {
    #expect(try retentionValue(margin: 10, retention: 0, discount: 0.1, timing: .endOfPeriod) == 0)
    let start = try retentionValue(margin: 10, retention: 0, discount: 0.1, timing: .startOfPeriod)
    #expect(agree(start, 10, relative: 1e-12))
  }

  @Test("of who always stays is a perpetual annuity, and a loss stays a loss")
  func always() throws {
    let value = try retentionValue(margin: 10, retention: 1, discount: 0.1, timing: .endOfPeriod)
    #expect(agree(value, 100, relative: 1e-12))
    let loss = try retentionValue(margin: -10, retention: 1, discount: 0.1, timing: .endOfPeriod)
    #expect(agree(loss, -100, relative: 1e-12))
  }

  @Test(
    "has no answer where they stay at least as often as money grows",
    arguments: [(1.0, 0.0), (0.5, -0.5), (0.9, -0.2)])
  func tooHigh(retention: Double, discount: Double) {
    for timing in [MarginTiming.endOfPeriod, .startOfPeriod] {
      #expect(throws: RetentionModelError.retentionTooHigh) {
        try retentionValue(margin: 10, retention: retention, discount: discount, timing: timing)
      }
    }
  }

  @Test(
    "refuses what is no share and no rate",
    arguments: [
      (1.01, 0.01), (-0.1, 0.1), (1.2, 0.5), (.nan, 0.1), (0.5, .nan), (.infinity, 0.1), (-.infinity, 0.1),
      (0.5, -1), (0.5, -2), (0.5, -.infinity),
    ] as [(Double, Double)])
  func hostile(retention: Double, discount: Double) {
    #expect(throws: RetentionModelError.self) {
      try retentionValue(margin: 10, retention: retention, discount: discount, timing: .endOfPeriod)
    }
  }
}

@Suite("Retention and room to grow")
struct GrowthTests {
  @Test("the retention rate is the share of last year's buyers who bought again")
  func retention() {
    func bought(_ number: Int, _ days: String..., creditNote: Bool = false) -> AccountFacts {
      account(number) { account in
        account.sales = days.enumerated().map { place, on in
          sale(number * 10 + place, on, "10 EUR", creditNote: creditNote && place > 0)
        }
      }
    }
    let figure = retentionRate(
      [
        bought(1, "2025-05-01", "2026-05-01"), bought(2, "2025-12-31"), bought(3, "2026-05-01"),
        bought(4, "2025-01-01", "2026-05-01", creditNote: true), bought(5, "2024-12-31", "2026-05-01"),
        bought(6, "2025-05-01", "2027-01-01"), account(7),
      ], at: yearEnd)
    #expect(figure.indicator == .retention && figure.value == .share(ratio(1, 4)) && figure.n == 4)
    #expect(retentionRate([], at: yearEnd).isAbsent)
    #expect(retentionRate([bought(3, "2026-05-01")], at: yearEnd).isAbsent)
  }

  @Test("the share of wallet is the last twelve months' revenue of what they could spend in a year")
  func wallet() {
    let account = account(1) { account in
      account.profile.purchasingPower = money("100000 EUR")
      account.sales = [
        sale(10, "2026-06-30", "15000 EUR"), sale(11, "2025-07-01", "10000 EUR"),
        sale(12, "2025-06-30", "999 EUR"),
      ]
    }
    let figure = shareOfWallet(account, at: endOf("2026-06-30"), by: inEuros)
    #expect(figure.indicator == .walletShare && figure.value == .share(ratio(1, 4)))
  }

  @Test("the share of wallet is not available where their purse is not known, empty, or in another currency")
  func walletUnknown() {
    for purse in [nil, "0 EUR", "1000 USD"] {
      let account = account(1) { account in
        account.profile.purchasingPower = purse.map { money($0) }
        account.sales = [sale(10, "2026-06-30", "15000 EUR")]
      }
      #expect(shareOfWallet(account, at: yearEnd, by: inEuros).isAbsent, "\(purse ?? "")")
    }
    let account = account(1) { account in
      account.profile.purchasingPower = money("1000 USD")
      account.sales = [sale(10, "2026-06-30", "200 EUR")]
    }
    let figure = shareOfWallet(account, at: yearEnd, by: euros(["USD": "0.8"]))
    #expect(figure.value == .share(ratio(1, 4)))
  }

  @Test("the room to grow is what they could buy less what they bought, product by product")
  func room() {
    let account = account(1) { account in
      account.potentials = [
        potential(1, 700, "100 EUR"), potential(2, 701, "50 EUR"), potential(3, 702, nil),
        potential(4, 703, "60 EUR"), potential(5, 703, "40 EUR"),
      ]
      account.sales = [
        sale(10, "2026-03-01", "30 EUR", product: 700), sale(11, "2026-03-01", "80 EUR", product: 701),
        sale(12, "2026-03-01", "500 EUR"), sale(13, "2025-12-31", "500 EUR", product: 700),
        sale(14, "2026-03-01", "70 EUR", product: 703),
      ]
    }
    // 100 − 30; 50 − 80 is no room, and takes none from others; two parts of them could buy 100 of the last.
    let figure = whitespace(account, at: yearEnd, by: inEuros)
    #expect(figure.indicator == .whitespace && figure.value == .money(money("100 EUR")))
    #expect(figure.left(.notStated) == [id(3)])
  }

  @Test("the room to grow is not available where nobody said what they could buy")
  func noRoom() {
    #expect(whitespace(account(1), at: yearEnd, by: inEuros).isAbsent)
    #expect(
      whitespace(account(1) { $0.potentials = [potential(1, 700, nil)] }, at: yearEnd, by: inEuros).isAbsent)
    #expect(
      whitespace(account(1) { $0.potentials = [potential(1, 700, "5 USD")] }, at: yearEnd, by: inEuros)
        .isAbsent)
    let foreign = account(1) { account in
      account.potentials = [potential(1, 700, "100 EUR")]
      account.sales = [sale(10, "2026-03-01", "50 USD", product: 700)]
    }
    #expect(whitespace(foreign, at: yearEnd, by: inEuros).isAbsent, "what they bought cannot be told")
  }
}

@Suite("Targets")
struct AttainmentTests {
  private let cutOff = endOf("2026-06-30")

  private func seller(_ number: Int, _ targets: [RevenueTarget]) -> AccountFacts {
    account(number) { account in
      account.revenueTargets = targets
      account.sales = [
        sale(number * 100, "2026-02-01", "20000 EUR", cost: "15000 EUR", product: 700),
        sale(number * 100 + 1, "2026-05-01", "10000 EUR", cost: "9000 EUR"),
        sale(number * 100 + 2, "2025-05-01", "50000 EUR", cost: "40000 EUR", product: 700),
        sale(number * 100 + 3, "2026-07-01", "90000 EUR", cost: "1000 EUR"),
      ]
    }
  }

  @Test("that run compare what was reached by now with the whole goal, and say how much time has passed")
  func running() throws {
    let all = revenueAttainments(
      seller(1, [target(1, "2026", revenue: "120000 EUR")]), in: year, at: cutOff, by: inEuros)
    #expect(all.count == 1)
    let attainment = try #require(all.first)
    #expect(attainment.target == id(1) && attainment.period == year && attainment.product == nil)
    #expect(attainment.goal == money("120000 EUR") && attainment.actual == money("30000 EUR"))
    #expect(attainment.share == ratio(1, 4))
    #expect(agree(attainment.elapsed, 181.0 / 365, relative: 1e-12))
  }

  @Test("that are closed take the sales of their own period only")
  func closed() throws {
    let all = revenueAttainments(
      seller(1, [target(1, "2025", revenue: "40000 EUR")]), in: nil, at: cutOff, by: inEuros)
    let attainment = try #require(all.first)
    #expect(
      attainment.actual == money("50000 EUR") && attainment.share == ratio(5, 4) && attainment.elapsed == 1)
  }

  @Test("that have not begun count in no figure")
  func future() {
    let account = seller(
      1, [target(1, "2026Q4", revenue: "1000 EUR"), target(2, "2026Q1", revenue: "40000 EUR")])
    let figure = attainment([account], in: year, at: cutOff, by: inEuros)
    #expect(figure.indicator == .attainment && figure.value == .share(ratio(1, 2)))
    #expect(figure.used.contains(id(2)) && !figure.used.contains(id(1)))
    #expect(revenueAttainments(account, in: nil, at: cutOff, by: inEuros).map(\.target) == [id(2)])
  }

  @Test("of one product take the sales of that product, and are parts of the whole")
  func ofProducts() throws {
    let account = seller(
      1, [target(1, "2025", revenue: "40000 EUR"), target(2, "2025", revenue: "25000 EUR", product: 700)])
    let lastYear = period("2025")
    let all = revenueAttainments(account, in: lastYear, at: cutOff, by: inEuros)
    let part = try #require(all.first { $0.target == id(2) })
    #expect(part.product == id(700) && part.actual == money("50000 EUR") && part.share == ratio(2))
    let figure = attainment([account], in: lastYear, at: cutOff, by: inEuros)
    #expect(figure.value == .share(ratio(5, 4)) && figure.left(.partOfAnother) == [id(2)])
    // Of an account without a target for the whole they are all there is, whatever other accounts have.
    let alone = seller(2, [target(3, "2025", revenue: "25000 EUR", product: 700)])
    #expect(attainment([alone], in: lastYear, at: cutOff, by: inEuros).value == .share(ratio(2)))
    let both = attainment([account, alone], in: lastYear, at: cutOff, by: inEuros)
    #expect(both.value == .share(ratio(100_000, 65_000)) && both.left(.partOfAnother) == [id(2)])
  }

  @Test("of several accounts are added up before they are divided")
  func several() {
    let figure = attainment(
      [
        seller(1, [target(1, "2025", revenue: "120000 EUR")]),
        seller(2, [target(2, "2025", revenue: "30000 EUR")]),
        seller(3, []),
      ], in: period("2025"), at: cutOff, by: inEuros)
    #expect(figure.value == .share(ratio(100, 150)) && figure.n == 2)
  }

  @Test("that run are measured by the part that is due by now; their list says it of the whole")
  func runningFigure() {
    let figure = attainment(
      [seller(1, [target(1, "2026", revenue: "120000 EUR")])], in: year, at: cutOff, by: inEuros)
    // 181 of 365 days are over.
    #expect(abs((figure.value?.number ?? 0) - 100 * 30_000 / (120_000 * 181 / 365)) < 1e-9)
  }

  @Test("in a currency without a rate leave no figure: a goal that is not counted makes the rest look better")
  func foreign() {
    let known = seller(1, [target(1, "2025", revenue: "100000 EUR")])
    let foreign = seller(2, [target(2, "2025", revenue: "100000 USD")])
    let figure = attainment([known, foreign], in: period("2025"), at: cutOff, by: inEuros)
    #expect(figure.isAbsent && figure.absence?.description.contains("USD") == true)
    #expect(figure.left(.noRate("USD")) == [id(2)])
    let rated = attainment([known, foreign], in: period("2025"), at: cutOff, by: euros(["USD": "0.5"]))
    #expect(rated.value == .share(ratio(100, 150)))
    var seller = known
    seller.sales.append(sale(900, "2025-03-01", "5 USD"))
    #expect(attainment([seller], in: period("2025"), at: cutOff, by: inEuros).isAbsent)
  }

  @Test("of a margin only ask for no revenue, and say so")
  func marginOnly() {
    let figure = attainment(
      [seller(1, [target(1, "2025", margin: "5 EUR"), target(2, "2025", revenue: "100000 EUR")])],
      in: period("2025"), at: cutOff, by: inEuros)
    #expect(figure.value == .share(ratio(1, 2)) && figure.left(.notStated) == [id(1)])
  }

  @Test("belong to the period that they end in, or at whose end they run")
  func belonging() {
    let account = seller(
      1, [target(1, "2026", revenue: "120000 EUR"), target(2, "2026Q2", revenue: "20000 EUR")])
    func found(_ period: String) -> [RecordID] {
      revenueAttainments(account, in: Indicators.Period(period), at: cutOff, by: inEuros).map(\.target)
        .sorted()
    }
    #expect(found("2026") == [id(1), id(2)])
    #expect(found("2026Q1") == [id(1)])
    #expect(found("2026Q2") == [id(1), id(2)])
    #expect(found("2025") == [] && found("2027") == [])
    // It runs when the first quarter ends, and ends in the second; the third is over without it.
    let spring = seller(2, [target(3, "2026-02-01..2026-05-31", revenue: "1 EUR")])
    #expect(revenueAttainments(spring, in: period("2026Q1"), at: cutOff, by: inEuros).count == 1)
    #expect(revenueAttainments(spring, in: period("2026Q2"), at: cutOff, by: inEuros).count == 1)
    #expect(
      revenueAttainments(spring, in: period("2026-02-10..2026-02-11"), at: cutOff, by: inEuros).count == 1)
    #expect(revenueAttainments(spring, in: period("2026Q3"), at: cutOff, by: inEuros).isEmpty)
  }

  @Test("without a goal, or none at all, are not available")
  func none() {
    #expect(attainment([], in: year, at: cutOff, by: inEuros).isAbsent)
    #expect(attainment([seller(1, [])], in: year, at: cutOff, by: inEuros).isAbsent)
    let zero = seller(1, [target(1, "2026", revenue: "0 EUR")])
    #expect(attainment([zero], in: year, at: cutOff, by: inEuros).isAbsent)
    #expect(revenueAttainments(zero, in: year, at: cutOff, by: inEuros).first?.share == nil)
    let foreign = seller(1, [target(1, "2026", revenue: "5 USD")])
    #expect(attainment([foreign], in: year, at: cutOff, by: inEuros).isAbsent)
  }

  @Test("of the relation's profitability ask for an amount, or for a part of the revenue")
  func profitable() throws {
    let account = account(1) { account in
      account.sales = [sale(10, "2026-02-01", "20000 EUR", cost: "14000 EUR")]
      account.profitabilityTargets = [
        ProfitabilityTarget(
          id: id(1), recordedAt: 0, period: year, marginRate: nil, margin: money("10000 EUR")),
        ProfitabilityTarget(id: id(2), recordedAt: 0, period: year, marginRate: 2_500, margin: nil),
      ]
    }
    let all = profitabilityAttainments(account, in: year, at: cutOff, by: inEuros)
    let amount = try #require(all.first { $0.target == id(1) })
    #expect(
      amount.goal == money("10000 EUR") && amount.actual == money("6000 EUR") && amount.share == ratio(3, 5))
    let rate = try #require(all.first { $0.target == id(2) })
    #expect(rate.goal == money("5000 EUR") && rate.actual == money("6000 EUR") && rate.share == ratio(6, 5))
    let figure = profitability([account], in: year, at: yearEnd, by: inEuros)
    #expect(figure.indicator == .profitability && figure.value == .share(ratio(12_000, 15_000)))
    #expect(profitability([], in: year, at: cutOff, by: inEuros).isAbsent)
  }
}

@Suite("What products and strategies earn")
struct ProfitTests {
  private let directory: Directory = {
    var directory = Directory()
    for (number, name, family, type) in [
      (700, "Pump", "Water", "product"), (701, "Valve", "Water", "product"), (702, "Upkeep", nil, "service"),
    ] as [(Int, String, String?, String?)] {
      directory.products[id(number)] = Product(
        id: id(number), sku: "S\(number)", name: name, family: family, type: type)
    }
    return directory
  }()

  private let accounts = [
    account(1) {
      $0.sales = [
        sale(10, "2026-01-10", "200 EUR", cost: "120 EUR", product: 700),
        sale(11, "2026-01-11", "50 EUR", cost: "30 EUR", product: 700, creditNote: true),
        sale(12, "2026-01-12", "500 EUR", cost: "450 EUR", product: 701),
        sale(13, "2026-01-13", "10 EUR", cost: "10 EUR"),
      ]
    },
    account(2) {
      $0.sales = [
        sale(20, "2026-02-10", "150 EUR", cost: "100 EUR", product: 700),
        sale(21, "2026-02-11", "100 EUR", cost: "20 EUR", product: 702),
        sale(22, "2025-02-11", "900 EUR", cost: "20 EUR", product: 702),
      ]
    },
  ]

  private func rows(_ grouping: ProductGrouping) -> [Profit] {
    profits(accounts, by: grouping, directory, in: year, at: yearEnd, by: inEuros).rows
  }

  @Test("is told product by product, what earns most first, with what names none")
  func byProduct() {
    let rows = rows(.product)
    #expect(rows.map(\.id) == [id(700), id(702), id(701), nil])
    #expect(rows.map(\.name) == ["Pump", "Upkeep", "Valve", nil])
    #expect(rows.map(\.revenue) == ["300 EUR", "100 EUR", "500 EUR", "10 EUR"].map { money($0) })
    #expect(rows.map(\.margin) == ["110 EUR", "80 EUR", "50 EUR", "0 EUR"].map { money($0) })
    #expect(rows.map(\.marginRate) == [ratio(11, 30), ratio(4, 5), ratio(1, 10), ratio(0)])
    #expect(rows.map(\.sales) == [2, 1, 1, 1], "credit notes are no lines of orders")
    #expect(rows.map(\.accounts) == [2, 1, 1, 1])
  }

  @Test("is told by family, and by product or service")
  func byFamily() {
    let families = rows(.family)
    #expect(families.map(\.name) == ["Water", nil])
    #expect(families.map(\.margin) == [money("160 EUR"), money("80 EUR")])
    #expect(families.map(\.accounts) == [2, 2])
    let types = rows(.type)
    #expect(types.map(\.name) == ["product", "service", nil])
    #expect(types.map(\.margin) == ["160 EUR", "80 EUR", "0 EUR"].map { money($0) })
  }

  @Test("of several currencies is refused")
  func mixed() {
    let other = account(3) { $0.sales = [sale(30, "2026-01-01", "1 USD", cost: "1 USD", product: 700)] }
    let found = profits(accounts + [other], by: .product, directory, in: year, at: yearEnd, by: inEuros)
    #expect(found.rows.isEmpty && found.refusal?.description.contains("USD") == true)
    let nothing = profits([], by: .product, directory, in: year, at: yearEnd, by: inEuros)
    #expect(nothing.rows.isEmpty && nothing.refusal == nil)
  }

  private let strategies = [
    Strategy(id: id(801), name: "Fair", type: "marketing", period: nil, budget: nil),
    Strategy(id: id(802), name: "Letters", type: "marketing", period: nil, budget: nil),
    Strategy(id: id(803), name: "Talks", type: "commercial", period: nil, budget: nil),
  ]

  @Test("of a strategy is its margin less its costs, over its costs")
  func strategyEffects() throws {
    let accounts = [
      account(1) {
        $0.sales = [
          sale(10, "2025-01-10", "500 EUR", cost: "300 EUR", strategy: 801),
          sale(11, "2026-01-10", "200 EUR", cost: "100 EUR", strategy: 801),
          sale(12, "2026-01-10", "900 EUR", cost: "100 EUR"),
          sale(13, "2026-01-10", "70 EUR", cost: "20 EUR", strategy: 802),
          sale(14, "2027-01-10", "900 EUR", cost: "100 EUR", strategy: 801),
        ]
      },
      account(2) {
        $0.costs = [
          cost(20, "2025-01-01", .acquisition, "60 EUR", strategy: 801),
          cost(21, "2026-01-01", .service, "40 EUR", strategy: 801),
          cost(22, "2026-01-01", .retention, "5 EUR"),
          cost(23, "2027-01-01", .retention, "5 EUR", strategy: 801),
        ]
      },
    ]
    let effects = Indicators.strategyEffects(accounts, strategies, at: yearEnd, by: inEuros)
    let fair = try #require(effects.first { $0.strategy.id == id(801) })
    #expect(fair.figure.indicator == .strategyEffect && fair.figure.value == .factor(ratio(2)))
    #expect(
      fair.margin == money("300 EUR") && fair.cost == money("100 EUR") && fair.revenue == money("700 EUR"))
    #expect(fair.sales == 2 && fair.costs == 2)
    let letters = try #require(effects.first { $0.strategy.id == id(802) })
    #expect(letters.figure.isAbsent && letters.sales == 1 && letters.costs == 0)
    let talks = try #require(effects.first { $0.strategy.id == id(803) })
    #expect(talks.figure.isAbsent && talks.sales == 0 && talks.costs == 0)
  }

  @Test("of no strategy, or in several currencies, is not available")
  func noEffect() throws {
    #expect(strategyEffect([], by: inEuros).isAbsent)
    let account = account(1) {
      $0.sales = [sale(10, "2026-01-10", "500 USD", cost: "300 USD", strategy: 801)]
      $0.costs = [cost(20, "2026-01-01", .acquisition, "60 EUR", strategy: 801)]
    }
    let effects = Indicators.strategyEffects([account], strategies, at: yearEnd, by: inEuros)
    #expect(effects.allSatisfy { $0.figure.isAbsent })
    let fair = try #require(effects.first { $0.strategy.id == id(801) })
    #expect(fair.revenue == nil && fair.margin == nil, "less than all were a wrong sum")
    #expect(strategyEffect(effects, by: inEuros).isAbsent)
  }

  @Test("of all strategies together is the sum of their margins over the sum of their costs")
  func together() {
    let account = account(1) {
      $0.sales = [
        sale(10, "2026-01-10", "500 EUR", cost: "300 EUR", strategy: 801),
        sale(11, "2026-01-10", "150 EUR", cost: "100 EUR", strategy: 802),
      ]
      $0.costs = [
        cost(20, "2026-01-01", .acquisition, "40 EUR", strategy: 801),
        cost(21, "2026-01-01", .acquisition, "60 EUR", strategy: 802),
      ]
    }
    let effects = Indicators.strategyEffects([account], strategies, at: yearEnd, by: inEuros)
    #expect(strategyEffect(effects, by: inEuros).value == .factor(ratio(3, 2)))
    // What cost 900 and brought nothing is not left out: (250 − 1,000) / 1,000.
    var costly = account
    costly.costs.append(cost(23, "2026-01-01", .acquisition, "900 EUR", strategy: 803))
    let all = Indicators.strategyEffects([costly], strategies, at: yearEnd, by: inEuros)
    #expect(strategyEffect(all, by: inEuros).value == .factor(ratio(-3, 4)))
  }
}
