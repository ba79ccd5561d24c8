import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// What customers without a contract are likely to bring, by how often and how lately each bought.
package struct ExpectedValueReport: SourcedReport {
  package let source: FigureSource
  private let explains: Bool
  private let years: Int
  private let discount: Double
  private let top: Int
  private let values: ExpectedValues
  private let customers: [ExpectedValues.Customer]

  /// - Parameters:
  ///   - account: Only this one, by what all customers do; nil: all, the most valuable first.
  ///   - years: How far it looks ahead.
  ///   - discount: What a year's wait costs, of one.
  ///   - top: At most so many.
  /// - Throws: ``Failure`` when too few have bought again.
  package init(
    _ workbench: Workbench, _ order: FigureOrder, account: RecordID?, years: Int, discount: Double, top: Int
  ) throws {
    explains = order.explains
    self.years = years
    self.discount = discount
    self.top = top
    let source = try FigureSource(workbench, order.days, topics: [.value], leavesOut: true)
    self.source = source
    do {
      values = try expectedValues(
        source.accountsWithFinance, at: source.cutOff, by: source.valuation, years: years,
        discount: discount)
    } catch {
      throw Failure.refused(error.phrase)
    }
    let only = account.flatMap { source.facts[$0] }
    customers = values.customers.filter { only == nil || $0.account == only?.profile.id }
  }

  package var figures: [Figure] { [] }

  // MARK: - For people

  package func blocks() -> [Block] {
    guard !customers.isEmpty else { return [text("It has never bought: there is nothing to expect by.")] }
    let sum = Money(whole: values.customers.reduce(0) { $0 + $1.value }, source.valuation.currency)
    var blocks = [Block.table(table)] + more(customers.count - top)
    blocks.append(
      text(
        "All \(values.customers.count) customers: \(sum.spokenWhole) within \(counted(years, "year")), discounted at \(percent(discount)) a year."
      ))
    if let correlation = values.correlation, abs(correlation) > 0.3 {
      blocks.append(
        text(
          "Who buys often spends otherwise (correlation \(fixed(correlation, 2))): the model of spending assumes that the two do not hang together; take the values with care."
        ))
    }
    return blocks + (explains ? models : [])
  }

  private var table: FigureTable {
    var table = FigureTable([
      placeColumn, column(title: "account", .title), column(title: "expected value", .key, isNumber: true),
      barColumn, column(title: "still buys", isNumber: true), column(title: "purchases", isNumber: true),
      column(title: "margin of one", isNumber: true), column(title: "bought", isNumber: true),
      column(title: "last weeks ago", isNumber: true),
    ])
    let greatest = max(1, customers.first?.value ?? 1)
    let currency = source.valuation.currency
    for (place, customer) in customers.prefix(top).enumerated() {
      let history = customer.history
      table.add([
        cell(place + 1), source.facts[customer.account].map(name) ?? .empty,
        amount(Money(whole: customer.value, currency)),
        .bar(share: customer.value / greatest, width: 12), cell(percent(customer.alive)),
        cell(.decimal(fixed(customer.purchases, 1))),
        amount(Money(whole: customer.marginOfPurchase, currency)), cell(history.repeats + 1),
        cell(Int((history.age - history.recency).rounded())),
      ])
    }
    return table
  }

  /// What was fitted, and how.
  private var models: [Block] {
    let buying = values.purchasing
    let spending = values.spending
    return [
      note(
        "BG/NBD, weeks: r \(fixed(buying.r, 4)), alpha \(fixed(buying.alpha, 4)), a \(fixed(buying.a, 4)), b \(fixed(buying.b, 4)). Gamma-Gamma: p \(fixed(spending.p, 4)), q \(fixed(spending.q, 4)), v \(fixed(spending.v, 2))."
      ),
      note(
        "Fitted by maximum likelihood to the purchases of all customers; purchases of one day are one. A purchase's margin is its expected value times the customer's own margin rate. Future purchases count by quarter, discounted from its middle."
      ),
    ]
  }

  private func percent(_ share: Double) -> Phrase { .decimal(fixed(share * 100, 0)) + .verbatim(" %") }

  // MARK: - For programs

  package func document() throws -> JSON {
    let buying = values.purchasing
    let spending = values.spending
    return try source.json([
      ("model", .text("probabilistic")), ("years", .integer(years)), ("discount", .verbatim("\(discount)")),
      (
        "purchasing",
        .object([
          ("r", .verbatim("\(buying.r)")), ("alpha", .verbatim("\(buying.alpha)")),
          ("a", .verbatim("\(buying.a)")), ("b", .verbatim("\(buying.b)")), ("timeUnit", .text("weeks")),
        ])
      ),
      (
        "spending",
        .object([
          ("p", .verbatim("\(spending.p)")), ("q", .verbatim("\(spending.q)")),
          ("v", .verbatim("\(spending.v)")),
        ])
      ), ("correlation", values.correlation.map { .verbatim("\($0)") } ?? .null),
      ("accounts", .array(customers.compactMap(row))),
    ])
  }

  private func row(_ customer: ExpectedValues.Customer) -> JSON? {
    source.facts[customer.account].map { account in
      .object(
        json(account) + [
          ("value", .verbatim("\(customer.value)")), ("alive", .verbatim("\(customer.alive)")),
          ("purchases", .verbatim("\(customer.purchases)")),
          ("marginOfPurchase", .verbatim("\(customer.marginOfPurchase)")),
          ("repeats", .integer(customer.history.repeats)),
          ("recencyWeeks", .verbatim("\(customer.history.recency)")),
          ("ageWeeks", .verbatim("\(customer.history.age)")),
        ])
    }
  }
}
