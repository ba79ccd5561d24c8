import Pages
import Wording

/// The fixed words of the page, by their names in the template.
struct PackWords {
  let language: Language

  private func said(_ phrase: Phrase) -> String { phrase.text(in: language) }

  func all() -> [String: String] { both().merging(account()) { $1 }.merging(portfolio()) { $1 } }

  private func both() -> [String: String] {
    [
      "missing": said("n/a"),
      "figures": said("At a glance"),
      "numbers": said("The numbers"),
      "forUs": said("For us only"),
      "health": said("Health"),
      "service": said("Service"),
      "requestType": said("Type of request"),
      "opened": said("Requests"),
      "answeredInWindow": said("Answered in time"),
      "resolved": said("Resolved"),
      "firstAnswer": said("Median time to first answer"),
      "level": said("Service level kept"),
      "ageing": said("Open requests by age"),
      "creditNotes": said("credit notes"),
      "revenue": said("Revenue"),
      "margin": said("Margin"),
      "promoterScore": said("Net promoter score"),
      "nps": said(.verbatim("NPS")),
      "n": said(.verbatim("n")),
      "explanations": said("How each figure was made"),
      "figure": said("Figure"),
      "formula": said("How it is made"),
      "period": said("Period"),
      "used": said("Records used"),
      "leftOut": said("Left out"),
      "none": said("nothing"),
      "changes": said("What changed since"),
      "before": said("Before"),
      "after": said("After"),
      "reason": said("Reason"),
    ]
  }

  private func account() -> [String: String] {
    [
      "satisfaction": said("Satisfaction"),
      "scoreByQuarter": said("Score by quarter"),
      "whiskers": said("Lines show between which values the true score lies, with 95 % confidence."),
      "remarks": said("In their words"),
      "changed": said("What we changed because of it"),
      "business": said("Business together"),
      "revenueByQuarter": said("Revenue by quarter"),
      "marginByQuarter": said("Margin by quarter"),
      "families": said("By product family"),
      "targets": said("Targets"),
      "target": said("What is measured"),
      "targetLine": said("The line is the target"),
      "actual": said("Actual"),
      "aim": said("Target"),
      "attained": said("Attained"),
      "lifetimeValue": said("From revenue to lifetime value"),
      "plan": said("The plan"),
      "objectives": said("Objectives"),
      "tasks": said("Tasks by department"),
      "milestones": said("Milestones"),
      "nextSteps": said("Next steps"),
      "what": said("What"),
      "who": said("Who"),
      "when": said("When"),
      "opportunities": said("Where we could do more"),
      "people": said("People"),
    ]
  }

  private func portfolio() -> [String: String] {
    [
      "rankings": said("The best accounts"),
      "rank": said("Rank"),
      "account": said("Account"),
      "bar": said("Compared with the others"),
      "abc": said("Where the margin comes from"),
      "abcCaption": said("Share of margin in per cent, cumulated; accounts with the largest margin first."),
      "abcClass": said("Class"),
      "cumulated": said("Cumulated"),
      "lossMakers": said("Accounts that lose money"),
      "matrix": said("Attractiveness and our strength"),
      "matrixCaption": said("The area of a circle is the revenue. Numbers refer to the list below."),
      "attractiveness": said("Attractiveness"),
      "strength": said("Our strength"),
      "unplaced": said("Not placed"),
      "scoreByAccount": said("Net promoter score by account"),
      "interval": said("Score with its interval"),
      "forestNote": said("Accounts that share a rank cannot be told apart with 95 % confidence."),
      "healthBands": said("Accounts by health"),
      "attention": said("Accounts that need attention"),
      "why": said("Why"),
      "quarters": said("Quarter by quarter"),
      "products": said("Products by margin"),
      "product": said("Product"),
      "rate": said("Margin rate"),
      "strategies": said("What our strategies did"),
      "strategy": said("Strategy"),
      "cost": said("Cost"),
      "effect": said("Effect"),
    ]
  }

  func status(_ status: Pack.Status) -> String {
    switch status {
    case .good: said("Good")
    case .watch: said("Watch")
    case .poor: said("Poor")
    }
  }

  func meaning(_ meaning: Pack.Comparison.Meaning) -> String? {
    switch meaning {
    case .better: said("better")
    case .worse: said("worse")
    case .neutral: nil
    }
  }

  func milestone(_ state: Pack.Milestone.State) -> String {
    switch state {
    case .reached: said("Reached")
    case .ahead: said("Ahead")
    case .missed: said("Missed")
    }
  }

  func level(isMet: Bool) -> String { isMet ? said("Met") : said("Missed") }
}
