import Foundation
import SyncServer
import Synchronization

/// The desk of a server that runs: reads have connections of their own, and decisions their turn with everybody's.
struct RunningDesk: AdminDesk {
  let service: SyncService
  let inspection: Inspection
  let witness: WitnessKey
  let renew: @Sendable () throws -> AdminAnswer.Certificate
  /// Ends the server.
  let stop: @Sendable (any Error) -> Void

  var now: Int64 { service.now() }
  var life: ServerLife? { ServerLife(inspection: inspection.progress, clockAheadMs: service.ages.ahead) }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalReading) throws -> Value
  ) async throws -> Value {
    try await service.readers.run(for: .admin, body)
  }

  func inspect<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalStore) throws -> Value
  ) async throws -> Value {
    try await service.readers.look(for: .server, body)
  }

  /// Taking access away does not wait for room.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalTransaction) throws -> Value
  ) async throws -> Value {
    try await service.commits.run(usesReserve: true, body)
  }

  func witnessKey() throws -> [UInt8]? { witness.publicKey }
  func renewCertificate() throws -> AdminAnswer.Certificate { try renew() }
  func foundDamage(_ problems: [String]) { stop(StoreError.broken(of: problems)) }
}

/// The desk of a directory whose server does not run. The caller holds the directory's lock.
final class StoppedDesk: AdminDesk {
  private let directory: DataDirectory
  /// Opened when it is first asked for: a certificate is renewed without the database.
  private let opened = Mutex<(any CanonicalStore)?>(nil)

  init(_ directory: DataDirectory) { self.directory = directory }

  let life: ServerLife? = nil
  var now: Int64 { Server.wallClock() }

  private func store() throws -> any CanonicalStore {
    try opened.withLock { opened in
      if let opened { return opened }
      let store = try directory.openStore()
      opened = store
      return store
    }
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalReading) throws -> Value
  ) async throws -> Value {
    try store().read(body)
  }

  func inspect<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalStore) throws -> Value
  ) async throws -> Value {
    try body(store())
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalTransaction) throws -> Value
  ) async throws -> Value {
    try store().write(body)
  }

  func witnessKey() throws -> [UInt8]? { try WitnessKey.publicKey(in: directory) }

  func renewCertificate() throws -> AdminAnswer.Certificate {
    try LocalAdministration.renewCertificate(directory)
  }

  /// It is told, and nothing is served from it.
  func foundDamage(_ problems: [String]) {}
}
