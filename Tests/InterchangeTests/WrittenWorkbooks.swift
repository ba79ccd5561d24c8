import CZlib
import Foundation
import PlanModel
import Speech
import Workbench

/// Sheets as spreadsheet programs store them: days are numbers with a style, texts lie in a list of their own.
extension FileAuthor {
  private enum Form: CaseIterable { case shared, inline, formula }

  private struct Book {
    let from1904: Bool
    /// Amounts as numbers, days as numbers; else as people have typed them.
    let hasNumbers, hasDays: Bool
    let hasReferences: Bool
    let prefix: String
    let declaration: String
    var strings: [String] = []
  }

  mutating func workbook(_ kind: String, _ records: [WrittenFile.Record], _ style: Style) -> WrittenFile {
    var style = style
    var book = Book(
      from1904: isLucky(30), hasNumbers: isLucky(60), hasDays: isLucky(70), hasReferences: isLucky(80),
      prefix: isLucky(20) ? "x:" : "",
      declaration: one([
        "", #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n"#.replacing("\\r\\n", with: "\r\n"),
        "<?xml version='1.0' encoding='utf-8'?>\n",
      ]))
    // A number has no currency: another column says it, or a person.
    if book.hasNumbers, style.currency != .column { style.currency = .none }
    let table = table(kind, records, style)
    var lines = ""
    for (place, row) in table.rows.enumerated() {
      lines += line(row, number: place + 1, style, &book)
    }
    let name = one(["Sheet1", "Ventes & Co", "Données"])
    let parts = parts(lines, named: name, book)
    return WrittenFile(
      name: one(["\(kind)s.xlsx", "export-\(kind).xlsx", "\(kind).xlsm", "\(kind)s.csv"]),
      data: archive(parts),
      records: table.records,
      currency: style.currency == .none || style.currency == .sign ? table.currency : nil,
      format: "workbook",
      form: "\(kind) \(style) \(book)\n\(lines)")
  }

  // MARK: - Cells

  private mutating func line(
    _ cells: [Table.Cell], number: Int, _ style: Style, _ book: inout Book
  ) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      let reference = book.hasReferences ? " r=\"\(Self.letters(column))\(number)\"" : ""
      guard let content = content(cell, style, &book) else {
        // What is not referred to by its letter stands in its place.
        if !book.hasReferences || isLucky(20) { line += "<\(book.prefix)c\(reference)/>" }
        continue
      }
      line += "<\(book.prefix)c\(reference)\(content.attributes)>\(content.inner)</\(book.prefix)c>"
    }
    return "<\(book.prefix)row r=\"\(number)\">\(line)</\(book.prefix)row>"
  }

  private static func letters(_ column: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "A") + UInt8(column % 26)))
  }

  private mutating func content(
    _ cell: Table.Cell, _ style: Style, _ book: inout Book
  ) -> (attributes: String, inner: String)? {
    guard let text = cell.text, !text.isEmpty else { return nil }
    let prefix = book.prefix
    func value(_ number: String) -> String { "<\(prefix)v>\(number)</\(prefix)v>" }
    if cell.field == "occurred-on", book.hasDays, let date = PlanDate(text) {
      let day = date.milliseconds / 86_400_000 + 25_569 - (book.from1904 ? 1_462 : 0)
      let time = one(["", "", "", ".25", ".999988426"])
      return (" s=\"\(time.isEmpty ? number(1...3) : 4)\"", value("\(day)\(time)"))
    }
    if Self.money.contains(cell.field), book.hasNumbers, let number = Double(text.split(separator: " ")[0]) {
      let forms = ["\(number)", String(format: "%.17g", number), String(format: "%.15E", number)]
      return (one(["", " t=\"n\"", " s=\"0\""]), value(one(forms)))
    }
    if cell.field == "tier", isLucky(50) { return ("", value(text)) }
    let words = cell.field.isEmpty ? text : written(cell.field, text, style)
    return string(words, &book)
  }

  private mutating func string(_ text: String, _ book: inout Book) -> (attributes: String, inner: String) {
    let prefix = book.prefix
    switch one(Form.allCases) {
    case .inline: return (" t=\"inlineStr\"", "<\(prefix)is>\(runs(text, prefix))</\(prefix)is>")
    // A formula's result; of a formula that is not read.
    case .formula where !text.contains("\n"):
      return (" t=\"str\"", "<\(prefix)f>A1&amp;\"x\"</\(prefix)f><\(prefix)v>\(escaped(text))</\(prefix)v>")
    default:
      book.strings.append("<\(prefix)si>\(runs(text, prefix))</\(prefix)si>")
      return (" t=\"s\"", "<\(prefix)v>\(book.strings.count - 1)</\(prefix)v>")
    }
  }

  /// A text, perhaps in parts of several looks, perhaps with how it is pronounced.
  private mutating func runs(_ text: String, _ prefix: String) -> String {
    func piece(_ text: some StringProtocol) -> String {
      "<\(prefix)t xml:space=\"preserve\">\(escaped(String(text)))</\(prefix)t>"
    }
    guard text.count > 1, isLucky(20) else { return piece(text) }
    let middle = text.index(text.startIndex, offsetBy: number(1...text.count - 1))
    let spoken =
      isLucky(30) ? "<\(prefix)rPh sb=\"0\" eb=\"1\"><\(prefix)t>yomi</\(prefix)t></\(prefix)rPh>" : ""
    return
      "<\(prefix)r>\(piece(text[..<middle]))</\(prefix)r><\(prefix)r>\(piece(text[middle...]))</\(prefix)r>"
      + spoken
  }

  private func escaped(_ text: String) -> String {
    // "_x0041_" is how these files write a sign that XML has none for.
    text.replacing("_x", with: "_x005F_x").replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\n", with: "&#10;")
  }

  // MARK: - Parts

  private mutating func parts(
    _ lines: String, named name: String, _ book: Book
  ) -> [(name: String, text: String)] {
    let prefix = book.prefix
    let space =
      "xmlns\(prefix.isEmpty ? "" : ":x")=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
    func part(_ element: String, _ inner: String) -> String {
      "\(book.declaration)<\(prefix)\(element) \(space)>\(inner)</\(prefix)\(element)>"
    }
    let related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let system = book.from1904 ? "<\(prefix)workbookPr date1904=\"\(one(["1", "true"]))\"/>" : ""
    let hidden =
      isLucky(20) ? "<\(prefix)sheet name=\"Lists\" sheetId=\"2\" state=\"hidden\" r:id=\"rId9\"/>" : ""
    let styles = """
      <\(prefix)numFmts count="2"><\(prefix)numFmt numFmtId="164" formatCode="[$-40C]d\\ mmmm\\ yyyy;@"/>\
      <\(prefix)numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></\(prefix)numFmts>\
      <\(prefix)cellXfs count="5"><\(prefix)xf/><\(prefix)xf numFmtId="14"/><\(prefix)xf numFmtId="164"/>\
      <\(prefix)xf numFmtId="15"/><\(prefix)xf numFmtId="165"/></\(prefix)cellXfs>
      """
    let root = one(["/xl/", ""])
    func relation(_ id: Int, _ type: String, _ target: String) -> String {
      "<Relationship Id=\"rId\(id)\" Type=\"\(related)/\(type)\" Target=\"\(root)\(target)\"/>"
    }
    let relations =
      relation(1, "worksheet", "worksheets/sheet1.xml") + relation(9, "worksheet", "worksheets/sheet2.xml")
      + relation(2, "styles", "styles.xml") + relation(3, "sharedStrings", "sharedStrings.xml")
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    return [
      (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
      ),
      (
        "_rels/.rels",
        "<Relationships xmlns=\"\(packages)\"><Relationship Id=\"rId1\" Type=\"\(related)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"\(packages)\">\(relations)</Relationships>"),
      (
        "xl/workbook.xml",
        part(
          "workbook",
          "\(system)<\(prefix)sheets xmlns:r=\"\(related)\">\(hidden)<\(prefix)sheet name=\"\(escaped(name))\" sheetId=\"1\" r:id=\"rId1\"/></\(prefix)sheets>"
        )
      ), ("xl/worksheets/sheet1.xml", part("worksheet", "<\(prefix)sheetData>\(lines)</\(prefix)sheetData>")),
      ("xl/worksheets/sheet2.xml", part("worksheet", "<\(prefix)sheetData/>")),
      ("xl/styles.xml", part("styleSheet", styles)),
      ("xl/sharedStrings.xml", part("sst", book.strings.joined())),
    ]
  }

  /// Without compression.
  private func archive(_ parts: [(name: String, text: String)]) -> Data {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, text) in parts {
      let (name, content) = (Array(name.utf8), Array(text.utf8))
      let checksum = content.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
      let fields =
        little(0, 8) + little(checksum, 4) + little(content.count, 4) + little(content.count, 4)
        + little(name.count, 4)
      directory += little(0x0201_4B50, 4) + little(0, 4) + fields + little(0, 10) + little(archive.count, 4)
      directory += name
      archive += little(0x0403_4B50, 4) + little(0, 2) + fields + name + content
    }
    return Data(
      archive + directory + little(0x0605_4B50, 4) + little(0, 4) + little(parts.count, 2)
        + little(parts.count, 2) + little(directory.count, 4) + little(archive.count, 4) + little(0, 2))
  }

  private func little(_ value: some BinaryInteger, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: UInt64(value) >> UInt64(8 * $0)) }
  }
}
