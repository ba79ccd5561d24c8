import NIOCore

/// Stands between a socket and TLS, and closes connections that TLS would keep: handshakes that drag on,
/// answers that nobody takes.
///
/// It is the first handler, so closing from here goes straight to the socket; from behind TLS it would first
/// wait for the goodbye of a peer that has stopped talking.
final class ConnectionGuard: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer

  private let limits: EdgeLimits
  private var context: ChannelHandlerContext?
  private var handshake: Scheduled<Void>?
  private var watch: Scheduled<Void>?
  private var writtenBytes = 0
  /// What the client had taken when the watch last looked; nil if nothing was waiting then.
  private var takenBytesBefore: Int?
  /// Looks in a row that found the client had taken nothing.
  private var stalledLooks = 0

  init(limits: EdgeLimits) {
    self.limits = limits
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    let limit = TimeAmount.milliseconds(limits.handshakeMilliseconds)
    handshake = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { self.cutOff() }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    handshake?.cancel()
    watch?.cancel()
    self.context = nil
  }

  /// To be called on the event loop.
  func handshakeCompleted() {
    handshake?.cancel()
    handshake = nil
  }

  /// Closes the socket at once. To be called on the event loop.
  func cutOff() {
    context?.close(promise: nil)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is CutOff: cutOff()
    // Nobody else hears of a shutdown while TLS is being set up.
    case is ChannelShouldQuiesceEvent where handshake != nil: cutOff()
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    writtenBytes += unwrapOutboundIn(data).readableBytes
    context.write(data, promise: promise)
  }

  func flush(context: ChannelHandlerContext) {
    context.flush()
    if watch == nil { scheduleWatch(context) }
  }

  // MARK: - Write stalls

  // A third, because a pause is seen by two looks with nothing taken in between.
  private func scheduleWatch(_ context: ChannelHandlerContext) {
    let interval = TimeAmount.milliseconds(limits.writeStallMilliseconds / 3)
    watch = context.eventLoop.assumeIsolated().scheduleTask(in: interval) { self.lookAtWrites() }
  }

  private func lookAtWrites() {
    watch = nil
    guard let context else { return }
    // A channel that is closing has no options any more, and nothing to guard.
    guard let waiting = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes) else { return }
    guard waiting > 0 else {
      takenBytesBefore = nil
      stalledLooks = 0
      return
    }
    let taken = writtenBytes - waiting
    stalledLooks = taken == takenBytesBefore ? stalledLooks + 1 : 0
    takenBytesBefore = taken
    if stalledLooks == 2 { return cutOff() }
    scheduleWatch(context)
  }
}
