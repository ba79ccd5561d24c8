import PlanModel

/// What one unit of a currency was worth in another, from which day on.
package struct ExchangeRates: Sendable {
  private struct Pair: Hashable {
    let from: String
    let into: String
  }
  private struct Rate {
    let since: PlanDate
    let writtenAt: Int64
    /// Minor units of `into` for one minor unit of `from`, times ``Valuation/scale``.
    let scaled: Int128
  }
  /// By day, ascending.
  private var rates: [Pair: [Rate]] = [:]

  package init() {}

  /// - Parameters:
  ///   - rate: How much one unit is worth, such as "1.0725"; at most nine decimals count.
  ///   - writtenAt: Of two rates of one day the one that was written later counts.
  package mutating func add(
    _ currency: String, into: String, rate: String, since: PlanDate, writtenAt: Int64 = 0
  ) {
    guard let units = Self.billionths(rate), units > 0 else { return }
    let shift = Money.exponent(of: into) - Money.exponent(of: currency)
    let scaled = shift >= 0 ? units * powerOfTen(shift) : roundedToEven(units, dividedBy: powerOfTen(-shift))
    guard scaled > 0 else { return }
    rates[Pair(from: currency, into: into), default: []].append(
      Rate(since: since, writtenAt: writtenAt, scaled: scaled))
    rates[Pair(from: currency, into: into)]?.sort {
      ($0.since, $0.writtenAt, $0.scaled) < ($1.since, $1.writtenAt, $1.scaled)
    }
  }

  /// The currencies that others are converted into, the commonest first.
  package var targets: [String] {
    Dictionary(grouping: rates.keys, by: \.into).sorted {
      ($1.value.count, $0.key) < ($0.value.count, $1.key)
    }
    .map(\.key)
  }

  fileprivate func scaled(_ currency: String, into: String, on day: PlanDate) -> Int128? {
    rates[Pair(from: currency, into: into)]?.last { $0.since <= day }?.scaled
  }

  private static func billionths(_ text: String) -> Int128? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap({ Int64($0) }), parts.count <= 2 else { return nil }
    let fraction = (parts.count == 2 ? parts[1] : "").prefix(9)
    let digits = fraction + String(repeating: "0", count: 9 - fraction.count)
    return Int64(digits).map { Int128(whole) * 1_000_000_000 + Int128($0) }
  }
}

/// Which currency amounts are counted in, and at which rates others are converted into it.
///
/// Amounts are added up exactly, as minor units times ``scale``, and rounded once, at the end.
package struct Valuation: Sendable {
  package static let scale: Int128 = 1_000_000_000

  package let currency: String
  package let rates: ExchangeRates

  package init(_ currency: String, rates: ExchangeRates = ExchangeRates()) {
    self.currency = currency
    self.rates = rates
  }

  /// What no amount of money in a record comes near; a million of them, times any share, fit 128 bits.
  private static let largest: Int128 = 10_000_000_000_000_000_000_000_000_000

  /// Minor units times ``scale``.
  ///
  /// - Returns: nil without a rate for that day.
  package func exact(_ money: Money, on day: PlanDate) -> Int128? {
    if money.currency == currency { return Int128(money.minor) * Self.scale }
    guard let rate = rates.scaled(money.currency, into: currency, on: day) else { return nil }
    let (product, overflows) = Int128(money.minor).multipliedReportingOverflow(by: rate)
    return overflows || product.magnitude > Self.largest.magnitude ? nil : product
  }

  /// Halves to even.
  ///
  /// - Returns: nil for more than money can say.
  package func money(_ exact: Int128) -> Money? {
    Int64(exactly: roundedToEven(exact, dividedBy: Self.scale)).map { Money(currency: currency, minor: $0) }
  }
}
