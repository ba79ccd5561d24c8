import Speech
import Workbench

// What a review pack says, ready to be set: every text is already in the reader's language and every number
// already written; numbers beside them are only for the geometry of charts. Nothing here computes a figure,
// so that the page can never disagree with the ledger. A part that is nil or empty is not on the page, and
// leaves no hole.

/// The review of one account, which its manager puts before the customer's board.
///
/// What the customer must not see is in parts whose names end in `ForUs`; they stay nil in a pack for the
/// customer.
struct AccountPack: Equatable, Sendable {
  /// ISO 639-1, of the words in the pack.
  var language: String
  var head: Pack.Head
  var figures: [Pack.HeadlineFigure] = []
  var satisfaction: Pack.SatisfactionPart?
  var service: Pack.ServicePart?
  var business: Pack.BusinessPart?
  var plan: Pack.PlanPart?
  var people: Pack.PeoplePart?
  var healthForUs: Pack.HealthPart?
  var explanations: [Pack.Explanation] = []
  var changes: Pack.ChangesPart?
  var footer: Pack.Footer
}

/// All accounts together, for our own executives.
struct PortfolioPack: Equatable, Sendable {
  var language: String
  var head: Pack.Head
  var figures: [Pack.HeadlineFigure] = []
  var mostProfitable: Pack.Ranking?
  var mostLoyal: Pack.Ranking?
  var abc: Pack.ABCPart?
  var matrix: Pack.MatrixPart?
  var promoterScores: [Pack.AccountScore] = []
  var health: Pack.HealthOverview?
  var revenue: Pack.QuarterlyAmounts?
  var margin: Pack.QuarterlyAmounts?
  var products: [Pack.ProductLine] = []
  var strategies: [Pack.StrategyLine] = []
  var service: Pack.ServicePart?
  var explanations: [Pack.Explanation] = []
  var changes: Pack.ChangesPart?
  var footer: Pack.Footer
}

/// What the packs are made of; a namespace, for the words are common.
enum Pack {}

// MARK: - What many parts are made of

extension Pack {
  /// A number as it is written, and its value for the geometry.
  struct Quantity: Equatable, Sendable {
    var value: Double
    var text: String
  }

  /// What is said of a figure: what it is, or why there is none. A figure that is missing is never nought.
  enum Shown: Equatable, Sendable {
    case text(String)
    case missing(reason: String)
  }

  /// A point, and between which values it may as well be.
  struct Estimate: Equatable, Sendable {
    var value: Double
    var low: Double?
    var high: Double?
  }

  /// "Q3" of "2026": apart, because a year is written once for its four quarters.
  struct Quarter: Equatable, Sendable {
    var name: String
    var year: String
  }

  enum Status: Equatable, Sendable { case good, watch, poor }

  /// "+6 on Q2 2026".
  struct Comparison: Equatable, Sendable {
    enum Direction: Equatable, Sendable { case up, down, flat }
    enum Meaning: Equatable, Sendable { case better, worse, neutral }
    var text: String
    var direction: Direction
    /// More is not always better: of complaints it is worse.
    var meaning: Meaning
  }
}

// MARK: - Head and foot

extension Pack {
  struct Head: Equatable, Sendable {
    /// Ours.
    var organization: String
    /// The customer's name; for the portfolio, what is reviewed.
    var subject: String
    /// "Q3 2026".
    var period: String
    /// Dates, written.
    var from: String
    var to: String
    var accountManager: String?
    var privilegedContact: String?
    var deputy: String?
    /// Two to four sentences.
    var headlines: [String] = []
  }

  struct Footer: Equatable, Sendable {
    /// Nil while the pack is a draft, which the page then says.
    var frozen: Frozen?
    var asOf: String
    var programVersion: String

    /// Where the records stood that the figures were made of.
    struct Frozen: Equatable, Sendable {
      var period: String
      var planSequence: String?
      var financeSequence: String?
    }
  }

  struct HeadlineFigure: Equatable, Sendable {
    var label: String
    var shown: Shown
    /// "n = 42, 95 % between 12 and 38".
    var detail: String?
    var comparison: Comparison?
    var status: Status?
    /// By quarter, the oldest first; nil where there is none.
    var history: [Double?] = []
  }
}

// MARK: - Satisfaction

extension Pack {
  struct SatisfactionPart: Equatable, Sendable {
    var promoterScore: PromoterScore?
    var byQuarter: [QuarterScore] = []
    /// Satisfaction, effort and the like, each on its own scale.
    var scores: [ScaleScore] = []
    var reviewSites: [ScaleScore] = []
    /// Up to six are shown.
    var remarks: [Remark] = []
    /// What was changed because of them.
    var changed: [String] = []
  }

  struct PromoterScore: Equatable, Sendable {
    var shown: Shown
    var detail: String?
    /// From −100 to 100; nil when it is missing.
    var estimate: Estimate?
    var status: Status?
    var promoters: Quantity
    var passives: Quantity
    var detractors: Quantity
  }

  struct QuarterScore: Equatable, Sendable {
    var quarter: Quarter
    /// "24"; beside the point.
    var shown: Shown
    var estimate: Estimate?
    /// "n = 42, 95 % between 12 and 38"; in the table behind the chart.
    var detail: String?
  }

  struct ScaleScore: Equatable, Sendable {
    var label: String
    var shown: Shown
    var detail: String?
    var estimate: Estimate?
    var scaleFrom: Quantity
    var scaleTo: Quantity
  }

  struct Remark: Equatable, Sendable {
    var text: String
    /// "Promoter, August 2026". Never who.
    var attribution: String?
  }
}

// MARK: - Service

extension Pack {
  struct ServicePart: Equatable, Sendable {
    var types: [RequestType] = []
    /// All types together.
    var total: RequestType?
    /// Open requests, the youngest first.
    var ageing: [Bucket] = []
    var note: String?
  }

  struct RequestType: Equatable, Sendable {
    var name: String
    var opened: Quantity
    /// The share answered within the window, as text.
    var answeredInWindow: Shown
    /// The same from 0 to 1.
    var answeredShare: Double?
    /// "23 of 25".
    var answeredCount: String?
    var resolved: String
    var firstAnswer: Shown
    /// Nil where no level was agreed.
    var isLevelMet: Bool?
    /// What was agreed: "90 % within 8 h".
    var level: String?
  }

  struct Bucket: Equatable, Sendable {
    var label: String
    var count: Quantity
  }
}

// MARK: - Business

extension Pack {
  struct BusinessPart: Equatable, Sendable {
    var revenue: QuarterlyAmounts?
    var families: [NamedAmount] = []
    var targets: [TargetLine] = []
    var forUs: BusinessForUs?
  }

  struct BusinessForUs: Equatable, Sendable {
    var margin: QuarterlyAmounts?
    /// Margin rate, share of wallet and the like.
    var figures: [HeadlineFigure] = []
    /// From revenue down to lifetime value.
    var lifetimeValue: [WaterfallStep] = []
  }

  /// Up to twelve quarters, the oldest first.
  struct QuarterlyAmounts: Equatable, Sendable {
    /// "thousand EUR", of the short texts above the bars.
    var unit: String
    var quarters: [QuarterAmount] = []
    var note: String?
  }

  struct QuarterAmount: Equatable, Sendable {
    var quarter: Quarter
    /// Net of credit notes, so it may be below nought; nil where nothing is known.
    var value: Double?
    /// "412", in the unit; at most five characters fit above a bar.
    var short: String
    /// "412 300 EUR", or why there is none.
    var shown: Shown
    /// As a value above nought; it is drawn under the line.
    var creditNotes: Quantity?
  }

  struct NamedAmount: Equatable, Sendable {
    var name: String
    var amount: Quantity
    /// "38 %".
    var share: String?
  }

  struct TargetLine: Equatable, Sendable {
    var name: String
    var actual: Shown
    var actualValue: Double?
    var target: Quantity
    /// "96 %".
    var attained: String?
    var status: Status?
  }

  struct WaterfallStep: Equatable, Sendable {
    var name: String
    /// With its sign: what is deducted is below nought.
    var amount: Quantity
    /// Where a sum stands, and the next step begins.
    var isTotal = false
  }
}

// MARK: - The plan

extension Pack {
  struct PlanPart: Equatable, Sendable {
    var objectives: [ObjectiveLine] = []
    var departments: [DepartmentTasks] = []
    var milestones: [Milestone] = []
    var nextSteps: [NextStep] = []
    var opportunities: [Opportunity] = []
  }

  struct ObjectiveLine: Equatable, Sendable {
    var name: String
    /// From 0 to 1; may be beyond. Nil when it cannot be measured yet.
    var progress: Double?
    /// "62 of 80 points", or why not.
    var shown: Shown
    var due: String?
    var status: Status?
    /// Its own word, instead of good, watch or poor.
    var statusText: String?
  }

  struct DepartmentTasks: Equatable, Sendable {
    var name: String
    var done: Int
    /// Not those that are overdue.
    var open: Int
    var overdue: Int
  }

  struct Milestone: Equatable, Sendable {
    enum State: Equatable, Sendable { case reached, ahead, missed }
    var name: String
    var on: String
    var state: State
  }

  struct NextStep: Equatable, Sendable {
    var text: String
    var who: String?
    var when: String?
  }

  struct Opportunity: Equatable, Sendable {
    var name: String
    var detail: String?
    var amount: String?
  }
}

// MARK: - People

extension Pack {
  struct PeoplePart: Equatable, Sendable {
    var ours: [Person] = []
    var theirs: [Person] = []
  }

  struct Person: Equatable, Sendable {
    var name: String
    var function: String?
  }
}

// MARK: - Health

extension Pack {
  struct HealthPart: Equatable, Sendable {
    var shown: Shown
    /// From 0 to 100.
    var value: Double?
    var status: Status?
    /// "84 % of the weights are known".
    var coverage: String?
    var components: [HealthComponent] = []
  }

  struct HealthComponent: Equatable, Sendable {
    var name: String
    var weight: Quantity
    var score: Shown
    /// From 0 to 100.
    var value: Double?
  }
}

// MARK: - How figures were made

extension Pack {
  struct Explanation: Equatable, Sendable {
    var figure: String
    var formula: String
    var period: String?
    /// What was counted or asked.
    var n: String?
    var used: String?
    var leftOut: [LeftOut] = []
  }

  struct LeftOut: Equatable, Sendable {
    var reason: String
    var count: String
  }

  struct ChangesPart: Equatable, Sendable {
    /// Which pack it is compared with.
    var since: String
    var changes: [FigureChange] = []
  }

  struct FigureChange: Equatable, Sendable {
    var figure: String
    var before: String
    var after: String
    var reason: String?
  }
}

// MARK: - Portfolio

extension Pack {
  struct Ranking: Equatable, Sendable {
    /// "Margin", "NPS"; heads the column of values.
    var measure: String
    var rows: [RankedAccount] = []
    var note: String?
  }

  struct RankedAccount: Equatable, Sendable {
    /// "2="; nil where there is nothing to rank by.
    var rank: String?
    var name: String
    var shown: Shown
    var value: Double?
    var share: String?
  }

  struct ABCPart: Equatable, Sendable {
    /// By margin, the largest first; without those that lose.
    var accounts: [ABCAccount] = []
    var lossMakers: [NamedAmount] = []
  }

  struct ABCAccount: Equatable, Sendable {
    enum Class: String, CaseIterable, Equatable, Sendable { case a = "A", b = "B", c = "C" }
    var name: String
    var margin: Quantity
    /// From 0 to 1, this account's included.
    var cumulative: Quantity
    var abcClass: Class
  }

  struct MatrixPart: Equatable, Sendable {
    var points: [MatrixPoint] = []
    var unplaced: [Unplaced] = []
  }

  struct MatrixPoint: Equatable, Sendable {
    var name: String
    /// From 0 to 1, upwards.
    var attractiveness: Quantity
    /// From 0 to 1, to the right.
    var strength: Quantity
    var revenue: Quantity
  }

  struct Unplaced: Equatable, Sendable {
    var name: String
    var reason: String
  }

  struct AccountScore: Equatable, Sendable {
    /// Equal ranks are of scores that cannot be told apart.
    var rank: String?
    var name: String
    var shown: Shown
    var estimate: Estimate?
    /// "n = 42, 95 % between 12 and 38".
    var detail: String?
  }

  struct HealthOverview: Equatable, Sendable {
    /// The best first.
    var bands: [HealthBand] = []
    var attention: [AttentionLine] = []
    var note: String?
  }

  struct HealthBand: Equatable, Sendable {
    var label: String
    var status: Status?
    var count: Quantity
  }

  struct AttentionLine: Equatable, Sendable {
    var name: String
    var score: Shown
    var status: Status?
    var reasons: [String] = []
  }

  struct ProductLine: Equatable, Sendable {
    var name: String
    var revenue: Quantity
    var margin: Quantity
    var rate: Shown
  }

  struct StrategyLine: Equatable, Sendable {
    var name: String
    var cost: String
    var margin: Shown
    var effect: Shown
    /// "31 accounts, 44 compared with".
    var counts: String?
  }
}
