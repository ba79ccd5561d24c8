extension Pack {
  package struct SatisfactionPart: Equatable, Sendable {
    package var promoterScore: PromoterScore?
    package var byQuarter: [QuarterScore] = []
    /// Satisfaction, effort and the like, each on its own scale.
    package var scores: [ScaleScore] = []
    package var reviewSites: [ScaleScore] = []
    /// Up to six are shown.
    package var remarks: [Remark] = []
    /// What was changed because of them.
    package var changed: [String] = []

    package init(
      promoterScore: PromoterScore? = nil, byQuarter: [QuarterScore] = [], scores: [ScaleScore] = [],
      reviewSites: [ScaleScore] = [], remarks: [Remark] = [], changed: [String] = []
    ) {
      self.promoterScore = promoterScore
      self.byQuarter = byQuarter
      self.scores = scores
      self.reviewSites = reviewSites
      self.remarks = remarks
      self.changed = changed
    }
  }

  package struct PromoterScore: Equatable, Sendable {
    package var shown: Shown
    package var detail: String?
    /// From −100 to 100; nil when it is missing.
    package var estimate: Estimate?
    package var status: Status?
    package var promoters: Quantity
    package var passives: Quantity
    package var detractors: Quantity

    package init(
      shown: Shown, detail: String? = nil, estimate: Estimate? = nil, status: Status? = nil,
      promoters: Quantity, passives: Quantity, detractors: Quantity
    ) {
      self.shown = shown
      self.detail = detail
      self.estimate = estimate
      self.status = status
      self.promoters = promoters
      self.passives = passives
      self.detractors = detractors
    }
  }

  package struct QuarterScore: Equatable, Sendable {
    package var quarter: Quarter
    /// "24"; beside the point.
    package var shown: Shown
    package var estimate: Estimate?
    /// "n = 42, 95 % between 12 and 38"; in the table behind the chart.
    package var detail: String?

    package init(quarter: Quarter, shown: Shown, estimate: Estimate? = nil, detail: String? = nil) {
      self.quarter = quarter
      self.shown = shown
      self.estimate = estimate
      self.detail = detail
    }
  }

  package struct ScaleScore: Equatable, Sendable {
    package var label: String
    package var shown: Shown
    package var detail: String?
    package var estimate: Estimate?
    package var scaleFrom: Quantity
    package var scaleTo: Quantity

    package init(
      label: String, shown: Shown, detail: String? = nil, estimate: Estimate? = nil, scaleFrom: Quantity,
      scaleTo: Quantity
    ) {
      self.label = label
      self.shown = shown
      self.detail = detail
      self.estimate = estimate
      self.scaleFrom = scaleFrom
      self.scaleTo = scaleTo
    }
  }

  package struct Remark: Equatable, Sendable {
    package var text: String
    /// "Promoter, August 2026". Never who.
    package var attribution: String?

    package init(text: String, attribution: String? = nil) {
      self.text = text
      self.attribution = attribution
    }
  }
}
