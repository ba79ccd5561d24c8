import Foundation
import GRDB
import PlanModel
import SyncCore
import Testing

@testable import Replica

@Suite("A copy to try things on")
struct TemporaryCopyTests {
  private let office: Office
  private let ana: Laptop
  private let scope: Scope

  init() throws {
    office = try Office()
    ana = try office.person("Ana")
    scope = try ana.account("acme")
  }

  /// More than a copy holds in memory.
  private func fill(_ copy: Replica) throws -> [RecordID] {
    var random = Sequence64(seed: 5)
    let detail = String(repeating: "é ", count: 4_000)
    return try (0..<3_000).map { number in
      let id = office.newID()
      _ = try copy.edit(in: scope, summary: "tried", now: ana.now, using: &random) {
        try $0.create(
          id, kind: 42, try parsed(["title": "\(number)", "department": "sales", "detail": detail], .task))
      }
      return id
    }
  }

  @Test("what is done with it is not done here, however much it is, and no file is left that has a name")
  func isForgotten() throws {
    let before = try Self.files()
    let ids = try ana.replica.onTemporaryCopy { copy in
      let ids = try fill(copy)
      #expect(try ids.allSatisfy { try copy.record($0) != nil })
      #expect(try Self.files() == before)
      let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
      }
      #expect(open.contains { $0.contains("etilqs_") && $0.hasSuffix("(deleted)") }, "\(open)")
      return ids
    }
    #expect(try ids.allSatisfy { try ana.replica.record($0) == nil } && ana.replica.waitingCount() == 1)
  }

  /// Of databases, in the directories for temporary ones.
  private static func files() throws -> [String] {
    let directories = [
      "/var/tmp", "/usr/tmp", "/tmp", ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp",
    ]
    return directories.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
      .filter { $0.hasPrefix("etilqs_") }.sorted()
  }

  @Test("where the disk takes nothing it is done once more in memory; what else goes wrong is told")
  func fullDisk() throws {
    var tries = 0
    let count = try ana.replica.onTemporaryCopy { copy in
      tries += 1
      if tries == 1 { throw DatabaseError(resultCode: .SQLITE_FULL) }
      #expect(copy.database.path == ":memory:")
      return try copy.records(ofKind: KindDescription.account.number).count
    }
    #expect(count == 1 && tries == 2)
    #expect(throws: ReplicaError.notJoined) {
      try ana.replica.onTemporaryCopy { _ in
        tries += 1
        throw ReplicaError.notJoined
      }
    }
    #expect(tries == 3)
  }
}
