extension Pack {
  package struct ServicePart: Equatable, Sendable {
    package var types: [RequestType] = []
    /// All types together.
    package var total: RequestType?
    /// Open requests, the youngest first.
    package var ageing: [Bucket] = []
    package var note: String?

    package init(
      types: [RequestType] = [], total: RequestType? = nil, ageing: [Bucket] = [], note: String? = nil
    ) {
      self.types = types
      self.total = total
      self.ageing = ageing
      self.note = note
    }
  }

  package struct RequestType: Equatable, Sendable {
    package var name: String
    package var opened: Quantity
    /// The share answered within the window, as text.
    package var answeredInWindow: Shown
    /// The same from 0 to 1.
    package var answeredShare: Double?
    /// "23 of 25".
    package var answeredCount: String?
    package var resolved: String
    package var firstAnswer: Shown
    /// Nil where no level was agreed.
    package var isLevelMet: Bool?
    /// What was agreed: "90 % within 8 h".
    package var level: String?

    package init(
      name: String, opened: Quantity, answeredInWindow: Shown, answeredShare: Double? = nil,
      answeredCount: String? = nil, resolved: String, firstAnswer: Shown, isLevelMet: Bool? = nil,
      level: String? = nil
    ) {
      self.name = name
      self.opened = opened
      self.answeredInWindow = answeredInWindow
      self.answeredShare = answeredShare
      self.answeredCount = answeredCount
      self.resolved = resolved
      self.firstAnswer = firstAnswer
      self.isLevelMet = isLevelMet
      self.level = level
    }
  }

  package struct Bucket: Equatable, Sendable {
    package var label: String
    package var count: Quantity

    package init(label: String, count: Quantity) {
      self.label = label
      self.count = count
    }
  }
}
