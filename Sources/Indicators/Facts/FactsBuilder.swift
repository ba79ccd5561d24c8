import PlanModel

/// What is read for an indicator: reading less takes less time.
package enum Topic: CaseIterable, Sendable {
  case value, satisfaction, service, relation, plan, tasks, market, scores, segments

  fileprivate var kinds: [KindDescription] {
    switch self {
    case .value: [.sale, .costEvent, .revenueTarget, .profitabilityTarget]
    case .satisfaction: [.surveyCampaign, .surveyInvitation, .surveyResponse, .externalReview]
    case .service: [.serviceRequest, .requestEvent]
    case .relation: [.privilegedContact, .interaction, .comment]
    case .plan: [.plan, .objective]
    case .tasks: [.task]
    case .market: [.whitespaceCell]
    case .scores: [.criterionScore]
    case .segments: [.observation, .segmentMember]
    }
  }
}

/// Makes facts of records. An account comes before what belongs to it; the rest may come in any order.
package struct FactsBuilder {
  /// The day at an account, by its time zone, of a moment in Unix milliseconds.
  private let dayAt: (_ timeZone: String?, Int64) -> PlanDate
  /// One of the replicas of the person whose replica it is: people have several devices.
  private let raterOf: (_ replica: UInt32) -> UInt32
  /// When what counts as the definition of health was written, and which record it is.
  private var healthWritten: (Int64, RecordID)?
  private var accounts: [AccountFacts] = []
  /// Where each account is among them: changed in place, as moving one costs more than reading a sale.
  private var places: [RecordID: Int] = [:]
  private var directory = Directory()
  private var templates: [RecordID: (measure: Measure, scaleMax: Int?)] = [:]
  private var campaigns: [RecordID: RecordID] = [:]
  private var plans: [RecordID: Period] = [:]
  private var objectivePlans: [RecordID: RecordID] = [:]
  private var events: [RecordID: [Request.Event]] = [:]
  private var tooLarge: [RecordID] = []

  package init(
    dayAt: @escaping (_ timeZone: String?, Int64) -> PlanDate,
    raterOf: @escaping (_ replica: UInt32) -> UInt32 = { $0 }
  ) {
    self.dayAt = dayAt
    self.raterOf = raterOf
  }

  /// The directory, and what accounts are called; then come the kinds of the topics.
  package static func kinds(
    for topics: Set<Topic>
  ) -> (directory: [KindDescription], accounts: [KindDescription]) {
    (
      [
        .product, .strategy, .surveyTemplate, .selectionCriterion, .segment, .healthDefinition, .kpiTarget,
        .serviceLevel, .exchangeRate,
      ],
      [.account] + Topic.allCases.filter(topics.contains).flatMap(\.kinds)
    )
  }

  /// Accounts come before what belongs to them; other records may come in any order.
  package mutating func add(_ record: some PlanRecord) {
    if let account = record.account {
      add(record, of: account)
    } else {
      addToDirectory(record)
    }
  }

  /// Says that an account's finances are not here for a reason: nobody must take that for no sales.
  package mutating func withholdFinance(of account: RecordID) {
    if let place = places[account] { accounts[place].sharesFinance = false }
  }

  /// Fills in what one record knows of another.
  package func finished() -> Facts {
    var facts = Facts()
    facts.directory = directory
    facts.tooLarge = tooLarge
    facts.directory.segments.sort { ($0.name, $0.id) < ($1.name, $1.id) }
    facts.directory.criteria.sort { ($0.name, $0.id) < ($1.name, $1.id) }
    facts.accounts = accounts.map(completed).sorted { left, right in
      (left.profile.slug, left.profile.name, left.profile.id) < (
        right.profile.slug, right.profile.name, right.profile.id
      )
    }
    return facts
  }

  private func completed(_ account: AccountFacts) -> AccountFacts {
    var account = account
    for place in account.answers.indices {
      let template = account.answers[place].campaign.flatMap { campaigns[$0] }.flatMap { templates[$0] }
      account.answers[place].measure = template?.measure
      account.answers[place].scaleMax = template?.scaleMax
    }
    for place in account.requests.indices {
      account.requests[place].events = (events[account.requests[place].id] ?? []).sorted { $0.at < $1.at }
    }
    for place in account.objectives.indices {
      account.objectives[place].plan = objectivePlans[account.objectives[place].id].flatMap { plans[$0] }
    }
    return account
  }
}

// MARK: - Accounts

extension FactsBuilder {
  private mutating func add(_ record: some PlanRecord, of account: RecordID) {
    if record.kind == KindDescription.account.number {
      var profile = Self.profile(record)
      profile.purchasingPower = countable(profile.purchasingPower, of: record)
      if let place = places[account] {
        accounts[place].profile = profile
      } else {
        places[account] = accounts.count
        accounts.append(AccountFacts(profile: profile))
      }
      return
    }
    guard let place = places[account] else { return }
    if record.kind == KindDescription.sale.number {
      if let sale = Sale(record), areCountable([sale.revenue, sale.cost], of: record) {
        accounts[place].sales.append(sale)
      }
      return
    }
    let zone = accounts[place].profile.timeZone
    switch record.kind {
    case KindDescription.costEvent.number:
      if let cost = Cost(record), areCountable([cost.amount], of: record) {
        accounts[place].costs.append(cost)
      }
    case KindDescription.revenueTarget.number, KindDescription.profitabilityTarget.number:
      addTarget(record, at: place)
    case KindDescription.surveyCampaign.number: campaigns[record.id] = record.reference("template")
    case KindDescription.surveyResponse.number:
      if let answer = answer(record, zone) { accounts[place].answers.append(answer) }
    case KindDescription.surveyInvitation.number:
      if let invitation = invitation(record, zone) { accounts[place].invitations.append(invitation) }
    case KindDescription.externalReview.number:
      if let review = review(record, zone) { accounts[place].reviews.append(review) }
    case KindDescription.serviceRequest.number:
      if let request = request(record, zone) { accounts[place].requests.append(request) }
    case KindDescription.requestEvent.number:
      guard let request = record.reference("request"), let type = record.choice("type") else { return }
      let at = record.moment("occurred-at")
      events[request, default: []].append(
        Request.Event(type, at: at, day: dayAt(zone, at), recordedAt: record.recordedAt, id: record.id))
    default: addRelation(record, at: place, zone)
    }
  }

  private mutating func addRelation(_ record: some PlanRecord, at place: Int, _ zone: String?) {
    switch record.kind {
    case KindDescription.privilegedContact.number:
      guard let person = record.reference("person") else { return }
      accounts[place].privilegedContact = PrivilegedContact(
        person: person, deputy: record.reference("deputy"), since: record.day("since"),
        cadenceDays: record.integer("cadence-days").map { Int($0) })
    case KindDescription.interaction.number:
      addContact(record, madeAt: record.moment("occurred-at"), by: record.reference("by"), at: place, zone)
    case KindDescription.comment.number:
      addContact(record, madeAt: record.moment("written-ms"), by: record.reference("author"), at: place, zone)
    case KindDescription.plan.number:
      plans[record.id] = record.period("period").flatMap { Period($0.from, $0.to) }
    case KindDescription.objective.number:
      objectivePlans[record.id] = record.reference("plan")
      accounts[place].objectives.append(Objective(record))
    case KindDescription.task.number: accounts[place].tasks.append(TaskState(record))
    case KindDescription.whitespaceCell.number:
      if let potential = Potential(record), areCountable([potential.amount], of: record) {
        accounts[place].potentials.append(potential)
      }
    case KindDescription.criterionScore.number:
      if let score = Score(record, rater: raterOf(record.author)) { accounts[place].scores.append(score) }
    case KindDescription.observation.number:
      accounts[place].observations.append(
        Observation(
          id: record.id, recordedAt: record.recordedAt, about: record.choice("about") ?? "",
          statement: record.text("statement") ?? "", day: record.day("observed-on")))
    case KindDescription.segmentMember.number:
      if let segment = record.reference("segment") {
        accounts[place].memberships[segment] = record.text("reason") ?? ""
      }
    default: break
    }
  }

  private mutating func addContact(
    _ record: some PlanRecord, madeAt moment: Int64, by: RecordID?, at place: Int, _ zone: String?
  ) {
    accounts[place].contacts.append(
      ContactMade(id: record.id, recordedAt: record.recordedAt, at: moment, day: dayAt(zone, moment), by: by))
  }

  /// Nil for an amount that is too large, which is noted.
  private mutating func countable(_ money: Money?, of record: some PlanRecord) -> Money? {
    guard let money, !money.isCountable else { return money }
    if tooLarge.last != record.id { tooLarge.append(record.id) }
    return nil
  }

  private mutating func areCountable(_ amounts: [Money?], of record: some PlanRecord) -> Bool {
    amounts.allSatisfy { countable($0, of: record) == $0 }
  }

  private mutating func addTarget(_ record: some PlanRecord, at place: Int) {
    guard let days = record.period("period"), let period = Period(days.from, days.to) else { return }
    if record.kind == KindDescription.revenueTarget.number {
      accounts[place].revenueTargets.append(
        RevenueTarget(
          id: record.id, recordedAt: record.recordedAt, period: period, product: record.reference("product"),
          revenue: countable(record.money("revenue"), of: record),
          margin: countable(record.money("margin"), of: record)))
    } else {
      accounts[place].profitabilityTargets.append(
        ProfitabilityTarget(
          id: record.id, recordedAt: record.recordedAt, period: period,
          marginRate: record.integer("margin-rate").map { Int($0) },
          margin: countable(record.money("margin"), of: record)))
    }
  }

  private static func profile(_ record: some PlanRecord) -> AccountProfile {
    var profile = AccountProfile(id: record.id)
    profile.slug = record.text("slug") ?? ""
    profile.name = record.text("name") ?? ""
    profile.counterpart = record.choice("counterpart")
    profile.stage = record.choice("stage")
    profile.tier = record.integer("tier").map { Int($0) }
    profile.country = record.text("country")
    profile.industry = record.text("industry")
    profile.currency = record.text("currency")
    profile.purchasingPower = record.money("purchasing-power")
    profile.firstContact = record.day("first-contact-on")
    profile.isKeyAccount = record.flag("key-account")
    profile.manager = record.reference("manager")
    profile.timeZone = record.text("time-zone")
    return profile
  }

  private func answer(_ record: some PlanRecord, _ zone: String?) -> Answer? {
    guard let score = record.integer("score") else { return nil }
    let at = record.moment("occurred-at")
    return Answer(
      id: record.id, recordedAt: record.recordedAt, at: at, day: dayAt(zone, at),
      campaign: record.reference("campaign"), contact: record.reference("contact"), measure: nil,
      scaleMax: nil,
      score: Int(score), remark: record.text("remark"))
  }

  private func invitation(_ record: some PlanRecord, _ zone: String?) -> Invitation? {
    guard let campaign = record.reference("campaign"), let contact = record.reference("contact") else {
      return nil
    }
    return Invitation(
      id: record.id, recordedAt: record.recordedAt, day: dayAt(zone, record.moment("invited-at")),
      campaign: campaign, contact: contact)
  }

  private func review(_ record: some PlanRecord, _ zone: String?) -> Review? {
    guard let stars = record.decimal("stars") else { return nil }
    return Review(
      id: record.id, recordedAt: record.recordedAt, day: dayAt(zone, record.moment("occurred-at")),
      site: record.text("site") ?? "", stars: stars, scaleMax: record.integer("scale-max").map { Int($0) })
  }

  private func request(_ record: some PlanRecord, _ zone: String?) -> Request? {
    guard let type = record.choice("type") else { return nil }
    let at = record.moment("opened-at")
    // Who did not say whether something is broken, but complains, has a problem.
    let says = record.description?.register(named: "problem").flatMap { record.encoded($0.number) } != nil
    return Request(
      id: record.id, recordedAt: record.recordedAt, openedAt: at, day: dayAt(zone, at), type: type,
      severity: record.choice("severity"), isProblem: says ? record.flag("problem") : type == "complaint")
  }
}

extension PlanRecord {
  /// A moment, Unix milliseconds; of one that is not told, when the record was made.
  fileprivate func moment(_ name: String) -> Int64 { integer(name) ?? recordedAt }
}

// MARK: - Single records

extension Sale {
  fileprivate init?(_ record: some PlanRecord) {
    var day: PlanDate?
    var (revenue, cost): (Money?, Money?) = (nil, nil)
    var (product, strategy): (RecordID?, RecordID?) = (nil, nil)
    var isCreditNote = false
    // There are a hundred thousand of them: one pass over the bytes, and no look-up of names.
    record.forEachRegister { register, encoded in
      switch register {
      case 1: day = PlanDate(field: encoded)
      case 2: product = RecordID(field: encoded)
      case 4: isCreditNote = number(field: encoded) == 2
      case 5: revenue = Money(field: encoded)
      case 6: cost = Money(field: encoded)
      case 9: strategy = RecordID(field: encoded)
      default: break
      }
    }
    guard let day, let revenue else { return nil }
    self.init(
      id: record.id, recordedAt: record.recordedAt, day: day, isCreditNote: isCreditNote, revenue: revenue,
      cost: cost, product: product, strategy: strategy)
  }
}

extension Cost {
  fileprivate init?(_ record: some PlanRecord) {
    guard let day = record.day("occurred-on"), let amount = record.money("amount"),
      let purpose = record.choice("type").flatMap(Purpose.init(rawValue:))
    else { return nil }
    self.init(
      id: record.id, recordedAt: record.recordedAt, day: day, purpose: purpose, amount: amount,
      strategy: record.reference("strategy"))
  }
}

extension Objective {
  fileprivate init(_ record: some PlanRecord) {
    self.init(
      id: record.id, recordedAt: record.recordedAt, title: record.text("title") ?? "",
      metric: record.text("metric"), status: record.choice("status") ?? "not-started",
      baseline: record.decimal("baseline"), target: record.decimal("target"),
      current: record.decimal("current"),
      targetText: record.text("target"), currentText: record.text("current"), unit: record.text("unit"),
      due: record.day("due"), weight: record.integer("weight").map { Int($0) },
      isShared: record.flag("shared"), plan: nil)
  }
}

extension TaskState {
  fileprivate init(_ record: some PlanRecord) {
    self.init(
      id: record.id, recordedAt: record.recordedAt, title: record.text("title") ?? "",
      department: record.integer("department").map { DepartmentCode($0) },
      status: record.choice("status") ?? "open", due: record.day("due"), doneOn: record.day("done-on"),
      holder: record.reference("claimed-by"))
  }
}

extension Potential {
  fileprivate init?(_ record: some PlanRecord) {
    guard let product = record.reference("product") else { return nil }
    self.init(
      id: record.id, recordedAt: record.recordedAt, product: product, state: record.choice("state") ?? "none",
      amount: record.money("potential"), competitor: record.text("competitor"))
  }
}

extension Score {
  fileprivate init?(_ record: some PlanRecord, rater: UInt32) {
    guard let criterion = record.reference("criterion"), let score = record.integer("score") else {
      return nil
    }
    self.init(
      id: record.id, recordedAt: record.recordedAt, criterion: criterion, score: Int(score),
      day: record.day("scored-on"), rater: rater)
  }
}

// MARK: - The directory

extension FactsBuilder {
  private mutating func addToDirectory(_ record: some PlanRecord) {
    switch record.kind {
    case KindDescription.product.number:
      directory.products[record.id] = Product(
        id: record.id, sku: record.text("sku") ?? "", name: record.text("name") ?? "",
        family: record.text("family"), type: record.choice("type"))
    case KindDescription.strategy.number:
      directory.strategies.append(
        Strategy(
          id: record.id, name: record.text("name") ?? "", type: record.choice("type"),
          period: record.period("period").flatMap { Period($0.from, $0.to) }, budget: record.money("budget")))
    case KindDescription.surveyTemplate.number:
      guard let measure = record.choice("type").flatMap(Measure.init(rawValue:)) else { return }
      templates[record.id] = (measure, record.integer("scale-max").map { Int($0) })
    case KindDescription.segment.number:
      directory.segments.append(
        Segment(
          id: record.id, name: record.text("name") ?? "", rule: record.text("rule"),
          description: record.text("description")))
    case KindDescription.exchangeRate.number:
      guard let currency = record.text("currency"), let into = record.text("into"),
        let rate = record.text("rate"),
        let since = record.day("since")
      else { return }
      directory.rates.add(currency, into: into, rate: rate, since: since, writtenAt: record.recordedAt)
    default: addSetting(record)
    }
  }

  /// What counts only while it is active.
  private mutating func addSetting(_ record: some PlanRecord) {
    guard record.flag("active") else { return }
    switch record.kind {
    case KindDescription.selectionCriterion.number:
      guard let axis = record.choice("axis").flatMap(Criterion.Axis.init(rawValue:)) else { return }
      directory.criteria.append(
        Criterion(
          id: record.id, name: record.text("name") ?? "", axis: axis,
          weight: Int(record.integer("weight") ?? 0),
          scaleMax: Int(record.integer("scale-max") ?? 5)))
    case KindDescription.healthDefinition.number:
      // Of several that are active the one written last counts.
      guard healthWritten.map({ $0 < (record.recordedAt, record.id) }) ?? true else { return }
      healthWritten = (record.recordedAt, record.id)
      directory.health = HealthComponent.weights(in: record.text("components") ?? "")
    case KindDescription.kpiTarget.number:
      directory.targets.append(
        IndicatorTarget(
          name: record.text("name") ?? "", indicator: record.text("indicator") ?? "",
          good: record.decimal("good"), warning: record.decimal("warning")))
    case KindDescription.serviceLevel.number:
      directory.levels.append(
        ServiceLevel(
          id: record.id, name: record.text("name") ?? "", type: record.choice("type"),
          severity: record.choice("severity"), respondHours: record.integer("respond-hours").map { Int($0) },
          resolveHours: record.integer("resolve-hours").map { Int($0) }))
    default: break
    }
  }
}
