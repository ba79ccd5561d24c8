import ConnectRPC

/// Decides by a request's head whether its body is worth reading, before a byte of it is taken in.
///
/// A stranger's request ends here: it costs a lookup, and no memory beyond its head.
package protocol Gatekeeper: Sendable {
  /// Decides from memory alone, on the event loop; nil when something must be looked up.
  func decideAtOnce(_ caller: Caller) -> Admittance?
  /// Decides, away from the event loop, what could not be decided at once.
  func decide(_ caller: Caller) async -> Admittance
  /// Counts a request that is none of ours: an unknown path, a wrong verb, another host. Returns a refusal when there were
  /// too many from there.
  func strayed(_ caller: Caller) -> ConnectError?
}

extension Gatekeeper {
  package func strayed(_ caller: Caller) -> ConnectError? { nil }
}

package enum Admittance: Sendable {
  /// As one of those whose requests share what one person may hold: the person, whatever the device.
  case admitted(as: String)
  case refused(ConnectError)
}

/// What a request's head says of who asks for what.
package struct Caller: Sendable {
  /// The method's bare name: `Sync`.
  package let method: String
  /// The credential of `Authorization: Bearer …`, unchecked.
  package let bearer: Redacted<String>?
  /// The peer's IP address, without a port.
  package let address: String
  /// What counts as one client: the IPv4 address, or the /64 of an IPv6 address.
  package let network: [UInt8]

  /// Who holds what strangers send.
  package var stranger: String { "stranger \(network)" }

  package init(method: String, bearer: Redacted<String>?, address: String, network: [UInt8]) {
    self.method = method
    self.bearer = bearer
    self.address = address
    self.network = network
  }
}
