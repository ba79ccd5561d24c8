import ConnectRPC
import Edge
import Foundation
import Logging
import ServiceLifecycle

/// A server with toy methods, listening on a free port of loopback.
struct EdgeUnderTest: Sendable {
  static let service = "toy.v1.ToyService"
  static let detailed = {
    var error = ConnectError(.notFound, "gone")
    error.details = [ConnectError.Detail(type: "kam.v1.Refusal", value: [0xFF, 0, 1, 2])]
    return error
  }()

  let port: Int
  let certificates: CertificateDirectory
  let server: HTTPSServer
  private let group: ServiceGroup

  func path(_ method: String) -> String { "/\(Self.service)/\(method)" }

  /// What SIGTERM does.
  func stop() async { await group.triggerGracefulShutdown() }

  /// Runs `test` against a new server, and stops that afterwards.
  static func run<Result: Sendable>(
    _ routes: RPCRoutes = .toy, limits: EdgeLimits = EdgeLimits(), minimumTLS: MinimumTLS = .v13,
    logger: Logger = .silent, _ test: @Sendable (EdgeUnderTest) async throws -> Result
  ) async throws -> Result {
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    let certificates = CertificateDirectory(path: directory.path + "/tls")
    try certificates.create(hosts: ["localhost", "127.0.0.1"], now: Date())
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    let configuration = HTTPSServer.Configuration(
      address: "127.0.0.1", port: 0, allowedHosts: ["localhost", "127.0.0.1"], service: service,
      minimumTLS: minimumTLS, limits: limits)
    let server = try HTTPSServer(
      configuration, identity: try certificates.identity(), routes: routes, logger: logger,
      onListening: { listening.yield($0) })
    let group = ServiceGroup(services: [server], logger: .silent)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
      let edge = EdgeUnderTest(port: port, certificates: certificates, server: server, group: group)
      let result = try await test(edge)
      await edge.stop()
      try await tasks.next()
      return result
    }
  }
}

extension RPCRoutes {
  /// `Watch` sends its body and then nothing until it is cancelled, `Flood` never stops; the others are
  /// short.
  static let toy = RPCRoutes(
    unary: [
      "Echo": { call in call.body },
      "Hello": { call in Array("\(call.codec) \(call.body.count)".utf8) },
      "Who": { call in Array("\(call.address) \(call.bearer?.secret ?? "nobody")".utf8) },
      "Refuse": { _ in throw ConnectError(.resourceExhausted, "come back", retryAfterSeconds: 7) },
      "RefuseInDetail": { _ in throw EdgeUnderTest.detailed },
      "Crash": { _ in throw ToyFault(secret: "db-password") },
      "Big": { call in [UInt8](repeating: 7, count: Int(String(decoding: call.body, as: UTF8.self)) ?? 0) },
      "Hang": { _ in
        try await Task.sleep(for: .seconds(60))
        return []
      },
      // As a commit: whoever waits for it cannot take it back.
      "Commit": { _ in
        await withCheckedContinuation { continuation in
          DispatchQueue.global().asyncAfter(deadline: .now() + 2) { continuation.resume() }
        }
        return []
      },
    ],
    streaming: [
      "Watch": { call, writer in
        try await writer.send(call.body)
        try await Task.sleep(for: .seconds(60))
      },
      "Count": { call, writer in
        for number in 1...3 { try await writer.send(call.body + Array("\(number)".utf8)) }
      },
      "Flood": { call, writer in
        while true { try await writer.send([UInt8](repeating: 7, count: 256 * 1024)) }
      },
      "RefuseStream": { _, _ in throw ConnectError(.permissionDenied, "not for you") },
    ],
    getAllowed: ["Hello", "Echo"])
}

struct ToyFault: Error {
  let secret: String
}

extension Logger {
  static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

struct TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "kam-edge-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }
}
