/// An exact amount in one currency.
package struct Money: Hashable, Sendable {
  /// ISO 4217.
  package let currency: String
  /// In the currency's minor unit.
  package let minor: Int64

  /// More than any company sells or owes: ten trillion of most currencies. Sums of larger amounts could overflow.
  package static let minorMax: Int64 = 1_000_000_000_000_000

  /// Records of before this bound, and of hostile writers, may say more: such an amount is shown and not counted.
  package var isCountable: Bool { (-Self.minorMax...Self.minorMax).contains(minor) }

  package init(currency: String, minor: Int64) {
    self.currency = currency
    self.minor = minor
  }

  package var negated: Money { Money(currency: currency, minor: minor == .min ? .max : -minor) }

  /// Reads "1200.50 EUR", "EUR 1200.50" or "1200,50 EUR". More decimals than the currency has are refused, not rounded.
  package init?(_ text: some StringProtocol) {
    let words = String(text).utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
    guard words.count == 2 else { return nil }
    let (currency, amount) = isCurrency(words[0]) ? (words[0], words[1]) : (words[1], words[0])
    guard isCurrency(currency) else { return nil }
    let code = String(currency)
    guard let minor = Self.minor(amount.utf8, exponent: Self.exponent(of: code)) else { return nil }
    self.init(currency: code, minor: minor)
  }

  /// Digits, with at most one sign among them.
  private static func minor(_ text: Substring.UTF8View, exponent: Int) -> Int64? {
    let isNegative = text.first == UInt8(ascii: "-")
    var value: Int64 = 0
    var (wholes, decimals) = (0, 0)
    var isBehindSign = false
    func add(_ digit: Int64) -> Bool {
      let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowsNow) = shifted.addingReportingOverflow(digit)
      value = sum
      return !overflows && !overflowsNow
    }
    for byte in isNegative ? text.dropFirst() : text[...] {
      switch byte {
      case 48...57:
        guard add(Int64(byte) - 48) else { return nil }
        if isBehindSign { decimals += 1 } else { wholes += 1 }
      case UInt8(ascii: "."), UInt8(ascii: ","):
        guard !isBehindSign else { return nil }
        isBehindSign = true
      default: return nil
      }
    }
    guard wholes > 0, isBehindSign == (decimals > 0), decimals <= exponent else { return nil }
    for _ in decimals..<exponent { guard add(0) else { return nil } }
    return isNegative ? -value : value
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
