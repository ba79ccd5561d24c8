import PlanModel
import Replica
import Speech
import SyncCore
import Testing
import Wording
import Workbench

@testable import Interchange

@Suite("What an import knows of the records that are here")
struct KnownIndexTests {
  private static let kind = KindDescription.product
  private static func id(_ number: UInt64) -> RecordID { RecordID(high: 0x7000, low: 1 << 63 | number) }

  private static func body(_ fields: [String: String]) -> Registers {
    var body = Registers()
    for register in kind.registers {
      if let text = fields[register.name] {
        body.append(register.number, register.type.encode(.text(text), as: register.number))
      }
    }
    return body
  }

  private static func view(_ number: UInt64, _ fields: [String: String]) -> RecordView {
    RecordView(provisional: id(number), kind: kind.number, body: body(fields), in: .directory)
  }

  private static func text(_ view: RecordView?, _ name: String) -> String? {
    guard let register = kind.register(named: name), case .text(let text)? = view?.value(register) else {
      return nil
    }
    return text
  }

  private static func index(
    _ stored: [(UInt64, [String: String])], deleted: Set<UInt64> = [],
    _ read: @escaping (RecordID) throws -> RecordView? = { _ in nil }
  ) throws -> KnownIndex {
    let index = KnownIndex(kind: kind.number, read)
    for (number, fields) in stored {
      index.addStored(id(number), in: .directory, alive: !deleted.contains(number), body(fields).bytes[...])
    }
    try index.sort(nil)
    return index
  }

  private func found(_ key: String, _ index: KnownIndex) throws -> [RecordID] {
    try index.found(key, way: 0) { view in [Self.text(view, "name")].compactMap { $0?.hashValue } }
  }

  @Test("a record is found by its key, in the order of ids, with all it says")
  func finds() throws {
    let many = (1...3_000).map { (UInt64($0), ["sku": "P-\($0)", "name": "N\($0 % 1_000)"]) }
    let index = try Self.index(many.reversed(), deleted: [7])
    #expect(try found("N7", index) == [Self.id(7), Self.id(1_007), Self.id(2_007)])
    #expect(try found("N1000", index) == [] && index.view(Self.id(5_000)) == nil)
    #expect(try many.allSatisfy { try Self.text(index.view(Self.id($0.0)), "sku") == $0.1["sku"] })
    #expect(!index.isShown(Self.id(7)) && index.isShown(Self.id(8)) && !index.isShown(Self.id(5_000)))
    #expect(try index.view(Self.id(7))?.state.alive == false)
  }

  @Test("one that a row has changed is found by what it was called before and by what it is called now, once")
  func changes() throws {
    let index = try Self.index([(1, ["name": "Old"]), (2, ["name": "Other"])])
    #expect(try found("Old", index) == [Self.id(1)])
    index.take(Self.id(1))
    let version = index.add(Self.view(1, ["name": "New"]), isOnlyPointedTo: false)
    index.note(version, ["New".hashValue], way: 0)
    let again = index.add(Self.view(1, ["name": "New", "sku": "P"]), isOnlyPointedTo: false)
    index.note(again, ["New".hashValue], way: 0)
    #expect(try found("Old", index) == [Self.id(1)] && found("New", index) == [Self.id(1)])
    #expect(try Self.text(index.view(Self.id(1)), "sku") == "P")
    #expect(index.isTaken(Self.id(1)) && !index.isTaken(Self.id(2)), "it answers for one row")
    // In a way that nobody has asked for before, too.
    let names = try index.found("Old", way: 1) { [Self.text($0, "name")].compactMap { $0?.hashValue } }
    #expect(names == [Self.id(1)])
  }

  @Test("what others only point to is found by what other systems call it, and by no key")
  func isPointedTo() throws {
    let stored = Self.view(3, ["name": "New", "sku": "P"])
    let index = try Self.index([(1, ["name": "New"])]) { $0 == stored.id ? stored : nil }
    let version = index.add(stored, isOnlyPointedTo: true)
    index.noteForeign("shop:3", version)
    #expect(try found("New", index) == [Self.id(1)])
    #expect(index.record(calledElsewhere: "shop:3") == stored.id && index.record(calledElsewhere: "3") == nil)
    #expect(try index.view(stored.id) == stored, "it is read where it is stored")
    #expect(!index.mayBeFound(stored.id) && index.mayBeFound(Self.id(1)))
  }

  @Test("of two that another system calls the same the last one is meant that is shown")
  func foreign() throws {
    let index = try Self.index([(1, [:]), (2, [:]), (3, [:])], deleted: [3])
    for version in 0..<3 { index.noteForeign("shop:1", version) }
    #expect(index.record(calledElsewhere: "shop:1") == Self.id(2))
    let gone = try Self.index([(1, [:]), (2, [:])], deleted: [1, 2])
    for version in 0..<2 { gone.noteForeign("shop:1", version) }
    #expect(gone.record(calledElsewhere: "shop:1") == Self.id(1))
  }

  @Test("a record that says much is not held, but read again")
  func large() throws {
    var body = Self.body(["name": "Large"])
    let type = RegisterType.text(maximum: 5_000)
    body.append(50, type.encode(.text(String(repeating: "é", count: 2_000)), as: 50))
    let large = RecordView(provisional: Self.id(1), kind: Self.kind.number, body: body, in: .directory)
    var reads = 0
    let index = KnownIndex(kind: Self.kind.number) { _ in
      reads += 1
      return large
    }
    index.addStored(Self.id(1), in: .directory, alive: true, body.bytes[...])
    index.addStored(Self.id(2), in: .directory, alive: true, Self.body(["name": "Small"]).bytes[...])
    try index.sort(nil)
    #expect(try found("Large", index) == [Self.id(1)])
    #expect(reads == 1)
    #expect(try Self.text(index.view(Self.id(2)), "name") == "Small" && reads == 1)
  }

  @Test("a report keeps what is told, the first rows of the file, and counts the rest")
  func report() {
    var report = ImportReport(keepsAll: false, keepsRejected: false)
    for place in stride(from: 99, through: 0, by: -1) {
      report.add(.create, place, nil, title: "\(place)")
      report.add(.reject("no"), 100 + place, nil)
      report.add(.duplicate, 200 + place, nil)
    }
    #expect(report.inOrder.map(\.place) == Array(0..<10) + Array(100..<140))
    let fates: [ImportReport.Fate] = [.create, .reject, .duplicate, .ask]
    #expect(fates.map { report.count($0) } == [100, 100, 100, 0])
    #expect(report.keeps(.create, 3) && !report.keeps(.create, 10) && report.keeps(.ask("", []), 500))
    var whole = ImportReport(keepsAll: false, keepsRejected: true)
    for place in 0..<100 { whole.add(.reject("no"), place, nil) }
    #expect(whole.rejected.count == 100)
  }
}
