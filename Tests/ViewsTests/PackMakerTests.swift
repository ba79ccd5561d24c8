import Indicators
import Pages
import PlanModel
import Replica
import Speech
import Testing
import Views
import Wording
import Workbench

@Suite("Review packs, made as values")
struct PackMakerTests {
  private let desks: Desks
  private let desk: Desk
  private let acme: RecordID
  private let over: Period
  private let running: Period

  init() throws {
    over = try #require(Period("2026Q3"))
    running = try #require(Period("2026Q4"))
    desks = try Desks()
    desk = try desks.desk()
    acme = try desk.addAcme()
  }

  private func order(_ change: (inout PackOrder) -> Void = { _ in }) -> PackOrder {
    var order = PackOrder(account: acme, period: over)
    change(&order)
    return order
  }

  private func maker(
    _ order: PackOrder, at desk: Desk? = nil, in language: Language = .english
  ) throws -> PackMaker {
    try PackMaker(try (desk ?? self.desk).bench(language), order, programVersion: "1.0")
  }

  private func account(_ order: PackOrder, at desk: Desk? = nil) throws -> AccountPack {
    guard case .account(let pack) = try maker(order, at: desk).made(after: nil).pack else {
      throw NotExpected(what: "all accounts")
    }
    return pack
  }

  @Test("two replicas that are equally far make equal packs, whenever they make them")
  func isEqual() throws {
    let other = try desks.desk()
    try other.sync()
    try desk.sync()
    let orders = [order(), order { $0.isInternal = true }, order { $0.account = nil }]
    let here = try orders.map { try maker($0).made(after: nil) }
    desks.now += 86_400_000
    let there = try orders.map { try maker($0, at: other).made(after: nil) }
    let isEqual = here == there
    #expect(isEqual)
    #expect(try account(order()).figures.contains { $0.shown == .text("1000.00 EUR") })
    try other.addSale("500 EUR", on: "2026-08-11", of: acme)
    try other.sync()
    let later = try maker(order(), at: other).made(after: nil)
    #expect(later.pack != here[0].pack)
  }

  @Test("an edit that waits to be synced is in no pack")
  func isSynced() throws {
    let before = try maker(order()).made(after: nil)
    try desk.addSale("500 EUR", on: "2026-08-11", of: acme)
    let isEqual = try maker(order()).made(after: nil) == before
    #expect(isEqual)
  }

  @Test("two people read one account's pack in two languages in one process")
  func isInTheirLanguage() throws {
    let pack = try maker(order(), in: .french).made(after: nil).pack
    guard case .account(let french) = pack else { throw NotExpected(what: "all accounts") }
    let english = try account(order())
    #expect(english.head.period == "Q3 2026" && english.language == .english)
    #expect(french.head.period == "T3 2026" && french.language == .french)
    #expect(french.figures.map(\.history) == english.figures.map(\.history))
  }

  @Test("what is only for us is in no part of the customer's pack")
  func isDiscreet() throws {
    let theirs = try account(order())
    #expect(theirs.business?.forUs == nil && theirs.healthForUs == nil)
    #expect(theirs.plan?.objectives.map(\.name) == ["Grow"])
    #expect(theirs.plan?.nextSteps == [] && theirs.plan?.departments == [])
    let ours = try account(order { $0.isInternal = true })
    #expect(ours.business?.forUs != nil && ours.healthForUs != nil)
    #expect(ours.plan?.objectives.map(\.name).sorted() == ["Grow", "Raise their prices"])
    #expect(ours.plan?.nextSteps.map(\.text) == ["Offer less"])
  }

  @Test("a part that is left out is nil, and its figures are not explained", arguments: PackPart.allCases)
  func leavesOut(part: PackPart) throws {
    let pack = try account(order { $0.without = [part] })
    let parts: [PackPart: Bool] = [
      .figures: pack.figures.isEmpty, .satisfaction: pack.satisfaction == nil,
      .service: pack.service == nil, .business: pack.business == nil, .plan: pack.plan == nil,
      .people: pack.people == nil,
    ]
    // Nobody was asked whether they are satisfied.
    #expect(Set(parts.filter(\.value).map(\.key)) == [part, .satisfaction])
    #expect(pack.explanations.contains { $0.figure == "Revenue" } == (part != .business))
  }

  @Test("a pack of a period that runs is a draft, and is not kept")
  func draft() throws {
    let maker = try maker(order { $0.period = running })
    let made = try maker.made(after: nil)
    guard case .account(let pack) = made.pack else { throw NotExpected(what: "all accounts") }
    #expect(pack.footer.frozen == nil && !maker.isOver)
    #expect(try maker.freeze(made, page: [1]) == nil && maker.editions() == [])
    #expect(try maker.changes() == nil)
  }

  @Test("a period that is over is a draft too until this replica has seen the server since")
  func unseen() throws {
    desks.now += 200 * 86_400_000
    let late = try maker(order { $0.period = running })
    #expect(late.isOver)
    #expect(try late.freeze(late.made(after: nil), page: [1]) == nil)
    try desk.sync()
    let seen = try maker(order { $0.period = running })
    #expect(try seen.freeze(seen.made(after: nil), page: [1])?.edition == 1)
  }

  @Test("a frozen pack keeps its bytes; what came in since is told, and a new edition says so")
  func frozen() throws {
    let first = try maker(order())
    let made = try first.made(after: nil)
    guard case .account(let pack) = made.pack else { throw NotExpected(what: "all accounts") }
    #expect(pack.footer.frozen?.period == "Q3 2026" && pack.footer.frozen?.financeSequence == "1")
    #expect(try first.freeze(made, page: [1, 2, 3])?.edition == 1)
    #expect(try #require(try first.changes()).changes.isEmpty)

    try desk.addSale("500 EUR", on: "2026-09-30", of: acme)
    try desk.sync()
    let later = try maker(order())
    let editions = try later.editions()
    #expect(editions.map(\.page) == [[1, 2, 3]])
    let changes = try #require(try later.changes())
    let revenue = try #require(changes.changes.first { $0.now.indicator == .revenue })
    #expect(revenue.textBefore == "1000.00 EUR" && revenue.now.spoken.description == "1500.00 EUR")
    #expect(revenue.reason.description == "1 record came in or changed since")
    guard case .account(let second) = try later.made(after: editions.last).pack else {
      throw NotExpected(what: "all accounts")
    }
    #expect(second.changes?.since == "edition 1")
    #expect(second.changes?.changes.first { $0.figure == "Revenue" }?.after == "1500.00 EUR")
  }

  @Test("an edition that there is not is refused; packs of two wishes are kept apart")
  func editions() throws {
    let maker = try maker(order())
    #expect(throws: Failure.notFound("This pack was never frozen.")) { try maker.edition(1, of: []) }
    let kept = try #require(try maker.freeze(maker.made(after: nil), page: [1]))
    #expect(try maker.edition(1, of: [kept]) == kept && maker.edition(nil, of: [kept]) == kept)
    #expect(throws: Failure.notFound("There is no edition 7; the last is 1.")) {
      try maker.edition(7, of: [kept])
    }
    for other in [
      order { $0.isInternal = true }, order { $0.without = [.plan] }, order { $0.showsNextSteps = true },
      order { $0.currency = "USD" }, order { $0.hasPlainSigns = true }, order { $0.account = nil },
    ] {
      #expect(try self.maker(other).editions().isEmpty)
    }
    #expect(try self.maker(order(), in: .french).editions().isEmpty)
  }
}
