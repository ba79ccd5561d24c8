/// What the packs are made of; a namespace, for the words are common.
package enum Pack {}

extension Pack {
  /// A number as it is written, and its value for the geometry.
  package struct Quantity: Equatable, Sendable {
    package var value: Double
    package var text: String

    package init(value: Double, text: String) {
      self.value = value
      self.text = text
    }
  }

  /// What is said of a figure: what it is, or why there is none. A figure that is missing is never zero.
  package enum Shown: Equatable, Sendable {
    case text(String)
    case missing(reason: String)
  }

  /// A point, and between which values it may as well be.
  package struct Estimate: Equatable, Sendable {
    package var value: Double
    package var low: Double?
    package var high: Double?

    package init(value: Double, low: Double? = nil, high: Double? = nil) {
      self.value = value
      self.low = low
      self.high = high
    }
  }

  /// "Q3" of "2026": apart, because a year is written once for its four quarters.
  package struct Quarter: Equatable, Sendable {
    package var name: String
    package var year: String

    package init(name: String, year: String) {
      self.name = name
      self.year = year
    }
  }

  package enum Status: Equatable, Sendable { case good, watch, poor }

  /// "+6 on Q2 2026".
  package struct Comparison: Equatable, Sendable {
    package enum Direction: Equatable, Sendable { case up, down, flat }
    package enum Meaning: Equatable, Sendable { case better, worse, neutral }
    package var text: String
    package var direction: Direction
    /// More is not always better: of complaints it is worse.
    package var meaning: Meaning

    package init(text: String, direction: Direction, meaning: Meaning) {
      self.text = text
      self.direction = direction
      self.meaning = meaning
    }
  }
}

// MARK: - Head and foot

extension Pack {
  package struct Head: Equatable, Sendable {
    /// Ours.
    package var organization: String
    /// The customer's name; for the portfolio, what is reviewed.
    package var subject: String
    /// "Q3 2026".
    package var period: String
    /// Dates, written.
    package var from: String
    package var to: String
    package var accountManager: String?
    package var privilegedContact: String?
    package var deputy: String?
    /// Two to four sentences.
    package var headlines: [String] = []

    package init(
      organization: String, subject: String, period: String, from: String, to: String,
      accountManager: String? = nil, privilegedContact: String? = nil, deputy: String? = nil,
      headlines: [String] = []
    ) {
      self.organization = organization
      self.subject = subject
      self.period = period
      self.from = from
      self.to = to
      self.accountManager = accountManager
      self.privilegedContact = privilegedContact
      self.deputy = deputy
      self.headlines = headlines
    }
  }

  package struct Footer: Equatable, Sendable {
    /// Nil while the pack is a draft, which the page then says.
    package var frozen: Frozen?
    package var asOf: String
    package var programVersion: String

    /// Where the records stood that the figures were made of.
    package struct Frozen: Equatable, Sendable {
      package var period: String
      package var planSequence: String?
      package var financeSequence: String?

      package init(period: String, planSequence: String? = nil, financeSequence: String? = nil) {
        self.period = period
        self.planSequence = planSequence
        self.financeSequence = financeSequence
      }
    }

    package init(frozen: Frozen? = nil, asOf: String, programVersion: String) {
      self.frozen = frozen
      self.asOf = asOf
      self.programVersion = programVersion
    }
  }

  package struct HeadlineFigure: Equatable, Sendable {
    package var label: String
    package var shown: Shown
    /// "n = 42, 95 % between 12 and 38".
    package var detail: String?
    package var comparison: Comparison?
    package var status: Status?
    /// By quarter, the oldest first; nil where there is none.
    package var history: [Double?] = []

    package init(
      label: String, shown: Shown, detail: String? = nil, comparison: Comparison? = nil,
      status: Status? = nil, history: [Double?] = []
    ) {
      self.label = label
      self.shown = shown
      self.detail = detail
      self.comparison = comparison
      self.status = status
      self.history = history
    }
  }
}
