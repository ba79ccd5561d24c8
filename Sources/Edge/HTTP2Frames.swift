import NIOCore

/// Follows the frames of an HTTP/2 connection just enough to know whether one of them is half received.
///
/// - SeeAlso: RFC 9113 §3.4 (preface), §4.1 (frame), §6.10 (CONTINUATION).
struct FrameScanner {
  private static let prefaceBytes = 24
  private static let headerBytes = 9
  private static let dataType: UInt8 = 0
  private static let headersType: UInt8 = 1
  private static let continuationType: UInt8 = 9
  private static let endHeadersFlag: UInt8 = 4

  private var bytesLeft = FrameScanner.prefaceBytes
  private var header: [UInt8] = []
  private var isData = false
  private var isInHeaderBlock = false
  private var hasBegun = false

  /// True while something is half received that is not the content of a DATA frame, whose pace is the body's.
  var isWaitingForMore: Bool {
    if isInHeaderBlock || !header.isEmpty { return true }
    return bytesLeft > 0 && hasBegun && !isData
  }

  mutating func scan(_ bytes: ByteBufferView) {
    var rest = bytes[...]
    if !rest.isEmpty { hasBegun = true }
    while !rest.isEmpty {
      if bytesLeft > 0 {
        let skipped = min(bytesLeft, rest.count)
        rest = rest.dropFirst(skipped)
        bytesLeft -= skipped
      } else {
        let taken = rest.prefix(Self.headerBytes - header.count)
        header.append(contentsOf: taken)
        rest = rest.dropFirst(taken.count)
        if header.count == Self.headerBytes { beginFrame() }
      }
    }
  }

  private mutating func beginFrame() {
    bytesLeft = Int(header[0]) << 16 | Int(header[1]) << 8 | Int(header[2])
    let (type, flags) = (header[3], header[4])
    isData = type == Self.dataType
    if type == Self.headersType || type == Self.continuationType {
      isInHeaderBlock = flags & Self.endHeadersFlag == 0
    }
    header.removeAll(keepingCapacity: true)
  }
}

/// Closes an HTTP/2 connection whose next frame does not come to its end.
final class FrameDeadline: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let limits: EdgeLimits
  private let guardian: ConnectionGuard
  private var scanner = FrameScanner()
  private var timer: DeadlineTimer?
  private var isRunning = false

  init(limits: EdgeLimits, guardian: ConnectionGuard) {
    self.limits = limits
    self.guardian = guardian
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let guardian = guardian
    timer = DeadlineTimer(eventLoop: context.eventLoop) { guardian.cutOff() }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    scanner.scan(unwrapInboundIn(data).readableBytesView)
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    let isWaiting = scanner.isWaitingForMore
    if isWaiting != isRunning {
      isRunning = isWaiting
      timer?.set(isWaiting ? .now() + .milliseconds(limits.requestHeadMilliseconds) : nil)
    }
    context.fireChannelReadComplete()
  }
}
