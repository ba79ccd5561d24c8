import PlanModel
import ProtocolMessages
import SyncCore

/// What a sync did, for its person.
package struct SyncReport: Equatable, Sendable {
  package enum Ending: Equatable, Sendable {
    case complete
    case serverKeepsAsking
    /// What is new was received; what waits goes on waiting.
    case serverTakesNoEdits
    /// The same, of one whose edits have taken what they may take in a day. Unix milliseconds.
    case editsPutOff(until: Int64)
    case stillDiffers(Scope)
  }
  package var ending = Ending.complete
  /// Edits the server has taken.
  package var sent = 0
  /// Records received.
  package var received = 0
  package var refused: [RecordID] = []
  /// Edits in which another's later value stands, or that went over one unseen.
  package var conflicts = 0
  package var notices = 0
  /// Of the person, that this one was not told of before.
  package var newDevices: [NewDevice] = []
  /// Edits that wait until the server is upgraded.
  package var held = 0
  /// Edits that wait for what a restored server does not have yet.
  package var putOff = 0
  package var newScopes: [Scope] = []
  package var lostScopes: [Scope] = []
  package var appeared: [Appeared] = []
  /// How many records of others came that were not here before.
  package var arrived: [Scope: Int] = [:]
  package var repaired = 0
  package var renumbered = false
  package var historyReplaced = false
  /// What this device was shown of the server's audit log, when the log is not the same any more.
  package var otherLog: ShownLog?
  /// To be added to this device's clock to get the server's, milliseconds.
  package var clockOffset: Int64 = 0
  package var clockUncertainty: Int64 = 0
  /// The largest distance by which a stamp of this device lay ahead of the server and was pulled back, milliseconds.
  package var clamped: Int64 = 0

  package init() {}

  mutating func add(_ commit: Commit) {
    sent += commit.acknowledged
    received += commit.received
    refused += commit.refused
    conflicts += commit.conflicts
    notices += commit.notices
    newDevices += commit.newDevices
    held = commit.held
    otherLog = commit.otherLog ?? otherLog
    putOff += commit.putOff
    newScopes += commit.newScopes
    lostScopes += commit.lostScopes
    appeared += commit.appeared
    arrived.merge(commit.arrived, uniquingKeysWith: +)
    clamped = max(clamped, commit.clamped)
  }
}

/// A record that the server has and this replica's copy of it had not: somebody's new one, or one of this person's that
/// has gone to the server.
package struct Appeared: Equatable, Sendable {
  package let record: RecordID
  package let kind: UInt32
  package let scope: Scope

  /// The kinds that two people make of one thing; of others nobody asks.
  static let kinds: Set = [
    KindDescription.account.number, KindDescription.contact.number, KindDescription.product.number,
  ]
}

/// A device of this person that came after this one.
package struct NewDevice: Equatable, Sendable {
  package let number: UInt32
  /// As it calls itself.
  package let name: String
  /// When it joined, Unix milliseconds.
  package let since: Int64
  /// The device it is a copy of; nil when it joined with an invite.
  package let copiedFrom: UInt32?

  init(_ notice: WireNotice) {
    number = notice.device.number
    name = notice.device.name
    since = notice.device.createdMs
    copiedFrom = notice.device.copiedFrom == 0 ? nil : notice.device.copiedFrom
  }
}

/// What one completed checkpoint changed.
package struct Commit: Sendable {
  package var acknowledged = 0
  package var received = 0
  package var refused: [RecordID] = []
  package var conflicts = 0
  package var notices = 0
  package var newDevices: [NewDevice] = []
  package var held = 0
  package var putOff = 0
  package var otherLog: ShownLog?
  /// The first number under which one of them is sent again.
  var editsPutOffFrom = UInt64.max
  package var newScopes: [Scope] = []
  package var lostScopes: [Scope] = []
  package var appeared: [Appeared] = []
  /// How many records of others came that were not here before.
  package var arrived: [Scope: Int] = [:]
  package var clamped: Int64 = 0
  /// Scopes whose digest is not the server's.
  package var differing: [Scope] = []
  package var hasMoreToSend = false
}
