import Foundation

/// The integral of `f` over 0 to 1, by double-exponential quadrature: sharp peaks at the ends, where densities of shares
/// have them, do no harm.
///
/// - Parameter f: Given p and 1 - p, each with its full precision near 0.
/// - SeeAlso: Takahasi and Mori, "Double exponential formulas for numerical integration", 1974.
func integralOverShares(_ f: (_ p: Double, _ rest: Double) -> Double) -> Double {
  var sum = 0.0
  for node in DoubleExponential.nodes {
    let value = f(node.p, node.rest)
    if value.isFinite { sum += node.weight * value }
  }
  return sum
}

private enum DoubleExponential {
  /// Halving it changes no digit that matters here.
  private static let step = 1.0 / 32
  /// Beyond this, weights are below the smallest double.
  private static let reach = 200

  static let nodes: [(p: Double, rest: Double, weight: Double)] = (-reach...reach).map { place in
    let t = Double(place) * step
    let s = Double.pi / 2 * sinh(t)
    // p = (1 + tanh s) / 2, written so that neither end is lost.
    let p = 1 / (1 + exp(-2 * s))
    let rest = 1 / (1 + exp(2 * s))
    return (p, rest, step * Double.pi * cosh(t) * p * rest)
  }
}
