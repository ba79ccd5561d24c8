import PlanModel
import Wording

// What surveys say. A person who answers one survey twice is heard once, with the later answer.

/// The net promoter score: the propensity of customers to recommend us to their peers.
package func netPromoterScore(_ answers: [Answer], in period: Period, at cutOff: CutOff) -> Figure {
  let selection = select(answers, of: .nps, scale: 10, in: period, cutOff)
  let (promoters, detractors) = camps(selection.used)
  let n = selection.used.count
  var figure = Figure(
    .nps, Ratio(promoters - detractors, of: n).map(FigureValue.points), n: n,
    interval: promoterInterval(promoters: promoters, detractors: detractors, of: n).map(percent),
    used: selection.ids, excluded: selection.excluded, absence: "nobody answered",
    late: selection.late(after: cutOff))
  figure.parts = [
    ("promoters", Ratio(promoters, of: n).map(FigureValue.share), promoters),
    ("passives", Ratio(n - promoters - detractors, of: n).map(FigureValue.share), n - promoters - detractors),
    ("detractors", Ratio(detractors, of: n).map(FigureValue.share), detractors),
  ]
  return figure
}

private func camps(_ answers: [Answer]) -> (promoters: Int, detractors: Int) {
  (answers.count { $0.score >= 9 }, answers.count { $0.score <= 6 })
}

/// The mean of the scores of accounts: a separate figure, never in place of the pooled one.
package func netPromoterScoreByAccount(
  _ answers: [[Answer]], in period: Period, at cutOff: CutOff
) -> Figure {
  let all = answers.map { select($0, of: .nps, scale: 10, in: period, cutOff) }
  let selections = all.filter { !$0.used.isEmpty }
  let scores = selections.compactMap { selection -> Ratio? in
    let (promoters, detractors) = camps(selection.used)
    return Ratio(promoters - detractors, of: selection.used.count)
  }
  return Figure(
    .npsByAccount, mean(scores).map(FigureValue.points), n: scores.count,
    interval: meanInterval(scores.map(\.double)).map {
      percent(max(-1, $0.lowerBound)...min(1, $0.upperBound))
    },
    used: selections.flatMap(\.ids), excluded: all.flatMap(\.excluded), absence: "nobody answered",
    late: selections.reduce(0) { $0 + $1.late(after: cutOff) })
}

/// The raw satisfaction rate: who chose one of the upper two of five.
package func satisfactionRate(_ answers: [Answer], in period: Period, at cutOff: CutOff) -> Figure {
  rate(.csat, select(answers, of: .csat, scale: 5, in: period, cutOff), cutOff) { $0.score >= 4 }
}

/// Who found it easy: 5 to 7 of 7.
package func easeRate(_ answers: [Answer], in period: Period, at cutOff: CutOff) -> Figure {
  rate(.ces, select(answers, of: .ces, scale: 7, in: period, cutOff), cutOff) { $0.score >= 5 }
}

package func easeMean(_ answers: [Answer], in period: Period, at cutOff: CutOff) -> Figure {
  let selection = select(answers, of: .ces, scale: 7, in: period, cutOff)
  let n = selection.used.count
  return Figure(
    .effortMean,
    Ratio(selection.used.reduce(0) { $0 + $1.score }, of: n).map { FigureValue.mean($0, scale: 7) }, n: n,
    interval: meanInterval(selection.used.map { Double($0.score) }), used: selection.ids,
    excluded: selection.excluded, absence: "nobody answered", late: selection.late(after: cutOff))
}

/// How many of those who were asked answered.
package func surveyResponseRate(
  _ invitations: [Invitation], _ answers: [Answer], in period: Period, at cutOff: CutOff
) -> Figure {
  struct Place: Hashable {
    let campaign: RecordID
    let contact: RecordID
  }
  let answered = Set(
    answers.filter { cutOff.includes($0.day, $0.at) }.compactMap { answer in
      answer.campaign.flatMap { campaign in answer.contact.map { Place(campaign: campaign, contact: $0) } }
    })
  var asked: Set<Place> = []
  let selection = Selection(invitations.sorted { ($0.day, $0.id) < ($1.day, $1.id) }) { invitation in
    guard period.contains(invitation.day) else { return .outsidePeriod }
    guard invitation.day <= cutOff.day else { return .afterCutOff }
    // Whoever is reminded is still one who was asked.
    return asked.insert(Place(campaign: invitation.campaign, contact: invitation.contact)).inserted
      ? nil : .superseded
  }
  return rate(.surveyResponse, selection, cutOff, absence: "nobody was invited") {
    answered.contains(Place(campaign: $0.campaign, contact: $0.contact))
  }
}

/// What review sites say, by one rule for all: four fifths of the stars.
package func reviewSatisfaction(_ reviews: [Review], in period: Period, at cutOff: CutOff) -> Figure {
  let selection = Selection(reviews) { review in
    guard period.contains(review.day) else { return .outsidePeriod }
    guard review.day <= cutOff.day else { return .afterCutOff }
    guard review.stars <= Double(review.scaleMax ?? 5), review.stars >= 0 else { return .scoreBeyondScale }
    return nil
  }
  var figure = rate(.reviews, selection, cutOff, absence: "no reviews") {
    $0.stars * 5 >= Double($0.scaleMax ?? 5) * 4
  }
  let sites = Dictionary(grouping: selection.used, by: \.site).sorted { $0.key < $1.key }
  figure.parts = sites.map { site, reviews in
    let satisfied = reviews.count { $0.stars * 5 >= Double($0.scaleMax ?? 5) * 4 }
    return (.verbatim(site), Ratio(satisfied, of: reviews.count).map(FigureValue.share), reviews.count)
  }
  return figure
}

// MARK: - Choosing answers

/// The answers that count: of the measure, on its scale, in the period, and of each person the last in each survey.
private func select(
  _ answers: [Answer], of measure: Measure, scale: Int, in period: Period, _ cutOff: CutOff
) -> Selection<Answer> {
  struct Voice: Hashable {
    let campaign: RecordID
    let contact: RecordID
  }
  func voice(_ answer: Answer) -> Voice? {
    answer.campaign.flatMap { campaign in answer.contact.map { Voice(campaign: campaign, contact: $0) } }
  }
  var last: [Voice: (at: Int64, id: RecordID)] = [:]
  for answer in answers where cutOff.includes(answer.day, answer.at) {
    guard let voice = voice(answer) else { continue }
    if let earlier = last[voice], earlier > (answer.at, answer.id) { continue }
    last[voice] = (answer.at, answer.id)
  }
  return Selection(answers) { answer in
    guard period.contains(answer.day) else { return .outsidePeriod }
    guard cutOff.includes(answer.day, answer.at) else { return .afterCutOff }
    guard let asked = answer.measure else { return .unknownMeasure }
    guard asked == measure else { return .otherMeasure }
    guard answer.scaleMax ?? scale == scale else { return .otherScale(scale) }
    guard (0...scale).contains(answer.score), measure == .nps || answer.score > 0 else {
      return .scoreBeyondScale
    }
    guard let voice = voice(answer) else { return nil }
    return last[voice]?.id == answer.id ? nil : .superseded
  }
}

// MARK: - Shares

/// How many of those selected are as `counts` says.
func rate<Element: Fact>(
  _ indicator: Indicator, _ selection: Selection<Element>, _ cutOff: CutOff,
  absence: Phrase = "nobody answered", counts: (Element) -> Bool
) -> Figure {
  let n = selection.used.count
  let count = selection.used.count(where: counts)
  return Figure(
    indicator, Ratio(count, of: n).map(FigureValue.share), n: n,
    interval: wilsonInterval(count, of: n).map(percent), used: selection.ids, excluded: selection.excluded,
    absence: absence, late: selection.late(after: cutOff))
}

func percent(_ interval: ClosedRange<Double>) -> ClosedRange<Double> {
  (interval.lowerBound * 100)...(interval.upperBound * 100)
}

/// - Returns: nil for none.
func mean(_ ratios: [Ratio]) -> Ratio? {
  guard let sum = sum(ratios) else { return nil }
  let (below, overflows) = sum.denominator.multipliedReportingOverflow(by: Int128(ratios.count))
  return overflows ? Ratio(nearest: sum.double / Double(ratios.count)) : Ratio(sum.numerator, of: below)
}

/// Exact while the common denominator fits, as it does for shares of counts; else to the billionth.
///
/// - Returns: nil for none.
func sum(_ ratios: [Ratio]) -> Ratio? {
  guard !ratios.isEmpty else { return nil }
  var (numerator, denominator): (Int128, Int128) = (0, 1)
  for ratio in ratios {
    let (left, first) = numerator.multipliedReportingOverflow(by: ratio.denominator)
    let (right, second) = ratio.numerator.multipliedReportingOverflow(by: denominator)
    let (below, third) = denominator.multipliedReportingOverflow(by: ratio.denominator)
    let (above, fourth) = left.addingReportingOverflow(right)
    guard !first, !second, !third, !fourth, let sum = Ratio(above, of: below) else {
      return Ratio(nearest: ratios.reduce(0) { $0 + $1.double })
    }
    (numerator, denominator) = (sum.numerator, sum.denominator)
  }
  return Ratio(numerator, of: denominator)
}
