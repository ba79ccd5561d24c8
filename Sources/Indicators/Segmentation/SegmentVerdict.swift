import Foundation
import PlanModel
import Wording

/// What is known of a property of an account.
package enum PropertyValue: Sendable {
  case text(String)
  case number(Double, shown: String)
  case flag(Bool)
  /// What was observed.
  case observations([String])
  case unknown(Phrase)
}

/// Whether an account belongs to a segment, and why.
package struct SegmentVerdict: Sendable {
  package struct Clause: Sendable {
    package let condition: SegmentRule.Condition
    /// nil: what it asks for is not known, so it neither holds nor fails.
    package let holds: Bool?
    package let found: PropertyValue
  }
  /// Only what is known to be so counts.
  package let belongs: Bool
  /// Every condition of the rule, in its order.
  package let clauses: [Clause]
}

extension SegmentRule {
  /// Judges an account by what `property` knows of it.
  package func verdict(_ property: (AccountProperty) -> PropertyValue) -> SegmentVerdict {
    var clauses: [SegmentVerdict.Clause] = []
    let holds = judge(property, &clauses)
    return SegmentVerdict(belongs: holds == true, clauses: clauses)
  }

  /// In three values: what is not known makes a whole unknown unless the rest decides it.
  private func judge(
    _ property: (AccountProperty) -> PropertyValue, _ clauses: inout [SegmentVerdict.Clause]
  ) -> Bool? {
    switch self {
    case .all(let rules):
      let verdicts = rules.map { $0.judge(property, &clauses) }
      return verdicts.contains(false) ? false : verdicts.contains(nil) ? nil : true
    case .any(let rules):
      let verdicts = rules.map { $0.judge(property, &clauses) }
      return verdicts.contains(true) ? true : verdicts.contains(nil) ? nil : false
    case .not(let rule): return rule.judge(property, &clauses).map { !$0 }
    case .condition(let condition):
      let found = property(condition.property)
      let holds = condition.holds(found)
      clauses.append(SegmentVerdict.Clause(condition: condition, holds: holds, found: found))
      return holds
    }
  }

  /// What it asks for: reading nothing else saves time.
  package var properties: Set<AccountProperty> {
    switch self {
    case .all(let rules), .any(let rules): rules.reduce(into: []) { $0.formUnion($1.properties) }
    case .not(let rule): rule.properties
    case .condition(let condition): [condition.property]
    }
  }
}

extension SegmentRule.Condition {
  fileprivate func holds(_ found: PropertyValue) -> Bool? {
    switch found {
    case .unknown: nil
    case .flag(let flag): (flag == (values[0].lowercased() == "yes")) == (comparison == .equal)
    case .observations(let statements): statements.contains { comparable($0).contains(comparable(values[0])) }
    case .text(let text):
      switch comparison {
      case .contains: comparable(text).contains(comparable(values[0]))
      case .unequal: comparable(text) != comparable(values[0])
      default: values.contains { comparable($0) == comparable(text) }
      }
    case .number(let number, _):
      compare(number, values.compactMap { Double($0.hasSuffix("%") ? String($0.dropLast()) : $0) })
    }
  }

  private func compare(_ number: Double, _ wanted: [Double]) -> Bool? {
    guard let first = wanted.first else { return nil }
    switch comparison {
    case .equal: return number == first
    case .unequal: return number != first
    case .less: return number < first
    case .lessOrEqual: return number <= first
    case .greater: return number > first
    case .greaterOrEqual: return number >= first
    case .isOneOf: return wanted.contains(number)
    case .contains: return nil
    }
  }
}

/// Without case and accents; hyphens are spaces.
private func comparable(_ text: String) -> String {
  String(
    text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
      .filter { $0.properties.generalCategory != .nonspacingMark }
      .map { $0 == "-" || $0 == "_" ? " " : Character($0) })
}
