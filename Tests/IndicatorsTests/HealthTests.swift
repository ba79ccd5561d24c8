import PlanModel
import Testing
import Wording

@testable import Indicators

@Suite("The health of an account")
struct HealthTests {
  private func health(_ parts: [(weight: Int, score: Int?)]) -> Health {
    Health(
      parts.map {
        Health.Part(component: "response", weight: $0.weight, score: $0.score.map { ratio($0) }, why: "")
      })
  }

  @Test("is the weighted mean of the components that have data, with the weight that they cover")
  func weighted() {
    let health = health([(40, 80), (30, 60), (20, nil), (10, 100)])
    #expect(health.score == ratio(75) && health.coverage == ratio(4, 5) && health.parts.count == 4)
    #expect(self.health([(1, 0)]).score == ratio(0))
    #expect(self.health([(3, 50), (1, 51)]).score == ratio(201, 4))
  }

  @Test("needs 60 % of the weight")
  func coverage() {
    let half = health([(40, 80), (30, nil), (20, nil), (10, 100)])
    #expect(half.score == nil && half.coverage == ratio(1, 2))
    let enough = health([(40, 80), (30, nil), (20, 50), (10, nil)])
    #expect(enough.score == ratio(70) && enough.coverage == ratio(3, 5))
    #expect(health([(4_001, nil), (5_999, 50)]).score == nil)
  }

  @Test("of nothing is none")
  func nothing() {
    #expect(health([]).score == nil && health([]).coverage == nil)
    #expect(health([(10, nil)]).score == nil)
  }

  @Test("is made of what an organisation writes, a component and its weight a line")
  func weights() {
    let read = HealthComponent.weights(
      in: """
        satisfaction 25
        response 15

        whatever
        resolution much
        value-trend -5
        plan-progress 0
        happiness 7
        """
    )
    #expect(read.map(\.component) == ["satisfaction", "response", "happiness"])
    #expect(read.map(\.weight) == [25, 15, 7])
    #expect(HealthComponent.weights(in: "").isEmpty)
  }

  @Test("does not stop at weights beyond all measure")
  func absurdWeights() {
    let read = HealthComponent.weights(in: "response 9223372036854775807\nresolution 9223372036854775807")
    _ = Health(read.map { Health.Part(component: $0.component, weight: $0.weight, score: ratio(1), why: "") })
  }

  @Test("has weights of its own where nobody defined any, of 100 together")
  func weightsDefault() {
    #expect(HealthComponent.weightsDefault.map(\.weight).reduce(0, +) == 100)
    #expect(
      Set(HealthComponent.weightsDefault.map(\.component)) == Set(HealthComponent.allCases.map(\.rawValue)))
  }
}

@Suite("The health of an account by its records")
struct HealthOfRecordsTests {
  private func found(
    _ weights: [(component: String, weight: Int)]?, _ change: (inout AccountFacts) -> Void = { _ in }
  ) -> (figure: Figure, health: Health) {
    var directory = Directory()
    directory.health = weights
    return health(account(1, change), in: year, at: yearEnd, by: inEuros, directory)
  }

  @Test("takes the response rate and the resolution rate as they are")
  func service() {
    let all = found([("response", 50), ("resolution", 50)]) { account in
      account.requests = [
        request(1, "2026-03-02", problem: true, [("resolved", "2026-03-02")]),
        request(2, "2026-03-02", problem: true, [("responded", "2026-03-02")]),
        request(3, "2026-03-02", [("responded", "2026-03-02")]), request(4, "2026-03-02"),
      ]
    }
    // 75 of the answers, 50 of the solutions.
    #expect(all.health.parts.map(\.score) == [ratio(75), ratio(50)])
    #expect(all.figure.indicator == .health && all.figure.value == .score(ratio(125, 2)))
  }

  @Test("finds a margin as it was a year ago half good, a quarter more all good, a quarter less bad")
  func trend() {
    for (now, score) in [
      ("100 EUR", ratio(50)), ("125 EUR", ratio(100)), ("75 EUR", ratio(0)), ("110 EUR", ratio(70)),
      ("500 EUR", ratio(100)), ("1 EUR", ratio(0)),
    ] {
      let all = found([("value-trend", 10)]) {
        $0.sales = [
          sale(1, "2025-05-01", "100 EUR", cost: "0 EUR"), sale(2, "2026-05-01", now, cost: "0 EUR"),
        ]
      }
      #expect(all.health.score == score, "\(now)")
    }
    let noYearBefore = found([("value-trend", 10)]) {
      $0.sales = [sale(2, "2026-05-01", "5 EUR", cost: "0 EUR")]
    }
    #expect(noYearBefore.health.score == nil && noYearBefore.figure.isAbsent)
  }

  @Test("finds contact in time all good, and half as good each rhythm later")
  func cadence() {
    for (last, score) in [("2026-12-01", 100), ("2026-12-31", 100), ("2026-11-01", 50)] {
      let all = found([("contact-cadence", 10)]) { account in
        account.privilegedContact = PrivilegedContact(
          person: id(70), deputy: nil, since: nil, cadenceDays: 30)
        account.contacts = [contact(1, by: 70, on: last)]
      }
      #expect(all.health.score == ratio(score), "\(last)")
    }
    let noRhythm = found([("contact-cadence", 10)]) { $0.contacts = [contact(1, by: 70, on: "2026-12-01")] }
    #expect(noRhythm.health.score == nil)
  }

  @Test("asks surveys: all recommend it is 100, nobody is 0, and each answer counts alike")
  func satisfaction() {
    func score(_ all: [Answer]) -> Ratio? { found([("satisfaction", 10)]) { $0.answers = all }.health.score }
    #expect(score(answers([10, 9])) == ratio(100) && score(answers([0, 6])) == ratio(0))
    #expect(score(answers([10, 0])) == ratio(50))
    #expect(score(answers([5, 1], .csat, scale: 5)) == ratio(50))
    // Three recommendations at 100, one dissatisfaction at 0.
    #expect(score(answers([10, 10, 10]) + answers([1], .csat, scale: 5, from: 10)) == ratio(75))
    #expect(score([]) == nil)
  }

  @Test("does not know components that nobody knows, and they count as missing weight")
  func unknownComponent() {
    let all = found([("response", 60), ("happiness", 40)]) {
      $0.requests = [request(3, "2026-03-02", [("responded", "2026-03-02")])]
    }
    #expect(all.health.score == ratio(100) && all.health.coverage == ratio(3, 5))
    #expect(all.health.parts.last.map { $0.score == nil && !$0.why.isEmpty } == true)
  }

  @Test("says nothing of an account of which nothing is known, however full its form is")
  func form() {
    let empty = found(nil)
    #expect(empty.figure.isAbsent && empty.health.score == nil && empty.health.coverage == ratio(0))
    let full = found(nil) { account in
      account.profile.stage = "loyal"
      account.profile.tier = 1
      account.profile.country = "FR"
      account.profile.industry = "food"
      account.profile.purchasingPower = money("1000 EUR")
      account.profile.isKeyAccount = true
      account.profile.firstContact = day("2020-01-01")
    }
    #expect(full.figure.isAbsent && full.health.coverage == ratio(0))
  }
}

@Suite("A plan's progress")
struct PlanProgressTests {
  @Test(
    "of an objective goes from its baseline, or nothing, to its target, and no further",
    arguments: [
      (0, 100, 25, 0.25), (nil, 100, 25, 0.25), (10, 5, 7.5, 0.5), (50, 100, 75, 0.5), (0, 100, 150, 1),
      (50, 100, 20, 0), (nil, 100, 0, 0), (10, 5, 12, 0), (10, 5, 2, 1),
    ] as [(Double?, Double, Double, Double)])
  func ofObjective(baseline: Double?, target: Double, current: Double, progress: Double) {
    let found = Indicators.progress(of: objective(1, baseline: baseline, target: target, current: current))
    #expect(found.map { agree($0, progress, relative: 1e-12) } == true, "\(String(describing: found))")
  }

  @Test("of an objective without a target or without where it stands is not known")
  func unknown() {
    #expect(Indicators.progress(of: objective(1, baseline: 1, current: 5)) == nil)
    #expect(Indicators.progress(of: objective(1, baseline: 1, target: 5)) == nil)
  }

  @Test("of an objective whose target is where it began is a number or none, not an error")
  func noWay() {
    let found = Indicators.progress(of: objective(1, baseline: 5, target: 5, current: 5))
    #expect(found.map { $0.isFinite } ?? true)
  }

  @Test("is at most as good as on schedule, by weight, without what is cancelled or has no goal")
  func bySchedule() throws {
    // Half of the year's days by 2 July (183 of 365, both ends counted, is a little more).
    let account = account(1) { account in
      account.objectives = [
        objective(1, target: 100, current: 100, due: "2026-12-31", weight: 5_000, plan: "2026"),
        objective(2, target: 100, current: 0, due: "2026-12-31", weight: 5_000, plan: "2026"),
        objective(3, status: "cancelled", target: 100, current: 0, plan: "2026"),
        objective(4, status: "deferred", target: 100, current: 0, plan: "2026"),
        objective(5, plan: "2026"),
      ]
    }
    let figure = planProgress([account], at: endOf("2026-07-02"))
    #expect(figure.indicator == .planProgress && figure.n == 2)
    #expect(figure.value.map { agree($0.number, 50, relative: 1e-9) } == true)
    #expect(figure.left(.cancelled) == [id(3), id(4)] && figure.left(.noGoal) == [id(5)])
    #expect(planProgress([], at: yearEnd).isAbsent && planProgress([Self.idle], at: yearEnd).isAbsent)
  }

  private static let idle = account(2)
}

@Suite("Contact")
struct ContactTests {
  private func cared(_ number: Int, _ cadence: Int?, _ contacts: [ContactMade]) -> AccountFacts {
    account(number) { account in
      account.privilegedContact = PrivilegedContact(
        person: id(70), deputy: id(71), since: nil, cadenceDays: cadence)
      account.contacts = contacts
    }
  }

  @Test("is what the privileged contact or the deputy had with them, the last one by the cut-off")
  func last() {
    let all = [
      contact(1, by: 70, on: "2026-03-01"), contact(2, by: 71, on: "2026-04-01"),
      contact(3, by: 72, on: "2026-05-01"),
      contact(4, by: nil, on: "2026-05-02"), contact(5, by: 70, on: "2026-07-01"),
      contact(6, by: 70, on: "2026-02-01"),
    ]
    #expect(lastContact(cared(1, 30, all), at: endOf("2026-06-30")) == day("2026-04-01"))
    #expect(lastContact(cared(1, 30, all), at: yearEnd) == day("2026-07-01"))
    #expect(lastContact(cared(1, 30, [all[2]]), at: yearEnd) == nil)
  }

  @Test("is in time when it is no longer ago than agreed")
  func cadence() {
    let figure = contactCadence(
      [
        cared(1, 30, [contact(1, by: 70, on: "2026-12-01")]),
        cared(2, 30, [contact(2, by: 70, on: "2026-11-30")]),
        cared(3, nil, [contact(3, by: 70, on: "2026-01-01")]),
        cared(4, 365, [contact(4, by: 71, on: "2026-01-01")]),
        account(5),
      ], at: yearEnd)
    #expect(figure.indicator == .contactCadence && figure.value == .share(ratio(2, 3)) && figure.n == 3)
    #expect(contactCadence([], at: yearEnd).isAbsent)
    #expect(contactCadence([cared(3, nil, [])], at: yearEnd).isAbsent)
  }
}
