import Foundation
import HostFiles

/// `kamd.json` in the data directory. Flags of `kamd serve` go over it.
package struct ServerConfiguration: Codable, Equatable, Sendable {
  /// Names and addresses under which clients reach the server; the first one goes into invites.
  package var hosts: [String]
  package var port: Int
  /// Where to listen; all interfaces unless set.
  package var address: String
  package var tls: TLS
  /// Free space on the data directory's disk below which no edits are taken, MiB.
  package var reserveMebibytes: UInt64?
  package static let reserveMebibytesDefault: UInt64 = 64
  /// What one person's edits may take in a day, MiB; what they say and what the server writes about them.
  package var dailyMebibytesPerPerson: UInt64?
  package static let dailyMebibytesPerPersonDefault: UInt64 = 512

  package struct TLS: Codable, Equatable, Sendable {
    /// "1.3", or "1.2" for clients that cannot do better.
    package var minimum: String
    /// An outside certificate chain and its key, PEM; without them the server is its own authority.
    package var certificate: String?
    package var key: String?
  }

  package static let defaultPort = 7443

  package init(hosts: [String], port: Int = defaultPort) {
    self.hosts = hosts
    self.port = port
    address = "0.0.0.0"
    tls = TLS(minimum: "1.3")
  }

  package static func read(_ directory: DataDirectory) throws -> ServerConfiguration {
    guard directory.isInitialised else { throw DataDirectoryError.notInitialised(directory.path) }
    do {
      let data = try Data(contentsOf: URL(filePath: directory.configurationPath))
      return try JSONDecoder().decode(Self.self, from: data)
    } catch {
      throw DataDirectoryError.badConfiguration(directory.configurationPath, "\(error)")
    }
  }

  package func write(_ directory: DataDirectory) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(self)
    try usable { () throws(FileTrouble) in try AtomicFile.write(json, to: directory.configurationPath) }
  }

  package var dailyBytesPerPerson: Int {
    let mebibytes = dailyMebibytesPerPerson ?? Self.dailyMebibytesPerPersonDefault
    return Int(min(mebibytes, 1 << 40)) << 20
  }

  /// For invites.
  package func url(port: Int) -> String {
    let host = hosts.first ?? "localhost"
    return "https://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }
}
