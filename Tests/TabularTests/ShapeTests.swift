import Foundation
import Tabular
import Testing

@Suite("A workbook may be written in many ways")
struct ShapeTests {
  private func rows(_ book: BookMaker) throws -> [Row] { try Workbook(book.bytes).all() }

  @Test("Cells and rows without references follow one another")
  func withoutReferences() throws {
    let book = BookMaker(
      rows: """
        <row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="5"><c r="B5"><v>4</v></c><c><v>5</v></c></row>
        <row><c><v>6</v></c></row><row><c r="B9"><v>7</v></c></row>
        """)
    #expect(
      try rows(book) == [Row(1, "1", "", "3"), Row(5, "", "4", "5"), Row(6, "6"), Row(9, "", "7")])
  }

  @Test("Rows out of their order are put into it, and one that is there twice is damage")
  func order() throws {
    let book = BookMaker(rows: #"<row r="3"><c><v>3</v></c></row><row r="1"><c><v>1</v></c></row>"#)
    #expect(try rows(book) == [Row(1, "1"), Row(3, "3")])
    let twice = BookMaker(rows: #"<row r="3"><c><v>3</v></c></row><row r="3"><c><v>1</v></c></row>"#)
    #expect(throws: WorkbookError.damaged(part: "xl/worksheets/sheet1.xml", .structure)) { try rows(twice) }
  }

  @Test("Cells out of their order stand where they say")
  func cellOrder() throws {
    #expect(
      try rows(BookMaker(rows: #"<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>"#)) == [
        Row(1, "1", "", "3")
      ])
  }

  @Test("Elements may have any prefix, and the strict namespace")
  func prefixes() throws {
    var book = BookMaker()
    let strict = "http://purl.oclc.org/ooxml"
    book.workbook = """
      <x:workbook xmlns:x="\(strict)/spreadsheetml/main" xmlns:q="\(strict)/officeDocument/relationships">
      <x:workbookPr date1904="true"/><x:sheets><x:sheet name="One" q:id="a"/></x:sheets></x:workbook>
      """
    book.related = """
      <p:Relationships xmlns:p="http://schemas.openxmlformats.org/package/2006/relationships">
      <p:Relationship Id="a" Type="\(strict)/officeDocument/relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/>
      </p:Relationships>
      """
    book.styles = """
      <x:styleSheet xmlns:x="m"><x:cellStyleXfs><x:xf numFmtId="14"/></x:cellStyleXfs>
      <x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="14"/></x:cellXfs></x:styleSheet>
      """
    book.sheet = """
      <x:worksheet xmlns:x="\(strict)/spreadsheetml/main"><x:sheetData><x:row r="2"><x:c r="A2" s="1"><x:v>44562</x:v></x:c>
      <x:c r="B2" t="inlineStr"><x:is><x:t>text</x:t></x:is></x:c><x:c r="C2" s="0"><x:v>44562</x:v></x:c></x:row>
      </x:sheetData></x:worksheet>
      """
    #expect(try rows(book) == [Row(2, "2026-01-02", "text", "44562")])
  }

  @Test(
    "A sheet lies where the relationship says, absolute or relative, in any case",
    arguments: [
      ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"), ("/xl/worksheets/a.xml", "xl/worksheets/a.xml"),
      ("../other/./b.xml", "other/b.xml"), ("../../../c.xml", "c.xml"),
      ("Worksheets/D.XML", "xl/worksheets/d.xml"),
      ("worksheets\\e.xml", "xl\\worksheets\\e.xml"), ("my%20sheet.xml", "xl/my sheet.xml"),
    ])
  func targets(target: String, part: String) throws {
    var book = BookMaker(rows: "<row><c><v>1</v></c></row>")
    book.related = book.related.replacing("worksheets/sheet1.xml", with: target)
    book.sheetName = part
    #expect(try rows(book) == [Row(1, "1")])
  }

  @Test("The workbook lies where the archive's relationships say")
  func workbookElsewhere() throws {
    let book = BookMaker(rows: "<row><c><v>1</v></c></row>")
    var zip = book.zip
    zip.parts[0].name = "here/book.xml"
    zip.parts[1].name = "here/_rels/book.xml.rels"
    zip.parts[2].name = "here/worksheets/sheet1.xml"
    zip.parts.append(
      ZipMaker.Part(
        "_rels/.rels",
        #"<Relationships><Relationship Id="r" Type="\#(BookMaker.relations)/officeDocument" Target="here/book.xml"/></Relationships>"#
      ))
    #expect(try Workbook(zip.bytes).all() == [Row(1, "1")])
  }

  @Test("Shared strings: runs are joined, pronunciation is left out, empty ones count")
  func sharedStrings() throws {
    var book = BookMaker(
      rows:
        #"<row r="1"><c t="s"><v>0</v></c><c t="s"><v> 1 </v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>"#
    )
    book.strings = """
      <sst><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si><si/>
      <si><r><rPr><b/></rPr><t xml:space="preserve">a </t></r><r><t>b</t></r></si><si><t><![CDATA[<&>]]> &amp; &#233;</t></si></sst>
      """
    #expect(try rows(book) == [Row(1, "東京", "", "a b", "<&> & é")])
  }

  @Test(
    "Signs that XML cannot hold are written as escapes",
    arguments: [
      ("a_x000D_b", "a\nb"), ("a_x000D_\nb", "a\nb"), ("a&#13;&#10;b", "a\nb"), ("_x005F_x0041_", "_x0041_"),
      ("_x0041", "_x0041"),
      ("_xD83D__xDE00_", "😀"), ("_xD83D_!", "\u{FFFD}!"), ("_x00e9_", "é"), ("_xGGGG_", "_xGGGG_"),
      ("snake_case_x", "snake_case_x"),
      ("_x0041__x0042_", "AB"),
    ])
  func escapes(stored: String, shown: String) throws {
    let book = BookMaker(rows: #"<row><c t="inlineStr"><is><t>\#(stored)</t></is></c></row>"#)
    #expect(try rows(book) == [Row(1, shown)])
  }

  @Test(
    "Every type of cell",
    arguments: [
      (#"t="b"><v>1</v>"#, "yes"), (#"t="b"><v>0</v>"#, "no"), (#"t="b"><v>true</v>"#, "yes"),
      (#"t="e"><v>#N/A</v>"#, "#N/A"),
      (#"t="str"><f>A1</f><v>00 1</v>"#, "00 1"), (#"t="n"><v> 12.50 </v>"#, "12.5"),
      (#"t="d"><v>2026-01-02T14:30:00</v>"#, "2026-01-02 14:30:00"),
      (#"t="d"><v>soon</v>"#, "soon"), (#"><v>one</v>"#, "one"), (#"><f>1+1</f>"#, "=1+1"),
      (#"><f>1+1</f><v/>"#, "=1+1"),
      (#"t="inlineStr"><v>odd</v>"#, "odd"),
      (#"t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is>"#, "ab"), (#"t="news"><v>12.50</v>"#, "12.50"),
      (#"s="99"><v>5</v>"#, "5"), (#"s="x"><v>5</v>"#, "5"),
      (#"><v>5</v><extLst><ext><v>6</v></ext></extLst>"#, "5"),
    ])
  func types(cell: String, shown: String) throws {
    #expect(try rows(BookMaker(rows: "<row><c \(cell)</c></row>")) == [Row(1, shown)])
  }

  @Test("A formula whose result is an empty text is empty, and a row of nothing is left out")
  func empty() throws {
    #expect(
      try rows(
        BookMaker(
          rows:
            #"<row><c t="str"><f>""</f><v></v></c><c t="inlineStr"><is><t/></is></c></row><row><c s="1"/></row>"#
        )) == [])
  }

  @Test("A part may be in UTF-16")
  func utf16() throws {
    let book = BookMaker(rows: #"<row><c t="inlineStr"><is><t>Été 😀</t></is></c></row>"#)
    for (mark, encoding) in [
      ([0xFF, 0xFE], String.Encoding.utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
    ] as [([UInt8], String.Encoding)] {
      var zip = book.zip
      let text = #"<?xml version="1.0" encoding="UTF-16"?>"# + book.sheet
      zip.parts[2].content = mark + [UInt8](try #require(text.data(using: encoding)))
      #expect(try Workbook(zip.bytes).all() == [Row(1, "Été 😀")])
    }
  }

  @Test("An archive may be stored, have larger records than it needs, a comment, and bytes after its end")
  func archives() throws {
    var zip = BookMaker(rows: "<row><c><v>1</v></c></row>").zip
    zip.comment = Array("made by hand".utf8)
    #expect(try Workbook(zip.bytes + [0, 0]).all() == [Row(1, "1")])
    zip.isLarge = true
    #expect(try Workbook(zip.bytes).all() == [Row(1, "1")])
    for index in zip.parts.indices { zip.parts[index].deflates = false }
    #expect(try Workbook(zip.bytes).all() == [Row(1, "1")])
  }

  @Test("A file is known as meant to be a workbook by its first bytes")
  func meant() throws {
    #expect(Workbook.isMeant(by: BookMaker().bytes))
    #expect(Workbook.isMeant(by: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]))
    #expect(!Workbook.isMeant(by: Array("name;amount\n".utf8)))
    #expect(!Workbook.isMeant(by: []))
  }
}
