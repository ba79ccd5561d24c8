import PlanModel
import Testing

@testable import Indicators

private struct Earner: Sendable {
  let name: String
  let value: Int
  var interval: ClosedRange<Double>?
}

@Suite("A ranking")
struct RankingTests {
  private func rank(_ items: [Earner]) -> [Ranked<Earner>] {
    ranked(items, value: { Double($0.value) }, interval: { $0.interval }, name: { $0.name })
  }

  @Test("begins with the greatest, and those of the same value share a rank")
  func values() {
    let all = rank([
      Earner(name: "d", value: 5), Earner(name: "b", value: 8), Earner(name: "c", value: 8),
      Earner(name: "a", value: 9),
      Earner(name: "e", value: 5),
    ])
    #expect(all.map(\.item.name) == ["a", "b", "c", "d", "e"])
    #expect(all.map(\.rank) == [1, 2, 2, 4, 4])
    #expect(all.map(\.isTied) == [false, true, true, true, true])
  }

  @Test("ties those whose intervals reach that of the first of their rank")
  func intervals() {
    let all = rank([
      Earner(name: "d", value: 40, interval: 30...50), Earner(name: "c", value: 60, interval: 55...68),
      Earner(name: "b", value: 75, interval: 65...85), Earner(name: "a", value: 80, interval: 70...90),
    ])
    #expect(all.map(\.item.name) == ["a", "b", "c", "d"])
    #expect(all.map(\.rank) == [1, 1, 3, 4])
    #expect(all.map(\.isTied) == [true, true, false, false])
  }

  @Test("ties those whose intervals only touch")
  func touching() {
    let all = rank([
      Earner(name: "a", value: 80, interval: 70...90), Earner(name: "b", value: 60, interval: 50...70),
    ])
    #expect(all.map(\.rank) == [1, 1])
  }

  @Test("of one has no tie, and of none is empty")
  func fewest() {
    let one = rank([Earner(name: "a", value: -3)])
    #expect(one.map(\.rank) == [1] && one.map(\.isTied) == [false])
    #expect(rank([]).isEmpty)
  }
}

@Suite("The ABC analysis")
struct ABCTests {
  private func classes(_ values: [Int]) -> [ABCItem<Earner>] {
    let items = values.enumerated().map { Earner(name: "item \($0.offset)", value: $0.element) }
    return abcAnalysis(items, value: { Int128($0.value) }, name: { $0.name })
  }

  @Test("is A while the share before an item is below 80 %, B below 95 %, then C", arguments: [false, true])
  func vector(isReversed: Bool) {
    let values = [50, 20, 10, 8, 5, 3, 2, 1, 1]
    let all = classes(isReversed ? values.reversed() : values)
    #expect(all.map(\.abc.rawValue).joined() == "AAABBBCCC")
    #expect(all.map(\.value) == values.map { Int128($0) })
    #expect(all.map(\.cumulative) == [50, 70, 80, 88, 93, 96, 98, 99, 100].map { ratio($0, 100) })
  }

  @Test("is B at 80 % before an item exactly, and C at 95 %")
  func boundaries() {
    #expect(classes([80, 15, 5]).map(\.abc) == [.a, .b, .c])
    #expect(classes([79, 15, 6]).map(\.abc) == [.a, .a, .b])
  }

  @Test("keeps loss-makers apart, at the end, without a share")
  func losses() {
    let all = classes([-5, 80, 0, 20, -100])
    #expect(all.map(\.abc) == [.a, .b, .loss, .loss, .loss])
    #expect(all.map(\.value) == [80, 20, 0, -5, -100])
    #expect(all.map(\.cumulative) == [ratio(4, 5), ratio(1), nil, nil, nil])
  }

  @Test("of nothing earned has loss-makers only")
  func nothing() {
    #expect(classes([0, 0, 0]).map(\.abc) == [.loss, .loss, .loss])
    #expect(classes([-1, -2]).map(\.abc) == [.loss, .loss])
    #expect(classes([]).isEmpty)
  }

  @Test("of one earner is A, however much it is")
  func one() {
    #expect(classes([1]).map(\.abc) == [.a])
    let huge = abcAnalysis(
      [Earner(name: "a", value: 1), Earner(name: "b", value: 1)],
      value: { _ in 1_000_000_000_000_000_000_000_000_000_000 }, name: { $0.name })
    #expect(huge.map(\.abc) == [.a, .a] && huge.map(\.item.name) == ["a", "b"])
  }
}

@Suite("RFM")
struct RFMTests {
  private func buying(_ number: Int, _ daysSince: Int, _ purchases: Int, _ revenue: Int64) -> Buying {
    Buying(account: id(number), daysSince: daysSince, purchases: purchases, revenue: revenue)
  }

  @Test(
    "has fixed thresholds: a month to a year, weekly to twice a year, 250,000 to 5,000",
    arguments: [
      (0, 60, 25_000_000, "555"), (31, 52, 25_000_000, "555"), (32, 51, 24_999_999, "444"),
      (92, 12, 10_000_000, "444"), (93, 11, 9_999_999, "333"), (183, 4, 2_500_000, "333"),
      (184, 3, 2_499_999, "222"),
      (365, 2, 500_000, "222"), (366, 1, 499_999, "111"), (9_999, 0, -1, "111"), (10, 1, 600_000, "512"),
    ] as [(Int, Int, Int64, String)])
  func fixed(daysSince: Int, purchases: Int, revenue: Int64, code: String) {
    #expect(RFMThresholds.fixed("EUR").scores(buying(1, daysSince, purchases, revenue)).code == code)
  }

  @Test("counts whole units of whatever money")
  func currencies() {
    #expect(RFMThresholds.fixed("JPY").scores(buying(1, 1, 60, 250_000)).monetary == 5)
    #expect(RFMThresholds.fixed("JPY").scores(buying(1, 1, 60, 249_999)).monetary == 4)
    #expect(RFMThresholds.fixed("TND").scores(buying(1, 1, 60, 249_999_999)).monetary == 4)
    #expect(RFMThresholds.fixed("TND").scores(buying(1, 1, 60, 250_000_000)).monetary == 5)
  }

  @Test("has no quintiles of fewer than 25")
  func quintilesFrom() {
    let all = (1...25).map { buying($0, $0, $0, Int64($0)) }
    #expect(RFMThresholds.quintiles(Array(all.dropLast())) == nil)
    #expect(RFMThresholds.quintiles([]) == nil)
    #expect(RFMThresholds.quintiles(all) != nil)
  }

  @Test(
    "by quintiles gives each score to a fifth; the lately, the often and the much are best",
    arguments: [25, 100])
  func quintiles(count: Int) throws {
    let all = (1...count).map { buying($0, $0, $0 * 2, Int64($0 * 3)) }
    let thresholds = try #require(RFMThresholds.quintiles(all.reversed()))
    for (place, one) in all.enumerated() {
      let fifth = place * 5 / count
      let scores = thresholds.scores(one)
      // Who bought last bought least here.
      #expect(scores == RFM(recency: 5 - fifth, frequency: 1 + fifth, monetary: 1 + fifth), "\(place)")
    }
  }

  @Test("gives those who are alike the same scores")
  func alike() throws {
    let all = (1...30).map { buying($0, 10, 4, 100) }
    let thresholds = try #require(RFMThresholds.quintiles(all))
    #expect(Set(all.map { thresholds.scores($0) }).count == 1)
  }

  @Test(
    "counts days with a purchase and the revenue of the last twelve months, and days since the last purchase")
  func counting() throws {
    let account = account(1) { account in
      account.sales = [
        sale(10, "2026-06-01", "100 EUR"), sale(11, "2026-06-01", "50 EUR"), sale(12, "2025-07-01", "30 EUR"),
        sale(13, "2025-06-30", "999 EUR"), sale(14, "2026-06-20", "20 EUR", creditNote: true),
        sale(15, "2026-07-01", "999 EUR"),
      ]
    }
    let bought = Indicators.buying(account, at: endOf("2026-06-30"), by: inEuros)
    let found = try #require(bought)
    #expect(found.account == id(1) && found.daysSince == 29 && found.purchases == 2)
    #expect(found.revenue == 16_000)
  }

  @Test("of a customer of long ago knows when; of who never bought there is none")
  func longAgo() throws {
    let old = account(1) { $0.sales = [sale(10, "2024-12-31", "100 EUR")] }
    let bought = Indicators.buying(old, at: yearEnd, by: inEuros)
    let found = try #require(bought)
    #expect(found.daysSince == 730 && found.purchases == 0 && found.revenue == 0)
    #expect(Indicators.buying(account(1), at: yearEnd, by: inEuros) == nil)
    let creditNote = account(1) { $0.sales = [sale(10, "2026-12-31", "100 EUR", creditNote: true)] }
    #expect(Indicators.buying(creditNote, at: yearEnd, by: inEuros) == nil)
  }
}

@Suite("Loyalty")
struct LoyaltyTests {
  private func found(_ days: String...) -> (figure: Figure, loyalty: Loyalty?) {
    loyalty(
      account(1) { account in
        account.sales = days.enumerated().map { sale(10 + $0.offset, $0.element, "10 EUR") }
      }, at: yearEnd)
  }

  @Test("is full for ten years and more, each of the last eight quarters, and a purchase today")
  func full() throws {
    let all = found(
      "2010-01-01", "2025-02-01", "2025-05-01", "2025-08-01", "2025-11-01", "2026-02-01", "2026-05-01",
      "2026-08-01",
      "2026-12-31")
    let loyalty = try #require(all.loyalty)
    #expect(loyalty.score == ratio(100) && loyalty.activeQuarters == 8 && loyalty.daysSince == 0)
    #expect(loyalty.days == day("2010-01-01").days(to: day("2026-12-31")))
    #expect(all.figure.value != nil)
  }

  @Test("of who begins today is a quarter of the quarters' part and all of today's")
  func beginner() throws {
    let loyalty = try #require(found("2026-12-31").loyalty)
    #expect(loyalty.score == ratio(25) && loyalty.days == 0 && loyalty.activeQuarters == 1)
  }

  @Test("of who stayed away for years is the length alone")
  func away() throws {
    let loyalty = try #require(found("2010-01-01").loyalty)
    #expect(loyalty.score == ratio(40) && loyalty.activeQuarters == 0)
  }

  @Test("grows with the length, the quarters, and how lately they bought")
  func grows() throws {
    func score(_ days: String...) throws -> Ratio {
      try #require(
        loyalty(
          account(1) { account in
            account.sales = days.enumerated().map { sale(10 + $0.offset, $0.element, "10 EUR") }
          }, at: yearEnd
        ).loyalty
      ).score
    }
    #expect(try score("2020-01-01", "2026-12-01") < score("2019-01-01", "2026-12-01"))
    #expect(try score("2020-01-01", "2026-12-01") < score("2020-01-01", "2026-08-01", "2026-12-01"))
    #expect(try score("2020-01-01", "2026-10-01") < score("2020-01-01", "2026-12-01"))
    #expect(try score("2020-01-01", "2026-12-01", "2026-12-01") == score("2020-01-01", "2026-12-01"))
  }

  @Test("of who never bought is not available")
  func never() {
    let all = loyalty(account(1), at: yearEnd)
    #expect(all.figure.isAbsent && all.loyalty == nil)
  }
}

@Suite("The scorecard")
struct ScorecardTests {
  private let criteria = [
    Criterion(id: id(600), name: "Size", axis: .attractiveness, weight: 6_000, scaleMax: 5),
    Criterion(id: id(601), name: "Growth", axis: .attractiveness, weight: 4_000, scaleMax: 10),
    Criterion(id: id(602), name: "Trust", axis: .strength, weight: 10_000, scaleMax: 5),
  ]

  private func score(
    _ number: Int, _ criterion: Int, _ score: Int, _ rater: UInt32, on: String? = nil
  ) -> Score {
    Score(
      id: id(number), recordedAt: Int64(number), criterion: id(criterion), score: score,
      day: on.map { day($0) },
      rater: rater)
  }

  private func card(_ scores: [Score]) -> Scorecard {
    scorecard(account(1) { $0.scores = scores }, criteria)
  }

  @Test("weighs the means of the raters, each on its own scale")
  func weighted() throws {
    let card = card([
      score(1, 600, 4, 1, on: "2026-01-10"), score(2, 600, 5, 2, on: "2026-01-10"), score(3, 601, 7, 1),
    ])
    // 0.6 · 4.5 / 5 + 0.4 · 7 / 10
    #expect(card.axis(.attractiveness) == ratio(41, 50) && card.coverage(.attractiveness) == ratio(1))
    let size = try #require(card.lines.first { $0.criterion.id == id(600) })
    #expect(size.mean == ratio(9, 2) && size.spread == 4...5 && size.raters == 2)
    #expect(Set(size.scores) == [id(1), id(2)])
  }

  @Test(
    "takes each rater's latest score, in any order; one without a day is the oldest",
    arguments: [false, true])
  func latest(isReversed: Bool) throws {
    let all = [
      score(1, 600, 1, 1), score(2, 600, 2, 1, on: "2026-01-10"), score(3, 600, 5, 1, on: "2026-02-10"),
      score(4, 600, 3, 2),
    ]
    let size = try #require(
      card(isReversed ? all.reversed() : all).lines.first { $0.criterion.id == id(600) })
    #expect(size.mean == ratio(4) && size.spread == 3...5 && size.raters == 2)
    #expect(Set(size.scores) == [id(3), id(4)])
  }

  @Test("without a criterion goes by the others, and says how much of the weight was judged")
  func missing() throws {
    let card = card([score(1, 600, 4, 1), score(2, 699, 5, 1)])
    #expect(card.axis(.attractiveness) == ratio(4, 5) && card.coverage(.attractiveness) == ratio(3, 5))
    #expect(card.axis(.strength) == nil && card.coverage(.strength) == ratio(0))
    let growth = try #require(card.lines.first { $0.criterion.id == id(601) })
    #expect(growth.mean == nil && growth.spread == nil && growth.raters == 0 && growth.scores.isEmpty)
  }

  @Test("without any criterion says nothing")
  func empty() {
    let nothing = scorecard(account(1), [])
    #expect(nothing.lines.isEmpty && nothing.axis(.strength) == nil && nothing.coverage(.strength) == nil)
  }
}
