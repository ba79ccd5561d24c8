import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@testable import Replica

struct Surprise: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Numbers that look random and are the same in every run.
struct Sequence64: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// A server in this process, with a clock that moves only when told.
final class Office {
  private(set) var store: SQLiteStore
  /// True time, Unix milliseconds.
  var now: Int64 = 1_760_000_000_000
  var random = Sequence64(seed: 11)

  init() throws {
    store = try SQLiteStore(inMemory: ())
    _ = try store.write {
      try Founding.found(
        name: "Acme", adminEmail: "admin@acme.example", adminName: "Admin", in: $0, now: now, using: &random)
    }
  }

  /// A server that is started on a database that was there.
  init(_ store: SQLiteStore, now: Int64) throws {
    self.store = store
    self.now = now
    try start()
  }

  func newID() -> RecordID { RecordID.make(milliseconds: now, using: &random) }

  /// A new user with a laptop.
  func person(_ name: String, _ role: OrganizationRole = .member, replica: Replica? = nil) throws -> Laptop {
    let email = "\(name.lowercased())@acme.example"
    _ = try store.write {
      try People.addUser(email: email, name: name, role: role, by: "test", in: $0, now: now, using: &random)
    }
    return try laptop(of: email, replica: replica)
  }

  /// One laptop more for a user.
  func laptop(of email: String, replica: Replica? = nil) throws -> Laptop {
    let laptop = Laptop(self, try replica ?? Replica(inMemory: ()))
    try laptop.join(email)
    return laptop
  }

  /// Takes a device in, as Join answers it.
  func admit(_ email: String, holding replica: Replica? = nil) throws -> (Author, WireJoinResponse) {
    let invite = try store.write {
      try People.invite(email: email, validFor: 86_400_000, by: "test", in: $0, now: now, using: &random)
    }
    let former = try replica?.formerIdentity()
    let request = WireJoinRequest.with {
      if let former {
        $0.formerPerson = former.person.description
        $0.formerEpoch = former.epoch
        $0.formerCheckpoint = Data(CheckpointProof.make(of: former.checkpoint))
      }
      $0.invite = invite.id.description
      $0.inviteSecret = invite.secret
      $0.deviceSecretSha256 = Data(sha256([UInt8(truncatingIfNeeded: random.next())] + Array(email.utf8)))
      $0.deviceName = "laptop"
    }
    let decided = try store.write { try Join.decide(request, from: "::1", in: $0, now: now) }
    guard case .joined(let answer) = decided else { throw Surprise("not joined: \(decided)") }
    return (try author(answer.replica), answer)
  }

  func author(_ replica: UInt32) throws -> Author {
    try store.read { reading in
      let device = try #require(try reading.device(replica))
      return Author(user: try #require(try reading.user(device.user)), device: device)
    }
  }

  func share(_ scope: Scope, with laptop: Laptop, _ role: AccountRole?) throws {
    let account = try #require(scope.account)
    let admin = try store.read { try #require(try $0.user(email: "admin@acme.example")) }
    let answer = try store.write { transaction in
      try Sharing.set(
        role, email: try laptop.replica.identity().email, on: account,
        by: Author(user: admin, device: laptop.author.device), in: transaction, now: now)
    }
    guard case .done = answer else { throw Surprise("\(answer)") }
  }

  /// Everything as it is now, to be restored later.
  func backup() throws -> SQLiteStore {
    let copy = try SQLiteStore(inMemory: ())
    try store.copy(to: copy)
    return copy
  }

  /// Replaces the server's history with a backup.
  func restore(_ backup: SQLiteStore) throws {
    store = backup
    try store.write {
      try Lineage.begin(in: $0, using: &random)
      try Founding.beginEpoch(because: "restored", by: "host", in: $0, now: now)
    }
  }

  /// The directory is copied while the server stands still, and the server goes on.
  func copyOfDirectory() throws -> SQLiteStore {
    let copy = try backup()
    try start()
    return copy
  }

  /// The server is stopped, the copy is put in the directory's place, and the server started. Nobody tells anybody.
  func putBack(_ copy: SQLiteStore) throws {
    store = copy
    try start()
  }

  func start() throws { try store.write { try Lineage.begin(in: $0, using: &random) } }

  func epoch() throws -> String { try store.read { try $0.organization().epoch } }

  func record(_ id: RecordID, in scope: Scope) throws -> RecordState? {
    try store.read { reading in try reading.scope(scope).flatMap { try reading.record(id, in: $0.number) } }
  }

  func outcomes(of id: RecordID, in scope: Scope) throws -> [WireOutcome] {
    try store.read { reading in
      guard let row = try reading.scope(scope) else { return [] }
      var outcomes: [WireOutcome] = []
      try reading.history(of: id, in: row.number, before: nil) {
        outcomes.append(try WireHistoryEntry(serializedBytes: $0.entry).outcome)
        return true
      }
      return outcomes.reversed()
    }
  }
}

extension Replica {
  /// The record with this id, which is in one scope in most tests.
  func record(_ id: RecordID) throws -> RecordView? { try records(id).first }
}

/// A replica with its credential, and a network that obeys.
final class Laptop {
  let office: Office
  let replica: Replica
  /// How far this device's wall clock is ahead of the truth, milliseconds.
  var clockAhead: Int64 = 0
  /// How long a message takes, milliseconds.
  var delay: Int64 = 0
  /// How much longer an answer takes than a request, milliseconds.
  var answerDelay: Int64 = 0
  /// Requests with more edits than so many do not get through.
  var carriesEdits = Int.max
  // Set by the first join; a test that uses it before has a bug.
  // swift-format-ignore: NeverUseImplicitlyUnwrappedOptionals
  private var credential: Author?
  /// What was sent and answered in the last sync, in order.
  private(set) var log: [String] = []
  /// What was pushed by the last sync's requests.
  private(set) var pushed: [[UInt64]] = []

  init(_ office: Office, _ replica: Replica) {
    self.office = office
    self.replica = replica
  }

  /// A second process, or a copy, that uses the same credential.
  init(_ other: Laptop, _ replica: Replica) {
    office = other.office
    credential = other.author
    self.replica = replica
  }

  /// One whose replica was there, and has joined.
  convenience init(joined replica: Replica, _ office: Office) throws {
    self.init(office, replica)
    credential = try office.author(try replica.identity().replica)
  }

  var author: Author {
    guard let credential else { preconditionFailure("a laptop joins before it is used") }
    return credential
  }

  var person: RecordID { author.user.id }
  var now: Int64 { office.now + clockAhead }

  func join(_ email: String) throws {
    let (author, answer) = try office.admit(email, holding: replica)
    credential = author
    try replica.join(
      Identity(
        organization: answer.organization, person: author.user.id, name: answer.name, email: answer.email,
        role: author.user.role, replica: answer.replica), epoch: answer.epoch,
      checkpoint: Array(answer.checkpoint),
      isSameOrganization: answer.formerKnown)
  }

  /// Shares an account from this device, as `kam account share` does.
  func share(_ scope: Scope, with other: Laptop, _ role: AccountRole?) throws {
    let account = try #require(scope.account)
    let answer = try office.store.write {
      try Sharing.set(
        role, email: try other.replica.identity().email, on: account, by: author, in: $0, now: office.now)
    }
    guard case .done(let response) = answer else { throw Surprise("\(answer)") }
    var random = Sequence64(seed: office.random.next())
    try replica.noteAccess(
      .with {
        $0.user = response.user
        $0.role = role.flatMap { KamAccountRole(rawValue: $0.rawValue) } ?? .unspecified
      }, of: account, at: response.hlc, summary: "shares the account", now: now, using: &random)
  }

  // MARK: - Editing

  @discardableResult
  func edit(
    _ scope: Scope, _ summary: String = "edit", _ body: (inout Draft) throws -> Void
  ) throws -> EditReceipt {
    // Its own generator: the body may ask the office for ids.
    var random = Sequence64(seed: office.random.next())
    return try replica.edit(in: scope, summary: summary, now: now, using: &random, body)
  }

  func account(_ name: String = "Northwind") throws -> Scope {
    let id = office.newID()
    try create(id, .account, ["name": name], in: .plan(id))
    return .plan(id)
  }

  @discardableResult
  func create(
    _ id: RecordID, _ kind: KindDescription, _ values: [String: String], in scope: Scope
  ) throws -> RecordID {
    try edit(scope) { try $0.create(id, kind: kind.number, try parsed(values, kind)) }.mutation
  }

  func task(in scope: Scope, _ values: [String: String] = [:], title: String = "Call Ana") throws -> RecordID
  {
    let id = office.newID()
    try create(id, .task, ["title": title, "department": "sales"].merging(values) { $1 }, in: scope)
    return id
  }

  @discardableResult
  func set(
    _ id: RecordID, _ values: [String: String], in scope: Scope, clear: [String] = []
  ) throws -> RecordID {
    let view = try #require(try replica.record(id))
    let kind = try #require(PlanModel.kind(view.kind))
    let written = try parsed(values, kind).map { (register: $0.register, value: Optional($0.value)) }
    let cleared = try clear.map {
      (register: try #require(kind.register(named: $0)).number, value: RegisterValue?.none)
    }
    return try edit(scope) { try $0.update(id, written + cleared) }.mutation
  }

  @discardableResult
  func claim(_ task: RecordID, in scope: Scope) throws -> RecordID {
    try set(task, ["claimed-by": person.description, "status": "claimed"], in: scope)
  }

  func setAlive(_ alive: Bool, _ id: RecordID, in scope: Scope) throws {
    try edit(scope) { try $0.setAlive(alive, id) }
  }

  // MARK: - Seeing

  /// A register as its person sees it; nil when it is empty or there is no such record.
  func sees(_ register: String, of id: RecordID) throws -> String? {
    guard let view = try replica.record(id), let kind = PlanModel.kind(view.kind) else { return nil }
    let description = try #require(kind.register(named: register))
    guard let value = view.value(description) else { return nil }
    return switch (value, description.type) {
    case (.text(let text), _): text
    case (.integer(let number), .choice(let choices)): choices.name(of: number)
    case (.reference(let id), _): id.description
    default: "\(value)"
    }
  }

  /// The words of a conflict: (outcome, mine, theirs).
  func conflicts(_ register: String = "title", _ kind: KindDescription = .task) throws -> [String] {
    let description = try #require(kind.register(named: register))
    return try replica.conflicts().reversed().map { conflict in
      func words(_ value: WireRegisterValue) -> String {
        if value.hasAlive { return value.alive ? "alive" : "deleted" }
        guard let encoded = Replica.encoded(value, register: description.number),
          case .text(let text)? = try? description.type.decode(encoded[...])
        else { return "-" }
        return text
      }
      return "\(conflict.outcome): \(words(conflict.mine)) / \(words(conflict.theirs))"
    }
  }

  /// Whether base and digests are the server's, scope by scope.
  func equalsServer() throws -> Bool {
    guard try replica.scopesThatDiffer().isEmpty else { return false }
    return try replica.scopes().allSatisfy { held in
      guard let row = try office.store.read({ try $0.scope(held.scope) }) else { return false }
      return held.digest == row.digest && held.head == row.head
    }
  }

  // MARK: - Syncing

  @discardableResult
  func sync(
    pageRecords: UInt32 = 0, onAnswer: (Laptop, inout WireSyncResponse) throws -> Void = { _, _ in }
  ) throws -> SyncReport {
    log = []
    pushed = []
    var session = SyncSession(replica, pageRecordsMax: pageRecords)
    var effects = try session.handle(.begin)
    while let effect = effects.first {
      if case .finish(let report) = effect { return report }
      guard log.count < 5_000 else { throw Surprise("the session does not end: \(log.suffix(5))") }
      var event = try answer(effect)
      if case .answered(let request, var response, let sent, let received) = event {
        try onAnswer(self, &response)
        event = .answered(request: request, response, sent: sent, received: received)
      }
      effects = try session.handle(event)
    }
    throw Surprise("the session stopped without finishing: \(log)")
  }

  /// Does what an effect asks, on the server.
  func answer(_ effect: SyncSession.Effect) throws -> SyncSession.Event {
    let sent = now
    office.now += delay
    defer { office.now += delay + answerDelay }
    switch effect {
    case .sync(let number, let request):
      log.append("sync")
      pushed.append(request.push.map(\.sequence))
      guard request.push.count <= carriesEdits else { return .failed }
      let push = try office.store.write {
        try SyncExchange.push(request, by: author, in: $0, now: office.now)
      }
      let response = try office.store.read {
        try SyncExchange.answer(request, push: push, by: author, from: $0, now: office.now)
      }
      return .answered(request: number, response, sent: sent, received: now + delay + answerDelay)
    case .newReplica(let number):
      log.append("new replica")
      let answer = try office.store.write {
        try Join.newReplica(
          .with {
            $0.deviceSecretSha256 = Data(
              (0..<32).map { _ in UInt8.random(in: 0...255, using: &office.random) })
          },
          by: author, in: $0, now: office.now)
      }
      credential = try office.author(try #require(answer).replica)
      return .renumbered(request: number, try #require(answer))
    case .digests(let number, let request):
      log.append("digests")
      let answer = try office.store.read {
        try Repair.digests(of: try #require(Scope(request.scope)), by: author, from: $0)
      }
      return .compared(request: number, try #require(answer))
    case .fetchRecords(let number, let request):
      log.append("fetch")
      let answer = try office.store.read {
        try Repair.records(
          of: try #require(Scope(request.scope)), buckets: request.buckets, by: author, from: $0)
      }
      return .fetched(request: number, try #require(answer))
    case .awaitAhead: throw Surprise("nothing was sent ahead")
    case .finish: throw Surprise("finish is not answered")
    }
  }
}

func parsed(
  _ values: [String: String], _ kind: KindDescription
) throws -> [(register: UInt32, value: RegisterValue)] {
  try values.map { name, text in
    let register = try #require(kind.register(named: name))
    return (register.number, try register.type.parse(text))
  }
}

/// A folder that goes when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "kam-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var file: String { path + "/replica.sqlite" }
}
