import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The one way in from the network: Connect calls over HTTPS, HTTP/1.1 and HTTP/2 on one port.
///
/// Everything a stranger can do to a server before a handler runs is bounded by ``EdgeLimits``.
package struct HTTPSServer: Service {
  package struct Configuration: Sendable {
    /// The address to listen on.
    package var address: String
    /// 0: any free port, see `onListening`.
    package var port: Int
    /// Names and IP addresses, without ports, under which clients may ask; a request for another one is
    /// refused.
    package var allowedHosts: [String]
    /// `kam.v1.SyncService`
    package var service: String
    package var minimumTLS: MinimumTLS
    package var limits: EdgeLimits

    package init(
      address: String, port: Int, allowedHosts: [String], service: String, minimumTLS: MinimumTLS = .v13,
      limits: EdgeLimits = EdgeLimits()
    ) {
      self.address = address
      self.port = port
      self.allowedHosts = allowedHosts
      self.service = service
      self.minimumTLS = minimumTLS
      self.limits = limits
    }
  }

  private let configuration: Configuration
  private let tls: TLSContext
  private let connections: Connections
  private let streams: LiveStreams
  private let channel: EdgeChannel
  private let logger: Logger
  private let onListening: @Sendable (Int) async -> Void

  /// - Parameter onListening: Called once, with the port, when connections are accepted.
  /// - Throws: `NIOSSLError` if BoringSSL refuses `identity`.
  package init(
    _ configuration: Configuration, identity: ServerIdentity, routes: RPCRoutes, logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) throws {
    let limits = configuration.limits
    self.configuration = configuration
    self.logger = logger
    self.onListening = onListening
    tls = try TLSContext(identity, minimum: configuration.minimumTLS)
    connections = Connections(limits)
    streams = LiveStreams(limits)
    channel = EdgeChannel(
      tls: tls,
      admission: Admission(
        hosts: AllowedHosts(configuration.allowedHosts), pathPrefix: "/\(configuration.service)/",
        routes: routes, limits: limits),
      connections: connections,
      bodies: BodyRoom(bytes: limits.bodyBytesInFlightMax, perHolder: limits.bodyBytesPerPersonMax),
      answers: ByteBudget(bytes: limits.answerBytesInFlightMax),
      runner: CallRunner(
        limits: limits, streams: streams, decoding: WaitingRoom(bytes: limits.decodedBytesInFlightMax),
        logger: logger))
  }

  /// Open connections.
  package var connectionCount: Int { connections.count }

  /// What the bodies of requests hold in memory.
  package var bodyBytes: Int { channel.bodies.bytes }

  /// Running streaming calls.
  package var liveStreamCount: Int { streams.count }

  /// Gives new connections another certificate; those that are open keep theirs.
  ///
  /// - Throws: `NIOSSLError`; then the old certificate stays in use.
  package func replaceIdentity(with identity: ServerIdentity) throws {
    try tls.replace(with: identity)
  }

  /// Serves until graceful shutdown or cancellation.
  ///
  /// A graceful shutdown ends live streams at once, lets requests finish, and cuts off what is left after
  /// ``EdgeLimits/shutdownMilliseconds``.
  package func run() async throws {
    let server = channel.server(
      configuration: ServerConfiguration(
        address: .hostname(configuration.address, port: configuration.port), backlog: 1024),
      onServerRunning: { [onListening] listener in await onListening(listener.localAddress?.port ?? 0) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    // However this ends, no connection is left behind without a task.
    defer { connections.cutOffAll() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await shutDownInTime() }
      defer { group.cancelAll() }
      // A handler may wait for a client to read on; without its connection it ends.
      try await withTaskCancellationHandler {
        try await server.run()
      } onCancel: {
        connections.cutOffAll()
      }
    }
  }

  private func shutDownInTime() async {
    do {
      try await gracefulShutdown()
      streams.stop()
      try await Task.sleep(for: .milliseconds(configuration.limits.shutdownMilliseconds))
    } catch {
      return  // cancelled: the server has ended, or is ending without grace
    }
    connections.cutOffAll()
  }
}
