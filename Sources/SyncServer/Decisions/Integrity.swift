import Crypto
import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Whether what the server has written down is still what it wrote: records are summed up by scope; history and audit log
/// are chained, each entry to all before it, and the organisation's row holds the end of each chain.
package enum Integrity {
  package struct Report: Equatable, Sendable {
    /// Whose records are as they were written.
    package var scopes = 0
    package var historyEntries = 0
    package var auditEntries = 0
    /// In sentences; none when all is whole.
    package var problems: [String] = []

    package init() {}
  }

  private static let entriesAtOnce = 5_000

  /// Everything that is chained or summed up.
  package static func verify(_ reading: any CanonicalReading) throws -> Report {
    var report = Report()
    for row in try reading.scopes() {
      do {
        try checkRecords(of: row.scope, in: reading)
        report.scopes += 1
      } catch let damage as Damage {
        report.problems.append(damage.sentence)
      }
    }
    (report.historyEntries, report.problems) = try followAll(.history, reading, report.problems)
    (report.auditEntries, report.problems) = try followAll(.audit, reading, report.problems)
    return report
  }

  private static func followAll(
    _ chain: Chain, _ reading: any CanonicalReading, _ problems: [String]
  ) throws -> (entries: Int, problems: [String]) {
    var place = Place()
    var problems = problems
    var goesOn = true
    while goesOn {
      do {
        goesOn = try follow(chain, from: &place, limit: entriesAtOnce, in: reading)
      } catch let damage as Damage {
        problems.append(damage.sentence)
        goesOn = !place.isAtEnd
      }
    }
    return (place.entries, problems)
  }

  // MARK: - In slices

  /// Something is not what was written.
  package struct Damage: Error, Equatable, Sendable, CustomStringConvertible {
    package let sentence: String
    package var description: String { sentence }
  }

  package enum Chain: Sendable { case history, audit }

  /// How far a chain was followed.
  package struct Place: Sendable {
    var number: Int64 = 0
    var chain = [UInt8](repeating: 0, count: 32)
    package var entries = 0
    var isAtEnd = false

    package init() {}
  }

  /// Compares a scope's records with the digest that was kept while they were written.
  ///
  /// - Throws: ``Damage``
  package static func checkRecords(of scope: Scope, in reading: any CanonicalReading) throws {
    guard let row = try reading.scope(scope) else { return }
    var digest = ScopeDigest()
    try reading.records(in: row.number) { digest.add($0) }
    guard digest == row.digest else {
      throw Damage(
        sentence: digest.live == row.digest.live
          ? "A record of \(scope) is not the one that was written."
          : "\(scope) has \(digest.live) records, and should have \(row.digest.live).")
    }
  }

  /// Follows a chain for some entries.
  ///
  /// - Returns: whether there is more.
  /// - Throws: ``Damage``; the place is then behind what is wrong.
  package static func follow(
    _ chain: Chain, from place: inout Place, limit: Int, in reading: any CanonicalReading
  ) throws -> Bool {
    let name = chain == .history ? "History" : "The audit log"
    let links: [(number: Int64, written: [UInt8], chain: [UInt8], isFiledRight: Bool)] =
      switch chain {
      case .history:
        try reading.history(after: place.number, limit: limit).map {
          ($0.number, $0.entry, $0.chain, isFiledRight($0))
        }
      case .audit:
        try reading.audit(after: place.number, limit: limit).map {
          ($0.number, Ledger.auditLine($0), $0.chain, true)
        }
      }
    for link in links {
      let previous = place.number
      let isChained = Ledger.chained(place.chain, link.written) == link.chain
      (place.number, place.chain) = (link.number, link.chain)
      place.entries += 1
      if link.number != previous + 1 {
        throw Damage(sentence: "\(name) lacks the entries between \(previous) and \(link.number).")
      }
      guard isChained, link.isFiledRight else {
        throw Damage(sentence: "\(name): entry \(link.number) is not the one that was written.")
      }
    }
    guard links.count < limit else { return true }
    place.isAtEnd = true
    let organization = try reading.organization()
    guard place.chain == (chain == .history ? organization.historyChain : organization.auditChain) else {
      throw Damage(sentence: "\(name) does not end with the entry that was written last.")
    }
    return false
  }

  /// Whether the columns by which an entry is found say what the entry says, which is what is chained.
  private static func isFiledRight(_ row: HistoryRow) -> Bool {
    guard let entry = try? WireHistoryEntry(serializedBytes: row.entry) else { return false }
    return RecordID(entry.change.record) == row.record
      && (entry.serverMs == 0 || entry.serverMs == row.serverMilliseconds)
  }
}
