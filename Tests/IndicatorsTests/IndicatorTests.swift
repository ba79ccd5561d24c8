import PlanModel
import Testing
import Wording

@testable import Indicators

@Suite("An indicator")
struct IndicatorTests {
  @Test("has a name of its own and says how it is computed")
  func names() {
    #expect(Set(Indicator.allCases.map(\.name.description)).count == Indicator.allCases.count)
    #expect(Indicator.allCases.allSatisfy { !$0.formula.isEmpty })
    #expect(Indicator.allCases.filter(\.isBetterWhenLower) == [.responseTime])
  }

  @Test("gives each reason to leave a record out in words of its own")
  func reasons() {
    let reasons: [Reason] = [
      .outsidePeriod, .afterCutOff, .superseded, .otherMeasure, .unknownMeasure, .otherScale(5),
      .otherScale(7),
      .scoreBeyondScale, .noCost, .noRate("USD"), .noRate("GBP"), .serviceCost, .notDue, .notAProblem,
      .notResolved,
      .notStated, .partOfAnother, .cancelled, .noGoal,
    ]
    #expect(Set(reasons.map(\.phrase.description)).count == reasons.count)
  }
}

@Suite("A figure's value")
struct FigureValueTests {
  @Test(
    "is told as people read it, exactly, with its unit",
    arguments: [
      (.share(ratio(74, 107)), 69.158_878_5, "69.1589", "percent"),
      (.points(ratio(-1, 3)), -33.333_333_3, "-33.3333", "points"),
      (.mean(ratio(23, 5), scale: 7), 4.6, "4.6000", "of 7"),
      (.money(money("-1200.50 EUR")), -1_200.5, "-1200.50", "EUR"),
      (.money(money("5000 JPY")), 5_000, "5000", "JPY"), (.money(money("1.234 TND")), 1.234, "1.234", "TND"),
      (.factor(ratio(3, 2)), 1.5, "1.5000", "times"), (.duration(minutes(90)), 1.5, "1.5000", "hours"),
      (.days(532), 532, "532", "days"), (.score(ratio(125, 2)), 62.5, "62.5000", "of 100"),
    ] as [(FigureValue, Double, String, String)])
  func told(value: FigureValue, number: Double, decimal: String, unit: String) {
    #expect(agree(value.number, number, relative: 1e-8))
    #expect(value.decimal == decimal && value.unit == unit)
  }

  @Test("leaves no interval and says why where there is none, and says nothing of why where there is one")
  func absence() {
    let absent = Figure(.nps, nil, n: 0, interval: 0...1, absence: "nobody answered")
    #expect(absent.interval == nil && absent.absence == "nobody answered")
    let present = Figure(.nps, .points(ratio(1)), n: 1, interval: 0...1, absence: "nobody answered")
    #expect(present.interval == 0...1 && present.absence == nil)
  }
}
