import Indicators
import Pages
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// Puts together what a review of one account shows.
///
/// Made of synced records only, and of nothing that depends on when or where it is made: two people whose replicas are
/// equally far make the same pack.
struct AccountReview {
  /// Parts that a pack can do without.
  enum Part: String, CaseIterable { case figures, satisfaction, service, business, plan, people }

  let source: FigureSource
  let account: AccountFacts
  /// For us, with margins and health; else for the customer's board.
  let isInternal: Bool
  /// What was agreed in talks is also in a customer's pack.
  let showsNextSteps: Bool
  let without: Set<Part>
  private let records: [UInt32: [StoredRecord]]

  init(
    _ source: FigureSource, _ account: AccountFacts, isInternal: Bool, showsNextSteps: Bool,
    without: Set<Part>
  ) throws {
    self.source = source
    self.account = account
    self.isInternal = isInternal
    self.showsNextSteps = isInternal || showsNextSteps
    self.without = without
    let kinds: [KindDescription] = [.contact, .stakeholderRole, .coverage, .project, .interaction]
    var records: [UInt32: [StoredRecord]] = [:]
    try source.workbench.replica.forEachRecord(
      ofKinds: kinds.map(\.number), account: account.profile.id, syncedOnly: true
    ) { records[$0.kind, default: []].append($0) }
    self.records = records.mapValues { $0.sorted { $0.id < $1.id } }
  }

  static let topics = Set(Topic.allCases).subtracting([.scores, .segments])

  private var period: Period { source.period }
  private var cutOff: CutOff { source.cutOff }
  private var context: FigureContext { source.context }

  private static let parts: [Indicator: Part] = [
    .nps: .satisfaction, .csat: .satisfaction, .ces: .satisfaction, .surveyResponse: .satisfaction,
    .reviews: .satisfaction, .resolution: .service, .firstContact: .service, .response: .service,
    .responseTime: .service, .serviceLevel: .service, .revenue: .business, .margin: .business,
    .marginRate: .business, .lifetimeValue: .business, .walletShare: .business, .attainment: .business,
    .profitability: .business, .planProgress: .plan,
  ]

  /// Below this a customer's board could tell whose answer it is.
  private static let answersForScores = 3

  /// The figures that the pack rests on: shown, explained, and compared later.
  func figures() -> [Figure] {
    var indicators: [Indicator] = [
      .nps, .csat, .ces, .surveyResponse, .reviews, .resolution, .firstContact, .response, .responseTime,
      .serviceLevel, .revenue,
    ]
    if isInternal {
      indicators += [
        .planProgress, .margin, .marginRate, .lifetimeValue, .walletShare, .attainment, .profitability,
        .health,
      ]
    }
    return indicators.filter { Self.parts[$0].map { !without.contains($0) } ?? true }.map(figure)
  }

  /// For the customer without those that give single people away.
  private func figure(_ indicator: Indicator) -> Figure { discreet(context.figure(indicator)) }

  private func discreet(_ figure: Figure) -> Figure {
    let isOpinion = [.nps, .csat, .ces].contains(figure.indicator)
    guard !isInternal, isOpinion, figure.value != nil, figure.n < Self.answersForScores else { return figure }
    return Figure(figure.indicator, nil, n: figure.n, absence: "fewer than three answers")
  }

  func pack(frozen: Pack.Footer.Frozen?, changes: Pack.ChangesPart?) throws -> AccountPack {
    let figures = figures()
    var pack = AccountPack(
      language: Shell.current.language, head: try head(figures),
      footer: Pack.Footer(frozen: frozen, asOf: said(cutOff.day.spoken), programVersion: Kam.version))
    if !without.contains(.figures) { pack.figures = headlines(figures) }
    if !without.contains(.satisfaction) { pack.satisfaction = satisfaction() }
    if !without.contains(.service) { pack.service = source.servicePart() }
    if !without.contains(.business) { pack.business = business() }
    if !without.contains(.plan) { pack.plan = plan() }
    if !without.contains(.people) { pack.people = try people() }
    if isInternal { pack.healthForUs = health() }
    pack.explanations = figures.filter { $0.value != nil }.map {
      $0.packExplanation(period, isInternal: isInternal)
    }
    pack.changes = changes
    return pack
  }

  /// What is said of a figure that has a value; those without are in nobody's headline.
  private func headlines(_ figures: [Figure]) -> [Pack.HeadlineFigure] {
    let wanted: [Indicator] =
      isInternal
      ? [.nps, .csat, .response, .resolution, .revenue, .marginRate]
      : [.nps, .csat, .response, .resolution, .revenue, .responseTime]
    return wanted.filter { indicator in figures.contains { $0.indicator == indicator && $0.value != nil } }
      .map { source.headline($0, isInternal: isInternal, discreet) }
  }
}

// MARK: - Head and people

extension AccountReview {
  private func head(_ figures: [Figure]) throws -> Pack.Head {
    let contact = account.privilegedContact
    return Pack.Head(
      organization: source.workbench.identity.organization, subject: account.profile.name,
      period: said(period.spoken),
      from: said(period.from.spoken), to: said(period.to.spoken),
      accountManager: try name(account.profile.manager),
      privilegedContact: try name(contact?.person), deputy: try name(contact?.deputy),
      headlines: sentences(figures))
  }

  private func name(_ person: RecordID?) throws -> String? {
    guard let person else { return nil }
    return try source.workbench.people()[person]?.name
  }

  /// What somebody would say first.
  private func sentences(_ figures: [Figure]) -> [String] {
    func figure(_ indicator: Indicator) -> Figure? {
      figures.first { $0.indicator == indicator && $0.value != nil }
    }
    var sentences: [Phrase] = []
    if let promotion = figure(.nps), !without.contains(.satisfaction) {
      sentences.append(
        "\(counted(promotion.n, "person")) answered whether they would recommend us: \(promotion.spoken) points."
      )
    }
    if let response = figure(.response), !without.contains(.service) {
      let open = openRequests(account.requests, at: cutOff, levels: context.levels).count
      sentences.append(
        open == 0
          ? "\(response.spoken) of the requests were answered in time; none is open."
          : "\(response.spoken) of the requests were answered in time; \(counted(open, "request")) open.")
    }
    if let revenue = figure(.revenue), !without.contains(.business) {
      let before = context.over(period.previous).figure(.revenue)
      sentences.append(
        before.value == nil
          ? "We did business for \(revenue.spoken)."
          : "We did business for \(revenue.spoken), after \(before.spoken) in \(period.previous.spoken).")
    }
    let measured = objectives.filter {
      !["deferred", "cancelled"].contains($0.status) && progress(of: $0) != nil
    }
    if !measured.isEmpty, !without.contains(.plan) {
      let reached = measured.count { $0.status == "achieved" || (progress(of: $0) ?? 0) >= 1 }
      sentences.append("\(reached) of \(counted(measured.count, "objective")) reached.")
    }
    return sentences.map { said($0) }
  }

  private func people() throws -> Pack.PeoplePart? {
    var ours: [Pack.Person] = []
    func add(_ person: RecordID?, _ function: Phrase) throws {
      guard let name = try name(person), !ours.contains(where: { $0.name == name }) else { return }
      ours.append(Pack.Person(name: name, function: said(function)))
    }
    try add(account.profile.manager, "account manager")
    try add(account.privilegedContact?.person, "privileged contact")
    try add(account.privilegedContact?.deputy, "deputy")
    for coverage in records[KindDescription.coverage.number] ?? [] where ours.count < 10 {
      let whom = coverage.reference("contact").flatMap { id in contacts.first { $0.id == id }?.text("name") }
      guard let whom else { continue }
      try add(coverage.reference("person"), "in touch with \(whom)")
    }
    let theirs = contacts.prefix(12).map { contact in
      Pack.Person(name: contact.text("name") ?? "", function: contact.text("title"))
    }
    return ours.isEmpty && theirs.isEmpty ? nil : Pack.PeoplePart(ours: ours, theirs: Array(theirs))
  }

  /// Who has not left; who decides most comes first.
  private var contacts: [StoredRecord] {
    var influence: [RecordID: Int64] = [:]
    // What weight we give them is ours to know.
    for role in records[KindDescription.stakeholderRole.number] ?? [] where isInternal {
      guard let contact = role.reference("contact") else { continue }
      influence[contact] = max(influence[contact] ?? 0, role.integer("influence") ?? 0)
    }
    return (records[KindDescription.contact.number] ?? []).filter { contact in
      contact.day("left-on").map { $0 > cutOff.day } ?? true
    }.sorted { left, right in
      (influence[right.id] ?? 0, left.text("name") ?? "", left.id) < (
        influence[left.id] ?? 0, right.text("name") ?? "", right.id
      )
    }
  }
}

// MARK: - Satisfaction

extension AccountReview {
  private func satisfaction() -> Pack.SatisfactionPart? {
    let promotion = figure(.nps)
    var part = Pack.SatisfactionPart()
    if promotion.value != nil || account.answers.contains(where: { $0.measure == .nps }) {
      part.promoterScore = promoterScore(promotion)
      part.byQuarter = Period.quarters(8, to: cutOff.day).map(quarterScore)
      if !part.byQuarter.contains(where: { $0.estimate != nil }) { part.byQuarter = [] }
    }
    part.scores = [Indicator.csat, .ces].compactMap { scale(figure($0)) }
    part.reviewSites = scale(figure(.reviews)).map { [$0] } ?? []
    part.remarks = remarks()
    let isEmpty =
      part.promoterScore == nil && part.scores.isEmpty && part.reviewSites.isEmpty && part.remarks.isEmpty
    return isEmpty ? nil : part
  }

  private func promoterScore(_ figure: Figure) -> Pack.PromoterScore {
    func count(_ place: Int) -> Pack.Quantity {
      let n = figure.parts.indices.contains(place) ? figure.parts[place].n : 0
      return Pack.Quantity(value: Double(n), text: "\(n)")
    }
    return Pack.PromoterScore(
      shown: figure.packShown, detail: figure.packDetail, estimate: figure.packEstimate,
      status: isInternal ? source.facts.directory.assessment(of: figure)?.packStatus : nil,
      promoters: count(0),
      passives: count(1),
      detractors: count(2))
  }

  private func quarterScore(_ quarter: Period) -> Pack.QuarterScore {
    let figure = discreet(context.over(quarter).figure(.nps))
    return Pack.QuarterScore(
      quarter: quarter.packQuarter, shown: figure.packShown, estimate: figure.packEstimate,
      detail: figure.value == nil ? nil : figure.packDetail)
  }

  /// nil: nobody was asked.
  private func scale(_ figure: Figure) -> Pack.ScaleScore? {
    guard figure.value != nil else { return nil }
    return Pack.ScaleScore(
      label: said(figure.indicator.name), shown: figure.packShown, detail: figure.packDetail,
      estimate: figure.packEstimate, scaleFrom: Pack.Quantity(value: 0, text: "0 %"),
      scaleTo: Pack.Quantity(value: 100, text: "100 %"))
  }

  /// With fewer answers a customer's board could tell whose words they are.
  private static let answersMin = 5

  /// Of the period, the latest first; never whose.
  private func remarks() -> [Pack.Remark] {
    let answers = account.answers.filter { period.contains($0.day) && cutOff.includes($0.day, $0.at) }
    guard isInternal || Set(answers.map { $0.contact ?? $0.id }).count >= Self.answersMin else { return [] }
    return answers.filter { $0.remark != nil }.sorted { ($1.at, $1.id) < ($0.at, $0.id) }.prefix(6).map {
      answer in
      let quarter = said(Period.quarter(of: answer.day).spoken)
      let score = answer.scaleMax.map { said("\(answer.score) of \($0)") } ?? "\(answer.score)"
      return Pack.Remark(
        text: answer.remark ?? "", attribution: isInternal ? said("\(score), \(quarter)") : quarter)
    }
  }
}

// MARK: - Business

extension AccountReview {
  private func business() -> Pack.BusinessPart? {
    guard account.sharesFinance else { return nil }
    let quarters = Period.quarters(12, to: cutOff.day)
    let series = context.salesSeries(quarters)
    let isConverted =
      context.figure(.revenue).value != nil || !account.sales.contains { period.contains($0.day) }
    guard isConverted else { return nil }
    var part = Pack.BusinessPart()
    part.revenue = source.quarterly(series.revenues, quarters, creditNotes: series.creditNotes)
    part.families = families()
    if isInternal {
      part.targets = targets()
      part.forUs = forUs(series, quarters)
    }
    return part.revenue == nil && part.families.isEmpty && part.targets.isEmpty ? nil : part
  }

  private func families() -> [Pack.NamedAmount] {
    let rows = profits(
      [account], by: .family, source.facts.directory, in: period, at: cutOff, by: source.valuation
    ).rows.sorted { ($1.revenue.minor, $0.name ?? "") < ($0.revenue.minor, $1.name ?? "") }
    let sum = rows.reduce(Int128(0)) { $0 + Int128(max(0, $1.revenue.minor)) }
    return rows.map { row in
      Pack.NamedAmount(
        name: row.name ?? said("other"), amount: row.revenue.packQuantity,
        share: row.revenue.minor > 0
          ? Ratio(row.revenue.minor, of: sum).map { said(FigureValue.share($0).spoken) } : nil)
    }
  }

  private func targets() -> [Pack.TargetLine] {
    let valuation = source.valuation
    let revenue = revenueAttainments(account, in: period, at: cutOff, by: valuation).map {
      ("revenue" as Phrase, $0)
    }
    let profit = profitabilityAttainments(account, in: period, at: cutOff, by: valuation).map {
      ("profitability" as Phrase, $0)
    }
    let margin = marginAttainments(account, in: period, at: cutOff, by: valuation).map {
      ("margin" as Phrase, $0)
    }
    return (revenue + margin + profit).compactMap { name, attainment in
      guard let goal = attainment.goal else { return nil }
      let product = attainment.product.flatMap { source.facts.directory.products[$0]?.name }
      let title: Phrase =
        product.map { "\(capitalized(name)) \(attainment.period.spoken), \($0)" }
        ?? "\(capitalized(name)) \(attainment.period.spoken)"
      let share = attainment.share?.double
      return Pack.TargetLine(
        name: said(title),
        actual: attainment.actual.map { .text(said($0.spokenWhole)) } ?? .missing(reason: said("no data")),
        actualValue: attainment.actual.map { FigureValue.money($0).number }, target: goal.packQuantity,
        attained: attainment.share.map { said(FigureValue.share($0).spoken) },
        status: share.map {
          $0 >= attainment.elapsed ? .good : $0 >= 0.85 * attainment.elapsed ? .watch : .poor
        })
    }
  }

  private func forUs(_ series: SalesSeries, _ quarters: [Period]) -> Pack.BusinessForUs {
    var part = Pack.BusinessForUs()
    part.margin = source.quarterly(series.margins, quarters)
    part.figures = [Indicator.marginRate, .walletShare, .lifetimeValue].map {
      source.headline($0, isInternal: true)
    }
    if let value = historicValue(account, at: cutOff, by: source.valuation).value {
      part.lifetimeValue = [step("Revenue", value.revenue, isTotal: true)]
      if value.revenueWithoutCost.minor != 0 {
        part.lifetimeValue.append(step("Of it without a known cost", value.revenueWithoutCost.negated))
      }
      part.lifetimeValue += [
        step("Direct cost", value.directCost.negated), step("Acquisition", value.acquisition.negated),
        step("Retention", value.retention.negated), step("Lifetime value", value.value, isTotal: true),
      ]
    }
    return part
  }

  private func step(_ name: Phrase, _ amount: Money, isTotal: Bool = false) -> Pack.WaterfallStep {
    Pack.WaterfallStep(name: said(name), amount: amount.packQuantity, isTotal: isTotal)
  }
}

// MARK: - The plan

extension AccountReview {
  private func plan() -> Pack.PlanPart? {
    var part = Pack.PlanPart()
    part.objectives = objectives.filter { !["deferred", "cancelled"].contains($0.status) }
      .sorted { ($0.due ?? cutOff.day, $0.id) < ($1.due ?? cutOff.day, $1.id) }.map(line)
    // How we are organised, and what is late with us, is nobody else's matter.
    if isInternal { part.departments = departments() }
    part.milestones = milestones()
    if showsNextSteps { part.nextSteps = nextSteps() }
    let isEmpty =
      part.objectives.isEmpty && part.departments.isEmpty && part.milestones.isEmpty && part.nextSteps.isEmpty
    return isEmpty ? nil : part
  }

  /// For the customer those that are marked for them.
  private var objectives: [Objective] { account.objectives.filter { isInternal || $0.isShared } }

  private func line(_ objective: Objective) -> Pack.ObjectiveLine {
    let share = progress(of: objective)
    let unit = objective.unit.map { " " + $0 } ?? ""
    let shown: Pack.Shown =
      objective.targetText.map { target in
        .text(
          objective.currentText.map { said("\($0) of \(target)\(unit)") } ?? said("to reach \(target)\(unit)")
        )
      } ?? .missing(reason: said("no target"))
    let isLate =
      objective.status != "achieved" && (share ?? 0) < 1 && (objective.due.map { $0 < cutOff.day } ?? false)
    return Pack.ObjectiveLine(
      name: objective.title, progress: share, shown: shown, due: objective.due.map { said($0.spoken) },
      status: objective.status == "achieved" || share == 1 ? .good : isLate ? .poor : nil,
      statusText: isLate ? said("overdue") : said(prose(objective.status)))
  }

  private func departments() -> [Pack.DepartmentTasks] {
    let byDepartment = Dictionary(grouping: account.tasks) { $0.department }
    return byDepartment.keys.compactMap { $0 }.sorted().compactMap { code in
      let tasks = byDepartment[code] ?? []
      let open = tasks.filter { !["done", "cancelled"].contains($0.status) }
      let late = open.count { $0.due.map { $0 < cutOff.day } ?? false }
      let done = tasks.count { $0.status == "done" && ($0.doneOn.map(period.contains) ?? false) }
      guard !open.isEmpty || done > 0 else { return nil }
      let name = said(word: (try? source.workbench.departments().word(code)) ?? "")
      return Pack.DepartmentTasks(name: name, done: done, open: open.count - late, overdue: late)
    }
  }

  private func milestones() -> [Pack.Milestone] {
    (records[KindDescription.project.number] ?? []).compactMap { project -> (PlanDate, Pack.Milestone)? in
      guard let days = project.period("period"), project.choice("status") != "stopped",
        isInternal || project.flag("shared")
      else { return nil }
      let isDone = project.choice("status") == "done"
      let state: Pack.Milestone.State = isDone ? .reached : days.to < cutOff.day ? .missed : .ahead
      return (
        days.to, Pack.Milestone(name: project.text("name") ?? "", on: said(days.to.spoken), state: state)
      )
    }.sorted { $0.0 < $1.0 }.suffix(8).map(\.1)
  }

  /// What was agreed in the last talks of the period.
  private func nextSteps() -> [Pack.NextStep] {
    (records[KindDescription.interaction.number] ?? []).compactMap { talk -> (Int64, Pack.NextStep)? in
      guard let text = talk.text("next-step"), let at = talk.integer("occurred-at"),
        cutOff.includes(source.day(at, of: account), at),
        period.contains(source.day(at, of: account))
      else { return nil }
      let who = talk.reference("by").flatMap { try? name($0) }
      return (at, Pack.NextStep(text: text, who: who, when: said(source.day(at, of: account).spoken)))
    }.sorted { $0.0 > $1.0 }.prefix(6).map(\.1)
  }

  private func health() -> Pack.HealthPart {
    let (figure, health) = Indicators.health(
      account, in: period, at: cutOff, by: source.valuation, source.facts.directory)
    return Pack.HealthPart(
      shown: figure.packShown, value: figure.value?.number,
      status: figure.value.map { Self.status($0.number) },
      coverage: health.coverage.map { said("\(FigureValue.share($0).spoken) of the weight has data") },
      components: health.parts.map { part in
        Pack.HealthComponent(
          name: said(componentName(part.component)),
          weight: Pack.Quantity(value: Double(part.weight), text: "\(part.weight)"),
          score: part.score.map { .text(said(FigureValue.score($0).spoken)) }
            ?? .missing(reason: said(part.why)),
          value: part.score?.double)
      })
  }

  static func status(_ health: Double) -> Pack.Status { health >= 70 ? .good : health >= 45 ? .watch : .poor }
}
