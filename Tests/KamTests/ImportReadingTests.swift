import Foundation
import PlanModel
import Testing
import Wording

@testable import kam

@Suite("What a file is read as")
struct ImportReadingTests {
  @Test(
    "the encoding is known by its mark, or by what the bytes can be",
    arguments: [
      (Data("été".utf8), "UTF-8", "été"), (Data([0xEF, 0xBB, 0xBF]) + Data("é".utf8), "UTF-8 (BOM)", "é"),
      (Data([0xE9, 0x20, 0x80, 0x92]), "Windows-1252", "é €’"),
      (Data([0xFF, 0xFE, 0xE9, 0x00]), "UTF-16", "é"),
      (Data(), "UTF-8", ""),
    ])
  func encodings(data: Data, encoding: String, text: String) {
    let source = SourceText(data)
    #expect(source?.encoding == encoding && source?.text == text)
  }

  @Test(
    "a column shows which sign its decimals have; what can be read both ways shows nothing",
    arguments: [
      (["1 234,50", "2"], NumberStyle.comma), (["1,234.50"], .point), (["1.234,5"], .comma),
      (["12.5"], .point),
      (["1.234.567"], .comma), (["1,234,567"], .point), (["1,234", "5,678"], nil), (["12", "7"], nil),
      ([], nil),
      (["1,234", "0,5"], .comma),
    ] as [([String], NumberStyle?)])
  func styles(cells: [String], style: NumberStyle?) { #expect(NumberStyle.inferred(from: cells) == style) }

  @Test(
    "a number is read in its column's style, or not at all",
    arguments: [
      (NumberStyle.comma, "1 234,50", "1234.50"), (.comma, "1\u{202F}234,5", "1234.5"),
      (.comma, "(12,5)", "-12.5"),
      (.comma, "12,5-", "-12.5"), (.comma, "1.234,5", "1234.5"), (.comma, "12.5", nil),
      (.comma, "1,2,3", nil),
      (.point, "1,234.50", "1234.50"), (.point, "1'234.5", "1234.5"), (.point, "12,5", nil),
      (.point, "−3", "-3"),
      (.point, "", nil), (.point, "x", nil), (.point, ".5", "0.5"), (.comma, "1234.567,8", nil),
    ] as [(NumberStyle, String, String?)])
  func numbers(style: NumberStyle, text: String, plain: String?) { #expect(style.plain(text) == plain) }

  @Test(
    "days in either order; two digits of a year are not guessed",
    arguments: [
      (DayOrder.dayFirst, "24/11/2026", "2026-11-24"), (.monthFirst, "11/24/2026", "2026-11-24"),
      (.dayFirst, "3.2.2026", "2026-02-03"), (.dayFirst, "2026-02-03 14:05:30", "2026-02-03 14:05"),
      (.dayFirst, "03/02/26", "03/02/26"), (.dayFirst, "24/11/2026 00:00:00", "2026-11-24"),
      (.monthFirst, "11/24/2026 2:05:30 PM", "11/24/2026 2:05:30 PM"),
      (.dayFirst, "2026-11-24T14:05:30+02:00", "2026-11-24T14:05:30+02:00"), (.dayFirst, "soon", "soon"),
      (.dayFirst, "2026-11-24T14:05:30.123Z", "2026-11-24T14:05:30.123Z"),
    ])
  func days(order: DayOrder, text: String, plain: String) { #expect(order.plain(text) == plain) }

  @Test("a column shows the order of its days")
  func dayOrders() {
    #expect(DayOrder.inferred(from: ["01/02/2026", "24/02/2026"]) == .dayFirst)
    #expect(DayOrder.inferred(from: ["01/02/2026", "02/24/2026"]) == .monthFirst)
    #expect(DayOrder.inferred(from: ["01/02/2026"]) == nil)
  }

  private func sheet(
    _ text: String, _ kind: KindDescription, _ options: ImportOptions = .init()
  ) throws -> Spreadsheet {
    try Spreadsheet(try #require(SourceText(Data(text.utf8))), kind: kind, options: options)
  }

  @Test("headings are found by field, by label, in French, by usual names, and by what was asked")
  func headings() throws {
    let sheet = try self.sheet(
      "Client;Date de facture;MONTANT HT;Coût;N° de commande;Couleur;x\n"
        + "acme;24/11/2026;1,5;;C1;red;a\n", .sale, ImportOptions(map: ["x": "source", "couleur": ""]))
    let row = try #require(try sheet.row(0))
    #expect(row.account == "acme")
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

  @Test(
    "a quoted cell without an end costs its own line, and no other",
    arguments: [
      ("name,notes\nA,\"open\nB,x\nC,y", ["name|notes", "", "B|x", "C|y"]),
      ("a\n\"b\nc\"\n\"d\ne\"\"\nf", ["a", "b\nc", "", "e\"\"", "f"]),
      ("a,b\r\n\r\n\"x\r\ny\",\"\"", ["a|b", "", "x\ny|"]), ("", []), ("a,", ["a|"]), ("\"a\" ,b", ["a|b"]),
      (",\u{301}x", ["|\u{301}x"]), ("a\u{2028}b", ["a\u{2028}b"]), ("\"a\"b,c\nd", ["", "d"]),
    ])
  func rows(text: String, expected: [String]) {
    let rows = DelimitedText.rows(of: text, delimiter: UInt8(ascii: ","))
    #expect(rows.map { $0.cells?.joined(separator: "|") ?? "" } == expected)
  }

  @Test("ten thousand open quotes take no time, and columns have a bound")
  func bounds() throws {
    let rows = DelimitedText.rows(
      of: String(repeating: "\"open\n", count: 10_000), delimiter: UInt8(ascii: ","))
    #expect(rows.count == 10_000 && rows.allSatisfy { $0.cells == nil && $0.raw == "\"open" })
    #expect(throws: Failure.usage("There are 1001 columns; at most 1000 are read.")) {
      try sheet(String(repeating: "a,", count: 1_000) + "sku\n", .product)
    }
  }

  @Test("what a row is written as is read back as it was, whatever marks stand beside its quotes")
  func quotesByBytes() {
    for cell in ["x\"\u{301},=1+1", "a\u{2028}b", " x ", "two\nlines", "5\" pipe", "'=x"] {
      var document = CSVDocument()
      document.add([cell, "end"])
      let rows = DelimitedText.rows(of: document.text, delimiter: UInt8(ascii: ","))
      #expect(rows.first?.cells.map { $0.map(CSVDocument.unguarded) } == [cell, "end"] && rows.count == 1)
    }
  }

  @Test(
    "an amount is its number and its currency, or is no amount",
    arguments: [
      ("€ 1.234,50", "1.234,50", "EUR"), ("12,5 HT", "12,5", nil), ("12 USD", "12", "USD"),
      ("12k€", "12k€", nil),
      ("1e5", "1e5", nil), ("10 or 12", "10 or 12", nil),
    ] as [(String, String, String?)])
  func amounts(text: String, number: String, currency: String?) {
    let parts = amountParts(text)
    #expect(parts.number.filter { $0 != " " } == number.filter { $0 != " " } && parts.currency == currency)
  }

  @Test("what cannot be an import as a whole is refused with what to do")
  func refused() {
    #expect(throws: Failure.self) { try sheet("", .product) }
    #expect(throws: Failure.self) { try sheet("colour,size\nred,2\n", .product) }
    #expect(throws: Failure.self) { try sheet("sku,SKU,name\n1,2,3\n", .product) }
    #expect(throws: Failure.usage("A product has no field nam. Did you mean name?")) {
      try sheet("x,sku\n1,2\n", .product, ImportOptions(map: ["x": "nam"]))
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
