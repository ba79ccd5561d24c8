import PlanModel
import Speech
import Wording
import Workbench

/// Which sign a column's numbers have before their decimals.
enum NumberStyle: String {
  case point, comma

  private var sign: Character { self == .comma ? "," : "." }
  private var grouping: Character { self == .comma ? "." : "," }

  /// What the numbers of a column show; nothing while every number of it could be read both ways.
  struct Votes {
    private var points = 0
    private var commas = 0

    var winner: NumberStyle? { points == commas ? nil : commas > points ? .comma : .point }

    mutating func add(_ number: String) {
      var (pointCount, commaCount, digitsBehind) = (0, 0, 0)
      var isCommaLast = false
      // Digits that are grouped by another sign, and a zero alone, show that what follows is decimals.
      var isGrouped = false
      var digitCount = 0
      var isZero = false
      for byte in number.utf8 {
        if (48...57).contains(byte) {
          digitCount += 1
          isZero = digitCount == 1 && byte == 48
        } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
          if pointCount + commaCount == 0, digitCount == 1, isZero { isGrouped = true }
        } else if digitCount > 0, pointCount + commaCount == 0 {
          isGrouped = true
        }
        switch byte {
        case UInt8(ascii: "."): (pointCount, digitsBehind, isCommaLast) = (pointCount + 1, 0, false)
        case UInt8(ascii: ","): (commaCount, digitsBehind, isCommaLast) = (commaCount + 1, 0, true)
        case 48...57: digitsBehind += 1
        default: break
        }
      }
      switch (pointCount, commaCount) {
      case (0, 0): return
      case (1..., 1...): isCommaLast ? (commas += 1) : (points += 1)
      // Twice the same sign groups digits.
      case (2..., 0): commas += 1
      case (0, 2...): points += 1
      default:
        guard digitsBehind != 3 || isGrouped else { return }
        isCommaLast ? (commas += 1) : (points += 1)
      }
    }
  }

  /// Whether a number can be read both ways: "1,234" is a thousand to some, hardly more than one to others.
  static func isAmbiguous(_ text: String) -> Bool {
    text.wholeMatch(of: /[-+(−]?[0-9]{1,3}[.,][0-9]{3}\)?-?/) != nil
      && text.drop { !$0.isNumber }.first != "0"
  }

  /// A number without groups, by its bytes; nil where a closer look is needed.
  private func usual(_ text: String) -> String? {
    let decimal = UInt8(ascii: self == .comma ? "," : ".")
    var signs = 0
    var isDigitLast = false
    for (place, byte) in text.utf8.enumerated() {
      switch byte {
      case 48...57: isDigitLast = true
      case decimal where isDigitLast && signs == 0: (signs, isDigitLast) = (1, false)
      case UInt8(ascii: "-") where place == 0: break
      default: return nil
      }
    }
    guard isDigitLast else { return nil }
    return self == .comma && signs == 1 ? text.replacing(",", with: ".") : text
  }

  /// "1 234,50" is "1234.50".
  ///
  /// - Returns: nil when it is not a number in this style.
  func plain(_ text: String) -> String? {
    if let usual = usual(text) { return usual }
    var body = text.filter { !$0.isWhitespace && $0 != "'" && $0 != "’" }
    var isNegative = false
    // Accountants write what is less than nothing in brackets, some systems with the sign behind.
    if body.hasPrefix("("), body.hasSuffix(")") {
      isNegative = true
      body = String(body.dropFirst().dropLast())
    } else if body.hasSuffix("-") {
      isNegative = true
      body.removeLast()
    } else if body.hasPrefix("-") || body.hasPrefix("−") {
      isNegative = true
      body.removeFirst()
    } else if body.hasPrefix("+") {
      body.removeFirst()
    }
    let halves = body.split(separator: sign, omittingEmptySubsequences: false)
    guard halves.count <= 2, let whole = halves.first else { return nil }
    let groups = whole.split(separator: grouping, omittingEmptySubsequences: false)
    guard let first = groups.first, groups.count == 1 || first.first != "0",
      groups.dropFirst().allSatisfy({ $0.count == 3 }),
      groups.count == 1 || (1...3).contains(first.count)
    else { return nil }
    let digits = groups.joined()
    let decimals = halves.count == 2 ? halves[1] : ""
    guard !(digits.isEmpty && decimals.isEmpty), (digits + decimals).allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return (isNegative ? "-" : "") + (digits.isEmpty ? "0" : digits)
      + (decimals.isEmpty ? "" : "." + decimals)
  }
}

/// Which of the two first numbers of a day is the day.
enum DayOrder: String {
  case dayFirst = "day-first"
  case monthFirst = "month-first"

  /// What a file's columns of days show; nothing while every day of them could be read both ways, or they show both orders.
  struct Votes {
    private var shown: Set<DayOrder> = []
    /// A day can be read both ways.
    private(set) var hasUndecided = false

    var winner: DayOrder? { shown.count == 1 ? shown.first : nil }

    mutating func add(_ cell: String) {
      // With points the day comes first everywhere: that says nothing of another sign.
      guard let numbers = DayText.NumericDay(cell), numbers.digits.0 <= 2,
        numbers.sign != UInt8(ascii: ".")
      else { return }
      if numbers.first <= 12, numbers.second <= 12, numbers.first != numbers.second { hasUndecided = true }
      if (13...31).contains(numbers.first), numbers.second <= 12 { shown.insert(.dayFirst) }
      if (13...31).contains(numbers.second), numbers.first <= 12 { shown.insert(.monthFirst) }
    }
  }
}
