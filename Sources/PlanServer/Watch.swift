import ConnectRPC
import Edge
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncServer

extension SyncService {
  /// Hints that scopes have changed, until the client leaves, the device is revoked or the server stops. Only of scopes
  /// the person may read at that moment.
  func watch(_ call: RPCCall, _ writer: StreamWriter) async throws {
    let credential = try entrance.credential(of: call)
    do {
      let (person, version) = try await readers.run(for: .gate) {
        let user = try self.entrance.authenticate(credential, in: $0).author.user
        return (user.id, try $0.manifestVersion(of: user))
      }
      try streams.enter(credential.device, of: person)
      defer { streams.leave(credential.device, of: person) }
      let watcher = Watcher(person, credential, version: version)
      try await hints.with(watcher) {
        try await watcher.follow { try await Self.send($0, call.codec, writer) }
      }
    } catch {
      let refusal = Self.connectError(error)
      note(refusal, of: call)
      throw refusal
    }
  }

  private static func send(_ news: Watcher.News, _ codec: ContentCodec, _ writer: StreamWriter) async throws {
    if news.keepsAlive { try await send(.with { $0.keepAlive = true }, codec, writer) }
    for (scope, head) in news.heads.sorted(by: { $0.key.description < $1.key.description }) {
      let event = KamWatchEvent.with {
        $0.scope = .with {
          $0.scope = scope.description
          $0.head = head
        }
      }
      try await send(event, codec, writer)
    }
  }

  private static func send(
    _ event: KamWatchEvent, _ codec: ContentCodec, _ writer: StreamWriter
  ) async throws {
    try await writer.send(
      codec == .json ? try event.jsonUTF8Bytes() as [UInt8] : try event.serializedBytes() as [UInt8])
  }
}
