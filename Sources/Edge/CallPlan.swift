import ConnectRPC
import NIOHTTP1

/// What will be done with a request once its body is there.
struct CallPlan: Sendable {
  enum Work: Sendable {
    case unary(RPCRoutes.Unary)
    case streaming(RPCRoutes.Streaming)
    /// Nothing is called: the answer is known.
    case fixed(Answer)
  }

  var method = ""
  var work: Work
  var codec = ContentCodec.protobuf
  /// True if the body, or for a stream a flagged message in it, is gzip.
  var isGzip = false
  var clientReadsGzip = false
  /// As asked for by the client, bounded.
  var timeoutMilliseconds: Int64?
  var bearer: Redacted<String>?
  /// The message of a call by GET, which has no body.
  var queryMessage: [UInt8]?
  var bodyBytesMax = 0
  /// The same after decompression.
  var decodedBytesMax = 0
  var jsonNestingMax = 0
  /// As the head says.
  var declaredBytes: Int?

  /// False for what is answered without calling anything.
  var isCall: Bool { if case .fixed = work { false } else { true } }
}

/// Decides from a request's head alone whether its body is worth reading.
struct Admission: Sendable {
  enum Decision: Sendable {
    case proceed(CallPlan)
    case refuse(Answer)
  }

  let hosts: AllowedHosts
  /// `/kam.v1.SyncService/`
  let pathPrefix: String
  let routes: RPCRoutes
  let limits: EdgeLimits

  /// What is known of a caller at once; nil when it must be looked up.
  func decideAtOnce(_ caller: Caller) -> Admittance? {
    guard let gatekeeper = routes.gatekeeper else { return .admitted(as: caller.stranger) }
    return gatekeeper.decideAtOnce(caller)
  }

  func strayed(_ caller: Caller) -> ConnectError? { routes.gatekeeper?.strayed(caller) }

  func decide(_ caller: Caller) async -> Admittance {
    await routes.gatekeeper?.decide(caller) ?? .admitted(as: caller.stranger)
  }

  func judge(_ head: RequestHead) -> Decision {
    if let refusal = hostRefusal(head.hosts) { return .refuse(refusal) }
    let path = head.target.prefix { $0 != "?" }
    if path == "/healthz" { return health(head) }
    guard path.hasPrefix(pathPrefix) else { return .refuse(unknownPath) }
    let method = String(path.dropFirst(pathPrefix.count))
    do {
      if let handler = routes.unary[method] {
        let query = head.target[path.endIndex...].dropFirst()
        return try unary(method, handler, head, query: query)
      }
      if let handler = routes.streaming[method] { return streaming(method, handler, head) }
      return .refuse(unknownPath)
    } catch {
      return .refuse(.refusal(error, error.code == .unimplemented ? ["accept-encoding": "gzip"] : [:]))
    }
  }
}

// MARK: - What is refused before the method is looked at

extension Admission {
  /// RFC 9112 §3.2 wants 400 for none and for several; RFC 9110 §15.5.20 has 421 for somebody else's name.
  private func hostRefusal(_ found: [String]) -> Answer? {
    guard found.count == 1, let host = found.first else {
      return .plain(.badRequest, "a request needs exactly one Host, this one has \(found.count)\n")
    }
    if hosts.contains(host) { return nil }
    return .plain(.misdirectedRequest, "this server does not answer under that name\n")
  }

  private func health(_ head: RequestHead) -> Decision {
    guard head.method == .GET else { return .refuse(wrongVerb(allowed: "GET")) }
    return .proceed(CallPlan(work: .fixed(.plain(.ok, "ok"))))
  }

  private var unknownPath: Answer {
    .refusal(ConnectError(.unimplemented, "there is no such method here"), status: .notFound)
  }

  private func wrongVerb(allowed: String) -> Answer {
    .plain(.methodNotAllowed, "allowed: \(allowed)\n", ["allow": allowed])
  }
}

// MARK: - Unary and streaming calls

extension Admission {
  private func unary(
    _ method: String, _ handler: @escaping RPCRoutes.Unary, _ head: RequestHead, query: Substring
  ) throws(ConnectError) -> Decision {
    let mayGet = routes.getAllowed.contains(method)
    var plan = CallPlan(method: method, work: .unary(handler))
    switch head.method {
    case .POST:
      guard let codec = head.contentType.flatMap(ContentCodec.init(unaryContentType:)) else {
        return .refuse(unsupportedMediaType(ContentCodec.allCases.map(\.unaryContentType)))
      }
      plan.codec = codec
      plan.isGzip = try isGzip(head.contentEncoding)
      try checkVersion(head)
    case .GET where mayGet:
      let request = try ConnectQuery(query)
      plan.codec = request.codec
      plan.isGzip = request.isGzip
      plan.queryMessage = request.message
    default:
      return .refuse(wrongVerb(allowed: mayGet ? "GET, POST" : "POST"))
    }
    plan.clientReadsGzip = head.acceptEncoding?.allowsGzip ?? false
    return .proceed(try finished(plan, head))
  }

  private func streaming(
    _ method: String, _ handler: @escaping RPCRoutes.Streaming, _ head: RequestHead
  ) -> Decision {
    guard head.method == .POST else { return .refuse(wrongVerb(allowed: "POST")) }
    guard let codec = head.contentType.flatMap(ContentCodec.init(streamingContentType:)) else {
      return .refuse(unsupportedMediaType(ContentCodec.allCases.map(\.streamingContentType)))
    }
    do {
      try checkVersion(head)
      let plan = CallPlan(
        method: method, work: .streaming(handler), codec: codec,
        isGzip: try isGzip(head.connectContentEncoding),
        clientReadsGzip: head.connectAcceptEncoding?.allowsGzip ?? false)
      return .proceed(try finished(plan, head))
    } catch {
      return .refuse(.endedStream(error, codec: codec))
    }
  }

  private func finished(_ plan: CallPlan, _ head: RequestHead) throws(ConnectError) -> CallPlan {
    var plan = plan
    plan.bearer = head.bearer
    plan.declaredBytes = head.contentLength
    plan.timeoutMilliseconds = try timeoutMilliseconds(head.connectTimeout)
    try bound(&plan)
    if let length = head.contentLength, length > plan.bodyBytesMax { throw plan.bodyTooLong }
    return plan
  }

  /// A client that has no credential yet sends little, also when it is unpacked: general clients compress whatever they send.
  private func bound(_ plan: inout CallPlan) throws(ConnectError) {
    plan.bodyBytesMax = limits.bodyBytesMax
    plan.decodedBytesMax = limits.decompressedBytesMax
    plan.jsonNestingMax = limits.jsonNestingMax
    // A request that opens a stream says little, and is kept as long as the stream lives.
    if case .streaming = plan.work {
      (plan.bodyBytesMax, plan.decodedBytesMax) = (limits.openBodyBytesMax, limits.openBodyBytesMax)
    }
    guard routes.open.contains(plan.method) else { return }
    plan.bodyBytesMax = limits.openBodyBytesMax
    plan.decodedBytesMax = limits.openBodyBytesMax
    plan.jsonNestingMax = limits.openJSONNestingMax
    guard plan.queryMessage?.count ?? 0 <= plan.bodyBytesMax else { throw plan.bodyTooLong }
  }

  private func checkVersion(_ head: RequestHead) throws(ConnectError) {
    // Absent is fine: then it is somebody with curl.
    guard let version = head.connectVersion, version != "1" else { return }
    throw ConnectError(
      .invalidArgument, "Connect-Protocol-Version is \"\(version)\"; this server knows version 1")
  }

  private func isGzip(_ encoding: String?) throws(ConnectError) -> Bool {
    switch encoding?.lowercased() {
    case nil, "", "identity": return false
    case "gzip": return true
    case .some(let other):
      throw ConnectError(.unimplemented, "compression \"\(other)\" is unknown; supported: gzip, identity")
    }
  }

  /// The protocol allows ten digits. More time than ``EdgeLimits/callMilliseconds`` nobody gets.
  private func timeoutMilliseconds(_ text: String?) throws(ConnectError) -> Int64? {
    guard let text else { return nil }
    guard text.utf8.count <= 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int64(text)
    else {
      throw ConnectError(.invalidArgument, "Connect-Timeout-Ms must be a number of at most ten digits")
    }
    return min(value, limits.callMilliseconds)
  }

  private func unsupportedMediaType(_ supported: [String]) -> Answer {
    let list = supported.joined(separator: ", ")
    return .plain(.unsupportedMediaType, "supported: \(list)\n", ["accept-post": list])
  }
}

extension CallPlan {
  var bodyTooLong: ConnectError {
    ConnectError(.resourceExhausted, "the request is longer than the limit of \(bodyBytesMax) bytes")
  }
}

extension ConnectError {
  static let busy = ConnectError(
    .resourceExhausted, "the server is busy with other requests; try again", retryAfterSeconds: 1)
}
