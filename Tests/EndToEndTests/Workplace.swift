import Foundation
import Synchronization
import Testing

/// A directory of a test's own. The programs it starts are killed, and all is removed, when the test ends.
final class Workplace: Sendable {
  let path: String
  private let started = Mutex<[RunningProgram]>([])
  private let count = Mutex(0)

  private init() throws {
    path = NSTemporaryDirectory() + "kam-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(
      atPath: path + "/logs", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  static func run(_ test: (Workplace) async throws -> Void) async throws {
    await slots.take()
    let place: Workplace
    do { place = try Workplace() } catch {
      await slots.give()
      throw error
    }
    let result: Result<Void, any Error>
    do { result = .success(try await test(place)) } catch { result = .failure(error) }
    await place.leave()
    await slots.give()
    try result.get()
  }

  private func leave() async {
    let programs = started.withLock { $0 }
    for program in programs { program.send(SIGKILL) }
    for program in programs { _ = await program.wait() }
    _ = try? FileManager.default.removeItem(atPath: path)
  }

  /// Starts a program that is killed at the end of the test.
  func start(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], input: Data = Data(),
    secondsMax: Double? = 300
  ) throws -> RunningProgram {
    let number = count.withLock { number in
      number += 1
      return number
    }
    var all = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": path,
    ]
    all.merge(environment) { $1 }
    let running = try RunningProgram(
      program, arguments, environment: all, input: input, directory: path,
      files: path + "/logs/\(number)", secondsMax: secondsMax)
    started.withLock { $0.append(running) }
    return running
  }

  func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], input: String = ""
  ) async throws -> Finished {
    try await start(program, arguments, environment: environment, input: Data(input.utf8)).finished()
  }

  func python(
    _ script: String, _ arguments: [String], input: String = "", secondsMax: Double = 300
  ) throws -> RunningProgram {
    try start(
      "/usr/bin/env", ["python3", "-B", Built.script(script)] + arguments, input: Data(input.utf8),
      secondsMax: secondsMax)
  }

  /// Everything printed by the programs of this test so far.
  var everythingPrinted: String {
    started.withLock { $0 }.map { $0.output + $0.errors }.joined(separator: "\n")
  }
}

/// Tests whose programs would only wait for each other's turn on the processor run a few at a time.
private let slots = Slots(4)

private actor Slots {
  private var free: Int
  private var waiters: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  func take() async {
    guard free == 0 else {
      free -= 1
      return
    }
    await withCheckedContinuation { waiters.append($0) }
  }

  func give() {
    if waiters.isEmpty { free += 1 } else { waiters.removeFirst().resume() }
  }
}

/// Waits for something that will be true soon; the limit only ends a test that would never end, on a busy machine
/// too.
func eventually(
  _ what: String, within seconds: Double = 120, sourceLocation: SourceLocation = #_sourceLocation,
  _ isTrue: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < deadline {
    if try await isTrue() { return }
    try await Task.sleep(for: .milliseconds(10))
  }
  try #require(Bool(false), "not within \(seconds) s: \(what)", sourceLocation: sourceLocation)
}

/// A port of loopback that nobody listens on. Below the range from which outgoing connections get theirs.
func freePort() throws -> Int {
  for _ in 0..<1000 {
    let port = nextPort.withLock { port in
      port = port >= 32_000 ? 20_000 : port + 1
      return port
    }
    if isFree(port) { return port }
  }
  throw CocoaError(.featureUnsupported)
}

private let nextPort = Mutex(Int.random(in: 20_000..<32_000))

private func isFree(_ port: Int) -> Bool {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(port).bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
}
