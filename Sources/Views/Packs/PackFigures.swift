import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

// Figures in the form that packs show them in.

extension Reader {
  func shown(_ figure: Figure) -> Pack.Shown {
    figure.value.map { .text(said($0.spoken)) } ?? .missing(reason: said(figure.absence ?? "no data"))
  }

  /// "n = 42, 95 % between 12 and 38".
  func detail(of figure: Figure) -> String {
    guard let value = figure.value, let interval = figure.interval else { return said("n = \(figure.n)") }
    let (low, high) = (value.spoken(bound: interval.lowerBound), value.spoken(bound: interval.upperBound))
    return said("n = \(figure.n), 95 % between \(low) and \(high)")
  }

  func explanation(of figure: Figure, in period: Period, isInternal: Bool) -> Pack.Explanation {
    let used = figure.used.count
    return Pack.Explanation(
      figure: said(figure.indicator.name), formula: said(figure.indicator.formula),
      period: said(period.spoken), n: "\(figure.n)",
      used: isInternal && figure.late > 0 ? said("\(used), \(figure.late) of them late") : "\(used)",
      leftOut: figure.excluded.map {
        Pack.LeftOut(reason: said($0.reason.phrase), count: "\($0.records.count)")
      })
  }

  func quantity(_ value: FigureValue) -> Pack.Quantity {
    Pack.Quantity(value: value.number, text: said(value.spoken))
  }

  func quantity(_ money: Money) -> Pack.Quantity { quantity(.money(money)) }

  /// Of a whole.
  func quantity(share: Ratio) -> Pack.Quantity {
    Pack.Quantity(value: share.double, text: said(FigureValue.share(share).spoken))
  }

  func quantity(count: Int) -> Pack.Quantity { Pack.Quantity(value: Double(count), text: "\(count)") }

  func quarter(_ quarter: Period) -> Pack.Quarter {
    Pack.Quarter(name: said("Q\((quarter.from.month + 2) / 3)"), year: "\(quarter.from.year)")
  }
}

extension Figure {
  var packEstimate: Pack.Estimate? {
    value.map { Pack.Estimate(value: $0.number, low: interval?.lowerBound, high: interval?.upperBound) }
  }
}

extension Assessment {
  var packStatus: Pack.Status {
    switch self {
    case .good: .good
    case .watch: .watch
    case .poor: .poor
    }
  }
}

extension FigureSource {
  private var reader: Reader { workbench.reader }

  private func said(_ phrase: Phrase) -> String { reader.said(phrase) }

  /// A figure with what it was in the period before, and over the last quarters.
  ///
  /// - Parameter discreet: Leaves out what must not be seen, of every quarter too.
  func headline(
    _ indicator: Indicator, isInternal: Bool, _ discreet: (Figure) -> Figure = { $0 }
  ) -> Pack.HeadlineFigure {
    let context = context
    let figure = discreet(context.figure(indicator))
    let before = discreet(context.over(period.previous).figure(indicator))
    let quarters = Period.quarters(8, to: cutOff.day)
    return Pack.HeadlineFigure(
      label: said(indicator.name), shown: reader.shown(figure), detail: reader.detail(of: figure),
      comparison: comparison(figure, before),
      status: isInternal ? facts.directory.assessment(of: figure)?.packStatus : nil,
      history: isInternal
        ? context.series(indicator, quarters)
        : quarters.map { discreet(context.over($0).figure(indicator)).value?.number })
  }

  private func comparison(_ figure: Figure, _ before: Figure) -> Pack.Comparison? {
    guard let now = figure.value, let then = before.value else { return nil }
    let difference = now.number - then.number
    let direction: Pack.Comparison.Direction = difference > 0 ? .up : difference < 0 ? .down : .flat
    // Where the intervals reach each other nobody knows whether anything has changed.
    let isNoise = figure.interval.flatMap { left in before.interval.map { left.overlaps($0) } } ?? false
    let isGood = figure.indicator.isBetterWhenLower ? difference < 0 : difference > 0
    let meaning: Pack.Comparison.Meaning =
      direction == .flat || isNoise ? .neutral : isGood ? .better : .worse
    let text =
      isNoise
      ? said("\(then.spoken) in \(period.previous.spoken), within chance")
      : said("\(then.spoken) in \(period.previous.spoken)")
    return Pack.Comparison(text: text, direction: direction, meaning: meaning)
  }

  /// Money by quarter, in units that fit above a bar.
  func quarterly(
    _ amounts: [Money?], _ quarters: [Period], creditNotes: [Money?] = []
  ) -> Pack.QuarterlyAmounts? {
    guard amounts.contains(where: { $0 != nil }) else { return nil }
    let numbers = amounts.map { $0.map { FigureValue.money($0).number } }
    let greatest = numbers.compactMap { $0.map(abs) }.max() ?? 0
    let (divisor, unit): (Double, Phrase) =
      greatest >= 10_000_000
      ? (1_000_000, "million \(valuation.currency)")
      : greatest >= 10_000 ? (1_000, "thousand \(valuation.currency)") : (1, .verbatim(valuation.currency))
    return Pack.QuarterlyAmounts(
      unit: said(unit),
      quarters: quarters.enumerated().map { place, quarter in
        let value = numbers[place]
        let credit = creditNotes.indices.contains(place) ? creditNotes[place] : nil
        return Pack.QuarterAmount(
          quarter: reader.quarter(quarter), value: value, short: value.map { short($0 / divisor) } ?? "",
          shown: amounts[place].map { .text(said($0.spokenWhole)) }
            ?? .missing(reason: said("nothing was sold")),
          creditNotes: credit.flatMap { $0.minor == 0 ? nil : reader.quantity($0.negated) })
      })
  }

  /// At most five characters.
  private func short(_ value: Double) -> String {
    said(.decimal(fixed(value, abs(value) < 100 ? 1 : 0)))
  }

  func servicePart() -> Pack.ServicePart? {
    let context = context
    let requests = context.accounts.flatMap(\.requests).filter {
      period.contains($0.day) && cutOff.includes($0.day, $0.openedAt)
    }
    let open = openRequests(context.accounts.flatMap(\.requests), at: cutOff, levels: context.levels)
    guard !requests.isEmpty || !open.isEmpty else { return nil }
    let types = requestTypes.compactMap { type -> Pack.RequestType? in
      let those = requests.filter { $0.type == type }
      return those.isEmpty ? nil : line(reader.said(word: type), those, context)
    }
    return Pack.ServicePart(
      types: types, total: types.count > 1 ? line(said("All types"), requests, context) : nil,
      ageing: buckets(open),
      note: context.levels.isEmpty ? said("In time: a first answer within 24 hours.") : nil)
  }

  private func line(_ name: String, _ requests: [Request], _ context: FigureContext) -> Pack.RequestType {
    let rate = responseRate(requests, in: period, at: cutOff, levels: context.levels)
    let level = serviceLevelRate(requests, in: period, at: cutOff, levels: context.levels)
    var (share, count): (Double?, String?) = (nil, nil)
    if case .share(let ratio)? = rate.value {
      share = ratio.double
      count = said("\(Int((ratio.double * Double(rate.n)).rounded())) of \(rate.n)")
    }
    let resolved = requests.count { $0.resolvedAt(by: cutOff) != nil }
    return Pack.RequestType(
      name: name, opened: reader.quantity(count: requests.count),
      answeredInWindow: reader.shown(rate), answeredShare: share, answeredCount: count,
      resolved: said("\(resolved) of \(requests.count)"),
      firstAnswer: reader.shown(responseTime(requests, in: period, at: cutOff)),
      isLevelMet: nil, level: level.value.map { said($0.spoken) })
  }

  private func buckets(_ open: [OpenRequest]) -> [Pack.Bucket] {
    guard !open.isEmpty else { return [] }
    return requestAges(open).map {
      Pack.Bucket(label: said($0.name), count: reader.quantity(count: $0.count))
    }
  }
}
