import PlanModel

extension Facts {
  /// What can be counted in one currency, of all accounts together: one amount that cannot must not take the figures of a
  /// whole portfolio away, and whoever shows them says what is left out.
  ///
  /// - Returns: the facts without sales, costs and targets of which an amount cannot be converted, and those, by currency. Of a
  ///   sale whose direct cost alone cannot be, the revenue stays.
  package func countable(
    by valuation: Valuation, through day: PlanDate
  ) -> (facts: Facts, leftOut: [Exclusion]) {
    var facts = self
    var left: [String: [RecordID]] = [:]
    func isCountable(_ money: Money?, _ id: RecordID, on day: PlanDate) -> Bool {
      guard let money, money.currency != valuation.currency, valuation.exact(money, on: day) == nil else {
        return true
      }
      left[money.currency, default: []].append(id)
      return false
    }
    for place in facts.accounts.indices {
      // Most accounts sell in one currency, and a hundred thousand sales need not be moved.
      let account = facts.accounts[place]
      let isForeign = account.sales.contains { sale in
        sale.revenue.currency != valuation.currency
          || sale.cost.map { $0.currency != valuation.currency } ?? false
      }
      if isForeign {
        facts.accounts[place].sales = account.sales.compactMap { sale in
          guard isCountable(sale.revenue, sale.id, on: sale.day) else { return nil }
          return isCountable(sale.cost, sale.id, on: sale.day) ? sale : sale.withoutCost
        }
      }
      facts.accounts[place].costs = account.costs.filter { isCountable($0.amount, $0.id, on: $0.day) }
      facts.accounts[place].revenueTargets = account.revenueTargets.filter { target in
        let end = min(target.period.to, day)
        return isCountable(target.revenue, target.id, on: end)
          && isCountable(target.margin, target.id, on: end)
      }
      facts.accounts[place].profitabilityTargets = account.profitabilityTargets.filter { target in
        isCountable(target.margin, target.id, on: min(target.period.to, day))
      }
    }
    let exclusions = left.sorted { $0.key < $1.key }.map {
      Exclusion(reason: .noRate($0.key), records: $0.value)
    }
    return (facts, exclusions)
  }
}

extension Sale {
  /// A credit note's amounts were turned round when it was made.
  fileprivate var withoutCost: Sale {
    Sale(
      id: id, recordedAt: recordedAt, day: day, isCreditNote: isCreditNote, revenue: revenue, cost: nil,
      product: product, strategy: strategy)
  }
}
