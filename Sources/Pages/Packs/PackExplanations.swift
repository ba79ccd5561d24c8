extension Pack {
  package struct Explanation: Equatable, Sendable {
    package var figure: String
    package var formula: String
    package var period: String?
    /// What was counted or asked.
    package var n: String?
    package var used: String?
    package var leftOut: [LeftOut] = []

    package init(
      figure: String, formula: String, period: String? = nil, n: String? = nil, used: String? = nil,
      leftOut: [LeftOut] = []
    ) {
      self.figure = figure
      self.formula = formula
      self.period = period
      self.n = n
      self.used = used
      self.leftOut = leftOut
    }
  }

  package struct LeftOut: Equatable, Sendable {
    package var reason: String
    package var count: String

    package init(reason: String, count: String) {
      self.reason = reason
      self.count = count
    }
  }

  package struct ChangesPart: Equatable, Sendable {
    /// Which pack it is compared with.
    package var since: String
    package var changes: [FigureChange] = []

    package init(since: String, changes: [FigureChange] = []) {
      self.since = since
      self.changes = changes
    }
  }

  package struct FigureChange: Equatable, Sendable {
    package var figure: String
    package var before: String
    package var after: String
    package var reason: String?

    package init(figure: String, before: String, after: String, reason: String? = nil) {
      self.figure = figure
      self.before = before
      self.after = after
      self.reason = reason
    }
  }
}
