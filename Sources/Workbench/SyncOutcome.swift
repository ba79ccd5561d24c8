import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore
import Wording

/// What must be known before a sync to tell afterwards what it did.
package struct BeforeSync {
  package let lastConflict: Int64
  /// Names of the accounts, as those that are lost leave none.
  let accounts: Accounts
  let claims: [OutboxEntry]

  package init(_ workbench: Workbench) throws {
    lastConflict = try workbench.replica.conflicts().first?.number ?? 0
    accounts = try workbench.accounts()
    claims = try workbench.replica.waitingGuarded()
  }
}

/// What a sync did, told to people and programs.
package struct SyncOutcome {
  private let report: SyncReport
  private let workbench: Workbench
  private let conflicts: [ToldConflict]
  private let claims: [DecidedClaim]
  private let refused: [OutboxEntry]
  private let newAccounts: [String]
  private let lostAccounts: [String]
  /// Short names that several accounts have since this sync, with these: made by people who could not see the other's.
  private let sharedNames: [(name: String, accounts: [String])]
  /// Records that may be one, of which this sync has brought or sent one.
  private let twins: [ToldTwins]
  /// What colleagues added meanwhile to accounts that were merged into others here.
  private let lateForMerged: [Phrase]

  package init(_ report: SyncReport, _ before: BeforeSync, _ workbench: Workbench) throws {
    self.report = report
    self.workbench = workbench
    conflicts = try workbench.replica.conflicts().prefix { $0.number > before.lastConflict }.reversed().map(
      workbench.told)
    let refused = try report.refused.compactMap { try workbench.replica.outboxEntry($0) }
    let claims = try workbench.decidedClaims(among: before.claims)
    self.claims = claims
    // A lost claim is told as such.
    let lost = Set(claims.filter { !$0.isMine }.map(\.view.id))
    self.refused = refused.filter { entry in
      !(entry.result?.outcome == .guardFailed
        && entry.mutation.changes.allSatisfy { RecordID($0.record).map(lost.contains) ?? false })
    }
    newAccounts = try report.newScopes.compactMap { scope in
      guard case .plan(let id) = scope, before.accounts[id] == nil else { return nil }
      return try workbench.accounts().label(id)
    }
    lostAccounts = report.lostScopes.compactMap { scope in
      guard case .plan(let id) = scope else { return nil }
      return before.accounts.label(id)
    }
    let wereShared = before.accounts.sharedNames()
    sharedNames = try workbench.accounts().sharedNames().filter { wereShared[$0.key] == nil }.sorted {
      $0.key < $1.key
    }
    .map { name, accounts in
      (name, try accounts.map { "\(try workbench.handle($0.id)) \($0.name)" })
    }
    twins = try workbench.untoldTwins(of: report.appeared)
    lateForMerged = try workbench.lateForMerged(report.arrived)
  }

  // MARK: - For people

  /// What the sync did, a sentence or two at a time.
  package func sentences() throws -> [Phrase] {
    var told = [summary]
    if !newAccounts.isEmpty { told.append("New: \(listed(newAccounts)).") }
    if !lostAccounts.isEmpty {
      told.append("No longer shared with you, and removed from this device: \(listed(lostAccounts)).")
    }
    told += try claims.map(workbench.sentence) + workbench.folded(conflicts).map(workbench.sentence)
    told += try refused.map { entry in
      "Refused: \(entry.mutation.summary). \(try workbench.reason(entry)) Your words are kept: \(action: .listRefusedEdits)"
    }
    return told + remarks
  }

  private var summary: Phrase {
    if report.sent == 0, report.received == 0 { return "Nothing to send, nothing new." }
    var parts: [Phrase] = []
    if report.sent > 0 { parts.append("sent \(counted(report.sent, "edit"))") }
    if report.received > 0 { parts.append("received \(counted(report.received, "record"))") }
    if !refused.isEmpty { parts.append("\(refused.count) refused") }
    return capitalized(enumerated(parts)) + .verbatim(".")
  }

  private func listed(_ names: [String]) -> Phrase {
    names.count <= 8
      ? enumerated(names.map { .verbatim($0) })
      : "\(names.prefix(8).joined(separator: ", ")) and \(names.count - 8) more"
  }

  /// What is not about one record.
  private var remarks: [Phrase] {
    var remarks: [Phrase] = []
    let offset = report.clockOffset
    if abs(offset) - report.clockUncertainty > Workbench.clockErrorMillisecondsMin {
      remarks.append(
        """
        This device's clock is \(distance(offset)) (± \(report.clockUncertainty) ms); your edits are stamped with the \
        server's time. Set the clock to get rid of this warning.
        """)
    }
    if report.clamped > 0 {
      remarks.append(
        """
        Edits made with that clock were stamped up to \(Moments.span(report.clamped)) ahead of the server; \
        it took them as made now. Later edits of others can win over them.
        """)
    }
    if report.held > 0 {
      remarks.append(
        "\(counted(report.held, "edit")) waits until the server is upgraded: it does not know a field yet.")
    }
    if report.renumbered {
      remarks.append("This replica was a copy of another device's; it has a number of its own now.")
    }
    remarks += report.newDevices.map(told)
    if report.historyReplaced {
      remarks.append(
        """
        The server was put back to an older copy, or restored from a backup; what this device keeps of its edits was sent \
        once more. If your admins did nothing of the kind, show them what \(action: .witness) says.
        """)
    }
    if let log = report.otherLog {
      remarks.append(
        """
        The server's audit log is not the one that this device was shown on \(workbench.moments.at(log.shown)) (entry \
        \(log.number)): it was changed, or put back without saying so. Show an admin what \(action: .witness) says.
        """)
    }
    if report.putOff > 0 {
      remarks.append(
        """
        \(counted(report.putOff, "edit")) waits for what the server lacks since then: records, accounts or roles that \
        come back with the devices of those who made them. \(action: .status) shows which; every sync tries again.
        """)
    }
    for shared in sharedNames {
      let codes = shared.accounts.map { $0.prefix { $0 != " " } }
      remarks.append(
        """
        \(shared.name) is the short name of \(enumerated(shared.accounts.map { .verbatim($0) })): name them by these codes, or \
        give one another short name (\(action: .rename(account: String(codes[0])))). If they are one account: \
        \(action: .merge(keep: String(codes[0]), other: String(codes[1])))
        """)
    }
    remarks += lateForMerged + twinRemarks
    if report.repaired > 0 { remarks.append("What differed from the server was found and mended.") }
    return remarks
  }

  private func told(_ device: NewDevice) -> Phrase {
    """
    A new device of yours: \(device.name) (number \(device.number)), since \(workbench.moments.at(device.since)). If it is \
    not yours: \(action: .endDevice(device.number))
    """
  }

  /// What the remark about short names tells is not told twice.
  private var twinRemarks: [Phrase] {
    let untold = twins.filter { !($0.pair.reasons.contains(.slug) && !sharedNames.isEmpty) }
    let more: [Phrase] =
      untold.count > Self.twinsMax
      ? ["\(untold.count - Self.twinsMax) more that may be here twice: \(action: .listTwins)"] : []
    return untold.prefix(Self.twinsMax).map(\.sentence) + more
  }

  /// After the import of a whole address book.
  private static let twinsMax = 5

  private func distance(_ offset: Int64) -> Phrase {
    offset < 0 ? "\(Moments.span(offset)) ahead of the server" : "\(Moments.span(offset)) behind the server"
  }

  // MARK: - For programs

  private func json(_ device: NewDevice) -> JSON {
    .object([
      ("number", .integer(device.number)), ("name", .text(device.name)),
      ("since", .text(Moments.iso(device.since))),
      ("copiedFrom", device.copiedFrom.map { .integer($0) } ?? .null),
    ])
  }

  package func json() throws -> JSON {
    let told = try conflicts.map { (conflict: $0.conflict, json: try workbench.json($0)) }
    let superseded = told.filter {
      $0.conflict.outcome == .mineLost || $0.conflict.outcome == .theirsReplacedMine
    }
    return .object([
      ("sent", .integer(report.sent)), ("received", .integer(report.received)),
      ("refused", .array(try refused.map { try workbench.json($0) })),
      ("superseded", .array(superseded.map(\.json))), ("conflicts", .array(told.map(\.json))),
      ("claims", .array(try claims.map(workbench.json))),
      ("newAccounts", .array(newAccounts.map(JSON.text))),
      ("lostAccounts", .array(lostAccounts.map(JSON.text))),
      ("twins", .array(twins.map(\.json))),
      ("newDevices", .array(report.newDevices.map(json))),
      ("held", .integer(report.held)), ("putOff", .integer(report.putOff)),
      ("repaired", .integer(report.repaired)),
      ("renumbered", .flag(report.renumbered)), ("historyReplaced", .flag(report.historyReplaced)),
      ("otherLog", report.otherLog?.json ?? .null),
      ("complete", .flag(report.ending == .complete)),
      (
        "clock",
        .object([
          ("offsetMs", .integer(report.clockOffset)), ("uncertaintyMs", .integer(report.clockUncertainty)),
          ("clampedMs", .integer(report.clamped)),
        ])
      ),
      ("messages", .array(remarks.map { .text(workbench.reader.said($0)) })),
    ])
  }
}

extension Workbench {
  /// What is added to a deleted account is hidden with it, and would be missed in the other one.
  func lateForMerged(_ arrived: [Scope: Int]) throws -> [Phrase] {
    var counts: [RecordID: Int] = [:]
    for (scope, count) in arrived { if let account = scope.account { counts[account, default: 0] += count } }
    return try counts.sorted { $0.key < $1.key }.compactMap { account, count in
      guard let view = try replica.record(account, in: .plan(account)), !view.state.alive,
        let keep = try mergedInto(view)
      else { return nil }
      return """
        \(capitalized(counted(count, "record"))) came into \(try mergeName(view)), which was merged into \
        \(try mergeName(keep)): \(action: .restore(record: try handle(account))), and then merge them again
        """
    }
  }
}

extension ShownLog {
  /// As `kamd audit verify --witness` reads it.
  package var json: JSON {
    .object([
      ("epoch", .text(epoch)), ("entries", .integer(number)), ("chain", .text(hexadecimal(chain))),
      ("signature", .text(hexadecimal(signature))), ("key", .text(hexadecimal(key))),
      ("shown", .text(Moments.iso(shown))),
    ])
  }
}
