import PlanModel
import ProtocolMessages
import Replica
import SyncCore

/// A running program on a device: one sync session, lost when the program dies.
final class Process {
  let number: Int
  var session: SyncSession
  var isFinished = false
  /// What it waits for, to be sent again after a timeout.
  var open: Network.Message?
  /// What was sent before the answer to `open` was committed. Its number is none of the session's: the session may want
  /// something else after all.
  var ahead: Network.Message?
  /// The session's number for the request that was sent ahead, once it wants it.
  var wanted: [Int: Int] = [:]
  /// Secrets offered with requests for a replica number, by request.
  var offered: [Int: String] = [:]

  init(number: Int, session: SyncSession) {
    self.number = number
    self.session = session
  }
}

/// One installation: a replica that survives crashes, the programs that use it, a clock, credentials.
final class Device {
  let number: Int
  private(set) var person: RecordID
  let email: String
  let replica: Replica
  var clock: WallClock
  let pageRecordsMax: UInt32
  /// Edits in one request.
  let editsMax: Int
  /// By replica number.
  var secrets: [UInt32: String]
  var processes: [Process] = []
  /// The server no longer knows its credential.
  var mustJoin = false
  /// Every edit made here, or on the device this one was copied from.
  var made: [RecordID] = []

  // What the checks remember between two looks.
  /// The history that what it shows was read from.
  var branch = 0
  var heads: [Scope: (branch: Int, grantEpoch: UInt64, head: UInt64)] = [:]
  var statuses: [RecordID: OutboxEntry.Status] = [:]
  /// Every edit that the server ever told it was applied.
  var acknowledged: Set<RecordID> = []

  init(
    number: Int, person: RecordID, email: String, replica: Replica, clock: WallClock, pageRecordsMax: UInt32,
    editsMax: Int, secrets: [UInt32: String]
  ) {
    self.number = number
    self.person = person
    self.email = email
    self.replica = replica
    self.clock = clock
    self.pageRecordsMax = pageRecordsMax
    self.editsMax = editsMax
    self.secrets = secrets
  }

  /// A restored server may know them by a new id.
  func isNow(_ person: RecordID) { self.person = person }
}
