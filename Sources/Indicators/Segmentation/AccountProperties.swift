import PlanModel
import Wording

/// Looks up what rules ask of an account, each once.
package struct AccountProperties {
  private let account: AccountFacts
  private let directory: Directory
  private let cutOff: CutOff
  private let valuation: Valuation
  private let thresholds: RFMThresholds

  package init(
    _ account: AccountFacts, _ directory: Directory, at cutOff: CutOff, by valuation: Valuation,
    thresholds: RFMThresholds
  ) {
    self.account = account
    self.directory = directory
    self.cutOff = cutOff
    self.valuation = valuation
    self.thresholds = thresholds
  }

  private var year: Period { Period.year(to: cutOff.day) }
  private var levels: ServiceLevels { ServiceLevels(directory.levels) }

  package subscript(_ property: AccountProperty) -> PropertyValue {
    let profile = account.profile
    switch property {
    case .name: return text(profile.name)
    case .stage: return text(profile.stage)
    case .counterpart: return text(profile.counterpart)
    case .country: return text(profile.country)
    case .industry: return text(profile.industry)
    case .tier: return number(profile.tier)
    case .keyAccount: return .flag(profile.isKeyAccount)
    case .purchasingPower: return purchasingPower
    case .behaviour, .habit, .preference, .need, .expectation:
      let statements = account.observations.filter { $0.about == property.rawValue }.map(\.statement)
      return statements.isEmpty ? .unknown("nothing was observed") : .observations(statements)
    case .recency, .frequency, .monetary, .daysSincePurchase, .purchases: return buying(property)
    case .openRequests: return number(openRequests(account.requests, at: cutOff, levels: levels).count)
    case .daysSinceContact:
      return lastContact(account, at: cutOff).map { number($0.days(to: cutOff.day)) }
        ?? .unknown("no contact yet")
    default: return figure(property).map(found) ?? .unknown("no data")
    }
  }

  private var purchasingPower: PropertyValue {
    guard let given = account.profile.purchasingPower else {
      return .unknown("what they could spend is not known")
    }
    guard let money = valuation.exact(given, on: cutOff.day).flatMap(valuation.money) else {
      return .unknown(mixed([given.currency], valuation) ?? "no data")
    }
    return .number(FigureValue.money(money).number, shown: money.description)
  }

  private func buying(_ property: AccountProperty) -> PropertyValue {
    guard account.sharesFinance else { return .unknown("its finances are not shared with you") }
    guard let buying = Indicators.buying(account, at: cutOff, by: valuation) else {
      return .unknown("nothing was sold")
    }
    let scores = thresholds.scores(buying)
    switch property {
    case .recency: return number(scores.recency)
    case .frequency: return number(scores.frequency)
    case .monetary: return number(scores.monetary)
    case .purchases: return number(buying.purchases)
    default: return number(buying.daysSince)
    }
  }

  private func figure(_ property: AccountProperty) -> Figure? {
    let isOfValue = property.topics == [.value]
    if isOfValue, !account.sharesFinance {
      return Figure(.revenue, nil, n: 0, absence: "its finances are not shared with you")
    }
    return switch property {
    case .revenue: revenue(account.sales, in: year, at: cutOff, by: valuation)
    case .margin: margin(account.sales, in: year, at: cutOff, by: valuation)
    case .marginRate: marginRate(account.sales, in: year, at: cutOff, by: valuation)
    case .lifetimeValue: historicValue(account, at: cutOff, by: valuation).figure
    case .walletShare: shareOfWallet(account, at: cutOff, by: valuation)
    case .daysAsCustomer: relationLength(account.sales, at: cutOff)
    case .nps: netPromoterScore(account.answers, in: year, at: cutOff)
    case .csat: satisfactionRate(account.answers, in: year, at: cutOff)
    case .ces: easeRate(account.answers, in: year, at: cutOff)
    case .resolution: problemResolutionRate(account.requests, in: year, at: cutOff)
    case .response: responseRate(account.requests, in: year, at: cutOff, levels: levels)
    case .health: health(account, in: year, at: cutOff, by: valuation, directory).figure
    default: nil
    }
  }

  private func found(_ figure: Figure) -> PropertyValue {
    guard let value = figure.value else { return .unknown(figure.absence ?? "no data") }
    return .number(value.number, shown: value.shortDecimal)
  }

  private func text(_ text: String?) -> PropertyValue { text.map { .text($0) } ?? .unknown("not told") }

  private func number(_ number: Int?) -> PropertyValue {
    number.map { .number(Double($0), shown: "\($0)") } ?? .unknown("not told")
  }
}

extension FigureValue {
  /// "69.2", "1200.50", in ``unit``.
  fileprivate var shortDecimal: String {
    switch self {
    case .share(let ratio), .points(let ratio): ratio.decimal(times: 100, places: 1)
    case .mean(let ratio, _), .factor(let ratio), .score(let ratio): ratio.decimal(places: 1)
    default: decimal
    }
  }
}

extension AccountProperty {
  /// What has to be read to know it.
  package var topics: Set<Topic> {
    switch self {
    case .name, .stage, .counterpart, .country, .industry, .tier, .keyAccount, .purchasingPower: []
    case .nps, .csat, .ces: [.satisfaction]
    case .resolution, .response, .openRequests: [.service]
    case .daysSinceContact: [.relation]
    case .behaviour, .habit, .preference, .need, .expectation: [.segments]
    case .health: [.value, .satisfaction, .service, .relation, .plan]
    default: [.value]
    }
  }
}

/// Who is in a segment, with the reason.
package struct Membership: Sendable {
  package let account: RecordID
  /// nil: chosen by hand.
  package let verdict: SegmentVerdict?
  /// Of one that was chosen by hand.
  package let reason: String?
}

/// The members of a segment: by its rule, and those chosen by hand.
package func members(
  of segment: Segment, rule: SegmentRule?, _ facts: Facts, properties: (AccountFacts) -> AccountProperties
) -> [Membership] {
  facts.accounts.compactMap { account in
    if let reason = account.memberships[segment.id] {
      return Membership(account: account.profile.id, verdict: nil, reason: reason)
    }
    guard let rule else { return nil }
    let known = properties(account)
    let verdict = rule.verdict { known[$0] }
    return verdict.belongs ? Membership(account: account.profile.id, verdict: verdict, reason: nil) : nil
  }
}
