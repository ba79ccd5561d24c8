import Indicators
import Pages
import PlanModel
import Speech
import SyncCore
import Testing
import Views
import Wording
import Workbench

/// Figures as values: what a terminal prints and a browser would show, without either.
@Suite("Pages of figures: what is said of accounts, as values")
struct FiguresPageTests {
  private let desk: Desk

  init() throws {
    desk = try Desks().desk()
    try desk.sync()
  }

  /// Three accounts, of which two have sold something in the last year.
  private func addBusiness() throws {
    let ids = try ["Acme", "Boréal", "Cold"].map { try desk.add(.account, ["name": $0]) }
    // An account has finances once the server knows it.
    try desk.sync()
    try desk.addSale("1000 EUR", on: "2026-08-10", of: ids[0])
    try desk.addSale("3000 EUR", on: "2026-08-11", of: ids[1])
  }

  private func page(
    _ language: Language = .english, _ report: (Workbench) throws -> (any FigureReport)?
  ) throws -> FiguresPage {
    let bench = try desk.bench(language)
    return try #require(try bench.figuresPage { try report(bench) })
  }

  private func table(_ page: FiguresPage, _ number: Int = 0) throws -> FigureTable {
    let tables = page.blocks.compactMap { block in
      if case .table(let table) = block { table } else { nil }
    }
    try #require(tables.indices.contains(number))
    return tables[number]
  }

  @Test(
    "a ranking that is asked for twice is the same page: who earns most comes first, with a bar of full length"
  )
  func ranking() throws {
    try addBusiness()
    let first = try page { try RankReport($0, FigureOrder(), by: .margin) }
    #expect(try first == page { try RankReport($0, FigureOrder(), by: .margin) })
    let rows = try table(first).rows
    #expect(rows.count == 2)
    #expect(
      rows[0].cells.prefix(4) == [
        .text("1"), .text("Boréal"), .text("2400.00 EUR"), .bar(share: 1, width: 16),
      ])
    #expect(rows[1].cells[1] == .text("Acme") && rows[1].cells[3] == .bar(share: 400.0 / 2400, width: 16))
    #expect(first.blocks.last == .note("1 account not ranked: no sale with a direct cost"))
    #expect(first.listed == nil && first.notes.isEmpty)
    // What changes the figures changes the page.
    #expect(try first != page { try RankReport($0, FigureOrder(), by: .revenue) })
  }

  @Test("two readers of two languages see one ranking each in theirs, and programs read it in English")
  func twoLanguages() throws {
    try addBusiness()
    let french = try table(page(.french) { try RankReport($0, FigureOrder(), by: .margin) })
    let english = try table(page { try RankReport($0, FigureOrder(), by: .margin) })
    #expect(english.columns.map(\.title).prefix(3) == ["#", "account", "margin"])
    #expect(french.columns.map(\.title).prefix(3) == ["#", "compte", "marge"])
    #expect(french.rows[0].cells[2] == .text("2\u{A0}400,00 EUR"))
    let bench = try desk.bench()
    let document = try #require(
      try bench.figuresDocument { try RankReport(bench, FigureOrder(), by: .margin, top: 1) })
    #expect(document.json.document.contains(#""by":"margin","accounts":[{"rank":1,"tied":false,"account":""#))
    #expect(document.json.document.contains(#""absence":"no sale with a direct cost""#))
  }

  @Test("what is late depends on the moment that the workbench was given")
  func dependsOnItsMoment() throws {
    let acme = try desk.add(.account, ["name": "Acme"])
    let opened: Int64 = 1_786_442_400_000
    let request = try desk.add(
      .serviceRequest, ["subject": "Pump leaks", "type": "technical", "opened-at": "\(opened)"],
      in: .plan(acme))
    func deadline(hoursLater: Int64) throws -> FigureTable.Cell {
      desk.desks.now = opened + hoursLater * 3_600_000
      let page = try page { try AgeingReport($0, account: nil, onlyOverdue: false, limit: 50) }
      #expect(page.listed == ["\(request)"])
      return try table(page, 1).rows[0].cells[3]
    }
    #expect(try deadline(hoursLater: 2) == .text("answer within 22 h"))
    #expect(try deadline(hoursLater: 30) == .text("answer late by 6 h"))
    desk.desks.now = opened + 3_600_000
    let late = try page { try AgeingReport($0, account: nil, onlyOverdue: true, limit: 50) }
    #expect(late.blocks == [.text("Nothing is late.")] && late.listed == [])
  }

  @Test("a curve says what the first accounts bring together, and where the classes end")
  func curve() throws {
    let ids = try (1...4).map { try desk.add(.account, ["name": "Account \($0)"]) }
    try desk.sync()
    // Margins of 8400, 1400, 200 and none.
    for (id, revenue) in zip(ids, ["9000 EUR", "2000 EUR", "800 EUR", "600 EUR"]) {
      try desk.addSale(revenue, on: "2026-08-10", of: id)
    }
    let blocks = try page { try ABCReport($0, FigureOrder()) }.blocks
    guard case .curve(let curve) = blocks[0] else { throw NotExpected(what: "\(blocks)") }
    #expect(curve.heights == [0.84, 0.98, 1])
    #expect(curve.parts.map(\.name) == ["A", "B", "C"] && curve.parts.last?.end == 1)
    #expect(curve.parts[0].end == 1.0 / 3)
  }

  @Test("a way out is an action, which each front end names as it is done there")
  func offersActions() throws {
    let page = try page { try ScorecardReport($0, FigureOrder(), account: nil) }
    #expect(page.blocks == [.text("Nobody has judged an account yet: judge an account")])
  }

  @Test("nothing is said of a segment that is not there")
  func noSegment() throws {
    let bench = try desk.bench()
    let page = try bench.figuresPage { try SegmentReport(bench, FigureOrder(), segment: bench.newID()) }
    #expect(page == nil)
  }
}
