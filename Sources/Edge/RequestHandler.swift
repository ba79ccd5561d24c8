import NIOCore
import NIOHTTP1

/// Turns the parts of a request into one ``PendingRequest``, within the limits, and an answer into parts.
///
/// One stands at the end of every HTTP/1.1 connection and of every HTTP/2 stream. All of a request's time and
/// size limits are kept here, on the event loop: a task is only woken for a request that is whole and
/// admissible.
final class RequestHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// What all handlers of a connection share.
  struct Surroundings {
    let admission: Admission
    let bodies: BodyRoom
    let answers: ByteBudget
    /// Of this connection's answers.
    let ownAnswers: ByteBudget
    let address: String
    let network: [UInt8]
    /// Takes work to the connection's task.
    let demands: AsyncStream<Demand>.Continuation
  }

  enum Wire {
    case http1(HeadWatch)
    case http2Stream
  }

  private enum Phase {
    /// Between requests.
    case idle(since: NIODeadline)
    /// A part of a head has come.
    case head(since: NIODeadline)
    /// The sender is being looked up; the part of the body that has come waits.
    case judging(CallPlan, RequestHead, since: NIODeadline)
    case body(CallPlan, BodyPace, BodyHold)
    /// The request is whole; its answer is being made or written.
    case answering
    /// Refused and answered; what still comes of the request is dropped.
    case discarding(since: NIODeadline)
    case closed
  }

  private let surroundings: Surroundings
  private let wire: Wire
  private var phase = Phase.closed
  private var context: ChannelHandlerContext?
  private var timer: DeadlineTimer?
  private var interrupt = Interrupt()
  /// What has come of the body. Not part of the phase: matching a phase would share the buffer, and a shared
  /// buffer is copied whole for every piece that is added.
  private var body = ByteBuffer()
  /// Bytes of the budgets of answers held by what is written and not taken yet.
  private var untaken = 0
  private var closesAfterAnswer = false
  /// Parts of requests that came before the answer to an earlier one: HTTP/1.1 pipelining.
  private var ahead = CircularBuffer<HTTPServerRequestPart>()
  private var readIsHeldBack = false
  private var writes = PendingWrites()
  /// Done when the answer to a refused request is written.
  private var refusalWritten: EventLoopFuture<Void>?

  init(_ surroundings: Surroundings, wire: Wire) {
    self.surroundings = surroundings
    self.wire = wire
  }

  private var limits: EdgeLimits { surroundings.admission.limits }

  private var isHTTP2: Bool {
    if case .http2Stream = wire { true } else { false }
  }
}

// MARK: - Life of the channel

extension RequestHandler {
  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    timer = DeadlineTimer(eventLoop: context.eventLoop) { self.deadlinePassed() }
    enter(isHTTP2 ? .head(since: .now()) : .idle(since: .now()))
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    finish()
  }

  func channelInactive(context: ChannelHandlerContext) {
    finish()
    context.fireChannelInactive()
  }

  private func finish() {
    phase = .closed
    context = nil
    timer?.cancel()
    taken(untaken)
    ahead.removeAll()
    interrupt.raise(.clientGone)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { quiesce(context) }
    context.fireUserInboundEventTriggered(event)
  }

  private func quiesce(_ context: ChannelHandlerContext) {
    closesAfterAnswer = true
    // On HTTP/2 the connection closes itself when its streams are done.
    guard !isHTTP2 else { return }
    switch phase {
    case .idle, .head: context.close(promise: nil)
    default: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let parserError = error as? HTTPParserError else { return context.close(promise: nil) }
    switch phase {
    case .idle, .head:
      let isTooLong = parserError == .headerOverflow
      let text = isTooLong ? "the header fields are too long\n" : "this is no HTTP request\n"
      refuse(.plain(isTooLong ? .requestHeaderFieldsTooLarge : .badRequest, text))
    default:
      context.close(promise: nil)
    }
  }

  private func enter(_ next: Phase) {
    phase = next
    timer?.set(deadline)
  }

  private var deadline: NIODeadline? {
    switch phase {
    case .idle(let since): since + .milliseconds(limits.idleMilliseconds)
    case .head(let since): since + .milliseconds(limits.requestHeadMilliseconds)
    case .judging(_, _, let since): since + .milliseconds(limits.callMilliseconds)
    case .body(_, let pace, _): pace.deadline(limits)
    case .answering: writes.deadline(stallMilliseconds: limits.writeStallMilliseconds)
    case .discarding(let since): since + .milliseconds(limits.lingerMilliseconds)
    case .closed: nil
    }
  }

  private func deadlinePassed() {
    switch phase {
    case .body where !isHTTP2: refuse(.plain(.requestTimeout, "the request came too slowly\n"))
    default: context?.close(promise: nil)
    }
  }
}

// MARK: - Reading a request

extension RequestHandler {
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    if case .http1(let watch) = wire { watch.partArrived() }
    if isHoldingBack { return ahead.append(part) }
    receive(part)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if case .idle = phase, case .http1(let watch) = wire, watch.holdsPartOfHead {
      enter(.head(since: .now()))
    }
    context.fireChannelReadComplete()
  }

  /// While an answer or a decision is due, one more read is made, so that the client's leaving is seen; what that read
  /// brings is kept, and then no more is taken in.
  func read(context: ChannelHandlerContext) {
    if ahead.isEmpty { context.read() } else { readIsHeldBack = true }
  }

  private var isHoldingBack: Bool {
    switch phase {
    case .answering, .judging: true
    default: false
    }
  }

  private func receive(_ part: HTTPServerRequestPart) {
    switch (phase, part) {
    case (.idle, .head(let head)), (.head, .head(let head)): receive(RequestHead(head))
    case (.body(let plan, let pace, let hold), .body(let piece)): receive(piece, of: plan, pace, hold)
    case (.body(let plan, _, let hold), .end): dispatch(plan, hold)
    case (.discarding, .end) where !isHTTP2: if let refusalWritten { close(after: refusalWritten) }
    default: break  // what is left of a refused request
    }
  }

  private func receive(_ head: RequestHead) {
    switch surroundings.admission.judge(head) {
    case .refuse(let answer):
      let caller = Caller(
        method: "", bearer: head.bearer, address: surroundings.address, network: surroundings.network)
      refuse(surroundings.admission.strayed(caller).map { .refusal($0) } ?? answer)
    case .proceed(let plan):
      if head.wantsClose { closesAfterAnswer = true }
      guard plan.isCall else { return admit(plan, head, as: "") }
      // A client that does not take its answers gets no more of them made.
      guard !surroundings.ownAnswers.isUsedUp, !surroundings.answers.isUsedUp else {
        return refuse(.refusal(.busy, of: plan))
      }
      judge(plan, head)
    }
  }

  /// Asks who it is before a byte of the body is taken in.
  private func judge(_ plan: CallPlan, _ head: RequestHead) {
    guard let context else { return }
    let caller = Caller(
      method: plan.method, bearer: plan.bearer, address: surroundings.address, network: surroundings.network)
    switch surroundings.admission.decideAtOnce(caller) {
    case .admitted(let holder): admit(plan, head, as: holder)
    case .refused(let error): refuse(.refusal(error, of: plan))
    case nil:
      enter(.judging(plan, head, since: .now()))
      let demand = Demand.judge(caller, Reply(self, eventLoop: context.eventLoop))
      guard case .enqueued = surroundings.demands.yield(demand) else { return context.close(promise: nil) }
    }
  }

  func judged(_ admittance: Admittance) {
    guard let context, case .judging(let plan, let head, _) = phase else { return }
    switch admittance {
    case .admitted(let holder): admit(plan, head, as: holder)
    case .refused(let error): refuse(.refusal(error, of: plan))
    }
    takeUpAhead(context)
  }

  private func admit(_ plan: CallPlan, _ head: RequestHead, as holder: String) {
    if head.expectsContinue { sendContinue() }
    let pace = BodyPace(started: .now(), declaredBytes: plan.declaredBytes)
    enter(.body(plan, pace, BodyHold(surroundings.bodies, holder)))
  }

  private func receive(_ piece: ByteBuffer, of plan: CallPlan, _ pace: BodyPace, _ hold: BodyHold) {
    // Nothing is called that could want it, and nobody was asked who sends it.
    guard plan.isCall else { return refuse(.plain(.payloadTooLarge, "no body is wanted here\n")) }
    let total = body.readableBytes + piece.readableBytes
    guard total <= plan.bodyBytesMax else {
      return refuse(.refusal(plan.bodyTooLong, of: plan))
    }
    guard hold.take(piece.readableBytes) else { return refuse(.refusal(.busy, of: plan)) }
    if body.readableBytes == 0 { body = piece } else { body.writeImmutableBuffer(piece) }
    var pace = pace
    pace.received(piece.readableBytes, at: .now())
    enter(.body(plan, pace, hold))
  }

  private func dispatch(_ plan: CallPlan, _ hold: BodyHold) {
    guard let context else { return }
    let body = takeBody()
    enter(.answering)
    if case .fixed(let answer) = plan.work { return write(answer) }
    interrupt = Interrupt()
    let pending = PendingRequest(
      plan: plan, body: body, hold: hold, address: surroundings.address, network: surroundings.network,
      isMultiplexed: isHTTP2, interrupt: interrupt, reply: Reply(self, eventLoop: context.eventLoop))
    guard case .enqueued = surroundings.demands.yield(.run(pending)) else {
      return context.close(promise: nil)
    }
  }

  private func takeBody() -> ByteBuffer {
    defer { body = ByteBuffer() }
    return body
  }

  /// Counts what is written until the client takes it: the window of a stream may stay shut as long as it likes.
  private func written(_ bytes: Int) {
    untaken += bytes
    surroundings.answers.takeAnyway(bytes)
    surroundings.ownAnswers.takeAnyway(bytes)
  }

  private func taken(_ bytes: Int) {
    // The bytes of a connection that has ended were given back already.
    let bytes = min(bytes, untaken)
    untaken -= bytes
    surroundings.answers.giveBack(bytes)
    surroundings.ownAnswers.giveBack(bytes)
  }
}

// MARK: - Writing an answer

extension RequestHandler {
  func write(_ answer: Answer) {
    guard let context else { return }
    var headers = answer.headers
    headers.add(name: "content-length", value: String(answer.body.readableBytes))
    writeHead(answer.status, headers, context)
    writeBody(answer.body, context)
    writeEnd(context)
  }

  func begin(_ headers: HTTPHeaders) {
    guard let context else { return }
    writeHead(.ok, headers, context)
    context.flush()
  }

  func send(_ piece: ByteBuffer, _ promise: EventLoopPromise<Void>) {
    guard let context else { return promise.fail(ChannelError.ioOnClosedChannel) }
    // On HTTP/1.1 the connection's guard sees stalls.
    if isHTTP2 { trackWrite(promise) }
    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece))), promise: promise)
  }

  func end(_ last: ByteBuffer) {
    guard let context else { return }
    writeBody(last, context)
    writeEnd(context)
  }

  private func writeHead(
    _ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ context: ChannelHandlerContext
  ) {
    var headers = headers
    headers.add(contentsOf: Answer.forBrowsers)
    if closesAfterAnswer, !isHTTP2 { headers.add(name: "connection", value: "close") }
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
  }

  private func writeBody(_ body: ByteBuffer, _ context: ChannelHandlerContext) {
    guard body.readableBytes > 0 else { return }
    written(body.readableBytes)
    guard isHTTP2 else {
      let promise = context.eventLoop.makePromise(of: Void.self)
      let bytes = body.readableBytes
      promise.futureResult.assumeIsolated().whenComplete { _ in self.taken(bytes) }
      return context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: promise)
    }
    // HTTP/2 sends only what the client's window has room for. In pieces, so that one can tell slow from
    // stalled.
    var rest = body
    while rest.readableBytes > 0 {
      let piece = rest.readSlice(length: min(rest.readableBytes, PendingWrites.pieceBytes)) ?? ByteBuffer()
      let promise = context.eventLoop.makePromise(of: Void.self)
      let bytes = piece.readableBytes
      promise.futureResult.assumeIsolated().whenComplete { _ in self.taken(bytes) }
      trackWrite(promise)
      context.write(wrapOutboundOut(.body(.byteBuffer(piece))), promise: promise)
    }
  }

  private func writeEnd(_ context: ChannelHandlerContext) {
    guard !isHTTP2 else { return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
    guard closesAfterAnswer else {
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      enter(.idle(since: .now()))
      return takeUpAhead(context)
    }
    let promise = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
    if case .discarding = phase {
      refusalWritten = promise.futureResult
    } else {
      close(after: promise.futureResult)
    }
  }

  // Closing a channel drops what is not written yet.
  private func close(after written: EventLoopFuture<Void>) {
    written.assumeIsolated().whenComplete { _ in self.context?.close(promise: nil) }
  }

  private func takeUpAhead(_ context: ChannelHandlerContext) {
    while !ahead.isEmpty {
      if isHoldingBack { return }
      receive(ahead.removeFirst())
    }
    if readIsHeldBack {
      readIsHeldBack = false
      context.read()
    }
  }

  private func trackWrite(_ promise: EventLoopPromise<Void>) {
    writes.started(at: .now())
    timer?.set(deadline)
    promise.futureResult.assumeIsolated().whenComplete { _ in
      self.writes.ended(at: .now())
      self.timer?.set(self.deadline)
    }
  }

  private func sendContinue() {
    let head = HTTPResponseHead(version: .http1_1, status: .continue)
    context?.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
  }

  /// Answers before the request is whole. On HTTP/1.1 the connection ends with it: where the next request
  /// would begin is only known after reading what was just refused.
  private func refuse(_ answer: Answer) {
    closesAfterAnswer = true
    body = ByteBuffer()
    enter(.discarding(since: .now()))
    write(answer)
  }
}
