import PlanModel
import SyncCore
import Testing

@testable import Replica

@Suite("Edits that are one merge, and what is remembered of it")
struct MergeMemoryTests {
  private let office: Office
  private let ana: Laptop
  private let scope: Scope

  init() throws {
    office = try Office()
    ana = try office.person("Ana")
    scope = try ana.account()
  }

  private func add(_ id: RecordID, named name: String) -> PlannedEdit {
    PlannedEdit(in: scope, summary: "added") { draft in
      try draft.create(id, kind: KindDescription.contact.number, [(1, .text(name))])
    }
  }

  private func edit(_ edits: [PlannedEdit], remembering merge: Merge? = nil, isRehearsal: Bool = false) throws
  {
    try ana.replica.edit(
      all: edits, remembering: merge, isRehearsal: isRehearsal, now: office.now, using: &office.random)
  }

  @Test("all are kept, or none; a rehearsal keeps none")
  func isAtomic() throws {
    let (one, two) = (office.newID(), office.newID())
    let waiting = try ana.replica.waitingCount()
    #expect(throws: Refusal.self) { try edit([add(one, named: "One"), add(two, named: "")]) }
    #expect(try ana.replica.record(one) == nil && ana.replica.waitingCount() == waiting)
    try edit([add(one, named: "One")], remembering: Merge(one, into: two, steps: []), isRehearsal: true)
    #expect(try ana.replica.record(one) == nil && ana.replica.mergedInto(one) == nil)
    try edit([add(one, named: "One"), add(two, named: "Two")])
    #expect(try ana.replica.waitingCount() == waiting + 2)
  }

  @Test("a merge is remembered with what it changed, until it is taken back")
  func remembers() throws {
    let (one, two) = (office.newID(), office.newID())
    let steps = [
      MergeStep.made(two, in: scope), MergeStep.deleted(one, in: scope),
      MergeStep(scope: scope, record: two, register: 2, before: nil, after: [18, 1, 65]),
    ]
    try edit([add(one, named: "One")], remembering: Merge(one, into: two, steps: steps))
    #expect(try ana.replica.mergedInto(one) == two && ana.replica.mergeSteps(of: one) == steps)
    try ana.replica.forgetMerge(of: one)
    #expect(try ana.replica.mergedInto(one) == nil && ana.replica.mergeSteps(of: one) == [])
  }

  @Test("a pair is told once, and put apart until somebody thinks otherwise")
  func pairs() throws {
    let (one, two) = (office.newID(), office.newID())
    let pair = RecordPair(one, two)
    #expect(pair == RecordPair(two, one))
    #expect(try ana.replica.untold([pair]) == [pair])
    #expect(try ana.replica.untold([pair]) == [])
    #expect(try ana.replica.setApart(true, pair) && !ana.replica.setApart(true, pair))
    #expect(try ana.replica.keptApart() == [pair])
    #expect(try ana.replica.setApart(false, pair) && ana.replica.keptApart() == [])
    #expect(try ana.replica.untold([pair]) == [])
  }

  @Test("a sync tells which contacts were not on this device, or not on the server, before, and no others")
  func appeared() throws {
    let one = office.newID()
    try edit([add(one, named: "One")])
    #expect(try ana.sync().appeared.map(\.record).contains(one), "it went")
    #expect(try ana.sync().appeared == [])
    _ = try ana.edit(scope) { try $0.update(one, [(2, .text("Buyer"))]) }
    #expect(try ana.sync().appeared == [])
  }
}
