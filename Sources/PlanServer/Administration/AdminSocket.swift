import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import SyncServer

/// The server's Unix socket for admins on its host: one JSON command a connection, one JSON answer.
///
/// A process that can open it acts for an admin: it lies in the data directory and only its owner can reach it.
package struct AdminSocket: Service {
  /// A command is a few short strings; one that verifies brings what devices were shown, some 400 bytes a day of each.
  static let commandBytesMax = 8 << 20

  private let path: String
  private let desk: any AdminDesk
  private let logger: Logger

  package init(path: String, desk: any AdminDesk, logger: Logger) {
    self.path = path
    self.desk = desk
    self.logger = logger
  }

  package func run() async throws {
    // The directory's lock says that no other server lives: a socket that is still there is a dead one's.
    unlink(path)
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(try UnixSocket.listen(path)) { channel in
        channel.eventLoop.makeCompletedFuture {
          // The answer is written to its end before the connection closes, however long it is.
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
      }
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
        var given: Answered?
        for try await part in inbound where given == nil {
          received.writeImmutableBuffer(part)
          guard received.readableBytes <= Self.commandBytesMax else { return }
          guard let line = received.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { continue }
          let answer = try await answer(to: Data(received.readableBytesView[..<line]))
          try await outbound.write(ByteBuffer(bytes: answer.bytes))
          outbound.finish()
          // The other end closes once it has read all.
          given = answer
        }
        given?.onArrival()
      }
    } catch {
      logger.debug("an admin connection ended early", metadata: ["error": "\(error)"])
    }
  }

  private struct Answered {
    let bytes: Data
    var onArrival: () -> Void = {}
  }

  private func answer(to line: Data) async throws -> Answered {
    let request: any AdminRequest
    do { request = try AdminLine.decode(line) } catch {
      return Answered(
        bytes: try AdminLine.refusal(
          "This kamd does not know that command; is the one that runs of another version?"))
    }
    do { return try await carryOut(request, desk) } catch {
      if let sentence = Administration.sentence(for: error) {
        return Answered(bytes: try AdminLine.refusal(sentence))
      }
      logger.error("an admin command failed", metadata: ["error": "\(error)"])
      return Answered(bytes: try AdminLine.refusal("The server could not do it; its log says why."))
    }
  }

  private func carryOut(_ request: some AdminRequest, _ desk: some AdminDesk) async throws -> Answered {
    let answer = try await request.carryOut(at: desk)
    return Answered(bytes: try AdminLine.answer(answer)) { request.answered(with: answer, at: desk) }
  }
}

/// The other end, for `kamd`'s commands.
package enum AdminSocketClient {
  /// - Returns: nil when no server listens at `path`.
  /// - Throws: ``AdminRefusal`` with the server's sentence; ``AdminError``; ``DataDirectoryError``
  package static func send<Request: AdminRequest>(
    _ request: Request, path: String
  ) throws -> Request.Answer? {
    guard let descriptor = try UnixSocket.connect(path) else { return nil }
    defer { close(descriptor) }
    let line = try AdminLine.encode(request)
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
    return try AdminLine.answer(to: Request.self, from: answer)
  }
}

private enum UnixSocket {
  private static let waitingMax: Int32 = 128

  /// A socket for its owner only: its file has the mode that the descriptor has when it is bound. Neither is there a moment
  /// in which others could open it, nor is the umask touched, which is the whole process's.
  ///
  /// - Throws: ``DataDirectoryError``
  static func listen(_ path: String) throws -> Int32 {
    let descriptor = try make(path, flags: Int32(SOCK_NONBLOCK.rawValue))
    guard fchmod(descriptor, 0o600) == 0, address(path, { bind(descriptor, $0, $1) }) == 0,
      Glibc.listen(descriptor, waitingMax) == 0
    else {
      let code = errno
      close(descriptor)
      throw DataDirectoryError.unusable(path, code)
    }
    return descriptor
  }

  /// - Returns: nil when nobody listens.
  /// - Throws: ``DataDirectoryError``
  static func connect(_ path: String) throws -> Int32? {
    let descriptor = try make(path)
    guard address(path, { Glibc.connect(descriptor, $0, $1) }) == 0 else {
      let code = errno
      close(descriptor)
      if code == ENOENT || code == ECONNREFUSED { return nil }
      throw DataDirectoryError.unusable(path, code)
    }
    return descriptor
  }

  private static func make(_ path: String, flags: Int32 = 0) throws -> Int32 {
    guard path.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else {
      throw DataDirectoryError.unusable(path, ENAMETOOLONG)
    }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | flags, 0)
    guard descriptor >= 0 else { throw DataDirectoryError.unusable(path, errno) }
    return descriptor
  }

  private static func address(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
    }
  }
}
