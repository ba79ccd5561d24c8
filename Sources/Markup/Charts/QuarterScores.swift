import Pages

/// Promoter scores by quarter: points with their intervals as whiskers, on the whole scale, so that noise
/// looks small.
enum QuarterScores {
  static func chart(
    _ scores: [Pack.QuarterScore], missing: String, title: String, description: String
  ) -> String {
    let (top, bottom) = (18.0, 188.0)
    func y(_ value: Double) -> Double { bottom - (bottom - top) * SVG.place(value, from: -100, to: 100) }
    var body = ""
    for tick in IntervalScale.promoterTicks {
      body += SVG.line(tick.value == 0 ? "axis" : "grid", 0, y(tick.value), 1, y(tick.value))
      body += SVG.text(tick.text, "label", 0, y(tick.value) + 4, .end, shift: -8)
    }
    for (index, score) in scores.enumerated() {
      let x = QuarterAxis.middle(index, of: scores.count)
      guard let estimate = score.estimate, case .text(let text) = score.shown else {
        body += SVG.text(missing, "label", x, y(0) - 6)
        continue
      }
      if let low = estimate.low, let high = estimate.high {
        body += SVG.line("whisker", x, y(low), x, y(high))
      }
      let isLast = index == scores.count - 1
      body += SVG.dot(isLast ? "point" : "point past", x, y(estimate.value), radius: 5)
      let lettering = isLast ? "value strong-text" : "value"
      body += SVG.text(text, lettering, x, y(max(estimate.value, estimate.high ?? -100)) - 9, longest: 6)
    }
    body += QuarterAxis.labels(scores.map(\.quarter), y: bottom + 2)
    return SVG.picture(
      "quarters ruled", height: bottom + 2 + QuarterAxis.heightPixels,
      widestPixels: QuarterAxis.widestPixels(max(3, scores.count)),
      title: title, description: description, body: body)
  }
}
