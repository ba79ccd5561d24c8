import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

@Suite("An edit of a newer version")
struct SchemaAheadTests {
  let acme: Organisation
  let ana: Device
  let scope: Scope
  let task: RecordID

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    scope = try acme.account(managedBy: ana)
    task = try ana.task(in: scope)
  }

  /// Writes a register that this version does not know, among one that it does.
  private var newRegister: WireChange {
    var writer = WireWriter()
    writer.raw(encoded(["title": "Call Cy"], .task).bytes)
    writer.varint(field: 900, 1)
    var change = change(task)
    change.set = Data(encodeBody(writer.bytes, kind: 42))
    return change
  }

  private var newKind: WireChange {
    var change = change(acme.newID())
    change.kind = KamKind(rawValue: 200) ?? .unspecified
    change.create = true
    change.set = Data(encodeBody([8, 1], kind: 200))
    return change
  }

  private var clearsNewRegister: WireChange {
    var change = change(task)
    change.clear = [900]
    return change
  }

  @Test("is answered SCHEMA_AHEAD, consumes nothing, and what comes after it waits", arguments: 0...2)
  func waits(which: Int) throws {
    let before = ana.sequence
    let head = try acme.row(scope)?.head
    let rows = try acme.historyRows().count
    let ahead = ana.mutation(scope, [newRegister, newKind, clearsNewRegister][which])
    let next = ana.mutation(scope, change(task, .task, ["title": "later"]))
    for _ in 0..<2 {
      let answer = try ana.push(ahead, next)
      #expect(answer.state == .ok)
      #expect(answer.results.map(\.outcome) == [.schemaAhead])
      #expect(answer.results.map(\.sequence) == [ahead.sequence])
      #expect(answer.results.first?.reason.isEmpty == false)
    }
    #expect(try acme.row(scope)?.head == head)
    #expect(try acme.historyRows().count == rows)
    #expect(try acme.store.read { try $0.device(ana.number)?.lastMutation } == before)
    #expect(try acme.value("title", of: task, in: scope) == "Call Ana")
    // Under the same number, an edit the server knows is taken.
    var known = next
    known.sequence = ahead.sequence
    #expect(try ana.push(known).results.map(\.outcome) == [.applied])
  }

  @Test("what came before it in the request is decided")
  func before() throws {
    let first = ana.mutation(scope, change(task, .task, ["title": "first"]))
    let ahead = ana.mutation(scope, newRegister)
    #expect(try ana.push(first, ahead).results.map(\.outcome) == [.applied, .schemaAhead])
    #expect(try acme.value("title", of: task, in: scope) == "first")
  }

  @Test("in a scope that its author may not read is refused like any other")
  func forbidden() throws {
    let bo = try acme.person("Bo")
    #expect(try bo.edit(scope, newKind).outcome == .denied)
  }

  @Test("founds nothing")
  func founding() throws {
    let account = acme.newID()
    var first = create(account, .account, ["name": "x"])
    first.set.append(contentsOf: [])
    #expect(try ana.edit(.plan(account), first, newKind).outcome == .schemaAhead)
    #expect(try acme.row(.plan(account)) == nil)
  }

  @Test("a record without a kind is not from a newer version: it is refused")
  func unspecified() throws {
    var change = newKind
    change.kind = .unspecified
    change.set = Data()
    #expect(try ana.edit(scope, change).outcome == .invalid)
  }
}
