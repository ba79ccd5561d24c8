import PlanModel
import Wording

/// Which sign a column's numbers have before their decimals.
enum NumberStyle: String {
  case point, comma

  private var sign: Character { self == .comma ? "," : "." }
  private var grouping: Character { self == .comma ? "." : "," }

  /// As the column itself shows; nil when every number of it could be read both ways.
  static func inferred(from cells: some Sequence<String>) -> NumberStyle? {
    var votes = (point: 0, comma: 0)
    for cell in cells {
      let points = cell.count { $0 == "." }
      let commas = cell.count { $0 == "," }
      switch (points, commas) {
      case (0, 0): continue
      case (1..., 1...):
        cell.lastIndex(of: ",").map { comma in cell.lastIndex(of: ".").map { comma > $0 } ?? true } == true
          ? (votes.comma += 1) : (votes.point += 1)
      // Twice the same sign groups digits.
      case (2..., 0): votes.comma += 1
      case (0, 2...): votes.point += 1
      default:
        let decimals = cell.reversed().prefix { $0 != "." && $0 != "," }.count { $0.isNumber }
        guard decimals != 3 else { continue }
        commas == 1 ? (votes.comma += 1) : (votes.point += 1)
      }
    }
    guard votes.point != votes.comma else { return nil }
    return votes.comma > votes.point ? .comma : .point
  }

  /// "1 234,50" is "1234.50".
  ///
  /// - Returns: nil when it is not a number in this style.
  func plain(_ text: String) -> String? {
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
    guard let first = groups.first, groups.dropFirst().allSatisfy({ $0.count == 3 }),
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

/// "€ 1.234,50" taken apart.
func amountParts(_ text: String) -> (number: String, currency: String?) {
  let letters = text.filter { $0.isLetter }
  let sign = text.first { $0.isCurrencySymbol }
  let number = text.filter { !$0.isLetter && !$0.isCurrencySymbol }
  let text = text.trimmed
  if letters.count == 3, text.hasPrefix(letters) || text.hasSuffix(letters) {
    return (number, letters.uppercased())
  }
  // "12k€" and "1e5" are no amounts; what says without tax and the like is.
  guard letters.isEmpty || ["HT", "ht", "net"].contains(letters) else { return (text, nil) }
  return (number, sign.flatMap { ["€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY"][$0] })
}

/// Which of the two first numbers of a day is the day.
enum DayOrder: String {
  case dayFirst = "day-first"
  case monthFirst = "month-first"

  /// As the column itself shows; nil when every day of it could be read both ways.
  static func inferred(from cells: some Sequence<String>) -> DayOrder? {
    var votes = (day: 0, month: 0)
    for cell in cells {
      let numbers = dayNumbers(cell)
      guard numbers.count == 3, numbers[0] < 32 else { continue }
      if numbers[0] > 12, numbers[1] <= 12 { votes.day += 1 }
      if numbers[1] > 12, numbers[0] <= 12 { votes.month += 1 }
    }
    guard votes.day != votes.month else { return nil }
    return votes.day > votes.month ? .dayFirst : .monthFirst
  }

  private static func dayNumbers(_ text: some StringProtocol) -> [Int] {
    text.prefix { $0 != " " && $0 != "T" }.split { "/.-".contains($0) }.compactMap { Int($0) }
  }

  /// "24/11/2026 14:05:30" is "2026-11-24 14:05"; what is in another form stays as it is.
  func plain(_ text: String) -> String {
    // As `kam export` writes moments.
    if Moments.milliseconds(iso: text) != nil { return text }
    let numbers = Self.dayNumbers(text)
    guard numbers.count == 3 else { return text }
    let (year, month, day): (Int, Int, Int)
    if numbers[0] > 999 {
      (year, month, day) = (numbers[0], numbers[1], numbers[2])
    } else if numbers[2] > 999 {
      year = numbers[2]
      (day, month) = self == .dayFirst ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
    } else {
      // Two digits of a year are a guess about the century.
      return text
    }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let rest = text.drop { $0 != " " && $0 != "T" }.dropFirst()
    // A zone, or the half of a day, is not guessed at: the model refuses it.
    guard rest.allSatisfy({ $0 == ":" || $0 == "." || ("0"..."9").contains($0) }) else { return text }
    let clock = rest.split(separator: ":").prefix(2)
    let time =
      clock.count == 2 && !rest.allSatisfy({ "0:.".contains($0) }) ? " " + clock.joined(separator: ":") : ""
    return "\(year)-\(two(month))-\(two(day))\(time)"
  }
}
