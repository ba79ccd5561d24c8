import PlanModel
import Wording

// Days, amounts and numbers as they are written in the reader's language. What is for programs never goes through here.

extension PlanDate {
  /// "2026-12-01", "01/12/2026".
  var spoken: String { Shell.current.language.spoken(self) }
}

extension Money {
  /// "1200.50 EUR", "1 200,50 EUR".
  var spoken: String {
    Shell.current.language.spoken(self, isUnicode: Shell.current.console.symbols.isUnicode)
  }
}

extension Language {
  func spoken(_ day: PlanDate) -> String {
    let iso = day.description
    let parts = iso.split(separator: "-")
    guard code == "fr", parts.count == 3 else { return iso }
    return "\(parts[2])/\(parts[1])/\(parts[0])"
  }

  /// - Parameter isUnicode: Whether thousands can be set apart by a space that never breaks.
  func spoken(_ money: Money, isUnicode: Bool = true) -> String {
    let words = money.description.split(separator: " ")
    guard code == "fr", words.count == 2 else { return money.description }
    return "\(spoken(decimal: words[0], isUnicode: isUnicode)) \(words[1])"
  }

  /// "1200.50", "1 200,50".
  func spoken(decimal: some StringProtocol, isUnicode: Bool = true) -> String {
    guard code == "fr" else { return String(decimal) }
    let sign = decimal.hasPrefix("-") ? "-" : ""
    let parts = decimal.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first else { return String(decimal) }
    var grouped = ""
    for (place, digit) in whole.enumerated() {
      if place > 0, (whole.count - place).isMultiple(of: 3) { grouped += isUnicode ? "\u{A0}" : " " }
      grouped.append(digit)
    }
    return sign + grouped + (parts.count > 1 ? "," + parts[1] : "")
  }
}
