import Edge
import Foundation
import Logging
import ServiceLifecycle

/// Takes an outside certificate into use when its files change. Connections that are open keep theirs; a pair that
/// does not fit, as when only one of the files is there yet, leaves the old one in use.
struct CertificateReload: Service {
  /// How soon a new certificate is seen; looking at two files costs nothing.
  private static let interval = Duration.seconds(2)

  private let certificatePath: String
  private let keyPath: String
  private let use: @Sendable (ServerIdentity) throws -> Void
  private let logger: Logger

  init(
    certificatePath: String, keyPath: String, logger: Logger,
    use: @escaping @Sendable (ServerIdentity) throws -> Void
  ) {
    self.certificatePath = certificatePath
    self.keyPath = keyPath
    self.logger = logger
    self.use = use
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var present = state
      while !Task.isCancelled {
        do { try await Task.sleep(for: Self.interval) } catch { return }
        let now = state
        guard now != present else { continue }
        present = now
        reload()
      }
    }
  }

  private func reload() {
    do {
      let identity = try ServerIdentity(certificatePath: certificatePath, keyPath: keyPath)
      try use(identity)
      logger.info("a new certificate is in use", metadata: ["until": "\(identity.notValidAfter)"])
    } catch {
      logger.error(
        "the new certificate cannot be used; the old one stays", metadata: ["error": "\(error)"])
    }
  }

  /// What tells one version of the two files from another.
  private var state: [String] {
    [certificatePath, keyPath].map { path in
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return "absent" }
      return
        "\(attributes[.modificationDate] ?? "") \(attributes[.size] ?? "") \(attributes[.systemFileNumber] ?? "")"
    }
  }
}
