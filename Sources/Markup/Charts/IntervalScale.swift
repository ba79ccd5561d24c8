import Pages

/// A point on a scale with its interval as a band.
///
/// The band is wider than it is dark, and the point small: what is not known well must not look as if it
/// were.
enum IntervalScale {
  struct Tick {
    var value: Double
    var text: String
  }

  /// From −100 to 100, as promoter scores are.
  static let promoterTicks = [
    Tick(value: -100, text: "−100"), Tick(value: -50, text: "−50"), Tick(value: 0, text: "0"),
    Tick(value: 50, text: "+50"), Tick(value: 100, text: "+100"),
  ]

  /// With its ticks below.
  static func chart(_ estimate: Pack.Estimate, ticks: [Tick], title: String, description: String) -> String {
    let scale = Scale(ticks)
    var body = SVG.line("axis", 0, 16, 1, 16)
    for tick in ticks {
      let x = scale.place(tick.value)
      body += SVG.line("tick", x, 10, x, 22)
      body += SVG.text(tick.text, "label", x, 40, anchor(at: x))
    }
    body += mark(estimate, on: scale, y: 16, halfHeight: 9, radius: 6)
    return SVG.picture("scale", height: 46, title: title, description: description, body: body)
  }

  /// A row of a forest, as high as the style sheet makes it; the ticks stand in the head of the table.
  static func row(_ estimate: Pack.Estimate?, ticks: [Tick]) -> String {
    let scale = Scale(ticks)
    var body = ""
    for tick in ticks {
      let x = scale.place(tick.value)
      body += """
        <line class="\(tick.value == 0 ? "axis" : "grid")" x1="\(SVG.percent(x))" x2="\(SVG.percent(x))" \
        y2="100%"/>
        """
    }
    if let estimate {
      let mark = mark(estimate, on: scale, y: 0, halfHeight: 4, radius: 4.5)
      body += "<svg class=\"middle\" y=\"50%\" width=\"100%\" height=\"1\">\(mark)</svg>"
    }
    return SVG.decoration("scale", height: 26, body: body)
  }

  /// The head of a forest.
  static func head(ticks: [Tick]) -> String {
    let scale = Scale(ticks)
    var body = ""
    for tick in ticks {
      let x = scale.place(tick.value)
      body += SVG.text(tick.text, "label", x, 12, anchor(at: x))
    }
    return SVG.decoration("scale", height: 16, body: body)
  }

  private static func mark(
    _ estimate: Pack.Estimate, on scale: Scale, y: Double, halfHeight: Double, radius: Double
  ) -> String {
    var body = ""
    if let low = estimate.low, let high = estimate.high {
      let (from, to) = (scale.place(low), scale.place(high))
      body += SVG.rectangle("band", from: from, to: to, y: y - halfHeight, height: halfHeight * 2)
      body += SVG.line("whisker", from, y - halfHeight, from, y + halfHeight)
      body += SVG.line("whisker", to, y - halfHeight, to, y + halfHeight)
    }
    return body + SVG.dot("point", scale.place(estimate.value), y, radius: radius)
  }

  /// The outermost labels stay inside.
  private static func anchor(at x: Double) -> SVG.Anchor { x <= 0 ? .start : x >= 1 ? .end : .middle }

  private struct Scale {
    let from: Double
    let to: Double

    init(_ ticks: [Tick]) {
      from = ticks.first?.value ?? 0
      to = ticks.last?.value ?? 1
    }

    func place(_ value: Double) -> Double { SVG.place(value, from: from, to: to) }
  }
}
