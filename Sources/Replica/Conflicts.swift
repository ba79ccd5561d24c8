import Crypto
import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SQLiteQuery
import SwiftProtobuf
import SyncCore

/// A place where an edit of this person met one that its author had not seen.
package struct Conflict: Sendable {
  /// Seen from this person.
  package enum Outcome: Int, Sendable {
    /// A later edit stands; mine is in history.
    case mineLost = 1
    /// Mine stands; I had not seen theirs.
    case mineReplacedTheirs = 2
    /// Theirs stands; they had not seen mine.
    case theirsReplacedMine = 3
    /// Mine stands; an older edit of theirs arrived later.
    case theirsLost = 4
    /// I changed a record that they had deleted.
    case iEditedDeleted = 5
    /// They changed a record that I had deleted.
    case theyEditedDeleted = 6
    /// I deleted a record with an edit of theirs that I had not seen.
    case iDeletedTheirEdit = 7
    /// They deleted a record with an edit of mine that they had not seen.
    case theyDeletedMyEdit = 8
  }
  package let number: Int64
  /// By the server's clock where it is known, Unix milliseconds.
  package let at: Int64
  package let outcome: Outcome
  package let scope: Scope
  package let record: RecordID
  package let kind: UInt32
  package let register: UInt32
  package let mine: WireRegisterValue
  package let theirs: WireRegisterValue
  package let isSeen: Bool
}

extension Conflict.Outcome {
  /// Nil for an effect that nobody has to look at.
  fileprivate init?(_ effect: WireEffect, register: UInt32, deletes: Bool) {
    switch effect {
    case .lost: self = .mineLost
    case .wonOverUnseen: self = deletes && register != lifeRegister ? .iDeletedTheirEdit : .mineReplacedTheirs
    case .wonOnDeleted: self = .iEditedDeleted
    default: return nil
    }
  }
}

extension ReplicaReading {
  /// Newest first.
  package func conflicts(unseenOnly: Bool = false) throws -> [Conflict] {
    try Query(
      database,
      """
      SELECT number, at_ms, type, scope, record, kind, register, mine, theirs, seen FROM conflict
      \(unseenOnly ? "WHERE seen = 0" : "") ORDER BY number DESC
      """
    ).all { query in
      Conflict(
        number: query.integer(0), at: query.integer(1),
        outcome: try query.stored(2),
        scope: try query.scope(3), record: try query.id(4), kind: query.number(5),
        register: query.number(6), mine: try WireRegisterValue(serializedBytes: query.blob(7)),
        theirs: try WireRegisterValue(serializedBytes: query.blob(8)), isSeen: query.flag(9))
    }
  }

  /// A restored server meets the same edits once more, and tells once more.
  fileprivate func isKept(
    _ outcome: Conflict.Outcome, record: RecordID, register: UInt32, mine: WireRegisterValue,
    theirs: WireRegisterValue
  ) throws -> Bool {
    var query = try Query(
      database, "SELECT mine, theirs FROM conflict WHERE type = ? AND record = ? AND register = ?")
    try query.bind(outcome.rawValue)
    try query.bind(record)
    try query.bind(register)
    return try query.all { query in
      try WireRegisterValue(serializedBytes: query.blob(0)).stamp == mine.stamp
        && WireRegisterValue(serializedBytes: query.blob(1)).stamp == theirs.stamp
    }.contains(true)
  }
}

extension ReplicaTransaction {
  /// Keeps what a mutation's result says about other people's values.
  func keepConflicts(
    of mutation: WireMutation, _ result: WireMutationResult, at milliseconds: Int64
  ) throws -> Int {
    var kept = 0
    for effect in result.effects {
      let change = mutation.changes.first { $0.record == effect.record }
      let deletes = change?.hasAlive == true && change?.alive == false
      guard let outcome = Conflict.Outcome(effect.effect, register: effect.register, deletes: deletes) else {
        continue
      }
      var mine = WireRegisterValue()
      mine.stamp = mutation.stamp
      if deletes {
        mine.alive = false
      } else if let change, let content = try? change.registers(),
        let written = content[effect.register]
      {
        mine.value = Data(encodeBody(written, kind: UInt32(clamping: effect.kind.rawValue)))
      }
      try insert(
        outcome, at: milliseconds, scope: mutation.scope, record: effect.record, kind: effect.kind,
        register: effect.register, mine: mine, theirs: effect.other)
      kept += 1
    }
    return kept
  }

  /// Keeps what the server tells about other people's edits.
  func keepConflict(_ notice: WireNotice) throws {
    let outcome: Conflict.Outcome
    switch notice.type {
    case .replaced: outcome = .theirsReplacedMine
    case .kept: outcome = .theirsLost
    case .deleted: outcome = .theyDeletedMyEdit
    case .editedAfterDeletion: outcome = .theyEditedDeleted
    default: return
    }
    try insert(
      outcome, at: notice.serverMs, scope: notice.scope, record: notice.record, kind: notice.kind,
      register: notice.register, mine: notice.yours, theirs: notice.theirs)
  }

  private func insert(
    _ outcome: Conflict.Outcome, at milliseconds: Int64, scope: String, record: String, kind: KamKind,
    register: UInt32, mine: WireRegisterValue, theirs: WireRegisterValue
  ) throws {
    guard let id = RecordID(record),
      try !isKept(outcome, record: id, register: register, mine: mine, theirs: theirs)
    else { return }
    var query = try Query(
      database,
      """
      INSERT INTO conflict (at_ms, type, scope, record, kind, register, mine, theirs, seen)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
      """)
    try query.bind(milliseconds)
    try query.bind(outcome.rawValue)
    try query.bind(scope)
    try query.bind(id)
    try query.bind(kind.rawValue)
    try query.bind(register)
    try query.bind(try mine.serializedBytes() as [UInt8])
    try query.bind(try theirs.serializedBytes() as [UInt8])
    try query.run()
  }
}

extension Replica {
  /// Where the disk takes nothing, they are shown as new once more.
  package func markConflictsSeen() throws {
    _ = try writeIfPossible { try $0.database.execute(sql: "UPDATE conflict SET seen = 1 WHERE seen = 0") }
  }

  /// The bytes of the one register that a value holds; nil when it is empty.
  package static func encoded(_ value: WireRegisterValue, register: UInt32) -> [UInt8]? {
    guard let content = try? value.registers() else { return nil }
    return content[register].map(Array.init)
  }

  /// Whether a register's bytes are the value that was told, which may have been told by its length and hash only.
  package static func isValue(_ encoded: [UInt8]?, _ value: WireRegisterValue, register: UInt32) -> Bool {
    guard value.fullBytes > 0 else { return encoded == Self.encoded(value, register: register) }
    guard let encoded, encoded.count == Int(value.fullBytes) else { return false }
    return Array(SHA256.hash(data: encoded)).starts(with: value.fullSha256)
  }
}
