import PlanModel
import Wording

/// What figures are about: which accounts, which days, in which currency.
package struct FigureContext: Sendable {
  package let accounts: [AccountFacts]
  package let directory: Directory
  package let period: Period
  package let cutOff: CutOff
  package let valuation: Valuation
  package let levels: ServiceLevels
  // Pooled once: putting a hundred thousand sales together takes longer than going through them.
  let answers: [Answer]
  let requests: [Request]
  let sales: [Sale]

  package init(
    _ accounts: [AccountFacts], _ directory: Directory, in period: Period, at cutOff: CutOff,
    by valuation: Valuation
  ) {
    self.accounts = accounts
    self.directory = directory
    self.period = period
    self.cutOff = cutOff
    self.valuation = valuation
    levels = ServiceLevels(directory.levels)
    let only = accounts.count == 1 ? accounts.first : nil
    answers = only?.answers ?? accounts.flatMap(\.answers)
    requests = only?.requests ?? accounts.flatMap(\.requests)
    sales = only?.sales ?? accounts.flatMap(\.sales)
  }

  private init(_ context: FigureContext, in period: Period, at cutOff: CutOff) {
    accounts = context.accounts
    directory = context.directory
    valuation = context.valuation
    levels = context.levels
    answers = context.answers
    requests = context.requests
    sales = context.sales
    self.period = period
    self.cutOff = cutOff
  }

  /// The same of other days.
  package func over(_ period: Period) -> FigureContext {
    let end = min(period.to, cutOff.day)
    return FigureContext(self, in: period, at: end == cutOff.day ? cutOff : CutOff(endOf: end))
  }

  package func of(_ account: AccountFacts, by valuation: Valuation? = nil) -> FigureContext {
    FigureContext([account], directory, in: period, at: cutOff, by: valuation ?? self.valuation)
  }
}

/// Figures that belong together.
package enum FigureGroup: String, CaseIterable, Sendable {
  case satisfaction, service, value, relation

  package var title: Phrase {
    switch self {
    case .satisfaction: "Satisfaction"
    case .service: "Service"
    case .value: "Value"
    case .relation: "Relation"
    }
  }

  /// Some are about one account, some about many.
  package func indicators(ofOneAccount isOne: Bool) -> [Indicator] {
    switch self {
    case .satisfaction:
      [.nps] + (isOne ? [] : [.npsByAccount]) + [.csat, .ces, .effortMean, .surveyResponse, .reviews]
    case .service:
      [.resolution, .firstContact, .response, .responseByType, .responseTime, .serviceLevel]
    case .value:
      isOne
        ? [
          .revenue, .margin, .marginRate, .lifetimeValue, .relation, .walletShare, .whitespace, .attainment,
          .profitability, .valueTrend,
        ]
        : [.revenue, .margin, .marginRate, .retention, .attainment, .profitability, .strategyEffect]
    case .relation: [.planProgress, .contactCadence] + (isOne ? [.health] : [])
    }
  }

  /// What has to be read for it.
  package var topics: Set<Topic> {
    switch self {
    case .satisfaction: [.satisfaction]
    case .service: [.service]
    case .value: [.value, .market]
    case .relation: [.relation, .plan]
    }
  }
}

extension FigureContext {
  /// One indicator, of all the accounts together.
  package func figure(_ indicator: Indicator) -> Figure {
    if let group = FigureGroup.allCases.first(where: { $0.holds(indicator) }), group == .value,
      !accounts.isEmpty, accounts.allSatisfy({ !$0.sharesFinance })
    {
      return Figure(indicator, nil, n: 0, absence: "its finances are not shared with you")
    }
    switch indicator {
    case .nps: return netPromoterScore(answers, in: period, at: cutOff)
    case .npsByAccount: return netPromoterScoreByAccount(accounts.map(\.answers), in: period, at: cutOff)
    case .csat: return satisfactionRate(answers, in: period, at: cutOff)
    case .ces: return easeRate(answers, in: period, at: cutOff)
    case .effortMean: return easeMean(answers, in: period, at: cutOff)
    case .surveyResponse:
      return surveyResponseRate(accounts.flatMap(\.invitations), answers, in: period, at: cutOff)
    case .reviews: return reviewSatisfaction(accounts.flatMap(\.reviews), in: period, at: cutOff)
    case .resolution: return problemResolutionRate(requests, in: period, at: cutOff)
    case .firstContact: return firstContactResolution(requests, in: period, at: cutOff)
    case .response: return responseRate(requests, in: period, at: cutOff, levels: levels)
    case .responseByType: return responseRateByType(requests, in: period, at: cutOff, levels: levels)
    case .responseTime: return responseTime(requests, in: period, at: cutOff)
    case .serviceLevel: return serviceLevelRate(requests, in: period, at: cutOff, levels: levels)
    default: return worth(indicator)
    }
  }

  private func worth(_ indicator: Indicator) -> Figure {
    switch indicator {
    case .revenue: return revenue(sales, in: period, at: cutOff, by: valuation)
    case .margin: return margin(sales, in: period, at: cutOff, by: valuation)
    case .marginRate: return marginRate(sales, in: period, at: cutOff, by: valuation)
    case .retention: return retentionRate(accounts, at: cutOff)
    case .attainment: return attainment(accounts, in: period, at: cutOff, by: valuation)
    case .profitability: return profitability(accounts, in: period, at: cutOff, by: valuation)
    case .strategyEffect:
      return strategyEffect(
        strategyEffects(accounts, directory.strategies, at: cutOff, by: valuation), by: valuation)
    case .planProgress: return planProgress(accounts, at: cutOff)
    case .contactCadence: return contactCadence(accounts, at: cutOff)
    default:
      return accounts.first.map { ofOne(indicator, $0) }
        ?? Figure(indicator, nil, n: 0, absence: "no account")
    }
  }

  private func ofOne(_ indicator: Indicator, _ account: AccountFacts) -> Figure {
    switch indicator {
    case .lifetimeValue: historicValue(account, at: cutOff, by: valuation).figure
    case .relation: relationLength(account.sales, at: cutOff)
    case .walletShare: shareOfWallet(account, at: cutOff, by: valuation)
    case .whitespace: whitespace(account, at: cutOff, by: valuation)
    case .valueTrend: valueTrend(account, at: cutOff, by: valuation)
    case .health: health(account, in: period, at: cutOff, by: valuation, directory).figure
    default: Figure(indicator, nil, n: 0, absence: "no data")
    }
  }
}

extension FigureGroup {
  fileprivate func holds(_ indicator: Indicator) -> Bool {
    indicators(ofOneAccount: true).contains(indicator) || indicators(ofOneAccount: false).contains(indicator)
  }
}

// MARK: - Judging

/// How a figure stands against what the organisation calls good and worrying.
package enum Assessment: String, Sendable { case good, watch, poor }

extension Directory {
  /// - Returns: nil without an active target for it, or without a value.
  package func assessment(of figure: Figure) -> Assessment? {
    guard let value = figure.value?.number,
      let target = targets.first(where: { $0.indicator.lowercased() == figure.indicator.rawValue })
    else { return nil }
    // Turned round, less is more.
    let sign: Double = figure.indicator.isBetterWhenLower ? -1 : 1
    if let good = target.good, value * sign >= good * sign { return .good }
    guard let warning = target.warning else { return target.good == nil ? nil : .watch }
    return value * sign >= warning * sign ? .watch : .poor
  }
}

// MARK: - Over time

/// Money of each of several periods, in one pass over the sales: minor units; nil where nothing was sold.
package struct SalesSeries: Sendable {
  package let periods: [Period]
  package let revenues: [Money?]
  package let margins: [Money?]
  /// What credit notes took off the revenue, 0 or less.
  package let creditNotes: [Money?]
  /// Of the sales whose direct cost is known.
  package let marginRates: [Ratio?]
}

extension FigureContext {
  /// - Parameter periods: Ascending, without gaps or overlaps.
  package func salesSeries(_ periods: [Period]) -> SalesSeries {
    var sums = [(revenue: Int128, margin: Int128, base: Int128, credit: Int128, count: Int, known: Int)](
      repeating: (0, 0, 0, 0, 0, 0), count: periods.count)
    // What holds an amount that no rate converts is not known.
    var (foreignRevenue, foreignCost) = (Set<Int>(), Set<Int>())
    let starts = periods.map(\.from)
    guard let first = starts.first, let last = periods.last else {
      return SalesSeries(periods: [], revenues: [], margins: [], creditNotes: [], marginRates: [])
    }
    for sale in sales where sale.day <= cutOff.day && sale.day >= first && sale.day <= last.to {
      let place = (starts.firstIndex { $0 > sale.day } ?? starts.count) - 1
      guard let revenue = valuation.exact(sale.revenue, on: sale.day) else {
        foreignRevenue.insert(place)
        continue
      }
      sums[place].revenue += revenue
      if sale.isCreditNote { sums[place].credit += revenue }
      sums[place].count += 1
      if let cost = sale.cost.flatMap({ valuation.exact($0, on: sale.day) }) {
        sums[place].margin += revenue - cost
        sums[place].base += revenue
        sums[place].known += 1
      } else if sale.cost != nil {
        foreignCost.insert(place)
      }
    }
    foreignCost.formUnion(foreignRevenue)
    func each<Value>(without left: Set<Int>, _ value: (Int) -> Value?) -> [Value?] {
      sums.indices.map { left.contains($0) ? nil : value($0) }
    }
    return SalesSeries(
      periods: periods,
      revenues: each(without: foreignRevenue) {
        sums[$0].count == 0 ? nil : valuation.money(sums[$0].revenue)
      },
      margins: each(without: foreignCost) { sums[$0].known == 0 ? nil : valuation.money(sums[$0].margin) },
      creditNotes: each(without: foreignRevenue) {
        sums[$0].count == 0 ? nil : valuation.money(sums[$0].credit)
      },
      marginRates: each(without: foreignCost) {
        sums[$0].base > 0 ? Ratio(sums[$0].margin, of: sums[$0].base) : nil
      })
  }

  /// An indicator of each period; money goes by ``salesSeries(_:)``.
  package func series(_ indicator: Indicator, _ periods: [Period]) -> [Double?] {
    switch indicator {
    case .revenue: salesSeries(periods).revenues.map { $0.map { FigureValue.money($0).number } }
    case .margin: salesSeries(periods).margins.map { $0.map { FigureValue.money($0).number } }
    case .marginRate: salesSeries(periods).marginRates.map { $0.map { FigureValue.share($0).number } }
    default: periods.map { over($0).figure(indicator).value?.number }
    }
  }
}
