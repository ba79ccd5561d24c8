import Foundation
import SourceFiles
import Testing

@Suite("Files of rows")
struct RowTests {
  @Test(
    "the encoding is known by its mark, or by what the bytes can be",
    arguments: [
      (Data("été".utf8), "UTF-8", "été"), (Data([0xEF, 0xBB, 0xBF]) + Data("é".utf8), "UTF-8 (BOM)", "é"),
      (Data([0xE9, 0x20, 0x80, 0x92]), "Windows-1252", "é €’"),
      (Data("Hélène ".utf8) + Data([0xE9]), "UTF-8", "Hélène \u{FFFD}"),
      (Data([0xFF, 0xFE, 0xE9, 0x00]), "UTF-16", "é"),
      (Data(), "UTF-8", ""),
    ])
  func encodings(data: Data, encoding: String, text: String) {
    let source = SourceText(data)
    #expect(source?.encoding == encoding && source?.text == text)
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
    let rows = DelimitedText(Array(text.utf8), delimiter: UInt8(ascii: ","))
    #expect((0..<rows.count).map { rows.cells($0)?.joined(separator: "|") ?? "" } == expected)
  }

  @Test("ten thousand open quotes take no time")
  func openQuotes() {
    let rows = DelimitedText(
      Array(String(repeating: "\"open\n", count: 10_000).utf8), delimiter: UInt8(ascii: ","))
    #expect(
      rows.count == 10_000
        && (0..<rows.count).allSatisfy { rows.cells($0) == nil && rows.raw($0) == "\"open" })
  }

  private func sheet(_ text: String) throws -> Sheet { Sheet(try #require(SourceText(Data(text.utf8)))) }

  @Test(
    "what parts the cells is declared, or shows in the first lines",
    arguments: [
      ("a,b;c,d\n", ","), ("a;b\n1,5;2,5\n", ";"), ("Title\na\tb\tc\n1\t2\t3\n", "\t"),
      ("sep=|\na,b|c\n", "|"),
      ("\"a,b,c\";d\n", ";"), ("alone\n", ","), ("a\u{37E}b\u{37E}c,d\n", ","), ("sep=\u{37E}\na,b\n", ","),
    ] as [(String, Character)])
  func separators(text: String, separator: Character) throws {
    #expect(try sheet(text).separator == separator)
  }

  @Test("headings stand in the first row, or below a title")
  func headings() throws {
    func place(_ text: String) throws -> Int? {
      try sheet(text).headingsPlace { cells in cells.count { ["name", "amount"].contains($0) } }
    }
    #expect(try place("name,amount\nA,1\n") == 0)
    #expect(try place("Sales of 2026,,\n,,\nname,amount,x\nA,1,\n") == 2)
    #expect(try place("sep=,\n\nx,y\n1,2\n") == 2)
    #expect(try place("sep=,\u{0B}name,amount\nA,1\n") == 0, "a line ends with a line break")
    #expect(try place(",,\n\n") == nil && place("") == nil && place("sep=;") == nil)
  }
}

@Suite("JSON texts")
struct JSONTextTests {
  private func texts(_ text: String) -> [String] {
    let texts = JSONTexts(Data(text.utf8))
    return (0..<texts.count).map { "\(texts.line($0)): \(texts.text($0) ?? "?")" }
  }

  @Test(
    "an object a line, or the elements of an array, each with its line",
    arguments: [
      ("{\"a\":1}\n\n{}\n", ["1: {\"a\":1}", "3: {}"]),
      ("[{\"a\":\"],\\\"\"},\n{}]", ["1: {\"a\":\"],\\\"\"}", "2: {}"]),
      ("\n  [\n{}, {\n}]\n", ["3: {}", "3: {\n}"]), ("\u{FEFF}[{}]", ["1: {}"]), ("[]", []), ("", []),
    ])
  func pieces(text: String, expected: [String]) { #expect(texts(text) == expected) }
}
