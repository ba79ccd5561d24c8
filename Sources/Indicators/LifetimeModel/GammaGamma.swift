import Foundation

/// What a customer's purchases are worth on average, and how many there were.
package struct SpendHistory: Hashable, Sendable {
  package let purchases: Int
  /// The mean value of a purchase, in any unit; greater than 0.
  package let mean: Double

  package init(purchases: Int, mean: Double) {
    self.purchases = purchases
    self.mean = mean
  }
}

/// The Gamma-Gamma model of spending: a customer's purchases vary around a mean of their own, and those means differ.
///
/// Knows nothing of how often somebody buys: the two must not hang together (``correlation(_:)``).
///
/// - SeeAlso: Fader and Hardie, "The Gamma-Gamma model of monetary value", 2013.
package struct GammaGamma: Hashable, Sendable {
  package let p: Double
  package let q: Double
  /// In the unit of the spending.
  package let v: Double

  package init(p: Double, q: Double, v: Double) {
    self.p = p
    self.q = q
    self.v = v
  }

  package func logLikelihood(_ history: SpendHistory) -> Double {
    let x = Double(history.purchases)
    guard history.purchases > 0, history.mean > 0 else { return 0 }
    let shapes: Double = lgamma(p * x + q) - lgamma(p * x) - lgamma(q)
    let scales: Double = q * log(v) + p * x * log(x)
    let value: Double = (p * x - 1) * log(history.mean) - (p * x + q) * log(v + x * history.mean)
    return shapes + scales + value
  }

  /// What the customer's next purchases are worth on average: their own mean, drawn towards everybody's.
  ///
  /// - Parameter history: nil for a customer of whom nothing is known.
  /// - Returns: infinity where the model has no mean.
  package func expectedValue(_ history: SpendHistory?) -> Double {
    let x = Double(history?.purchases ?? 0)
    guard p * x + q > 1 else { return .infinity }
    return p * (v + x * (history?.mean ?? 0)) / (p * x + q - 1)
  }

  package static func fitted(to histories: [SpendHistory]) -> (model: GammaGamma, logLikelihood: Double) {
    let usable = histories.filter { $0.purchases > 0 && $0.mean > 0 }
    let middle = usable.map(\.mean).sorted().dropFirst(usable.count / 2).first ?? 1
    let found = minimum(from: [log(2), log(3), log(middle)]) { logarithms in
      let model = GammaGamma(logarithms: logarithms)
      return -usable.reduce(0) { $0 + model.logLikelihood($1) }
    }
    return (GammaGamma(logarithms: found.point), -found.value)
  }

  private init(logarithms: [Double]) {
    let bounded = logarithms.map { min(max($0, -14), 40) }
    self.init(p: exp(min(bounded[0], 14)), q: exp(min(bounded[1], 14)), v: exp(bounded[2]))
  }

  /// Between how often customers buy and what they spend, from -1 to 1; near 0 the model holds.
  package static func correlation(_ histories: [SpendHistory]) -> Double? {
    guard histories.count > 2 else { return nil }
    let n = Double(histories.count)
    let (xs, ys) = (histories.map { Double($0.purchases) }, histories.map(\.mean))
    let (meanX, meanY) = (xs.reduce(0, +) / n, ys.reduce(0, +) / n)
    let covariance = zip(xs, ys).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let spread = (
      xs.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }, ys.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    )
    guard spread.0 > 0, spread.1 > 0 else { return nil }
    return covariance / (spread.0 * spread.1).squareRoot()
  }
}
