import Foundation
import PlanModel
import Wording

/// What customers without contract are likely to be worth from now on.
package struct ExpectedValues: Sendable {
  package struct Customer: Sendable {
    package let account: RecordID
    package let history: PurchaseHistory
    /// The probability that they still buy.
    package let alive: Double
    /// Purchases expected within the horizon.
    package let purchases: Double
    /// Margin of a purchase, whole units of money.
    package let marginOfPurchase: Double
    /// Discounted margin of those purchases, whole units of money.
    package let value: Double
  }

  package let purchasing: BetaGeometric
  package let spending: GammaGamma
  /// Between frequency and spending: far from 0 the second model is not to be trusted.
  package let correlation: Double?
  /// Whole years looked ahead.
  package let years: Int
  /// What a year's wait costs, of one.
  package let discount: Double
  /// The most valuable first.
  package let customers: [Customer]
}

package enum ExpectedValueError: Error, Equatable, Sendable {
  case tooFewRepeatBuyers(Int)
  case mixedCurrencies(Phrase)

  /// Four parameters of behaviour that nobody sees need this many to be told apart from chance.
  package static let repeatBuyersMin = 100

  package var phrase: Phrase {
    switch self {
    case .tooFewRepeatBuyers(let count):
      "The probabilistic model needs \(Self.repeatBuyersMin) customers who bought again, and there are \(count). Use \(field: "model") historic, or \(field: "model") retention."
    case .mixedCurrencies(let reason): capitalized(reason) + "."
    }
  }
}

/// Fits both models to the customers and looks ahead.
///
/// Purchases of one day are one. Credit notes reduce what is spent and are no purchases. Margins are spendings times the
/// customer's own margin rate, or everybody's where they have none.
package func expectedValues(
  _ accounts: [AccountFacts], at cutOff: CutOff, by valuation: Valuation, years: Int, discount: Double
) throws(ExpectedValueError) -> ExpectedValues {
  var buyers: [Buyer] = []
  for account in accounts {
    if let buyer = try Buyer(account, cutOff, valuation) { buyers.append(buyer) }
  }
  let repeating = buyers.count { $0.history.repeats > 0 }
  guard repeating >= ExpectedValueError.repeatBuyersMin else { throw .tooFewRepeatBuyers(repeating) }
  let spends = buyers.compactMap(\.spend)
  let purchasing = BetaGeometric.fitted(to: buyers.map(\.history)).model
  let spending = GammaGamma.fitted(to: spends).model
  let rate = overallRate(buyers)
  let customers = buyers.map { buyer -> ExpectedValues.Customer in
    let spent = spending.expectedValue(buyer.spend)
    let margin = (spent.isFinite ? spent : buyer.spend?.mean ?? 0) * (buyer.marginRate ?? rate)
    let (purchases, discounted) = ahead(buyer.history, purchasing, years, discount)
    return ExpectedValues.Customer(
      account: buyer.account, history: buyer.history, alive: purchasing.isAlive(buyer.history),
      purchases: purchases, marginOfPurchase: margin, value: discounted * margin)
  }
  return ExpectedValues(
    purchasing: purchasing, spending: spending, correlation: GammaGamma.correlation(spends), years: years,
    discount: discount, customers: customers.sorted { ($1.value, $0.account) < ($0.value, $1.account) })
}

/// Purchases within the years, as they are and discounted: those of a quarter as if they came in its middle.
private func ahead(
  _ history: PurchaseHistory, _ model: BetaGeometric, _ years: Int, _ discount: Double
) -> (purchases: Double, discounted: Double) {
  let quarter = 365.25 / 7 / 4
  var (before, discounted) = (0.0, 0.0)
  for place in 0..<(years * 4) {
    let total = model.expectedPurchases(history, in: Double(place + 1) * quarter)
    discounted += (total - before) * pow(1 + discount, -(Double(place) + 0.5) / 4)
    before = total
  }
  return (before, discounted)
}

private func overallRate(_ buyers: [Buyer]) -> Double {
  let margin = buyers.reduce(0.0) { $0 + $1.margin }
  let base = buyers.reduce(0.0) { $0 + $1.revenueWithMargin }
  return base > 0 ? margin / base : 0
}

/// A customer as the models see them.
private struct Buyer {
  let account: RecordID
  let history: PurchaseHistory
  /// Of the purchases after the first, as the model of spending wants it; nil where there is none.
  let spend: SpendHistory?
  let margin: Double
  let revenueWithMargin: Double
  let marginRate: Double?

  /// - Returns: nil for an account that never bought.
  init?(_ account: AccountFacts, _ cutOff: CutOff, _ valuation: Valuation) throws(ExpectedValueError) {
    let valued = ValuedSales(account.sales, in: nil, through: cutOff.day, by: valuation)
    if let refusal = mixed(valued.unconverted, valuation) { throw .mixedCurrencies(refusal) }
    var spent: [PlanDate: Int128] = [:]
    for (sale, revenue) in zip(valued.selection.used, valued.revenues) where !sale.isCreditNote {
      spent[sale.day, default: 0] += revenue
    }
    let days = spent.keys.sorted()
    guard let first = days.first, let last = days.last else { return nil }
    self.account = account.profile.id
    history = PurchaseHistory(
      repeats: days.count - 1, recency: Double(first.days(to: last)) / 7,
      age: Double(first.days(to: cutOff.day)) / 7)
    let unit = Double(Valuation.scale) * Double(powerOfTen(Money.exponent(of: valuation.currency)))
    // Nobody says which purchase a credit note takes back: it makes all of them smaller.
    let bought = spent.values.reduce(0, +)
    let kept = bought > 0 ? max(0, Double(valued.revenue) / Double(bought)) : 0
    let repeated = kept * days.dropFirst().reduce(0.0) { $0 + Double(spent[$1] ?? 0) / unit }
    spend =
      days.count > 1 && repeated > 0
      ? SpendHistory(purchases: days.count - 1, mean: repeated / Double(days.count - 1)) : nil
    margin = Double(valued.margin) / unit
    revenueWithMargin = Double(valued.revenueWithMargin) / unit
    marginRate = revenueWithMargin > 0 ? margin / revenueWithMargin : nil
  }
}
