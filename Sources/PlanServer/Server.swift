import ConnectRPC
import Edge
import Foundation
import HostFiles
import Logging
import NIOCore
import PlanModel
import ServiceLifecycle
import SyncServer
import UnixSignals

#if canImport(Glibc)
  import Glibc
#endif

/// A server put together from its data directory.
package struct Server {
  package let configuration: ServerConfiguration
  private let directory: DataDirectory
  private let lock: FileLock
  private let store: any CanonicalStore
  private let files: DirectoryGuard
  private let logger: Logger

  /// Takes the directory's lock, opens the database and looks it over: what is damaged is not served from.
  ///
  /// - Throws: ``DataDirectoryError``
  package init(
    _ directory: DataDirectory, logger: Logger, adjust: (inout ServerConfiguration) -> Void = { _ in }
  ) throws {
    var configuration = try ServerConfiguration.read(directory)
    adjust(&configuration)
    self.configuration = configuration
    self.directory = directory
    self.logger = logger
    // A Unix socket's address is a field of fixed length; the system would complain without naming it.
    guard directory.socketPath.utf8.count < MemoryLayout<sockaddr_un>.size - MemoryLayout<sa_family_t>.size
    else {
      throw DataDirectoryError.unusable(directory.socketPath, ENAMETOOLONG)
    }
    lock = try directory.lock()
    store = try Self.open(directory, logger)
    files = try DirectoryGuard(directory, store: store, logger: logger)
  }

  private static func open(_ directory: DataDirectory, _ logger: Logger) throws -> any CanonicalStore {
    do {
      let store = try directory.openStore { copy in
        logger.notice(
          """
          the database was an older version's, and was changed for this one; as that version left it, it is kept. Delete the \
          copy when you will not go back
          """, metadata: ["copy": "\(copy)"])
      }
      if let frames = try store.settle(), frames > 0 {
        logger.info("the log was brought into the database", metadata: ["frames": "\(frames)"])
      }
      try lookOver(store, directory, logger)
      var generator = SystemRandomNumberGenerator()
      try store.write { try Lineage.begin(in: $0, using: &generator) }
      try store.write { try Devices.withdrawNames(in: $0, now: wallClock()) }
      return store
    } catch StoreError.broken(let words) {
      throw DataDirectoryError.databaseDamaged(directory.databasePath, [words])
    }
  }

  private static func lookOver(
    _ store: any CanonicalStore, _ directory: DataDirectory, _ logger: Logger
  ) throws {
    // A file that cannot be read is not a sign that nothing failed.
    let failure =
      FileManager.default.fileExists(atPath: directory.failurePath)
      ? try String(contentsOfFile: directory.failurePath, encoding: .utf8) : nil
    if let failure {
      logger.warning(
        "the server stopped because its database failed; the database is checked thoroughly",
        metadata: ["failure": "\(failure.trimmingCharacters(in: .whitespacesAndNewlines))"])
    }
    let problems = try store.structureProblems(isThorough: failure != nil)
    guard problems.isEmpty else {
      throw DataDirectoryError.databaseDamaged(directory.databasePath, problems)
    }
    if failure != nil {
      let found = try store.read { try Integrity.verify($0) }.problems
      guard found.isEmpty else { throw DataDirectoryError.databaseDamaged(directory.databasePath, found) }
      try FileManager.default.removeItem(atPath: directory.failurePath)
    }
  }

  /// Stops at once: after a failed flush SQLite acknowledges the next commit as if nothing had been, and what is damaged
  /// spreads to every replica that reads it.
  private static func stop(_ error: any Error, _ directory: DataDirectory, _ logger: Logger) -> Never {
    logger.critical(
      """
      the database failed; the server stops rather than acknowledge. Look at the disk, then start it again: it checks the \
      database first, and says what to do if that is damaged
      """, metadata: ["error": "\(error)"])
    do {
      try Data("\(error)\n".utf8).write(to: URL(filePath: directory.failurePath))
    } catch let other {
      logger.error("what failed could not be noted for the next start", metadata: ["error": "\(other)"])
    }
    Glibc.exit(70)
  }

  /// Serves until SIGTERM or SIGINT.
  ///
  /// - Parameter onListening: Called with the URL once requests are accepted.
  package func run(onListening: @escaping @Sendable (String) async -> Void = { _ in }) async throws {
    let certificates = CertificateDirectory(path: directory.certificatesPath)
    let identity = try identity(certificates)
    let stop: @Sendable (any Error) -> Void = { [directory, logger] in Self.stop($0, directory, logger) }
    let room = DiskRoom(
      path: directory.path,
      reserveBytes: (configuration.reserveMebibytes ?? ServerConfiguration.reserveMebibytesDefault) << 20,
      files: files, logger: logger, onVanished: stop)
    let witness = try WitnessKey(directory)
    if try store.write({ try Sealing.note(key: witness.publicKey, in: $0, now: Server.wallClock()) }) {
      logger.warning(
        """
        the key that signs what devices are shown of the audit log is another than before; what was signed with that one \
        proves nothing here any more. If nobody exchanged witness.key, somebody else did
        """)
    }
    let service = SyncService(
      store: store, room: room, files: files, witness: witness,
      dailyBytesMax: configuration.dailyBytesPerPerson,
      logger: logger, now: Server.wallClock,
      ages: AgeClock(
        last: try store.read { Compaction.lastAtWork(try $0.organization()) }, wall: Server.wallClock),
      onStoreFailure: stop)
    let inspection = Inspection(service.readers, now: Server.wallClock, logger: logger)
    let edge = try HTTPSServer(
      HTTPSServer.Configuration(
        address: configuration.address, port: configuration.port,
        allowedHosts: configuration.hosts + ["localhost", "127.0.0.1", "::1"],
        service: SyncService.name, minimumTLS: configuration.tls.minimum == "1.2" ? .v12 : .v13),
      identity: identity, routes: service.routes, logger: logger,
      onListening: { [configuration] port in await onListening(configuration.url(port: port)) })
    let renew: @Sendable (Bool) throws -> Bool = { [configuration] isForced in
      guard configuration.tls.certificate == nil,
        try certificates.renew(hosts: configuration.certificateHosts, now: Date(), isForced: isForced)
      else { return false }
      try edge.replaceIdentity(with: try certificates.identity())
      return true
    }
    let desk = RunningDesk(
      service: service, inspection: inspection, witness: witness,
      renew: { [configuration] in
        guard configuration.tls.certificate == nil else { throw CertificateCommandError.notOurs }
        _ = try renew(true)
        return try LocalAdministration.certificate(certificates)
      }, stop: stop)
    let socket = AdminSocket(path: directory.socketPath, desk: desk, logger: logger)
    let housekeeping = Housekeeping(service, logger: logger) { try renew(false) }
    var services: [any Service] = [room, socket, housekeeping, inspection, service.hints]
    if let certificate = configuration.tls.certificate, let key = configuration.tls.key {
      services.append(
        CertificateReload(certificatePath: certificate, keyPath: key, logger: logger) {
          try edge.replaceIdentity(with: $0)
        })
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: (services + [edge]).map { .init(service: $0) },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: lifecycleLogger))
    do {
      try await group.run()
    } catch let error as IOError where [EADDRINUSE, EACCES, EADDRNOTAVAIL].contains(error.errnoCode) {
      throw ListeningError(address: configuration.address, port: configuration.port, code: error.errnoCode)
    }
    // A stop leaves one file that holds everything: what a person copies then is whole.
    do {
      try store.settle()
      try store.close()
    } catch {
      logger.error(
        "the log could not be brought into the database; the next start does it",
        metadata: ["error": "\(error)"])
    }
  }

  /// Without the group's own debugging: it prints every service with all it holds.
  private var lifecycleLogger: Logger {
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .info)
    return quiet
  }

  private func identity(_ certificates: CertificateDirectory) throws -> ServerIdentity {
    if let certificate = configuration.tls.certificate, let key = configuration.tls.key {
      return try ServerIdentity(certificatePath: certificate, keyPath: key)
    }
    do {
      _ = try certificates.renew(hosts: configuration.certificateHosts, now: Date())
    } catch {
      throw DataDirectoryError.authorityDamaged(directory.certificatesPath, "\(error)")
    }
    // A certificate that is still good hides that the authority is not: invites need it, and the next renewal.
    do {
      switch try certificates.authorityTrouble(now: Date()) {
      case .notValidYet(let date):
        logger.error(
          "the certificate authority is not valid yet, so nobody can connect: the clock is wrong, or was when this server was made",
          metadata: ["from": "\(date)"])
      case .ends(let date):
        logger.warning(
          "the certificate authority ends; before that, make a new server and invite everybody anew",
          metadata: ["end": "\(date)"])
      case nil: break
      }
    } catch {
      logger.error(
        """
        the certificate authority cannot be read: invites cannot be made, and the certificate cannot be renewed. Put the \
        directory tls back from a copy of this server's directory
        """, metadata: ["path": "\(directory.certificatesPath)", "error": "\(error)"])
      return try certificates.identity()
    }
    lookAtKey(of: certificates)
    return try certificates.identity()
  }

  /// Only a new certificate needs it, weeks from now: somebody has to know by then.
  private func lookAtKey(of certificates: CertificateDirectory) {
    do { _ = try certificates.authority() } catch ServerIdentity.Failure.noAuthorityKey {
      logger.notice(
        "the key of the certificate authority is not here; put it back before the certificate has to be renewed",
        metadata: ["path": "\(directory.certificatesPath)"])
    } catch {
      logger.error(
        """
        the key of the certificate authority cannot be read: the certificate cannot be renewed. Put the directory tls back \
        from a copy of this server's directory
        """, metadata: ["path": "\(directory.certificatesPath)", "error": "\(error)"])
    }
  }

  /// Unix milliseconds.
  @Sendable package static func wallClock() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}

/// Why there is nothing to show or renew.
package enum CertificateCommandError: Error, Equatable, Sendable {
  case notOurs

  package var sentence: String {
    "This server uses a certificate from outside (tls in kamd.json); renew it where it comes from, the server takes the new one by itself."
  }
}

/// The port cannot be had.
package struct ListeningError: Error, Equatable, Sendable {
  let address: String
  let port: Int
  let code: Int32

  package var sentence: String {
    "Port \(port) of \(address) cannot be used: \(String(cString: strerror(code))). "
      + "Choose another with --port, or stop the program that has it."
  }
}

extension ServerConfiguration {
  /// The names the server's own certificate is for.
  package var certificateHosts: [String] {
    var names = hosts
    for name in ["localhost", "127.0.0.1", "::1"] where !names.contains(name) { names.append(name) }
    return names
  }
}
