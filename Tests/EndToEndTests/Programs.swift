import CSpawn
import Foundation
import Synchronization

/// How a program ended, and what it had printed.
struct Finished: Sendable {
  /// The exit code; the negative signal when it was killed.
  let status: Int32
  let output: String
  let errors: String

  /// Both, for tests of what people are told.
  var told: String { output + errors }

  func json() throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: Data(output.utf8)) }
}

/// A program that was started. It is killed when it outlives its time, and its errors say so then.
final class RunningProgram: Sendable {
  private struct Ending {
    var status: Int32?
    var waiters: [CheckedContinuation<Int32, Never>] = []
  }
  let pid: Int32
  private let ending = Mutex(Ending())
  private let outlived = Mutex<String?>(nil)
  private let outputPath: String
  private let errorsPath: String

  /// - Parameters:
  ///   - files: The beginning of the paths that its input and output get.
  ///   - secondsMax: It is killed then; nil: whoever started it ends it.
  init(
    _ program: String, _ arguments: [String], environment: [String: String], input: Data = Data(),
    directory: String, files: String, secondsMax: Double?
  ) throws {
    outputPath = files + ".out"
    errorsPath = files + ".err"
    try input.write(to: URL(filePath: files + ".in"))
    pid = try spawn(
      [program] + arguments, environment: environment.map { "\($0.key)=\($0.value)" }, directory: directory,
      input: files + ".in", output: outputPath, errors: errorsPath)
    Thread { [pid] in
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7F
      self.end(signal == 0 ? (status >> 8) & 0xFF : -signal)
    }.start()
    guard let secondsMax else { return }
    DispatchQueue.global().asyncAfter(deadline: .now() + secondsMax) { [weak self] in
      guard let self, isRunning else { return }
      outlived.withLock { $0 = "killed by the test: it ran longer than \(secondsMax) s\n" }
      send(SIGKILL)
    }
  }

  var isRunning: Bool { ending.withLock { $0.status == nil } }

  var output: String { text(outputPath) }
  var errors: String { text(errorsPath) + (outlived.withLock { $0 } ?? "") }

  func send(_ signal: Int32) { if isRunning { kill(pid, signal) } }

  func wait() async -> Int32 {
    await withCheckedContinuation { continuation in
      let status = ending.withLock { ending in
        if ending.status == nil { ending.waiters.append(continuation) }
        return ending.status
      }
      if let status { continuation.resume(returning: status) }
    }
  }

  func finished() async -> Finished {
    let status = await wait()
    return Finished(status: status, output: output, errors: errors)
  }

  private func end(_ status: Int32) {
    let waiters = ending.withLock { ending in
      ending.status = status
      return ending.waiters
    }
    for waiter in waiters { waiter.resume(returning: status) }
  }

  private func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}

/// Foundation's Process keeps descriptors of its own for every program, and cannot start one when there are many.
private func spawn(
  _ words: [String], environment: [String], directory: String, input: String, output: String, errors: String
) throws -> Int32 {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  // Or a program would keep the sockets of servers that other tests of this process run, and their ports.
  posix_spawn_file_actions_addclosefrom_np(&actions, 3)
  posix_spawn_file_actions_addchdir_np(&actions, directory)
  let arguments = words.map { strdup($0) } + [nil]
  let variables = environment.map { strdup($0) } + [nil]
  defer { for word in arguments + variables { free(word) } }
  var pid: pid_t = 0
  let code = posix_spawn(&pid, words[0], &actions, nil, arguments, variables)
  guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
  return pid
}

/// The programs under test, and where they come from.
enum Built {
  /// Where this package's source lies.
  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  /// The programs lie beside the test bundle.
  private static let directory = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path
  static let kam = directory + "/kam"
  static let kamd = directory + "/kamd"
  static func script(_ name: String) -> String { package + "/Tests/Interoperability/" + name }
}
