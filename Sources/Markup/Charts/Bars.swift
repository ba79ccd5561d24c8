/// Bars that lie in the row of a table, beside the number they show.
enum Bars {
  /// - Parameter range: What all rows have in common; it holds nought.
  static func bar(_ value: Double?, in range: ClosedRange<Double>, isStrong: Bool = false) -> String {
    let zero = SVG.place(0, from: range.lowerBound, to: range.upperBound)
    guard let value else { return SVG.decoration("bar", height: 16, body: unknown) }
    let end = SVG.place(value, from: range.lowerBound, to: range.upperBound)
    let name = value < 0 ? "negative" : isStrong ? "strong" : "plain"
    let body =
      SVG.rectangle(name, from: min(zero, end), to: max(zero, end), y: 3, height: 10)
      + SVG.line("axis", zero, 1, zero, 15)
    return SVG.decoration("bar", height: 16, body: body)
  }

  /// Of a whole, which is drawn too.
  static func progress(_ fraction: Double?) -> String {
    guard let fraction else { return SVG.decoration("bar", height: 16, body: unknown) }
    let body =
      SVG.rectangle("whole", from: 0, to: 1, y: 5, height: 6)
      + SVG.rectangle("strong", from: 0, to: SVG.place(fraction, from: 0, to: 1), y: 5, height: 6)
    return SVG.decoration("bar", height: 16, body: body)
  }

  /// What was reached as a bar, the target as a line at four fifths; so targets in different units line up.
  static func bullet(_ value: Double?, target: Double) -> String {
    let goal = 0.8
    var body = unknown
    if let value, target > 0 {
      body = SVG.rectangle("whole", from: 0, to: 1, y: 3, height: 12)
      let end = SVG.place(value / target * goal, from: 0, to: 1)
      body += SVG.rectangle("strong", from: 0, to: end, y: 6, height: 6)
    }
    body += SVG.line("target", goal, 0, goal, 18)
    return SVG.decoration("bar", height: 18, body: body)
  }

  /// Where nothing is known: not an empty bar, which would say nought.
  private static let unknown = SVG.line("unknown", 0, 8, 1, 8)

  /// A step of a waterfall, from one height to the next.
  static func step(
    from start: Double, to end: Double, in range: ClosedRange<Double>, isTotal: Bool
  ) -> String {
    let (first, last) = (
      SVG.place(start, from: range.lowerBound, to: range.upperBound),
      SVG.place(end, from: range.lowerBound, to: range.upperBound)
    )
    let zero = SVG.place(0, from: range.lowerBound, to: range.upperBound)
    let name = isTotal ? (end < 0 ? "negative" : "strong") : end < start ? "negative" : "plain"
    var body = SVG.line("axis", zero, 0, zero, 24)
    body += SVG.rectangle(name, from: min(first, last), to: max(first, last), y: 4, height: 14)
    body += SVG.line("link", last, 18, last, 24)
    return SVG.decoration("bar step", height: 24, body: body)
  }

  /// Values that have nought in common; never an empty range.
  static func range(of values: [Double]) -> ClosedRange<Double> {
    let known = values.filter(\.isFinite)
    let (low, high) = (min(0, known.min() ?? 0), max(0, known.max() ?? 0))
    return low < high ? low...high : 0...1
  }
}
