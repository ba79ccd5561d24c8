import PlanModel
import ProtocolMessages
import SyncCore

// One question, or one edit, in a transaction of its own. A caller that has several asks them within one ``Replica/read(_:)`` or
// ``Replica/write(_:)``: the answers then belong together, and what was looked up is what is written on. What each means is
// said in ``ReplicaReading`` and ``ReplicaTransaction``.

extension Replica {
  @discardableResult
  package func edit(
    in scope: Scope, summary: String, now: Int64, using generator: inout some RandomNumberGenerator,
    _ body: (inout Draft) throws -> Void
  ) throws -> EditReceipt {
    try write { try $0.edit(in: scope, summary: summary, now: now, using: &generator, body) }
  }

  package func edit(
    each edits: [PlannedEdit], now: Int64, using generator: inout some RandomNumberGenerator
  ) throws -> [Result<EditReceipt, any Error>] {
    try write { try $0.edit(each: edits, now: now, using: &generator) }
  }

  package func records(
    ofKind kind: UInt32, account: RecordID? = nil,
    where admits: ((Registers, _ alive: Bool) throws -> Bool)? = nil
  ) throws -> [RecordView] {
    try read { try $0.records(ofKind: kind, account: account, where: admits) }
  }

  package func records(_ id: RecordID) throws -> [RecordView] {
    try read { try $0.records(id) }
  }

  package func record(_ id: RecordID, in scope: Scope) throws -> RecordView? {
    try read { try $0.record(id, in: scope) }
  }

  package func record(_ id: RecordID, from scope: Scope) throws -> RecordView? {
    try read { try $0.record(id, from: scope) }
  }

  package func records(_ handle: Handle, kind: UInt32? = nil) throws -> [RecordView] {
    try read { try $0.records(handle, kind: kind) }
  }

  package func handles(for ids: [RecordID]) throws -> [RecordID: Handle] {
    try read { try $0.handles(for: ids) }
  }

  package func pendingRegisters(of view: RecordView) throws -> [UInt32] {
    try read { try $0.pendingRegisters(of: view) }
  }

  package func count() throws -> Int {
    try read { try $0.count() }
  }

  package func listed(line: Int) throws -> RecordID? {
    try read { try $0.listed(line: line) }
  }

  package func forEachRecord(
    ofKinds kinds: [UInt32], account: RecordID? = nil, syncedOnly: Bool = false,
    deletedToo: Bool = false, _ body: (StoredRecord) throws -> Void
  ) throws {
    try read {
      try $0.forEachRecord(
        ofKinds: kinds, account: account, syncedOnly: syncedOnly, deletedToo: deletedToo, body)
    }
  }

  package func search(
    _ text: String, kinds: Set<UInt32>? = nil, account: RecordID? = nil, limit: Int
  ) throws -> [SearchHit] {
    try read { try $0.search(text, kinds: kinds, account: account, limit: limit) }
  }

  package func lastLook(at account: RecordID, now: Int64) throws -> LastLook? {
    try read { try $0.lastLook(at: account, now: now) }
  }

  package func records(in scope: Scope) throws -> [RecordView] {
    try read { try $0.records(in: scope) }
  }

  package func scopes() throws -> [HeldScope] {
    try read { try $0.scopes() }
  }

  package func standing(in scope: Scope) throws -> Standing {
    try read { try $0.standing(in: scope) }
  }

  package func suspect(_ scopes: [Scope]) throws {
    try write { try $0.suspect(scopes) }
  }

  package func identity() throws -> Identity {
    try read { try $0.identity() }
  }

  package func isJoined() throws -> Bool {
    try read { try $0.isJoined() }
  }

  package func join(
    _ identity: Identity, at server: HomeServer? = nil, epoch: String, checkpoint: [UInt8] = [],
    isSameOrganization: Bool = false
  ) throws {
    try write {
      try $0.join(
        identity, at: server, epoch: epoch, checkpoint: checkpoint, isSameOrganization: isSameOrganization)
    }
  }

  package func formerIdentity() throws -> (person: RecordID, epoch: String, checkpoint: [UInt8])? {
    try read { try $0.formerIdentity() }
  }

  package func progress() throws -> Progress {
    try read { try $0.progress() }
  }

  package func noteAccess(
    _ change: WireAccessChange, of account: RecordID, at hlc: UInt64, summary: String, now: Int64,
    using generator: inout some RandomNumberGenerator
  ) throws {
    try write {
      try $0.noteAccess(change, of: account, at: hlc, summary: summary, now: now, using: &generator)
    }
  }

  package func waitingForReturn() throws -> [OutboxEntry] {
    try read { try $0.waitingForReturn() }
  }

  package func waitingCount() throws -> Int {
    try read { try $0.waitingCount() }
  }

  package func waiting() throws -> [OutboxEntry] {
    try read { try $0.waiting() }
  }

  package func waitingGuarded() throws -> [OutboxEntry] {
    try read { try $0.waitingGuarded() }
  }

  package func settledGuarded(after milliseconds: Int64) throws -> (entries: [OutboxEntry], through: Int64) {
    try read { try $0.settledGuarded(after: milliseconds) }
  }

  package func lookedThrough() throws -> Int64 {
    try read { try $0.lookedThrough() }
  }

  package func outboxEntry(_ id: RecordID) throws -> OutboxEntry? {
    try read { try $0.outboxEntry(id) }
  }

  package func quarantine() throws -> [OutboxEntry] {
    try read { try $0.quarantine() }
  }

  package func dismiss(_ mutation: RecordID) throws -> Bool {
    try write { try $0.dismiss(mutation) }
  }

  package func conflicts(unseenOnly: Bool = false) throws -> [Conflict] {
    try read { try $0.conflicts(unseenOnly: unseenOnly) }
  }

  package func beginImport(of file: String, now: Int64) throws -> Int64 {
    try write { try $0.beginImport(of: file, now: now) }
  }

  package func note(_ changes: [ImportedChange], ofImport number: Int64) throws {
    try write { try $0.note(changes, ofImport: number) }
  }

  package func imports() throws -> [ImportSummary] {
    try read { try $0.imports() }
  }

  package func changes(ofImport number: Int64) throws -> [ImportedChange] {
    try read { try $0.changes(ofImport: number) }
  }

  package func markUndone(import number: Int64, leavingAlone leftAloneCount: Int, now: Int64) throws {
    try write { try $0.markUndone(import: number, leavingAlone: leftAloneCount, now: now) }
  }

  package func edit(
    all edits: [PlannedEdit], remembering merge: Merge? = nil, isRehearsal: Bool = false, now: Int64,
    using generator: inout some RandomNumberGenerator
  ) throws {
    try write {
      try $0.edit(all: edits, remembering: merge, isRehearsal: isRehearsal, now: now, using: &generator)
    }
  }

  package func note(_ merged: RecordID, into keep: RecordID) throws {
    try write { try $0.note(merged, into: keep) }
  }

  package func mergedInto(_ record: RecordID) throws -> RecordID? {
    try read { try $0.mergedInto(record) }
  }

  package func mergeSteps(of merged: RecordID) throws -> [MergeStep] {
    try read { try $0.mergeSteps(of: merged) }
  }

  package func forgetMerge(of merged: RecordID) throws {
    try write { try $0.forgetMerge(of: merged) }
  }

  package func keptApart() throws -> Set<RecordPair> {
    try read { try $0.keptApart() }
  }

  package func packs(_ name: PackName) throws -> [FrozenPack] {
    try read { try $0.packs(name) }
  }

  package func freeze(_ name: PackName, state: [UInt8], page: [UInt8], now: Int64) throws -> FrozenPack {
    try write { try $0.freeze(name, state: state, page: page, now: now) }
  }

  package func server() throws -> HomeServer? {
    try read { try $0.server() }
  }

  package func shownLogs() throws -> [ShownLog] {
    try read { try $0.shownLogs() }
  }

  package func scopesThatDiffer() throws -> [Scope] {
    try read { try $0.scopesThatDiffer() }
  }

  package func contents() throws -> ReplicaContents {
    try read { try $0.contents() }
  }

  func nextRequest(
    resetting scopes: [Scope], editsMax: Int, bytesMax: Int = Limits.pushBytesMax, before limit: UInt64 = .max
  ) throws -> WireSyncRequest {
    try read { try $0.nextRequest(resetting: scopes, editsMax: editsMax, bytesMax: bytesMax, before: limit) }
  }

  func waitingEdits(
    after sequence: UInt64, before limit: UInt64, bytesMax: Int = Limits.pushBytesMax, countMax: Int
  ) throws -> [WireMutation] {
    try read { try $0.waitingEdits(after: sequence, before: limit, bytesMax: bytesMax, countMax: countMax) }
  }

  func isStillNext(_ request: WireSyncRequest) throws -> Bool {
    try read { try $0.isStillNext(request) }
  }

  func requeueEverything(epoch: String, last: UInt64, answering request: WireSyncRequest) throws {
    try write { try $0.requeueEverything(epoch: epoch, last: last, answering: request) }
  }

  func becomeCopy(replica: UInt32, answering request: WireSyncRequest) throws {
    try write { try $0.becomeCopy(replica: replica, answering: request) }
  }

  func compare(_ response: WireDigestsResponse, _ scope: Scope) throws -> Comparison {
    try write { try $0.compare(response, scope) }
  }

  func replace(_ response: WireFetchRecordsResponse, buckets: [UInt32], in scope: Scope) throws -> Bool {
    try write { try $0.replace(response, buckets: buckets, in: scope) }
  }
}
