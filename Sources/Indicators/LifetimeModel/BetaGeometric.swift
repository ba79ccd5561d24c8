import Foundation

/// How often a customer bought, and until when. Times are in weeks, all of them.
package struct PurchaseHistory: Hashable, Sendable {
  /// Purchases after the first.
  package let repeats: Int
  /// From the first purchase to the last.
  package let recency: Double
  /// From the first purchase to the cut-off.
  package let age: Double

  package init(repeats: Int, recency: Double, age: Double) {
    self.repeats = max(0, repeats)
    self.age = max(0, age)
    self.recency = min(max(0, recency), self.age)
  }
}

/// The BG/NBD model: customers buy at random moments, each at a rate of their own, and after each purchase may be gone
/// for good.
///
/// Rates follow a gamma distribution (``r``, ``alpha``), the chances to be gone a beta distribution (``a``, ``b``). All
/// sums are of logarithms: a customer with a thousand purchases is as welcome as one with none.
///
/// - SeeAlso: Fader, Hardie and Lee, "Counting your customers the easy way", Marketing Science 24 (2005).
package struct BetaGeometric: Hashable, Sendable {
  package let r: Double
  /// In weeks.
  package let alpha: Double
  package let a: Double
  package let b: Double

  package init(r: Double, alpha: Double, a: Double, b: Double) {
    self.r = r
    self.alpha = alpha
    self.a = a
    self.b = b
  }

  /// How likely such a history is, as a logarithm.
  package func logLikelihood(_ history: PurchaseHistory) -> Double {
    let x = Double(history.repeats)
    let buying: Double = lgamma(r + x) - lgamma(r) + r * log(alpha)
    let staying: Double = logBeta(a, b + x) - logBeta(a, b)
    // Beta(a, b + x) / Beta(a, b): the chance to have stayed every time.
    let common = buying + staying
    let stays = -(r + x) * log(alpha + history.age)
    guard history.repeats > 0 else { return common + stays }
    let goes = log(a) - log(b + x - 1) - (r + x) * log(alpha + history.recency)
    return common + logSum(stays, goes)
  }

  /// The probability that the customer has not gone.
  package func isAlive(_ history: PurchaseHistory) -> Double {
    guard history.repeats > 0 else { return 1 }
    let x = Double(history.repeats)
    let odds = log(a) - log(b + x - 1) + (r + x) * (log(alpha + history.age) - log(alpha + history.recency))
    return 1 / (1 + exp(odds))
  }

  /// How many purchases to expect in the next `weeks`.
  ///
  /// By integration over the chance to go rather than by the paper's hypergeometric function, which has holes: where
  /// ``a`` is 1, and where the sum of ``a``, ``b`` and the purchases is.
  package func expectedPurchases(_ history: PurchaseHistory, in weeks: Double) -> Double {
    guard weeks > 0 else { return 0 }
    let alive = isAlive(history)
    guard alive > 0 else { return 0 }
    let x = Double(history.repeats)
    let pace = weeks / (alpha + history.age)
    let constant = lgamma(a + b + x) - lgamma(a) - lgamma(b + x)
    // 1 - (1 + p·pace)^-(r+x): small p must not lose it.
    func bought(_ p: Double) -> Double { -expm1(-(r + x) * log1p(p * pace)) }
    guard min(a, b + x) < Self.shapeOfPeaks else {
      return alive
        * integralOverShares { p, rest in
          exp(constant + (a - 2) * log(p) + (b + x - 1) * log(rest) + log(bought(p)))
        }
    }
    // Nearly all chances to go are nearly 0, or 1, nearer than doubles come. The mean of a straight line between both ends
    // is known without integrating; what the purchases differ from it vanishes at the ends.
    let (first, last) = ((r + x) * pace, bought(1))
    let line = (first * (b + x) + last * a) / (a + b + x)
    let bend = integralOverShares { p, rest in
      exp(constant + (a - 1) * log(p) + (b + x - 1) * log(rest)) * (bought(p) / p - first * rest - last * p)
    }
    return alive * (line + bend)
  }

  /// Of a beta distribution with less, too much lies beyond the nodes of ``integralOverShares(_:)``.
  private static let shapeOfPeaks = 0.05

  /// The parameters that make these histories likeliest.
  package static func fitted(to histories: [PurchaseHistory]) -> (model: BetaGeometric, logLikelihood: Double)
  {
    // Histories that are the same need not be computed twice.
    var counts: [PurchaseHistory: Int] = [:]
    for history in histories { counts[history, default: 0] += 1 }
    let distinct = counts.sorted { left, right in
      (left.key.repeats, left.key.recency, left.key.age) < (
        right.key.repeats, right.key.recency, right.key.age
      )
    }
    let found = minimum(from: start(histories)) { logarithms in
      let model = BetaGeometric(logarithms: logarithms)
      return -distinct.reduce(0) { $0 + Double($1.value) * model.logLikelihood($1.key) }
    }
    return (BetaGeometric(logarithms: found.point), -found.value)
  }

  /// Begins at the mean rate, and at even chances to stay or go that are rather alike.
  private static func start(_ histories: [PurchaseHistory]) -> [Double] {
    let purchases = histories.reduce(0.0) { $0 + Double($1.repeats) }
    let weeks = histories.reduce(0.0) { $0 + $1.age }
    let rate = purchases > 0 && weeks > 0 ? purchases / weeks : 0.1
    return [log(0.5), log(0.5 / rate), log(0.5), log(2)]
  }

  /// Searched for as logarithms, so that none can become negative; bounded, so that none runs away where data say little.
  private init(logarithms: [Double]) {
    let bounded = logarithms.map { min(max($0, -14), 14) }
    self.init(r: exp(bounded[0]), alpha: exp(bounded[1]), a: exp(bounded[2]), b: exp(bounded[3]))
  }
}

private func logBeta(_ a: Double, _ b: Double) -> Double { lgamma(a) + lgamma(b) - lgamma(a + b) }

/// log(exp(left) + exp(right)).
private func logSum(_ left: Double, _ right: Double) -> Double {
  let greater = max(left, right)
  return greater + log1p(exp(min(left, right) - greater))
}
