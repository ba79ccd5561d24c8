import GRDB
import PlanModel
import SQLiteQuery
import SyncCore

/// Which records are deleted here, as this person sees it, so that what belongs to them is hidden with them.
///
/// This is the one place that decides it: lists, pages, search, export, figures and the keys of imports all read through it.
struct Belonging {
  private let gone: Set<RecordID>

  init(_ database: Database) throws {
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

  /// Whether what a record belongs to is deleted.
  ///
  /// - Parameter register: One of its registers' bytes; nil when it is empty.
  func hides(
    _ kind: KindDescription?, in account: RecordID?, _ register: (UInt32) -> ArraySlice<UInt8>?
  ) -> Bool {
    guard !gone.isEmpty, let kind else { return false }
    if let account, kind.number != KindDescription.account.number, gone.contains(account) { return true }
    return kind.owners.contains { owner in
      guard let encoded = register(owner.number), case .reference(let id)? = try? owner.type.decode(encoded)
      else { return false }
      return gone.contains(id)
    }
  }

  func hides(_ state: RecordState, in account: RecordID?) -> Bool {
    hides(PlanModel.kind(state.kind), in: account) { state.body[$0] }
  }
}
