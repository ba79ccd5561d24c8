import Pages

/// Quarters along the foot of a chart: each by its name, and below the first of each year the year.
enum QuarterAxis {
  static let heightPixels = 34.0

  /// Few quarters do not fill a wide column: bars as broad as the page say nothing more.
  static func widestPixels(_ count: Int) -> Double { Double(max(1, count)) * 76 }

  static func middle(_ index: Int, of count: Int) -> Double { (Double(index) + 0.5) / Double(max(1, count)) }

  static func labels(_ quarters: [Pack.Quarter], y: Double) -> String {
    var body = ""
    var year: String?
    for (index, quarter) in quarters.enumerated() {
      let x = middle(index, of: quarters.count)
      body += SVG.text(quarter.name, "label", x, y + 15, longest: 5)
      if quarter.year != year {
        // The last quarter of a year at the left end makes room for the year that follows at once.
        let isAlone = index == 0 && quarters.dropFirst().first.map { $0.year != quarter.year } ?? false
        body +=
          isAlone
          ? SVG.text(quarter.year, "label year", x, y + 29, .end, shift: 9, longest: 5)
          : SVG.text(quarter.year, "label year", x, y + 29, longest: 5)
      }
      year = quarter.year
    }
    return body
  }
}
