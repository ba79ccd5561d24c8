import GRDB
import PlanModel
import SQLiteQuery
import SyncCore

/// Which records are deleted here, as this person sees it, so that what belongs to them is hidden with them, and what
/// belongs to that.
///
/// This is the one place that decides it: lists, pages, search, export, figures and the keys of imports all read through it.
/// One lives within one transaction.
final class Belonging {
  private let database: Database
  private let gone: Set<RecordID>
  /// Whether records that something belongs to are hidden themselves: few are asked for again and again.
  private var hidden: [RecordID: Bool] = [:]

  init(_ database: Database) throws {
    self.database = database
    // Edits that wait may have deleted or restored more.
    gone = Set(
      try Query(
        database,
        """
        SELECT id FROM overlay WHERE gone = 1 UNION ALL SELECT id FROM base WHERE gone = 1
          AND NOT EXISTS (SELECT 1 FROM overlay WHERE overlay.id = base.id AND overlay.scope = base.scope)
        """
      ).all { try $0.id(0) })
  }

  /// Whether what a record belongs to is deleted, or hidden itself.
  ///
  /// - Parameter register: One of its registers' bytes; nil when it is empty.
  func hides(
    _ kind: KindDescription?, in account: RecordID?, _ register: (UInt32) -> ArraySlice<UInt8>?
  ) throws -> Bool {
    guard !gone.isEmpty, let kind else { return false }
    if let account, kind.number != KindDescription.account.number, gone.contains(account) { return true }
    for owner in kind.owners {
      guard let encoded = register(owner.number), case .reference(let id)? = try? owner.type.decode(encoded)
      else { continue }
      if gone.contains(id) { return true }
      if owner.pointsToWhatBelongs, try isHidden(id, in: account) { return true }
    }
    return false
  }

  func hides(_ state: RecordState, in account: RecordID?) throws -> Bool {
    try hides(PlanModel.kind(state.kind), in: account) { state.body[$0] }
  }

  private func isHidden(_ id: RecordID, in account: RecordID?) throws -> Bool {
    if let known = hidden[id] { return known }
    // Should it lead back to itself, it belongs to nothing that is deleted.
    hidden[id] = false
    var query = try Query(
      database, "SELECT state FROM overlay WHERE id = ? UNION ALL SELECT state FROM base WHERE id = ? LIMIT 1"
    )
    try query.bind(id)
    try query.bind(id)
    let state = try query.first { try RecordState(decoding: $0.blob(0)) }
    let isHidden = try state.map { try hides($0, in: account) } ?? false
    hidden[id] = isHidden
    return isHidden
  }
}

extension RegisterDescription {
  /// Whether what it points to may itself belong to something.
  fileprivate var pointsToWhatBelongs: Bool {
    if case .reference(let target) = type { return PlanModel.kind(target)?.owners.isEmpty == false }
    return true
  }
}
