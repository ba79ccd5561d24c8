extension Pack {
  package struct HealthPart: Equatable, Sendable {
    package var shown: Shown
    /// From 0 to 100.
    package var value: Double?
    package var status: Status?
    /// "84 % of the weights are known".
    package var coverage: String?
    package var components: [HealthComponent] = []

    package init(
      shown: Shown, value: Double? = nil, status: Status? = nil, coverage: String? = nil,
      components: [HealthComponent] = []
    ) {
      self.shown = shown
      self.value = value
      self.status = status
      self.coverage = coverage
      self.components = components
    }
  }

  package struct HealthComponent: Equatable, Sendable {
    package var name: String
    package var weight: Quantity
    package var score: Shown
    /// From 0 to 100.
    package var value: Double?

    package init(name: String, weight: Quantity, score: Shown, value: Double? = nil) {
      self.name = name
      self.weight = weight
      self.score = score
      self.value = value
    }
  }
}
