import Wording

// What a review pack says, ready to be set: every text is already in the reader's language and every number
// already written; numbers beside them are only for the geometry of charts. Nothing here computes a figure,
// so that the page can never disagree with the ledger. A part that is nil or empty is not on the page, and
// leaves no hole.

/// The review of one account, or of all.
package enum ReviewPack: Equatable, Sendable {
  case account(AccountPack)
  case portfolio(PortfolioPack)
}

/// The review of one account, which its manager puts before the customer's board.
///
/// What the customer must not see is in parts whose names end in `ForUs`; they stay nil in a pack for the
/// customer.
package struct AccountPack: Equatable, Sendable {
  /// That every text in it is in; whoever sets the page says its own headings in it too.
  package var language: Language
  package var head: Pack.Head
  package var figures: [Pack.HeadlineFigure] = []
  package var satisfaction: Pack.SatisfactionPart?
  package var service: Pack.ServicePart?
  package var business: Pack.BusinessPart?
  package var plan: Pack.PlanPart?
  package var people: Pack.PeoplePart?
  package var healthForUs: Pack.HealthPart?
  package var explanations: [Pack.Explanation] = []
  package var changes: Pack.ChangesPart?
  package var footer: Pack.Footer

  package init(
    language: Language, head: Pack.Head, figures: [Pack.HeadlineFigure] = [],
    satisfaction: Pack.SatisfactionPart? = nil, service: Pack.ServicePart? = nil,
    business: Pack.BusinessPart? = nil, plan: Pack.PlanPart? = nil, people: Pack.PeoplePart? = nil,
    healthForUs: Pack.HealthPart? = nil, explanations: [Pack.Explanation] = [],
    changes: Pack.ChangesPart? = nil, footer: Pack.Footer
  ) {
    self.language = language
    self.head = head
    self.figures = figures
    self.satisfaction = satisfaction
    self.service = service
    self.business = business
    self.plan = plan
    self.people = people
    self.healthForUs = healthForUs
    self.explanations = explanations
    self.changes = changes
    self.footer = footer
  }
}

/// All accounts together, for our own executives.
package struct PortfolioPack: Equatable, Sendable {
  /// That every text in it is in.
  package var language: Language
  package var head: Pack.Head
  package var figures: [Pack.HeadlineFigure] = []
  package var mostProfitable: Pack.Ranking?
  package var mostLoyal: Pack.Ranking?
  package var abc: Pack.ABCPart?
  package var matrix: Pack.MatrixPart?
  package var promoterScores: [Pack.AccountScore] = []
  package var health: Pack.HealthOverview?
  package var revenue: Pack.QuarterlyAmounts?
  package var margin: Pack.QuarterlyAmounts?
  package var products: [Pack.ProductLine] = []
  package var strategies: [Pack.StrategyLine] = []
  package var service: Pack.ServicePart?
  package var explanations: [Pack.Explanation] = []
  package var changes: Pack.ChangesPart?
  package var footer: Pack.Footer

  package init(
    language: Language, head: Pack.Head, figures: [Pack.HeadlineFigure] = [],
    mostProfitable: Pack.Ranking? = nil, mostLoyal: Pack.Ranking? = nil, abc: Pack.ABCPart? = nil,
    matrix: Pack.MatrixPart? = nil, promoterScores: [Pack.AccountScore] = [],
    health: Pack.HealthOverview? = nil, revenue: Pack.QuarterlyAmounts? = nil,
    margin: Pack.QuarterlyAmounts? = nil, products: [Pack.ProductLine] = [],
    strategies: [Pack.StrategyLine] = [], service: Pack.ServicePart? = nil,
    explanations: [Pack.Explanation] = [], changes: Pack.ChangesPart? = nil, footer: Pack.Footer
  ) {
    self.language = language
    self.head = head
    self.figures = figures
    self.mostProfitable = mostProfitable
    self.mostLoyal = mostLoyal
    self.abc = abc
    self.matrix = matrix
    self.promoterScores = promoterScores
    self.health = health
    self.revenue = revenue
    self.margin = margin
    self.products = products
    self.strategies = strategies
    self.service = service
    self.explanations = explanations
    self.changes = changes
    self.footer = footer
  }
}
