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
    case KindDescription.surveyCampaign.number:
      campaigns[record.id] = record.reference(SurveyCampaignRegister.template)
    case KindDescription.surveyResponse.number:
      if let answer = answer(record, zone) { accounts[place].answers.append(answer) }
    case KindDescription.surveyInvitation.number:
      if let invitation = invitation(record, zone) { accounts[place].invitations.append(invitation) }
    case KindDescription.externalReview.number:
      if let review = review(record, zone) { accounts[place].reviews.append(review) }
    case KindDescription.serviceRequest.number:
      if let request = request(record, zone) { accounts[place].requests.append(request) }
    case KindDescription.requestEvent.number:
      guard let request = record.reference(RequestEventRegister.request),
        let type = record.choice(RequestEventRegister.type)
      else { return }
      let at = record.moment(RequestEventRegister.occurredAt)
      events[request, default: []].append(
        Request.Event(type, at: at, day: dayAt(zone, at), recordedAt: record.recordedAt, id: record.id))
    default: addRelation(record, at: place, zone)
    }
  }

  private mutating func addRelation(_ record: some PlanRecord, at place: Int, _ zone: String?) {
    switch record.kind {
    case KindDescription.privilegedContact.number:
      guard let person = record.reference(PrivilegedContactRegister.person) else { return }
      accounts[place].privilegedContact = PrivilegedContact(
        person: person, deputy: record.reference(PrivilegedContactRegister.deputy),
        since: record.day(PrivilegedContactRegister.since),
        cadenceDays: record.integer(PrivilegedContactRegister.cadenceDays).map { Int($0) })
    case KindDescription.interaction.number:
      addContact(
        record, madeAt: record.moment(InteractionRegister.occurredAt),
        by: record.reference(InteractionRegister.by), at: place, zone)
    case KindDescription.comment.number:
      addContact(
        record, madeAt: record.moment(CommentRegister.writtenMs),
        by: record.reference(CommentRegister.author), at: place, zone)
    case KindDescription.plan.number:
      plans[record.id] = record.period(PlanRegister.period).flatMap { Period($0.from, $0.to) }
    case KindDescription.objective.number:
      objectivePlans[record.id] = record.reference(ObjectiveRegister.plan)
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
          id: record.id, recordedAt: record.recordedAt, about: record.choice(ObservationRegister.about) ?? "",
          statement: record.text(ObservationRegister.statement) ?? "",
          day: record.day(ObservationRegister.observedOn)))
    case KindDescription.segmentMember.number:
      if let segment = record.reference(SegmentMemberRegister.segment) {
        accounts[place].memberships[segment] = record.text(SegmentMemberRegister.reason) ?? ""
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
          id: record.id, recordedAt: record.recordedAt, period: period,
          product: record.reference(RevenueTargetRegister.product),
          revenue: countable(record.money(RevenueTargetRegister.revenue), of: record),
          margin: countable(record.money(RevenueTargetRegister.margin), of: record)))
    } else {
      accounts[place].profitabilityTargets.append(
        ProfitabilityTarget(
          id: record.id, recordedAt: record.recordedAt, period: period,
          marginRate: record.integer(ProfitabilityTargetRegister.marginRate).map { Int($0) },
          margin: countable(record.money(ProfitabilityTargetRegister.margin), of: record)))
    }
  }

  private static func profile(_ record: some PlanRecord) -> AccountProfile {
    var profile = AccountProfile(id: record.id)
    profile.slug = record.text(AccountRegister.slug) ?? ""
    profile.name = record.text(AccountRegister.name) ?? ""
    profile.counterpart = record.choice(AccountRegister.counterpart)
    profile.stage = record.choice(AccountRegister.stage)
    profile.tier = record.integer(AccountRegister.tier).map { Int($0) }
    profile.country = record.text(AccountRegister.country)
    profile.industry = record.text(AccountRegister.industry)
    profile.currency = record.text(AccountRegister.currency)
    profile.purchasingPower = record.money(AccountRegister.purchasingPower)
    profile.firstContact = record.day(AccountRegister.firstContactOn)
    profile.isKeyAccount = record.flag(AccountRegister.keyAccount)
    profile.manager = record.reference(AccountRegister.manager)
    profile.timeZone = record.text(AccountRegister.timeZone)
    return profile
  }

  private func answer(_ record: some PlanRecord, _ zone: String?) -> Answer? {
    guard let score = record.integer(SurveyResponseRegister.score) else { return nil }
    let at = record.moment(SurveyResponseRegister.occurredAt)
    return Answer(
      id: record.id, recordedAt: record.recordedAt, at: at, day: dayAt(zone, at),
      campaign: record.reference(SurveyResponseRegister.campaign),
      contact: record.reference(SurveyResponseRegister.contact), measure: nil,
      scaleMax: nil,
      score: Int(score), remark: record.text(SurveyResponseRegister.remark))
  }

  private func invitation(_ record: some PlanRecord, _ zone: String?) -> Invitation? {
    guard let campaign = record.reference(SurveyInvitationRegister.campaign),
      let contact = record.reference(SurveyInvitationRegister.contact)
    else {
      return nil
    }
    return Invitation(
      id: record.id, recordedAt: record.recordedAt,
      day: dayAt(zone, record.moment(SurveyInvitationRegister.invitedAt)),
      campaign: campaign, contact: contact)
  }

  private func review(_ record: some PlanRecord, _ zone: String?) -> Review? {
    guard let stars = record.decimal(ExternalReviewRegister.stars) else { return nil }
    return Review(
      id: record.id, recordedAt: record.recordedAt,
      day: dayAt(zone, record.moment(ExternalReviewRegister.occurredAt)),
      site: record.text(ExternalReviewRegister.site) ?? "", stars: stars,
      scaleMax: record.integer(ExternalReviewRegister.scaleMax).map { Int($0) })
  }

  private func request(_ record: some PlanRecord, _ zone: String?) -> Request? {
    guard let type = record.choice(ServiceRequestRegister.type) else { return nil }
    let at = record.moment(ServiceRequestRegister.openedAt)
    // Who did not say whether something is broken, but complains, has a problem.
    let says = record.encoded(ServiceRequestRegister.problem) != nil
    return Request(
      id: record.id, recordedAt: record.recordedAt, openedAt: at, day: dayAt(zone, at), type: type,
      severity: record.choice(ServiceRequestRegister.severity),
      isProblem: says ? record.flag(ServiceRequestRegister.problem) : type == "complaint")
  }
}

extension PlanRecord {
  /// A moment, Unix milliseconds; of one that is not told, when the record was made.
  fileprivate func moment(_ register: UInt32) -> Int64 { integer(register) ?? recordedAt }
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
      case SaleRegister.occurredOn: day = PlanDate(field: encoded)
      case SaleRegister.product: product = RecordID(field: encoded)
      case SaleRegister.type: isCreditNote = number(field: encoded) == SaleType.creditNote
      case SaleRegister.revenue: revenue = Money(field: encoded)
      case SaleRegister.cost: cost = Money(field: encoded)
      case SaleRegister.strategy: strategy = RecordID(field: encoded)
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
    guard let day = record.day(CostEventRegister.occurredOn),
      let amount = record.money(CostEventRegister.amount),
      let purpose = record.choice(CostEventRegister.type).flatMap(Purpose.init(rawValue:))
    else { return nil }
    self.init(
      id: record.id, recordedAt: record.recordedAt, day: day, purpose: purpose, amount: amount,
      strategy: record.reference(CostEventRegister.strategy))
  }
}

extension Objective {
  fileprivate init(_ record: some PlanRecord) {
    self.init(
      id: record.id, recordedAt: record.recordedAt, title: record.text(ObjectiveRegister.title) ?? "",
      metric: record.text(ObjectiveRegister.metric),
      statusNumber: record.chosen(ObjectiveRegister.status) ?? ObjectiveStatus.notStarted,
      baseline: record.decimal(ObjectiveRegister.baseline), target: record.decimal(ObjectiveRegister.target),
      current: record.decimal(ObjectiveRegister.current),
      targetText: record.text(ObjectiveRegister.target), currentText: record.text(ObjectiveRegister.current),
      unit: record.text(ObjectiveRegister.unit),
      due: record.day(ObjectiveRegister.due),
      weight: record.integer(ObjectiveRegister.weight).map { Int($0) },
      isShared: record.flag(ObjectiveRegister.shared), plan: nil)
  }
}

extension TaskState {
  fileprivate init(_ record: some PlanRecord) {
    self.init(
      id: record.id, recordedAt: record.recordedAt, title: record.text(TaskRegister.title) ?? "",
      department: record.integer(TaskRegister.department).map { DepartmentCode($0) },
      statusNumber: record.chosen(TaskRegister.status) ?? TaskStatus.open, due: record.day(TaskRegister.due),
      doneOn: record.day(TaskRegister.doneOn),
      holder: record.reference(TaskRegister.claimedBy))
  }
}

extension Potential {
  fileprivate init?(_ record: some PlanRecord) {
    guard let product = record.reference(WhitespaceCellRegister.product) else { return nil }
    self.init(
      id: record.id, recordedAt: record.recordedAt, product: product,
      state: record.choice(WhitespaceCellRegister.state) ?? "none",
      amount: record.money(WhitespaceCellRegister.potential),
      competitor: record.text(WhitespaceCellRegister.competitor))
  }
}

extension Score {
  fileprivate init?(_ record: some PlanRecord, rater: UInt32) {
    guard let criterion = record.reference(CriterionScoreRegister.criterion),
      let score = record.integer(CriterionScoreRegister.score)
    else {
      return nil
    }
    self.init(
      id: record.id, recordedAt: record.recordedAt, criterion: criterion, score: Int(score),
      day: record.day(CriterionScoreRegister.scoredOn), rater: rater)
  }
}

// MARK: - The directory

extension FactsBuilder {
  private mutating func addToDirectory(_ record: some PlanRecord) {
    switch record.kind {
    case KindDescription.product.number:
      directory.products[record.id] = Product(
        id: record.id, sku: record.text(ProductRegister.sku) ?? "",
        name: record.text(ProductRegister.name) ?? "",
        family: record.text(ProductRegister.family), type: record.choice(ProductRegister.type))
    case KindDescription.strategy.number:
      directory.strategies.append(
        Strategy(
          id: record.id, name: record.text(StrategyRegister.name) ?? "",
          type: record.choice(StrategyRegister.type),
          period: record.period(StrategyRegister.period).flatMap { Period($0.from, $0.to) },
          budget: record.money(StrategyRegister.budget)))
    case KindDescription.surveyTemplate.number:
      guard let measure = record.choice(SurveyTemplateRegister.type).flatMap(Measure.init(rawValue:)) else {
        return
      }
      templates[record.id] = (measure, record.integer(SurveyTemplateRegister.scaleMax).map { Int($0) })
    case KindDescription.segment.number:
      directory.segments.append(
        Segment(
          id: record.id, name: record.text(SegmentRegister.name) ?? "",
          rule: record.text(SegmentRegister.rule),
          description: record.text(SegmentRegister.description)))
    case KindDescription.exchangeRate.number:
      guard let currency = record.text(ExchangeRateRegister.currency),
        let into = record.text(ExchangeRateRegister.into),
        let rate = record.text(ExchangeRateRegister.rate),
        let since = record.day(ExchangeRateRegister.since)
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
      guard let axis = record.choice(SelectionCriterionRegister.axis).flatMap(Criterion.Axis.init(rawValue:))
      else { return }
      directory.criteria.append(
        Criterion(
          id: record.id, name: record.text(SelectionCriterionRegister.name) ?? "", axis: axis,
          weight: Int(record.integer(SelectionCriterionRegister.weight) ?? 0),
          scaleMax: Int(record.integer(SelectionCriterionRegister.scaleMax) ?? 5)))
    case KindDescription.healthDefinition.number:
      // Of several that are active the one written last counts.
      guard healthWritten.map({ $0 < (record.recordedAt, record.id) }) ?? true else { return }
      healthWritten = (record.recordedAt, record.id)
      directory.health = HealthComponent.weights(in: record.text(HealthDefinitionRegister.components) ?? "")
    case KindDescription.kpiTarget.number:
      directory.targets.append(
        IndicatorTarget(
          name: record.text(KpiTargetRegister.name) ?? "",
          indicator: record.text(KpiTargetRegister.indicator) ?? "",
          good: record.decimal(KpiTargetRegister.good), warning: record.decimal(KpiTargetRegister.warning)))
    case KindDescription.serviceLevel.number:
      directory.levels.append(
        ServiceLevel(
          id: record.id, name: record.text(ServiceLevelRegister.name) ?? "",
          type: record.choice(ServiceLevelRegister.type),
          severity: record.choice(ServiceLevelRegister.severity),
          respondHours: record.integer(ServiceLevelRegister.respondHours).map { Int($0) },
          resolveHours: record.integer(ServiceLevelRegister.resolveHours).map { Int($0) }))
    default: break
    }
  }
}
