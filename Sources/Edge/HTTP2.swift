import NIOCore
import NIOHPACK
import NIOHTTP1
import NIOHTTP2

extension ChannelPipeline.SynchronousOperations {
  /// Adds what HTTP/2 needs behind TLS. Each stream gets its own ``RequestHandler``.
  func addHTTP2(_ surroundings: RequestHandler.Surroundings, guardian: ConnectionGuard) throws {
    let limits = surroundings.admission.limits
    let lifetime = HTTP2Lifetime(limits: limits)
    let loopBound = NIOLoopBound(surroundings, eventLoop: eventLoop)
    try addHandler(FrameDeadline(limits: limits, guardian: guardian))
    _ = try configureHTTP2Pipeline(
      mode: .server, connectionConfiguration: .edge(limits), streamConfiguration: .edge,
      streamDelegate: lifetime.delegate(on: eventLoop)
    ) { stream in
      stream.eventLoop.makeCompletedFuture {
        let pipeline = stream.pipeline.syncOperations
        try pipeline.addHandler(AuthorityCheck())
        try pipeline.addHandler(HTTP2FramePayloadToHTTP1ServerCodec())
        try pipeline.addHandler(RequestHandler(loopBound.value, wire: .http2Stream))
      }
    }
    try addHandler(lifetime)
  }
}

extension NIOHTTP2Handler.ConnectionConfiguration {
  fileprivate static func edge(_ limits: EdgeLimits) -> Self {
    var configuration = Self()
    configuration.initialSettings = [
      HTTP2Setting(parameter: .maxConcurrentStreams, value: limits.streamsPerConnectionMax),
      HTTP2Setting(parameter: .maxHeaderListSize, value: limits.headerListBytesMax),
      HTTP2Setting(parameter: .initialWindowSize, value: firstWindowBytes),
    ]
    configuration.targetWindowSize = windowBytes
    return configuration
  }
}

extension NIOHTTP2Handler.StreamConfiguration {
  fileprivate static var edge: Self {
    var configuration = Self()
    configuration.targetWindowSize = windowBytes
    return configuration
  }
}

/// How far a client may send ahead. The protocol's own 64 KiB would cap an upload at 640 KiB/s on a line of
/// 100 ms.
private let windowBytes = 1024 * 1024
/// How far before it is known who sends.
private let firstWindowBytes = 64 * 1024 - 1

/// Refuses a request that names its host twice and differently: the codec behind keeps only one of the two.
private final class AuthorityCheck: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias InboundOut = HTTP2Frame.FramePayload

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .headers(let frame) = unwrapInboundIn(data), let host = frame.headers.first(name: "host"),
      let authority = frame.headers.first(name: ":authority"), host != authority
    else { return context.fireChannelRead(data) }
    context.close(promise: nil)
  }
}

/// Ends an HTTP/2 connection that is idle, or that has to end, once its streams are done.
final class HTTP2Lifetime: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame
  typealias OutboundOut = HTTP2Frame

  private let limits: EdgeLimits
  private var context: ChannelHandlerContext?
  private var timer: DeadlineTimer?
  private var openStreams = 0
  private var lastStream = HTTP2StreamID.rootStream
  private var isQuiescing = false

  init(limits: EdgeLimits) {
    self.limits = limits
  }

  func delegate(on eventLoop: any EventLoop) -> any NIOHTTP2StreamDelegate {
    Delegate(lifetime: NIOLoopBound(self, eventLoop: eventLoop))
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    timer = DeadlineTimer(eventLoop: context.eventLoop) { self.close() }
    startIdling()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    timer?.cancel()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent, !isQuiescing {
      isQuiescing = true
      if openStreams == 0 { close() } else { context.writeAndFlush(goAway, promise: nil) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // NIO tells here of errors of one stream too, often of a frame that crossed its end.
    switch error {
    case is NIOHTTP2Errors.StreamError, is NIOHTTP2Errors.NoSuchStream, is NIOHTTP2Errors.StreamClosed: return
    default: context.close(promise: nil)
    }
  }

  private func startIdling() {
    timer?.set(.now() + .milliseconds(limits.idleMilliseconds))
  }

  private func opened(_ stream: HTTP2StreamID) {
    openStreams += 1
    lastStream = max(lastStream, stream)
    timer?.set(nil)
  }

  private func closed() {
    openStreams -= 1
    guard openStreams == 0 else { return }
    if isQuiescing { close() } else { startIdling() }
  }

  /// The client may safely repeat every stream after the one that is named.
  private var goAway: NIOAny {
    let payload = HTTP2Frame.FramePayload.goAway(
      lastStreamID: lastStream, errorCode: .noError, opaqueData: nil)
    return wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: payload))
  }

  // Closing a channel drops what is not written yet, so the goodbye is waited for, and with it all before it.
  private func close() {
    guard let context else { return }
    let promise = context.eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenComplete { _ in self.context?.close(promise: nil) }
    context.writeAndFlush(goAway, promise: promise)
  }

  private struct Delegate: NIOHTTP2StreamDelegate {
    let lifetime: NIOLoopBound<HTTP2Lifetime>

    func streamCreated(_ id: HTTP2StreamID, channel: any Channel) {
      lifetime.value.opened(id)
    }

    func streamClosed(_ id: HTTP2StreamID, channel: any Channel) {
      lifetime.value.closed()
    }
  }
}
