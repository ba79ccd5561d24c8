import PlanModel
import Testing

@testable import Indicators

/// A record whose registers are given by their names, as text where people type text.
private struct Record: PlanRecord {
  let id: RecordID
  let account: RecordID?
  let kind: UInt32
  let recordedAt: Int64
  let author: UInt32
  private let registers: [UInt32: [UInt8]]

  init(
    _ number: Int, _ description: KindDescription, of account: Int? = nil, author: UInt32 = 1,
    recorded: String = "2026-01-01", _ values: [String: RegisterValue] = [:]
  ) {
    id = IndicatorsTests.id(number)
    self.account = account.map { IndicatorsTests.id($0) }
    kind = description.number
    recordedAt = moment(recorded)
    self.author = author
    var registers: [UInt32: [UInt8]] = [:]
    for (name, value) in values {
      guard let register = description.register(named: name) else {
        preconditionFailure("\(description.name) has no \(name)")
      }
      registers[register.number] = register.type.encode(value, as: register.number)
    }
    self.registers = registers
  }

  /// Of a kind that a later version brings.
  init(_ number: Int, ofKind kind: UInt32, of account: Int?) {
    id = IndicatorsTests.id(number)
    self.account = account.map { IndicatorsTests.id($0) }
    self.kind = kind
    recordedAt = 0
    author = 1
    registers = [1: [0x0A, 0x01, 0x78], 2: [0xFF]]
  }

  func encoded(_ register: UInt32) -> ArraySlice<UInt8>? { registers[register].map { $0[...] } }
  func forEachRegister(_ body: (UInt32, ArraySlice<UInt8>) -> Void) {
    for register in registers.keys.sorted() {
      if let encoded = registers[register] { body(register, encoded[...]) }
    }
  }
}

private func choice(_ description: KindDescription, _ register: String, _ name: String) -> RegisterValue {
  guard case .choice(let choices)? = description.register(named: register)?.type,
    let number = choices.number(named: name)
  else { preconditionFailure("\(description.name) has no \(register) \(name)") }
  return .integer(number)
}

private func facts(_ records: [Record]) -> Facts {
  // A day begins two hours earlier in the zone of the tests, and in UTC elsewhere.
  var builder = FactsBuilder { zone, moment in
    PlanDate(milliseconds: moment + (zone == "Europe/Helsinki" ? hours(2) : 0))
  }
  for record in records { builder.add(record) }
  return builder.finished()
}

private let firm = Record(
  1, .account,
  [
    "name": .text("Nordlys"), "slug": .text("nordlys"), "time-zone": .text("Europe/Helsinki"),
    "stage": choice(.account, "stage", "loyal"), "counterpart": choice(.account, "counterpart", "customer"),
    "tier": .integer(2), "country": .text("FI"), "currency": .text("EUR"), "industry": .text("Light"),
    "purchasing-power": .money(money("50000 EUR")), "first-contact-on": .text("2024-02-29"),
    "key-account": .flag(true), "manager": .reference(id(70)),
  ], isAccount: true)

extension Record {
  /// An account's own record belongs to itself.
  fileprivate init(
    _ number: Int, _ description: KindDescription, _ values: [String: RegisterValue], isAccount: Bool
  ) {
    self.init(number, description, of: isAccount ? number : nil, values)
  }
}

@Suite("Facts made of records")
struct FactsBuilderTests {
  @Test("say who an account is")
  func profile() throws {
    let profile = try #require(facts([firm])[id(1)]).profile
    #expect(profile.id == id(1) && profile.slug == "nordlys" && profile.name == "Nordlys")
    #expect(profile.stage == "loyal" && profile.counterpart == "customer" && profile.tier == 2)
    #expect(profile.country == "FI" && profile.currency == "EUR" && profile.industry == "Light")
    #expect(profile.purchasingPower == money("50000 EUR") && profile.firstContact == day("2024-02-29"))
    #expect(profile.isKeyAccount && profile.manager == id(70) && profile.timeZone == "Europe/Helsinki")
  }

  @Test("leave amounts out that are beyond what can be counted, and name their records")
  func tooLarge() throws {
    let most = Money(currency: "EUR", minor: Money.minorMax)
    for much in [Money(currency: "EUR", minor: Money.minorMax + 1), Money(currency: "EUR", minor: .min)] {
      let all = facts([
        firm,
        Record(40, .sale, of: 1, ["occurred-on": .text("2026-01-15"), "revenue": .money(most)]),
        Record(41, .sale, of: 1, ["occurred-on": .text("2026-01-15"), "revenue": .money(much)]),
        Record(
          42, .sale, of: 1,
          ["occurred-on": .text("2026-01-15"), "revenue": .money(most), "cost": .money(much)]),
        Record(
          43, .costEvent, of: 1,
          [
            "occurred-on": .text("2026-01-15"), "type": choice(.costEvent, "type", "service"),
            "amount": .money(much),
          ]),
        Record(
          44, .revenueTarget, of: 1,
          ["period": .period(day("2026-01-01"), day("2026-12-31")), "revenue": .money(much)]),
        Record(45, .whitespaceCell, of: 1, ["product": .reference(id(9)), "potential": .money(much)]),
      ])
      let account = try #require(all[id(1)])
      #expect(account.sales.map(\.id) == [id(40)] && account.costs.isEmpty && account.potentials.isEmpty)
      #expect(account.revenueTargets.map(\.revenue) == [nil])
      #expect(all.tooLarge == [41, 42, 43, 44, 45].map { id($0) })
    }
  }

  @Test("come by the accounts' short names, and not of an account that is not here")
  func accounts() {
    let all = facts([
      Record(3, .account, ["name": .text("C"), "slug": .text("c")], isAccount: true),
      Record(2, .account, ["name": .text("A"), "slug": .text("a")], isAccount: true),
      Record(40, .sale, of: 99, ["occurred-on": .text("2026-01-15"), "revenue": .money(money("5 EUR"))]),
      Record(41, .surveyResponse, of: 99, ["score": .integer(9)]),
      Record(4, .account, ["name": .text("B"), "slug": .text("b")], isAccount: true),
    ])
    #expect(all.accounts.map(\.profile.slug) == ["a", "b", "c"])
    #expect(all[id(99)] == nil && all.accounts.allSatisfy { $0.sales.isEmpty && $0.answers.isEmpty })
    #expect(facts([]).accounts.isEmpty)
  }

  private let records: [Record] = [
    Record(20, .surveyTemplate, ["title": .text("Light"), "type": .integer(2), "scale-max": .integer(5)]),
    Record(21, .surveyCampaign, of: 1, ["title": .text("Spring"), "template": .reference(id(20))]),
    Record(
      22, .surveyResponse, of: 1, recorded: "2026-02-03",
      [
        "campaign": .reference(id(21)), "contact": .reference(id(500)), "score": .integer(4),
        "remark": .text("fine"),
        "occurred-at": .integer(moment("2026-02-01 23:00")),
      ]),
    Record(23, .surveyResponse, of: 1, ["score": .integer(9)]),
    Record(
      24, .surveyInvitation, of: 1,
      [
        "campaign": .reference(id(21)), "contact": .reference(id(500)),
        "invited-at": .integer(moment("2026-01-31 12:00")),
      ]),
    Record(
      30, .serviceRequest, of: 1,
      [
        "subject": .text("Dark"), "type": choice(.serviceRequest, "type", "technical"),
        "problem": .flag(true),
        "severity": choice(.serviceRequest, "severity", "high"),
        "opened-at": .integer(moment("2026-02-10 22:30")),
      ]),
    Record(
      31, .requestEvent, of: 1,
      [
        "request": .reference(id(30)), "type": choice(.requestEvent, "type", "resolved"),
        "occurred-at": .integer(moment("2026-02-12")),
      ]),
    Record(
      32, .requestEvent, of: 1,
      [
        "request": .reference(id(30)), "type": choice(.requestEvent, "type", "responded"),
        "occurred-at": .integer(moment("2026-02-11")),
      ]),
    Record(
      33, .requestEvent, of: 1,
      ["request": .reference(id(39)), "type": choice(.requestEvent, "type", "responded")]),
    Record(
      40, .plan, of: 1, ["title": .text("Plan"), "period": .period(day("2026-01-01"), day("2026-12-31"))]),
    Record(
      41, .objective, of: 1,
      [
        "plan": .reference(id(40)), "title": .text("More light"), "baseline": .text("10"),
        "target": .text("20.5"),
        "current": .text("12"), "weight": .integer(2_500), "due": .text("2026-09-30"),
      ]),
  ]

  @Test("are the same in any order of the records", arguments: 0..<20)
  func anyOrder(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let account = try #require(facts([firm] + records.shuffled(using: &generator))[id(1)])
    let answer = try #require(account.answers.first { $0.id == id(22) })
    #expect(answer.measure == .csat && answer.scaleMax == 5 && answer.score == 4 && answer.remark == "fine")
    #expect(answer.campaign == id(21) && answer.contact == id(500))
    #expect(answer.recordedAt == moment("2026-02-03") && answer.at == moment("2026-02-01 23:00"))
    let request = try #require(account.requests.first)
    #expect(account.requests.count == 1 && request.events.map(\.type) == ["responded", "resolved"])
    let objective = try #require(account.objectives.first)
    #expect(
      objective.plan == year && objective.baseline == 10 && objective.target == 20.5
        && objective.current == 12)
    #expect(
      objective.weight == 2_500 && objective.due == day("2026-09-30") && objective.status == "not-started")
    #expect(account.invitations.map(\.contact) == [id(500)])
  }

  @Test("tell the day of a moment by the account's time zone")
  func days() throws {
    let account = try #require(facts([firm] + records)[id(1)])
    #expect(account.answers.first { $0.id == id(22) }?.day == day("2026-02-02"))
    #expect(account.requests.first?.day == day("2026-02-11"))
    #expect(account.invitations.first?.day == day("2026-01-31"))
    let elsewhere = Record(1, .account, ["name": .text("Nordlys")], isAccount: true)
    let other = try #require(facts([elsewhere] + records)[id(1)])
    #expect(other.answers.first { $0.id == id(22) }?.day == day("2026-02-01"))
  }

  @Test(
    "do not know what an answer without a survey measures, and date it by its record"
  )
  func withoutCampaign() throws {
    let account = try #require(facts([firm] + records)[id(1)])
    let answer = try #require(account.answers.first { $0.id == id(23) })
    #expect(
      answer.measure == nil && answer.scaleMax == nil && answer.contact == nil && answer.campaign == nil)
    #expect(answer.at == moment("2026-01-01"))
  }

  @Test("take a credit note back whether it has a sign or not")
  func creditNotes() throws {
    func sale(_ number: Int, _ type: String?, _ revenue: String, _ cost: String?) -> Record {
      var values: [String: RegisterValue] = [
        "occurred-on": .text("2026-03-01"), "revenue": .money(money(revenue)), "product": .reference(id(700)),
        "strategy": .reference(id(801)),
      ]
      if let type { values["type"] = choice(.sale, "type", type) }
      if let cost { values["cost"] = .money(money(cost)) }
      return Record(number, .sale, of: 1, recorded: "2026-03-05", values)
    }
    let sales = try #require(
      facts([
        firm, sale(50, nil, "100 EUR", "60 EUR"), sale(51, "sale", "10 EUR", nil),
        sale(52, "credit-note", "30 EUR", "20 EUR"), sale(53, "credit-note", "-30 EUR", "-20 EUR"),
        sale(54, "credit-note", "30 EUR", "-20 EUR"), sale(55, "credit-note", "0 EUR", nil),
      ])[id(1)]
    ).sales
    #expect(
      sales.map(\.revenue)
        == ["100 EUR", "10 EUR", "-30 EUR", "-30 EUR", "-30 EUR", "0 EUR"].map { money($0) })
    #expect(
      sales.map(\.cost) == [money("60 EUR"), nil, money("-20 EUR"), money("-20 EUR"), money("-20 EUR"), nil])
    #expect(sales.map(\.isCreditNote) == [false, false, true, true, true, true])
    #expect(sales[0].day == day("2026-03-01") && sales[0].recordedAt == moment("2026-03-05"))
    #expect(sales[0].product == id(700) && sales[0].strategy == id(801))
  }

  @Test("take a complaint for a problem unless it says otherwise")
  func problems() throws {
    func request(_ number: Int, _ type: String, _ problem: Bool?) -> Record {
      var values: [String: RegisterValue] = [
        "subject": .text("x"), "type": choice(.serviceRequest, "type", type),
      ]
      if let problem { values["problem"] = .flag(problem) }
      return Record(number, .serviceRequest, of: 1, values)
    }
    let requests = try #require(
      facts([
        firm, request(60, "complaint", nil), request(61, "complaint", false), request(62, "information", nil),
        request(63, "information", true),
      ])[id(1)]
    ).requests
    #expect(requests.map(\.isProblem) == [true, false, false, true])
    #expect(requests.map(\.type) == ["complaint", "complaint", "information", "information"])
  }

  @Test("of value, relation and judgement say what their records say")
  func others() throws {
    let whole = (day("2026-01-01"), day("2026-12-31"))
    let account = try #require(
      facts([
        firm,
        Record(
          70, .costEvent, of: 1,
          [
            "type": choice(.costEvent, "type", "retention"), "occurred-on": .text("2026-03-01"),
            "amount": .money(money("7 EUR")), "strategy": .reference(id(801)),
          ]),
        Record(
          71, .revenueTarget, of: 1,
          [
            "period": .period(whole.0, whole.1), "product": .reference(id(700)),
            "revenue": .money(money("9 EUR")),
          ]),
        Record(
          72, .profitabilityTarget, of: 1,
          ["period": .period(whole.0, whole.1), "margin-rate": .integer(2_500)]),
        Record(
          73, .privilegedContact, of: 1,
          ["person": .reference(id(500)), "deputy": .reference(id(501)), "cadence-days": .integer(30)]),
        Record(
          74, .interaction, of: 1,
          [
            "summary": .text("call"), "occurred-at": .integer(moment("2026-04-01 09:00")),
            "by": .reference(id(500)),
          ]),
        Record(
          75, .whitespaceCell, of: 1,
          [
            "product": .reference(id(700)), "state": choice(.whitespaceCell, "state", "open"),
            "potential": .money(money("99 EUR")),
          ]),
        Record(
          76, .criterionScore, of: 1, author: 77,
          ["criterion": .reference(id(600)), "score": .integer(4), "scored-on": .text("2026-05-05")]),
        Record(
          77, .observation, of: 1,
          [
            "about": choice(.observation, "about", "need"), "statement": .text("Less noise"),
            "observed-on": .text("2026-05-06"),
          ]),
        Record(78, .segmentMember, of: 1, ["segment": .reference(id(900)), "reason": .text("a friend")]),
        Record(
          79, .externalReview, of: 1,
          [
            "site": .text("Avis"), "stars": .text("4.5"), "scale-max": .integer(5),
            "occurred-at": .integer(moment("2026-05-07")),
          ]),
      ])[id(1)])
    #expect(account.costs.map(\.purpose) == [.retention] && account.costs.map(\.amount) == [money("7 EUR")])
    #expect(account.costs.map(\.strategy) == [id(801)] && account.costs.map(\.day) == [day("2026-03-01")])
    #expect(
      account.revenueTargets.map(\.period) == [year] && account.revenueTargets.map(\.product) == [id(700)])
    #expect(
      account.revenueTargets.map(\.revenue) == [money("9 EUR")]
        && account.revenueTargets.map(\.margin) == [nil])
    #expect(account.profitabilityTargets.map(\.marginRate) == [2_500])
    #expect(account.privilegedContact?.person == id(500) && account.privilegedContact?.deputy == id(501))
    #expect(account.privilegedContact?.cadenceDays == 30)
    #expect(account.contacts.map(\.day) == [day("2026-04-01")] && account.contacts.map(\.by) == [id(500)])
    #expect(
      account.potentials.map(\.amount) == [money("99 EUR")] && account.potentials.map(\.state) == ["open"])
    #expect(account.scores.map(\.rater) == [77] && account.scores.map(\.day) == [day("2026-05-05")])
    #expect(
      account.observations.map(\.about) == ["need"] && account.observations.map(\.statement) == ["Less noise"]
    )
    #expect(account.memberships == [id(900): "a friend"])
    #expect(account.reviews.map(\.stars) == [4.5] && account.reviews.map(\.site) == ["Avis"])
  }

  @Test("of the directory count what is active only")
  func directory() {
    func level(_ number: Int, _ isActive: Bool?) -> Record {
      var values: [String: RegisterValue] = ["name": .text("L\(number)"), "respond-hours": .integer(4)]
      if let isActive { values["active"] = .flag(isActive) }
      return Record(number, .serviceLevel, values)
    }
    func criterion(_ number: Int, _ name: String, _ isActive: Bool) -> Record {
      Record(
        number, .selectionCriterion,
        [
          "name": .text(name), "axis": choice(.selectionCriterion, "axis", "strength"),
          "weight": .integer(5_000),
          "scale-max": .integer(5), "active": .flag(isActive),
        ])
    }
    let directory = facts([
      level(80, true), level(81, false), level(82, nil), criterion(83, "Trust", true),
      criterion(84, "Size", true),
      criterion(85, "Old", false),
      Record(
        86, .healthDefinition, ["name": .text("Ours"), "components": .text("response 60\nresolution 40")]),
      Record(
        87, .product,
        ["sku": .text("P"), "name": .text("Pump"), "type": choice(.product, "type", "service")]),
      Record(88, .strategy, ["name": .text("Fair"), "budget": .money(money("5 EUR"))]),
      Record(
        89, .exchangeRate,
        [
          "currency": .text("USD"), "into": .text("EUR"), "rate": .text("0.5"), "since": .text("2026-01-01"),
        ]),
      Record(90, .segment, ["name": .text("Loyal"), "rule": .text("stage = loyal")]),
      Record(
        91, .kpiTarget,
        ["name": .text("Goal"), "indicator": .text("nps"), "good": .text("50"), "active": .flag(true)]),
    ]).directory
    #expect(directory.levels.map(\.id) == [id(80)] && directory.levels.map(\.respondHours) == [4])
    #expect(
      directory.criteria.map(\.name) == ["Size", "Trust"]
        && directory.criteria.map(\.axis) == [.strength, .strength])
    #expect(directory.health == nil)
    #expect(directory.products[id(87)]?.name == "Pump" && directory.products[id(87)]?.type == "service")
    #expect(
      directory.strategies.map(\.name) == ["Fair"] && directory.strategies.map(\.budget) == [money("5 EUR")])
    #expect(directory.segments.map(\.rule) == ["stage = loyal"])
    #expect(directory.targets.map(\.indicator) == ["nps"] && directory.targets.map(\.good) == [50])
    let half = Valuation("EUR", rates: directory.rates)
    #expect(half.exact(money("1 USD"), on: day("2026-02-01")) == 50 * Valuation.scale)
  }

  @Test("of an active definition of health are its weights")
  func healthDefinition() {
    let directory = facts([
      Record(
        86, .healthDefinition,
        ["name": .text("Ours"), "components": .text("response 60\nresolution 40"), "active": .flag(true)])
    ]).directory
    #expect(directory.health?.map(\.component) == ["response", "resolution"])
    #expect(directory.health?.map(\.weight) == [60, 40])
  }

  @Test("pass over kinds that nobody knows, and records that say nothing")
  func unknown() throws {
    let all = facts([
      firm, Record(90, ofKind: 250, of: 1), Record(91, ofKind: 250, of: nil),
      Record(92, ofKind: 70_000, of: 1),
      Record(93, .sale, of: 1), Record(94, .surveyResponse, of: 1), Record(95, .requestEvent, of: 1),
      Record(96, .exchangeRate), Record(97, .costEvent, of: 1), Record(98, .criterionScore, of: 1),
      Record(99, .revenueTarget, of: 1), Record(100, .surveyInvitation, of: 1),
      Record(101, .privilegedContact, of: 1),
      Record(102, .surveyTemplate), Record(103, .whitespaceCell, of: 1), Record(104, .externalReview, of: 1),
    ])
    let account = try #require(all[id(1)])
    #expect(all.accounts.count == 1)
    #expect(
      account.sales.isEmpty && account.answers.isEmpty && account.costs.isEmpty && account.scores.isEmpty)
    #expect(account.revenueTargets.isEmpty && account.invitations.isEmpty && account.potentials.isEmpty)
    #expect(account.reviews.isEmpty && account.privilegedContact == nil)
  }

  @Test("are read from the kinds of their topics")
  func topics() {
    let value = FactsBuilder.kinds(for: [.value])
    #expect(value.accounts.first?.name == "account" && value.accounts.contains { $0.name == "sale" })
    #expect(!value.accounts.contains { $0.name == "survey-response" })
    #expect(FactsBuilder.kinds(for: []).accounts.map(\.name) == ["account"])
    let all = FactsBuilder.kinds(for: Set(Topic.allCases))
    #expect(
      Set(all.accounts.map(\.name)).isSuperset(of: [
        "service-request", "request-event", "objective", "observation",
      ]))
    #expect(all.directory.allSatisfy { $0.family == .directory })
  }
}
