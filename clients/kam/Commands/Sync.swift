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

  func run(in shell: Shell) async throws {
    let workspace = try Workspace(shell)
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
    if json.isWanted {
      console.document(try outcome.json().document)
    } else {
      for sentence in try outcome.sentences() { console.say(sentence) }
    }
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
}
