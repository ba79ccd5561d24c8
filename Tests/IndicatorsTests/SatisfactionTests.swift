import PlanModel
import Testing

@testable import Indicators

@Suite("The net promoter score")
struct NetPromoterScoreTests {
  @Test(
    "is the share of promoters less that of detractors, with its adjusted interval",
    arguments: [
      ([0, 7, 7, 9, 9, 9], 1, 3, -26.743, 71.188), ([1, 9], 0, 1, -73.335, 73.335),
      ([7, 9], 1, 2, -39.449, 79.449), ([0, 7, 9], 0, 1, -61.113, 61.113),
      ([10, 10, 10, 10, 10], 1, 1, 17.491, 100),
      ([10], 1, 1, -48.499, 98.499), ([6], -1, 1, -98.499, 48.499), ([7], 0, 1, -60.011, 60.011),
      ([0, 0, 0, 0, 0], -1, 1, -100, -17.491), ([8, 8, 8, 8, 8], 0, 1, -30.006, 30.006),
    ])
  func vectors(scores: [Int], top: Int, bottom: Int, low: Double, high: Double) {
    let figure = netPromoterScore(answers(scores), in: year, at: yearEnd)
    #expect(figure.indicator == .nps)
    #expect(figure.value == .points(ratio(top, bottom)))
    #expect(figure.n == scores.count && figure.used.count == scores.count && figure.excluded.isEmpty)
    #expect(agree(figure.interval, low, high), "\(String(describing: figure.interval))")
  }

  @Test("pools the answers of all: an account with three answers weighs three times one with one")
  func pooled() {
    let one = answers([10, 10, 10], from: 1)
    let other = answers([0], from: 4)
    #expect(netPromoterScore(one + other, in: year, at: yearEnd).value == .points(ratio(1, 2)))
    let byAccount = netPromoterScoreByAccount([one, other, []], in: year, at: yearEnd)
    #expect(byAccount.indicator == .npsByAccount)
    #expect(byAccount.value == .points(ratio(0)))
    #expect(Set(byAccount.used) == Set((1...4).map { id($0) }))
  }

  @Test("by account is a mean also of many accounts that have no common denominator")
  func manyAccounts() throws {
    let primes = (2...400).filter { number in (2..<number).allSatisfy { number % $0 != 0 } }
    let accounts = primes.map { answers([10] + Array(repeating: 8, count: $0 - 1)) }
    let figure = netPromoterScoreByAccount(accounts, in: year, at: yearEnd)
    let mean = primes.reduce(0) { $0 + 100 / Double($1) } / Double(primes.count)
    #expect(figure.n == primes.count)
    #expect(agree(try #require(figure.value).number, mean, relative: 1e-6))
  }

  @Test("by account is not available where no account has an answer")
  func noAccount() {
    #expect(netPromoterScoreByAccount([], in: year, at: yearEnd).isAbsent)
    #expect(netPromoterScoreByAccount([[], answers([5], .csat, scale: 5)], in: year, at: yearEnd).isAbsent)
  }

  @Test("of nothing is not available, and says why")
  func nothing() {
    let figure = netPromoterScore([], in: year, at: yearEnd)
    #expect(figure.isAbsent && figure.n == 0 && figure.interval == nil && figure.used.isEmpty)
  }

  @Test("leaves out what does not count, each with its reason")
  func reasons() {
    let figure = netPromoterScore(
      [
        answer(1, 10), answer(2, 5, .csat, scale: 5), answer(3, 9, nil, scale: nil), answer(4, 4, scale: 5),
        answer(5, 11), answer(6, 9, at: "2025-12-31 23:00"), answer(7, 9, at: "2026-11-02"),
        answer(8, 6, .custom, scale: 10),
      ], in: year, at: endOf("2026-10-31"))
    #expect(figure.value == .points(ratio(1)))
    #expect(figure.used == [id(1)])
    #expect(figure.left(.otherMeasure) == [id(2), id(8)])
    #expect(figure.left(.unknownMeasure) == [id(3)])
    #expect(figure.left(.otherScale(10)) == [id(4)])
    #expect(figure.left(.scoreBeyondScale) == [id(5)])
    #expect(figure.left(.outsidePeriod) == [id(6)])
    #expect(figure.left(.afterCutOff) == [id(7)])
    #expect(figure.excluded.count == 6)
  }

  @Test("counts an answer at the last moment, and none after it")
  func lastMoment() {
    let cutOff = CutOff(endOf: day("2026-03-10"), now: moment("2026-03-10 12:00"))
    let figure = netPromoterScore(
      [answer(1, 10, at: "2026-03-10 12:00"), answer(2, 0, at: "2026-03-10 12:01")], in: year, at: cutOff)
    #expect(figure.used == [id(1)] && figure.left(.afterCutOff) == [id(2)])
  }

  @Test("says how many of its answers came in after the cut-off")
  func late() {
    let figure = netPromoterScore(
      [answer(1, 10), answer(2, 0, recorded: "2027-01-01"), answer(3, 0, recorded: "2026-12-31")],
      in: year, at: yearEnd)
    #expect(figure.n == 3 && figure.late == 1)
  }
}

@Suite("A second answer")
struct SupersessionTests {
  @Test("of the same person in the same survey replaces the first", arguments: [false, true])
  func replaces(isReversed: Bool) {
    let both = [
      answer(1, 0, at: "2026-03-10", contact: 500), answer(2, 10, at: "2026-03-12", contact: 500),
    ]
    let figure = netPromoterScore(isReversed ? both.reversed() : both, in: year, at: yearEnd)
    #expect(figure.value == .points(ratio(1)))
    #expect(figure.used == [id(2)] && figure.left(.superseded) == [id(1)])
  }

  @Test("in another survey, or of another person, replaces none")
  func others() {
    let figure = netPromoterScore(
      [
        answer(1, 10, campaign: 9_000, contact: 500), answer(2, 10, campaign: 9_001, contact: 500),
        answer(3, 0, campaign: 9_000, contact: 501),
      ], in: year, at: yearEnd)
    #expect(figure.value == .points(ratio(1, 3)) && figure.n == 3)
  }

  @Test("of nobody in particular replaces none")
  func nameless() {
    let figure = netPromoterScore([answer(1, 10), answer(2, 10), answer(3, 0)], in: year, at: yearEnd)
    #expect(figure.n == 3 && figure.excluded.isEmpty)
  }

  @Test("after the cut-off replaces none")
  func later() {
    let figure = netPromoterScore(
      [answer(1, 10, at: "2026-03-10", contact: 500), answer(2, 0, at: "2026-07-12", contact: 500)],
      in: year, at: endOf("2026-06-30"))
    #expect(figure.used == [id(1)] && figure.left(.afterCutOff) == [id(2)])
    #expect(figure.value == .points(ratio(1)))
  }

  @Test("and a third leave only the last")
  func third() {
    let figure = satisfactionRate(
      [
        answer(1, 5, .csat, scale: 5, at: "2026-03-10", contact: 500),
        answer(3, 1, .csat, scale: 5, at: "2026-03-14", contact: 500),
        answer(2, 5, .csat, scale: 5, at: "2026-03-12", contact: 500),
      ], in: year, at: yearEnd)
    #expect(figure.value == .share(ratio(0)) && figure.used == [id(3)])
    #expect(Set(figure.left(.superseded)) == [id(1), id(2)])
  }
}

@Suite("Satisfaction")
struct SatisfactionTests {
  private func csat(_ scores: [Int]) -> Figure {
    satisfactionRate(answers(scores, .csat, scale: 5), in: year, at: yearEnd)
  }

  @Test("is the share of the upper two of five, with Wilson's interval")
  func published() {
    let counts = [(42, 5), (32, 4), (10, 3), (9, 2), (14, 1)]
    let figure = csat(counts.flatMap { Array(repeating: $0.1, count: $0.0) })
    #expect(figure.indicator == .csat && figure.value == .share(ratio(74, 107)) && figure.n == 107)
    #expect(figure.value?.decimal == "69.1589" && figure.value?.unit == "percent")
    #expect(agree(figure.interval, 59.872, 77.118))
  }

  @Test("of three who are all satisfied is not certain")
  func three() {
    let figure = csat([5, 4, 5])
    #expect(figure.value == .share(ratio(1)))
    #expect(agree(figure.interval, 43.850, 100))
  }

  @Test("of one record is that record, and of none is not available")
  func fewest() {
    #expect(csat([3]).value == .share(ratio(0)))
    #expect(agree(csat([4]).interval, 20.655, 100))
    #expect(csat([]).isAbsent)
  }

  @Test("leaves out scores beyond the scale and other scales")
  func beyond() {
    let figure = satisfactionRate(
      [
        answer(1, 5, .csat, scale: 5), answer(2, 6, .csat, scale: 5), answer(3, 0, .csat, scale: 5),
        answer(4, 7, .csat, scale: 7), answer(5, 9),
      ], in: year, at: yearEnd)
    #expect(figure.used == [id(1)])
    #expect(figure.left(.scoreBeyondScale) == [id(2), id(3)])
    #expect(figure.left(.otherScale(5)) == [id(4)])
    #expect(figure.left(.otherMeasure) == [id(5)])
  }

  @Test("with the effort is the mean on a scale to seven, and the share of 5 and more")
  func effort() {
    let all = answers([7, 6, 5, 4, 1], .ces, scale: 7)
    let mean = easeMean(all, in: year, at: yearEnd)
    #expect(mean.indicator == .effortMean && mean.value == .mean(ratio(23, 5), scale: 7) && mean.n == 5)
    #expect(mean.value?.decimal == "4.6000" && mean.value?.unit == "of 7")
    let share = easeRate(all, in: year, at: yearEnd)
    #expect(share.indicator == .ces && share.value == .share(ratio(3, 5)))
    #expect(agree(share.interval, 23.072, 88.238))
    #expect(easeMean([], in: year, at: yearEnd).isAbsent && easeRate([], in: year, at: yearEnd).isAbsent)
  }

  @Test("on review sites begins at four fifths of the stars, apart from surveys")
  func reviews() {
    // 5.6 of 7 is four fifths, though 0.8 · 7 is a little more in doubles.
    let figure = reviewSatisfaction(
      [
        review(1, 4), review(2, 3.9), review(3, 8, of: 10), review(4, 7.9, of: 10), review(5, 5.6, of: 7),
        review(6, 5),
      ], in: year, at: yearEnd)
    #expect(figure.indicator == .reviews && figure.value == .share(ratio(4, 6)) && figure.n == 6)
  }

  @Test("on review sites leaves out what was written at another time, or beyond the scale")
  func reviewReasons() {
    let figure = reviewSatisfaction(
      [review(1, 5), review(2, 5, on: "2025-12-31"), review(3, 5, on: "2026-07-01"), review(4, 6)],
      in: year, at: endOf("2026-06-30"))
    #expect(figure.used == [id(1)] && figure.left(.outsidePeriod) == [id(2)])
    #expect(figure.left(.afterCutOff) == [id(3)] && figure.left(.scoreBeyondScale) == [id(4)])
    #expect(reviewSatisfaction([], in: year, at: yearEnd).isAbsent)
  }
}

@Suite("The response rate of surveys")
struct SurveyResponseTests {
  @Test("counts each person once a survey, however often they were reminded")
  func reminders() {
    let invited = [
      invitation(1, contact: 500), invitation(2, contact: 500, on: "2026-03-15"), invitation(3, contact: 501),
      invitation(4, contact: 502), invitation(5, contact: 503),
    ]
    let answered = [
      answer(11, 9, at: "2026-03-16", contact: 500), answer(12, 9, at: "2026-03-17", contact: 501),
      answer(13, 2, at: "2026-03-18", contact: 501),
    ]
    let figure = surveyResponseRate(invited, answered, in: year, at: yearEnd)
    #expect(figure.indicator == .surveyResponse && figure.value == .share(ratio(1, 2)) && figure.n == 4)
  }

  @Test(
    "counts no answer of who was not invited, to another survey, of nobody, or after the cut-off"
  )
  func otherAnswers() {
    let invited = [invitation(1, contact: 500), invitation(2, contact: 501), invitation(3, contact: 502)]
    let answered = [
      answer(11, 9, contact: 599), answer(12, 9, campaign: 9_001, contact: 500), answer(13, 9),
      answer(14, 9, at: "2026-07-01", contact: 501), answer(15, 9, at: "2026-06-30", contact: 502),
    ]
    let figure = surveyResponseRate(invited, answered, in: year, at: endOf("2026-06-30"))
    #expect(figure.value == .share(ratio(1, 3)))
  }

  @Test("asks whoever was invited in the period")
  func invitedInPeriod() {
    let invited = [
      invitation(1, contact: 500, on: "2025-12-31"), invitation(2, contact: 501, on: "2026-01-01"),
      invitation(3, contact: 502, on: "2026-07-01"),
    ]
    let figure = surveyResponseRate(
      invited, [answer(11, 9, contact: 501)], in: year, at: endOf("2026-06-30"))
    #expect(figure.value == .share(ratio(1)) && figure.n == 1)
    #expect(figure.left(.outsidePeriod) == [id(1)] && figure.left(.afterCutOff) == [id(3)])
  }

  @Test("of no invitation is not available, whoever answered")
  func nothing() {
    #expect(surveyResponseRate([], [answer(1, 9, contact: 500)], in: year, at: yearEnd).isAbsent)
  }
}
