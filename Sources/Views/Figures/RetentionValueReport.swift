import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// What customers under contract are worth: a year's margin for as long as they stay, discounted, less acquisition.
package struct RetentionValueReport: SourcedReport {
  package let source: FigureSource
  private let explains: Bool
  private let discount: Double
  private let timing: MarginTiming
  private let top: Int
  /// The chance to stay another year, of one, and whether it was given.
  private let rate: Double
  private let isGiven: Bool
  /// The share of all accounts that stayed.
  private let kept: Figure
  private let rows: [Row]

  private struct Row {
    let account: AccountFacts
    let margin: Figure
    let acquisition: Double
    let value: Double?
  }

  /// - Parameters:
  ///   - account: nil: all, the most valuable first.
  ///   - discount: What a year's wait costs, of one.
  ///   - retention: The chance to stay another year, of one; nil: the share of all accounts that stayed.
  ///   - top: At most so many.
  /// - Throws: ``Failure`` when nobody knows how many stay, and for rates whose sum has no end.
  package init(
    _ workbench: Workbench, _ order: FigureOrder, account: RecordID?, discount: Double, retention: Double?,
    timing: MarginTiming, top: Int
  ) throws {
    explains = order.explains
    self.discount = discount
    self.timing = timing
    self.top = top
    // What others do decides how long one stays.
    let source = try FigureSource(
      workbench, account: retention == nil ? nil : account, order.days, topics: [.value], leavesOut: true)
    self.source = source
    kept = retentionRate(source.facts.accounts, at: source.cutOff)
    isGiven = retention != nil
    guard let rate = retention ?? kept.value.map({ $0.number / 100 }) else {
      throw Failure.refused(
        "The share of accounts that stayed is not known: \(kept.absence ?? "no data"). Give \(field: "retention")."
      )
    }
    self.rate = rate
    let only = account.flatMap { source.facts[$0] }
    let accounts = only.map { [$0] } ?? source.facts.accounts
    let rows = try accounts.map { account in
      let context = source.context(
        of: account, inOwnCurrency: only != nil && order.days.currency == nil)
      return try Self.row(account, context) { margin in
        try Self.worth(margin, retention: rate, discount: discount, timing: timing)
      }
    }
    self.rows = rows.sorted { ($0.value ?? -.infinity) > ($1.value ?? -.infinity) }
  }

  /// - Parameter worth: What a year's margin is worth for as long as the account stays.
  private static func row(
    _ account: AccountFacts, _ context: FigureContext, worth: (Double) throws -> Double
  ) throws -> Row {
    let margin = context.over(Period.year(to: context.cutOff.day)).figure(.margin)
    let historic = historicValue(account, at: context.cutOff, by: context.valuation)
    let acquisition = historic.value.map { FigureValue.money($0.acquisition).number } ?? 0
    // What winning them has cost is not known: neither is what is left of their worth.
    if historic.value == nil, !account.costs.isEmpty {
      return Row(account: account, margin: historic.figure, acquisition: 0, value: nil)
    }
    let value = try (margin.value?.number).map { try worth($0) - acquisition }
    return Row(account: account, margin: margin, acquisition: acquisition, value: value)
  }

  private static func worth(
    _ margin: Double, retention: Double, discount: Double, timing: MarginTiming
  ) throws -> Double {
    do {
      return try retentionValue(margin: margin, retention: retention, discount: discount, timing: timing)
    } catch {
      throw Failure.refused("It cannot be computed: \(error.phrase).")
    }
  }

  package var figures: [Figure] { rows.map(\.margin) + [kept] }

  // MARK: - For people

  package func blocks() -> [Block] {
    let percent = FigureValue.share(Ratio(Int((rate * 1000).rounded()), of: 1000) ?? Ratio(0)).spoken
    return [
      .table(table),
      note(
        isGiven
          ? "Retention \(percent), as given."
          : "Retention \(percent), of \(counted(kept.n, "account")) that bought the year before; 95 % from \(kept.spokenInterval)."
      ),
      note(
        timing == .endOfPeriod
          ? "m·r / (1 + i - r) - acquisition: each year's margin comes at its end."
          : "m·(1 + i) / (1 + i - r) - acquisition: each year's margin comes at its beginning."),
    ]
  }

  private var table: FigureTable {
    var table = FigureTable([
      placeColumn, column(title: "account", .title), column(title: "lifetime value", .key, isNumber: true),
      column(title: "margin of a year", isNumber: true), column(title: "acquisition", isNumber: true),
    ])
    for (place, row) in rows.prefix(top).enumerated() {
      table.add(
        [
          cell(place + 1), name(row.account), amount(row.value.map { money($0, row) }, or: "n/a"),
          cell(row.margin.spoken), amount(money(row.acquisition, row)),
        ], isDim: row.value == nil)
    }
    return table
  }

  private func money(_ amount: Double, _ row: Row) -> Money {
    let currency =
      if case .money(let money)? = row.margin.value { money.currency } else { source.valuation.currency }
    return Money(whole: amount, currency)
  }

  // MARK: - For programs

  package func document() throws -> JSON {
    let accounts = rows.map { row -> JSON in
      .object(
        json(row.account) + [
          ("value", row.value.map { .verbatim("\($0)") } ?? .null),
          ("acquisition", .verbatim("\(row.acquisition)")),
          ("margin", row.margin.json(for: workbench.reader)),
        ])
    }
    return try source.json([
      ("model", .text("retention")),
      ("timing", .text(timing == .endOfPeriod ? "end-of-period" : "start-of-period")),
      ("retention", .verbatim("\(rate)")), ("discount", .verbatim("\(discount)")),
      ("retentionFigure", kept.json(explains: explains, for: workbench.reader)),
      ("accounts", .array(accounts)),
    ])
  }
}

extension Money {
  /// Of what models reckon in whole units.
  init(whole amount: Double, _ currency: String) {
    let minor = amount * Double(powerOfTen(Money.exponent(of: currency)))
    self.init(
      currency: currency,
      minor: minor.isFinite ? Int64(exactly: minor.rounded(.toNearestOrEven)) ?? .max : .max)
  }
}
