import Foundation
import PlanModel
import SyncCore
import SyncServer
import Synchronization

/// An engine, as its tests hand it to ``StoreConformance``.
package protocol Engine {
  /// A new store with no organisation.
  func makeStore() throws -> any CanonicalStore
  /// One with room for some hundred kilobytes.
  func makeSmallStore() throws -> any CanonicalStore
  /// Whether it can read while a body writes, as every engine can that serves somebody.
  var readsBesideWrites: Bool { get }
  /// Writes into the database of the store made last, beside the store, what no store writes.
  ///
  /// - Returns: false when the engine has no way to.
  func spoil(_ value: SpoiledValue) throws -> Bool
  /// Runs `body` while another program holds the database of the store made last.
  ///
  /// - Returns: false when the engine has no way to.
  func whileHeld(_ body: () throws -> Void) throws -> Bool
}

/// What is not one of the values that this version knows.
package enum SpoiledValue: CaseIterable, Sendable {
  case organizationRole
  case accountRole
  case departmentRole
  case deviceState
  case scopeName
  case noticeScope
  case record
}

/// What every engine of ``CanonicalStore`` owes its callers: one list of sentences, each with a test.
///
/// It knows no testing library: an engine's tests run each of ``all`` by its name, and what is not so is thrown.
package struct StoreConformance: Sendable, CustomStringConvertible {
  package let description: String
  private let test: @Sendable (any Engine) throws -> Void

  private init(_ description: String, _ test: @escaping @Sendable (any Engine) throws -> Void) {
    self.description = description
    self.test = test
  }

  /// - Throws: ``Breach``, or what the store throws.
  package func run(on engine: any Engine) throws { try test(engine) }

  package struct Breach: Error, CustomStringConvertible {
    package let description: String
  }

  package static let all = transactions + batches + values + failures

  // MARK: - Transactions

  private static let transactions = [
    StoreConformance("a transaction that throws leaves nothing behind, and its error passes as it is") {
      let store = try founded($0)
      try expect(Undo.self) {
        try store.write { transaction in
          try transaction.save(user("x"))
          throw Undo()
        }
      }
      try require(try store.read { try $0.user(email: "x") } == nil, "the user is not there")
    },
    StoreConformance("a transaction reads what it wrote itself; a reader sees its process's commits at once")
    {
      let store = try founded($0)
      for number in 0..<50 {
        try store.write { transaction in
          try transaction.save(user("\(number)"))
          try require(try transaction.user(email: "\(number)") != nil, "its own write is read")
        }
        try onAnotherThread {
          try require(try store.read { try $0.user(email: "\(number)") } != nil, "the commit is read")
        }
      }
    },
    StoreConformance("a reading sees one commit throughout, whatever is committed meanwhile") { engine in
      guard engine.readsBesideWrites else { return }
      let store = try founded(engine)
      try store.read { reading in
        let before = try reading.users().count
        try onAnotherThread { try store.write { try $0.save(user("meanwhile")) } }
        try require(try reading.user(email: "meanwhile") == nil, "it is not seen yet")
        try require(try reading.users().count == before, "as many as before")
      }
      try require(try store.read { try $0.user(email: "meanwhile") } != nil, "it is seen afterwards")
    },
    StoreConformance("bodies of writes run one at a time: of a sequence nothing is taken twice") {
      let store = try founded($0)
      let inside = Mutex(0)
      try onThreads(8) { thread in
        for number in 0..<10 {
          try store.write { transaction in
            try require(
              inside.withLock {
                $0 += 1; return $0
              } == 1, "alone")
            var row = try unwrap(try transaction.scope(.directory))
            row.head += 1
            try transaction.save(row)
            try transaction.save(user("\(thread) \(number)"))
            inside.withLock { $0 -= 1 }
          }
        }
      }
      try require(try store.read { try $0.scope(.directory)?.head } == 80, "80 were taken")
    },
    StoreConformance("device numbers are not given twice, also after a transaction that came to nothing") {
      let store = try founded($0)
      let first = try store.write { try $0.nextDeviceNumber() }
      try expect(Undo.self) {
        try store.write { transaction in
          _ = try transaction.nextDeviceNumber()
          throw Undo()
        }
      }
      try require(try store.write { try $0.nextDeviceNumber() } > first, "a higher one")
    },
  ]

  // MARK: - Batches

  private static let batches = [
    StoreConformance(
      "of bodies that share a commit only one that throws is undone, and the next sees the others"
    ) {
      let store = try founded($0)
      let results = try store.writeTogether(
        (0..<3).map { number in
          { transaction in
            try transaction.save(user("\(number)"))
            if number == 1 { throw Undo() }
            return try transaction.users().map(\.email)
          }
        })
      try require(results.count == 3, "all were begun")
      try expect(Undo.self) { _ = try results[1].get() }
      try require(try results[2].get() == ["0", "2"], "the third sees the first alone")
      try require(try store.read { try $0.users().map(\.email) } == ["0", "2"], "two were kept")
    },
    StoreConformance("a batch whose time is over begins no more, and commits what was begun") {
      let store = try founded($0)
      let results = try store.writeTogether(
        (0..<3).map { number in { try $0.save(user("\(number)")) } }, isOver: { true })
      try require(results.count == 1, "one was begun")
      try require(try store.read { try $0.users().count } == 1, "one was kept")
    },
    StoreConformance("who looks at the end of a batch sees all of it; when that throws, nothing is kept") {
      let store = try founded($0)
      let bodies: [(any CanonicalTransaction) throws -> Void] = (0..<2).map { number in
        { try $0.save(user("\(number)")) }
      }
      try expect(Undo.self) {
        _ = try store.writeTogether(bodies, isOver: { false }) {
          try require(try $0.users().count == 2, "both are seen")
          throw Undo()
        }
      }
      try require(try store.read { try $0.users().isEmpty }, "nothing was kept")
    },
    StoreConformance("each body of a batch says for itself what it changed") {
      let store = try founded($0)
      let results = try store.writeTogether([
        { transaction in
          transaction.noteChanged([.directory])
          return transaction.changed
        },
        { transaction in transaction.changed },
      ])
      try require(try results[0].get() == [.directory], "what it noted")
      try require(try results[1].get().isEmpty, "nothing of the other's")
    },
  ]

  // MARK: - Values

  private static let values = [
    StoreConformance("texts come back as they were, with NUL, empty, and from all of Unicode") {
      let store = try founded($0)
      let texts = ["a\u{0}b", "\u{0}", "x\u{0}", "", "Zoë 株式会社 🗝", "'; DROP TABLE user; --"]
      for (number, text) in texts.enumerated() {
        let written = user("\(number) \(text)", name: text)
        try store.write { try $0.save(written) }
        let read = try store.read { try $0.user(email: "\(number) \(text)") }
        try require(
          read == written,
          "“\(text.debugDescription)” came back as \(read?.name.debugDescription ?? "nothing")")
      }
      try require(try store.read { try $0.users().count } == texts.count, "as many as were written")
    },
    StoreConformance("whole numbers come back as they were, up to all 64 bits") {
      let store = try founded($0)
      let written = UserRow(
        id: RecordID(high: .max, low: .max), email: "x", name: "X", role: .admin, isActive: false,
        accessVersion: .max, roleEpoch: 1 << 63)
      try store.write { try $0.save(written) }
      try require(try store.read { try $0.user(written.id) } == written, "as written")
    },
    StoreConformance("records stream in the order of their sequences, and a stream that ends early is closed")
    {
      let store = try founded($0)
      let scope = try store.write { transaction in
        let scope = try unwrap(try transaction.scope(.directory)).number
        for sequence in [3, 1, 2] as [UInt64] { try transaction.insert(record(sequence), in: scope) }
        return scope
      }
      try store.read { reading in
        var found: [UInt64] = []
        try reading.records(in: scope, after: 0) { _, sequence, _ in
          found.append(sequence)
          return true
        }
        try require(found == [1, 2, 3], "ascending, not \(found)")
        found = []
        try reading.records(in: scope, after: 1) { _, sequence, _ in
          found.append(sequence)
          return false
        }
        try require(found == [2], "the first after 1, not \(found)")
        try expect(Undo.self) { try reading.records(in: scope) { _ in throw Undo() } }
        var count = 0
        try reading.records(in: scope) { _ in count += 1 }
        try require(count == 3, "all of them, after one that was left")
      }
    },
    StoreConformance(
      "history streams forwards from a number and backwards for a record, and no erased entry of that"
    ) {
      let store = try founded($0)
      let id = record(1).id
      let scope = try store.write { transaction in
        let scope = try unwrap(try transaction.scope(.directory)).number
        for number in 1...4 as ClosedRange<Int64> {
          try transaction.append(
            HistoryRow(
              number: number, scope: scope, record: id, serverMilliseconds: 1,
              content: number == 2
                ? .erased(hash: [UInt8](repeating: 4, count: 32)) : .entry([UInt8(number)], salt: [2]),
              chain: [UInt8](repeating: 3, count: 32)))
        }
        return scope
      }
      try store.read { reading in
        try require(
          try reading.history(in: scope, after: 1, limit: 2).map(\.number) == [2, 3], "two after the first")
        var found: [Int64] = []
        try reading.history(of: id, in: scope, before: 4) { row in
          found.append(row.number)
          return true
        }
        try require(found == [3, 1], "newest first, not \(found)")
      }
    },
  ]

  // MARK: - Failures

  private static let failures =
    SpoiledValue.allCases.map { value in
      StoreConformance(
        "\(value): what this version does not know is an error, and not taken for another value"
      ) { engine in
        let store = try founded(engine)
        let account = RecordID(high: 4, low: 4)
        try store.write { try furnish($0, account) }
        guard try engine.spoil(value) else { return }
        try expectBroken { try store.read { try look($0, at: value, account) } }
        try expectBroken { try store.write { try look($0, at: value, account) } }
        try expectBroken { _ = try store.writeTogether([{ try look($0, at: value, account) }]) }
      }
    } + [
      StoreConformance(
        "a transaction for which there is no room is told so, leaves nothing, and reading goes on"
      ) {
        let store = try founded(try $0.makeSmallStore())
        for number in 0..<2 {
          try expect(StoreError.self, { $0 == .full }) { try store.write { try fill($0, number) } }
          try expect(StoreError.self, { $0 == .full }) {
            _ = try store.writeTogether([{ try fill($0, number) }])
          }
          try require(try store.read { try $0.users().isEmpty }, "nothing was kept")
        }
        try store.write { try $0.save(user("small")) }
        try require(try store.read { try $0.users().count } == 1, "what has room is taken")
      },
      StoreConformance(
        "while another program holds the database, a writer is told to try again, and can afterwards"
      ) {
        engine in
        let store = try founded(engine)
        let wasHeld = try engine.whileHeld {
          try expect(StoreError.self, { $0 == .tryAgain }) { try store.write { try $0.save(user("x")) } }
          try expect(StoreError.self, { $0 == .tryAgain }) {
            _ = try store.writeTogether([{ try $0.save(user("x")) }])
          }
        }
        guard wasHeld else { return }
        try store.write { try $0.save(user("x")) }
        try require(try store.read { try $0.users().count } == 1, "it is taken afterwards")
      },
      StoreConformance("what is committed is whole, before and after it is brought to its final place") {
        let store = try founded($0)
        try store.write { try furnish($0, RecordID(high: 4, low: 4)) }
        for _ in 0..<2 {
          try require(try store.structureProblems(isThorough: true).isEmpty, "no problems")
          for table in try store.tables() { try store.checkStructure(of: table) }
          try store.readAfresh { try require(try $0.users().count == 1, "read afresh") }
          try store.idle()
          try store.settle()
        }
      },
    ]

  /// One row of each kind that can be spoiled.
  private static func furnish(_ transaction: any CanonicalTransaction, _ account: RecordID) throws {
    let person = user("spoiled")
    try transaction.save(person)
    let number = try transaction.nextDeviceNumber()
    try transaction.save(
      DeviceRow(
        number: number, user: person.id, name: "laptop", secretHash: [UInt8](repeating: 1, count: 32),
        copiedFrom: 0, created: 1))
    try transaction.save(
      GrantRow(account: account, user: person.id, role: .viewer, planEpoch: 1, financeEpoch: 1))
    try transaction.save(
      MembershipRow(user: person.id, department: DepartmentCode(1), role: .member, epoch: 1))
    let scope = try transaction.createScope(.plan(account), by: nil, at: 1)
    try transaction.insert(record(1), in: scope.number)
    try transaction.append(
      NoticeRow(user: person.id, number: 0, scope: .directory, serverMilliseconds: 1, notice: [1]))
  }

  private static func look(
    _ reading: any CanonicalReading, at value: SpoiledValue, _ account: RecordID
  ) throws {
    switch value {
    case .organizationRole: _ = try reading.users()
    case .accountRole: _ = try reading.grants(on: account)
    case .departmentRole: _ = try reading.memberships(in: DepartmentCode(1))
    case .deviceState: _ = try reading.devices(of: nil)
    case .scopeName: _ = try reading.scopes()
    case .noticeScope: try reading.notices(to: user("spoiled").id, after: 0) { _ in true }
    case .record:
      for scope in try reading.scopes() { try reading.records(in: scope.number) { _ in } }
    }
  }

  private static func fill(_ transaction: any CanonicalTransaction, _ number: Int) throws {
    for part in 0..<100 {
      try transaction.save(user("\(number) \(part)", name: String(repeating: "x", count: 100_000)))
    }
  }

  // MARK: - Making

  private static func founded(_ engine: any Engine) throws -> any CanonicalStore {
    try founded(try engine.makeStore())
  }

  private static func founded(_ store: any CanonicalStore) throws -> any CanonicalStore {
    try store.write { transaction in
      try transaction.save(
        OrganizationRow(name: "Acme", epoch: "e", checkpointKey: [UInt8](repeating: 1, count: 32)))
      _ = try transaction.createScope(.directory, by: nil, at: 1)
    }
    return store
  }

  /// The same id for the same address.
  private static func user(_ email: String, name: String = "X") -> UserRow {
    let hash = sha256(Array(email.utf8))
    let low = hash.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return UserRow(id: RecordID(high: 1, low: low), email: email, name: name, role: .member, roleEpoch: 1)
  }

  private static func record(_ sequence: UInt64) -> RecordState {
    var stamps = RecordStamps()
    stamps[lifeRegister] = Stamp(hlc: HybridClock.value(milliseconds: 1_000), replica: 1)
    return RecordState(
      id: RecordID(high: 9, low: sequence), kind: KindDescription.task.number, sequence: sequence,
      alive: true,
      stamps: stamps, body: Registers())
  }

  // MARK: - Requiring

  private struct Undo: Error {}

  private static func require(_ isTrue: Bool, _ sentence: String) throws {
    guard isTrue else { throw Breach(description: "not so: \(sentence)") }
  }

  private static func unwrap<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Breach(description: "not so: there is one") }
    return value
  }

  private static func expect<Failure: Error>(
    _: Failure.Type, _ isMeant: (Failure) -> Bool = { _ in true }, _ body: () throws -> Void
  ) throws {
    do { try body() } catch let error as Failure where isMeant(error) { return }
    throw Breach(description: "no \(Failure.self) was thrown")
  }

  private static func expectBroken(_ body: () throws -> Void) throws {
    try expect(StoreError.self, { if case .broken = $0 { true } else { false } }, body)
  }

  private static func onAnotherThread(_ body: @escaping @Sendable () throws -> Void) throws {
    try onThreads(1) { _ in try body() }
  }

  private static func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
    let failure = Mutex<(any Error)?>(nil)
    let group = DispatchGroup()
    for number in 0..<count {
      group.enter()
      Thread {
        do { try body(number) } catch { failure.withLock { $0 = error } }
        group.leave()
      }.start()
    }
    group.wait()
    if let failure = failure.withLock({ $0 }) { throw failure }
  }
}
