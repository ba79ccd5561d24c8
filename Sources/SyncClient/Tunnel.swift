import ConnectRPC
import Foundation
import NIOCore
import NIOPosix
import Wording

/// A connection to a server through a proxy, for what the HTTP client does not do: looking at certificates, and finding
/// out why a proxy opens none.
enum Tunnel {
  private static let timeout = TimeAmount.seconds(10)

  /// - Returns: a channel of which the other end is the server, without handlers.
  /// - Throws: ``ProxyFailure``.
  static func open(to route: Route, through proxy: Proxy) async throws -> any Channel {
    let group = MultiThreadedEventLoopGroup.singleton
    let opened = group.next().makePromise(of: Void.self)
    let channel: any Channel
    do {
      channel = try await ClientBootstrap(group: group).connectTimeout(timeout)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
              ConnectHandler(request(to: route, of: proxy), timeout: timeout, opened: opened))
          }
        }
        .connect(host: proxy.host, port: proxy.port).get()
    } catch {
      opened.fail(error)
      throw ProxyFailure.unreachable(Transport.describe(error))
    }
    do {
      try await opened.futureResult.get()
      return channel
    } catch {
      channel.close(promise: nil)
      throw error as? ProxyFailure ?? .closed
    }
  }

  /// Why there is no tunnel; nil when there is one.
  static func failure(to route: Route, through proxy: Proxy) async -> ProxyFailure? {
    do {
      try await open(to: route, through: proxy).close(promise: nil)
      return nil
    } catch {
      return error as? ProxyFailure ?? .closed
    }
  }

  private static func request(to route: Route, of proxy: Proxy) -> String {
    var fields = [("host", route.authority), ("user-agent", Transport.userAgent)]
    if let login = proxy.login?.secret {
      let basic = Data("\(login.user):\(login.password)".utf8).base64EncodedString()
      fields.append(("proxy-authorization", "Basic \(basic)"))
    }
    let lines = ["CONNECT \(route.authority) HTTP/1.1"] + fields.map { "\($0): \($1)" }
    return lines.map { $0 + "\r\n" }.joined() + "\r\n"
  }
}

/// Asks a proxy for a tunnel, and leaves when there is one.
private final class ConnectHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  /// Of a head that is longer than this nothing can be made.
  private static let headBytesMax = 16_384

  private let request: String
  private let timeout: TimeAmount
  private let opened: EventLoopPromise<Void>
  private var answer: [UInt8] = []
  private var isDecided = false

  init(_ request: String, timeout: TimeAmount, opened: EventLoopPromise<Void>) {
    self.request = request
    self.timeout = timeout
    self.opened = opened
  }

  func channelActive(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    context.eventLoop.scheduleTask(in: timeout) { [opened] in opened.fail(ProxyFailure.silent) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDecided else { return }
    answer += unwrapInboundIn(data).readableBytesView
    guard let head = Self.head(answer) else {
      if answer.count > Self.headBytesMax || !Self.mayBeHTTP(answer) { decide(.unintelligible) }
      return
    }
    guard let status = Self.status(head) else { return decide(.unintelligible) }
    guard (200..<300).contains(status) else { return decide(.refused(status: status)) }
    isDecided = true
    // A server says nothing before it is asked, so nothing of it can be in what was read with the head.
    context.pipeline.syncOperations.removeHandler(context: context).cascade(to: opened)
  }

  func channelInactive(context: ChannelHandlerContext) {
    decide(.closed)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    decide(.closed)
    context.close(promise: nil)
  }

  private func decide(_ failure: ProxyFailure) {
    guard !isDecided else { return }
    isDecided = true
    opened.fail(failure)
  }

  private static func mayBeHTTP(_ answer: [UInt8]) -> Bool {
    let name = Array("HTTP/".utf8)
    return answer.prefix(name.count).elementsEqual(name.prefix(answer.count))
  }

  /// Everything before the empty line; nil while that has not come.
  private static func head(_ answer: [UInt8]) -> String? {
    let text = String(decoding: answer.prefix(headBytesMax), as: UTF8.self)
    return text.firstRange(of: "\r\n\r\n").map { String(text[..<$0.lowerBound]) }
  }

  /// 200 of "HTTP/1.1 200 Connection established".
  private static func status(_ head: String) -> Int? {
    let words = head.prefix { $0 != "\r\n" }.split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].count == 3 else { return nil }
    return Int(words[1])
  }
}
