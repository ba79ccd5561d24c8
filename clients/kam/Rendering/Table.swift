import Speech
import Wording
import Workbench

/// Rows that fit the terminal.
///
/// Too wide, the first shrinking column shrinks; then columns go from the right; on a narrow terminal each row becomes
/// two lines. Piped, nothing is left out.
struct Table {
  struct Column {
    let title: Phrase
    var isNumber = false
    /// Gives way first, down to ``Table/shrunkWidthMin``.
    var shrinks = false
    /// Stays on the first line of a narrow row, and is never dropped.
    var isKey = false
  }

  /// A text that was made visible, with the columns that it takes: it is measured once.
  private struct Cell {
    let text: String
    let width: Int

    init(_ text: String) {
      self.text = text
      width = Speech.columns(text)
    }

    func fitted(to room: Int, ellipsis: String) -> Cell {
      width <= room ? self : Cell(Speech.fitted(text, to: room, ellipsis: ellipsis))
    }
  }

  let columns: [Column]
  private(set) var rows: [[String]] = []
  private(set) var styles: [Style] = []

  static let shrunkWidthMin = 20
  /// Below this, rows of two lines say more than a few columns.
  static let narrowWidthMax = 60

  init(_ columns: [Column]) { self.columns = columns }

  /// - Parameter cells: One for each column, as it came; made visible here.
  mutating func add(_ cells: [String], style: Style = .plain) {
    rows.append(cells)
    styles.append(style)
  }

  func lines(for console: Console) -> [Line] {
    let cells = rows.map { $0.map { Cell(console.visible($0)) } }
    // A column that is empty in every row tells nothing.
    let filled = columns.indices.filter { column in
      columns[column].isKey || cells.contains { $0[column].width > 0 }
    }
    var widths = columns.indices.map { column in
      max(Speech.columns(console.said(columns[column].title)), cells.lazy.map { $0[column].width }.max() ?? 0)
    }
    guard let width = console.width else { return grid(cells, filled, widths, console) }
    var shown = filled
    func total() -> Int { shown.reduce(0) { $0 + widths[$1] } + 2 * max(0, shown.count - 1) }
    if let shrinking = shown.first(where: { columns[$0].shrinks }), total() > width {
      widths[shrinking] = max(
        min(widths[shrinking], Self.shrunkWidthMin), widths[shrinking] - (total() - width))
    }
    if total() > width, width < Self.narrowWidthMax { return narrow(cells, filled, width, console) }
    while total() > width, let last = shown.last(where: { !columns[$0].isKey }) {
      shown.removeAll { $0 == last }
    }
    return grid(cells, shown, widths, console)
  }

  private func grid(_ cells: [[Cell]], _ shown: [Int], _ widths: [Int], _ console: Console) -> [Line] {
    let titles = columns.map { Cell(console.said($0.title)) }
    var lines = [Line(join(titles, shown, widths, console), .heading)]
    lines.reserveCapacity(cells.count + 1)
    for (row, style) in zip(cells, styles) {
      lines.append(Line(join(row, shown, widths, console), style))
    }
    return lines
  }

  private func join(_ row: [Cell], _ shown: [Int], _ widths: [Int], _ console: Console) -> String {
    var line = ""
    line.reserveCapacity(shown.reduce(0) { $0 + widths[$1] + 2 })
    // Spaces are owed until something stands behind them: none ends a line.
    var owed = 0
    for (place, column) in shown.enumerated() {
      if place > 0 { owed += 2 }
      let cell = row[column].fitted(to: widths[column], ellipsis: console.symbols.ellipsis)
      let room = max(0, widths[column] - cell.width)
      if columns[column].isNumber { owed += room }
      if cell.width > 0 {
        line += String(repeating: " ", count: owed) + cell.text
        owed = 0
      }
      if !columns[column].isNumber { owed += room }
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// First the keys and the shrinking column, below them the rest.
  private func narrow(_ rows: [[Cell]], _ shown: [Int], _ width: Int, _ console: Console) -> [Line] {
    let cells = rows.map { $0.map(\.text) }
    let first = shown.filter { columns[$0].isKey || columns[$0].shrinks }
    let second = shown.filter { !first.contains($0) }
    let numbers = first.filter { columns[$0].isNumber }.map { column in
      cells.map { $0[column].count }.max() ?? 0
    }
    let indent = min(4, (numbers.first ?? 1) + 1)
    return zip(cells, styles).flatMap { row, style in
      // The number that follows a long name must not be what is cut.
      let others = first.filter { !columns[$0].shrinks }.map { row[$0] }.filter { !$0.isEmpty }
      let room = max(8, width - others.reduce(0) { $0 + Speech.columns($1) + 1 })
      let head = first.enumerated().map { place, column in
        columns[column].isNumber && place == 0
          ? padded(row[column], to: numbers[min(place, numbers.count - 1)], right: true)
          : columns[column].shrinks
            ? fitted(row[column], to: room, ellipsis: console.symbols.ellipsis) : row[column]
      }.filter { !$0.isEmpty }.joined(separator: " ")
      let rest = second.map { row[$0] }.filter { !$0.isEmpty }.joined(separator: " \(console.symbols.dot) ")
      var lines = [Line(fitted(head, to: width, ellipsis: console.symbols.ellipsis), style)]
      if !rest.isEmpty {
        lines += wrapped(rest, to: width - indent).map {
          Line(String(repeating: " ", count: indent) + $0, .dim)
        }
      }
      return lines
    }
  }
}
