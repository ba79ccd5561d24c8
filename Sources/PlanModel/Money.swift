/// An exact amount in one currency.
package struct Money: Hashable, Sendable {
  /// ISO 4217.
  package let currency: String
  /// In the currency's minor unit.
  package let minor: Int64

  package init(currency: String, minor: Int64) {
    self.currency = currency
    self.minor = minor
  }

  /// Reads "1200.50 EUR", "EUR 1200.50" or "1200,50 EUR". More decimals than the currency has are refused, not rounded.
  package init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ")
    guard words.count == 2 else { return nil }
    let (currency, amount) = isCurrency(words[0]) ? (words[0], words[1]) : (words[1], words[0])
    guard isCurrency(currency),
      let minor = Self.minor(amount, exponent: Self.exponent(of: String(currency)))
    else { return nil }
    self.init(currency: String(currency), minor: minor)
  }

  private static func minor(_ text: some StringProtocol, exponent: Int) -> Int64? {
    let negative = text.hasPrefix("-")
    let digits = negative ? String(text.dropFirst()) : String(text)
    let parts = digits.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "." || $0 == "," })
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard fraction.count <= exponent else { return nil }
    let all = parts[0] + fraction + String(repeating: "0", count: exponent - fraction.count)
    guard let value = Int64(all) else { return nil }
    return negative ? -value : value
  }

  /// Digits after the decimal point, by ISO 4217; two unless listed.
  package static func exponent(of currency: String) -> Int {
    switch currency {
    case "BIF", "BYR", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
      "VUV",
      "XAF",
      "XOF", "XPF":
      0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    case "CLF", "UYW": 4
    default: 2
    }
  }
}

extension Money: CustomStringConvertible {
  /// "1200.50 EUR".
  package var description: String {
    let exponent = Self.exponent(of: currency)
    let digits = String(minor.magnitude)
    let padded = String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + digits
    let point = padded.index(padded.endIndex, offsetBy: -exponent)
    let amount = exponent == 0 ? padded : padded[..<point] + "." + padded[point...]
    return "\(minor < 0 ? "-" : "")\(amount) \(currency)"
  }
}

/// Whether it is written like one. Records of before may hold letters that are none (``isCurrency(_:)``): they are shown, and
/// not written again.
package func isCurrencyCode(_ text: some StringProtocol) -> Bool {
  text.utf8.count == 3 && text.utf8.allSatisfy { (65...90).contains($0) }
}
