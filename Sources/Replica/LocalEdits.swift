import GRDB
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import Wording

/// What an edit became.
package struct EditReceipt: Equatable, Sendable {
  package let mutation: RecordID
  /// The records made or changed, in order.
  package let records: [RecordID]
  /// How far the wall clock had gone back since this replica's last stamp, milliseconds; 0 when it had not.
  package let clockWentBack: Int64
}

/// One of several edits that are stored together.
package struct PlannedEdit {
  package let scope: Scope
  package let summary: String
  package let body: (inout Draft) throws -> Void

  package init(in scope: Scope, summary: String, _ body: @escaping (inout Draft) throws -> Void) {
    self.scope = scope
    self.summary = summary
    self.body = body
  }
}

extension ReplicaTransaction {
  /// Stores one edit: mutation, clock, and what its records look like now.
  ///
  /// - Parameters:
  ///   - summary: What the person did, in words, for history.
  ///   - now: This device's wall clock, Unix milliseconds.
  /// - Throws: `Refusal` when the server would refuse it, ``ReplicaError``, or when SQLite fails; the whole transaction must be taken back then.
  @discardableResult
  package func edit(
    in scope: Scope, summary: String, now: Int64, using generator: inout some RandomNumberGenerator,
    _ body: (inout Draft) throws -> Void
  ) throws -> EditReceipt {
    let series = try EditSeries(self)
    let receipt = try edit(in: scope, summary: summary, now: now, using: &generator, body, series)
    try series.end()
    return receipt
  }

  /// Stores several edits; each is kept, or refused by itself.
  ///
  /// - Returns: for each edit its receipt, or why it would be refused.
  /// - Throws: when SQLite fails; the whole transaction must be taken back then.
  package func edit(
    each edits: [PlannedEdit], now: Int64, using generator: inout some RandomNumberGenerator
  ) throws -> [Result<EditReceipt, any Error>] {
    guard !edits.isEmpty else { return [] }
    guard try identityIfJoined() != nil else {
      return edits.map { _ in .failure(ReplicaError.notJoined) }
    }
    let series = try EditSeries(self)
    let results = try edits.map { edit in
      var result: Result<EditReceipt, any Error>?
      try savepoint {
        do {
          result = .success(
            try self.edit(
              in: edit.scope, summary: edit.summary, now: now, using: &generator, edit.body, series))
          return .commit
        } catch let error as DatabaseError {
          throw error
        } catch {
          result = .failure(error)
          series.forget()
          return .rollback
        }
      }
      guard let result else { preconditionFailure("a savepoint that returned has a result") }
      return result
    }
    try series.end()
    return results
  }

  func edit(
    in scope: Scope, summary: String, now: Int64, using generator: inout some RandomNumberGenerator,
    _ body: (inout Draft) throws -> Void, _ series: EditSeries
  ) throws -> EditReceipt {
    let known = try series.heldScope(scope)
    let held = try known ?? newScope(scope)
    var draft = try Draft(scope: scope, held: held, in: series)
    try body(&draft)
    guard let first = draft.changes.first else { throw ReplicaError.nothingChanged }
    // Only an account's own record founds its plan; anything else there would be refused by the server.
    let founds = first.create && first.kind == .account && first.record == scope.account?.description
    guard known != nil || founds else { throw ReplicaError.unknownScope(scope) }
    var progress = series.progress
    let wall = now + progress.clockOffset
    let wentBack = max(0, Int64(progress.clock.last >> 16) - wall)
    let id = RecordID.make(milliseconds: wall, using: &generator)
    let mutation = draft.mutation(id, summary: summary, wall: wall, advancing: &progress)
    let words = try mutation.serializedBytes() as [UInt8]
    try mutation.checkBounds(bytes: words.count)
    let key = try enqueue(mutation, words: words, created: now)
    try apply(mutation, key: key, in: held.number) { try draft.before($0) }
    series.note(progress, in: scope, isNew: known == nil)
    return EditReceipt(
      mutation: id, records: draft.changes.compactMap { RecordID($0.record) }, clockWentBack: wentBack)
  }

  /// A new account's plan exists here before the server knows it.
  private func newScope(_ scope: Scope) throws -> HeldScope {
    guard case .plan = scope else { throw ReplicaError.unknownScope(scope) }
    return try insertScope(scope, grantEpoch: 0, role: .manager, isWritable: true)
  }
}

extension Draft {
  /// All that was done, as the replica's next mutation.
  ///
  /// - Parameters:
  ///   - wall: This device's wall clock, set right, Unix milliseconds.
  ///   - progress: Its clock and its numbers go on.
  fileprivate func mutation(
    _ id: RecordID, summary: String, wall: Int64, advancing progress: inout Progress
  ) -> WireMutation {
    // The stamps that the author saw are outranked, also after the clock was set right (`letGoOfFuture`).
    for change in changes { for seen in change.base { progress.clock.observe(seen.stamp.hlc) } }
    let stamp = Stamp(hlc: progress.clock.tick(now: wall), replica: identity.replica)
    progress.lastSequence += 1
    return WireMutation.with {
      $0.sequence = progress.lastSequence
      $0.id = id.description
      $0.scope = scope.description
      $0.stamp = stamp.wire
      $0.guards = guards
      $0.changes = changes
      $0.summary = String(String.UnicodeScalarView(summary.unicodeScalars.prefix(Limits.summaryScalarsMax)))
    }
  }
}

extension WireMutation {
  /// An edit that no request can carry would wait for ever, and all after it.
  fileprivate func checkBounds(bytes: Int) throws {
    let bounds: [(what: Quantity, count: Int, maximum: Int)] = [
      (.changes, changes.count, Limits.changesPerMutationMax),
      (.guards, guards.count, Limits.guardsPerMutationMax),
      (.editBytes, bytes, Limits.pushBytesMax),
    ]
    for (what, count, maximum) in bounds where count > maximum {
      throw Refusal.tooMany(what: what, count: count, maximum: maximum)
    }
  }
}

extension Stamp {
  var wire: WireStamp {
    .with {
      $0.hlc = hlc
      $0.replica = replica
    }
  }
}
