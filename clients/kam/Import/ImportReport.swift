import PlanModel
import Wording

/// What became of each row of an import, or would.
struct ImportReport {
  enum Outcome: Equatable {
    case create
    /// The labels of what differs.
    case update([String])
    /// It is here already, and says the same.
    case duplicate
    case reject(String)
    /// Perhaps one of these, which are named with how to answer.
    case ask(String, [RecordID])
    /// Likely to be one that is here, and left out as was asked.
    case skip

    /// For programs.
    var name: String {
      switch self {
      case .create: "create"
      case .update: "update"
      case .duplicate: "duplicate"
      case .reject: "reject"
      case .ask: "ask"
      case .skip: "skip"
      }
    }
  }

  struct Entry {
    let place: Int
    let outcome: Outcome
    let record: RecordID?
  }

  private var entries: [Entry] = []

  mutating func add(_ outcome: Outcome, _ place: Int, _ record: RecordID?) {
    entries.append(Entry(place: place, outcome: outcome, record: record))
  }

  /// In the order of the file.
  var inOrder: [Entry] { entries.sorted { $0.place < $1.place } }

  func count(_ name: String) -> Int { entries.lazy.filter { $0.outcome.name == name }.count }

  var rejected: [(place: Int, reason: String)] {
    inOrder.compactMap { entry in
      switch entry.outcome {
      case .reject(let reason), .ask(let reason, _): (entry.place, reason)
      default: nil
      }
    }
  }
}
