/// A number as a spreadsheet shows it: what is stored has up to 17 digits, of which the last are the noise of binary
/// fractions (1234.5600000000001).
enum NumberText {
  /// As many digits as spreadsheets hold.
  private static let digitsMax = 15
  /// Beyond every number of eight bytes.
  private static let exponentMax = 400

  /// Digits with a point if one is needed, and never an exponent; the shortest that says the same to 15 digits.
  ///
  /// - Returns: nil when it is no number.
  static func plain(_ text: ArraySlice<UInt8>) -> String? {
    if isPlain(text) { return String(decoding: text, as: UTF8.self) }
    return Decimal(text)?.rounded(to: digitsMax).description
  }

  /// What most are: written shortest already.
  private static func isPlain(_ text: ArraySlice<UInt8>) -> Bool {
    var digits = text
    if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
    guard let first = digits.first, digits.count <= digitsMax, first.isDigit else { return false }
    guard let point = digits.firstIndex(of: UInt8(ascii: ".")) else {
      return digits.allSatisfy(\.isDigit) && (first != UInt8(ascii: "0") || text.count == 1)
    }
    return digits[..<point].allSatisfy(\.isDigit) && digits[(point + 1)...].allSatisfy(\.isDigit)
      && digits.last != UInt8(ascii: "0") && point + 1 < digits.endIndex
      && (first != UInt8(ascii: "0") || point == digits.startIndex + 1)
  }

  /// 0.d₁d₂d₃… × 10^point, without zeros at either end; no digits are nought.
  private struct Decimal: CustomStringConvertible {
    private var isNegative: Bool
    private var digits: [UInt8]
    private var point: Int

    init?(_ text: ArraySlice<UInt8>) {
      var rest = text
      isNegative = rest.first == UInt8(ascii: "-")
      if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
        rest.removeFirst()
      }
      let whole = rest.prefix(while: \.isDigit)
      rest = rest[whole.endIndex...]
      var fraction: ArraySlice<UInt8> = []
      if rest.first == UInt8(ascii: ".") {
        fraction = rest.dropFirst().prefix(while: \.isDigit)
        rest = rest[(rest.startIndex + 1 + fraction.count)...]
      }
      guard !whole.isEmpty || !fraction.isEmpty, let exponent = Self.exponent(rest) else { return nil }
      let all = whole + fraction
      let significant = all.drop { $0 == UInt8(ascii: "0") }
      digits = Array(significant)
      point = whole.count - (all.count - significant.count) + exponent
      dropZeros()
      guard digits.isEmpty || abs(point) <= exponentMax else { return nil }
    }

    private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
      guard let mark = text.first else { return 0 }
      guard mark == UInt8(ascii: "E") || mark == UInt8(ascii: "e"), text.count <= 8 else { return nil }
      return Int(String(decoding: text.dropFirst(), as: UTF8.self))
    }

    private mutating func dropZeros() {
      while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    }

    /// The half is rounded away from nought.
    func rounded(to count: Int) -> Decimal {
      guard digits.count > count else { return self }
      var result = self
      result.digits.removeSubrange(count...)
      if digits[count] >= UInt8(ascii: "5") { result.addOne() }
      result.dropZeros()
      return result
    }

    /// One more in the last place.
    private mutating func addOne() {
      while digits.last == UInt8(ascii: "9") { digits.removeLast() }
      if let last = digits.popLast() {
        digits.append(last + 1)
      } else {
        digits = [UInt8(ascii: "1")]
        point += 1
      }
    }

    var description: String {
      guard !digits.isEmpty else { return "0" }
      var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
      let zero = UInt8(ascii: "0")
      if point <= 0 {
        text += [zero, UInt8(ascii: ".")] + [UInt8](repeating: zero, count: -point) + digits
      } else if point >= digits.count {
        text += digits + [UInt8](repeating: zero, count: point - digits.count)
      } else {
        text += digits[..<point] + [UInt8(ascii: ".")] + digits[point...]
      }
      return String(decoding: text, as: UTF8.self)
    }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
