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

  /// By the name of the outcome; of a hundred thousand rows not more is kept than is told.
  private var entries: [String: [Entry]] = [:]
  private var counts: [String: Int] = [:]
  private let keepsAll: Bool
  private let keepsRejected: Bool

  /// - Parameters:
  ///   - keepsAll: For programs, which are told of every row.
  ///   - keepsRejected: What is rejected is written out.
  init(keepsAll: Bool, keepsRejected: Bool) {
    self.keepsAll = keepsAll
    self.keepsRejected = keepsRejected
  }

  mutating func add(_ outcome: Outcome, _ place: Int, _ record: RecordID?, title: String = "") {
    let name = outcome.name
    counts[name, default: 0] += 1
    guard keeps(outcome, place) else { return }
    entries[name, default: []].append(Entry(place: place, outcome: outcome, record: record, title: title))
    guard let most = most(of: outcome), let count = entries[name]?.count, count >= most else { return }
    entries[name]?.sort { $0.place < $1.place }
    entries[name]?.removeLast(count - most)
  }

  /// Whether what became of a row is told by itself, as far as is known after those before it.
  func keeps(_ outcome: Outcome, _ place: Int) -> Bool {
    guard let most = most(of: outcome) else { return true }
    guard let kept = entries[outcome.name], kept.count >= most else { return most > 0 }
    return kept.last.map { place < $0.place } ?? false
  }

  /// - Returns: nil: all.
  private func most(of outcome: Outcome) -> Int? {
    guard !keepsAll else { return nil }
    switch outcome {
    case .reject, .ask: return keepsRejected ? nil : Self.rowsToldMax
    default: return outcome.toldMax
    }
  }

  /// Rows told one by one; the rest is counted.
  static let rowsToldMax = 40

  /// What is kept, in the order of the file.
  var inOrder: [Entry] { entries.values.joined().sorted { $0.place < $1.place } }

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

extension ImportReport.Outcome {
  /// So many of them are told one by one to a person: of what is new the first, of what is here none.
  var toldMax: Int {
    switch self {
    case .create: 10
    case .duplicate, .skip: 0
    default: ImportReport.rowsToldMax
    }
  }
}
