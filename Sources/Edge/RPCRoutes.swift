import ConnectRPC

/// One call, after everything that is the edge's own business: whole, decompressed, within all bounds.
package struct RPCCall: Sendable {
  /// The method's bare name: `Sync`.
  package let method: String
  /// The form of ``body``, and the form the answer must have.
  package let codec: ContentCodec
  /// The serialized request message. Its JSON nesting is checked, its content is not.
  package let body: [UInt8]
  /// The credential of `Authorization: Bearer …`, unchecked.
  package let bearer: Redacted<String>?
  /// The peer's IP address, without a port.
  package let address: String
  /// What counts as one client: the IPv4 address, or the /64 of an IPv6 address.
  package let network: [UInt8]
  /// When the client stops waiting. nil only for a streaming call that named no timeout.
  package let deadline: ContinuousClock.Instant?
}

/// What the server answers, by method name.
///
/// A handler throws ``ConnectError`` to refuse. Any other error is our bug: the client gets `internal` and a
/// reference, the log gets the reference and the error.
package struct RPCRoutes: Sendable {
  package typealias Unary = @Sendable (RPCCall) async throws -> [UInt8]
  /// Must end soon after its task is cancelled: that is how it learns that the client is gone or the server
  /// stops.
  package typealias Streaming = @Sendable (RPCCall, StreamWriter) async throws -> Void

  package var unary: [String: Unary]
  package var streaming: [String: Streaming]
  /// Unary methods without side effects, which may also be called by GET.
  package var getAllowed: Set<String>
  /// Unary methods that need no credential. Their requests are small, also unpacked, and flat: whatever a stranger sends, it is
  /// read at no cost.
  package var open: Set<String>
  /// Judges the head of every call; nil admits all.
  package var gatekeeper: (any Gatekeeper)?

  package init(
    unary: [String: Unary] = [:], streaming: [String: Streaming] = [:], getAllowed: Set<String> = [],
    open: Set<String> = [], gatekeeper: (any Gatekeeper)? = nil
  ) {
    precondition(getAllowed.isSubset(of: unary.keys), "only a unary method can be called by GET")
    precondition(open.isSubset(of: unary.keys), "only a unary method can be open to strangers")
    self.unary = unary
    self.streaming = streaming
    self.getAllowed = getAllowed
    self.open = open
    self.gatekeeper = gatekeeper
  }
}
