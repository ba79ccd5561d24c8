import Foundation
import Logging
import PlanServer
import SQLiteStore
import ServiceLifecycle
import Testing

@Suite("The admin's socket")
struct AdminSocketTests {
  @Test("an answer of megabytes arrives whole")
  func longAnswer() async throws {
    let place = NSTemporaryDirectory() + "kam-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(atPath: place) }
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    var answer = AdminAnswer()
    answer.error = (1...300_000).map { "person \($0) of many" }.joined(separator: "\n")
    let store = try SQLiteStore(inMemory: ())
    let room = DiskRoom(path: place, reserveBytes: 0, logger: logger)
    let given = answer
    let socket = AdminSocket(
      path: place + "/admin.sock",
      commits: GroupCommit(store, room: room, logger: logger, onStoreFailure: { _ in }), now: { 0 },
      logger: logger
    ) { _ in given }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(services: [.init(service: socket)], logger: logger))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      while !FileManager.default.fileExists(atPath: place + "/admin.sock") {
        try await Task.sleep(for: .milliseconds(10))
      }
      for _ in 0..<3 {
        // On a thread of its own, as a command is a process of its own: it blocks.
        let received = try await withCheckedThrowingContinuation { continuation in
          Thread {
            continuation.resume(
              with: Result {
                try AdminSocketClient.send(.audit(last: 1, isAll: false), path: place + "/admin.sock")
              })
          }.start()
        }
        #expect(received == given)
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }
}
