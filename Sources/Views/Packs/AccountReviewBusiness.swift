import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

extension AccountReview {
  func business() -> Pack.BusinessPart? {
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
        name: row.name ?? said("other"), amount: reader.quantity(row.revenue),
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
        actualValue: attainment.actual.map { FigureValue.money($0).number }, target: reader.quantity(goal),
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
    Pack.WaterfallStep(name: said(name), amount: reader.quantity(amount), isTotal: isTotal)
  }
}
