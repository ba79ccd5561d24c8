import ConnectRPC
import Edge
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncServer

extension SyncService {
  /// How soon a revoked device's stream ends.
  private static let checkInterval = Duration.seconds(4)
  /// Below the idle limits of proxies between client and server.
  private static let keepAliveTicks = 5

  /// Hints that scopes have changed, until the client leaves, the device is revoked or the server stops.
  func watch(_ call: RPCCall, _ writer: StreamWriter) async throws {
    let credential = try credential(of: call)
    do {
      let now = now()
      _ = try await readers.run { try self.authenticate(credential, call, in: $0, now: now) }
      try await follow(credential, call.codec, writer)
    } catch {
      throw Self.connectError(error)
    }
  }

  private enum Signal: Sendable {
    case changed(Set<Scope>)
    case tick
  }

  private func follow(_ credential: DeviceToken, _ codec: ContentCodec, _ writer: StreamWriter) async throws {
    let changes = hints.subscribe()
    let (signals, continuation) = AsyncStream.makeStream(
      of: Signal.self, bufferingPolicy: .bufferingNewest(16))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { for await scopes in changes { continuation.yield(.changed(scopes)) } }
      group.addTask {
        while !Task.isCancelled {
          try await Task.sleep(for: Self.checkInterval)
          continuation.yield(.tick)
        }
      }
      defer {
        continuation.finish()
        group.cancelAll()
      }
      var ticks = 0
      for await signal in signals {
        try Task.checkCancellation()
        let author = try await authorOf(credential)
        switch signal {
        case .tick:
          ticks += 1
          if ticks.isMultiple(of: Self.keepAliveTicks) {
            try await send(.with { $0.keepAlive = true }, codec, writer)
          }
        case .changed(let scopes):
          for event in try await events(for: scopes, author) { try await send(event, codec, writer) }
        }
      }
    }
  }

  private func authorOf(_ credential: DeviceToken) async throws -> Author {
    let now = now()
    return try await readers.run {
      try Authentication.check(device: credential.device, secret: credential.secret.secret, in: $0, now: now)
        .get()
        .author
    }
  }

  /// Only of scopes the person may read at this moment.
  private func events(for scopes: Set<Scope>, _ author: Author) async throws -> [KamWatchEvent] {
    try await readers.run { reading in
      try scopes.sorted { $0.description < $1.description }.compactMap { scope in
        guard try reading.standing(of: author.user, in: scope).mayRead(scope.family),
          let row = try reading.scope(scope)
        else { return nil }
        return .with {
          $0.scope = .with {
            $0.scope = scope.description
            $0.head = row.head
          }
        }
      }
    }
  }

  private func send(_ event: KamWatchEvent, _ codec: ContentCodec, _ writer: StreamWriter) async throws {
    try await writer.send(
      codec == .json ? try event.jsonUTF8Bytes() as [UInt8] : try event.serializedBytes() as [UInt8])
  }
}
