import NIOCore
import NIOHTTP1

/// Sees the bytes of an HTTP/1.1 connection before the parser does.
///
/// The parser is silent until a head is whole; this is how one knows that a part of one is there.
final class HeadWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private(set) var holdsPartOfHead = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    holdsPartOfHead = true
    context.fireChannelRead(data)
  }

  func partArrived() {
    holdsPartOfHead = false
  }
}

extension ChannelPipeline.SynchronousOperations {
  /// Adds what HTTP/1.1 needs behind TLS.
  func addHTTP1(_ surroundings: RequestHandler.Surroundings) throws {
    let headerListBytesMax = surroundings.admission.limits.headerListBytesMax
    var decoderLimits = NIOHTTPDecoderLimitConfiguration()
    decoderLimits.maxHeaderFieldSize = headerListBytesMax
    decoderLimits.maxHeaderListSize = headerListBytesMax
    let watch = HeadWatch()
    try addHandler(watch)
    try configureHTTPServerPipeline(
      // The pending handler does both, knowing more: which request is at hand, and what was answered.
      withPipeliningAssistance: false, withErrorHandling: false,
      // No header of ours holds anything that came from outside.
      withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
      withDecoderLimitConfiguration: decoderLimits)
    try addHandler(RequestHandler(surroundings, wire: .http1(watch)))
  }
}
