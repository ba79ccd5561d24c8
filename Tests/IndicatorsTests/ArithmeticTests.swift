import PlanModel
import Testing

@testable import Indicators

@Suite("A fraction")
struct RatioTests {
  @Test(
    "is kept reduced, its sign on top",
    arguments: [
      (6, 8, 3, 4), (6, -8, -3, 4), (-6, -8, 3, 4), (0, 5, 0, 1), (0, -5, 0, 1), (7, 1, 7, 1),
      (74, 107, 74, 107),
      (1_900_000, 630_000, 190, 63),
    ])
  func reduces(numerator: Int, denominator: Int, top: Int, bottom: Int) throws {
    let ratio = try #require(Ratio(numerator, of: denominator))
    #expect(ratio.numerator == Int128(top) && ratio.denominator == Int128(bottom))
  }

  @Test("of nothing is none, not 0")
  func emptyDenominator() {
    #expect(Ratio(0, of: 0) == nil)
    #expect(Ratio(1, of: 0) == nil)
  }

  @Test("equals another that says the same, and a whole number is one over 1")
  func equality() {
    #expect(ratio(2, 4) == ratio(-3, -6))
    #expect(Ratio(5) == ratio(10, 2))
  }

  @Test("is ordered by its value, negative ones first")
  func order() {
    let ascending = [
      ratio(-2), ratio(-1, 2), ratio(-1, 3), ratio(0), ratio(1, 3), ratio(34, 100), ratio(1, 2), ratio(2, 3),
      ratio(3, 4), ratio(1),
    ]
    #expect(ascending.reversed().sorted() == ascending)
    #expect(!(ratio(1, 3) < ratio(2, 6)))
  }

  @Test("is ordered exactly where doubles see no difference")
  func orderOfCloseOnes() {
    let greater = ratio(Int.max - 1, Int.max - 2)
    let less = ratio(Int.max, Int.max - 1)
    #expect(greater.double == less.double)
    #expect(less < greater && !(greater < less))
  }

  @Test("is ordered where the products of its parts are beyond 128 bits")
  func orderOfHugeOnes() throws {
    let huge = Int128(9) * powerOfTen(27)
    let little = powerOfTen(20)
    let less = try #require(Ratio(huge - little, of: huge + 1))
    let greater = try #require(Ratio(huge, of: huge - little))
    #expect(less < greater && !(greater < less) && !(less < less))
    let (most, least) = (try #require(Ratio(Int128.max, of: 2)), try #require(Ratio(-Int128.max, of: 2)))
    #expect(least < most && !(most < least))
  }

  @Test("of the least whole number does not overflow")
  func leastNumerator() throws {
    let ratio = try #require(Ratio(Int64.min, of: Int64(-1)))
    #expect(ratio.numerator == 9_223_372_036_854_775_808 && ratio.denominator == 1)
  }

  @Test(
    "is written as the nearest decimal, halves to even",
    arguments: [
      (1, 8, 1, 2, "0.12"), (3, 8, 1, 2, "0.38"), (-1, 8, 1, 2, "-0.12"), (-3, 8, 1, 2, "-0.38"),
      (1, 2, 1, 0, "0"),
      (3, 2, 1, 0, "2"), (5, 2, 1, 0, "2"), (-5, 2, 1, 0, "-2"), (74, 107, 100, 2, "69.16"),
      (63, 190, 100, 2, "33.16"), (43, 60, 100, 2, "71.67"), (13, 16, 100, 2, "81.25"),
      (13, 16, 100, 1, "81.2"),
      (1, 3, 1, 4, "0.3333"), (2, 3, 1, 4, "0.6667"), (-2, 3, 100, 1, "-66.7"), (5, 1, 1, 2, "5.00"),
      (1, 200, 1, 2, "0.00"), (3, 200, 1, 2, "0.02"), (999, 1_000, 1, 2, "1.00"), (1, 20, 1, 4, "0.0500"),
      (-1, 20, 1, 4, "-0.0500"),
    ])
  func decimal(numerator: Int, denominator: Int, factor: Int, places: Int, text: String) {
    #expect(ratio(numerator, denominator).decimal(times: factor, places: places) == text)
  }

  @Test("that rounds to nothing has no sign")
  func noNegativeZero() {
    #expect(ratio(-1, 1_000).decimal(places: 2) == "0.00")
    #expect(ratio(-1, 2).decimal(places: 0) == "0")
  }

  @Test(
    "rounding goes to the nearest, halves to even, the same below 0",
    arguments: [
      (5, 2, 2), (7, 2, 4), (-5, 2, -2), (-7, 2, -4), (7, 3, 2), (8, 3, 3), (-7, 3, -2), (-8, 3, -3),
      (0, 7, 0),
      (6, 4, 2), (10, 4, 2), (14, 4, 4), (-6, 4, -2), (-10, 4, -2), (9, 1, 9), (1, 2, 0), (-1, 2, 0),
      (3, 2, 2),
      (49, 100, 0), (51, 100, 1), (-51, 100, -1),
    ])
  func rounding(value: Int, divisor: Int, quotient: Int) {
    #expect(roundedToEven(Int128(value), dividedBy: Int128(divisor)) == Int128(quotient))
  }

  @Test("rounding reaches the ends of its range")
  func roundingAtTheEnds() {
    // 2^127 - 1 over 2 lies half way between 2^126 - 1, which is odd, and 2^126.
    #expect(roundedToEven(.max, dividedBy: 2) == Int128(1) << 126)
    #expect(roundedToEven(.max, dividedBy: 1) == .max)
    #expect(roundedToEven(.min, dividedBy: 1) == .min)
    #expect(roundedToEven(.max, dividedBy: .max) == 1)
  }

  @Test("powers of ten are whole")
  func powers() {
    #expect(powerOfTen(0) == 1)
    #expect(powerOfTen(4) == 10_000)
    #expect(powerOfTen(18) == 1_000_000_000_000_000_000)
  }
}

@Suite("An interval")
struct IntervalTests {
  @Test(
    "by Wilson stays within 0 and 1, and is never empty",
    arguments: [
      (74, 107, 0.598715, 0.771183), (3, 3, 0.438503, 1), (0, 3, 0, 0.561497), (1, 1, 0.206549, 1),
      (0, 1, 0, 0.793451), (1, 2, 0.094531, 0.905469), (3, 5, 0.230724, 0.882379),
    ])
  func wilson(count: Int, total: Int, low: Double, high: Double) {
    #expect(agree(wilsonInterval(count, of: total), low, high, within: 0.000_001))
  }

  @Test("of nothing is none")
  func nothing() {
    #expect(wilsonInterval(0, of: 0) == nil)
    #expect(promoterInterval(promoters: 0, detractors: 0, of: 0) == nil)
    #expect(meanInterval([]) == nil)
    #expect(meanInterval([4]) == nil)
  }

  @Test(
    "of promoters adds three imagined answers, half of them passive, and stays within -1 and 1",
    arguments: [
      (3, 1, 6, -0.26743, 0.71188), (5, 0, 5, 0.17491, 1), (0, 5, 5, -1, -0.17491),
      (1, 1, 2, -0.73335, 0.73335),
      (1, 0, 1, -0.48499, 0.98499), (0, 0, 1, -0.60011, 0.60011), (0, 0, 5, -0.30006, 0.30006),
    ])
  func promoters(promoters: Int, detractors: Int, total: Int, low: Double, high: Double) {
    let interval = promoterInterval(promoters: promoters, detractors: detractors, of: total)
    #expect(agree(interval, low, high, within: 0.000_006))
  }

  @Test("of a mean surrounds it, and values that do not differ leave no doubt")
  func means() throws {
    // Mean 4, variance (4 + 0 + 4) / 2 = 4; half the width is 1.959964 · √(4 / 3) = 2.263171.
    #expect(agree(meanInterval([2, 4, 6]), 1.736_829, 6.263_171, within: 0.000_001))
    #expect(meanInterval([3, 3, 3]) == 3...3)
  }
}

@Suite("Amounts in one currency")
struct ValuationTests {
  private func valuation(_ currency: String, _ rates: [(String, String, String)]) -> Valuation {
    var all = ExchangeRates()
    for (from, rate, since) in rates { all.add(from, into: currency, rate: rate, since: day(since)) }
    return Valuation(currency, rates: all)
  }

  private func converted(_ amount: String, on: String, _ valuation: Valuation) -> Money? {
    valuation.exact(money(amount), on: day(on)).flatMap { valuation.money($0) }
  }

  @Test("need no rate where they are in it")
  func same() {
    #expect(inEuros.exact(money("100 EUR"), on: day("2026-01-01")) == 10_000 * Valuation.scale)
    #expect(converted("-0.01 EUR", on: "2026-01-01", inEuros) == money("-0.01 EUR"))
  }

  @Test("are converted at the last rate that began by their day", arguments: [false, true])
  func rateByDay(isReversed: Bool) {
    let rates = [
      ("USD", "0.90", "2026-01-01"), ("USD", "0.95", "2026-03-01"), ("USD", "0.85", "2026-06-01"),
    ]
    let valuation = valuation("EUR", isReversed ? rates.reversed() : rates)
    for (on, amount) in [
      ("2026-01-01", "90 EUR"), ("2026-02-28", "90 EUR"), ("2026-03-01", "95 EUR"), ("2026-05-31", "95 EUR"),
      ("2026-06-01", "85 EUR"), ("2030-01-01", "85 EUR"),
    ] {
      #expect(converted("100 USD", on: on, valuation) == money(amount), "\(on)")
    }
  }

  @Test("without a rate are none: before the first, of another currency, into another")
  func noRate() {
    let valuation = valuation("EUR", [("USD", "0.90", "2026-01-01")])
    #expect(converted("100 USD", on: "2025-12-31", valuation) == nil)
    #expect(converted("100 GBP", on: "2026-01-01", valuation) == nil)
    var rates = ExchangeRates()
    rates.add("USD", into: "CHF", rate: "0.8", since: day("2026-01-01"))
    #expect(Valuation("EUR", rates: rates).exact(money("1 USD"), on: day("2026-01-01")) == nil)
  }

  @Test(
    "keep their worth where the currencies have different decimals",
    arguments: [
      ("1000 JPY", "EUR", "0.0061", "6.10 EUR"), ("10.00 EUR", "TND", "3.35", "33.500 TND"),
      ("33.500 TND", "EUR", "0.3", "10.05 EUR"), ("1.000 KWD", "JPY", "480", "480 JPY"),
      ("10.00 EUR", "JPY", "163.5", "1635 JPY"), ("2.0000 CLF", "CLP", "38000", "76000 CLP"),
      ("76000 CLP", "CLF", "0.000026", "1.9760 CLF"), ("-5.25 USD", "EUR", "1", "-5.25 EUR"),
      ("100.00 USD", "EUR", "1.072512345", "107.25 EUR"),
    ])
  func decimals(amount: String, into: String, rate: String, result: String) {
    let valuation = valuation(into, [(money(amount).currency, rate, "2026-01-01")])
    #expect(converted(amount, on: "2026-02-01", valuation) == money(result))
  }

  @Test("are rounded once, after they are added")
  func roundsOnce() throws {
    let valuation = valuation("EUR", [("USD", "0.5", "2026-01-01")])
    let one = try #require(valuation.exact(money("0.01 USD"), on: day("2026-01-01")))
    #expect(valuation.money(one) == money("0 EUR"))
    // 1.5 cents, to the even 2; each alone would have been nothing.
    #expect(valuation.money(one * 3) == money("0.02 EUR"))
    #expect(valuation.money(one * 5) == money("0.02 EUR"))
    #expect(valuation.money(-one * 3) == money("-0.02 EUR"))
  }

  @Test(
    "a rate that is no positive number counts for nothing",
    arguments: ["", "abc", "-1", "0", "1e5", ".", "1.2.3"])
  func nonsense(rate: String) {
    #expect(converted("100 USD", on: "2026-02-01", valuation("EUR", [("USD", rate, "2026-01-01")])) == nil)
  }

  @Test(
    "of absurd size are refused, and do not stop the program",
    arguments: ["1", "999999999999999999", "999999999999999999999999999999", "0.000000001"])
  func absurd(rate: String) {
    let valuation = valuation("EUR", [("USD", rate, "2026-01-01"), ("CLF", rate, "2026-01-01")])
    for minor in [Int64.max, .min, 1, -1] {
      for currency in ["USD", "CLF", "EUR"] {
        let exact = valuation.exact(Money(currency: currency, minor: minor), on: day("2026-01-01"))
        _ = exact.flatMap { valuation.money($0) }
      }
    }
    #expect(inEuros.money(.max) == nil)
    #expect(inEuros.money(.min) == nil)
  }

  @Test("are counted in the currency that most rates lead to, if nobody says otherwise")
  func targets() {
    var rates = ExchangeRates()
    #expect(rates.targets == [])
    rates.add("EUR", into: "USD", rate: "1.1", since: day("2026-01-01"))
    rates.add("USD", into: "EUR", rate: "0.9", since: day("2026-01-01"))
    rates.add("GBP", into: "EUR", rate: "1.2", since: day("2026-01-01"))
    #expect(rates.targets == ["EUR", "USD"])
  }
}

@Suite("A period")
struct PeriodTests {
  @Test(
    "is read as a year, a quarter in English or French, a month, or two days",
    arguments: [
      ("2026", "2026-01-01", "2026-12-31"), ("2026Q1", "2026-01-01", "2026-03-31"),
      ("2026Q3", "2026-07-01", "2026-09-30"), ("2026T3", "2026-07-01", "2026-09-30"),
      ("2026Q4", "2026-10-01", "2026-12-31"), ("2026-09", "2026-09-01", "2026-09-30"),
      ("2024-02", "2024-02-01", "2024-02-29"), ("2026-12", "2026-12-01", "2026-12-31"),
      ("2026-01-01..2026-06-30", "2026-01-01", "2026-06-30"),
      ("2026-05-05..2026-05-05", "2026-05-05", "2026-05-05"),
      ("9999", "9999-01-01", "9999-12-31"),
    ])
  func reads(text: String, from: String, to: String) throws {
    let period = try #require(Period(text))
    #expect(period == Period(day(from), day(to)))
  }

  @Test(
    "that makes no sense is none",
    arguments: [
      "", " ", "26", "20266", "2026Q0", "2026Q5", "2026Q", "2026Q33", "2026X1", "Q3", "2026-00", "2026-13",
      "2026-1",
      "2026-02-30..2026-03-01", "2026-06-01..2026-01-01", "2026-01-01..", "..2026-01-01", "..", "0000",
      "-2026",
      "+026", "2026Q+1", "2026-+9", "2026 Q1", "2026-01-01...2026-02-01",
      "2026-01-01..2026-02-01..2026-03-01", "２０２６", "last year",
      "99999999999999999999", "2026Q99999999999999999999",
    ])
  func refuses(text: String) { #expect(Period(text) == nil) }

  @Test("does not end before it begins, and holds both its ends")
  func ends() {
    #expect(Period(day("2026-02-01"), day("2026-01-31")) == nil)
    #expect(year.contains(day("2026-01-01")) && year.contains(day("2026-12-31")))
    #expect(!year.contains(day("2025-12-31")) && !year.contains(day("2027-01-01")))
    #expect(year.days == 365 && period("2024").days == 366 && period("2026-05-05..2026-05-05").days == 1)
  }

  @Test(
    "comes after one of as many whole months, else of as many days",
    arguments: [
      ("2026", "2025"), ("2026Q1", "2025Q4"), ("2026-03", "2026-02"), ("2024-03", "2024-02"),
      ("2026-01", "2025-12"),
      ("2026-01-01..2026-06-30", "2025-07-01..2025-12-31"),
      ("2026-02-01..2026-03-31", "2025-12-01..2026-01-31"),
      ("2026-03-10..2026-03-19", "2026-02-28..2026-03-09"),
      ("2026-03-01..2026-03-01", "2026-02-28..2026-02-28"),
      ("2025-06-16..2026-06-15", "2024-06-16..2025-06-15"),
    ])
  func previous(text: String, before: String) { #expect(period(text).previous == period(before)) }

  @Test("at the beginning and the end of the calendar has a period before it and a name all the same")
  func endsOfTheCalendar() {
    for text in ["0001", "0001-01", "0001Q1", "0001-01-01..0001-01-05", "9999", "9999-12", "9999Q4"] {
      let period = period(text)
      _ = (period.previous, period.name, period.days)
      _ = (Period.year(to: period.from), Period.year(to: period.to), Period.quarters(8, to: period.from))
    }
  }

  @Test(
    "is named as it is read",
    arguments: [
      ("2026", "2026"), ("2026T3", "2026Q3"), ("2026-09", "2026-09"), ("2026-01-01..2026-12-31", "2026"),
      ("2026-07-01..2026-09-30", "2026Q3"), ("2026-02-01..2026-02-28", "2026-02"),
      ("2026-01-01..2026-06-30", "2026-01-01..2026-06-30"),
      ("2026-02-01..2026-04-30", "2026-02-01..2026-04-30"),
      ("2025-07-01..2026-06-30", "2025-07-01..2026-06-30"),
      ("2026-01-01..2026-01-30", "2026-01-01..2026-01-30"),
    ])
  func names(text: String, name: String) { #expect(period(text).name == name) }

  @Test(
    "of the year that ends on a day begins after the same day of the year before",
    arguments: [
      ("2026-12-31", "2026-01-01"), ("2026-06-30", "2025-07-01"), ("2024-02-29", "2023-03-01"),
      ("2025-02-28", "2024-02-29"), ("2024-02-28", "2023-03-01"), ("2025-03-01", "2024-03-02"),
      ("2026-01-01", "2025-01-02"),
    ])
  func yearTo(end: String, from: String) {
    #expect(Period.year(to: day(end)) == Period(day(from), day(end)))
  }

  @Test("of quarters goes back from the one that holds the day, the oldest first")
  func quarters() {
    #expect(Period.quarter(of: day("2026-08-15")) == period("2026Q3"))
    #expect(Period.quarter(of: day("2026-12-31")) == period("2026Q4"))
    #expect(
      Period.quarters(4, to: day("2026-02-10"))
        == ["2025Q2", "2025Q3", "2025Q4", "2026Q1"].map { period($0) })
  }

  @Test("months and days are counted across years")
  func counting() {
    #expect(day("2026-11-01").addingMonths(3) == day("2027-02-01"))
    #expect(day("2026-11-01").addingMonths(-11) == day("2025-12-01"))
    #expect(day("2026-11-01").addingMonths(-22) == day("2025-01-01"))
    #expect(day("2026-01-01").addingMonths(0) == day("2026-01-01"))
    #expect(day("2024-01-15").days(to: day("2025-06-30")) == 532)
    #expect(day("2025-06-30").days(to: day("2024-01-15")) == -532)
  }

  @Test("a cut-off is the end of its day, or now while the day is not over")
  func cutOff() {
    let over = endOf("2026-01-15")
    #expect(over.at == moment("2026-01-16") - 1 && over.recordedBy == over.at)
    let now = moment("2026-01-15 08:30")
    let running = CutOff(endOf: day("2026-01-15"), now: now)
    #expect(running.at == now && running.recordedBy == over.at)
    #expect(CutOff(endOf: day("2026-01-15"), now: moment("2026-02-01")).at == over.at)
  }
}
