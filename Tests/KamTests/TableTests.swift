import Speech
import Wording
import Testing
import Workbench

@testable import kam

@Suite("A table fits its terminal")
struct TableTests {
  private func tasks() -> Table {
    var table = Table([
      .init(title: "#", isNumber: true, isKey: true), .init(title: "handle", isKey: true),
      .init(title: "title", shrinks: true, isKey: true), .init(title: "account"), .init(title: "department"),
      .init(title: "status"), .init(title: "due"), .init(title: "priority"),
    ])
    table.add([
      "1", "7QK2", "Prepare the renewal of the frame contract", "acme", "sales", "in-progress", "2026-12-10",
      "",
    ])
    table.add(["12", "9XYZ", "Call", "globex", "logistics", "open", "", "high"])
    return table
  }

  @Test("no line is wider than the terminal", arguments: [20, 30, 40, 59, 60, 72, 80, 100, 200])
  func fits(width: Int) {
    for line in tasks().lines(for: Console(width: width, reader: .program, isUnicode: true)) {
      #expect(columns(line.text) <= width)
    }
  }

  @Test("piped, nothing is cut")
  func isWholeInPipe() {
    let lines = tasks().lines(for: Console(width: nil, reader: .program, isUnicode: true)).map(\.text)
    #expect(
      lines == [
        " #  handle  title                                      account  department  status       due         priority",
        " 1  7QK2    Prepare the renewal of the frame contract  acme     sales       in-progress  2026-12-10",
        "12  9XYZ    Call                                       globex   logistics   open                     high",
      ])
  }

  @Test("the title shrinks first, then columns go from the right")
  func shrinksThenDrops() {
    let at80 = tasks().lines(for: Console(width: 80, reader: .program, isUnicode: true)).map(\.text)
    #expect(at80[0] == " #  handle  title                 account  department  status       due")
    #expect(at80[1] == " 1  7QK2    Prepare the renewal…  acme     sales       in-progress  2026-12-10")
  }

  @Test("at 40 columns a row has two lines, and keeps everything but what does not fit of the title")
  func isNarrow() {
    let lines = tasks().lines(for: Console(width: 40, reader: .program, isUnicode: true)).map(\.text)
    #expect(
      lines == [
        " 1 7QK2 Prepare the renewal of the fram…", "   acme · sales · in-progress ·", "   2026-12-10",
        "12 9XYZ Call",
        "   globex · logistics · open · high",
      ])
  }

  @Test("a column that is empty everywhere is left out")
  func leavesEmptyOut() {
    var table = Table([.init(title: "a", isKey: true), .init(title: "b"), .init(title: "c")])
    table.add(["1", "", "3"])
    #expect(
      table.lines(for: Console(width: nil, reader: .program, isUnicode: true)).map(\.text) == [
        "a  c", "1  3",
      ])
  }
}
