import Foundation
import PlanModel
import Testing

@testable import Indicators

/// Facts that happen by chance: of this year mostly, with gaps, other currencies and other scales among them.
private struct Chance {
  var generator: SeededGenerator
  private var number = 0

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func below(_ bound: Int) -> Int { generator.below(bound) }
  mutating func chance(_ percent: Int) -> Bool { generator.chance(percent) }

  mutating func nextID() -> RecordID {
    number += 1
    return id(number)
  }

  mutating func day() -> PlanDate { IndicatorsTests.day("2025-07-01").adding(days: below(800)) }

  mutating func sale(onlyEuros: Bool = true) -> Sale {
    let currency = onlyEuros || chance(90) ? "EUR" : "USD"
    let day = day()
    return Sale(
      id: nextID(), recordedAt: day.milliseconds, day: day, isCreditNote: chance(15),
      revenue: Money(currency: currency, minor: Int64(below(1_000_000))),
      cost: chance(85) ? Money(currency: currency, minor: Int64(below(1_000_000))) : nil)
  }

  mutating func cost() -> Cost {
    let day = day()
    let purpose: Cost.Purpose = [.acquisition, .retention, .service][below(3)]
    return Cost(
      id: nextID(), recordedAt: day.milliseconds, day: day, purpose: purpose,
      amount: Money(currency: "EUR", minor: Int64(below(100_000))))
  }

  mutating func answer(_ measure: Measure? = nil, contact: Int? = nil) -> Answer {
    let day = day()
    let measure = measure ?? [Measure.nps, .csat, .ces, .custom][below(4)]
    let scale = [Measure.nps: 10, .csat: 5, .ces: 7, .custom: 3][measure] ?? 10
    return Answer(
      id: nextID(), recordedAt: day.milliseconds, at: day.milliseconds + Int64(below(86_400_000)), day: day,
      campaign: id(9_000 + below(3)),
      contact: contact.map { id($0) } ?? (chance(70) ? id(500 + below(12)) : nil),
      measure: chance(95) ? measure : nil, scaleMax: chance(95) ? scale : scale + 1, score: below(scale + 2))
  }

  mutating func request() -> Request {
    let opened = day().milliseconds + Int64(below(86_400_000))
    let types = ["responded", "resolved", "reopened", "closed", "escalated", "reclassified"]
    let events = (0..<below(4)).map { _ in
      Request.Event(types[below(types.count)], at: opened + Int64(below(200_000_000)))
    }
    return Request(
      id: nextID(), recordedAt: opened, openedAt: opened, day: PlanDate(milliseconds: opened),
      type: requestTypes[below(requestTypes.count)], severity: nil, isProblem: chance(50), events: events)
  }

  mutating func review() -> Review {
    let day = day()
    return Review(
      id: nextID(), recordedAt: day.milliseconds, day: day, site: "Avis", stars: Double(below(12)) / 2,
      scaleMax: 5)
  }
}

/// A figure of a time and the records that it was asked of.
private typealias Asked = (name: String, figure: Figure, given: [RecordID])

private let cutOff = endOf("2026-10-31")
private let levels = ServiceLevels([level(1, type: "complaint", respond: 4, resolve: 48)])

private func figures(
  _ answers: [Answer], _ sales: [Sale], _ requests: [Request], _ reviews: [Review]
) -> [Asked] {
  func asked(_ figure: Figure, _ given: [RecordID]) -> Asked { (figure.indicator.rawValue, figure, given) }
  return [
    asked(netPromoterScore(answers, in: year, at: cutOff), answers.map(\.id)),
    asked(satisfactionRate(answers, in: year, at: cutOff), answers.map(\.id)),
    asked(easeRate(answers, in: year, at: cutOff), answers.map(\.id)),
    asked(easeMean(answers, in: year, at: cutOff), answers.map(\.id)),
    asked(reviewSatisfaction(reviews, in: year, at: cutOff), reviews.map(\.id)),
    asked(problemResolutionRate(requests, in: year, at: cutOff), requests.map(\.id)),
    asked(firstContactResolution(requests, in: year, at: cutOff), requests.map(\.id)),
    asked(responseRate(requests, in: year, at: cutOff, levels: levels), requests.map(\.id)),
    asked(serviceLevelRate(requests, in: year, at: cutOff, levels: levels), requests.map(\.id)),
    asked(revenue(sales, in: year, at: cutOff, by: inEuros), sales.map(\.id)),
    asked(margin(sales, in: year, at: cutOff, by: inEuros), sales.map(\.id)),
  ]
}

@Suite("Whatever the records")
struct PropertyTests {
  @Test("their order changes nothing")
  func permutations() {
    for seed in 0..<200 {
      var chance = Chance(seed: UInt64(seed))
      let answers = (0..<chance.below(40)).map { _ in chance.answer() }
      let sales = (0..<chance.below(20)).map { _ in chance.sale() }
      let requests = (0..<chance.below(20)).map { _ in chance.request() }
      let reviews = (0..<chance.below(10)).map { _ in chance.review() }
      let some = figures(answers, sales, requests, reviews)
      let others = figures(
        answers.shuffled(using: &chance.generator), sales.shuffled(using: &chance.generator),
        requests.shuffled(using: &chance.generator), reviews.shuffled(using: &chance.generator))
      for (one, other) in zip(some, others) {
        #expect(one.figure.value == other.figure.value, "\(one.name) \(seed)")
        #expect(one.figure.n == other.figure.n, "\(one.name) \(seed)")
        // Doubles: the order of a sum shows in the last digit.
        switch (one.figure.interval, other.figure.interval) {
        case (nil, nil): break
        case (let some?, let interval):
          #expect(agree(interval, some.lowerBound, some.upperBound, within: 1e-9), "\(one.name) \(seed)")
        default: Issue.record("\(one.name) \(seed) has an interval in one order only")
        }
        #expect(Set(one.figure.used) == Set(other.figure.used), "\(one.name) \(seed)")
        let left = Dictionary(uniqueKeysWithValues: one.figure.excluded.map { ($0.reason, Set($0.records)) })
        let otherLeft = Dictionary(
          uniqueKeysWithValues: other.figure.excluded.map { ($0.reason, Set($0.records)) })
        #expect(left == otherLeft, "\(one.name) \(seed)")
      }
    }
  }

  @Test("each is used or left out for one reason, never both, never neither")
  func accounted() {
    for seed in 1_000..<1_250 {
      var chance = Chance(seed: UInt64(seed))
      let onlyEuros = chance.chance(70)
      let all = figures(
        (0..<chance.below(30)).map { _ in chance.answer() },
        (0..<chance.below(20)).map { _ in chance.sale(onlyEuros: onlyEuros) },
        (0..<chance.below(20)).map { _ in chance.request() },
        (0..<chance.below(10)).map { _ in chance.review() })
      for (name, figure, given) in all {
        let told = figure.used + figure.excluded.flatMap(\.records)
        #expect(told.sorted() == given.sorted(), "\(name) \(seed)")
      }
    }
  }

  @Test("figures made of several accounts or of several kinds account for all of them too")
  func accountedTogether() {
    for seed in 1_500..<1_700 {
      var chance = Chance(seed: UInt64(seed))
      let answers = (0..<chance.below(30)).map { _ in chance.answer() }
      let cut = chance.below(answers.count + 1)
      let requests = (0..<chance.below(20)).map { _ in chance.request() }
      let account = account(90_000) { account in
        account.sales = (0..<chance.below(20)).map { _ in chance.sale() }
        account.costs = (0..<chance.below(8)).map { _ in chance.cost() }
      }
      let invitations = (0..<chance.below(20)).map { _ in
        Invitation(
          id: chance.nextID(), recordedAt: 0, day: chance.day(), campaign: id(9_000 + chance.below(3)),
          contact: id(500 + chance.below(12)))
      }
      let all: [Asked] = [
        (
          "nps by account",
          netPromoterScoreByAccount([Array(answers[..<cut]), Array(answers[cut...])], in: year, at: cutOff),
          answers.map(\.id)
        ),
        (
          "survey response", surveyResponseRate(invitations, answers, in: year, at: cutOff),
          invitations.map(\.id)
        ),
        ("response time", responseTime(requests, in: year, at: cutOff), requests.map(\.id)),
        (
          "response by type", responseRateByType(requests, in: year, at: cutOff, levels: levels),
          requests.map(\.id)
        ),
        (
          "margin rate", marginRate(account.sales, in: year, at: cutOff, by: inEuros), account.sales.map(\.id)
        ),
        (
          "value", historicValue(account, at: cutOff, by: inEuros).figure,
          account.sales.map(\.id) + account.costs.map(\.id)
        ),
      ]
      for (name, figure, given) in all {
        let told = figure.used + figure.excluded.flatMap(\.records)
        #expect(told.sorted() == given.sorted(), "\(name) \(seed)")
        #expect(Set(figure.excluded.map(\.reason)).count == figure.excluded.count, "\(name) \(seed)")
      }
    }
  }

  @Test("a figure is not available exactly when nothing counts, and then says why")
  func absence() {
    for seed in 2_000..<2_250 {
      var chance = Chance(seed: UInt64(seed))
      // Few records: about as often none counts as one does.
      let all = figures(
        (0..<chance.below(5)).map { _ in chance.answer() }, (0..<chance.below(3)).map { _ in chance.sale() },
        (0..<chance.below(4)).map { _ in chance.request() },
        (0..<chance.below(3)).map { _ in chance.review() })
      for (name, figure, _) in all {
        #expect((figure.value == nil) == figure.used.isEmpty, "\(name) \(seed)")
        #expect((figure.n == 0) == figure.used.isEmpty, "\(name) \(seed)")
        #expect((figure.absence == nil) == (figure.value != nil), "\(name) \(seed)")
      }
    }
  }

  @Test("two sets of answers together are the mean of both, weighted by how many there are")
  func pooling() throws {
    for seed in 3_000..<3_200 {
      var chance = Chance(seed: UInt64(seed))
      let some = (0..<(1 + chance.below(20))).map { chance.answer(.nps, contact: 20_000 + $0) }
      let others = (0..<(1 + chance.below(20))).map { chance.answer(.nps, contact: 30_000 + $0) }
      let one = netPromoterScore(some, in: year, at: cutOff)
      let other = netPromoterScore(others, in: year, at: cutOff)
      let both = netPromoterScore(some + others, in: year, at: cutOff)
      #expect(both.n == one.n + other.n)
      guard both.n > 0 else { continue }
      let sum = (one.value?.number ?? 0) * Double(one.n) + (other.value?.number ?? 0) * Double(other.n)
      #expect(
        agree(try #require(both.value).number, sum / Double(both.n), relative: 1e-12, absolute: 1e-9),
        "\(seed)")
    }
  }

  @Test("the interval of a net promoter score stays within ±100 and holds the centre of the adjusted answers")
  func intervals() throws {
    for seed in 4_000..<4_300 {
      var chance = Chance(seed: UInt64(seed))
      let promoters = chance.below(30)
      let detractors = chance.below(30)
      let passives = chance.below(30)
      let all =
        Array(repeating: 10, count: promoters) + Array(repeating: 3, count: detractors)
        + Array(repeating: 7, count: passives)
      let figure = netPromoterScore(answers(all), in: year, at: yearEnd)
      guard !all.isEmpty else {
        #expect(figure.interval == nil)
        continue
      }
      let interval = try #require(figure.interval)
      let centre = 100 * Double(promoters - detractors) / Double(all.count + 3)
      #expect(
        interval.lowerBound >= -100 && interval.upperBound <= 100 && interval.contains(centre), "\(seed)")
      #expect(interval.upperBound > interval.lowerBound, "\(seed)")
    }
  }

  @Test("sales of one account, split over two, keep their sums")
  func splitting() throws {
    for seed in 5_000..<5_200 {
      var chance = Chance(seed: UInt64(seed))
      let sales = (0..<(1 + chance.below(30))).map { _ in chance.sale() }
      let cut = chance.below(sales.count + 1)
      let parts = [Array(sales[..<cut]), Array(sales[cut...])]
      func minor(_ figure: Figure) -> Int64 {
        if case .money(let money)? = figure.value { money.minor } else { 0 }
      }
      for sum in [revenue, margin] {
        #expect(
          minor(sum(sales, year, cutOff, inEuros))
            == parts.reduce(0) { $0 + minor(sum($1, year, cutOff, inEuros)) }, "\(seed)")
      }
      let whole = account(1) { $0.sales = sales }
      let split = parts.enumerated().map { place, part in account(10 + place) { $0.sales = part } }
      func rows(_ accounts: [AccountFacts]) -> [Profit] {
        profits(accounts, by: .product, Directory(), in: year, at: cutOff, by: inEuros).rows
      }
      #expect(rows([whole]).map(\.revenue) == rows(split).map(\.revenue), "\(seed)")
      #expect(rows([whole]).map(\.margin) == rows(split).map(\.margin), "\(seed)")
    }
  }

  @Test("a hundred times the amounts are a hundred times the value")
  func scaling() {
    func scaled(_ money: Money) -> Money { Money(currency: money.currency, minor: money.minor * 100) }
    for seed in 6_000..<6_200 {
      var chance = Chance(seed: UInt64(seed))
      let small = account(1) { account in
        account.sales = (0..<(1 + chance.below(20))).map { _ in chance.sale() }
        account.costs = (0..<chance.below(8)).map { _ in chance.cost() }
      }
      let great = account(1) { account in
        account.sales = small.sales.map {
          Sale(
            id: $0.id, recordedAt: $0.recordedAt, day: $0.day, isCreditNote: $0.isCreditNote,
            revenue: scaled($0.revenue), cost: $0.cost.map(scaled))
        }
        account.costs = small.costs.map {
          Cost(
            id: $0.id, recordedAt: $0.recordedAt, day: $0.day, purpose: $0.purpose, amount: scaled($0.amount))
        }
      }
      let one = historicValue(small, at: cutOff, by: inEuros).value
      let hundred = historicValue(great, at: cutOff, by: inEuros).value
      #expect(hundred?.value == one.map { scaled($0.value) }, "\(seed)")
      #expect(hundred?.margin == one.map { scaled($0.margin) }, "\(seed)")
      #expect(hundred?.marginRate == one?.marginRate && hundred?.days == one?.days, "\(seed)")
    }
  }

  @Test("an account's value is its margin less its costs, and its margin what its sales earn")
  func valueOfParts() throws {
    for seed in 7_000..<7_200 {
      var chance = Chance(seed: UInt64(seed))
      let account = account(1) { account in
        account.sales = (0..<(1 + chance.below(20))).map { _ in chance.sale() }
        account.costs = (0..<chance.below(8)).map { _ in chance.cost() }
      }
      guard let value = historicValue(account, at: cutOff, by: inEuros).value else { continue }
      #expect(
        value.value.minor == value.margin.minor - value.acquisition.minor - value.retention.minor, "\(seed)")
      func spent(_ purpose: Cost.Purpose) -> Int64 {
        account.costs.filter { $0.purpose == purpose && $0.day <= cutOff.day }.reduce(0) {
          $0 + $1.amount.minor
        }
      }
      #expect(
        value.acquisition.minor == spent(.acquisition) && value.retention.minor == spent(.retention),
        "\(seed)")
    }
  }
}
