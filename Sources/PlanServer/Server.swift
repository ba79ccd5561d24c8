import ConnectRPC
import Edge
import Foundation
import Logging
import NIOCore
import PlanModel
import SQLiteStore
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
  private let lock: DirectoryLock
  private let store: SQLiteStore
  private let logger: Logger

  /// Takes the directory's lock and opens the database.
  ///
  /// - Throws: ``DataDirectoryError``, or when the database is damaged.
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
    store = try SQLiteStore(path: directory.databasePath)
    guard try store.synchronousSetting() == 2 else {
      preconditionFailure("the canonical database must flush every commit")
    }
  }

  /// Serves until SIGTERM or SIGINT.
  ///
  /// - Parameter onListening: Called with the URL once requests are accepted.
  package func run(onListening: @escaping @Sendable (String) async -> Void = { _ in }) async throws {
    let certificates = CertificateDirectory(path: directory.certificatesPath)
    let identity = try identity(certificates)
    let room = DiskRoom(
      path: directory.path,
      reserveBytes: (configuration.reserveMebibytes ?? ServerConfiguration.reserveMebibytesDefault) << 20,
      logger: logger)
    let service = SyncService(
      store: store, room: room, hints: LiveHints(), logger: logger, now: Server.wallClock,
      onStoreFailure: { [logger] error in
        // After a failed flush SQLite acknowledges the next commit as if nothing had been: better stop than promise.
        logger.critical(
          "the database failed; the server stops rather than acknowledge", metadata: ["error": "\(error)"])
        Glibc.exit(70)
      })
    let edge = try HTTPSServer(
      HTTPSServer.Configuration(
        address: configuration.address, port: configuration.port,
        allowedHosts: configuration.hosts + ["localhost", "127.0.0.1", "::1"],
        service: SyncService.name, minimumTLS: configuration.tls.minimum == "1.2" ? .v12 : .v13),
      identity: identity, routes: service.routes, logger: logger,
      onListening: { [configuration] port in await onListening(configuration.url(port: port)) })
    let socket = AdminSocket(
      path: directory.socketPath, commits: service.commits, now: Server.wallClock, logger: logger)
    let housekeeping = Housekeeping(service, logger: logger) { [configuration] in
      guard configuration.tls.certificate == nil,
        try certificates.renew(hosts: configuration.certificateHosts, now: Date())
      else { return false }
      try edge.replaceIdentity(with: try certificates.identity())
      return true
    }
    var services: [any Service] = [room, socket, housekeeping]
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
    _ = try certificates.renew(hosts: configuration.certificateHosts, now: Date())
    return try certificates.identity()
  }

  /// Unix milliseconds.
  @Sendable package static func wallClock() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
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

/// Commands of an admin on the server's host.
package enum Host {
  /// Makes a server: directory, certificates, configuration, organisation and first admin.
  ///
  /// - Returns: the first admin's invite.
  package static func initialise(
    _ directory: DataDirectory, organization: String, hosts: [String], port: Int, adminEmail: String,
    adminName: String
  ) throws -> Invite {
    guard !directory.isInitialised else { throw DataDirectoryError.alreadyInitialised(directory.path) }
    try directory.create()
    let lock = try directory.lock()
    defer { withExtendedLifetime(lock) {} }
    let configuration = ServerConfiguration(hosts: hosts, port: port)
    let certificates = CertificateDirectory(path: directory.certificatesPath)
    if !FileManager.default.fileExists(atPath: certificates.authorityPath) {
      try certificates.create(hosts: configuration.certificateHosts, now: Date())
    }
    let store = try SQLiteStore(path: directory.databasePath)
    chmod(directory.databasePath, 0o600)
    let now = Server.wallClock()
    let invite = try store.write { transaction in
      var generator = SystemRandomNumberGenerator()
      let admin = try Founding.found(
        name: organization, adminEmail: adminEmail, adminName: adminName, in: transaction, now: now,
        using: &generator)
      return try Administration.perform(
        .invite(email: admin.email, hours: 24), by: "host", in: transaction, now: now, using: &generator
      ).invite
    }
    // Written last: a directory with a configuration is a finished one.
    try configuration.write(directory)
    guard let invite else { preconditionFailure("an invite command answers with an invite") }
    return try self.invite(invite, directory, configuration)
  }

  /// Carries out a command through the running server, or on the data directory when none runs.
  package static func perform(_ command: AdminCommand, _ directory: DataDirectory) throws -> AdminAnswer {
    guard directory.isInitialised else { throw DataDirectoryError.notInitialised(directory.path) }
    if let answer = try AdminSocketClient.send(command, path: directory.socketPath) { return answer }
    let lock = try directory.lock()
    defer { withExtendedLifetime(lock) {} }
    let store = try SQLiteStore(path: directory.databasePath)
    do {
      return try store.write { transaction in
        var generator = SystemRandomNumberGenerator()
        return try Administration.perform(
          command, by: "host", in: transaction, now: Server.wallClock(), using: &generator)
      }
    } catch {
      guard let sentence = Administration.sentence(for: error) else { throw error }
      var answer = AdminAnswer()
      answer.error = sentence
      return answer
    }
  }

  /// The text an admin hands to a person.
  package static func invite(
    _ invite: AdminAnswer.NewInvite, _ directory: DataDirectory, _ configuration: ServerConfiguration? = nil
  ) throws -> Invite {
    let configuration = try configuration ?? ServerConfiguration.read(directory)
    let trust: Invite.Trust =
      configuration.tls.certificate == nil
      ? .authority(
        publicKeySHA256: try CertificateDirectory(path: directory.certificatesPath).authority()
          .publicKeySHA256)
      : .system
    return Invite(
      url: configuration.url(port: configuration.port), trust: trust, id: invite.id,
      secret: Redacted(invite.secret))
  }
}
