import Foundation
import PlanModel
import ProtocolMessages
import Replica
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer

/// One organisation: a server, the devices of its people, the network between them, and time. Everything that happens
/// follows from one seed.
package final class World {
  package struct Faults: Sendable {
    package var server: PlantedFaults = []
    package var replica: ReplicaFaults = []

    package init(server: PlantedFaults = [], replica: ReplicaFaults = []) {
      self.server = server
      self.replica = replica
    }
  }

  /// What may happen in this run. A run with everything hides what a run with little shows.
  struct Weather {
    let revokes, suspends, restores, copies, twoProcesses, compacts, reorganises, fills, hires: Bool
    /// Whether backups are told to be complete, so that devices forget what is in them. By the seed itself: seeds that are
    /// kept for what they found go on as they did.
    let confirms: Bool
    /// Whether somebody gives records and edits of their own the ids of others'. By the seed itself, too.
    let isHostile: Bool
    /// The server's clock shows only multiples of this, milliseconds.
    let serverGrain: Int64
    /// Whether all clocks show the same few moments, so that only counters and replica numbers tell edits apart.
    let clocksAgree: Bool
    /// Whether most things happen within moments of each other.
    let isHectic: Bool

    init(seed: UInt64, using generator: inout SeededGenerator) {
      confirms = seed % 7 == 1
      isHostile = seed % 4 == 2
      revokes = generator.chance(50)
      suspends = generator.chance(30)
      restores = generator.chance(50)
      copies = generator.chance(50)
      twoProcesses = generator.chance(40)
      compacts = generator.chance(40)
      reorganises = generator.chance(40)
      fills = generator.chance(20)
      hires = generator.chance(30)
      clocksAgree = generator.chance(15)
      serverGrain = clocksAgree ? 10_000 : generator.pick([1, 1, 1_000, 10_000])
      isHectic = generator.chance(40)
    }
  }

  struct Member {
    let id: RecordID
    let email: String
  }

  var random: SeededGenerator
  var server: SimulatedServer
  var devices: [Device] = []
  var people: [Member] = []
  var intruder: Intruder?
  /// Who the intruder was, too, before a restore forgot them.
  var intruders: Set<RecordID> = []
  /// Whose devices were ever copied.
  var copied: Set<RecordID> = []
  var network: Network
  var trace: Trace
  let weather: Weather
  let faults: Faults
  /// True time, Unix milliseconds.
  private(set) var now: Int64 = 1_780_000_000_000
  var step = 0
  private var nextProcess = 1

  init(seed: UInt64, faults: Faults, isPrinted: Bool) throws {
    var random = SeededGenerator(seed: seed)
    weather = Weather(seed: seed, using: &random)
    network = Network(using: &random)
    self.faults = faults
    trace = Trace(isPrinted: isPrinted)
    let store = try SQLiteStore(inMemory: (), faults: faults.server)
    let time = now
    let admin = try store.write {
      try Founding.found(
        name: "Works", adminEmail: "p0@works.example", adminName: "P0", in: $0, now: time, using: &random)
    }
    let epoch = try store.read { try $0.organization().epoch }
    server = SimulatedServer(store: store, model: ServerModel(epoch: epoch), faults: faults.server)
    self.random = random
    people = [Member(id: admin.id, email: admin.email)]
    try server.store.read { try server.model.observe($0, applied: [], adopting: true) }
    server.model.add(admin.id, .admin)
    try populate()
  }

  func name(of person: RecordID) -> String {
    people.firstIndex { $0.id == person }.map { "p\($0)" } ?? person.short
  }

  var serverNow: Int64 { now - now % weather.serverGrain }

  func note(_ line: @autoclosure () -> String) { trace.note("\(step) \(line())") }

  // MARK: - Setting up

  private func populate() throws {
    for number in 1...(2 + random.below(3)) {
      let role: OrganizationRole = random.chance(15) ? .executive : .member
      let user = try server.write {
        try People.addUser(
          email: "p\(number)@works.example", name: "P\(number)", role: role, by: "admin", in: $0, now: now,
          using: &random)
      }
      server.model.add(user.id, role)
      people.append(Member(id: user.id, email: user.email))
    }
    for number in 0..<(2 + random.below(5)) {
      try addDevice(of: people[number < people.count - 1 ? number + 1 : random.below(people.count)])
    }
    // What an admin gives comes back with their device.
    if !devices.contains(where: { $0.person == people[0].id }) { try addDevice(of: people[0]) }
    let accounts = 1 + random.below(2)
    for number in 0..<accounts {
      let owner = devices[number % devices.count]
      try editAccount(on: owner)
      _ = try syncPerfectly(owner)
    }
    for account in server.model.grants.keys.sorted() {
      for person in people where random.chance(80) && server.model.grants[account]?[person.id] == nil {
        try share(account, with: person, random.chance(70) ? .contributor : random.pick([.viewer, .manager]))
      }
    }
    for device in devices { _ = try syncPerfectly(device) }
  }

  func addDevice(of member: Member) throws {
    let manner = weather.clocksAgree ? .veryCoarse : random.pick(WallClock.Manner.allCases)
    let clock = WallClock(manner, at: now, using: &random)
    let device = Device(
      number: devices.count, person: member.id, email: member.email,
      replica: try newReplica(), clock: clock,
      pageRecordsMax: random.pick([1, 2, 3, 5, 10, 100]), editsMax: random.pick([1, 2, 3, 1_000]),
      secrets: [:])
    try join(device)
    devices.append(device)
  }

  /// An admin's invite, redeemed at once.
  func join(_ device: Device) throws {
    let secret = "device \(device.number) joined at step \(step)"
    // A restored server may not know them: then an admin adds them again.
    if try server.store.read({ try $0.user(email: device.email) }) == nil {
      _ = try addPerson(email: device.email, name: name(of: device.person))
    }
    let former = try device.replica.formerIdentity()
    let invite = try server.write {
      try People.invite(
        email: device.email, validFor: 3_600_000, by: "admin", in: $0, now: now, using: &random)
    }
    let request = WireJoinRequest.with {
      $0.invite = invite.id.description
      $0.inviteSecret = invite.secret
      $0.deviceSecretSha256 = Data(sha256(Array(secret.utf8)))
      $0.deviceName = "device \(device.number)"
      guard let former else { return }
      $0.formerPerson = former.person.description
      $0.formerEpoch = former.epoch
      $0.formerCheckpoint = Data(CheckpointProof.make(of: former.checkpoint))
    }
    let answer = try server.write { try Join.decide(request, from: "here", in: $0, now: now) }
    guard case .joined(let joined) = answer, let role = OrganizationRole(rawValue: joined.role.rawValue),
      let person = RecordID(joined.user)
    else {
      throw Violation(invariant: "join", expected: "an invite to be good", seen: "\(answer)")
    }
    device.secrets[joined.replica] = secret
    try device.replica.join(
      Identity(
        organization: joined.organization, person: person, name: joined.name, email: joined.email, role: role,
        replica: joined.replica), epoch: joined.epoch, checkpoint: Array(joined.checkpoint),
      isSameOrganization: joined.formerKnown)
    server.model.isNow(person, among: people.map(\.id) + intruders)
    try require(
      person == device.person || former == nil, "back",
      expected: "\(name(of: device.person)) to be who they were", seen: "\(person.short)")
    device.mustJoin = false
    device.statuses = device.statuses.mapValues { $0 == .refused ? .refused : .waiting }
    note("device \(device.number) of \(name(of: device.person)) joins as replica \(joined.replica)")
  }

  // MARK: - Running

  /// - Returns: the number of steps.
  func run() throws -> Int {
    let steps = 120 + random.below(180)
    while step < steps {
      step += 1
      pass()
      try happen()
    }
    try heal()
    return step
  }

  private func pass() {
    if weather.isHectic, random.chance(90) { return now += random.within(0...5) }
    now += random.pick(weighted: [
      (60, random.within(0...300)), (30, random.within(300...5_000)), (9, random.within(5_000...120_000)),
      (1, random.within(120_000...7_200_000)),
    ])
  }

  private func happen() throws {
    var choices: [(weight: Int, choice: () throws -> Void)] = [
      (network.flying.isEmpty ? 0 : 40, { try self.deliver() }),
      (server.halfDone.isEmpty ? 0 : 12, { try self.finishOne() }),
      (24, { try self.editSomewhere() }),
      (14, { try self.beginSync() }),
      (3, { try self.crashProcess() }),
      (2, { self.disturbClock() }),
      (1, { try self.crashServer() }),
      (2, { try self.shareSomething() }),
      (devices.contains { $0.mustJoin } ? 8 : 0, { try self.joinAgain() }),
    ]
    if weather.revokes { choices.append((5, { try self.revokeSomething() })) }
    if weather.reorganises { choices.append((6, { try self.reorganise() })) }
    if weather.suspends { choices.append((3, { try self.suspendSomebody() })) }
    if weather.copies, devices.count < 8 { choices.append((2, { try self.copyDevice() })) }
    if weather.fills { choices.append((server.isFull ? 12 : 3, { self.fillServer() })) }
    if weather.hires, people.count < 7 { choices.append((1, { try self.addPerson() })) }
    if weather.isHostile { choices.append((6, { try self.intrude() })) }
    if weather.compacts { choices.append((3, { try self.compact() })) }
    if weather.restores {
      choices.append((server.backups.count < 4 ? 4 : 0, { try self.backUp() }))
      choices.append((server.backups.isEmpty ? 0 : 7, { try self.restore() }))
      if weather.confirms {
        choices.append((server.unconfirmed == nil ? 0 : 6, { try self.confirmBackup() }))
      }
    }
    try random.pick(weighted: choices)()
  }

  // MARK: - Messages

  func beginSync() throws {
    let device = random.pick(devices)
    guard !device.mustJoin else { return }
    device.processes.removeAll { $0.isFinished && random.chance(50) }
    let live = device.processes.filter { !$0.isFinished }
    if let process = live.last {
      // A timeout: the same request again, or a new program.
      if random.chance(60), let open = process.open {
        note("device \(device.number) sends request \(process.number).\(open.request) again")
        return send(open)
      }
      if !weather.twoProcesses || live.count > 1 || random.chance(50) {
        process.isFinished = true
        note("device \(device.number) gives up \(process.number)")
      }
    }
    let process = Process(
      number: nextProcess, session: session(of: device))
    nextProcess += 1
    device.processes.append(process)
    note("device \(device.number) begins sync \(process.number)")
    try perform(try process.session.handle(.begin), on: device, process).forEach(send)
  }

  private func send(_ message: Network.Message) {
    let copies = network.send(message, using: &random)
    if copies != 1 { note("\(message.method) \(message.process).\(message.request) goes \(copies) times") }
  }

  /// - Returns: the requests to send.
  private func perform(
    _ effects: [SyncSession.Effect], on device: Device, _ process: Process
  ) throws -> [Network.Message] {
    var messages: [Network.Message] = []
    func request(_ method: Network.Method, _ number: Int, _ replica: UInt32, _ bytes: [UInt8]) {
      let message = Network.Message(
        direction: .toServer, method: method, device: device.number, process: process.number, request: number,
        credential: replica, bytes: bytes, sent: device.clock.now(now))
      process.open = message
      messages.append(message)
    }
    for effect in effects {
      let replica = try device.replica.identity().replica
      switch effect {
      case .sync(let number, let body):
        note(
          "device \(device.number) asks \(process.number).\(number) as \(body.replica):"
            + " pushes \(body.push.map { "\($0.sequence)" }) acknowledges \(body.acknowledgedResults)")
        request(.sync, number, body.replica, try body.serializedBytes())
      case .awaitAhead(let number):
        guard let ahead = process.ahead else { preconditionFailure("a session awaits what it had sent") }
        note("device \(device.number) awaits \(process.number).\(ahead.request) as \(number)")
        process.wanted[ahead.request] = number
        process.open = ahead
      case .newReplica(let number):
        let secret = "device \(device.number) process \(process.number) request \(number)"
        process.offered[number] = secret
        note("device \(device.number) asks for a replica number \(process.number).\(number)")
        let body = WireNewReplicaRequest.with {
          $0.deviceSecretSha256 = Data(sha256(Array(secret.utf8)))
          $0.deviceName = "copy"
        }
        request(.newReplica, number, replica, try body.serializedBytes())
      case .digests(let number, let body):
        note("device \(device.number) compares digests of \(body.scope)")
        request(.digests, number, replica, try body.serializedBytes())
      case .fetchRecords(let number, let body):
        request(.fetchRecords, number, replica, try body.serializedBytes())
      case .finish(let report):
        process.isFinished = true
        process.open = nil
        note(
          "device \(device.number) finishes \(process.number): sent \(report.sent) received \(report.received)"
        )
        try require(
          report.otherLog == nil, "log", expected: "the log that this device was shown",
          seen: "another than at entry \(report.otherLog?.number ?? 0)")
        if report.ending == .serverTakesNoEdits { continue }
        try require(
          report.ending == .complete, "I9", expected: "a sync that completes", seen: "\(report.ending)")
        try require(
          report.repaired == 0, "I1", expected: "no digest ever differs", seen: "\(report.repaired) repairs")
      }
    }
    return messages
  }

  private func deliver() throws {
    guard let message = network.next(using: &random) else { return }
    let device = devices[message.device]
    switch message.direction {
    case .toServer:
      guard let reply = try serve(message) else { return }
      send(reply)
    case .toDevice:
      // The answer may also come once more, much later.
      if random.chance(network.doublingPercent / 2) { network.keep(message) }
      try answered(device, message).forEach(send)
    case .refusalToDevice: refused(device, message)
    }
  }

  private func serve(_ message: Network.Message) throws -> Network.Message? {
    guard let secret = devices[message.device].secrets[message.credential] else { return nil }
    switch try server.receive(message, secret: secret, now: serverNow) {
    case .halfDone(let open):
      note(
        "server decides \(message.process).\(message.request): \(open.push.state) \(open.push.results.map { "\($0.sequence) \($0.outcome)" })"
      )
      if random.chance(25) {
        server.halfDone.append(open)
        return nil
      }
      return try finish(open)
    case let reply: return reply.message(to: message, branch: server.branch)
    }
  }

  private func finish(_ open: SimulatedServer.HalfDone) throws -> Network.Message {
    note("server answers \(open.message.process).\(open.message.request)")
    return try server.finish(open, now: serverNow).message(to: open.message, branch: server.branch)
  }

  private func finishOne() throws {
    let open = server.halfDone.remove(at: random.below(server.halfDone.count))
    send(try finish(open))
  }

  /// - Returns: the requests the device goes on with.
  private func answered(_ device: Device, _ message: Network.Message) throws -> [Network.Message] {
    guard let process = device.processes.first(where: { $0.number == message.process }), !process.isFinished
    else {
      return []
    }
    let event: SyncSession.Event
    var early: [Network.Message] = []
    switch message.method {
    case .sync:
      guard let number = message.request < 0 ? process.wanted[message.request] : message.request else {
        return []
      }
      let response = try WireSyncResponse(serializedBytes: message.bytes)
      if process.session.state == .exchanging(request: number) {
        early = try askAhead(of: response, number, on: device, process)
      }
      event = .answered(
        request: number, response, sent: message.sent, received: device.clock.now(now))
    case .newReplica:
      let response = try WireNewReplicaResponse(serializedBytes: message.bytes)
      // Before the replica takes the number: a program that dies in between must still be able to use it.
      device.secrets[response.replica] = process.offered[message.request]
      event = .renumbered(request: message.request, response)
    case .digests:
      event = .compared(request: message.request, try WireDigestsResponse(serializedBytes: message.bytes))
    case .fetchRecords:
      event = .fetched(request: message.request, try WireFetchRecordsResponse(serializedBytes: message.bytes))
    }
    note("device \(device.number) hears \(message.process).\(message.request)")
    let before = try device.replica.progress()
    let messages = try perform(try process.session.handle(event), on: device, process)
    // What is only staged shows nowhere, and what a new history is to show is still to come.
    let after = try device.replica.progress()
    if after != before {
      if message.method == .sync, !after.checkpoint.isEmpty { device.branch = message.branch }
      try check(device)
    }
    return early + messages
  }

  /// Sends the next request before the answer to the open one is committed, as programs do.
  private func askAhead(
    of response: WireSyncResponse, _ number: Int, on device: Device, _ process: Process
  ) throws -> [Network.Message] {
    guard let body = try process.session.requestAhead(of: response) else { return [] }
    note(
      "device \(device.number) asks \(process.number).\(-number - 1) ahead: pushes \(body.push.map { "\($0.sequence)" })"
    )
    let message = Network.Message(
      direction: .toServer, method: .sync, device: device.number, process: process.number,
      request: -number - 1, credential: body.replica, bytes: try body.serializedBytes(),
      sent: device.clock.now(now))
    process.ahead = message
    return [message]
  }

  private func session(of device: Device) -> SyncSession {
    SyncSession(device.replica, pageRecordsMax: device.pageRecordsMax, editsMax: device.editsMax)
  }

  private func refused(_ device: Device, _ message: Network.Message) {
    note(
      "device \(device.number) is refused \(message.process).\(message.request): \(String(decoding: message.bytes, as: UTF8.self))"
    )
    if String(decoding: message.bytes, as: UTF8.self) == "unknown",
      (try? device.replica.identity().replica) == message.credential
    {
      device.mustJoin = true
      for process in device.processes { process.isFinished = true }
    }
    device.processes.first { $0.number == message.process }?.isFinished = true
  }

  // MARK: - Healing

  /// One sync over a network that loses nothing.
  ///
  /// - Returns: whether anything was sent or received.
  func syncPerfectly(_ device: Device) throws -> Bool {
    let before = try device.replica.progress()
    let waitingBefore = try device.replica.waiting().count
    let process = Process(
      number: nextProcess, session: session(of: device))
    nextProcess += 1
    device.processes = [process]
    var messages = try perform(try process.session.handle(.begin), on: device, process)
    var exchanges = 0
    while !messages.isEmpty {
      exchanges += 1
      try require(exchanges < 2_000, "I9", expected: "a sync that ends", seen: "2,000 exchanges")
      let message = messages.removeFirst()
      now += 20
      guard let secret = device.secrets[message.credential] else {
        throw Violation(
          invariant: "I9", expected: "a credential of replica \(message.credential)", seen: "none")
      }
      var reply = try server.receive(message, secret: secret, now: serverNow)
      if case .halfDone(let open) = reply {
        if !open.push.results.isEmpty {
          note(
            "server decides \(open.push.state) \(open.push.results.map { "\($0.sequence) \($0.outcome)" })")
        }
        reply = try server.finish(open, now: serverNow)
      }
      let answer = reply.message(to: message, branch: server.branch)
      if answer.direction == .refusalToDevice {
        refused(device, answer)
        return true
      }
      messages += try answered(device, answer)
    }
    let waiting = try device.replica.waiting()
    // What went may concern others only, such as who may see an account: then its author reads nothing new.
    if waiting.count < waitingBefore { return true }
    let couldGo = waiting.contains {
      $0.result?.outcome != .waiting || server.model.whatIsMissing(for: $0.mutation, by: device.person) == nil
    }
    return try device.replica.progress().checkpoint != before.checkpoint || couldGo
  }

  private func heal() throws {
    note("healing")
    network.loseAll()
    server.halfDone = []
    server.isFull = false
    for member in people where server.model.people[member.id]?.isActive == false {
      try setActive(true, member)
    }
    var rounds = 0
    var isQuiet = false
    while !isQuiet {
      rounds += 1
      try require(rounds <= 16, "I9", expected: "quiet after 16 rounds of syncing", seen: "more to say")
      isQuiet = true
      for device in devices {
        if device.mustJoin { try join(device) }
        if try syncPerfectly(device) { isQuiet = false }
      }
    }
    try checkHealed()
  }
}

extension SimulatedServer.Reply {
  func message(to request: Network.Message, branch: Int) -> Network.Message {
    var message = request
    message.branch = branch
    switch self {
    case .answer(let bytes):
      message.direction = .toDevice
      message.bytes = bytes
    case .refused(let reason):
      message.direction = .refusalToDevice
      message.bytes = Array(reason.utf8)
    case .halfDone: preconditionFailure("a request is finished before it is answered")
    }
    return message
  }
}
