import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncClient
import SyncCore
import Wording
import Workbench

struct Sync: Command {
  static let name = "sync"
  static let about: Phrase = "Send what waits, fetch what is new, and tell what met what."
  static let more: Phrase = """
    Exits with 0 when the exchange was complete, also when edits were refused: what was refused is told and kept \
    (kam conflicts refused). Exits with 3 when the server was not reached, or could take no edits; every edit is kept then.
    """
  let json = JSONOutput()

  func run() async throws {
    let workspace = try Workspace()
    let before = try BeforeSync(workspace)
    let console = workspace.console
    let report = try await workspace.connected { connection in
      let report = try await connection.sync(
        workspace.replica,
        onWait: { console.note("Another kam is syncing this replica; waiting for it …", .dim) },
        onGoBack: {
          console.note(
            "The server does not take what this device joined with last; it uses what it had before again.")
        }
      ) { progress in
        // Short ones are over before anybody reads.
        guard progress.sentSoFar + progress.receivedSoFar >= 1_000 || progress.waiting > 0 else { return }
        console.progress(
          "sent \(progress.sentSoFar), received \(progress.receivedSoFar), \(progress.waiting) waiting")
      }
      try await workspace.learnMerges(from: connection, after: before.lastConflict)
      return report
    }
    console.progress(.nothing)
    workspace.forget()
    let outcome = try SyncOutcome(report, before, workspace)
    if json.isWanted { console.document(try outcome.json().document) } else { try outcome.tell() }
    switch report.ending {
    case .complete: try workspace.replica.forgetUpgradeCopies()
    case .serverTakesNoEdits:
      throw Failure(
        .unreachable, "read-only",
        "The server takes no edits now, because its disk is full; yours are kept. Tell its admin, and sync again later."
      )
    case .editsPutOff(let until):
      let waiting = counted(try workspace.replica.waitingCount(), "edit")
      throw Failure(
        .unreachable, "day-is-full",
        """
        \(waiting) waits here until \(workspace.moments.at(until)): yours have taken what the server takes of one person \
        in a day. Nothing is lost, and what is new was received. Sync again then; an admin can raise dailyMebibytesPerPerson.
        """)
    case .serverKeepsAsking:
      throw Failure.refused(
        "The server asks for the same edits again and again; nothing is lost. Tell its admin.")
    case .stillDiffers(let scope):
      throw Failure.refused(
        "\(scope) still differs from the server's after mending. Run `kam check`, and tell an admin.")
    }
  }
}

/// What must be known before a sync to tell afterwards what it did.
struct BeforeSync {
  let lastConflict: Int64
  /// Names of the accounts, as those that are lost leave none.
  let accounts: Accounts
  let claims: [OutboxEntry]

  init(_ workspace: Workspace) throws {
    lastConflict = try workspace.replica.conflicts().first?.number ?? 0
    accounts = try workspace.accounts()
    claims = try workspace.replica.waitingGuarded()
  }
}

/// What a sync did, told to people and programs.
struct SyncOutcome {
  private let report: SyncReport
  private let workspace: Workspace
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

  init(_ report: SyncReport, _ before: BeforeSync, _ workspace: Workspace) throws {
    self.report = report
    self.workspace = workspace
    conflicts = try workspace.replica.conflicts().prefix { $0.number > before.lastConflict }.reversed().map(
      workspace.told)
    let refused = try report.refused.compactMap { try workspace.replica.outboxEntry($0) }
    let claims = try workspace.decidedClaims(among: before.claims)
    self.claims = claims
    // A lost claim is told as such.
    let lost = Set(claims.filter { !$0.isMine }.map(\.view.id))
    self.refused = refused.filter { entry in
      !(entry.result?.outcome == .guardFailed
        && entry.mutation.changes.allSatisfy { RecordID($0.record).map(lost.contains) ?? false })
    }
    newAccounts = try report.newScopes.compactMap { scope in
      guard case .plan(let id) = scope, before.accounts[id] == nil else { return nil }
      return try workspace.accounts().label(id)
    }
    lostAccounts = report.lostScopes.compactMap { scope in
      guard case .plan(let id) = scope else { return nil }
      return before.accounts.label(id)
    }
    let wereShared = before.accounts.sharedNames()
    sharedNames = try workspace.accounts().sharedNames().filter { wereShared[$0.key] == nil }.sorted {
      $0.key < $1.key
    }
    .map { name, accounts in
      (name, try accounts.map { "\(try workspace.handle($0.id)) \($0.name)" })
    }
    twins = try workspace.untoldTwins(of: report.appeared)
    lateForMerged = try workspace.lateForMerged(report.arrived)
  }

  // MARK: - For people

  func tell() throws {
    let console = workspace.console
    console.say(summary)
    if !newAccounts.isEmpty { console.say("New: \(listed(newAccounts)).") }
    if !lostAccounts.isEmpty {
      console.say("No longer shared with you, and removed from this device: \(listed(lostAccounts)).")
    }
    for claim in claims { console.say(try workspace.sentence(claim)) }
    for conflict in workspace.folded(conflicts) { console.say(try workspace.sentence(conflict)) }
    for entry in refused {
      console.say(
        "Refused: \(entry.mutation.summary). \(try workspace.reason(entry)) Your words are kept: kam conflicts refused"
      )
    }
    for remark in remarks { console.say(remark) }
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
    if abs(offset) - report.clockUncertainty > Workspace.clockErrorMillisecondsMin {
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
        once more. If your admins did nothing of the kind, show them what kam witness says.
        """)
    }
    if let log = report.otherLog {
      remarks.append(
        """
        The server's audit log is not the one that this device was shown on \(workspace.moments.at(log.shown)) (entry \
        \(log.number)): it was changed, or put back without saying so. Show an admin what kam witness says.
        """)
    }
    if report.putOff > 0 {
      remarks.append(
        """
        \(counted(report.putOff, "edit")) waits for what the server lacks since then: records, accounts or roles that \
        come back with the devices of those who made them. kam status shows which; every sync tries again.
        """)
    }
    for shared in sharedNames {
      let codes = shared.accounts.map { $0.prefix { $0 != " " } }
      remarks.append(
        """
        \(shared.name) is the short name of \(enumerated(shared.accounts.map { .verbatim($0) })): name them by these codes, or \
        give one another short name (kam account edit \(codes[0]) --slug NAME). If they are one account: \
        kam merge \(codes[0]) \(codes[1])
        """)
    }
    remarks += lateForMerged + twinRemarks
    if report.repaired > 0 { remarks.append("What differed from the server was found and mended.") }
    return remarks
  }

  private func told(_ device: NewDevice) -> Phrase {
    """
    A new device of yours: \(device.name) (number \(device.number)), since \(workspace.moments.at(device.since)). If it is \
    not yours: kam device end \(device.number)
    """
  }

  /// What the remark about short names tells is not told twice.
  private var twinRemarks: [Phrase] {
    let untold = twins.filter { !($0.pair.reasons.contains(.slug) && !sharedNames.isEmpty) }
    let more: [Phrase] =
      untold.count > Self.twinsMax
      ? ["\(untold.count - Self.twinsMax) more that may be here twice: kam twins"] : []
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

  func json() throws -> JSON {
    let told = try conflicts.map { (conflict: $0.conflict, json: try workspace.json($0)) }
    let superseded = told.filter {
      $0.conflict.outcome == .mineLost || $0.conflict.outcome == .theirsReplacedMine
    }
    return .object([
      ("sent", .integer(report.sent)), ("received", .integer(report.received)),
      ("refused", .array(try refused.map { try workspace.json($0) })),
      ("superseded", .array(superseded.map(\.json))), ("conflicts", .array(told.map(\.json))),
      ("claims", .array(try claims.map(workspace.json))),
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
      ("messages", .array(remarks.map { .text(said($0)) })),
    ])
  }
}

extension Workspace {
  /// Asks the server what became of records that were deleted while somebody edited them: that one was merged into another
  /// is in the summary of that edit.
  fileprivate func learnMerges(from connection: Connection, after number: Int64) async throws {
    var asked: Set<RecordID> = []
    for conflict in try replica.conflicts().prefix(while: { $0.number > number })
    where conflict.isAboutDeletion {
      guard asked.count < 20, asked.insert(conflict.record).inserted,
        let view = try replica.record(conflict.record, in: conflict.scope), !view.state.alive,
        try replica.mergedInto(view.id) == nil
      else { continue }
      let page: WireHistoryResponse
      do {
        page = try await connection.history(scope: view.scope, record: view.id, before: 0, limit: 50)
      } catch is ClientError {
        // The sync is done; only a word about it is missing.
        return
      }
      let deletion = page.entries.first { $0.outcome == .applied && $0.change.hasAlive && !$0.change.alive }
      guard let keep = try deletion.flatMap({ try mergedInto($0.summary, view) }) else { continue }
      try replica.note(view.id, into: keep)
    }
  }

  /// What is added to a deleted account is hidden with it, and would be missed in the other one.
  fileprivate func lateForMerged(_ arrived: [Scope: Int]) throws -> [Phrase] {
    var counts: [RecordID: Int] = [:]
    for (scope, count) in arrived { if let account = scope.account { counts[account, default: 0] += count } }
    return try counts.sorted { $0.key < $1.key }.compactMap { account, count in
      guard let view = try replica.record(account, in: .plan(account)), !view.state.alive,
        let keep = try mergedInto(view)
      else { return nil }
      return """
        \(capitalized(counted(count, "record"))) came into \(try mergeName(view)), which was merged into \
        \(try mergeName(keep)): kam restore \(try handle(account)), and then merge them again
        """
    }
  }
}
