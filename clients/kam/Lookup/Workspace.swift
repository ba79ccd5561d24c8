import Foundation
import PlanModel
import Replica
import Speech
import SyncClient
import SyncCore
import Wording

/// What one run of a command works on: the replica, opened once, and what was read of it.
final class Workspace {
  let shell = Shell.current
  let moments: Moments
  let home: Home
  let replica: Replica
  let identity: Identity
  var console: Console { shell.console }
  private var knownPeople: People?
  private var knownAccounts: Accounts?
  var knownDepartments: Departments?
  /// Records that a person has judged to be two.
  var knownApart: Set<RecordPair>?
  private var knownHandles: [RecordID: Handle] = [:]
  /// What records that others point to are called.
  private var knownReferences: [Scope: [RecordID: String]] = [:]
  /// Short names of which was said that several accounts have them.
  private var toldNames: Set<String> = []
  private var random = SystemRandomNumberGenerator()

  /// - Throws: `ReplicaError.notJoined`, leaving no trace of a replica that nobody has.
  convenience init() throws {
    let home = try Home(environment: Shell.current.environment)
    guard home.isJoined || FileManager.default.fileExists(atPath: home.directory) else {
      throw ReplicaError.notJoined
    }
    try self.init(home, try home.openReplica())
  }

  private init(_ home: Home, _ replica: Replica) throws {
    moments = shell.moments
    self.home = home
    self.replica = replica
    identity = try replica.identity()
  }

  /// Does something on a copy: what is edited there is forgotten.
  ///
  /// - Parameter body: Done once more when there is no room for the copy but in memory.
  func rehearse<Value>(_ body: (Workspace) throws -> Value) throws -> Value {
    try replica.onTemporaryCopy { try body(try Workspace(home, $0)) }
  }

  /// What is read after this is what the import before has left.
  func lockForImport() throws -> ProcessLock {
    try home.lockForImport {
      console.note("Another kam imports into this replica; waiting for it …", .dim)
    }
  }

  func people() throws -> People {
    try known(\.knownPeople) {
      People(try replica.records(ofKind: KindDescription.person.number), identity: identity)
    }
  }

  func accounts() throws -> Accounts {
    try known(\.knownAccounts) {
      let scopes = try replica.scopes().map(\.scope).enumerated()
      return Accounts(
        try replica.records(ofKind: KindDescription.account.number),
        arrivals: Dictionary(
          scopes.compactMap { place, scope in if case .plan(let id) = scope { (id, place) } else { nil } },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  /// What was read before, or reads it.
  func known<Value>(
    _ place: ReferenceWritableKeyPath<Workspace, Value?>, _ read: () throws -> Value
  ) rethrows -> Value {
    if let value = self[keyPath: place] { return value }
    let value = try read()
    self[keyPath: place] = value
    return value
  }

  /// After a sync everything may be different.
  func forget() {
    knownPeople = nil
    knownAccounts = nil
    knownDepartments = nil
    knownApart = nil
    knownHandles = [:]
    knownReferences = [:]
  }

  func newID() -> RecordID { RecordID.make(milliseconds: shell.now, using: &random) }

  func handle(_ id: RecordID) throws -> String {
    if knownHandles[id] == nil { try prepareHandles([id]) }
    return knownHandles[id]?.description ?? id.description
  }

  /// Looks handles up together: for one, all ids are read.
  private func prepareHandles(_ ids: Set<RecordID>) throws {
    let unknown = ids.filter { knownHandles[$0] == nil }
    knownHandles.merge(try replica.handles(for: Array(unknown))) { $1 }
  }

  /// Before many records are shown: the handles of what they point to.
  func prepareReferences(_ views: [RecordView], _ registers: [RegisterDescription]) throws {
    let pointers = registers.filter { register in
      switch register.type {
      case .reference(KindDescription.person.number), .reference(KindDescription.account.number): false
      case .reference, .anyReference: true
      default: false
      }
    }
    guard !pointers.isEmpty else { return }
    var ids: Set<RecordID> = []
    for view in views {
      for pointer in pointers { if case .reference(let id)? = view.value(pointer) { ids.insert(id) } }
    }
    try prepareHandles(ids)
  }

  /// "7QK2 Call Ana"; thousands of sales point to the same few products.
  ///
  /// - Parameter scope: That of the record that points to it.
  func reference(_ id: RecordID, from scope: Scope) throws -> String {
    if let words = knownReferences[scope]?[id] { return words }
    let words =
      try replica.record(id, from: scope).map { "\(try handle(id)) \(title($0))" } ?? said("(not here yet)")
    knownReferences[scope, default: [:]][id] = words
    return words
  }

  /// Says, once a name, which of several accounts of one short name is meant.
  func note(_ account: Accounts.Account, of several: [Accounts.Account]) throws {
    guard toldNames.insert(account.slug).inserted else { return }
    let others = try several.filter { $0.id != account.id }.map {
      Phrase.verbatim("\(try handle($0.id)) \($0.name)")
    }
    console.note(
      """
      \(account.slug) is the short name of several accounts; this is \(try handle(account.id)) \(account.name), which has been \
      on this device longest, and not \(enumerated(others)). To tell them apart: kam account edit CODE --slug NAME
      """)
  }

  /// Lets the lines of a list that was printed be named by their number.
  func remember(listed ids: [RecordID]) throws {
    guard try !replica.remember(listed: ids) else { return }
    console.note(
      "The replica cannot be written now, so line numbers still mean the list before this one; use handles.")
  }

  // MARK: - Editing

  /// Stores one edit.
  ///
  /// - Returns: whether anything was different; saying a thing twice is no failure.
  @discardableResult
  func edit(in scope: Scope, _ summary: String, _ body: (inout Draft) throws -> Void) throws -> Bool {
    do {
      let receipt = try replica.edit(in: scope, summary: summary, now: shell.now, using: &random, body)
      if receipt.clockWentBack > Self.clockErrorMillisecondsMin {
        console.note(
          """
          This device's clock went back by \(Moments.span(receipt.clockWentBack)) since the last edit. \
          The edit is kept in its right order all the same.
          """)
      }
      return true
    } catch ReplicaError.nothingChanged {
      return false
    }
  }

  /// Stores several edits at once; each is kept or refused by itself.
  func edit(each edits: [PlannedEdit]) throws -> [Result<EditReceipt, any Error>] {
    try replica.edit(each: edits, now: shell.now, using: &random)
  }

  /// Stores several edits at once, all of them or none.
  func edit(all edits: [PlannedEdit], remembering merge: Merge?, isRehearsal: Bool) throws {
    try replica.edit(
      all: edits, remembering: merge, isRehearsal: isRehearsal, now: shell.now, using: &random)
  }

  /// Below this a clock is right for everything that people do.
  static let clockErrorMillisecondsMin: Int64 = 2_000

  // MARK: - How old it is

  /// "synced 2 h ago, 3 changes waiting"
  func age() throws -> Phrase {
    let progress = try replica.progress()
    let waiting = try replica.waitingCount()
    let synced: Phrase = progress.synced == 0 ? "never synced" : "synced \(moments.ago(progress.synced))"
    return waiting == 0 ? synced : "\(synced), \(counted(waiting, "change")) waiting"
  }

  /// On standard error, so that what is piped is only what was asked for.
  func showAge() throws { console.note(try age(), .dim) }
}
