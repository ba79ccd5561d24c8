import Foundation
import Tabular
import Testing

/// A row as tests compare it.
struct Row: Equatable, CustomStringConvertible {
  let number: Int
  let cells: [String]
  init(_ number: Int, _ cells: String...) { (self.number, self.cells) = (number, cells) }
  init(number: Int, cells: [String]) { (self.number, self.cells) = (number, cells) }
  var description: String { "\(number): \(cells)" }
}

extension Workbook {
  func all(_ sheet: Int = 0, limits: Limits = Limits()) throws(WorkbookError) -> [Row] {
    try rows(of: sheet, limits: limits).map { Row(number: $0.number, cells: $0.cells) }
  }
}

@Suite("A workbook that another program wrote is read as its author sees it")
struct FixtureTests {
  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: folder.appending(path: "Fixtures/workbooks/\(name).xlsx")))
  }

  @Test(
    "openpyxl: inline and rich text, days, errors, gaps, formulas without a result, hidden and chart sheets")
  func openpyxl() throws {
    let book = try Workbook(Self.bytes("openpyxl"))
    #expect(book.sheets == ["Sales", "Empty", "Été 2026"])
    #expect(book.hiddenSheets == ["Hidden one"])
    #expect(
      try book.all() == [
        Row(1, "Account", "Day", "Amount", "Paid", "Share", "Note"),
        Row(2, "Globex Corporation", "2026-01-02", "1234.56", "yes", "0.125", "Call Zoe today"),
        Row(3, "Café “Été” & fils", "2026-01-02 14:30:00", "-0.1", "no", "1", "two\nlines"),
        Row(4, "00123", "14:30:00", "100000000000000000000", "", "", " spaced "),
        Row(5, "", "1.5", "0.0000001", "#N/A", "#DIV/0!"),
        Row(8, "after a gap", "", "", "", "", "", "", "wide"),
        Row(9, "=C2*2"),
        Row(10, "merged"),
      ])
    #expect(try book.all(1) == [])
    #expect(try book.all(2) == [Row(1, "1900-01-01", "9999-12-31", "2000-01-01 12:00:00")])
    #expect(try book.all(book.sheet(named: "Hidden one")) == [Row(2, "", "7")])
  }

  @Test("openpyxl: days counted from 1904, and days in ISO 8601")
  func calendars() throws {
    #expect(
      try Workbook(Self.bytes("openpyxl-1904")).all() == [
        Row(1, "2026-01-02", "2026-01-02 14:30:00", "06:00:00")
      ])
    #expect(
      try Workbook(Self.bytes("openpyxl-iso")).all() == [
        Row(1, "2026-01-02", "2026-01-02 14:30:00", "06:00:00", "2026-01-02")
      ])
  }

  @Test(
    "XlsxWriter: shared or inline strings, escapes, results of formulas, the last cell of a sheet",
    arguments: ["xlsxwriter", "xlsxwriter-inline"])
  func xlsxwriter(_ name: String) throws {
    let book = try Workbook(Self.bytes(name))
    #expect(book.sheets == ["Données", "Second"])
    #expect(book.hiddenSheets == ["Secret"])
    #expect(
      try book.all() == [
        Row(1, "Compte", "Jour", "Montant", "Payé", "Durée"),
        Row(2, "Globex", "2026-01-02", "1234.56", "yes", "1.5"),
        Row(3, "Dear Ana, hello", "2026-01-03", "0.3", "no", "#DIV/0!"),
        Row(4, "0612", "Globex!", "2469.12", "a\nb _x0041_ c\u{1}d"),
        Row(6, "merged"),
      ])
    let second = try book.all(1)
    #expect(second.map(\.number) == [1, 1_048_576])
    #expect(second.last?.cells.count == 16_384 && second.last?.cells.last == "last")
  }

  @Test("LibreOffice: rich text, formulas that it calculated, percent as the number")
  func libreOffice() throws {
    let book = try Workbook(Self.bytes("libreoffice"))
    #expect(book.sheets == ["Clients", "Deuxième"])
    #expect(
      try book.all() == [
        Row(1, "Name", "Since", "Revenue"),
        Row(2, "Globex", "2026-01-02", "1234.56"),
        Row(5, "Dear Ana, hello", "2026-01-02 14:30:00", "0.125"),
        Row(6, "yes", "14:30:00", "2469.12"),
        Row(7, "#DIV/0!", "#N/A", "Globex!"),
        Row(8, "first line\nsecond line", "007", "100000000000000000000"),
      ])
    #expect(try book.all(1) == [Row(1, "", "", "0.1")])
  }

  @Test("A sheet is found by its name as a person types it, and an unknown one is told with those there are")
  func sheetNames() throws {
    let book = try Workbook(Self.bytes("openpyxl"))
    #expect(try book.sheet(named: "été 2026") == 2)
    #expect(throws: WorkbookError.unknownSheet("Sale", known: ["Sales", "Empty", "Été 2026", "Hidden one"])) {
      try book.sheet(named: "Sale")
    }
    #expect(throws: WorkbookError.unknownSheet("4", known: ["Sales", "Empty", "Été 2026", "Hidden one"])) {
      try book.rows(of: 4)
    }
  }
}
