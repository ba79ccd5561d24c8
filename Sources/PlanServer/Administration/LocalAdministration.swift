import ConnectRPC
import Edge
import Foundation
import SyncServer

/// Commands of an admin on the server's host.
package enum LocalAdministration {
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
    // What an init that was killed left behind: without a configuration nobody has ever been served from it.
    for suffix in ["", "-wal", "-shm"]
    where FileManager.default.fileExists(atPath: directory.databasePath + suffix) {
      try FileManager.default.removeItem(atPath: directory.databasePath + suffix)
    }
    let configuration = ServerConfiguration(hosts: hosts, port: port)
    let certificates = CertificateDirectory(path: directory.certificatesPath)
    if !FileManager.default.fileExists(atPath: certificates.authorityPath) {
      try certificates.create(hosts: configuration.certificateHosts, now: Date())
    }
    let store = try directory.makeStore()
    let now = Server.wallClock()
    let invite = try store.write { transaction in
      var generator = SystemRandomNumberGenerator()
      let admin = try Founding.found(
        name: organization, adminEmail: adminEmail, adminName: adminName, in: transaction, now: now,
        using: &generator)
      let invite = try Administration.invite(admin.email, hours: 24, transaction, now, &generator)
      try Sealing.run(by: Administration.actor, in: transaction, now: now)
      return invite
    }
    // Written last: a directory with a configuration is a finished one.
    try configuration.write(directory)
    return try self.invite(invite, directory, configuration)
  }

  /// Carries out a command through the running server, or on the data directory when none runs.
  ///
  /// - Throws: ``AdminRefusal`` with a sentence when it could not be done; ``AdminError``; ``DataDirectoryError``
  package static func perform<Request: AdminRequest>(
    _ request: Request, _ directory: DataDirectory
  ) async throws -> Request.Answer {
    guard directory.isInitialised else { throw DataDirectoryError.notInitialised(directory.path) }
    // The authority is read for the invite before the person is added.
    if Request.makesInvite { _ = try trust(directory, ServerConfiguration.read(directory)) }
    if let answer = try AdminSocketClient.send(request, path: directory.socketPath) { return answer }
    let lock = try directory.lock()
    defer { withExtendedLifetime(lock) {} }
    do {
      return try await request.carryOut(at: StoppedDesk(directory))
    } catch StoreError.broken(let words) {
      throw DataDirectoryError.databaseDamaged(directory.databasePath, [words])
    } catch {
      guard let sentence = Administration.sentence(for: error) else { throw error }
      throw AdminRefusal(sentence: sentence)
    }
  }

  /// Makes a new certificate; no server runs.
  static func renewCertificate(_ directory: DataDirectory) throws -> AdminAnswer.Certificate {
    let configuration = try ServerConfiguration.read(directory)
    guard configuration.tls.certificate == nil else { throw CertificateCommandError.notOurs }
    let certificates = CertificateDirectory(path: directory.certificatesPath)
    _ = try certificates.renew(hosts: configuration.certificateHosts, now: Date(), isForced: true)
    return try certificate(certificates)
  }

  /// What the server's own certificates say.
  package static func certificate(_ directory: DataDirectory) throws -> RenewCertificate.Answer {
    let configuration = try ServerConfiguration.read(directory)
    guard configuration.tls.certificate == nil else { throw CertificateCommandError.notOurs }
    return RenewCertificate.Answer(
      certificate: try certificate(CertificateDirectory(path: directory.certificatesPath)))
  }

  static func certificate(_ certificates: CertificateDirectory) throws -> AdminAnswer.Certificate {
    let validity = try certificates.validity()
    func milliseconds(_ date: Date) -> Int64 { Int64(date.timeIntervalSince1970 * 1000) }
    return AdminAnswer.Certificate(
      hosts: validity.hosts, notBeforeMs: milliseconds(validity.leaf.from),
      notAfterMs: milliseconds(validity.leaf.through),
      authorityNotBeforeMs: milliseconds(validity.authority.from),
      authorityNotAfterMs: milliseconds(validity.authority.through))
  }

  /// The text an admin hands to a person.
  package static func invite(
    _ invite: AdminAnswer.NewInvite, _ directory: DataDirectory, _ configuration: ServerConfiguration? = nil
  ) throws -> Invite {
    let configuration = try configuration ?? ServerConfiguration.read(directory)
    return Invite(
      url: configuration.url(port: configuration.port), trust: try trust(directory, configuration),
      id: invite.id, secret: Redacted(invite.secret), organization: invite.organization, person: invite.email)
  }

  /// - Throws: ``DataDirectoryError/authorityDamaged(_:_:)``
  private static func trust(
    _ directory: DataDirectory, _ configuration: ServerConfiguration
  ) throws -> Invite.Trust {
    guard configuration.tls.certificate == nil else { return .system }
    do {
      return .authority(
        publicKeySHA256: try CertificateDirectory(path: directory.certificatesPath).authorityKeySHA256())
    } catch {
      throw DataDirectoryError.authorityDamaged(directory.certificatesPath, "\(error)")
    }
  }
}
