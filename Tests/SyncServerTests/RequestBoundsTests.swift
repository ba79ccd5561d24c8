import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("What a request may hold is counted on its bytes")
struct RequestBoundsTests {
  private func request(_ change: (inout KamSyncRequest) -> Void) throws -> [UInt8] {
    var request = KamSyncRequest()
    change(&request)
    return try request.serializedBytes()
  }

  private func one(_ change: (inout KamChange) -> Void) throws -> [UInt8] {
    try request { request in
      var made = KamChange()
      change(&made)
      request.push = [.with { $0.changes = [made] }]
    }
  }

  private func expect(
    _ what: String, _ maximum: Int, _ bounds: RequestBounds = .sync, _ make: (Int) throws -> [UInt8]
  ) throws {
    try bounds.check(try make(maximum))
    #expect(throws: RequestBounds.Excess(what: what, maximum: maximum)) {
      try bounds.check(try make(maximum + 1))
    }
  }

  @Test("N passes, N + 1 does not: edits, changes, guards, stamps, registers, scopes, buckets")
  func bounds() throws {
    try expect("edits", Limits.mutationsPerRequestMax) { count in
      try request { $0.push = Array(repeating: KamMutation(), count: count) }
    }
    try expect("changes in one edit", Limits.changesPerMutationMax) { count in
      try request { $0.push = [.with { $0.changes = Array(repeating: KamChange(), count: count) }] }
    }
    try expect("guards in one edit", Limits.guardsPerMutationMax) { count in
      try request { $0.push = [.with { $0.guards = Array(repeating: KamGuard(), count: count) }] }
    }
    try expect("registers to clear", Limits.registersPerChangeMax) { count in
      try one { $0.clear = Array(repeating: 7, count: count) }
    }
    try expect("stamps of one change", Limits.registersPerChangeMax) { count in
      try one { $0.base = Array(repeating: KamRegisterStamps(), count: count) }
    }
    try expect("registers", Limits.registersPerChangeMax) { count in
      try one { $0.base = [.with { $0.registers = Array(repeating: 300, count: count) }] }
    }
    try expect("scopes to send again", Limits.scopesPerUserMax) { count in
      try request { $0.resetScopes = Array(repeating: "", count: count) }
    }
    try expect("buckets", Limits.bucketsMax, .fetchRecords) { count in
      try KamFetchRecordsRequest.with { $0.buckets = Array(repeating: 255, count: count) }.serializedBytes()
    }
    try expect("bytes in the checkpoint", Limits.checkpointBytesMax) { count in
      try request { $0.checkpoint = Data(repeating: 1, count: count) }
    }
  }

  @Test("numbers count also when they come one by one, and packed ones by their last bytes")
  func countsNumbers() throws {
    let single = (0...Limits.bucketsMax).flatMap { _ in [UInt8]([0x10, 0x01]) }
    try RequestBounds.fetchRecords.check(Array(single.dropLast(2)))
    #expect(throws: RequestBounds.Excess(what: "buckets", maximum: Limits.bucketsMax)) {
      try RequestBounds.fetchRecords.check(single)
    }
  }

  @Test("all parts of a request together have a limit")
  func total() throws {
    let crowded = KamMutation.with { mutation in
      mutation.changes = Array(
        repeating: .with { $0.clear = Array(repeating: 1, count: 60) }, count: 200)
    }
    let each = 1 + 200 * 61
    let most = Limits.elementsPerRequestMax / each
    try RequestBounds.sync.check(try request { $0.push = Array(repeating: crowded, count: most) })
    #expect(throws: RequestBounds.Excess(what: "parts", maximum: Limits.elementsPerRequestMax)) {
      try RequestBounds.sync.check(try request { $0.push = Array(repeating: crowded, count: most + 1) })
    }
  }

  @Test("the largest honest request passes: 4 MiB of small edits")
  func honest() throws {
    let task = KamMutation.with {
      $0.id = "019e7048-7fa0-709a-903b-7694eb23e1e2"
      $0.scope = "plan/019e7044-8800-78cc-bab3-126f7b8144ec"
      $0.changes = [
        .with {
          $0.record = "019e7044-8800-78cc-bab3-126f7b8144ca"
          $0.set = .with { $0.task.title = "x" }
          $0.base = [
            .with {
              $0.stamp.hlc = 1
              $0.registers = [1, 2]
            }
          ]
        }
      ]
    }
    let bulky = KamMutation.with { mutation in
      mutation.changes = Array(repeating: task.changes[0], count: 200)
    }
    let request = try request { request in
      request.push = Array(repeating: task, count: 4_500) + Array(repeating: bulky, count: 200)
    }
    #expect(request.count > 3 << 20)
    try RequestBounds.sync.check(request)
  }

  @Test("bytes that are no message are refused, and nothing is read past them")
  func malformed() {
    for bytes: [UInt8] in [
      [0x32], [0x32, 0xff, 0xff, 0xff, 0xff, 0x0f], [0x32, 0x02, 0x32], [0x00], [0x33],
    ] {
      #expect(throws: (any Error).self) { try RequestBounds.sync.check(bytes) }
    }
  }
}
