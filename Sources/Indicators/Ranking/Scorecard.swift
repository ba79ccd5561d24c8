import PlanModel
import Wording

/// How attractive an account is, and how strong we are there: the weighted means of what people judged.
package struct Scorecard: Sendable {
  package struct Line: Sendable {
    package let criterion: Criterion
    /// The mean of the raters' latest scores; nil when nobody judged.
    package let mean: Ratio?
    /// The lowest and the highest score of a rater.
    package let spread: ClosedRange<Int>?
    package let raters: Int
    package let scores: [RecordID]
  }
  package let lines: [Line]

  /// The weighted mean on an axis, of one; nil when nothing of it was judged.
  package func axis(_ axis: Criterion.Axis) -> Ratio? {
    let judged = lines.filter { $0.criterion.axis == axis && $0.mean != nil && $0.criterion.weight > 0 }
    let weight = judged.reduce(0) { $0 + $1.criterion.weight }
    return sum(
      judged.compactMap { line in
        line.mean?.weighted(line.criterion.weight, of: weight * max(1, line.criterion.scaleMax))
      })
  }

  /// The weight that was judged, of the axis' weight.
  package func coverage(_ axis: Criterion.Axis) -> Ratio? {
    let those = lines.filter { $0.criterion.axis == axis }
    let judged = those.filter { $0.mean != nil }.reduce(0) { $0 + $1.criterion.weight }
    return Ratio(judged, of: those.reduce(0) { $0 + $1.criterion.weight })
  }
}

/// Of each rater the latest score counts; raters count alike.
package func scorecard(_ account: AccountFacts, _ criteria: [Criterion]) -> Scorecard {
  let byCriterion = Dictionary(grouping: account.scores, by: \.criterion)
  return Scorecard(
    lines: criteria.map { criterion in
      var latest: [UInt32?: Score] = [:]
      for score in byCriterion[criterion.id] ?? [] {
        let earlier = latest[score.rater]
        if earlier.map({ ($0.day ?? .distant, $0.id) < (score.day ?? .distant, score.id) }) ?? true {
          latest[score.rater] = score
        }
      }
      let scores = latest.values.sorted { $0.id < $1.id }
      let bounded = scores.map { min($0.score, criterion.scaleMax) }
      return Scorecard.Line(
        criterion: criterion, mean: Ratio(bounded.reduce(0, +), of: bounded.count),
        spread: bounded.min().flatMap { low in bounded.max().map { low...$0 } }, raters: scores.count,
        scores: scores.map(\.id))
    })
}

extension PlanDate {
  /// Before every day that people mean.
  fileprivate static let distant = PlanDate(milliseconds: -62_135_596_800_000)
}
