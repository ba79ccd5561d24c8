import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer

/// The server's shell without the sockets: bytes in, bytes out, one write transaction and one snapshot a request.
struct SimulatedServer {
  /// A request between its write transaction and its snapshot; others may come in between.
  struct HalfDone {
    let message: Network.Message
    let request: WireSyncRequest
    let author: Author
    let push: Push.Answer
  }

  enum Reply {
    case answer([UInt8])
    case halfDone(HalfDone)
    case refused(String)
  }

  var store: SQLiteStore
  var model: ServerModel
  /// Which history this is: each restore makes another, whether anybody is told or not.
  private(set) var branch = 0
  /// Histories that a restore ended, by branch.
  private(set) var past: [Int: ServerModel] = [:]
  var backups: [(store: SQLiteStore, model: ServerModel)] = []
  /// What the newest backup holds, until it is told to be complete. A server that is put back knows of no backup under way.
  private(set) var unconfirmed: Backup.Mark?
  /// The edits that every backup holds that may still be restored.
  private(set) var safe: Set<ServerModel.MutationKey> = []
  /// What was ever applied, in any history, and with which stamps.
  private(set) var granted: [ServerModel.MutationKey: Set<ServerModel.Granted>] = [:]
  var halfDone: [HalfDone] = []
  let faults: PlantedFaults
  /// It only reads.
  var isFull = false

  func model(of branch: Int) -> ServerModel? { branch == self.branch ? model : past[branch] }

  // MARK: - Requests

  mutating func receive(_ message: Network.Message, secret: String, now: Int64) throws -> Reply {
    let accepted = try store.read {
      try Authentication.check(device: message.credential, secret: secret, in: $0, now: now)
    }
    let author: Author
    switch accepted {
    case .failure(let failure): return .refused("\(failure)")
    case .success(let accepted): author = accepted.author
    }
    do {
      switch message.method {
      case .sync: return try sync(message, by: author, now: now)
      case .newReplica:
        let request = try WireNewReplicaRequest(serializedBytes: message.bytes)
        let response: WireNewReplicaResponse?
        do {
          response = try write(adopting: true) { try Join.newReplica(request, by: author, in: $0, now: now) }
        } catch let error as DeviceError {
          return .refused("\(error)")
        }
        guard let response else { return .refused("no secret") }
        return .answer(try response.serializedBytes())
      case .digests:
        let request = try WireDigestsRequest(serializedBytes: message.bytes)
        guard let scope = Scope(request.scope),
          let response = try store.read({ try Repair.digests(of: scope, by: author, from: $0) })
        else { return .refused("no such scope") }
        return .answer(try response.serializedBytes())
      case .fetchRecords:
        let request = try WireFetchRecordsRequest(serializedBytes: message.bytes)
        guard let scope = Scope(request.scope),
          let response = try store.read({
            try Repair.records(of: scope, buckets: request.buckets, by: author, from: $0)
          })
        else { return .refused("no such scope") }
        return .answer(try response.serializedBytes())
      }
    } catch let failure as Authentication.Failure {
      return .refused("\(failure)")
    }
  }

  private mutating func sync(_ message: Network.Message, by author: Author, now: Int64) throws -> Reply {
    let request = try WireSyncRequest(serializedBytes: message.bytes)
    var push = Push.Answer.undecided(isFull ? request.push : [])
    if try !isFull && store.read({ try SyncExchange.needsWriting(request, by: author, in: $0) }) {
      let clock = Int64(try store.read { try $0.organization().clock.last >> 16 })
      push = try decide(request, by: author, now: now)
      if push.historyWasLost {
        // Only the epoch is new; what the database holds is what it held.
        model.epoch = try store.read { try $0.organization().epoch }
        model.epochBegan = now
      }
      let applied = try store.read { reading in
        try model.take(request.push, push.results, by: author, at: now, clock: clock, granted: granted) {
          try reading.device($0)?.user
        }
      }
      for key in applied.all {
        if let decision = model.decisions[key] { granted[key, default: []].insert(.init(decision)) }
      }
      try store.read { try model.observe($0, applied: applied.loud, adopting: false) }
    }
    return .halfDone(HalfDone(message: message, request: request, author: author, push: push))
  }

  /// As the server does: in a savepoint of a transaction that many requests share. Beside this one there is another, which
  /// writes a little and then fails: nothing of it may stay.
  private func decide(_ request: WireSyncRequest, by author: Author, now: Int64) throws -> Push.Answer {
    struct Fails: Error {}
    let results = try store.writeTogether([
      { [faults] in try SyncExchange.push(request, by: author, in: $0, now: now, faults: faults) },
      { transaction in
        var organization = try transaction.organization()
        organization.name = "not this"
        try transaction.save(organization)
        throw Fails()
      },
    ])
    try require(
      try store.read { try $0.organization().name } != "not this", "savepoint",
      expected: "nothing of a decision that failed", seen: "its writes")
    return try results[0].get()
  }

  func finish(_ open: HalfDone, now: Int64) throws -> Reply {
    do {
      let response = try store.read { [faults] in
        try SyncExchange.answer(
          open.request, push: open.push, by: open.author, from: $0, now: now, faults: faults)
      }
      try checkAccess(of: response, to: open.request, by: open.author.user.id)
      return .answer(try response.serializedBytes())
    } catch let failure as Authentication.Failure {
      return .refused("\(failure)")
    } catch StoreError.full {
      return .refused("full")
    }
  }

  /// Runs an administrative decision, and takes over what it wrote into the directory.
  mutating func write<Value>(
    adopting: Bool = true, _ body: (any CanonicalTransaction) throws -> Value
  ) throws -> Value {
    let value = try store.write(body)
    try store.read { try model.observe($0, applied: [], adopting: adopting) }
    return value
  }

  // MARK: - I6

  /// No answer holds a record, a notice or another person's value of a scope that may not be read in its snapshot.
  private func checkAccess(
    of response: WireSyncResponse, to request: WireSyncRequest, by person: RecordID
  ) throws {
    let allowed = Set(model.readable(by: person).map(\.description))
    for page in response.pages {
      try require(allowed.contains(page.scope), "I6", expected: "pages of readable scopes", seen: page.scope)
    }
    for notice in response.notices {
      try require(
        allowed.contains(notice.scope), "I6", expected: "notices of readable scopes", seen: notice.scope)
    }
    if response.hasManifest {
      let listed = Set(response.manifest.entries.map(\.scope))
      try require(
        listed == allowed, "I6", expected: "a manifest of \(allowed.sorted())", seen: "\(listed.sorted())")
    }
    let scopeOf = Dictionary(
      request.push.map { ($0.sequence, $0.scope) }, uniquingKeysWith: { first, _ in first })
    for result in response.results {
      guard let scope = scopeOf[result.sequence], !allowed.contains(scope) else { continue }
      try require(
        !result.effects.contains { $0.hasOther }, "I6",
        expected: "no other person's value of unreadable \(scope)",
        seen: "one in the result of mutation \(result.sequence)")
    }
    // Whatever scope the request says it was about.
    for effect in response.results.flatMap(\.effects) where effect.hasOther {
      let isReadable = model.scopes.contains { scope, held in
        guard allowed.contains(scope.description), let id = RecordID(effect.record) else { return false }
        return held.contents[id] != nil || held.compacted.contains(id)
      }
      try require(
        isReadable, "I6", expected: "others' values of readable records only", seen: "one of \(effect.record)"
      )
    }
  }

  // MARK: - Restore

  mutating func backUp() throws {
    let copy = try SQLiteStore(inMemory: ())
    try store.copy(to: copy)
    backups.append((copy, model))
    unconfirmed = try copy.read { try Backup.mark(in: $0) }
  }

  /// - Returns: how many edits are in it.
  mutating func confirmBackup() throws -> Int {
    guard let mark = unconfirmed, let newest = backups.last else { return 0 }
    unconfirmed = nil
    try store.write { try Backup.confirm(mark, in: $0) }
    backups = [newest]
    safe = Set(newest.model.decisions.filter { $0.value.outcome == .applied }.keys)
    return safe.count
  }

  /// Puts a copy of the database in its place and starts the server.
  ///
  /// - Parameter isTold: An admin restores it by the book, and a new epoch begins at once; else the file is copied back,
  ///   and nobody says so.
  mutating func restore(
    _ backup: Int, isTold: Bool, now: Int64, using generator: inout SeededGenerator
  ) throws {
    past[branch] = model
    branch += 1
    unconfirmed = nil
    let fresh = try SQLiteStore(inMemory: (), faults: faults)
    try backups[backup].store.copy(to: fresh)
    store = fresh
    model = backups[backup].model
    halfDone = []
    try start(using: &generator)
    guard isTold else { return }
    try store.write {
      try Founding.beginEpoch(because: "restored", by: "host", in: $0, now: now)
    }
    model.epoch = try store.read { try $0.organization().epoch }
    model.epochBegan = now
  }

  func start(using generator: inout SeededGenerator) throws {
    var random = generator
    try store.write { try Lineage.begin(in: $0, using: &random) }
    generator = random
  }
}
