import Wording

/// Figures, from top to bottom: sentences, tables, pictures.
package struct FiguresPage: Equatable, Sendable {
  package enum Block: Equatable, Sendable {
    case title(String)
    case heading(String)
    /// - level: How deep it stands below what comes before it.
    case text(String, level: Int = 0)
    /// Beside the matter: how a figure was made, how many more there are.
    case note(String, level: Int = 0)
    /// A condition, and whether it holds; nil: it is not known.
    case check(Bool?, String)
    /// Between parts; none stands before a picture that is not drawn.
    case gap
    case table(FigureTable)
    case curve(ShareCurve)
    case gauge(ScoreGauge)
    case matrix(FigureMatrix)
  }

  package let blocks: [Block]
  /// What is not in the figures, and what came late.
  package let notes: [String]
  /// The records whose lines can be named by their number afterwards; nil: those of the list before.
  package let listed: [String]?

  package init(blocks: [Block], notes: [String], listed: [String]?) {
    self.blocks = blocks
    self.notes = notes
    self.listed = listed
  }
}

/// Figures in rows.
package struct FigureTable: Equatable, Sendable {
  package struct Column: Equatable, Sendable {
    package let title: String
    package let isNumber: Bool
    package let purpose: ListPage.Column.Purpose

    package init(title: String, isNumber: Bool = false, purpose: ListPage.Column.Purpose = .detail) {
      self.title = title
      self.isNumber = isNumber
      self.purpose = purpose
    }
  }

  package enum Cell: Equatable, Sendable {
    case text(String)
    /// A bar with nothing behind it: rows of them compare.
    ///
    /// - width: That of the longest, in letters.
    case bar(share: Double, width: Int)
    /// How much of a whole; with a mark, such as how much of the time has passed, both of one.
    case framed(share: Double, width: Int, mark: Double? = nil)
    /// The oldest first; nil where it is not known.
    case trend([Double?])
    case rated(FigureLine.Rating, String)

    package static let empty = Cell.text("")
  }

  package struct Row: Equatable, Sendable {
    /// One for each column.
    package let cells: [Cell]
    /// What has no value, or is only a part of another row.
    package let isDim: Bool

    package init(_ cells: [Cell], isDim: Bool = false) {
      self.cells = cells
      self.isDim = isDim
    }
  }

  package let columns: [Column]
  package var rows: [Row]

  package init(_ columns: [Column], rows: [Row] = []) {
    self.columns = columns
    self.rows = rows
  }

  package mutating func add(_ cells: [Cell], isDim: Bool = false) { rows.append(Row(cells, isDim: isDim)) }
}

// MARK: - Pictures

/// What the first so many bring of the whole: to the right how many, upwards how much.
package struct ShareCurve: Equatable, Sendable {
  /// A stretch of the way to the right.
  package struct Part: Equatable, Sendable {
    package let name: String
    /// Where it ends, of one.
    package let end: Double

    package init(name: String, end: Double) {
      self.name = name
      self.end = end
    }
  }

  /// What the first, the first two, … bring together, of one.
  package let heights: [Double]
  package let parts: [Part]

  package init(heights: [Double], parts: [Part]) {
    self.heights = heights
    self.parts = parts
  }
}

/// A point between -100 and 100, with the interval around it.
package struct ScoreGauge: Equatable, Sendable {
  package let value: Double
  package let interval: ClosedRange<Double>?

  package init(value: Double, interval: ClosedRange<Double>?) {
    self.value = value
    self.interval = interval
  }
}

/// Where things stand by two measures; each axis is in thirds.
package struct FigureMatrix: Equatable, Sendable {
  package struct Point: Equatable, Sendable {
    /// To the right, of one.
    package let x: Double
    /// Upwards, of one.
    package let y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// Which measure goes which way.
  package let caption: String
  package let points: [Point]
  /// A row for each point, in the same order.
  package let table: FigureTable

  package init(caption: String, points: [Point], table: FigureTable) {
    self.caption = caption
    self.points = points
    self.table = table
  }
}
