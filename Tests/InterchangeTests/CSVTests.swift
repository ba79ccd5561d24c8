import Speech
import Testing
import Workbench

@testable import Interchange

@Suite("Rows for spreadsheets")
struct CSVTests {
  @Test(
    "what a spreadsheet would run is made text; numbers and words stay",
    arguments: [
      ("=1+1", "'=1+1"), ("+33 1 23", "'+33 1 23"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"),
      ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("＝1", "'＝1"), ("'=1", "''=1"),
      ("-12.50", "-12.50"), ("-1.2.3", "'-1.2.3"), ("-1.", "'-1."), ("1200.50 EUR", "1200.50 EUR"),
      ("'tis", "'tis"), ("a=b", "a=b"), ("", ""),
    ])
  func guards(text: String, cell: String) {
    #expect(CSVDocument.guarded(text) == cell)
    #expect(CSVDocument.unguarded(cell) == text)
  }

  @Test("of 10,000 hostile cells none begins as a formula, and each is read back as it was")
  func roundTrip() {
    let hostile = Array("=+-@\t\r\n'\"; ,1.aé".unicodeScalars)
    for _ in 0..<10_000 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...6) {
        if let scalar = hostile.randomElement() { scalars.append(scalar) }
      }
      let text = String(scalars)
      let cell = CSVDocument.guarded(text)
      let isNumber = Double(text) != nil && !text.hasPrefix("+")
      #expect(isNumber || !["=", "+", "-", "@", "\t", "\r", "\n"].contains(cell.unicodeScalars.first ?? "x"))
      #expect(Array(CSVDocument.unguarded(cell).utf8) == Array(text.utf8))
    }
  }

  @Test("separators, quotes and line breaks are quoted")
  func quotes() {
    var document = CSVDocument()
    document.add(["plain", "a,b", "say \"hi\"", "two\nlines", "=x,y"])
    #expect(document.text == "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"'=x,y\"\r\n")
  }
}
