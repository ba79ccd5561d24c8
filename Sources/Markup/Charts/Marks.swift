import Pages

/// Small shapes before a word: of a status, a direction, a milestone. Their form tells them apart without
/// colour.
enum Marks {
  static func status(_ status: Pack.Status) -> String {
    switch status {
    case .good: mark("good", "<circle cx=\"6\" cy=\"6\" r=\"5\"/>")
    case .watch: mark("watch", "<path d=\"M6 1 11.5 11H.5Z\"/>")
    case .poor: mark("poor", "<path d=\"M1 1H11V11H1Z\"/>")
    }
  }

  static func direction(_ comparison: Pack.Comparison) -> String {
    let meaning =
      switch comparison.meaning {
      case .better: "good"
      case .worse: "poor"
      case .neutral: "neutral"
      }
    return switch comparison.direction {
    case .up: mark(meaning, "<path d=\"M6 1.5 11 10H1Z\"/>")
    case .down: mark(meaning, "<path d=\"M6 10.5 1 2H11Z\"/>")
    case .flat: mark(meaning, "<path d=\"M1 4.5H11V7.5H1Z\"/>")
    }
  }

  static func milestone(_ state: Pack.Milestone.State) -> String {
    switch state {
    case .reached: mark("good", "<path d=\"M6 .5 11.5 6 6 11.5 .5 6Z\"/>")
    case .ahead: mark("hollow", "<path d=\"M6 1.5 10.5 6 6 10.5 1.5 6Z\"/>")
    case .missed:
      mark(
        "poor", "<path d=\"M2.5 1 6 4.5 9.5 1 11 2.5 7.5 6 11 9.5 9.5 11 6 7.5 2.5 11 1 9.5 4.5 6 1 2.5Z\"/>")
    }
  }

  /// A square of a legend.
  static func swatch(_ name: String) -> String { mark("swatch \(name)", "<path d=\"M0 0H12V12H0Z\"/>") }

  private static func mark(_ name: String, _ shape: String) -> String {
    """
    <svg class="mark \(name)" aria-hidden="true" viewBox="0 0 12 12" width="10" height="10">\(shape)</svg>
    """
  }
}
