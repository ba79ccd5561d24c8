import Tabular
import Testing

@Suite("No file makes reading trap, hang or take all memory")
struct HostileTests {
  private static let sheet = "xl/worksheets/sheet1.xml"

  private func error(_ bytes: [UInt8], limits: Workbook.Limits = .init()) -> WorkbookError? {
    do throws(WorkbookError) {
      let book = try Workbook(bytes, limits: limits)
      for sheet in 0..<(book.sheets.count + book.hiddenSheets.count) {
        _ = try book.rows(of: sheet, limits: limits)
      }
      return nil
    } catch {
      return error
    }
  }

  private func error(rows: String, limits: Workbook.Limits = .init()) -> WorkbookError? {
    error(BookMaker(rows: rows).bytes, limits: limits)
  }

  @Test("Cut off at every byte, it is refused", arguments: ["openpyxl-1904", "libreoffice"])
  func cutOff(_ name: String) throws {
    let bytes = try FixtureTests.bytes(name)
    for count in 0..<bytes.count {
      let found = error(Array(bytes[..<count]))
      #expect(found == (count < 4 ? .notZip : .damaged(part: nil, .cutOff)), "after \(count) bytes")
    }
  }

  @Test("With any one byte changed, it is refused, or read as it was")
  func changed() throws {
    let bytes = try FixtureTests.bytes("libreoffice")
    let (sheets, rows) = try contents(bytes)
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= UInt8(truncatingIfNeeded: 1 << (place % 8))
      guard let found = try? contents(changed) else { continue }
      #expect(found.sheets == sheets && found.rows == rows, "at \(place)")
    }
  }

  private func contents(_ bytes: [UInt8]) throws -> (sheets: [String], rows: [[Row]]) {
    let book = try Workbook(bytes)
    return (book.sheets, try book.sheets.indices.map { try book.all($0) })
  }

  @Test("Another kind of file is told as what it is")
  func otherFiles() {
    #expect(error([]) == .notZip)
    #expect(error(Array("name;amount\nGlobex;12\n".utf8)) == .notZip)
    #expect(error(Array("%PDF-1.7".utf8) + [UInt8](repeating: 0, count: 100)) == .notZip)
    let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 1016)
    #expect(error(old) == .oldFormat)
    #expect(error(old + Array("EncryptedPackage".utf8.map { [$0, 0] }.joined())) == .encrypted)
    #expect(
      error(ZipMaker(parts: [.init("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]).bytes)
        == .notWorkbook)
    #expect(error(ZipMaker(parts: [.init("xl/workbook.xml", "<document/>")]).bytes) == .notWorkbook)
  }

  @Test("A workbook of stubs has no worksheet")
  func stubs() {
    let stub = ZipMaker(parts: [
      .init("[Content_Types].xml", "<Types/>"), .init("xl/workbook.xml", "<workbook/>"),
      .init("xl/worksheets/sheet1.xml", "<sheetData/>"),
    ])
    #expect(error(stub.bytes) == .noWorksheet)
  }

  @Test("A part with another checksum, length or compression than it says is damaged, and it is said which")
  func parts() {
    var zip = BookMaker(rows: "<row><c><v>1</v></c></row>").zip
    zip.parts[2].checksum = 1
    #expect(error(zip.bytes) == .damaged(part: Self.sheet, .checksum))
    zip.parts[2].checksum = nil
    for size in [0, 5, 1000] as [UInt32] {
      zip.parts[2].size = size
      #expect(error(zip.bytes) == .damaged(part: Self.sheet, .checksum))
    }
    zip.parts[2].size = nil
    zip.parts[2].method = 14
    #expect(error(zip.bytes) == .damaged(part: Self.sheet, .compression))
    zip.parts[2].method = 8
    zip.parts[2].deflates = false
    #expect(error(zip.bytes) == .damaged(part: Self.sheet, .compression))
    zip.parts[2].flags = 1
    #expect(error(zip.bytes) == .encrypted)
    zip.parts.remove(at: 2)
    #expect(error(zip.bytes) == .damaged(part: Self.sheet, .missing))
  }

  @Test(
    "Styles that the workbook names and the archive has not are missed: without them days would be numbers")
  func styles() {
    var book = BookMaker()
    let styles =
      #"<Relationship Id="s" Type="\#(BookMaker.relations)/styles" Target="styles.xml"/></Relationships>"#
    book.related = book.related.replacing("</Relationships>", with: styles)
    #expect(error(book.bytes) == .damaged(part: "xl/styles.xml", .missing))
  }

  @Test("Parts that lie over one another, or have one name, are refused")
  func overlap() {
    var zip = BookMaker(rows: "<row><c><v>1</v></c></row>").zip
    zip.parts[2].offsetOf = zip.parts[1].name
    #expect(error(zip.bytes) == .damaged(part: nil, .overlap))
    zip.parts[2].offsetOf = nil
    zip.parts.append(.init("XL/worksheets/sheet1.xml", zip.parts[2].content))
    #expect(error(zip.bytes) == .damaged(part: Self.sheet, .structure))
  }

  @Test("More than 10,000 parts are refused")
  func manyParts() {
    var zip = BookMaker().zip
    for number in 0..<10_000 { zip.parts.append(.init("\(number)", [])) }
    #expect(error(zip.bytes) == .tooLarge(.parts, maximum: 10_000))
  }

  @Test("A small file that becomes a large one is stopped at the bound, whatever it says of its size")
  func bomb() {
    var limits = Workbook.Limits()
    limits.inflatedBytes = 1 << 20
    var zip = BookMaker().zip
    zip.parts[2].content += [UInt8](repeating: UInt8(ascii: " "), count: 2 << 20)
    #expect(zip.bytes.count < 10_000)
    #expect(error(zip.bytes, limits: limits) == .tooLarge(.inflated, maximum: 1 << 20))
    zip.parts[2].size = 100
    #expect(error(zip.bytes, limits: limits) == .damaged(part: Self.sheet, .checksum))
  }

  @Test("The bound is one for all parts together")
  func bombInParts() {
    var limits = Workbook.Limits()
    limits.inflatedBytes = 1 << 20
    var book = BookMaker()
    let filling = String(repeating: " ", count: 600_000)
    book.strings = "<sst>\(filling)</sst>"
    #expect(error(book.bytes, limits: limits) == nil)
    book.sheet += filling
    #expect(error(book.bytes, limits: limits) == .tooLarge(.inflated, maximum: 1 << 20))
  }

  @Test("A document type is refused, before anything of it expands")
  func laughs() {
    var book = BookMaker()
    let entities = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }
      .joined()
    book.sheet = """
      <!DOCTYPE x [<!ENTITY l0 "lol">\(entities)]><worksheet><sheetData><row><c t="str"><v>&l9;</v></c></row></sheetData></worksheet>
      """
    #expect(error(book.bytes) == .damaged(part: Self.sheet, .documentType))
    book.sheet = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>"
    #expect(error(book.bytes) == .damaged(part: Self.sheet, .documentType))
  }

  @Test("What is no XML is told with its line")
  func xml() {
    #expect(error(rows: "<row>\n<c></row>") == .damaged(part: Self.sheet, .xml(line: 2)))
    #expect(error(rows: "<row><c><v>&nbsp;</v></c></row>") == .damaged(part: Self.sheet, .xml(line: 1)))
    var book = BookMaker()
    book.sheet = "<worksheet><sheetData><row>"
    #expect(error(book.bytes) == .damaged(part: Self.sheet, .xml(line: 1)))
    book.sheet = ""
    #expect(error(book.bytes) == .damaged(part: Self.sheet, .xml(line: 1)))
  }

  @Test(
    "A cell or row beyond what a spreadsheet has is refused, and takes no memory",
    arguments: [
      (#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#, WorkbookError.tooLarge(.columns, maximum: 16_384)),
      (
        #"<row r="1"><c r="ZZZZZZZZZZZZZZZZZZZZZZZZ1"><v>1</v></c></row>"#,
        .tooLarge(.columns, maximum: 16_384)
      ),
      (#"<row r="1"><c r="XFD1"><v>1</v></c><c><v>1</v></c></row>"#, .tooLarge(.columns, maximum: 16_384)),
      (#"<row r="1048577"/>"#, .tooLarge(.rows, maximum: 1_048_576)),
      (#"<row r="1048576"/><row><c><v>1</v></c></row>"#, .tooLarge(.rows, maximum: 1_048_576)),
      (#"<row><c r="A1048577"><v>1</v></c></row>"#, .tooLarge(.rows, maximum: 1_048_576)),
      (#"<row><c r="A99999999999999999999"><v>1</v></c></row>"#, .damaged(part: sheet, .structure)),
      (#"<row><c r="A0"><v>1</v></c></row>"#, .damaged(part: sheet, .structure)),
      (#"<row r="0"/>"#, .damaged(part: sheet, .structure)),
      (#"<row r="-1"/>"#, .damaged(part: sheet, .structure)),
      (#"<row r="1"><c r="1"><v>1</v></c></row>"#, .damaged(part: sheet, .structure)),
      (#"<row r="1"><c r=""><v>1</v></c></row>"#, .damaged(part: sheet, .structure)),
      (#"<row r="1"><c r="A"><v>1</v></c></row>"#, .damaged(part: sheet, .structure)),
      (#"<row r="1"><c t="s"><v>0</v></c></row>"#, .damaged(part: sheet, .structure)),
      (#"<row r="1"><c t="s"><v>-1</v></c></row>"#, .damaged(part: sheet, .structure)),
    ])
  func references(rows: String, expected: WorkbookError) { #expect(error(rows: rows) == expected) }

  @Test("Few wide rows cannot take more than the bound of cells")
  func wideRows() {
    var limits = Workbook.Limits()
    limits.cells = 100_000
    let rows = (1...7).map { #"<row r="\#($0)"><c r="XFD\#($0)"><v>1</v></c></row>"# }.joined()
    #expect(error(rows: rows, limits: limits) == .tooLarge(.cells, maximum: 100_000))
    // Empty cells take nothing.
    #expect(error(rows: rows.replacing("<v>1</v>", with: ""), limits: limits) == nil)
  }

  @Test("Short numbers cannot take more than the bound of text")
  func longNumbers() {
    var limits = Workbook.Limits()
    limits.textBytes = 10_000
    let row = "<row>" + String(repeating: "<c><v>1e300</v></c>", count: 40) + "</row>"
    #expect(error(rows: row, limits: limits) == .tooLarge(.text, maximum: 10_000))
  }

  @Test("Long texts are stopped at the bound of text, in a cell and in what sheets share")
  func longTexts() {
    var limits = Workbook.Limits()
    limits.textBytes = 10_000
    let long = String(repeating: "a", count: 20_000)
    let cells = [
      #"<c t="str"><v>\#(long)</v></c>"#, "<c><f>\(long)</f></c>",
      #"<c t="inlineStr"><is><t>\#(long)</t></is></c>"#,
    ]
    for cell in cells {
      #expect(error(rows: "<row>\(cell)</row>", limits: limits) == .tooLarge(.text, maximum: 10_000))
    }
    var book = BookMaker()
    book.strings = "<sst><si><t>\(long)</t></si></sst>"
    #expect(error(book.bytes, limits: limits) == .tooLarge(.text, maximum: 10_000))
    limits.cells = 3
    book.strings = "<sst><si/><si/><si/><si/></sst>"
    #expect(error(book.bytes, limits: limits) == .tooLarge(.cells, maximum: 3))
  }

  @Test("A tag or comment of many megabytes is refused, which would be read again with every piece")
  func longMarkup() {
    let filling = String(repeating: "a", count: 8 << 20)
    let bound = WorkbookError.tooLarge(.markup, maximum: 1 << 20)
    for rows in ["<!--\(filling)-->", #"<row x="\#(filling)"/>"#, "<?p \(filling)?>", "<\(filling)/>"] {
      #expect(error(rows: rows) == bound)
    }
    var book = BookMaker()
    book.sheet = "<!--\(filling)-->" + book.sheet
    #expect(error(book.bytes) == bound)
  }

  @Test("A text of many megabytes is none of these")
  func longText() throws {
    let text = String(repeating: "a", count: 4 << 20)
    let book = BookMaker(rows: #"<row><c t="inlineStr"><is><t>\#(text)</t></is></c></row>"#)
    #expect(try Workbook(book.bytes).all() == [Row(1, text)])
  }

  @Test("The parts that say where others are have a bound of their own")
  func structure() {
    var book = BookMaker()
    book.related += String(repeating: " ", count: 65 << 20)
    #expect(error(book.bytes) == .tooLarge(.inflated, maximum: 64 << 20))
  }

  @Test("Elements that lie too deep in one another, or have too many names, are refused")
  func names() {
    #expect(error(rows: String(repeating: "<a>", count: 1_000_000)) == .tooLarge(.markup, maximum: 256))
    let elements = (0..<200_000).map { "<a\($0)/>" }.joined()
    #expect(error(rows: elements) == .tooLarge(.markup, maximum: 4 << 20))
    let attributes = (0..<200_000).map { #"<row a\#($0)=""/>"# }.joined()
    #expect(error(rows: attributes) == .tooLarge(.markup, maximum: 4 << 20))
  }
}
