import Crypto
import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Binds an entry to all before it, so that one that is changed, moved or taken out shows.
///
/// Somebody who can write the database can also write all that follows anew. Against that the ends of the histories are put
/// into the audit log (``Sealing``), and the end of the audit log is shown to every device (``LogEnd``), which keeps it.
package enum Chain {
  /// What the first entry is chained to; 32 bytes, as every link.
  package static let start = [UInt8](repeating: 0, count: 32)

  /// An entry of a scope's history. Everything by which the entry is found is in it: neither place, nor record, nor time
  /// can be another's.
  ///
  /// - SeeAlso: Protocol/sync.md, "Recovery"
  package static func history(after previous: [UInt8], _ row: HistoryRow, in scope: Scope) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: domain("history"))
    hash.update(data: previous)
    update(&hash, row.number)
    hash.update(data: row.record.bytes)
    update(&hash, row.serverMilliseconds)
    hash.update(data: contentHash(row.content))
    hash.update(data: Array(scope.description.utf8))
    return Array(hash.finalize())
  }

  package static func contentHash(_ content: HistoryRow.Content) -> [UInt8] {
    switch content {
    case .entry(let entry, let salt): Array(SHA256.hash(data: salt + entry))
    case .erased(let hash): hash
    }
  }

  /// An entry of the audit log. Each text is hashed by itself, behind the salt: no two entries say the same bytes.
  package static func audit(after previous: [UInt8], _ row: AuditRow) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: domain("audit"))
    hash.update(data: previous)
    update(&hash, row.number)
    update(&hash, row.serverMilliseconds)
    for text in [row.actor, row.action, row.detail] {
      hash.update(data: Array(SHA256.hash(data: row.salt + Array(text.utf8))))
    }
    return Array(hash.finalize())
  }

  /// Where a scope's history ends.
  package struct End: Equatable, Sendable {
    let scope: Scope
    let number: Int64
    let chain: [UInt8]
  }

  /// What a seal says of the ends of histories, which are in the order of the store's own numbers of their scopes.
  package static func seal(of ends: [End]) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: domain("seal"))
    for end in ends {
      update(&hash, end.number)
      hash.update(data: end.chain)
      hash.update(data: Array(SHA256.hash(data: Array(end.scope.description.utf8))))
    }
    return Array(hash.finalize())
  }

  /// What is hashed first, so that nothing is taken for what it is not.
  static func domain(_ name: String, version: Int = 2) -> [UInt8] { Array("kam \(name) \(version)\0".utf8) }

  private static func update(_ hash: inout SHA256, _ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { hash.update(bufferPointer: $0) }
  }
}

/// An end of the audit log, as it is shown to devices: that of the last seal, so that no device sees how often admins and
/// others do something.
///
/// - SeeAlso: Protocol/sync.md, "Recovery"
package enum LogEnd {
  /// What the server signs.
  package static func signed(epoch: String, number: UInt64, chain: [UInt8]) -> [UInt8] {
    var bytes = Chain.domain("log end", version: 1)
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    return bytes + chain + Array(epoch.utf8)
  }
}

extension LogEnd {
  /// By this the server knows later that it has shown an end itself: what a request merely says is not proof.
  fileprivate static func proof(_ end: WireLogEnd, _ organization: OrganizationRow) -> [UInt8] {
    let words = signed(epoch: organization.epoch, number: end.number, chain: Array(end.chain))
    let code = HMAC<SHA256>.authenticationCode(
      for: words, using: SymmetricKey(data: organization.checkpointKey))
    return Array(Array(code).prefix(16))
  }
}

extension CanonicalReading {
  /// Where the audit log ended when it was last sealed; nil when it never was.
  func logEnd() throws -> WireLogEnd? {
    guard let seal = try audit(last: Sealing.action) else { return nil }
    var end = WireLogEnd.with {
      $0.number = UInt64(clamping: seal.number)
      $0.chain = Data(seal.chain)
    }
    end.proof = Data(LogEnd.proof(end, try organization()))
    return end
  }

  /// Whether the server has shown this end of the present epoch's log.
  func hasShown(_ end: WireLogEnd) throws -> Bool {
    try end.chain.count == Chain.start.count
      && isEqualInConstantTime(Array(end.proof), LogEnd.proof(end, organization()))
  }

  /// Whether the server has shown this end, and the log is another by now: the database is an older copy, or was changed.
  func lacks(shown end: WireLogEnd) throws -> Bool {
    try hasShown(end) && logChain(at: end.number) != Array(end.chain)
  }

  /// The chain of one entry of the audit log; empty when there is no such entry.
  package func logChain(at number: UInt64) throws -> [UInt8] {
    guard let number = Int64(exactly: number), number > 0 else { return [] }
    return try audit(after: number - 1, limit: 1).first { $0.number == number }?.chain ?? []
  }
}

/// Who may see an account, summed up: 32 bytes.
package enum AccessSum {
  package static let ofNobody = of([])

  package static func of(_ grants: [GrantRow]) -> [UInt8] {
    var hash = SHA256()
    for grant in grants.sorted(by: { $0.user < $1.user }) {
      hash.update(data: grant.user.bytes)
      hash.update(data: [UInt8(truncatingIfNeeded: grant.role.rawValue)])
    }
    return Array(hash.finalize())
  }
}

extension Scope {
  /// The grants that a scope's row sums up: those on an account are in its plan's.
  package func access(in reading: any CanonicalReading) throws -> [GrantRow] {
    guard case .plan(let account) = self else { return [] }
    return try reading.grants(on: account)
  }
}
