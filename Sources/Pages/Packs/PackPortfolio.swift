extension Pack {
  package struct Ranking: Equatable, Sendable {
    /// "Margin", "NPS"; heads the column of values.
    package var measure: String
    package var rows: [RankedAccount] = []
    package var note: String?

    package init(measure: String, rows: [RankedAccount] = [], note: String? = nil) {
      self.measure = measure
      self.rows = rows
      self.note = note
    }
  }

  package struct RankedAccount: Equatable, Sendable {
    /// "2="; nil where there is nothing to rank by.
    package var rank: String?
    package var name: String
    package var shown: Shown
    package var value: Double?
    package var share: String?

    package init(rank: String? = nil, name: String, shown: Shown, value: Double? = nil, share: String? = nil)
    {
      self.rank = rank
      self.name = name
      self.shown = shown
      self.value = value
      self.share = share
    }
  }

  package struct ABCPart: Equatable, Sendable {
    /// By margin, the largest first; without those that lose.
    package var accounts: [ABCAccount] = []
    package var lossMakers: [NamedAmount] = []

    package init(accounts: [ABCAccount] = [], lossMakers: [NamedAmount] = []) {
      self.accounts = accounts
      self.lossMakers = lossMakers
    }
  }

  package struct ABCAccount: Equatable, Sendable {
    package enum Class: String, CaseIterable, Equatable, Sendable { case a = "A", b = "B", c = "C" }
    package var name: String
    package var margin: Quantity
    /// From 0 to 1, this account's included.
    package var cumulative: Quantity
    package var abcClass: Class

    package init(name: String, margin: Quantity, cumulative: Quantity, abcClass: Class) {
      self.name = name
      self.margin = margin
      self.cumulative = cumulative
      self.abcClass = abcClass
    }
  }

  package struct MatrixPart: Equatable, Sendable {
    package var points: [MatrixPoint] = []
    package var unplaced: [Unplaced] = []

    package init(points: [MatrixPoint] = [], unplaced: [Unplaced] = []) {
      self.points = points
      self.unplaced = unplaced
    }
  }

  package struct MatrixPoint: Equatable, Sendable {
    package var name: String
    /// From 0 to 1, upwards.
    package var attractiveness: Quantity
    /// From 0 to 1, to the right.
    package var strength: Quantity
    package var revenue: Quantity

    package init(name: String, attractiveness: Quantity, strength: Quantity, revenue: Quantity) {
      self.name = name
      self.attractiveness = attractiveness
      self.strength = strength
      self.revenue = revenue
    }
  }

  package struct Unplaced: Equatable, Sendable {
    package var name: String
    package var reason: String

    package init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  package struct AccountScore: Equatable, Sendable {
    /// Equal ranks are of scores that cannot be told apart.
    package var rank: String?
    package var name: String
    package var shown: Shown
    package var estimate: Estimate?
    /// "n = 42, 95 % between 12 and 38".
    package var detail: String?

    package init(
      rank: String? = nil, name: String, shown: Shown, estimate: Estimate? = nil, detail: String? = nil
    ) {
      self.rank = rank
      self.name = name
      self.shown = shown
      self.estimate = estimate
      self.detail = detail
    }
  }

  package struct HealthOverview: Equatable, Sendable {
    /// The best first.
    package var bands: [HealthBand] = []
    package var attention: [AttentionLine] = []
    package var note: String?

    package init(bands: [HealthBand] = [], attention: [AttentionLine] = [], note: String? = nil) {
      self.bands = bands
      self.attention = attention
      self.note = note
    }
  }

  package struct HealthBand: Equatable, Sendable {
    package var label: String
    package var status: Status?
    package var count: Quantity

    package init(label: String, status: Status? = nil, count: Quantity) {
      self.label = label
      self.status = status
      self.count = count
    }
  }

  package struct AttentionLine: Equatable, Sendable {
    package var name: String
    package var score: Shown
    package var status: Status?
    package var reasons: [String] = []

    package init(name: String, score: Shown, status: Status? = nil, reasons: [String] = []) {
      self.name = name
      self.score = score
      self.status = status
      self.reasons = reasons
    }
  }

  package struct ProductLine: Equatable, Sendable {
    package var name: String
    package var revenue: Quantity
    package var margin: Quantity
    package var rate: Shown

    package init(name: String, revenue: Quantity, margin: Quantity, rate: Shown) {
      self.name = name
      self.revenue = revenue
      self.margin = margin
      self.rate = rate
    }
  }

  package struct StrategyLine: Equatable, Sendable {
    package var name: String
    package var cost: String
    package var margin: Shown
    package var effect: Shown
    /// "31 accounts, 44 compared with".
    package var counts: String?

    package init(name: String, cost: String, margin: Shown, effect: Shown, counts: String? = nil) {
      self.name = name
      self.cost = cost
      self.margin = margin
      self.effect = effect
      self.counts = counts
    }
  }
}
