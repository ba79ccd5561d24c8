import Foundation
import PlanModel
import Wording

// What people type, in any language that kam speaks, turned into what the model reads. The model itself reads one form
// of each value: what is on the wire or in a script means the same everywhere.

/// The value of a register as the model reads it; what cannot be understood stays as it is, for the model to refuse.
///
/// - Throws: ``Failure`` for a number that can be read in two ways.
package func canonical(
  _ text: String, for register: RegisterDescription, place: FieldName? = nil
) throws -> String {
  let place = place ?? .option(register.name)
  switch register.type {
  case .choice(let choices): return choiceName(text, among: choices) ?? text
  case .graded(let choices): return gradedName(text, among: choices) ?? text
  case .flag: return flagName(text) ?? text
  case .date: return writtenDay(text)?.description ?? text
  case .period:
    let ends = text.components(separatedBy: "..").map { writtenDay($0)?.description ?? $0 }
    return ends.joined(separator: "..")
  case .currency, .country: return text.uppercased()
  case .decimal, .integer: return try number(text, unit: "", place) ?? text
  case .money:
    let words = text.split(whereSeparator: isSpace).map(String.init)
    guard let first = words.first, let last = words.last, words.count > 1 else { return text }
    let isBefore = isCurrency(first)
    let amount = (isBefore ? words.dropFirst() : words.dropLast()).joined(separator: " ")
    let unit = " " + (isBefore ? first : last)
    return try number(amount, unit: unit, place).map { $0 + unit } ?? text
  default: return text
  }
}

// MARK: - Words

/// A choice that is named in any language: "urgente", "en cours", "IN_PROGRESS".
package func choiceName(_ text: String, among choices: Choices) -> String? {
  if choices.number(named: text) != nil { return text }
  let wanted = folded(text)
  for language in [Language.english, .french] {
    let named = choices.all.filter { folded(language.word($0.name)) == wanted }
    if named.count == 1 { return named[0].name }
  }
  return nil
}

/// "négociation 60 %".
private func gradedName(_ text: String, among choices: Choices) -> String? {
  guard text.last == "%" else { return choiceName(text, among: choices) }
  let words = text.dropLast().split(whereSeparator: isSpace)
  guard words.count > 1, let percent = words.last,
    let name = choiceName(words.dropLast().joined(separator: " "), among: choices)
  else { return nil }
  return "\(name) \(percent)%"
}

private func flagName(_ text: String) -> String? {
  ["yes", "no"].first { folded(Language.french.word($0)) == folded(text) }
}

/// Without case and accents; hyphens and all sorts of spaces are one.
package func folded(_ text: String) -> String {
  var result = ""
  for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
    switch scalar {
    case "œ": result += "oe"
    case "’": result += "'"
    case "-", "_", "\u{A0}", "\u{202F}": result += " "
    default:
      if scalar.properties.generalCategory != .nonspacingMark { result.unicodeScalars.append(scalar) }
    }
  }
  return result
}

// MARK: - Days

/// "2026-11-30", "30/11/2026".
package func writtenDay(_ text: some StringProtocol) -> PlanDate? {
  let parts = text.split(separator: "/", omittingEmptySubsequences: false)
  guard parts.count == 3 else { return PlanDate(text) }
  let digits = parts.map { part in part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil }
  guard parts[0].utf8.count <= 2, parts[1].utf8.count <= 2, parts[2].utf8.count == 4,
    let day = digits[0], let month = digits[1], let year = digits[2]
  else { return nil }
  return PlanDate(year: year, month: month, day: day)
}

/// How many days after today: "today", "demain", "+7d", "+2s".
package func relativeDays(_ text: String) -> Int? {
  switch folded(text) {
  case "today", "aujourd'hui": 0
  case "tomorrow", "demain": 1
  case "yesterday", "hier": -1
  case let word: word.hasPrefix("+") ? dayCount(word.dropFirst()) : nil
  }
}

/// "14d", "2w"; "14j", "2s".
package func dayCount(_ text: some StringProtocol) -> Int? {
  let digits = text.dropLast()
  guard let unit = text.last, digits.utf8.allSatisfy({ (48...57).contains($0) }), let count = Int(digits),
    count <= 9_999
  else { return nil }
  switch unit.lowercased() {
  case "d", "j": return count
  case "w", "s": return count * 7
  default: return nil
  }
}

// MARK: - Numbers

/// "1 200,50" as "1200.50"; nil when it is no number.
///
/// - Parameter unit: What stands behind it, for the message.
/// - Throws: ``Failure`` for "1,200": a thousand to some, hardly more than one to others.
private func number(_ text: String, unit: String, _ place: FieldName) throws -> String? {
  let sign = text.hasPrefix("-") ? "-" : ""
  let mark = text.first { $0 == "," || $0 == "." }
  let parts = text.dropFirst(sign.count).split(
    separator: mark ?? ".", maxSplits: 1, omittingEmptySubsequences: false)
  let fraction = parts.count > 1 ? parts[1] : ""
  guard let whole = parts.first.flatMap(ungrouped), mark == nil || !fraction.isEmpty,
    fraction.utf8.allSatisfy({ (48...57).contains($0) })
  else { return nil }
  let isGrouped = parts[0].contains(where: isSpace)
  if mark == ",", fraction.count == 3, !isGrouped, whole.count <= 3, whole.first != "0" {
    var decimals = fraction
    while decimals.count > 1, decimals.last == "0" { decimals.removeLast() }
    let (typed, thousands) = (text + unit, sign + whole + fraction + unit)
    let decimal = sign + whole + "." + decimals + unit
    throw Failure.usage(
      place.says(
        "“\(typed)” can be read in two ways; write \(thousands), or \(decimal) with a decimal point."))
  }
  return sign + whole + (mark == nil ? "" : "." + fraction)
}

/// "1 200" as "1200"; nil when it is no number, or its groups are not of three digits.
private func ungrouped(_ text: Substring) -> String? {
  let groups = text.split(omittingEmptySubsequences: false, whereSeparator: isSpace)
  guard let first = groups.first, !first.isEmpty, groups.count == 1 || first.count <= 3,
    groups.dropFirst().allSatisfy({ $0.count == 3 }),
    groups.allSatisfy({ group in group.utf8.allSatisfy { (48...57).contains($0) } })
  else { return nil }
  return groups.joined()
}

/// Also those that do not break, and thin ones.
private func isSpace(_ character: Character) -> Bool {
  switch character {
  case " ", "\u{A0}", "\u{202F}", "\u{2009}": true
  default: false
  }
}
