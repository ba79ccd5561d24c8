import PlanModel
import SyncCore

/// What the edits of one transaction need to know besides the records they change, read once for all of them.
///
/// An import stores thousands of edits in one transaction, which point to the same few products and lie in the same few
/// accounts.
final class EditSeries {
  let transaction: ReplicaTransaction
  let identity: Identity
  /// With the edits so far; the table has it at the end.
  private(set) var progress: Progress
  private var held: [Scope: HeldScope] = [:]
  private var standings: [Scope: Standing] = [:]
  private var targets: [Scope: [RecordID: ReferenceTarget?]] = [:]

  /// - Throws: ``ReplicaError/notJoined``
  init(_ transaction: ReplicaTransaction) throws {
    self.transaction = transaction
    identity = try transaction.identity()
    progress = try transaction.progress()
  }

  func heldScope(_ scope: Scope) throws -> HeldScope? {
    if let known = held[scope] { return known }
    let found = try transaction.heldScope(scope)
    held[scope] = found
    return found
  }

  func standing(in held: HeldScope) throws -> Standing {
    if let known = standings[held.scope] { return known }
    let standing = try transaction.standing(of: identity, in: held.scope, role: held.role)
    standings[held.scope] = standing
    return standing
  }

  /// What a record of another scope may point to, as it is shown.
  func target(_ id: RecordID, in scope: Scope) throws -> ReferenceTarget? {
    if let known = targets[scope]?[id] { return known }
    let record = try heldScope(scope).flatMap { try transaction.standing(id, in: $0.number).state }
    let target = record.map { ReferenceTarget(kind: $0.kind, body: $0.body) }
    targets[scope, default: [:]].updateValue(target, forKey: id)
    return target
  }

  /// After an edit: what it has changed is read again.
  ///
  /// - Parameter isNew: Its scope was not there before.
  func note(_ progress: Progress, in scope: Scope, isNew: Bool) {
    self.progress = progress
    targets[scope] = nil
    // The founder of an account manages it, which counts in the directory too.
    if isNew { standings = [:] }
  }

  /// After an edit that was taken back, with what was read meanwhile.
  func forget() {
    held = [:]
    standings = [:]
    targets = [:]
  }

  func end() throws { try transaction.save(progress) }
}
