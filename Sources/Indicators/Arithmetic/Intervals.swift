import Foundation

/// The standard normal quantile of 97.5 %: 95 % lie within.
package let normalQuantile95 = 1.959964

/// Where a share of all lies of which `count` of `total` were seen: Wilson's score interval.
///
/// - Returns: the bounds within 0 and 1; nil when nothing was seen.
/// - SeeAlso: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
package func wilsonInterval(_ count: Int, of total: Int) -> ClosedRange<Double>? {
  guard total > 0 else { return nil }
  let (n, z) = (Double(total), normalQuantile95)
  let share = Double(count) / n
  let centre = share + z * z / (2 * n)
  let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
  let scale = 1 + z * z / n
  return max(0, (centre - spread) / scale)...min(1, (centre + spread) / scale)
}

/// Where the net promoter score of all lies, between -1 and 1: the adjusted Wald interval.
///
/// Three imagined answers, half of them passive, keep it honest where few answered: five promoters and nobody else would
/// otherwise be certain.
///
/// - SeeAlso: MeasuringU, "Three confidence intervals for NPS".
package func promoterInterval(promoters: Int, detractors: Int, of total: Int) -> ClosedRange<Double>? {
  guard total > 0 else { return nil }
  let n = Double(total) + 3
  let (above, below) = ((Double(promoters) + 0.75) / n, (Double(detractors) + 0.75) / n)
  let score = above - below
  let spread = normalQuantile95 * ((above + below - score * score) / n).squareRoot()
  return max(-1, score - spread)...min(1, score + spread)
}

/// Where the mean of all lies of which these were seen, by the normal approximation.
///
/// - Returns: nil for fewer than two.
package func meanInterval(_ values: [Double]) -> ClosedRange<Double>? {
  guard values.count > 1 else { return nil }
  let n = Double(values.count)
  let mean = values.reduce(0, +) / n
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
  let spread = normalQuantile95 * (variance / n).squareRoot()
  return (mean - spread)...(mean + spread)
}
