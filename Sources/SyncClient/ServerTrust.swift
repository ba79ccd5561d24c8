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
  static func authority(host: String, port: Int, publicKeySHA256 pin: [UInt8]) async throws -> [UInt8] {
    guard let authority = pinned(try await chain(host: host, port: port), pin) else {
      throw ClientError(
        """
        The server at \(host):\(port) is not the one that made this invite: its authority has another key. \
        Nothing was sent to it. Ask your admin, by another way than the invite came.
        """)
    }
    return authority
  }

  /// Why the certificate of a server was not accepted. Mostly a clock is wrong; rarely it is another server.
  static func refusal(url: String) async throws -> ClientError {
    guard let address = URLComponents(string: url), let host = address.host,
      let leaf = try await chain(host: host, port: address.port ?? 443).first
    else { return .unreachable(url, "it shows no certificate") }
    let now = wallClock() / 1000
    let valid = Int64(leaf.notValidBefore)...max(Int64(leaf.notValidBefore), Int64(leaf.notValidAfter))
    guard valid.contains(now) else {
      return .unreachable(
        url,
        "its certificate is valid from \(day(valid.lowerBound)) to \(day(valid.upperBound)), and this device's clock "
          + "says \(day(now)). Set the clock; if it is right, ask your admin to renew the certificate (kamd certificate renew)"
      )
    }
    return .unreachable(
      url,
      "its certificate is not from the authority that this device trusts: it may be another server. Nothing was sent "
        + "to it; ask your admin")
  }

  private static func day(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601.year().month().day())
  }

  /// The certificates that a server shows, its own first. Nothing is verified, and nothing is sent.
  private static func chain(host: String, port: Int) async throws -> [NIOSSLCertificate] {
    let group = MultiThreadedEventLoopGroup.singleton
    let found = group.next().makePromise(of: [NIOSSLCertificate].self)
    do {
      var configuration = TLSConfiguration.makeClientConfiguration()
      configuration.minimumTLSVersion = .tlsv12
      let context = try NIOSSLContext(configuration: configuration)
      let channel = try await ClientBootstrap(group: group)
        .connectTimeout(timeout)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let handler = try NIOSSLClientHandler(
              context: context, serverHostname: isIPAddress(host) ? nil : host,
              customVerificationCallback: { chain, verified in
                found.succeed(chain)
                // Enough is known; the handshake need not succeed.
                verified.succeed(.failed)
              })
            try channel.pipeline.syncOperations.addHandlers([handler, EndOfHandshake(found: found)])
          }
        }
        .connect(host: host, port: port).get()
      let chain = try await found.futureResult.get()
      channel.close(promise: nil)
      return chain
    } catch {
      found.succeed([])
      throw ClientError.unreachable("https://\(host):\(port)", Transport.describe(error))
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

  func channelActive(context: ChannelHandlerContext) {
    context.eventLoop.scheduleTask(in: .seconds(10)) { [found] in
      found.fail(ChannelError.connectTimeout(.seconds(10)))
    }
    context.fireChannelActive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    found.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    found.fail(ChannelError.eof)
    context.fireChannelInactive()
  }
}
