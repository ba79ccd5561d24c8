import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

extension AccountReview {
  func satisfaction() -> Pack.SatisfactionPart? {
    let promotion = figure(.nps)
    var part = Pack.SatisfactionPart()
    if promotion.value != nil || account.answers.contains(where: { $0.measure == .nps }) {
      part.promoterScore = promoterScore(promotion)
      part.byQuarter = Period.quarters(8, to: cutOff.day).map(quarterScore)
      if !part.byQuarter.contains(where: { $0.estimate != nil }) { part.byQuarter = [] }
    }
    part.scores = [Indicator.csat, .ces].compactMap { scale(figure($0)) }
    part.reviewSites = scale(figure(.reviews)).map { [$0] } ?? []
    part.remarks = remarks()
    let isEmpty =
      part.promoterScore == nil && part.scores.isEmpty && part.reviewSites.isEmpty && part.remarks.isEmpty
    return isEmpty ? nil : part
  }

  private func promoterScore(_ figure: Figure) -> Pack.PromoterScore {
    func count(_ place: Int) -> Pack.Quantity {
      let n = figure.parts.indices.contains(place) ? figure.parts[place].n : 0
      return reader.quantity(count: n)
    }
    return Pack.PromoterScore(
      shown: reader.shown(figure), detail: reader.detail(of: figure), estimate: figure.packEstimate,
      status: isInternal ? source.facts.directory.assessment(of: figure)?.packStatus : nil,
      promoters: count(0),
      passives: count(1),
      detractors: count(2))
  }

  private func quarterScore(_ quarter: Period) -> Pack.QuarterScore {
    let figure = discreet(context.over(quarter).figure(.nps))
    return Pack.QuarterScore(
      quarter: reader.quarter(quarter), shown: reader.shown(figure), estimate: figure.packEstimate,
      detail: figure.value == nil ? nil : reader.detail(of: figure))
  }

  /// nil: nobody was asked.
  private func scale(_ figure: Figure) -> Pack.ScaleScore? {
    guard figure.value != nil else { return nil }
    return Pack.ScaleScore(
      label: said(figure.indicator.name), shown: reader.shown(figure), detail: reader.detail(of: figure),
      estimate: figure.packEstimate, scaleFrom: Pack.Quantity(value: 0, text: "0 %"),
      scaleTo: Pack.Quantity(value: 100, text: "100 %"))
  }

  /// With fewer answers a customer's board could tell whose words they are.
  private static let answersMin = 5

  /// Of the period, the latest first; never whose.
  private func remarks() -> [Pack.Remark] {
    let answers = account.answers.filter { period.contains($0.day) && cutOff.includes($0.day, $0.at) }
    guard isInternal || Set(answers.map { $0.contact ?? $0.id }).count >= Self.answersMin else { return [] }
    return answers.filter { $0.remark != nil }.sorted { ($1.at, $1.id) < ($0.at, $0.id) }.prefix(6).map {
      answer in
      let quarter = said(Period.quarter(of: answer.day).spoken)
      let score = answer.scaleMax.map { said("\(answer.score) of \($0)") } ?? "\(answer.score)"
      return Pack.Remark(
        text: answer.remark ?? "", attribution: isInternal ? said("\(score), \(quarter)") : quarter)
    }
  }
}
