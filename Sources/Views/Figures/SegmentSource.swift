import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// Segments with what their rules ask for.
struct SegmentSource {
  let source: FigureSource
  let segments: [Indicators.Segment]
  private let thresholds: RFMThresholds

  /// - Parameter only: nil: all segments.
  init(_ workbench: Workbench, _ order: FigureOrder, only: RecordID?) throws {
    // Which rules there are decides what has to be read.
    let views = try workbench.replica.records(
      ofKind: KindNumber.segment, where: { _, alive in alive }
    ).filter { only == nil || $0.id == only }
    let rules = views.compactMap { view in view.text(SegmentRegister.rule).flatMap { try? SegmentRule($0) } }
    let properties = rules.reduce(into: Set<AccountProperty>()) { $0.formUnion($1.properties) }
    let source = try FigureSource(
      workbench, order.days, topics: properties.reduce(into: [.segments]) { $0.formUnion($1.topics) })
    self.source = source
    segments = source.facts.directory.segments.filter { only == nil || $0.id == only }
    let ranks: Set<AccountProperty> = [.recency, .frequency, .monetary]
    let buyings =
      properties.isDisjoint(with: ranks)
      ? [] : source.facts.accounts.compactMap { buying($0, at: source.cutOff, by: source.valuation) }
    thresholds = .quintiles(buyings) ?? .fixed(source.valuation.currency)
  }

  /// - Throws: ``Failure`` that says where the rule cannot be understood.
  func rule(of segment: Indicators.Segment) throws -> SegmentRule? { try segment.rule.map(segmentRule) }

  func properties(of account: AccountFacts) -> AccountProperties {
    AccountProperties(
      account, source.facts.directory, at: source.cutOff, by: source.valuation, thresholds: thresholds)
  }

  func members(of segment: Indicators.Segment) throws -> [Membership] {
    Indicators.members(of: segment, rule: try rule(of: segment), source.facts) { properties(of: $0) }
  }
}

extension SegmentVerdict.Clause {
  var json: JSON {
    .object([
      ("condition", .text(condition.text)), ("holds", holds.map { .flag($0) } ?? .null),
      ("found", .text(found.phrase.description)),
    ])
  }
}

extension PropertyValue {
  var phrase: Phrase {
    switch self {
    case .text(let text): .word(text)
    case .number(_, let shown): .decimal(shown)
    case .flag(let flag): .word(flag ? "yes" : "no")
    case .observations(let statements): .verbatim(statements.map { "“\($0)”" }.joined(separator: ", "))
    case .unknown(let reason): "not known (\(reason))"
    }
  }
}
