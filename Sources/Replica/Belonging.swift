import PlanModel
import SQLiteQuery
import SyncCore

/// Which records are deleted here, as this person sees it, so that what belongs to them is hidden with them, and what
/// belongs to that.
///
/// This is the one place that decides it: lists, pages, search, export, figures and the keys of imports all read through it.
/// One lives within one transaction, and as long as nothing is written in it.
final class Belonging {
  private unowned let reading: ReplicaReading
  /// In which scopes each of them is deleted: one of the same id elsewhere hides nothing here.
  private let gone: [RecordID: [Scope]]
  /// Whether records that something belongs to are hidden themselves: few are asked for again and again.
  private var hidden: [Place: Bool] = [:]

  private struct Place: Hashable {
    let id: RecordID
    let scope: Scope
  }

  init(_ reading: ReplicaReading) throws {
    self.reading = reading
    // Edits that wait may have deleted or restored more.
    let rows = try Query(
      reading.database,
      """
      SELECT scope, id FROM overlay WHERE gone = 1 UNION ALL SELECT scope, id FROM base WHERE gone = 1
        AND NOT EXISTS (SELECT 1 FROM overlay WHERE overlay.id = base.id AND overlay.scope = base.scope)
      """
    ).all { (scope: $0.integer(0), id: try $0.id(1)) }
    let scopes = rows.isEmpty ? [:] : try reading.scopeNames()
    gone = Dictionary(grouping: rows, by: \.id).mapValues { $0.compactMap { scopes[$0.scope] } }
  }

  private func isGone(_ id: RecordID, in places: [Scope]) -> Bool {
    gone[id]?.contains(where: places.contains) ?? false
  }

  /// Whether what a record belongs to is deleted, or hidden itself.
  ///
  /// - Parameter register: One of its registers' bytes; nil when it is empty.
  func hides(
    _ kind: KindDescription?, in scope: Scope, _ register: (UInt32) -> ArraySlice<UInt8>?
  ) throws -> Bool {
    guard !gone.isEmpty, let kind else { return false }
    if let account = scope.account, kind.number != KindDescription.account.number,
      isGone(account, in: [.plan(account)])
    {
      return true
    }
    for owner in kind.owners {
      guard let encoded = register(owner.number), case .reference(let id)? = try? owner.type.decode(encoded)
      else { continue }
      let isDeletedSomewhere = gone[id] != nil
      guard isDeletedSomewhere || owner.pointsToWhatBelongs else { continue }
      let places = owner.type.places(of: id, in: scope)
      if isDeletedSomewhere, isGone(id, in: places) { return true }
      if owner.pointsToWhatBelongs, try places.contains(where: { try isHidden(Place(id: id, scope: $0)) }) {
        return true
      }
    }
    return false
  }

  func hides(_ state: RecordState, in scope: Scope) throws -> Bool {
    try hides(PlanModel.kind(state.kind), in: scope) { state.body[$0] }
  }

  private func isHidden(_ place: Place) throws -> Bool {
    if let known = hidden[place] { return known }
    // Should it lead back to itself, it belongs to nothing that is deleted.
    hidden[place] = false
    let held = try reading.heldScope(place.scope)
    let state = try held.flatMap { try reading.standing(place.id, in: $0.number).state }
    let isHidden = try state.map { try hides($0, in: place.scope) } ?? false
    hidden[place] = isHidden
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
