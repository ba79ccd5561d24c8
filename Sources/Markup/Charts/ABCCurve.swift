import Pages

/// How much of the margin comes from how few accounts: cumulated shares, the largest first.
enum ABCCurve {
  static func chart(_ accounts: [Pack.ABCAccount], title: String, description: String) -> String {
    let classes = Pack.ABCAccount.Class.allCases.compactMap { Span(of: $0, in: accounts) }
    let areas = classes.map { area($0, accounts) }.joined()
    let curve = points(0...accounts.count, accounts)
    let body =
      grid()
        // A square stretched to the plot: shapes of many points cannot have per cent for coordinates.
        + """
        <svg y="\(SVG.number(top))" width="100%" height="\(SVG.number(bottom - top))" viewBox="0 0 100 100" \
        preserveAspectRatio="none">\(areas)<polyline class="curve" points="\(curve)"/></svg>
        """
      + SVG.line("axis", 0, bottom, 1, bottom)
      + classes.map { boundary($0, accounts) }.joined()
    return SVG.picture("abc ruled", height: bottom + 8, title: title, description: description, body: body)
  }

  private static let top = 30.0
  private static let bottom = 220.0

  /// The accounts of a class, which lie beside each other.
  private struct Span {
    let abcClass: Pack.ABCAccount.Class
    let accounts: Range<Int>

    init?(of abcClass: Pack.ABCAccount.Class, in accounts: [Pack.ABCAccount]) {
      guard let first = accounts.firstIndex(where: { $0.abcClass == abcClass }),
        let last = accounts.lastIndex(where: { $0.abcClass == abcClass })
      else { return nil }
      self.abcClass = abcClass
      self.accounts = first..<last + 1
    }
  }

  private static func y(_ share: Double) -> Double {
    bottom - (bottom - top) * SVG.place(share, from: 0, to: 1)
  }

  private static func x(_ count: Int, _ accounts: [Pack.ABCAccount]) -> Double {
    Double(count) / Double(accounts.count)
  }

  /// What so many accounts bring together; none bring nothing.
  private static func share(_ count: Int, _ accounts: [Pack.ABCAccount]) -> Double {
    count == 0 ? 0 : accounts[count - 1].cumulative.value
  }

  private static func points(_ counts: ClosedRange<Int>, _ accounts: [Pack.ABCAccount]) -> String {
    counts.map { count in
      let height = 1 - SVG.place(share(count, accounts), from: 0, to: 1)
      return "\(SVG.number(x(count, accounts) * 100)),\(SVG.number(height * 100))"
    }.joined(separator: " ")
  }

  private static func grid() -> String {
    [0.0, 0.5, 1].map { share in
      SVG.line("grid", 0, y(share), 1, y(share))
        + SVG.text(SVG.number(share * 100), "label", 0, y(share) + 4, .end, shift: -8)
    }.joined()
  }

  private static func area(_ span: Span, _ accounts: [Pack.ABCAccount]) -> String {
    let (from, to) = (span.accounts.lowerBound, span.accounts.upperBound)
    let left = SVG.number(x(from, accounts) * 100)
    let right = SVG.number(x(to, accounts) * 100)
    return """
      <polygon class="class-\(span.abcClass.rawValue.lowercased())" \
      points="\(left),100 \(points(from...to, accounts)) \(right),100"/>
      """
  }

  /// The letter above, and where the class ends a line with the share reached.
  private static func boundary(_ span: Span, _ accounts: [Pack.ABCAccount]) -> String {
    let end = span.accounts.upperBound
    let (from, to) = (x(span.accounts.lowerBound, accounts), x(end, accounts))
    let height = y(share(end, accounts))
    var body = SVG.text(span.abcClass.rawValue, "class-letter", (from + to) / 2, 14)
    if end < accounts.count { body += SVG.line("boundary", to, 4, to, bottom) }
    body += SVG.dot("point", to, height, radius: 4)
    // All have a hundred per cent, which the grid says.
    guard end < accounts.count else { return body }
    // Above the curve to the left is always room, save at the very left.
    let text = accounts[end - 1].cumulative.text
    return body
      + (to < 0.2
        ? SVG.text(text, "value", to, height + 16, .start, shift: 7)
        : SVG.text(text, "value", to, height - 8, .end, shift: -7))
  }
}
