import Speech
import Wording
import Workbench

/// How far a long work is, at most ten times a second.
struct ProgressBar {
  let total: Int
  let unit: String
  private let began = ContinuousClock.now
  private var told = ContinuousClock.now

  init(total: Int, unit: String) {
    self.total = total
    self.unit = unit
  }

  /// - Returns: the line to show; nil when it is too early for another.
  mutating func reached(_ count: Int, _ console: Console) -> Phrase? {
    guard console.showsProgress, count % 64 == 0 else { return nil }
    let now = ContinuousClock.now
    guard now - told > .milliseconds(100) else { return nil }
    told = now
    let share = Double(count) / Double(max(1, total))
    let left = (now - began) / max(share, 0.001) * (1 - share)
    let width = 20
    let filled = Int(share * Double(width))
    let bar =
      console.symbols.isUnicode
      ? String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      : String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    return
      "\(bar) \(Int(share * 100)) %, \(count) of \(counted(total, unit)), \(Moments.span(Int64(left.components.seconds) * 1000 + 999)) left"
  }
}
