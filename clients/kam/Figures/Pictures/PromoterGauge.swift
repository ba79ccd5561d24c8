import Foundation
import Workbench

/// The scale from -100 to 100 with a point, and the interval around it.
///
///     -100 ├──────────┼──[━━●━━]──┤ +100
struct PromoterGauge {
  let value: Double
  let interval: ClosedRange<Double>?

  /// - Parameter width: Of the scale without its ends.
  func line(width: Int, _ symbols: Symbols) -> String {
    let signs =
      symbols.isUnicode
      ? (line: "─", zero: "┼", band: "━", point: "●", open: "├", close: "┤")
      : (line: "-", zero: "|", band: "=", point: "O", open: "|", close: "|")
    var cells = [String](repeating: signs.line, count: max(3, width))
    func place(_ value: Double) -> Int {
      let share = (min(100, max(-100, value)) + 100) / 200
      return min(cells.count - 1, max(0, Int((share * Double(cells.count - 1)).rounded())))
    }
    cells[place(0)] = signs.zero
    if let interval {
      for cell in place(interval.lowerBound)...place(interval.upperBound) { cells[cell] = signs.band }
    }
    cells[place(value)] = signs.point
    return "-100 \(signs.open)\(cells.joined())\(signs.close) +100"
  }
}
