import ConnectRPC
import Foundation
import Logging
import NIOCore
import NIOHTTP1

/// Runs the handler of one whole request and answers.
struct CallRunner: Sendable {
  let limits: EdgeLimits
  let streams: LiveStreams
  let decoding: WaitingRoom
  let logger: Logger

  func run(_ pending: PendingRequest) async {
    switch pending.plan.work {
    case .unary(let handler): await unary(pending, handler)
    case .streaming(let handler): await stream(pending, handler)
    case .fixed(let answer): pending.reply.finish(answer)
    }
  }

  // MARK: - Unary

  /// Only a call that named a timeout is raced against it: the race costs two tasks, and a client that named none waits
  /// for as long as it likes.
  ///
  /// The client is answered when its timeout is over. A handler that waits for what cannot be taken back, a commit, goes on
  /// until that is decided; then its connection's next request is run.
  private func unary(_ pending: PendingRequest, _ handler: @escaping RPCRoutes.Unary) async {
    let deadline = self.deadline(pending.plan, otherwise: limits.callMilliseconds)
    guard pending.plan.timeoutMilliseconds != nil, let deadline else {
      let answer = await answer(pending, handler, deadline)
      pending.hold.release()
      return pending.reply.finish(answer)
    }
    await withTaskGroup(of: Answer.self) { group in
      group.addTask {
        let answer = await answer(pending, handler, deadline)
        pending.hold.release()
        return answer
      }
      group.addTask {
        let failure = await Self.failure { try await Task.sleep(until: deadline) }
        return .refusal(refusal(failure ?? ConnectError.timeIsOver, pending.plan))
      }
      guard let first = await group.next() else { return }
      pending.reply.finish(first)
      group.cancelAll()
    }
  }

  private func answer(
    _ pending: PendingRequest, _ handler: @escaping RPCRoutes.Unary, _ deadline: ContinuousClock.Instant?
  ) async -> Answer {
    let plan = pending.plan
    do {
      let size = try decodedBytes(pending)
      try await decoding.enter(size, of: pending.hold.holder)
      defer { decoding.leave(size, of: pending.hold.holder) }
      let call = RPCCall(pending, body: try unaryBody(pending), deadline: deadline)
      let bytes = try await handler(call)
      return .message(
        bytes, codec: plan.codec, gzipAllowed: plan.clientReadsGzip,
        compressedBytesMin: limits.compressedBytesMin)
    } catch {
      return .refusal(refusal(error, plan))
    }
  }

  private func unaryBody(_ pending: PendingRequest) throws -> [UInt8] {
    let body =
      if let message = pending.plan.queryMessage {
        pending.plan.isGzip ? try message.withUnsafeBytes { try gunzipped($0, pending.plan) } : message
      } else {
        pending.plan.isGzip
          ? try pending.body.withUnsafeReadableBytes { try gunzipped($0, pending.plan) }
          : Array(buffer: pending.body)
      }
    try checkShape(body, pending.plan)
    return body
  }

  /// How long a body is once it is decompressed. The length that a gzip claims is never exceeded.
  private func decodedBytes(_ pending: PendingRequest) throws -> Int {
    guard pending.plan.isGzip else {
      return pending.plan.queryMessage?.count ?? pending.body.readableBytes
    }
    let claimed =
      pending.plan.queryMessage.map { $0.withUnsafeBytes(Gzip.claimedBytes) }
      ?? pending.body.withUnsafeReadableBytes(Gzip.claimedBytes)
    return min(claimed, pending.plan.decodedBytesMax)
  }

  // MARK: - Streaming

  private func stream(_ pending: PendingRequest, _ handler: @escaping RPCRoutes.Streaming) async {
    let (plan, reply) = (pending.plan, pending.reply)
    guard streams.enter(pending.interrupt, network: pending.network) else {
      return reply.finish(.endedStream(.streamsTooMany, codec: plan.codec))
    }
    defer { streams.leave(pending.interrupt, network: pending.network) }
    do {
      let call = RPCCall(pending, body: try streamedBody(pending), deadline: deadline(plan, otherwise: nil))
      reply.begin(streamHeaders(plan))
      let writer = StreamWriter(
        reply: reply, gzips: plan.clientReadsGzip, compressedBytesMin: limits.compressedBytesMin)
      let failure = await outcome(of: call, pending.interrupt) { try await handler(call, writer) }
      let error = failure.map { refusal($0, plan) }
      reply.end(ByteBuffer(envelopeOf: EndOfStream.json(error: error), flags: Envelope.endOfStreamFlag))
    } catch {
      reply.finish(.endedStream(refusal(error, plan), codec: plan.codec))
    }
  }

  /// Runs `handler` until it is done, the client is gone, its deadline is over or the server stops.
  ///
  /// Returns when the handler has ended, which it has to do when cancelled.
  private func outcome(
    of call: RPCCall, _ interrupt: Interrupt, _ handler: @escaping @Sendable () async throws -> Void
  ) async -> (any Error)? {
    await withTaskGroup(of: (any Error)?.self) { group in
      group.addTask { await Self.failure(of: handler) }
      group.addTask {
        switch await interrupt.raised() {
        case .shutdown: ConnectError(.unavailable, "the server is stopping", retryAfterSeconds: 1)
        case .clientGone: ConnectError(.canceled, "the client is gone")
        case nil: CancellationError()
        }
      }
      if let deadline = call.deadline {
        group.addTask {
          await Self.failure { try await Task.sleep(until: deadline) } ?? ConnectError.timeIsOver
        }
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }

  private static func failure(of work: @Sendable () async throws -> Void) async -> (any Error)? {
    do {
      try await work()
      return nil
    } catch {
      return error
    }
  }

  /// A server-streaming call has exactly one message of request.
  private func streamedBody(_ pending: PendingRequest) throws -> [UInt8] {
    var decoder = EnvelopeDecoder(payloadBytesMax: limits.bodyBytesMax)
    decoder.append(pending.body.readableBytesView)
    guard let envelope = try decoder.next(), decoder.isAtBoundary, !envelope.isEndOfStream else {
      throw ConnectError(.invalidArgument, "the body must be exactly one message in its envelope")
    }
    guard !envelope.isCompressed || pending.plan.isGzip else {
      throw ConnectError(.internal, "a message is compressed, but Connect-Content-Encoding does not say how")
    }
    let body =
      envelope.isCompressed
      ? try envelope.payload.withUnsafeBytes { try gunzipped($0, pending.plan) } : envelope.payload
    try checkShape(body, pending.plan)
    return body
  }

  private func streamHeaders(_ plan: CallPlan) -> HTTPHeaders {
    var headers: HTTPHeaders = ["content-type": plan.codec.streamingContentType]
    if plan.clientReadsGzip { headers.add(name: "connect-content-encoding", value: "gzip") }
    return headers
  }
}

// MARK: - Bounds and refusals

extension CallRunner {
  private func gunzipped(_ bytes: UnsafeRawBufferPointer, _ plan: CallPlan) throws -> [UInt8] {
    do {
      return try Gzip.decompress(bytes, maximumBytes: plan.decodedBytesMax)
    } catch Gzip.Failure.tooLarge(let maximumBytes) {
      throw ConnectError(
        .resourceExhausted,
        "the request is longer than the limit of \(maximumBytes) bytes after decompression")
    } catch {
      throw ConnectError(.invalidArgument, "the body is no gzip: \(error)")
    }
  }

  private func checkShape(_ body: [UInt8], _ plan: CallPlan) throws {
    guard plan.codec == .json else { return }
    switch JSONShape.excess(body, levelsMax: plan.jsonNestingMax, elementsMax: limits.jsonElementsMax) {
    case nil: return
    case .depth:
      throw ConnectError(.invalidArgument, "the JSON nests deeper than \(plan.jsonNestingMax) levels")
    case .elements:
      throw ConnectError(
        .invalidArgument, "the JSON has more than \(limits.jsonElementsMax) members; send less at a time")
    }
  }

  private func deadline(_ plan: CallPlan, otherwise milliseconds: Int64?) -> ContinuousClock.Instant? {
    (plan.timeoutMilliseconds ?? milliseconds).map { .now + .milliseconds($0) }
  }

  /// What the client may know of an error: a refusal as it is, of a bug only where to find it in the log.
  private func refusal(_ error: any Error, _ plan: CallPlan) -> ConnectError {
    if let refusal = error as? ConnectError { return refusal }
    if error is CancellationError { return ConnectError(.canceled, "the call was cancelled") }
    let reference = UUID().uuidString.prefix(8).lowercased()
    logger.error(
      "a call failed",
      metadata: [
        "method": "\(plan.method)", "reference": "\(reference)", "error": "\(String(reflecting: error))",
      ])
    return ConnectError(.internal, "internal error; the server's log has it as \(reference)")
  }
}

extension ConnectError {
  fileprivate static let timeIsOver = ConnectError(.deadlineExceeded, "the call took longer than its timeout")
  fileprivate static let streamsTooMany = ConnectError(
    .resourceExhausted, "too many streams are open", retryAfterSeconds: 10)
}

extension RPCCall {
  fileprivate init(_ pending: PendingRequest, body: [UInt8], deadline: ContinuousClock.Instant?) {
    self.init(
      method: pending.plan.method, codec: pending.plan.codec, body: body, bearer: pending.plan.bearer,
      address: pending.address, network: pending.network, deadline: deadline)
  }
}
