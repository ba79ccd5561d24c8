import Wording

/// A figure in one line.
package struct FigureLine: Equatable, Sendable, Encodable {
  package enum Rating: String, Sendable, Encodable {
    case good, watch, poor
  }

  package struct Assessment: Equatable, Sendable, Encodable {
    package let rating: Rating
    package let text: String

    package init(_ rating: Rating, text: String) {
      self.rating = rating
      self.text = text
    }
  }

  /// By which it can be asked for again.
  package let indicator: String
  package let name: String
  package let value: String
  /// "12 to 38"; empty where there is none.
  package let interval: String
  /// On how many records it rests: "n = 12".
  package let count: String
  package let assessment: Assessment?
  /// By quarters, the oldest first; nil where it is not known.
  package let trend: [Double?]

  package init(
    indicator: String, name: String, value: String, interval: String, count: String,
    assessment: Assessment?, trend: [Double?]
  ) {
    self.indicator = indicator
    self.name = name
    self.value = value
    self.interval = interval
    self.count = count
    self.assessment = assessment
    self.trend = trend
  }
}
