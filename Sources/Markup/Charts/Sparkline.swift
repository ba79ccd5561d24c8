/// How a figure went, without axes: the card beside it has the number.
enum Sparkline {
  /// How the last value that is known compares with the first.
  enum Course { case up, down, level }

  /// Nil when fewer than two are known.
  static func course(_ values: [Double?]) -> Course? {
    let known = values.compactMap(\.self).filter(\.isFinite)
    guard known.count > 1, let first = known.first, let last = known.last else { return nil }
    return last > first ? .up : last < first ? .down : .level
  }

  /// - Parameter values: The oldest first; where one is nil, the line has a gap.
  /// - Returns: nil when fewer than two are known, for there is no way to see then.
  static func chart(_ values: [Double?], title: String, description: String) -> String? {
    let known = values.compactMap(\.self).filter(\.isFinite)
    guard known.count > 1, let low = known.min(), let high = known.max() else { return nil }
    let points: [(x: Double, y: Double)?] = values.enumerated().map { index, value in
      guard let value, value.isFinite else { return nil }
      let height = high > low ? SVG.place(value, from: low, to: high) : 0.5
      return (0.02 + 0.96 * Double(index) / Double(values.count - 1), 26 - 22 * height)
    }
    var body = ""
    for (first, second) in zip(points, points.dropFirst()) {
      guard let first, let second else { continue }
      body += SVG.line("spark", first.x, first.y, second.x, second.y)
    }
    for (index, point) in points.enumerated() {
      guard let point else { continue }
      let isLast = index == points.count - 1
      body += SVG.dot(isLast ? "point" : "trace", point.x, point.y, radius: isLast ? 3.5 : 1.5)
    }
    return SVG.picture(
      "sparkline", height: 30, title: title, description: description, body: body)
  }
}
