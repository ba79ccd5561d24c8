import Foundation
import PlanModel
import SourceFiles
import Speech
import Testing
import Wording
import Workbench

@testable import Interchange

@Suite("What a file is read as")
struct ImportReadingTests {
  @Test(
    "a column shows which sign its decimals have; what can be read both ways shows nothing",
    arguments: [
      (["1 234,50", "2"], NumberStyle.comma), (["1,234.50"], .point), (["1.234,5"], .comma),
      (["12.5"], .point),
      (["1.234.567"], .comma), (["1,234,567"], .point), (["1,234", "5,678"], nil), (["12", "7"], nil),
      ([], nil),
      (["1,234", "0,5"], .comma), (["0.419"], .point), (["1'234.567"], .point), (["1 234,567"], .comma),
      (["10.419"], nil),
    ] as [([String], NumberStyle?)])
  func styles(cells: [String], style: NumberStyle?) {
    var votes = NumberStyle.Votes()
    for cell in cells { votes.add(cell) }
    #expect(votes.winner == style)
  }

  private func order(_ cells: [String]) -> DayOrder? {
    var votes = DayOrder.Votes()
    for cell in cells { votes.add(cell) }
    return votes.winner
  }

  @Test(
    "a number is read in its column's style, or not at all",
    arguments: [
      (NumberStyle.comma, "1 234,50", "1234.50"), (.comma, "1\u{202F}234,5", "1234.5"),
      (.comma, "(12,5)", "-12.5"),
      (.comma, "12,5-", "-12.5"), (.comma, "1.234,5", "1234.5"), (.comma, "0.419", nil),
      (.comma, "00.419", nil), (.comma, "12.5", nil),
      (.comma, "1,2,3", nil),
      (.point, "1,234.50", "1234.50"), (.point, "1'234.5", "1234.5"), (.point, "12,5", nil),
      (.point, "−3", "-3"),
      (.point, "", nil), (.point, "x", nil), (.point, ".5", "0.5"), (.comma, "1234.567,8", nil),
    ] as [(NumberStyle, String, String?)])
  func numbers(style: NumberStyle, text: String, plain: String?) { #expect(style.plain(text) == plain) }

  /// As a day, or a day and a time, in UTC; "?" where it is asked for.
  private func read(_ text: String, _ order: DayOrder? = nil, shortYears: Bool = false) -> String {
    switch DayText.read(text, order: order, readsShortYears: shortYears) {
    case .read(let day):
      day.clock == nil ? day.day.description : Moments.iso(day.instant(Moments(now: 0) { _ in 0 }))
    case .either(let first, let second): "\(first.day) or \(second.day)"
    case .shortYear: "short year"
    case .unknown: "unknown"
    }
  }

  @Test(
    "days and times are read in every form that says one thing",
    arguments: [
      ("2026-01-02", "2026-01-02"), ("2026-1-2", "2026-01-02"), ("2026.01.02", "2026-01-02"),
      ("2026/01/02", "2026-01-02"), ("20260102", "2026-01-02"), ("46024", "2026-01-02"),
      ("46024.5", "2026-01-02T12:00:00.000Z"), ("20260102153000", "2026-01-02T15:30:00.000Z"),
      ("1767364200", "2026-01-02T14:30:00.000Z"), ("1767364200000", "2026-01-02T14:30:00.000Z"),
      ("2026-01-02T14:30:00Z", "2026-01-02T14:30:00.000Z"),
      ("2026-01-02T14:30:00+01:00", "2026-01-02T13:30:00.000Z"),
      ("2026-01-02T14:30:00.5-0330", "2026-01-02T18:00:00.500Z"),
      ("2026-01-02 00:00:00.000", "2026-01-02T00:00:00.000Z"), ("02.01.2026", "2026-01-02"),
      ("31/12/2026", "2026-12-31"), ("12/31/2026", "2026-12-31"), ("02/02/2026", "2026-02-02"),
      ("2-Jan-26", "2026-01-02"), ("02-janv.-2026", "2026-01-02"), ("2 janvier 2026", "2026-01-02"),
      ("1er mars 2026", "2026-03-01"), ("Jan 2, 2026", "2026-01-02"), ("2 août 2026", "2026-08-02"),
      ("02/Jan/26 9:14 AM", "2026-01-02T09:14:00.000Z"), ("2026-01-02 3:04 PM", "2026-01-02T15:04:00.000Z"),
      ("2026-01-02 12:05 am", "2026-01-02T00:05:00.000Z"), ("2026-01-02 14h30", "2026-01-02T14:30:00.000Z"),
    ])
  func days(text: String, meant: String) { #expect(read(text) == meant) }

  @Test(
    "what can be read in two ways is asked for, and what is no time is none",
    arguments: [
      ("03/04/2026", "2026-04-03 or 2026-03-04"), ("3-4-2026 10:00", "2026-04-03 or 2026-03-04"),
      ("02/01/26", "short year"), ("2026-W01", "unknown"), ("0000-00-00", "unknown"),
      ("31/02/2026", "unknown"),
      ("2026-02-30", "unknown"), ("soon", "unknown"), ("1767", "unknown"), ("17673642001", "unknown"),
      ("99999999", "unknown"), ("2026-01-02 25:00", "unknown"), ("2026-01-02 13:00 PM", "unknown"),
      ("", "unknown"),
      ("-46024", "unknown"), ("1e9", "unknown"),
    ])
  func askedFor(text: String, told: String) { #expect(read(text) == told) }

  @Test("an order that is said, or that another day of the file shows, decides")
  func dayOrders() {
    #expect(read("03/04/2026", .dayFirst) == "2026-04-03" && read("03/04/2026", .monthFirst) == "2026-03-04")
    #expect(read("31/12/2026", .monthFirst) == "unknown")
    #expect(read("03.04.2026", .monthFirst) == "2026-04-03", "with points the day comes first everywhere")
    #expect(read("02/01/26", .dayFirst, shortYears: true) == "2026-01-02")
    #expect(read("02/01/26", .monthFirst, shortYears: true) == "2026-02-01")
    #expect(read("02/01/99", .dayFirst, shortYears: true) == "1999-01-02")
    #expect(order(["01/02/2026", "24/02/2026"]) == .dayFirst)
    #expect(order(["01/02/2026", "02/24/2026"]) == .monthFirst)
    #expect(order(["01/02/2026"]) == nil)
    #expect(
      order(["24/02/2026", "02/24/2026"]) == nil, "a file of two programs shows nothing")
  }

  private func sheet(
    _ text: String, _ kind: KindDescription, _ options: ImportOptions = .init()
  ) throws -> Spreadsheet {
    try Spreadsheet(Sheet(try #require(SourceText(Data(text.utf8)))), kind: kind, options: options)
  }

  private func rules(_ texts: String...) -> [MappingRule] {
    texts.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return MappingRule(left: parts[0], right: parts[1], isRequired: true)
    }
  }

  @Test("headings are found by field, by label, in French, by usual names, and by what was asked")
  func headings() throws {
    let sheet = try self.sheet(
      "Client;Date de facture;MONTANT HT;Coût;N° de commande;Couleur;x\n"
        + "acme;24/11/2026;1,5;;C1;red;a\n", .sale, ImportOptions(rules: rules("x=source", "Couleur=")))
    let row = try #require(try sheet.row(0))
    #expect(row.accounts == ["acme"])
    #expect(row.values.map(\.register.name) == ["occurred-on", "revenue", "order", "source"])
    #expect(row.values.map(\.text) == ["2026-11-24", "1.5", "C1", "a"])
  }

  @Test("a row with broken quotes spoils no other")
  func brokenQuotes() throws {
    let sheet = try self.sheet(
      "sku,name\nP-1,\"5\"\" pipe\"\nP-2,\"bad\" quote\nP-3,\"a,\nb\"\n\nP-4,last", .product)
    let names = (0..<sheet.count).map { place in
      (try? sheet.row(place))?.values.last?.text
    }
    #expect(names.compactMap { $0 } == ["5\" pipe", "a,\nb", "last"])
    #expect(throws: Failure.usage("Its quotes do not match.")) { try sheet.row(1) }
  }

  @Test("columns have a bound")
  func bounds() {
    #expect(throws: Failure.usage("There are 1001 columns; at most 1000 are read.")) {
      try sheet(String(repeating: "a,", count: 1_000) + "sku\n", .product)
    }
  }

  @Test("what a row is written as is read back as it was, whatever marks stand beside its quotes")
  func quotesByBytes() {
    for cell in ["x\"\u{301},=1+1", "a\u{2028}b", " x ", "two\nlines", "5\" pipe", "'=x"] {
      var document = CSVDocument()
      document.add([cell, "end"])
      let rows = DelimitedText(Array(document.text.utf8), delimiter: UInt8(ascii: ","))
      #expect(rows.cells(0)?.map(CSVDocument.unguarded) == [cell, "end"] && rows.count == 1)
    }
  }

  @Test(
    "an amount is its number and its currency, or is no amount",
    arguments: [
      ("€ 1.234,50", "1.234,50", .code("EUR")), ("12,5 HT", "12,5", .none), ("12 USD", "12", .code("USD")),
      ("20,00 € TTC", "20,00", .code("EUR")), ("1 234,50 EUR hors taxe", "1 234,50", .code("EUR")),
      ("($100.00)", "-100.00", .shared("$", [])), ("-5 kr", "-5", .shared("kr", [])),
      ("US$ 5", "5", .code("USD")),
      ("5-", "-5", .none), ("eur 5", "5", .code("EUR")), ("12,50 euros", "12,50", .code("EUR")),
      (".5", ".5", .none),
    ] as [(String, String, AmountText.CurrencyText)])
  func amounts(text: String, number: String, currency: AmountText.CurrencyText) throws {
    let amount = try #require(AmountText(text))
    #expect(amount.number == number && amount.cents == nil)
    if case .shared(let sign, _) = currency, case .shared(let found, _) = amount.currency {
      #expect(sign == found)
    } else {
      #expect(amount.currency == currency)
    }
  }

  @Test(
    "no number, and no currency, is made of what is none",
    arguments: [
      "12k€", "1e5", "10 or 12", "100 EUR USD", "20 TTX", "EUR", "", "20€5", "20€500", "1€2€3", "5 % off",
      "n/a",
    ])
  func noAmounts(text: String) { #expect(AmountText(text) == nil) }

  @Test("the sign between euros and cents parts them")
  func euroInside() {
    let amount = AmountText("1 020€50")
    #expect(amount?.number == "1 020" && amount?.cents == "50" && amount?.currency == .code("EUR"))
  }

  @Test(
    "a sign that several currencies have is the one of the row, the command line or the account, or is asked for"
  )
  func sharedSigns() throws {
    let dollar = try #require(AmountText("$5")).currency
    #expect(try dollar.resolved(column: "CAD", otherwise: "USD", in: "$5", place: .column("Amount")) == "CAD")
    #expect(try dollar.resolved(column: nil, otherwise: "USD", in: "$5", place: .column("Amount")) == "USD")
    #expect(throws: Failure.self) {
      try dollar.resolved(column: nil, otherwise: nil, in: "$5", place: .column("Amount"))
    }
    #expect(throws: Failure.self) {
      try dollar.resolved(column: nil, otherwise: "EUR", in: "$5", place: .column("Amount"))
    }
    #expect(throws: Failure.self) {
      try dollar.resolved(column: "EUR", otherwise: nil, in: "$5", place: .column("Amount"))
    }
    let euro = AmountText.CurrencyText.code("EUR")
    #expect(try euro.resolved(column: nil, otherwise: "USD", in: "5 €", place: .column("Amount")) == "EUR")
    #expect(throws: Failure.self) {
      try euro.resolved(column: "USD", otherwise: nil, in: "5 €", place: .column("Amount"))
    }
    #expect(
      AmountText.code("euro") == "EUR" && AmountText.code("eur") == "EUR" && AmountText.code("TTC") == nil)
  }

  @Test("several addresses in a cell are several, bare; what is none is told")
  func addresses() throws {
    func read(_ cell: String) throws -> [String] { try PointText.addresses(cell).map(\.value) }
    #expect(try read("a@x.example, b@x.example") == ["a@x.example", "b@x.example"])
    #expect(try read("a@x.example ::: b@x.example") == ["a@x.example", "b@x.example"])
    #expect(try read("a@x.example / b@x.example;c@x.example|d@x.example").count == 4)
    #expect(
      try read("Zoé <zoe@x.example>") == ["zoe@x.example"] && read("mailto:c@x.example") == ["c@x.example"])
    for wrong in ["not an email", "a@", "@x.example", "a@@x", "a@x..example", "a b@x.example"] {
      #expect(throws: Failure.self, "\(wrong)") { try read(wrong) }
    }
    #expect(try PointText.numbers("+33 1 99;tel:+33199").map(\.value) == ["+33 1 99", "+33199"])
    for damaged in ["3.36123E+10", "3,36E10", "33199000004.0"] {
      #expect(throws: Failure.self, "\(damaged)") { try PointText.numbers(damaged) }
    }
  }

  @Test("one bad byte in a file of UTF-8 costs its row, not the accents of the others")
  func oneBadByte() throws {
    let data =
      Data("account;name\nglobex;Hélène Béart\nglobex;caf".utf8) + Data([0xE9]) + Data("\nglobex;Zoé\n".utf8)
    let source = try #require(SourceText(data))
    #expect(source.encoding == "UTF-8")
    let sheet = try Spreadsheet(Sheet(source), kind: .contact, options: ImportOptions())
    #expect(try sheet.row(0)?.values.map(\.text) == ["Hélène Béart"])
    #expect(throws: Failure.self) { try sheet.row(1) }
    #expect(try sheet.row(2)?.values.map(\.text) == ["Zoé"])
  }

  @Test("what cannot be an import as a whole is refused with what to do")
  func refused() {
    #expect(throws: Failure.self) { try sheet("", .product) }
    #expect(throws: Failure.self) { try sheet("colour,size\nred,2\n", .product) }
    #expect(throws: Failure.self) { try sheet("sku,SKU,name\n1,2,3\n", .product) }
    #expect(throws: Failure.usage("A product has no field nam. Did you mean name?")) {
      try sheet("x,sku\n1,2\n", .product, ImportOptions(rules: rules("x=nam")))
    }
  }

  @Test("content lines are folded at 75 bytes, never within a character, and escaped")
  func contentLines() {
    var lines = ContentLines()
    lines.add("NOTE", text: String(repeating: "é, ", count: 40) + "\nend;\\")
    for line in lines.text.split(separator: "\r\n") { #expect(line.utf8.count <= 75) }
    let unfolded = lines.text.replacing("\r\n ", with: "")
    #expect(unfolded == "NOTE:" + String(repeating: "é\\, ", count: 40) + "\\nend\\;\\\\\r\n")
  }
}
