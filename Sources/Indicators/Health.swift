import PlanModel
import Wording

/// What the health of an account is made of. How full its form is never counts.
package enum HealthComponent: String, CaseIterable, Sendable {
  case satisfaction, response, resolution
  case valueTrend = "value-trend"
  case planProgress = "plan-progress"
  case contactCadence = "contact-cadence"

  package var name: Phrase {
    switch self {
    case .satisfaction: "satisfaction"
    case .response: "requests answered"
    case .resolution: "problems resolved"
    case .valueTrend: "trend of the margin"
    case .planProgress: "plan on schedule"
    case .contactCadence: "contact in time"
    }
  }

  /// Where an organisation has defined nothing.
  package static let weightsDefault: [(component: String, weight: Int)] = [
    ("satisfaction", 25), ("response", 15), ("resolution", 20), ("value-trend", 20), ("plan-progress", 10),
    ("contact-cadence", 10),
  ]

  /// "satisfaction 25" a line; lines that say nothing are passed over.
  package static func weights(in text: String) -> [(component: String, weight: Int)] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 2, let weight = Int(words[1]), (1...10_000).contains(weight) else { return nil }
      return (String(words[0]), weight)
    }
  }
}

/// How healthy a relation is.
package struct Health: Sendable {
  package struct Part: Sendable {
    package let component: String
    package let weight: Int
    /// Of 100; nil: no data.
    package let score: Ratio?
    package let why: Phrase
  }
  package let parts: [Part]
  /// The weight that has data, of all weight.
  package let coverage: Ratio?
  /// Of 100; nil: not enough data.
  package let score: Ratio?

  /// Below this there is not enough data to speak of health.
  package static let coverageMin = Ratio(3, of: 5)

  package init(_ parts: [Part]) {
    self.parts = parts
    let all = parts.reduce(0) { $0 + $1.weight }
    let present = parts.filter { $0.score != nil }
    let weight = present.reduce(0) { $0 + $1.weight }
    coverage = Ratio(weight, of: all)
    guard let coverage, let least = Self.coverageMin, coverage >= least else {
      score = nil
      return
    }
    score = sum(present.compactMap { $0.score?.weighted($0.weight, of: weight) })
  }
}

/// The health of one account over a period, such as the last twelve months.
package func health(
  _ account: AccountFacts, in period: Period, at cutOff: CutOff, by valuation: Valuation,
  _ directory: Directory
) -> (figure: Figure, health: Health) {
  let levels = ServiceLevels(directory.levels)
  let parts = (directory.health ?? HealthComponent.weightsDefault).map { name, weight -> Health.Part in
    guard let component = HealthComponent(rawValue: name) else {
      return Health.Part(
        component: name, weight: weight, score: nil, why: "kam knows no component of this name")
    }
    let (score, why) = score(component, account, period, cutOff, valuation, levels)
    return Health.Part(component: name, weight: weight, score: score, why: why)
  }
  let health = Health(parts)
  let figure = Figure(
    .health, health.score.map(FigureValue.score), n: parts.count { $0.score != nil },
    used: [account.profile.id],
    absence: "not enough data")
  return (figure, health)
}

private func score(
  _ component: HealthComponent, _ account: AccountFacts, _ period: Period, _ cutOff: CutOff,
  _ valuation: Valuation, _ levels: ServiceLevels
) -> (Ratio?, Phrase) {
  switch component {
  case .satisfaction: satisfactionScore(account, period, cutOff)
  case .response: of100(responseRate(account.requests, in: period, at: cutOff, levels: levels))
  case .resolution: of100(problemResolutionRate(account.requests, in: period, at: cutOff))
  case .valueTrend: trendScore(account, cutOff, valuation)
  case .planProgress: of100(planProgress([account], at: cutOff))
  case .contactCadence: cadenceScore(account, cutOff)
  }
}

private func of100(_ figure: Figure) -> (Ratio?, Phrase) {
  switch figure.value {
  case .share(let ratio)?: (Ratio(ratio.numerator * 100, of: ratio.denominator), "n = \(figure.n)")
  case .score(let ratio)?: (ratio, "n = \(figure.n)")
  default: (nil, figure.absence ?? "no data")
  }
}

/// All that surveys say, each answer counting alike: recommendation from 0 to 100, satisfaction and ease as they are.
private func satisfactionScore(
  _ account: AccountFacts, _ period: Period, _ cutOff: CutOff
) -> (Ratio?, Phrase) {
  let promotion = netPromoterScore(account.answers, in: period, at: cutOff)
  var parts: [(score: Ratio, n: Int)] = []
  if case .points(let points)? = promotion.value,
    let score = Ratio((points.numerator + points.denominator) * 50, of: points.denominator)
  {
    parts.append((score, promotion.n))
  }
  for figure in [
    satisfactionRate(account.answers, in: period, at: cutOff),
    easeRate(account.answers, in: period, at: cutOff),
  ] {
    if let score = of100(figure).0 { parts.append((score, figure.n)) }
  }
  let n = parts.reduce(0) { $0 + $1.n }
  let mean = sum(parts.compactMap { $0.score.weighted($0.n, of: n) })
  return (mean, n == 0 ? "nobody answered" : "n = \(n)")
}

private func trendScore(_ account: AccountFacts, _ cutOff: CutOff, _ valuation: Valuation) -> (Ratio?, Phrase)
{
  guard let change = trend(account, cutOff, valuation) else { return (nil, "no margin in the year before") }
  let percent = change.decimal(times: 100, places: 0)
  return (trendScore(change), "\(change.numerator > 0 ? "+" : "")\(percent) % in a year")
}

/// The change of the last twelve months' margin against the twelve months before.
private func trend(_ account: AccountFacts, _ cutOff: CutOff, _ valuation: Valuation) -> Ratio? {
  let year = Period.year(to: cutOff.day)
  let before = Period.year(to: year.from.adding(days: -1))
  let now = ValuedSales(account.sales, in: year, through: cutOff.day, by: valuation)
  let then = ValuedSales(account.sales, in: before, through: cutOff.day, by: valuation)
  guard now.unconverted.isEmpty, then.unconverted.isEmpty, then.margin > 0 else { return nil }
  return Ratio(now.margin - then.margin, of: then.margin)
}

/// As it was is 50; a quarter more 100, a quarter less 0.
private func trendScore(_ change: Ratio) -> Ratio {
  // A change beyond a quarter is that already; the rest is kept small enough to multiply.
  guard let quarter = Ratio(1, of: 4), let lost = Ratio(-1, of: 4), change < quarter else {
    return Ratio(100)
  }
  guard change > lost else { return Ratio(0) }
  return Ratio(change.numerator * 200 + change.denominator * 50, of: change.denominator) ?? Ratio(50)
}

package func valueTrend(_ account: AccountFacts, at cutOff: CutOff, by valuation: Valuation) -> Figure {
  let change = trend(account, cutOff, valuation)
  return Figure(
    .valueTrend, change.map { .score(trendScore($0)) }, n: account.sales.count, used: account.sales.map(\.id),
    absence: "no margin in the year before")
}

/// In time is 100; each rhythm that passed without a word beyond the first takes half.
private func cadenceScore(_ account: AccountFacts, _ cutOff: CutOff) -> (Ratio?, Phrase) {
  guard let cadence = account.privilegedContact?.cadenceDays, cadence > 0 else {
    return (nil, "no rhythm is agreed")
  }
  guard let last = lastContact(account, at: cutOff) else { return (nil, "no contact yet") }
  let days = max(0, last.days(to: cutOff.day))
  let score = Ratio(100 * (3 * cadence - days), of: 2 * cadence) ?? Ratio(0)
  return (
    min(max(score, Ratio(0)), Ratio(100)),
    "\(counted(days, "day")) since the last contact, \(cadence) allowed"
  )
}

// MARK: - Plans and contact

/// How far objectives are against how far they should be by now, by weight.
package func planProgress(_ accounts: [AccountFacts], at cutOff: CutOff) -> Figure {
  var weighted: [(score: Double, weight: Int)] = []
  let selection = Selection(accounts.flatMap(\.objectives)) { objective -> Reason? in
    guard !objective.isSetAside else { return .cancelled }
    guard let progress = progress(of: objective) else { return .noGoal }
    weighted.append((min(1, progress / max(elapsed(objective, cutOff), 0.05)), objective.weight ?? 1_000))
    return nil
  }
  let weight = weighted.reduce(0) { $0 + $1.weight }
  // Goals are decimal numbers that people typed; a ten-thousandth of the score is finer than any of them.
  let sum = weighted.reduce(0.0) { $0 + $1.score * Double($1.weight) }
  let score = weight > 0 ? Ratio(Int((sum / Double(weight) * 1_000_000).rounded()), of: 10_000) : nil
  return Figure(
    .planProgress, score.map(FigureValue.score), n: selection.used.count, used: selection.ids,
    excluded: selection.excluded, absence: "no objective with a target", late: selection.late(after: cutOff))
}

package func progress(of objective: Objective) -> Double? {
  if objective.isAchieved { return 1 }
  return progress(from: objective.baseline, to: objective.target, now: objective.current)
}

/// From the baseline, or nothing, to the target; beyond either end it is that end.
///
/// - Returns: of one; nil for what has no target, or is to stay as it is.
package func progress(from baseline: Double?, to target: Double?, now current: Double?) -> Double? {
  let start = baseline ?? 0
  guard let target, let current, target != start else { return nil }
  let share = (current - start) / (target - start)
  return share.isFinite ? min(max(0, share), 1) : nil
}

/// The share of an objective's time that has passed.
private func elapsed(_ objective: Objective, _ cutOff: CutOff) -> Double {
  guard let end = objective.due ?? objective.plan?.to else { return 1 }
  let start = objective.plan?.from ?? PlanDate(milliseconds: objective.recordedAt)
  let length = start.days(to: end)
  guard length > 0 else { return 1 }
  return min(1, max(0, Double(start.days(to: cutOff.day)) / Double(length)))
}

/// The day of the last contact by the privileged contact or the deputy.
package func lastContact(_ account: AccountFacts, at cutOff: CutOff) -> PlanDate? {
  guard let contact = account.privilegedContact else { return nil }
  let people = [contact.person, contact.deputy]
  let made = account.contacts.filter {
    $0.by != nil && people.contains($0.by) && cutOff.includes($0.day, $0.at)
  }.map(
    \.day
  ).max()
  return [made, contact.since.flatMap { $0 <= cutOff.day ? $0 : nil }].compactMap { $0 }.max()
}

/// The share of the accounts with an agreed rhythm whose last contact is no longer ago.
package func contactCadence(_ accounts: [AccountFacts], at cutOff: CutOff) -> Figure {
  let agreed = accounts.filter { $0.privilegedContact?.cadenceDays != nil }
  let inTime = agreed.count { account in
    guard let cadence = account.privilegedContact?.cadenceDays, let last = lastContact(account, at: cutOff)
    else {
      return false
    }
    return last.days(to: cutOff.day) <= cadence
  }
  return Figure(
    .contactCadence, Ratio(inTime, of: agreed.count).map(FigureValue.share), n: agreed.count,
    interval: agreed.count > 1 ? wilsonInterval(inTime, of: agreed.count).map(percent) : nil,
    used: agreed.map(\.profile.id), absence: "no rhythm is agreed")
}
