/// An exact fraction, reduced; its denominator is greater than 0.
package struct Ratio: Hashable, Sendable {
  package let numerator: Int128
  package let denominator: Int128

  /// - Returns: nil for a denominator of 0: an empty count has no share, not a share of nothing.
  package init?(_ numerator: some BinaryInteger, of denominator: some BinaryInteger) {
    guard denominator != 0 else { return nil }
    let (above, below) = (Int128(numerator), Int128(denominator))
    let divisor =
      below < 0 ? -Self.greatestCommonDivisor(above, below) : Self.greatestCommonDivisor(above, below)
    self.numerator = above / divisor
    self.denominator = below / divisor
  }

  package init(_ whole: Int) {
    numerator = Int128(whole)
    denominator = 1
  }

  /// The nearest billionth.
  ///
  /// - Returns: nil for what is no number, and for more than anybody counts.
  package init?(nearest value: Double) {
    guard abs(value) < 1e25 else { return nil }
    self.init(Int128((value * 1e9).rounded(.toNearestOrEven)), of: Int128(1_000_000_000))
  }

  /// Times `factor` of `whole`, exactly where that fits.
  func weighted(_ factor: Int, of whole: Int) -> Ratio? {
    let (above, first) = numerator.multipliedReportingOverflow(by: Int128(factor))
    let (below, second) = denominator.multipliedReportingOverflow(by: Int128(whole))
    return first || second ? Ratio(nearest: double * Double(factor) / Double(whole)) : Ratio(above, of: below)
  }

  package var double: Double { Double(numerator) / Double(denominator) }

  private static func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
    var (greater, lesser) = (left.magnitude, right.magnitude)
    while lesser != 0 { (greater, lesser) = (lesser, greater % lesser) }
    return Int128(greater)
  }
}

extension Ratio: Comparable {
  package static func < (left: Ratio, right: Ratio) -> Bool {
    let (above, aboveOverflows) = left.numerator.multipliedReportingOverflow(by: right.denominator)
    let (below, belowOverflows) = right.numerator.multipliedReportingOverflow(by: left.denominator)
    // Products beyond 128 bits come from amounts that nobody has: their order as floating point is good enough.
    return aboveOverflows || belowOverflows ? left.double < right.double : above < below
  }
}

extension Ratio {
  /// The decimal nearest to `factor` times this, halves to even: "69.2".
  package func decimal(times factor: Int = 1, places: Int) -> String {
    let power = powerOfTen(places)
    let (scaled, overflows) = numerator.multipliedReportingOverflow(by: Int128(factor) * power)
    guard !overflows else { return "\(double * Double(factor))" }
    return spelled(roundedToEven(scaled, dividedBy: denominator), places: places)
  }
}

/// "-12.50" of -1250 hundredths.
private func spelled(_ value: Int128, places: Int) -> String {
  let digits = String(value.magnitude)
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  let sign = value < 0 ? "-" : ""
  guard places > 0 else { return sign + padded }
  return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
}

package func powerOfTen(_ exponent: Int) -> Int128 {
  (0..<max(0, exponent)).reduce(1) { power, _ in power * 10 }
}

/// The quotient, halves to even. The divisor is greater than 0.
package func roundedToEven(_ value: Int128, dividedBy divisor: Int128) -> Int128 {
  var (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
  if remainder < 0 {
    quotient -= 1
    remainder += divisor
  }
  // Not remainder * 2, which may overflow.
  let rest = divisor - remainder
  if remainder > rest || (remainder == rest && quotient % 2 != 0) { return quotient + 1 }
  return quotient
}
