import Pages

/// Amounts by quarter as columns, the latest one strong; credit notes hang below the line.
enum QuarterBars {
  /// - Parameter missing: What stands where a quarter has no amount.
  static func chart(
    _ quarters: [Pack.QuarterAmount], missing: String, title: String, description: String
  ) -> String {
    let range = Bars.range(
      of: quarters.compactMap(\.value) + quarters.compactMap { $0.creditNotes.map(below) })
    let plot = Plot(range: range)
    var body = ""
    for (index, quarter) in quarters.enumerated() {
      let slot = 1 / Double(quarters.count)
      let (from, to) = ((Double(index) + 0.17) * slot, (Double(index) + 0.83) * slot)
      body += column(quarter, from: from, to: to, plot: plot, isLast: index == quarters.count - 1)
      if quarter.value == nil { body += SVG.text(missing, "label", (from + to) / 2, plot.y(0) - 6) }
    }
    body += SVG.line("axis", 0, plot.y(0), 1, plot.y(0))
    body += QuarterAxis.labels(quarters.map(\.quarter), y: plot.bottom)
    return SVG.picture(
      "quarters", height: plot.bottom + QuarterAxis.heightPixels,
      widestPixels: QuarterAxis.widestPixels(quarters.count),
      title: title, description: description, body: body)
  }

  private static func column(
    _ quarter: Pack.QuarterAmount, from: Double, to: Double, plot: Plot, isLast: Bool
  ) -> String {
    var body = ""
    if let notes = quarter.creditNotes {
      body += SVG.rectangle(
        "credit", from: from, to: to, y: plot.y(0), height: plot.y(below(notes)) - plot.y(0))
    }
    guard let value = quarter.value else { return body }
    let (top, foot) = (plot.y(max(0, value)), plot.y(min(0, value)))
    let name = value < 0 ? "negative" : isLast ? "strong" : "plain"
    body += SVG.rectangle(name, from: from, to: to, y: top, height: foot - top)
    let lettering = isLast ? "value strong-text" : "value"
    return body
      + SVG.text(quarter.short, lettering, (from + to) / 2, value < 0 ? foot + 13 : top - 6, longest: 7)
  }

  private static func below(_ notes: Pack.Quantity) -> Double { -max(0, notes.value) }

  private struct Plot {
    let range: ClosedRange<Double>
    let top = 20.0
    let height = 132.0
    /// Room for the number of a negative quarter.
    var bottom: Double { top + height + (range.lowerBound < 0 ? 16 : 0) }

    func y(_ value: Double) -> Double {
      top + height * (1 - SVG.place(value, from: range.lowerBound, to: range.upperBound))
    }
  }
}
