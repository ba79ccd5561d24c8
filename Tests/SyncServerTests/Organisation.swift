import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

/// An organisation on a store of its own, with a clock that moves only when told.
final class Organisation {
  private(set) var store: SQLiteStore
  /// Server time, Unix milliseconds.
  var now: Int64 = 1_760_000_000_000
  var random = Sequence64(seed: 7)
  // Set in the initialiser, whose last step needs the rest of the organisation.
  // swift-format-ignore: NeverUseImplicitlyUnwrappedOptionals
  private var founder: Device?
  private var targets: [String: RecordID] = [:]

  init(store: SQLiteStore? = nil) throws {
    self.store = try store ?? SQLiteStore(inMemory: ())
    let user = try self.store.write {
      try Founding.found(
        name: "Acme", adminEmail: "admin@acme.example", adminName: "Admin", in: $0, now: now, using: &random)
    }
    founder = try join(user.email)
  }

  /// Puts a copy of the database back, by the book: a new history begins.
  func restore(_ backup: SQLiteStore) throws {
    store = try SQLiteStore(inMemory: ())
    try backup.copy(to: store)
    try store.write { try Founding.beginEpoch(because: "restored", by: "host", in: $0, now: now) }
  }

  var admin: Device {
    guard let founder else { preconditionFailure("an organisation is made with its founder's device") }
    return founder
  }

  /// A new user with a device.
  func person(_ name: String, _ role: OrganizationRole = .member) throws -> Device {
    let email = "\(name.lowercased())@acme.example"
    _ = try store.write {
      try People.addUser(email: email, name: name, role: role, by: "test", in: $0, now: now, using: &random)
    }
    return try join(email)
  }

  /// One device more for a user.
  func join(_ email: String, name: String? = nil) throws -> Device {
    let invite = try invite(email)
    let secret = "secret-\(random.next())"
    let request = joinRequest(invite, secret: secret, name: name ?? "\(email)'s laptop")
    guard case .joined(let answer) = try join(request) else {
      throw Surprise("the invite of \(email) was refused")
    }
    let author = try store.read { reading in
      Author(
        user: try #require(try reading.user(email: email)),
        device: try #require(try reading.device(answer.replica)))
    }
    return Device(self, author, secret: secret)
  }

  func invite(_ email: String, validFor milliseconds: Int64 = 86_400_000) throws -> People.NewInvite {
    try store.write {
      try People.invite(email: email, validFor: milliseconds, by: "test", in: $0, now: now, using: &random)
    }
  }

  func joinRequest(_ invite: People.NewInvite, secret: String, name: String = "laptop") -> WireJoinRequest {
    .with {
      $0.protocol = Limits.protocolVersion
      $0.invite = invite.id.description
      $0.inviteSecret = invite.secret
      $0.deviceSecretSha256 = Data(sha256(Array(secret.utf8)))
      $0.deviceName = name
    }
  }

  func join(_ request: WireJoinRequest, from address: String = "192.0.2.7") throws -> Join.Answer {
    try store.write { try Join.decide(request, from: address, in: $0, now: now) }
  }

  /// A record that others may point to, made when it is first needed, with what it needs itself.
  func target(_ number: UInt32, in scope: Scope) throws -> RecordID {
    let account = scope.account
    switch number {
    case KindDescription.person.number: return admin.user
    case KindDescription.account.number: return try #require(account)
    default: break
    }
    let kind = try #require(PlanModel.kind(number))
    let place: Scope =
      switch kind.family {
      case .directory: .directory
      case .plan: .plan(try #require(account))
      case .finance: .finance(try #require(account))
      }
    let key = "\(place) \(number)"
    if let known = targets[key] { return known }
    let id = kind.isSingleton ? try #require(account).singleton(ofKind: number) : newID()
    let result = try admin.edit(place, create(id, kind, try required(kind, in: scope)))
    guard result.outcome == .applied else { throw Surprise("\(kind.name): \(result.reason)") }
    targets[key] = id
    return id
  }

  /// What a new record of the kind cannot do without.
  func required(_ kind: KindDescription, in scope: Scope) throws -> [String: String] {
    try Dictionary(
      uniqueKeysWithValues: kind.registers.filter(\.isRequired).map { ($0.name, try sample($0, in: scope)) })
  }

  /// A value that the register takes.
  func sample(_ register: RegisterDescription, in scope: Scope) throws -> String {
    switch register.type {
    case .choice(let choices): choices.all[0].name
    case .reference(let kind): try target(kind, in: scope).description
    case .anyReference: try target(KindDescription.contact.number, in: scope).description
    case .kindNumber: "42"
    case .money: "5 EUR"
    case .period: "2026-01-01..2026-12-31"
    case .date: "2026-01-01"
    case .integer(let range): "\(range.lowerBound)"
    case .decimal: "1"
    case .flag: "yes"
    default: "x"
    }
  }

  func newID() -> RecordID { RecordID.make(milliseconds: now, using: &random) }

  /// An account with its manager's first record.
  func account(_ name: String = "Northwind", managedBy manager: Device) throws -> Scope {
    let id = newID()
    let result = try manager.edit(.plan(id), create(id, .account, ["name": name]))
    guard result.outcome == .applied else { throw Surprise(result.reason) }
    return .plan(id)
  }

  @discardableResult
  func share(
    _ scope: Scope, with device: Device, _ role: AccountRole?, by manager: Device
  ) throws -> Sharing.Answer {
    try share(scope, email: device.author.user.email, role, by: manager)
  }

  @discardableResult
  func share(_ scope: Scope, email: String, _ role: AccountRole?, by manager: Device) throws -> Sharing.Answer
  {
    let account = try #require(scope.account)
    return try store.write {
      try Sharing.set(role, email: email, on: account, by: try $0.current(manager.author), in: $0, now: now)
    }
  }

  /// A replica that was copied is seen to be two: both number an edit of their own with the same number.
  func fork(_ device: Device) throws {
    let edit = device.mutation(.directory)
    _ = try device.push(edit)
    var other = edit
    other.id = newID().description
    guard try device.push(other).state == .fork else { throw Surprise("no fork was seen") }
  }

  /// A copy of a device, as it is made after it was seen.
  func copy(of author: Author, secret: String, name: String = "copy") throws -> WireNewReplicaResponse? {
    try store.write {
      try Join.newReplica(
        .with {
          $0.deviceSecretSha256 = Data(sha256(Array(secret.utf8)))
          $0.deviceName = name
        }, by: author, in: $0, now: now)
    }
  }

  // MARK: - What the server holds

  func row(_ scope: Scope) throws -> ScopeRow? { try store.read { try $0.scope(scope) } }

  func record(_ id: RecordID, in scope: Scope) throws -> RecordState? {
    try store.read { reading in try reading.scope(scope).flatMap { try reading.record(id, in: $0.number) } }
  }

  /// A register's value as text; nil when it is empty.
  func value(_ register: String, of id: RecordID, in scope: Scope) throws -> String? {
    guard let state = try record(id, in: scope) else { throw Surprise("no record \(id)") }
    let kind = try #require(PlanModel.kind(state.kind))
    let description = try #require(kind.register(named: register))
    return try state.body[description.number].map { text(try description.type.decode($0), description.type) }
  }

  /// Newest first.
  func history(of id: RecordID, in scope: Scope) throws -> [WireHistoryEntry] {
    try store.read {
      try HistoryQuery.answer(
        .with {
          $0.scope = scope.description
          $0.record = id.description
        }, by: admin.author, from: $0)
    }?.entries ?? []
  }

  func historyRows() throws -> [HistoryRow] {
    try store.read { reading in
      try reading.scopes().flatMap { try reading.history(in: $0.number, after: 0, limit: 100_000) }
    }
  }
}

struct Surprise: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// A replica as the server sees it: it numbers and stamps its mutations, and keeps nothing.
final class Device {
  let organisation: Organisation
  let author: Author
  let secret: String
  private(set) var sequence: UInt64 = 0
  private var clock = HybridClock()

  init(_ organisation: Organisation, _ author: Author, secret: String) {
    self.organisation = organisation
    self.author = author
    self.secret = secret
  }

  var number: UInt32 { author.device.number }
  var user: RecordID { author.user.id }

  /// A stamp of this device's clock, which is `ahead` milliseconds ahead of the server's.
  func stamp(ahead: Int64 = 0) -> Stamp {
    Stamp(hlc: clock.tick(now: organisation.now + ahead), replica: number)
  }

  /// The next mutation of this device's queue.
  func mutation(
    _ scope: Scope, _ changes: WireChange..., guards: [WireGuard] = [], stamp: Stamp? = nil, ahead: Int64 = 0
  ) -> WireMutation {
    sequence += 1
    return .with {
      $0.sequence = sequence
      $0.id = organisation.newID().description
      $0.scope = scope.description
      $0.stamp = (stamp ?? self.stamp(ahead: ahead)).wire
      $0.guards = guards
      $0.changes = changes
      $0.summary = "edit \(sequence)"
    }
  }

  /// Gives back the number of a mutation that the server did not consume.
  func rewind(to sequence: UInt64) { self.sequence = sequence }

  func push(_ mutations: WireMutation..., acknowledged: UInt64 = 0) throws -> Push.Answer {
    try push(mutations, acknowledged: acknowledged)
  }

  func push(_ mutations: [WireMutation], acknowledged: UInt64 = 0) throws -> Push.Answer {
    let answer = try organisation.store.write {
      try Push.decide(mutations, acknowledged: acknowledged, by: author, in: $0, now: organisation.now)
    }
    for result in answer.results {
      // Whatever a test refuses is said in codes, too, and they say the same.
      guard (result.refusals.known ?? []).sentence == result.reason else {
        throw Surprise("\(result.reason) is not \(result.refusals)")
      }
    }
    return answer
  }

  /// Pushes one mutation.
  @discardableResult
  func edit(
    _ scope: Scope, _ changes: WireChange..., guards: [WireGuard] = [], stamp: Stamp? = nil, ahead: Int64 = 0
  ) throws -> WireMutationResult {
    var mutation = mutation(scope, guards: guards, stamp: stamp, ahead: ahead)
    mutation.changes = changes
    let answer = try push([mutation])
    guard answer.state == .ok, let result = answer.results.first else {
      throw Surprise("not decided: \(answer)")
    }
    return result
  }

  /// Makes a task and returns its id.
  func task(
    in scope: Scope, _ values: [String: String] = [:], title: String = "Call Ana", ahead: Int64 = 0
  ) throws -> RecordID {
    let id = organisation.newID()
    let all = ["title": title, "department": "sales"].merging(values) { $1 }
    let result = try edit(scope, create(id, .task, all), ahead: ahead)
    guard result.outcome == .applied else { throw Surprise(result.reason) }
    return id
  }

  func pull(
    _ checkpoint: Data = Data(), push: Push.Answer = .init(), maxRecords: UInt32 = 0, maxBytes: UInt32 = 0,
    acknowledgedNotices: UInt64 = 0, resetting scopes: [Scope] = []
  ) throws -> WireSyncResponse {
    let request = WireSyncRequest.with {
      $0.checkpoint = checkpoint
      $0.maxRecords = maxRecords
      $0.maxBytes = maxBytes
      $0.acknowledgedNotices = acknowledgedNotices
      $0.resetScopes = scopes.map(\.description)
    }
    return try organisation.store.read {
      try Pull.answer(request, push: push, by: author, from: $0, now: organisation.now)
    }
  }
}

// MARK: - Changes, written as people would

func create(_ id: RecordID, _ kind: KindDescription, _ values: [String: String]) -> WireChange {
  change(id, kind, values, isCreation: true)
}

func change(
  _ id: RecordID, _ kind: KindDescription = .task, _ values: [String: String] = [:], clear: [String] = [],
  alive: Bool? = nil, isCreation: Bool = false, seen: [String: Stamp] = [:]
) -> WireChange {
  .with {
    $0.record = id.description
    $0.kind = KamKind(rawValue: Int(kind.number)) ?? .unspecified
    $0.create = isCreation
    if !values.isEmpty { $0.set = Data(encodeBody(encoded(values, kind).bytes, kind: kind.number)) }
    $0.clear = clear.compactMap { kind.register(named: $0)?.number }
    if let alive { $0.alive = alive }
    $0.base = seen.map { name, stamp in
      .with {
        $0.stamp = stamp.wire
        $0.registers = [kind.register(named: name)?.number ?? lifeRegister]
      }
    }
  }
}

func encoded(_ values: [String: String], _ kind: KindDescription) -> Registers {
  let fields = values.compactMap { name, text -> (UInt32, [UInt8])? in
    guard let register = kind.register(named: name), let value = try? register.type.parse(text) else {
      Issue.record("“\(text)” cannot be the \(name) of a \(kind.name)")
      return nil
    }
    return (register.number, register.type.encode(value, as: register.number))
  }
  var registers = Registers()
  for (number, bytes) in fields.sorted(by: { $0.0 < $1.0 }) { registers.append(number, bytes) }
  return registers
}

func text(_ value: RegisterValue, _ type: RegisterType) -> String {
  switch (value, type) {
  case (.text(let text), _): text
  case (.integer(let number), .choice(let choices)): choices.name(of: number)
  case (.integer(let number), _): "\(number)"
  case (.flag(let flag), _): flag ? "yes" : "no"
  case (.money(let money), _): money.description
  case (.period(let from, let to), _): "\(from)..\(to)"
  case (.graded(let number, let likelihood), _): "\(number) \(likelihood)"
  case (.reference(let id), _): id.description
  case (.opaque, _): "opaque"
  }
}

/// The value of the register that an effect, a notice or a guard's failure tells about.
func text(_ value: WireRegisterValue, _ register: String, _ kind: KindDescription = .task) throws -> String? {
  guard !value.value.isEmpty else { return nil }
  let description = try #require(kind.register(named: register))
  let (bodyKind, content) = try decodeBody(Array(value.value)[...])
  #expect(bodyKind == kind.number && content.numbers == [description.number])
  return text(try description.type.decode(try #require(content[description.number])), description.type)
}

func expectation(
  _ id: RecordID, _ register: String, _ expect: WireGuard.OneOf_Expect, _ kind: KindDescription = .task
) -> WireGuard {
  .with {
    $0.record = id.description
    $0.register = kind.register(named: register)?.number ?? lifeRegister
    $0.expect = expect
  }
}

extension RecordState {
  func stamp(_ register: String) -> Stamp? {
    PlanModel.kind(kind)?.register(named: register).flatMap { stamps[$0.number] }
  }
}

extension WireStamp {
  var stamp: Stamp { Stamp(hlc: hlc, replica: replica) }
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

/// A plain reader of the protocol: takes pages as they come, and only shows them when the checkpoint is complete.
final class Reader {
  let device: Device
  private(set) var checkpoint = Data()
  private(set) var records: [Scope: [RecordID: RecordState]] = [:]
  private(set) var manifest: [Scope: WireManifest.Entry] = [:]
  private(set) var resets: [Scope] = []
  private(set) var entries = 0
  private(set) var notices: [WireNotice] = []

  init(_ device: Device) { self.device = device }

  /// Pulls until there is no more.
  ///
  /// - Returns: how many answers it took.
  @discardableResult
  func pull(
    pageRecords: UInt32 = 0, pageBytes: UInt32 = 0, resetting scopes: [Scope] = [],
    between: (Int) throws -> Void = { _ in }
  ) throws -> Int {
    resets = []
    entries = 0
    notices = []
    var answers = 0
    while true {
      let response = try device.pull(
        checkpoint, maxRecords: pageRecords, maxBytes: pageBytes, resetting: answers == 0 ? scopes : [])
      answers += 1
      try take(response)
      guard response.more else { return answers }
      guard answers < 10_000 else { throw Surprise("paging does not end") }
      try between(answers)
    }
  }

  func take(_ response: WireSyncResponse) throws {
    if !response.checkpoint.isEmpty { checkpoint = response.checkpoint }
    if response.hasManifest {
      manifest = try Dictionary(
        uniqueKeysWithValues: response.manifest.entries.map { (try #require(Scope($0.scope)), $0) })
      for scope in records.keys where manifest[scope] == nil { records[scope] = nil }
    }
    notices += response.notices
    for page in response.pages {
      let scope = try #require(Scope(page.scope))
      if page.reset {
        records[scope] = [:]
        resets.append(scope)
      }
      for bytes in page.records {
        let state = try RecordState(decoding: Array(bytes))
        records[scope, default: [:]][state.id] = state
        entries += 1
      }
      if page.complete {
        var digest = ScopeDigest()
        for state in records[scope, default: [:]].values { digest.add(state) }
        #expect(
          digest == ScopeDigest(live: page.digest.live, sumBytes: page.digest.sum), "digest of \(scope)")
      } else {
        #expect(!page.hasDigest && response.more)
      }
    }
  }

  /// Whether it holds exactly what the server has in this scope.
  func equalsServer(_ scope: Scope) throws -> Bool {
    var held: [RecordID: RecordState] = [:]
    try device.organisation.store.read { reading in
      let row = try #require(try reading.scope(scope))
      try reading.records(in: row.number) { held[$0.id] = $0 }
    }
    return records[scope] == held
  }
}
