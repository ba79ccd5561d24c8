import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Whether what the server has written down is still what it wrote: records are summed up by scope; each scope's history
/// and the audit log are chained, each entry to all before it, and the audit log says where the histories ended; what
/// the tables say of people and their rights is compared with the directory and with sums.
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

  private static let entriesAtOnce = 1_000

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
      report.historyEntries += try followAll(&report.problems) {
        try followHistory(of: row.scope, from: &$0, limit: entriesAtOnce, in: reading)
      }
    }
    report.auditEntries = try followAll(&report.problems) {
      try followAudit(from: &$0, limit: entriesAtOnce, in: reading)
    }
    do {
      try checkEnds(in: reading)
      try checkPeople(in: reading)
    } catch let damage as Damage { report.problems.append(damage.sentence) }
    return report
  }

  /// - Returns: how many entries there are.
  private static func followAll(
    _ problems: inout [String], _ follow: (inout Place) throws -> Bool
  ) throws -> Int {
    var place = Place()
    var goesOn = true
    while goesOn {
      do { goesOn = try follow(&place) } catch let damage as Damage {
        problems.append(damage.sentence)
        goesOn = !place.isAtEnd
      }
    }
    return place.entries
  }

  // MARK: - In slices

  /// Something is not what was written.
  package struct Damage: Error, Equatable, Sendable, CustomStringConvertible {
    package let sentence: String
    package var description: String { sentence }
  }

  /// How far a chain was followed.
  package struct Place: Sendable {
    var number: Int64 = 0
    var chain = Chain.start
    package var entries = 0
    var isAtEnd = false

    package init() {}

    /// - Throws: ``Damage``; the place is then behind what is wrong.
    fileprivate mutating func pass(_ number: Int64, stored: [UInt8], computed: [UInt8], _ name: String) throws
    {
      let previous = self.number
      (self.number, chain) = (number, stored)
      entries += 1
      if number != previous + 1 {
        throw Damage(sentence: "\(name) lacks the entries between \(previous) and \(number).")
      }
      guard stored == computed else {
        throw Damage(sentence: "\(name): entry \(number) is not the one that was written.")
      }
    }
  }

  /// Compares a scope's records, and who may see it, with the sums that were kept while they were written.
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
    guard try AccessSum.of(scope.access(in: reading)) == row.access else {
      throw Damage(sentence: "Who may see \(scope) is not what was written.")
    }
  }

  /// Follows a scope's history for some entries.
  ///
  /// - Returns: whether there is more.
  /// - Throws: ``Damage``; the place is then behind what is wrong.
  package static func followHistory(
    of scope: Scope, from place: inout Place, limit: Int, in reading: any CanonicalReading
  ) throws -> Bool {
    guard let end = try reading.scope(scope) else { return false }
    let name = "The history of \(scope)"
    var count = 0
    try reading.history(in: end.number, after: place.number, limit: limit) { row in
      count += 1
      let computed = Chain.history(after: place.chain, row, in: scope)
      try place.pass(row.number, stored: row.chain, computed: isFiledRight(row) ? computed : [], name)
    }
    guard count < limit else { return true }
    place.isAtEnd = true
    guard place.chain == end.historyChain, place.number == end.historyNumber else {
      throw Damage(sentence: "\(name) does not end with the entry that was written last.")
    }
    return false
  }

  /// Follows the audit log for some entries, and compares what it says of the ends of histories with them.
  ///
  /// - Returns: whether there is more.
  /// - Throws: ``Damage``; the place is then behind what is wrong.
  package static func followAudit(
    from place: inout Place, limit: Int, in reading: any CanonicalReading
  ) throws -> Bool {
    let name = "The audit log"
    let rows = try reading.audit(after: place.number, limit: limit)
    for row in rows {
      try place.pass(
        row.number, stored: row.chain, computed: Chain.audit(after: place.chain, row), name)
      if row.action == Sealing.action { try checkSeal(row, in: reading) }
    }
    guard rows.count < limit else { return true }
    place.isAtEnd = true
    guard try place.chain == reading.organization().auditChain else {
      throw Damage(sentence: "\(name) does not end with the entry that was written last.")
    }
    return false
  }

  private static func checkSeal(_ entry: AuditRow, in reading: any CanonicalReading) throws {
    let ends = try reading.seals(of: entry.number).map { seal in
      guard let scope = try reading.scope(numbered: seal.scope)?.scope,
        let chain = try reading.historyChain(in: seal.scope, at: seal.number)
      else {
        throw Damage(
          sentence:
            "A history that entry \(entry.number) of the audit log speaks of was cut off or taken out.")
      }
      return Chain.End(scope: scope, number: seal.number, chain: chain)
    }
    guard Sealing.detail(of: ends) == entry.detail else {
      throw Damage(
        sentence: "A history is not the one that entry \(entry.number) of the audit log speaks of.")
    }
  }

  /// Compares the ends of all histories with how much was written.
  ///
  /// - Throws: ``Damage``
  package static func checkEnds(in reading: any CanonicalReading) throws {
    let (entries, written) = try (
      reading.scopes().reduce(0) { $0 + $1.historyNumber }, reading.organization().historyEntries
    )
    guard entries == written else {
      throw Damage(sentence: "The histories have \(entries) entries, and should have \(written).")
    }
  }

  /// Compares what decides on people's rights with the directory's records of them.
  ///
  /// - Throws: ``Damage``
  package static func checkPeople(in reading: any CanonicalReading) throws {
    guard let directory = try reading.scope(.directory)?.number else { return }
    for user in try reading.users() {
      let record = try reading.record(user.id, in: directory)
      let body = try DirectoryMirror.body(of: user, in: reading)
      guard DirectoryMirror.registersOfRights.allSatisfy({ record?.body[$0] == body[$0] }) else {
        throw Damage(sentence: "What the tables and the directory say of \(user.email) is not the same.")
      }
    }
  }

  /// Whether the columns by which an entry is found say what the entry itself says.
  private static func isFiledRight(_ row: HistoryRow) -> Bool {
    guard case .entry(let bytes, _) = row.content else { return true }
    guard let entry = try? WireHistoryEntry(serializedBytes: bytes) else { return false }
    return RecordID(entry.change.record) == row.record
      && (entry.serverMs == 0 || entry.serverMs == row.serverMilliseconds)
  }
}
