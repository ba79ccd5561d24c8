import Speech
import Workbench

/// A field of characters to draw on, with a frame and the names of its axes.
struct Plot {
  private var cells: [[Character]]
  private let symbols: Symbols
  let width: Int
  let height: Int

  init(width: Int, height: Int, _ symbols: Symbols) {
    self.width = width
    self.height = height
    self.symbols = symbols
    cells = Array(repeating: Array(repeating: " ", count: width), count: height)
  }

  /// - Parameters:
  ///   - x: From the left, 0 to 1.
  ///   - y: From below, 0 to 1.
  mutating func set(_ x: Double, _ y: Double, _ character: Character) {
    guard let place = place(x, y) else { return }
    cells[place.row][place.column] = character
  }

  func character(_ x: Double, _ y: Double) -> Character? {
    place(x, y).map { cells[$0.row][$0.column] }
  }

  private func place(_ x: Double, _ y: Double) -> (row: Int, column: Int)? {
    guard x.isFinite, y.isFinite else { return nil }
    let column = min(width - 1, max(0, Int((x * Double(width - 1)).rounded())))
    let row = height - 1 - min(height - 1, max(0, Int((y * Double(height - 1)).rounded())))
    return (row, column)
  }

  /// Lines at these shares of each axis.
  mutating func rule(vertical: [Double], horizontal: [Double]) {
    let (bar, dash) = symbols.isUnicode ? ("│", "─") : ("|", "-")
    for share in horizontal {
      for column in 0..<width { set(Double(column) / Double(width - 1), share, Character(dash)) }
    }
    for share in vertical {
      for row in 0..<height { set(share, Double(row) / Double(height - 1), Character(bar)) }
    }
  }

  /// - Parameter labels: Beside the first and the last row.
  func lines(labels: (top: String, bottom: String) = ("", "")) -> [String] {
    let margin = max(columns(labels.top), columns(labels.bottom))
    let (side, corner, floor) = symbols.isUnicode ? ("│", "└", "─") : ("|", "+", "-")
    var lines = cells.enumerated().map { row, line in
      let label = row == 0 ? labels.top : row == height - 1 ? labels.bottom : ""
      return padded(label, to: margin, right: true) + " " + side + String(line)
    }
    lines.append(String(repeating: " ", count: margin + 1) + corner + String(repeating: floor, count: width))
    return lines
  }
}
