/// Parts of a whole in one bar, in the order in which a legend beside it names them.
enum StackedBar {
  struct Part {
    /// What it is painted as.
    var name: String
    var value: Double
    /// Written inside where there is room.
    var text: String = ""
  }

  /// - Parameter whole: What the full width stands for; nil: the parts together.
  static func bar(_ parts: [Part], whole: Double? = nil, height: Double = 22) -> String {
    SVG.decoration("stack", height: height, body: body(parts, whole: whole, height: height))
  }

  static func chart(_ parts: [Part], title: String, description: String) -> String {
    SVG.picture(
      "stack", height: 30, title: title, description: description,
      body: body(parts, whole: nil, height: 30))
  }

  private static func body(_ parts: [Part], whole: Double?, height: Double) -> String {
    let whole = whole ?? parts.reduce(0) { $0 + max(0, $1.value) }
    guard whole > 0 else { return SVG.rectangle("whole", from: 0, to: 1, y: 0, height: height) }
    var body = ""
    var from = 0.0
    for part in parts where part.value > 0 {
      let to = min(1, from + part.value / whole)
      body += SVG.rectangle("\(part.name) part", from: from, to: to, y: 0, height: height)
      if to - from >= 0.1, !part.text.isEmpty {
        body += SVG.text(part.text, "on-\(part.name)", (from + to) / 2, height / 2 + 4, longest: 7)
      }
      from = to
    }
    return body
  }
}
