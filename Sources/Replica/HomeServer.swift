import GRDB
import SQLiteQuery

/// The server of the organisation that a replica belongs to.
package struct HomeServer: Equatable, Sendable {
  package let url: String
  /// SHA-256 of its authority's public key; empty where a public authority vouches for its host.
  package let authority: [UInt8]

  package init(url: String, authority: [UInt8]) {
    self.url = url
    self.authority = authority
  }

  /// Whether both are one organisation's. Its own authority is the same wherever its server runs; where public authorities
  /// vouch, which do so for anybody, it is the address.
  package func isSameOrganization(as other: HomeServer) -> Bool {
    guard authority == other.authority else { return false }
    return !authority.isEmpty || url.lowercased() == other.url.lowercased()
  }
}

extension ReplicaReading {
  /// Nil while nobody has joined, and in a replica of an older version until its server is known from its credential.
  package func server() throws -> HomeServer? {
    try Query(database, "SELECT url, authority FROM server").first {
      HomeServer(url: $0.text(0), authority: $0.blob(1))
    }
  }
}

extension ReplicaTransaction {
  func save(_ server: HomeServer) throws {
    var query = try Query(database, "INSERT OR REPLACE INTO server (only, url, authority) VALUES (1, ?, ?)")
    try query.bind(server.url)
    try query.bind(server.authority)
    try query.run()
  }
}

extension Replica {
  /// Notes the server of a replica that was made before this was kept.
  package func learn(_ server: HomeServer) throws {
    guard try self.server() == nil else { return }
    try write { try $0.save(server) }
  }
}
