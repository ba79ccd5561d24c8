import Edge
import Foundation

/// What a program printed and how it ended.
struct ProgramResult: Sendable {
  let status: Int32
  let output: String
  let errors: String
}

/// Runs a program to its end, without holding a thread: the server under test needs them.
func runProgram(_ name: String, _ arguments: [String], input: String? = nil) async throws -> ProgramResult {
  let directory = try TemporaryDirectory()
  defer { directory.remove() }
  let files = ["in", "out", "err"].map { directory.path + "/" + $0 }
  for file in files { try Data((input ?? "").utf8).write(to: URL(filePath: file)) }
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [name] + arguments
  process.standardInput = try FileHandle(forReadingFrom: URL(filePath: files[0]))
  process.standardOutput = try emptied(files[1])
  process.standardError = try emptied(files[2])
  let status = try await withCheckedThrowingContinuation {
    (continuation: CheckedContinuation<Int32, any Error>) in
    process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
    do {
      try process.run()
    } catch {
      continuation.resume(throwing: error)
    }
  }
  return ProgramResult(status: status, output: try text(files[1]), errors: try text(files[2]))
}

/// Runs curl against `edge`, verifying its certificate against its own authority.
func curl(_ edge: EdgeUnderTest, _ arguments: [String]) async throws -> ProgramResult {
  try await runProgram("curl", ["-sS", "--cacert", edge.certificates.authorityPath] + arguments)
}

extension EdgeUnderTest {
  func url(_ method: String) -> String { "https://localhost:\(port)\(path(method))" }
}

private func emptied(_ path: String) throws -> FileHandle {
  let handle = try FileHandle(forWritingTo: URL(filePath: path))
  try handle.truncate(atOffset: 0)
  return handle
}

private func text(_ path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
}
