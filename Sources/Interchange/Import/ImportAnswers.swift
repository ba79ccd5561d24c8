import PlanModel

/// What is done with a row that is likely to be about a record that is here.
package enum LikelyAnswer: String {
  case new, skip, ask
}

/// What the command line says of rows that may be about a record that is here.
package struct ImportAnswers {
  /// By line.
  package var same: [Int: Same] = [:]
  package var new: Set<Int> = []
  package var likely = LikelyAnswer.ask
  /// What happened is not edited: an event that is here and says otherwise is deleted, and made anew.
  package var correctsEvents = false

  package init() {}

  package enum Same: Equatable {
    case record(RecordID)
    /// What the row of another line is about.
    case line(Int)
  }

  var linesNamed: Set<Int> {
    Set(same.values.compactMap { if case .line(let line) = $0 { line } else { nil } })
  }
}
