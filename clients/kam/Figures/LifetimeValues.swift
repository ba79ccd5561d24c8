import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// What customers are worth: so far, under contract, or to be expected.
struct CLV: Command {
  enum Model: String, NamedChoice { case historic, retention, probabilistic }

  static let name = "clv"
  static let about: Phrase = "Customer lifetime value, of an account or of all."
  static let more: Phrase = """
    historic: margin of all sales so far, less what winning and keeping them has cost. retention: a year's margin for as \
    long as they stay, discounted, less acquisition; for customers under contract. probabilistic: what those without \
    contract are likely to bring within --years, by how often and how lately each bought (BG/NBD with Gamma-Gamma); \
    it needs 100 customers who bought again.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  @Takes("--model MODEL", "historic, retention or probabilistic.") var model = Model.historic
  @Takes("--discount PERCENT", "What a year's wait costs, percent.") var discount = 10.0
  @Takes(
    "--retention PERCENT",
    "The chance to stay another year, percent; otherwise the share of all accounts that stayed.")
  var retention: Double?
  @Takes(
    "--start-of-period", "A year's margin comes at its beginning, not at its end: worth one margin more.")
  var comesAtStart = false
  @Takes("--years N", "How far the probabilistic model looks ahead.") var years = 3
  @Takes("--top N", "At most so many accounts.") var top = 20
  let options = FigureOptions()

  func validate() throws {
    guard (1...30).contains(years) else { throw Failure.usage("--years must lie between 1 and 30.") }
    guard top > 0 else { throw Failure.usage("--top must be greater than 0.") }
    guard (-90...1_000).contains(discount) else {
      throw Failure.usage("--discount must lie between -90 and 1000 percent.")
    }
    guard retention.map({ (0...100).contains($0) }) ?? true else {
      throw Failure.usage("--retention must lie between 0 and 100 percent.")
    }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let account = try account.map { try workspace.account($0) }
    // What others do decides how long one stays.
    let reads = model == .historic || (model == .retention && retention != nil) ? account : nil
    let source = try FigureSource(
      workspace, account: reads, options.days.read(by: workspace), topics: [.value],
      leavesOut: model != .historic)
    let only = account.flatMap { source.facts[$0] }
    switch model {
    case .historic: try HistoricValues(source, options, top: top).run()
    case .retention:
      try RetentionValues(
        source, only, options, discount: discount / 100, retention: retention.map { $0 / 100 },
        timing: comesAtStart ? .startOfPeriod : .endOfPeriod, top: top
      ).run()
    case .probabilistic:
      try ProbabilisticValues(source, only, options, years: years, discount: discount / 100, top: top)
        .run()
    }
  }
}

// MARK: - So far

private struct HistoricValues {
  let source: FigureSource
  let options: FigureOptions
  let top: Int

  init(_ source: FigureSource, _ options: FigureOptions, top: Int) {
    self.source = source
    self.options = options
    self.top = top
  }

  private typealias Row = (account: AccountFacts, figure: Figure, value: HistoricValue?)

  func run() throws {
    let accounts = source.account.map { [$0] } ?? source.facts.accounts
    let rows = accounts.map { account -> Row in
      let context = source.context(
        of: account, inOwnCurrency: options.days.currency == nil && accounts.count == 1)
      guard account.sharesFinance else { return (account, context.figure(.lifetimeValue), nil) }
      let (figure, value) = historicValue(account, at: source.cutOff, by: context.valuation)
      return (account, figure, value)
    }.sorted { left, right in
      (left.value?.value.minor ?? .min, right.account.profile.slug) > (
        right.value?.value.minor ?? .min, left.account.profile.slug
      )
    }
    if options.json.isWanted {
      try printJSON(rows)
    } else if let row = rows.first, source.account != nil {
      show(row)
    } else {
      show(rows)
    }
    try source.close(rows.map(\.figure))
  }

  private func show(_ row: Row) {
    let console = Shell.current.console
    console.say(.verbatim(row.account.profile.name), .strong)
    guard let value = row.value else { return console.say("Lifetime value: \(row.figure.spoken)") }
    var steps: [(Phrase, Money, Bool)] = [("Revenue since the first sale", value.revenue, true)]
    if value.revenueWithoutCost.minor != 0 {
      steps.append(("Of it without a known cost", value.revenueWithoutCost.negated, false))
    }
    steps += [
      ("Direct cost", value.directCost.negated, false), ("Margin", value.margin, true),
      ("Acquisition", value.acquisition.negated, false), ("Retention", value.retention.negated, false),
      ("Lifetime value", value.value, true),
    ]
    var table = Table([
      .init(title: .nothing, isKey: true), .init(title: "amount", isNumber: true, isKey: true),
      .init(title: .nothing),
    ])
    let greatest = steps.map { Double($0.1.minor.magnitude) }.max() ?? 1
    for (name, amount, isSum) in steps {
      table.add(
        [
          (isSum ? "" : "  ") + said(name), said(amount.spokenWhole),
          console.symbols.length(Double(amount.minor.magnitude) / greatest, width: 24),
        ], style: isSum ? .plain : .dim)
    }
    console.show(table)
    if let rate = value.marginRate { console.say("Margin rate \(FigureValue.share(rate).spoken).") }
    if let first = value.firstSale, let days = value.days {
      console.say(
        "First sale on \(first.spoken), \(counted(days, "day")) ago at \(source.cutOff.day.spoken).")
    }
    if let days = value.daysSinceContact { console.say("First contact \(counted(days, "day")) ago.") }
    if options.explain { source.explain(row.figure, on: Shell.current.console) }
  }

  private func show(_ rows: [Row]) {
    let console = Shell.current.console
    var table = Table([
      .init(title: .verbatim("#"), isNumber: true, isKey: true),
      .init(title: "account", shrinks: true, isKey: true),
      .init(title: "lifetime value", isNumber: true, isKey: true), .init(title: .nothing),
      .init(title: "revenue", isNumber: true), .init(title: "margin", isNumber: true),
      .init(title: "acquisition", isNumber: true), .init(title: "retention", isNumber: true),
      .init(title: "days", isNumber: true),
    ])
    let greatest = max(1, Double(rows.first?.value?.value.minor ?? 1))
    for (place, row) in rows.prefix(top).enumerated() {
      let value = row.value
      table.add(
        [
          "\(place + 1)", source.label(row.account),
          value.map { said($0.value.spokenWhole) } ?? said("n/a"),
          value.map { console.symbols.length(Double($0.value.minor) / greatest, width: 12) } ?? "",
          value.map { said($0.revenue.spokenWhole) } ?? said(row.figure.absence ?? "no data"),
          value.map { said($0.margin.spokenWhole) } ?? "",
          value.map { said($0.acquisition.spokenWhole) } ?? "",
          value.map { said($0.retention.spokenWhole) } ?? "",
          value?.days.map { "\($0)" } ?? "",
        ], style: value == nil ? .dim : .plain)
    }
    console.show(table)
    if rows.count > top { console.say("  … and \(rows.count - top) more", .dim) }
    if options.explain { console.say(Indicator.lifetimeValue.formula, .dim) }
  }

  private func printJSON(_ rows: [Row]) throws {
    let document = try source.json([
      ("model", .text("historic")),
      (
        "accounts",
        .array(
          rows.map { row in
            .object(
              source.json(row.account) + [
                ("revenue", json(row.value?.revenue)), ("margin", json(row.value?.margin)),
                ("acquisition", json(row.value?.acquisition)), ("retention", json(row.value?.retention)),
                ("days", row.value?.days.map { .integer($0) } ?? .null),
                ("daysSinceContact", row.value?.daysSinceContact.map { .integer($0) } ?? .null),
                ("figure", row.figure.json(explains: options.explain, for: source.workbench.reader)),
              ])
          })
      ),
    ])
    Shell.current.console.document(document.document)
  }
}

func json(_ money: Money?) -> JSON {
  money.map {
    .object([
      ("minor", .integer($0.minor)), ("currency", .text($0.currency)), ("text", .text($0.description)),
    ])
  } ?? .null
}

extension FigureSource {
  func json(_ account: AccountFacts) -> [(String, JSON)] {
    [
      ("account", .text(account.profile.id.description)), ("accountSlug", .text(account.profile.slug)),
      ("accountName", .text(account.profile.name)),
    ]
  }
}

// MARK: - Under contract

private struct RetentionValues {
  let source: FigureSource
  let only: AccountFacts?
  let options: FigureOptions
  let discount: Double
  let given: Double?
  let timing: MarginTiming
  let top: Int

  init(
    _ source: FigureSource, _ only: AccountFacts?, _ options: FigureOptions, discount: Double,
    retention: Double?,
    timing: MarginTiming, top: Int
  ) {
    self.source = source
    self.only = only
    self.options = options
    self.discount = discount
    given = retention
    self.timing = timing
    self.top = top
  }

  private struct Row {
    let account: AccountFacts
    let margin: Figure
    let acquisition: Double
    let value: Double?
  }

  func run() throws {
    let kept = retentionRate(source.facts.accounts, at: source.cutOff)
    guard let rate = given ?? kept.value.map({ $0.number / 100 }) else {
      throw Failure.refused(
        "The share of accounts that stayed is not known: \(kept.absence ?? "no data"). Give --retention.")
    }
    let rows = try (only.map { [$0] } ?? source.facts.accounts).map { try row($0, rate) }.sorted {
      ($0.value ?? -.infinity) > ($1.value ?? -.infinity)
    }
    if options.json.isWanted {
      try printJSON(rows, rate, kept)
    } else {
      show(rows, rate, kept)
    }
    try source.close(rows.map(\.margin) + [kept])
  }

  private func row(_ account: AccountFacts, _ rate: Double) throws -> Row {
    let context = source.context(of: account, inOwnCurrency: only != nil && options.days.currency == nil)
    let year = context.over(Period.year(to: source.cutOff.day))
    let margin = year.figure(.margin)
    let historic = historicValue(account, at: source.cutOff, by: context.valuation)
    let acquisition = historic.value.map { FigureValue.money($0.acquisition).number } ?? 0
    // What winning them has cost is not known: neither is what is left of their worth.
    if historic.value == nil, !account.costs.isEmpty {
      return Row(account: account, margin: historic.figure, acquisition: 0, value: nil)
    }
    guard let yearly = margin.value?.number else {
      return Row(account: account, margin: margin, acquisition: acquisition, value: nil)
    }
    do {
      let value = try retentionValue(margin: yearly, retention: rate, discount: discount, timing: timing)
      return Row(account: account, margin: margin, acquisition: acquisition, value: value - acquisition)
    } catch {
      throw Failure.refused("It cannot be computed: \(error.phrase).")
    }
  }

  private func show(_ rows: [Row], _ rate: Double, _ kept: Figure) {
    let console = Shell.current.console
    var table = Table([
      .init(title: .verbatim("#"), isNumber: true, isKey: true),
      .init(title: "account", shrinks: true, isKey: true),
      .init(title: "lifetime value", isNumber: true, isKey: true),
      .init(title: "margin of a year", isNumber: true),
      .init(title: "acquisition", isNumber: true),
    ])
    for (place, row) in rows.prefix(top).enumerated() {
      table.add(
        [
          "\(place + 1)", source.label(row.account), row.value.map { money($0, row) } ?? said("n/a"),
          said(row.margin.spoken), money(row.acquisition, row),
        ], style: row.value == nil ? .dim : .plain)
    }
    console.show(table)
    let percent = FigureValue.share(Ratio(Int((rate * 1000).rounded()), of: 1000) ?? Ratio(0)).spoken
    console.say(
      given == nil
        ? "Retention \(percent), of \(counted(kept.n, "account")) that bought the year before; 95 % from \(kept.spokenInterval)."
        : "Retention \(percent), as given.", .dim)
    let formula: Phrase =
      timing == .endOfPeriod
      ? "m·r / (1 + i - r) - acquisition: each year's margin comes at its end."
      : "m·(1 + i) / (1 + i - r) - acquisition: each year's margin comes at its beginning."
    console.say(formula, .dim)
  }

  private func money(_ amount: Double, _ row: Row) -> String {
    let currency =
      if case .money(let money)? = row.margin.value { money.currency } else { source.valuation.currency }
    return said(Money(whole: amount, currency).spokenWhole)
  }

  private func printJSON(_ rows: [Row], _ rate: Double, _ kept: Figure) throws {
    let document = try source.json([
      ("model", .text("retention")),
      ("timing", .text(timing == .endOfPeriod ? "end-of-period" : "start-of-period")),
      ("retention", .verbatim("\(rate)")), ("discount", .verbatim("\(discount)")),
      ("retentionFigure", kept.json(explains: options.explain, for: source.workbench.reader)),
      (
        "accounts",
        .array(
          rows.map { row in
            .object(
              source.json(row.account) + [
                ("value", row.value.map { .verbatim("\($0)") } ?? .null),
                ("acquisition", .verbatim("\(row.acquisition)")),
                ("margin", row.margin.json(for: source.workbench.reader)),
              ])
          })
      ),
    ])
    Shell.current.console.document(document.document)
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

// MARK: - To be expected

private struct ProbabilisticValues {
  let source: FigureSource
  let only: AccountFacts?
  let options: FigureOptions
  let years: Int
  let discount: Double
  let top: Int

  init(
    _ source: FigureSource, _ only: AccountFacts?, _ options: FigureOptions, years: Int, discount: Double,
    top: Int
  ) {
    self.source = source
    self.only = only
    self.options = options
    self.years = years
    self.discount = discount
    self.top = top
  }

  func run() throws {
    let values: ExpectedValues
    do {
      values = try expectedValues(
        source.accountsWithFinance, at: source.cutOff, by: source.valuation, years: years,
        discount: discount)
    } catch {
      throw Failure.refused(error.phrase)
    }
    let customers = values.customers.filter { only == nil || $0.account == only?.profile.id }
    if options.json.isWanted {
      try printJSON(values, customers)
    } else {
      show(values, customers)
    }
    try source.close([])
  }

  private func show(_ values: ExpectedValues, _ customers: [ExpectedValues.Customer]) {
    let console = Shell.current.console
    guard !customers.isEmpty else {
      return console.say("It has never bought: there is nothing to expect by.")
    }
    var table = Table([
      .init(title: .verbatim("#"), isNumber: true, isKey: true),
      .init(title: "account", shrinks: true, isKey: true),
      .init(title: "expected value", isNumber: true, isKey: true), .init(title: .nothing),
      .init(title: "still buys", isNumber: true), .init(title: "purchases", isNumber: true),
      .init(title: "margin of one", isNumber: true), .init(title: "bought", isNumber: true),
      .init(title: "last weeks ago", isNumber: true),
    ])
    let greatest = max(1, customers.first?.value ?? 1)
    for (place, customer) in customers.prefix(top).enumerated() {
      let currency = source.valuation.currency
      table.add([
        "\(place + 1)", source.facts[customer.account].map(source.label) ?? "",
        said(Money(whole: customer.value, currency).spokenWhole),
        console.symbols.length(customer.value / greatest, width: 12),
        percent(customer.alive), said(.decimal(fixed(customer.purchases, 1))),
        said(Money(whole: customer.marginOfPurchase, currency).spokenWhole),
        "\(customer.history.repeats + 1)",
        "\(Int((customer.history.age - customer.history.recency).rounded()))",
      ])
    }
    console.show(table)
    if customers.count > top { console.say("  … and \(customers.count - top) more", .dim) }
    let sum = Money(whole: values.customers.reduce(0) { $0 + $1.value }, source.valuation.currency)
    console.say(
      "All \(values.customers.count) customers: \(sum.spokenWhole) within \(counted(years, "year")), discounted at \(percent(discount)) a year."
    )
    if let correlation = values.correlation, abs(correlation) > 0.3 {
      console.say(
        "Who buys often spends otherwise (correlation \(fixed(correlation, 2))): the model of spending assumes that the two do not hang together; take the values with care."
      )
    }
    if options.explain { explain(values) }
  }

  private func explain(_ values: ExpectedValues) {
    let console = Shell.current.console
    let buying = values.purchasing
    let spending = values.spending
    console.say(
      "BG/NBD, weeks: r \(fixed(buying.r, 4)), alpha \(fixed(buying.alpha, 4)), a \(fixed(buying.a, 4)), b \(fixed(buying.b, 4)). Gamma-Gamma: p \(fixed(spending.p, 4)), q \(fixed(spending.q, 4)), v \(fixed(spending.v, 2)).",
      .dim)
    console.say(
      "Fitted by maximum likelihood to the purchases of all customers; purchases of one day are one. A purchase's margin is its expected value times the customer's own margin rate. Future purchases count by quarter, discounted from its middle.",
      .dim)
  }

  private func percent(_ share: Double) -> String {
    said(.decimal(fixed(share * 100, 0))) + " %"
  }

  private func printJSON(_ values: ExpectedValues, _ customers: [ExpectedValues.Customer]) throws {
    let buying = values.purchasing
    let document = try source.json([
      ("model", .text("probabilistic")), ("years", .integer(years)), ("discount", .verbatim("\(discount)")),
      (
        "purchasing",
        .object([
          ("r", .verbatim("\(buying.r)")), ("alpha", .verbatim("\(buying.alpha)")),
          ("a", .verbatim("\(buying.a)")),
          ("b", .verbatim("\(buying.b)")), ("timeUnit", .text("weeks")),
        ])
      ),
      (
        "spending",
        .object([
          ("p", .verbatim("\(values.spending.p)")), ("q", .verbatim("\(values.spending.q)")),
          ("v", .verbatim("\(values.spending.v)")),
        ])
      ), ("correlation", values.correlation.map { .verbatim("\($0)") } ?? .null),
      (
        "accounts",
        .array(
          customers.compactMap { customer in
            source.facts[customer.account].map { account in
              .object(
                source.json(account) + [
                  ("value", .verbatim("\(customer.value)")), ("alive", .verbatim("\(customer.alive)")),
                  ("purchases", .verbatim("\(customer.purchases)")),
                  ("marginOfPurchase", .verbatim("\(customer.marginOfPurchase)")),
                  ("repeats", .integer(customer.history.repeats)),
                  ("recencyWeeks", .verbatim("\(customer.history.recency)")),
                  ("ageWeeks", .verbatim("\(customer.history.age)")),
                ])
            }
          })
      ),
    ])
    Shell.current.console.document(document.document)
  }
}
