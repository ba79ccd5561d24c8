import Workbench

/// A row of values as small as a word: "▁▃▅▇".
///
/// - Returns: "" where the terminal shows nothing but ASCII, and where fewer than two values are known: a picture that says
///   nothing is not drawn.
func sparkline(_ values: [Double?], _ symbols: Symbols) -> String {
  let known = values.compactMap { $0 }
  guard symbols.isUnicode, symbols.showsPictures, known.count > 1, let least = known.min(),
    let greatest = known.max()
  else {
    return ""
  }
  let steps = Array("▁▂▃▄▅▆▇█")
  return String(
    values.map { value -> Character in
      guard let value else { return "·" }
      // What does not change is drawn in the middle.
      guard greatest > least else { return steps[3] }
      // Halves, or the distance of two doubles may be none.
      let share = (value / 2 - least / 2) / (greatest / 2 - least / 2)
      return steps[min(7, max(0, Int(share * 8)))]
    })
}

extension Symbols {
  /// A bar of `share` of `width` columns, with nothing behind it: rows of them compare.
  func length(_ share: Double, width: Int) -> String {
    guard showsPictures, share.isFinite, share > 0 else { return "" }
    let eighths = Int((min(1, share) * Double(width) * 8).rounded())
    guard isUnicode else { return String(repeating: "#", count: max(1, (eighths + 4) / 8)) }
    let rest = eighths % 8
    let ends = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let bar = String(repeating: "█", count: eighths / 8) + ends[rest]
    return bar.isEmpty ? ends[1] : bar
  }

  /// A bar in its frame: how much of a whole.
  func framed(_ share: Double, width: Int) -> String {
    showsPictures && share.isFinite ? bar(min(1, max(0, share)), width: width) : ""
  }
}
