import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// Why an account is in a segment, or is not: each condition, and what was found.
package struct SegmentWhyReport: SourcedReport {
  package let source: FigureSource
  private let segment: Indicators.Segment
  private let account: AccountFacts
  private let verdict: SegmentVerdict?
  /// Why somebody put it there.
  private let byHand: String?

  /// nil: the segment or the account is not there any more.
  ///
  /// - Throws: ``Failure`` that says where the rule cannot be understood.
  package init?(_ workbench: Workbench, _ order: FigureOrder, segment: RecordID, account: RecordID) throws {
    let segments = try SegmentSource(workbench, order, only: segment)
    guard let segment = segments.segments.first, let account = segments.source.facts[account] else {
      return nil
    }
    source = segments.source
    self.segment = segment
    self.account = account
    verdict = try segments.rule(of: segment).map { rule in
      let known = segments.properties(of: account)
      return rule.verdict { known[$0] }
    }
    byHand = account.memberships[segment.id]
  }

  package var figures: [Figure] { [] }
  private var belongs: Bool { byHand != nil || verdict?.belongs == true }

  package func blocks() -> [Block] {
    let label = source.label(account)
    var blocks = [
      title(belongs ? "\(label) is in “\(segment.name)”." : "\(label) is not in “\(segment.name)”.")
    ]
    if let byHand {
      blocks.append(
        text(byHand.isEmpty ? "It was put there by hand." : "It was put there by hand: \(byHand)"))
    }
    if let verdict {
      blocks += verdict.clauses.map { .check($0.holds, said("\($0.condition.text): \($0.found.phrase)")) }
    } else if byHand == nil {
      blocks.append(text("The segment has no rule: its accounts are chosen by hand."))
    }
    return blocks
  }

  package func document() throws -> JSON {
    try source.json([
      ("segment", .text(segment.id.description)), ("belongs", .flag(belongs)), ("reason", JSON(byHand)),
      ("clauses", .array((verdict?.clauses ?? []).map(\.json))),
    ])
  }
}
