import ConnectRPC
import NIOCore
import NIOHTTP1

/// What the event loop hands to a connection's task.
enum Demand: Sendable {
  /// Look up whether this caller's body may be read, and say so.
  case judge(Caller, Reply)
  case run(PendingRequest)
}

/// A whole request and the way to answer it.
struct PendingRequest: Sendable {
  let plan: CallPlan
  /// As it came: perhaps compressed.
  let body: ByteBuffer
  /// What the body takes of the room for all of them.
  let hold: BodyHold
  let address: String
  /// What counts as one client (``IPAddress/network``).
  let network: [UInt8]
  /// True if other requests of the same connection may run at the same time.
  let isMultiplexed: Bool
  /// Raised if the client goes away.
  let interrupt: Interrupt
  let reply: Reply
}

/// Writes one answer, from any task. After the connection is gone it does nothing.
struct Reply: Sendable {
  private let eventLoop: any EventLoop
  private let handler: NIOLoopBound<RequestHandler>

  init(_ handler: RequestHandler, eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
    self.handler = NIOLoopBound(handler, eventLoop: eventLoop)
  }

  /// Tells what was found out about a caller.
  func judged(_ admittance: Admittance) {
    eventLoop.execute { handler.value.judged(admittance) }
  }

  /// Writes a whole answer: head, body and end leave together.
  func finish(_ answer: Answer) {
    eventLoop.execute { handler.value.write(answer) }
  }

  /// Starts a stream.
  func begin(_ headers: HTTPHeaders) {
    eventLoop.execute { handler.value.begin(headers) }
  }

  /// Writes a piece of a stream and waits until the socket, or the stream's window, has taken it.
  ///
  /// - Throws: `ChannelError` if the connection is gone.
  func send(_ piece: ByteBuffer) async throws {
    let promise = eventLoop.makePromise(of: Void.self)
    eventLoop.execute { handler.value.send(piece, promise) }
    try await promise.futureResult.get()
  }

  /// Ends a stream with a last piece.
  func end(_ last: ByteBuffer) {
    eventLoop.execute { handler.value.end(last) }
  }
}
