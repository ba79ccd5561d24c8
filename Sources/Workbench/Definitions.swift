import Indicators
import PlanModel
import Speech
import Wording

// Texts that mean something to figures: a mistake in them would otherwise be found only by whoever misses a number.

/// - Throws: ``Failure`` that says what cannot be understood.
func checkDefinition(_ text: String, of register: RegisterDescription, for reader: Reader) throws {
  switch register {
  case KindDescription.segment.register(SegmentRegister.rule): _ = try segmentRule(text)
  case KindDescription.healthDefinition.register(HealthDefinitionRegister.components):
    try checkComponents(text)
  case KindDescription.kpiTarget.register(KpiTargetRegister.indicator):
    guard Indicator(rawValue: text) == nil else { return }
    throw Failure(
      .usage, "usage", "\(field: "indicator"): there is no indicator “\(text)”.",
      candidates: Indicator.allCases.map { "\($0.rawValue)  \(reader.said($0.name))" })
  case KindDescription.exchangeRate.register(ExchangeRateRegister.rate):
    guard text.hasPrefix("-") || Double(text.replacing(",", with: ".")) == 0 else { return }
    throw Failure.usage("\(field: "rate"): “\(text)” must be greater than 0.")
  default: break
  }
}

private func checkComponents(_ text: String) throws {
  let names = HealthComponent.allCases.map(\.rawValue)
  for line in text.split(separator: "\n") {
    let words = line.split(separator: " ")
    guard words.count == 2, let weight = Int(words[1]), (1...10_000).contains(weight) else {
      throw Failure.usage(
        "\(field: "components"): “\(String(line))” is no component and its weight, such as “satisfaction 25”."
      )
    }
    guard HealthComponent(rawValue: String(words[0])) != nil else {
      throw Failure.usage(
        "\(field: "components"): there is no component “\(String(words[0]))”; use \(enumerated(names.map { .verbatim($0) }, or: true))."
      )
    }
  }
}

/// Reads a rule, or says where it cannot be read.
package func segmentRule(_ text: String) throws -> SegmentRule {
  do {
    return try SegmentRule(text)
  } catch {
    let before = String(text.prefix(error.offset))
    throw Failure.usage(
      before.isEmpty
        ? "\(field: "rule"): \(error.phrase), at its beginning."
        : "\(field: "rule"): \(error.phrase), after “\(before)”.")
  }
}
