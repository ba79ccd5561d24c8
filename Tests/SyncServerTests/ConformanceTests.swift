import Foundation
import GRDB
import SQLiteStore
import StoreConformance
import SyncServer
import Testing

@Suite("What a store owes, by SQLite")
struct ConformanceTests {
  @Test("on disk", arguments: StoreConformance.all)
  func onDisk(_ conformance: StoreConformance) throws { try conformance.run(on: OnDisk()) }

  @Test("in memory", arguments: StoreConformance.all)
  func inMemory(_ conformance: StoreConformance) throws { try conformance.run(on: InMemory()) }
}

private struct InMemory: Engine {
  func makeStore() throws -> any CanonicalStore { try SQLiteStore(inMemory: ()) }
  func makeSmallStore() throws -> any CanonicalStore { try SQLiteStore(inMemory: (), pagesMax: 200) }
  let readsBesideWrites = false
  func spoil(_ value: SpoiledValue) -> Bool { false }
  func whileHeld(_ body: () throws -> Void) -> Bool { false }
}

private final class OnDisk: Engine {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func makeStore() throws -> any CanonicalStore { try SQLiteStore(path: folder.database) }
  func makeSmallStore() throws -> any CanonicalStore { try SQLiteStore(inMemory: (), pagesMax: 200) }
  let readsBesideWrites = true

  func spoil(_ value: SpoiledValue) throws -> Bool {
    let statement =
      switch value {
      case .organizationRole: "UPDATE user SET role = 9"
      case .accountRole: "UPDATE account_grant SET role = 9"
      case .departmentRole: "UPDATE membership SET role = 9"
      case .deviceState: "UPDATE device SET state = 9"
      case .scopeName: "UPDATE scope SET name = 'plans/x' WHERE name <> 'directory'"
      case .noticeScope: "UPDATE notice SET scope = 'plans/x'"
      case .record: "UPDATE record SET state = x'0AFF'"
      }
    let queue = try DatabaseQueue(path: folder.database)
    try queue.write { try $0.execute(sql: "PRAGMA ignore_check_constraints = ON; " + statement) }
    try queue.close()
    return true
  }

  func whileHeld(_ body: () throws -> Void) throws -> Bool {
    let queue = try DatabaseQueue(path: folder.database)
    try queue.inDatabase {
      try $0.execute(sql: "BEGIN IMMEDIATE")
      try body()
      try $0.execute(sql: "ROLLBACK")
    }
    try queue.close()
    return true
  }
}
