import PlanModel
import Wording

/// What became of each row of an import, or would.
struct ImportReport {
  /// What a field was, and what it becomes.
  struct FieldChange: Equatable {
    let field: RegisterDescription
    let from: String
    let to: String
  }

  enum Outcome: Equatable {
    case create
    /// What differs, and how a contact is reached besides.
    case update([FieldChange], points: [String])
    /// An event that was written down wrong is replaced.
    case correct([FieldChange])
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
      case .correct: "correct"
      case .duplicate: "duplicate"
      case .reject: "reject"
      case .ask: "ask"
      case .skip: "skip"
      }
    }

    static let names = ["create", "update", "correct", "duplicate", "reject", "ask", "skip"]
  }

  struct Entry {
    let place: Int
    let outcome: Outcome
    let record: RecordID?
    let title: String
  }

  private var entries: [Entry] = []
  private var counts: [String: Int] = [:]

  mutating func add(_ outcome: Outcome, _ place: Int, _ record: RecordID?, title: String = "") {
    entries.append(Entry(place: place, outcome: outcome, record: record, title: title))
    counts[outcome.name, default: 0] += 1
  }

  /// In the order of the file.
  var inOrder: [Entry] { entries.sorted { $0.place < $1.place } }

  func count(_ name: String) -> Int { counts[name] ?? 0 }

  var rejected: [(place: Int, reason: String)] {
    inOrder.compactMap { entry in
      switch entry.outcome {
      case .reject(let reason), .ask(let reason, _): (entry.place, reason)
      default: nil
      }
    }
  }
}
