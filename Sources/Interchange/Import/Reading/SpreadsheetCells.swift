import PlanModel
import SourceFiles
import Speech
import Wording
import Workbench

// A cell in the one form that the model reads.

extension Spreadsheet {
  func translated(_ text: String, _ column: PlannedColumn) -> String {
    column.values.isEmpty ? text : column.values[folded(text)] ?? text
  }

  /// ="0033…" is how programs keep a spreadsheet from reading digits as a number.
  static func unquoted(_ cell: String) -> String {
    guard cell.utf8.first == UInt8(ascii: "="), cell.hasPrefix("=\""), cell.hasSuffix("\""), cell.count > 2
    else { return cell }
    return String(cell.dropFirst(2).dropLast())
  }

  /// A cell in the one form that the model reads.
  func plain(
    _ text: String, _ register: RegisterDescription, _ column: PlannedColumn
  ) throws -> String {
    switch register.type {
    case .decimal: return try number(text, column)
    case .money:
      guard let amount = AmountText(text) else {
        throw Failure.usage(column.place.says("“\(text)” is not an amount."))
      }
      let whole = try number(amount.number, column)
      let plain = amount.cents.map { "\(whole).\($0)" } ?? whole
      switch amount.currency {
      case .none: return plain
      case .code(let code): return "\(plain) \(code)"
      case .shared(let sign, _): return "\(plain) \(sign)"
      }
    case .date: return try day(text, column).day.description
    case .instant: return Moments.iso(try day(text, column).instant(options.moments))
    case .currency: return AmountText.code(text) ?? text
    case .country: return Countries.code(text) ?? text
    case .choice, .graded: return UsualValues.choice(text, of: register, in: kind) ?? text
    case .integer:
      if kind.number == KindNumber.account, register.number == AccountRegister.tier,
        let tier = UsualValues.tier(text)
      {
        return tier
      }
      let digits = text.filter { !$0.isWhitespace }
      // A spreadsheet's whole number: "90.0".
      return digits.firstMatch(of: /^([0-9]+)[.,]0+$/).map { String($0.output.1) } ?? digits
    case .flag: return Self.flags[text.lowercased()] ?? text
    case .line:
      if text.utf8.contains(UInt8(ascii: "+")), text.wholeMatch(of: /[0-9][.,][0-9]+E\+[0-9]{1,3}/) != nil {
        throw PointText.damaged(text)
      }
      return text
    default: return text
    }
  }

  /// What programs write where nobody is meant, as headings are compared; signs alone are no name.
  static let nobody: Set<String> = [
    "", "no-agent", "unassigned", "not-assigned", "nobody", "none", "aucun", "non-assigne", "non-attribue",
    "personne", "n-a",
  ]

  private static let flags = [
    "x": "yes", "vrai": "yes", "faux": "no", "-": "no", "1": "yes", "0": "no", "y": "yes", "n": "no",
    "o": "yes",
  ]

  /// "90.0", "90 %", "0,9" where the sheet has parts of one.
  func percent(_ text: String, _ column: PlannedColumn) throws -> String {
    let digits = text.filter { !$0.isWhitespace && $0 != "%" }
    guard
      let number = (sheet.usualNumbers.plain(digits) ?? NumberStyle.point.plain(digits)).flatMap(Double.init),
      number >= 0, number <= 100, number == number.rounded()
    else { throw Failure.usage(column.place.says("“\(text)” is not a likelihood from 0 to 100 %.")) }
    return String(Int(number))
  }

  private func number(_ text: String, _ column: PlannedColumn) throws -> String {
    if column.numbers == nil, NumberStyle.isAmbiguous(text) {
      throw Failure.usage(
        column.place.says(
          "“\(text)” can be read in two ways: say \(field: "decimal") comma or \(field: "decimal") point."))
    }
    let style = column.numbers ?? sheet.usualNumbers
    guard let number = style.plain(text) else {
      throw Failure.usage(
        column.place.says(
          style == .comma
            ? "“\(text)” is not a number with a decimal comma, as the column has (\(field: "decimal") point)."
            : "“\(text)” is not a number with a decimal point, as the column has (\(field: "decimal") comma)."
        ))
    }
    return number
  }

  func day(_ text: String, _ column: PlannedColumn) throws -> DayText {
    let place = column.place
    switch DayText.read(text, order: dayOrder, readsShortYears: options.dayOrder != nil) {
    case .read(let day): return day
    case .either(let first, let second):
      throw Failure.usage(
        place.says(
          "“\(text)” may be \(first.day.description) or \(second.day.description): say \(field: "days") day-first or \(field: "days") month-first."
        ))
    case .shortYear:
      throw Failure.usage(
        place.says(
          "“\(text)” has a year of two digits: say \(field: "days") day-first or \(field: "days") month-first, and it is read."
        ))
    case .unknown:
      throw Failure.usage(place.says("“\(text)” is not a day or a time in a form that is known here."))
    }
  }
}
