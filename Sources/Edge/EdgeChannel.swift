import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import NIOTLS

/// Builds each connection's pipeline and runs its requests.
struct EdgeChannel: ServerChildChannel {
  struct Value: ServerChildChannelValue {
    let channel: any Channel
    let demands: AsyncStream<Demand>
  }

  let tls: TLSContext
  let admission: Admission
  let connections: Connections
  /// Of all bodies of requests.
  let bodies: BodyRoom
  /// Of all answers that nobody has taken yet.
  let answers: ByteBudget
  let runner: CallRunner

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    guard connections.admit(channel) else {
      // No TLS handshake for a connection too many: it would cost more than the connection.
      return channel.close().flatMapThrowing { throw ChannelError.alreadyClosed }
    }
    let (demands, continuation) = AsyncStream.makeStream(
      of: Demand.self, bufferingPolicy: .bufferingOldest(admission.limits.streamsPerConnectionMax))
    channel.closeFuture.whenComplete { _ in continuation.finish() }
    return channel.eventLoop.makeCompletedFuture {
      try addHandlers(to: channel, continuation)
      return Value(channel: channel, demands: demands)
    }
  }

  /// Runs a connection's requests until it closes: one after the other, or of HTTP/2 side by side.
  func handle(value: Value, logger: Logger) async {
    await withDiscardingTaskGroup { group in
      for await demand in value.demands {
        switch demand {
        case .judge(let caller, let reply):
          group.addTask { reply.judged(await admission.decide(caller)) }
        case .run(let pending) where pending.isMultiplexed: group.addTask { await runner.run(pending) }
        case .run(let pending): await runner.run(pending)
        }
      }
      // Does nothing to a closed channel; an open one is left when this task is cancelled.
      value.channel.close(promise: nil)
    }
  }

  private func addHandlers(
    to channel: any Channel, _ demands: AsyncStream<Demand>.Continuation
  ) throws {
    try setOptions(of: channel)
    let surroundings = RequestHandler.Surroundings(
      admission: admission, bodies: bodies, answers: answers,
      ownAnswers: ByteBudget(bytes: admission.limits.answerBytesPerConnectionMax),
      address: channel.peerAddress,
      network: channel.peerNetwork, demands: demands)
    let guardian = ConnectionGuard(limits: admission.limits)
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(guardian)
    try pipeline.addHandler(NIOSSLServerHandler(context: tls.current))
    try pipeline.addHandler(
      ApplicationProtocolNegotiationHandler { result, channel in
        guardian.handshakeCompleted()
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          switch result {
          case .negotiated("h2"): try pipeline.addHTTP2(surroundings, guardian: guardian)
          case .negotiated, .fallback: try pipeline.addHTTP1(surroundings)
          }
        }
      })
  }

  private func setOptions(of channel: any Channel) throws {
    let options = channel.syncOptions
    // An answer is written at once; waiting for more only delays it.
    try options?.setOption(.tcpOption(.tcp_nodelay), value: 1)
    // Otherwise the kernel reports progress to a slow client only once per megabyte, and slow looks like
    // stalled.
    try options?.setOption(.tcpOption(.init(rawValue: tcpNotSentLowWater)), value: unsentBytesMax)
    // A client that has closed its half reads no answer.
    try options?.setOption(.allowRemoteHalfClosure, value: false)
  }
}

/// TCP_NOTSENT_LOWAT of <netinet/tcp.h> on Linux.
private let tcpNotSentLowWater: CInt = 25
private let unsentBytesMax: ChannelOptions.Types.SocketOption.Value = 32 * 1024
