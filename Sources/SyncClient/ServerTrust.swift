import Crypto
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Wording

/// Looks at a server's certificates before anything secret is sent to it.
///
/// The invite pins the authority's public key; the authority's certificate comes with the server's own. One handshake
/// that sends nothing gets the certificate; from then on connections are verified against it in the ordinary way,
/// host name included, and the server may renew its leaf as it likes.
enum ServerTrust {
  private static let timeout = TimeAmount.seconds(10)

  /// - Returns: the authority's certificate, DER.
  /// - Throws: ``ClientError``: unreachable, or another server than the invite's.
  static func authority(_ route: Route, publicKeySHA256 pin: [UInt8]) async throws -> [UInt8] {
    if let authority = pinned(try await chain(route), pin) { return authority }
    guard let proxy = route.proxy else {
      throw ClientError(
        """
        The server at \(route.host):\(route.port) is not the one that made this invite: its authority has another key. \
        Nothing was sent to it. Ask your admin, by another way than the invite came.
        """)
    }
    throw ClientError(
      """
      What answers for \(route.authority) through the proxy \(proxy.address), which \(proxy.variable) names, is not \
      the server that made this invite: its authority has another key. Nothing was sent to it. Either the proxy opens \
      encrypted connections, and must let those to this server through unopened, or it is another server: ask your \
      admin, by another way than the invite came.
      """)
  }

  /// Why the certificate of a server was not accepted. Mostly a clock is wrong; rarely it is another server.
  static func refusal(_ route: Route) async throws -> ClientError {
    guard let leaf = try await chain(route).first else { return route.unreachable("it shows no certificate") }
    let now = wallClock() / 1000
    let valid = Int64(leaf.notValidBefore)...max(Int64(leaf.notValidBefore), Int64(leaf.notValidAfter))
    guard valid.contains(now) else {
      return route.unreachable(
        "its certificate is valid from \(day(valid.lowerBound)) to \(day(valid.upperBound)), and this device's clock "
          + "says \(day(now)). Set the clock; if it is right, ask your admin to renew the certificate (kamd certificate renew)"
      )
    }
    return route.unreachable(
      route.proxy == nil
        ? "its certificate is not from the authority that this device trusts: it may be another server. Nothing was sent "
          + "to it; ask your admin"
        : """
        its certificate is not from the authority that this device trusts: it may be another server, or the proxy opens \
        encrypted connections, and must let those to this server through unopened. Nothing was sent to it; ask your admin
        """
    )
  }

  private static func day(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601.year().month().day())
  }

  /// The certificates that a server shows, its own first. Nothing is verified, and nothing is sent.
  private static func chain(_ route: Route) async throws -> [NIOSSLCertificate] {
    let group = MultiThreadedEventLoopGroup.singleton
    let found = group.next().makePromise(of: [NIOSSLCertificate].self)
    do {
      var configuration = TLSConfiguration.makeClientConfiguration()
      configuration.minimumTLSVersion = .tlsv12
      let context = try NIOSSLContext(configuration: configuration)
      let look: @Sendable (any Channel) -> EventLoopFuture<Void> = { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try NIOSSLClientHandler(
            context: context, serverHostname: isIPAddress(route.host) ? nil : route.host,
            customVerificationCallback: { chain, verified in
              found.succeed(chain)
              // Enough is known; the handshake need not succeed.
              verified.succeed(.failed)
            })
          try channel.pipeline.syncOperations.addHandlers([handler, EndOfHandshake(found: found)])
        }
      }
      let channel: any Channel
      if let proxy = route.proxy {
        channel = try await Tunnel.open(to: route, through: proxy)
        try await channel.eventLoop.flatSubmit { look(channel) }.get()
      } else {
        channel = try await ClientBootstrap(group: group).connectTimeout(timeout).channelInitializer(look)
          .connect(host: route.host, port: route.port).get()
      }
      let chain = try await found.futureResult.get()
      channel.close(promise: nil)
      return chain
    } catch {
      found.succeed([])
      if let failure = error as? ProxyFailure { throw route.unreachable(failure) }
      throw route.unreachable(Transport.describe(error))
    }
  }

  private static func pinned(_ chain: [NIOSSLCertificate], _ pin: [UInt8]) -> [UInt8]? {
    for certificate in chain {
      guard let key = try? certificate.extractPublicKey().toSPKIBytes(), Array(SHA256.hash(data: key)) == pin
      else { continue }
      return try? certificate.toDERBytes()
    }
    return nil
  }

  private static func isIPAddress(_ host: String) -> Bool {
    (try? SocketAddress(ipAddress: host, port: 0)) != nil
  }
}

/// A server that closes or stays silent before its certificate must not leave us waiting.
private final class EndOfHandshake: ChannelInboundHandler {
  typealias InboundIn = Any
  private let found: EventLoopPromise<[NIOSSLCertificate]>

  init(found: EventLoopPromise<[NIOSSLCertificate]>) { self.found = found }

  /// A tunnel is active before there is anything in it.
  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { limit(context) }
    context.channel.closeFuture.whenComplete { [found] _ in found.fail(ChannelError.eof) }
  }

  func channelActive(context: ChannelHandlerContext) {
    limit(context)
    context.fireChannelActive()
  }

  private func limit(_ context: ChannelHandlerContext) {
    context.eventLoop.scheduleTask(in: .seconds(10)) { [found] in
      found.fail(ChannelError.connectTimeout(.seconds(10)))
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    found.fail(error)
    context.close(promise: nil)
  }
}
