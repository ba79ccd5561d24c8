import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

extension Assessment {
  func sign(_ symbols: Symbols) -> String {
    switch self {
    case .good: symbols.isUnicode ? "●" : "+"
    case .watch: symbols.isUnicode ? "◐" : "~"
    case .poor: symbols.isUnicode ? "○" : "!"
    }
  }
}

// MARK: - Explaining

extension FigureSource {
  /// How a figure came about.
  func explain(_ figure: Figure, on console: Console) {
    console.say(.verbatim("    ") + figure.indicator.formula, .dim)
    let period: Phrase = "period \(period.spoken), as of \(cutOff.day.spoken)"
    console.say(.verbatim("    ") + "\(counted(figure.used.count, "record")) used; \(period)", .dim)
    for exclusion in figure.excluded {
      console.say(
        .verbatim("    ")
          + "\(counted(exclusion.records.count, "record")) left out: \(exclusion.reason.phrase)", .dim)
    }
    for part in figure.parts {
      console.say(
        .verbatim("    ") + "\(part.name): \(part.value?.spoken ?? "n/a") (n = \(part.n))", .dim)
    }
    if figure.late > 0 {
      console.say(
        .verbatim("    ") + "\(counted(figure.late, "record")) written down after the period had closed", .dim
      )
    }
  }

  /// What every list of figures ends with.
  func close(_ figures: [Figure]) throws {
    let console = Shell.current.console
    for sentence in try closingSentences(figures) { console.note(sentence, .dim) }
    console.note(try workbench.age(), .dim)
  }
}
