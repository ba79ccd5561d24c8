import PlanModel
import Wording

// Days and amounts as they are written in the reader's language. What is for programs never goes through here.

extension PlanDate {
  /// "2026-12-01", "01/12/2026".
  var spoken: String { Shell.current.language.spoken(self) }
}

extension Money {
  /// "1,200.50 EUR", "1 200,50 EUR".
  var spoken: String { Shell.current.language.spoken(self) }
}

extension Language {
  func spoken(_ day: PlanDate) -> String {
    let iso = day.description
    let parts = iso.split(separator: "-")
    guard code == "fr", parts.count == 3 else { return iso }
    return "\(parts[2])/\(parts[1])/\(parts[0])"
  }

  func spoken(_ money: Money) -> String {
    guard code == "fr" else { return money.description }
    return money.description.replacing(".", with: ",")
  }
}
