import Wording

/// What can be measured. Its raw value is how targets, commands and programs call it.
package enum Indicator: String, CaseIterable, Sendable {
  case nps
  case npsByAccount = "nps-by-account"
  case csat, ces
  case effortMean = "ces-mean"
  case surveyResponse = "survey-response-rate"
  case reviews = "review-satisfaction"
  case resolution = "resolution-rate"
  case firstContact = "first-contact-resolution"
  case response = "response-rate"
  case responseByType = "response-rate-by-type"
  case responseTime = "response-time"
  case serviceLevel = "service-level"
  case revenue, margin
  case marginRate = "margin-rate"
  case relation = "relation-length"
  case lifetimeValue = "clv"
  case retention = "retention-rate"
  case walletShare = "share-of-wallet"
  case whitespace
  case attainment
  case profitability = "profitability-attainment"
  case valueTrend = "value-trend"
  case planProgress = "plan-progress"
  case contactCadence = "contact-cadence"
  case health
  case strategyEffect = "strategy-effect"

  package var name: Phrase {
    switch self {
    case .nps: "Net promoter score"
    case .npsByAccount: "Net promoter score, one vote per account"
    case .csat: "Satisfaction rate"
    case .ces: "Found it easy"
    case .effortMean: "Ease, mean"
    case .surveyResponse: "Answers to surveys"
    case .reviews: "Satisfaction on review sites"
    case .resolution: "Problems resolved"
    case .firstContact: "Resolved at first contact"
    case .response: "Requests answered in time"
    case .responseByType: "Answered in time, mean of types"
    case .responseTime: "Time to the first answer, median"
    case .serviceLevel: "Service level kept"
    case .revenue: "Revenue"
    case .margin: "Margin"
    case .marginRate: "Margin rate"
    case .relation: "Length of the relation"
    case .lifetimeValue: "Lifetime value"
    case .retention: "Accounts kept"
    case .walletShare: "Share of wallet"
    case .whitespace: "Room to grow"
    case .attainment: "Revenue target reached"
    case .profitability: "Profitability target reached"
    case .valueTrend: "Trend of the margin"
    case .planProgress: "Plan on schedule"
    case .contactCadence: "Contact in time"
    case .health: "Health"
    case .strategyEffect: "Return of strategies"
    }
  }

  /// How it is computed, in words.
  package var formula: Phrase {
    switch self {
    case .nps:
      "Share of answers 9 and 10 less share of answers 0 to 6, in points. All answers are pooled. Interval: adjusted Wald, 95 %."
    case .npsByAccount:
      "The mean of the accounts' net promoter scores: each counts once, however many answered."
    case .csat: "Answers 4 and 5 of 5 / all answers on a scale to 5. Interval: Wilson, 95 %."
    case .ces: "Answers 5 to 7 of 7 / all answers on a scale to 7. Interval: Wilson, 95 %."
    case .effortMean: "Mean of the answers on a scale to 7."
    case .surveyResponse: "Invitations that were answered / invitations."
    case .reviews: "Reviews with four fifths of the stars or more / all reviews. Apart from surveys."
    case .resolution:
      "Problems opened in the period and resolved at the cut-off, not reopened / problems opened in the period."
    case .firstContact:
      "Requests opened in the period that were resolved with one answer at most, never passed on or reopened / those resolved."
    case .response:
      "Requests answered by a person within their window / requests whose window has passed. All types pooled."
    case .responseByType: "The mean of the response rates of the types of request that have any."
    case .responseTime:
      "The time by which half of the requests have a first answer. Those still without one count as long as they have waited (Kaplan-Meier)."
    case .serviceLevel:
      "Deadlines met / deadlines met or missed. What is open and not yet due does not count."
    case .revenue: "Sum of the sales, credit notes taken off."
    case .margin: "Sum of revenue less direct cost of each sale, credit notes taken off."
    case .marginRate: "Margin / revenue of the sales whose direct cost is known."
    case .relation: "Days from the first sale to the cut-off."
    case .lifetimeValue: "Margin of all sales since the first, less the costs of winning and of keeping them."
    case .retention:
      "Accounts that bought in the year before and again in this year / accounts that bought in the year before."
    case .walletShare: "Revenue of the last twelve months / what they could spend in a year."
    case .whitespace:
      "What they could buy in a year, less what they bought in the last twelve months, product by product."
    case .attainment:
      "Actual / target, revenue of the targets whose period has begun; of one that runs, the part due by now."
    case .profitability:
      "Actual / target, margin of the targets whose period has begun; of one that runs, the part due by now."
    case .valueTrend:
      "Margin of the last twelve months against the twelve before; as it was is 50 of 100, a quarter more is 100."
    case .planProgress:
      "Progress of the objectives / share of their time that has passed, by weight, at most 100. Objectives as they stand now."
    case .contactCadence:
      "Accounts whose last contact is no longer ago than agreed / accounts with an agreed rhythm."
    case .health: "Weighted mean of the components that have data; below 60 % of the weight there is none."
    case .strategyEffect: "(Margin of the sales attributed - costs attributed) / costs attributed."
    }
  }

  package var isBetterWhenLower: Bool { self == .responseTime }
}
