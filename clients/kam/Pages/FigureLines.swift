import Pages
import PlanModel
import Speech
import Views
import Wording
import Workbench

extension Workspace {
  /// Shows a report, or writes its document; then what is not in it, and how old all of it is.
  ///
  /// - Parameter report: Makes it; nil: there is nothing to tell of.
  func show(_ json: JSONOutput, _ report: () throws -> (any FigureReport)?) throws {
    if json.isWanted {
      guard let document = try figuresDocument(report) else { return }
      console.document(document.json.document)
      for sentence in document.notes { console.note(.verbatim(sentence), .dim) }
    } else {
      guard let page = try figuresPage(report) else { return }
      console.show(page)
      if let listed = page.listed { try remember(listed: listed.compactMap { RecordID($0) }) }
      for sentence in page.notes { console.note(.verbatim(sentence), .dim) }
    }
    try showAge()
  }
}

extension Console {
  /// The figures of a page; what is not in them belongs to the standard error.
  func show(_ page: FiguresPage) {
    var isBehindGap = false
    for block in page.blocks {
      let picture = picture(block)
      // The gap before a picture that is not drawn is none.
      if isBehindGap, picture?.isEmpty != true { show([Line("")]) }
      isBehindGap = block == .gap
      if let picture { show(picture) } else { show(block) }
    }
  }

  private func show(_ block: FiguresPage.Block) {
    func indented(_ text: String, _ level: Int) -> Phrase {
      .verbatim(String(repeating: "  ", count: level) + text)
    }
    switch block {
    case .title(let text): say(.verbatim(text), .strong)
    case .heading(let text):
      show([Line("")])
      say(.verbatim(text), .heading)
    case .text(let text, let level): say(indented(text, level))
    case .note(let text, let level): say(indented(text, level), .dim)
    case .check(let holds, let text): say(indented("\(symbols.check(holds)) \(text)", 1))
    case .table(let table): show(lines(table))
    case .matrix(let matrix): show(matrix)
    case .gap, .curve, .gauge: break
    }
  }

  // MARK: - Tables

  /// - Parameter letters: What each row is called in a picture; nil: there is no picture of it.
  private func lines(_ table: FigureTable, letters: [String]? = nil) -> Table {
    var lines = Table(
      (letters == nil ? [] : [.init(title: .nothing, isKey: true)])
        + table.columns.map { column in
          .init(
            title: .verbatim(column.title), isNumber: column.isNumber, shrinks: column.purpose == .title,
            isKey: column.purpose != .detail)
        })
    for (place, row) in table.rows.prefix(letters?.count ?? table.rows.count).enumerated() {
      lines.add(
        (letters.map { [$0[place]] } ?? []) + row.cells.map(text), style: row.isDim ? .dim : .plain)
    }
    return lines
  }

  private func text(_ cell: FigureTable.Cell) -> String {
    switch cell {
    case .text(let text): text
    case .bar(let share, let width): symbols.length(share, width: width)
    case .framed(let share, let width, let mark): symbols.framed(share, width: width, mark: mark)
    case .trend(let values): sparkline(values, symbols)
    case .rated(let rating, let text): "\(rating.sign(symbols)) \(text)"
    }
  }

  // MARK: - Pictures

  /// The lines of a picture, none where there is no room for it; nil: the block is not a picture alone.
  private func picture(_ block: FiguresPage.Block) -> [Line]? {
    switch block {
    case .curve(let curve): lines(curve)
    case .gauge(let gauge): lines(gauge)
    default: nil
    }
  }

  private func lines(_ gauge: ScoreGauge) -> [Line] {
    let room = min(41, (width ?? 60) - 16)
    guard room >= 11, symbols.showsPictures else { return [] }
    let line = PromoterGauge(value: gauge.value, interval: gauge.interval).line(width: room, symbols)
    return [Line("  " + line)]
  }

  private func lines(_ curve: ShareCurve) -> [Line] {
    let room = min(56, (width ?? 66) - 8)
    guard room >= 20, symbols.showsPictures, !curve.heights.isEmpty else { return [] }
    var plot = Plot(width: room, height: 11, symbols)
    plot.rule(vertical: curve.parts.map(\.end).filter { $0 < 1 }, horizontal: [])
    for column in 0..<room {
      let share = Double(column) / Double(room - 1)
      let place = Int((share * Double(curve.heights.count)).rounded(.up))
      let height = place == 0 ? 0 : curve.heights[min(place, curve.heights.count) - 1]
      plot.set(share, height, symbols.isUnicode ? "•" : "*")
    }
    var marks = [Character](repeating: " ", count: room)
    var start = 0.0
    for part in curve.parts {
      if start < 1, let mark = part.name.first {
        marks[min(room - 1, Int((start + part.end) / 2 * Double(room - 1)))] = mark
      }
      start = part.end
    }
    return plot.lines(labels: ("100 %", "0 %")).map { Line("  " + $0) } + [Line("         " + String(marks))]
  }

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

  /// The picture and its table. Without the picture there is nothing that the rest could be dots in.
  private func show(_ matrix: FigureMatrix) {
    guard symbols.showsPictures else {
      return show(lines(matrix.table, letters: matrix.points.map { _ in "" }))
    }
    let room = min(64, (width ?? 76) - 10)
    if room >= 24 {
      say(.verbatim(matrix.caption))
      show(lines(matrix.points, width: room))
    }
    show(lines(matrix.table, letters: Self.letters.map { String($0) }))
    let rest = matrix.points.count - Self.letters.count
    if rest > 0 { say("  … and \(rest) more, drawn as dots", .dim) }
  }

  private func lines(_ points: [FigureMatrix.Point], width: Int) -> [Line] {
    var plot = Plot(width: width, height: 19, symbols)
    plot.rule(vertical: [1 / 3, 2 / 3], horizontal: [1 / 3, 2 / 3])
    // The first are drawn last, over the others.
    for (place, point) in points.enumerated().reversed() {
      let sign = place < Self.letters.count ? Self.letters[place] : symbols.isUnicode ? "·" : "."
      plot.set(point.x, point.y, sign)
    }
    return plot.lines(labels: ("100 %", "0 %")).map { Line(" " + $0) }
  }
}

extension Symbols {
  /// Whether something holds.
  fileprivate func check(_ holds: Bool?) -> String {
    switch holds {
    case true?: isUnicode ? "✓" : "+"
    case false?: isUnicode ? "✗" : "-"
    case nil: "?"
    }
  }

  /// A bar in its frame, with a mark on it.
  fileprivate func framed(_ share: Double, width: Int, mark: Double?) -> String {
    var cells = Array(framed(share, width: width))
    if let mark, !cells.isEmpty {
      cells[min(cells.count - 1, Int(mark * Double(width)))] = isUnicode ? "┃" : "|"
    }
    return String(cells)
  }
}
