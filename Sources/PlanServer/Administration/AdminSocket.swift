import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import SyncServer

/// The server's Unix socket for admins on its host: one JSON command a connection, one JSON answer.
///
/// Whoever can open it is an admin: it lies in the data directory and only its owner can reach it.
package struct AdminSocket: Service {
  /// A command is a few short strings; one that verifies brings what devices were shown, some 400 bytes a day of each.
  static let commandBytesMax = 8 << 20

  private let path: String
  private let commits: GroupCommit
  private let now: @Sendable () -> Int64
  private let logger: Logger
  /// Answers what needs no transaction of the one writer; nil leaves a command to it.
  private let answerBeside: @Sendable (AdminCommand) async throws -> AdminAnswer?
  /// Called once an answer has arrived.
  private let onAnswered: @Sendable (AdminAnswer) -> Void

  package init(
    path: String, commits: GroupCommit, now: @escaping @Sendable () -> Int64, logger: Logger,
    answerBeside: @escaping @Sendable (AdminCommand) async throws -> AdminAnswer? = { _ in nil },
    onAnswered: @escaping @Sendable (AdminAnswer) -> Void = { _ in }
  ) {
    self.answerBeside = answerBeside
    self.onAnswered = onAnswered
    self.path = path
    self.commits = commits
    self.now = now
    self.logger = logger
  }

  package func run() async throws {
    // The directory's lock says that no other server lives: a socket that is still there is a dead one's.
    unlink(path)
    let previous = umask(0o177)
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(unixDomainSocketPath: path) { channel in
        channel.eventLoop.makeCompletedFuture {
          // The answer is written to its end before the connection closes, however long it is.
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
      }
    umask(previous)
    defer { unlink(path) }
    try await withGracefulShutdownHandler {
      try await serve(listener)
    } onGracefulShutdown: {
      listener.channel.close(promise: nil)
    }
  }

  private func serve(_ listener: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>) async throws
  {
    try await listener.executeThenClose { connections in
      try await withThrowingDiscardingTaskGroup { group in
        for try await connection in connections {
          group.addTask { await handle(connection) }
        }
        group.cancelAll()
      }
    }
  }

  private func handle(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
    do {
      try await connection.executeThenClose { inbound, outbound in
        var received = ByteBuffer()
        var given: AdminAnswer?
        for try await part in inbound where given == nil {
          received.writeImmutableBuffer(part)
          guard received.readableBytes <= Self.commandBytesMax else { return }
          guard let line = received.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { continue }
          let answer = await answer(to: Data(received.readableBytesView[..<line]))
          try await outbound.write(ByteBuffer(bytes: try JSONEncoder().encode(answer) + [UInt8(ascii: "\n")]))
          outbound.finish()
          // The other end closes once it has read all.
          given = answer
        }
        if let given { onAnswered(given) }
      }
    } catch {
      logger.debug("an admin connection ended early", metadata: ["error": "\(error)"])
    }
  }

  private func answer(to line: Data) async -> AdminAnswer {
    var answer = AdminAnswer()
    do {
      let command = try JSONDecoder().decode(AdminCommand.self, from: line)
      let now = now()
      if let answer = try await answerBeside(command) { return answer }
      return try await commits.run(usesReserve: true) { transaction in
        var generator = SystemRandomNumberGenerator()
        return try Administration.perform(command, by: "host", in: transaction, now: now, using: &generator)
      }
    } catch is DecodingError {
      answer.error = "This kamd does not know that command; is the one that runs of another version?"
    } catch {
      answer.error = Administration.sentence(for: error)
      guard answer.error == nil else { return answer }
      answer.error = "The server could not do it; its log says why."
      logger.error("an admin command failed", metadata: ["error": "\(error)"])
    }
    return answer
  }
}

/// The other end, for `kamd`'s commands.
package enum AdminSocketClient {
  /// - Returns: nil when no server listens at `path`.
  package static func send(_ command: AdminCommand, path: String) throws -> AdminAnswer? {
    guard let descriptor = try connect(path) else { return nil }
    defer { close(descriptor) }
    let line = try JSONEncoder().encode(command) + [UInt8(ascii: "\n")]
    guard line.count <= AdminSocket.commandBytesMax else { throw AdminError.tooMuchAtOnce }
    try line.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = write(descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
        guard count > 0 else { throw DataDirectoryError.unusable(path, errno) }
        sent += count
      }
    }
    var answer = Data()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw DataDirectoryError.unusable(path, errno) }
      if count == 0 { break }
      answer.append(contentsOf: buffer[..<count])
    }
    guard answer.last == UInt8(ascii: "\n") else { throw AdminError.answerBroken }
    return try JSONDecoder().decode(AdminAnswer.self, from: answer)
  }

  private static func connect(_ path: String) throws -> Int32? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw DataDirectoryError.unusable(path, ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw DataDirectoryError.unusable(path, errno) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) }
    }
    guard connected == 0 else {
      let code = errno
      close(descriptor)
      if code == ENOENT || code == ECONNREFUSED { return nil }
      throw DataDirectoryError.unusable(path, code)
    }
    return descriptor
  }
}
