extension Pack {
  package struct BusinessPart: Equatable, Sendable {
    package var revenue: QuarterlyAmounts?
    package var families: [NamedAmount] = []
    package var targets: [TargetLine] = []
    package var forUs: BusinessForUs?

    package init(
      revenue: QuarterlyAmounts? = nil, families: [NamedAmount] = [], targets: [TargetLine] = [],
      forUs: BusinessForUs? = nil
    ) {
      self.revenue = revenue
      self.families = families
      self.targets = targets
      self.forUs = forUs
    }
  }

  package struct BusinessForUs: Equatable, Sendable {
    package var margin: QuarterlyAmounts?
    /// Margin rate, share of wallet and the like.
    package var figures: [HeadlineFigure] = []
    /// From revenue down to lifetime value.
    package var lifetimeValue: [WaterfallStep] = []

    package init(
      margin: QuarterlyAmounts? = nil, figures: [HeadlineFigure] = [], lifetimeValue: [WaterfallStep] = []
    ) {
      self.margin = margin
      self.figures = figures
      self.lifetimeValue = lifetimeValue
    }
  }

  /// Up to twelve quarters, the oldest first.
  package struct QuarterlyAmounts: Equatable, Sendable {
    /// "thousand EUR", of the short texts above the bars.
    package var unit: String
    package var quarters: [QuarterAmount] = []
    package var note: String?

    package init(unit: String, quarters: [QuarterAmount] = [], note: String? = nil) {
      self.unit = unit
      self.quarters = quarters
      self.note = note
    }
  }

  package struct QuarterAmount: Equatable, Sendable {
    package var quarter: Quarter
    /// Net of credit notes, so it may be below zero; nil where nothing is known.
    package var value: Double?
    /// "412", in the unit; at most five characters fit above a bar.
    package var short: String
    /// "412 300 EUR", or why there is none.
    package var shown: Shown
    /// As a value above zero; it is drawn under the line.
    package var creditNotes: Quantity?

    package init(
      quarter: Quarter, value: Double? = nil, short: String, shown: Shown, creditNotes: Quantity? = nil
    ) {
      self.quarter = quarter
      self.value = value
      self.short = short
      self.shown = shown
      self.creditNotes = creditNotes
    }
  }

  package struct NamedAmount: Equatable, Sendable {
    package var name: String
    package var amount: Quantity
    /// "38 %".
    package var share: String?

    package init(name: String, amount: Quantity, share: String? = nil) {
      self.name = name
      self.amount = amount
      self.share = share
    }
  }

  package struct TargetLine: Equatable, Sendable {
    package var name: String
    package var actual: Shown
    package var actualValue: Double?
    package var target: Quantity
    /// "96 %".
    package var attained: String?
    package var status: Status?

    package init(
      name: String, actual: Shown, actualValue: Double? = nil, target: Quantity, attained: String? = nil,
      status: Status? = nil
    ) {
      self.name = name
      self.actual = actual
      self.actualValue = actualValue
      self.target = target
      self.attained = attained
      self.status = status
    }
  }

  package struct WaterfallStep: Equatable, Sendable {
    package var name: String
    /// With its sign: what is deducted is below zero.
    package var amount: Quantity
    /// Where a sum stands, and the next step begins.
    package var isTotal = false

    package init(name: String, amount: Quantity, isTotal: Bool = false) {
      self.name = name
      self.amount = amount
      self.isTotal = isTotal
    }
  }
}
