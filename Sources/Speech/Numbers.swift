import PlanModel
import Wording

// Days, amounts and numbers as they are written in the reader's language. What is for programs never goes through here.

extension PlanDate: Spoken {
  /// "2026-12-01", "01/12/2026".
  package var spoken: Phrase { .spoken(self) }

  package func text(in language: Language) -> String { language.spoken(self) }
}

extension Money: Spoken {
  /// "1200.50 EUR", "1 200,50 EUR".
  package var spoken: Phrase { .spoken(self) }

  package func text(in language: Language) -> String { language.spoken(self) }
}

/// A number in decimal digits, written with a point.
package struct DecimalText: Spoken {
  package let digits: String

  package init(_ digits: some StringProtocol) { self.digits = String(digits) }

  package func text(in language: Language) -> String { language.spoken(decimal: digits) }
}

extension Phrase {
  /// "1200.50", "1 200,50".
  package static func decimal(_ digits: some StringProtocol) -> Phrase { .spoken(DecimalText(digits)) }
}

extension Language {
  package func spoken(_ day: PlanDate) -> String {
    guard code == "fr" else { return day.description }
    let parts = day.description.split(separator: "-")
    guard parts.count == 3 else { return day.description }
    return "\(parts[2])/\(parts[1])/\(parts[0])"
  }

  package func spoken(_ money: Money) -> String {
    guard code == "fr" else { return money.description }
    let words = money.description.split(separator: " ")
    guard words.count == 2 else { return money.description }
    return "\(spoken(decimal: words[0])) \(words[1])"
  }

  /// "1200.50", "1 200,50".
  package func spoken(decimal: some StringProtocol) -> String {
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
