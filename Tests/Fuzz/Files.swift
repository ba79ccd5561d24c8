import Foundation
import SourceFiles

/// The readers of files of text. None may trap, lose a byte or make one up.
enum Files {
  /// As a program sees a file of rows: its encoding, what parts the cells, where the headings are, all cells.
  static func readTable(_ bytes: [UInt8]) {
    guard let source = SourceText(Data(bytes)) else { return }
    let sheet = Sheet(source)
    precondition(sheet.start <= 1, "at most a line is no row")
    let place = sheet.headingsPlace { cells in cells.count { $0.lowercased().hasPrefix("n") } }
    precondition(place.map { (sheet.start..<sheet.count).contains($0) } ?? true, "headings that are no row")
    var length = 0
    for place in 0..<sheet.count {
      precondition(sheet.line(place) == place + 1, "a line that no editor has")
      length += sheet.raw(place).utf8.count
      guard let cells = sheet.cells(place) else { continue }
      precondition(!cells.isEmpty, "a row without a cell")
      // What was read can be written, and reads back the same.
      let again = Sheet(SourceText(written: cells, sheet.separator))
      precondition(
        again.cells(again.start) == cells || cells.allSatisfy(\.isEmpty), "cells that do not read back")
    }
    precondition(length <= source.text.utf8.count, "more than the file has")
  }

  static func readCards(_ bytes: [UInt8]) {
    guard let source = SourceText(Data(bytes)) else { return }
    let cards = Cards(source.text)
    var last = 0
    for place in 0..<cards.count {
      let card = cards[place]
      precondition(card.line > last, "a card that begins before the one before it")
      last = card.line
      guard let person = try? card.person() else { continue }
      // What was read can be written, and reads back the same.
      let again = Cards((["BEGIN:VCARD"] + card.lines + ["END:VCARD", ""]).joined(separator: "\r\n"))
      guard again.count == 1 else { preconditionFailure("a card that was read is not one") }
      precondition((try? again[0].person()) == person, "a card that does not read back")
    }
    readJSON(bytes)
  }

  private static func readJSON(_ bytes: [UInt8]) {
    let texts = JSONTexts(Data(bytes))
    for place in 0..<texts.count {
      precondition(texts.line(place) > 0 && !texts.raw(place).isEmpty, "a text of nothing")
      _ = texts.text(place)
    }
  }
}

extension SourceText {
  /// A row of quoted cells, with the separator declared.
  fileprivate init(written cells: [String], _ separator: Character) {
    let quote = UInt8(ascii: "\"")
    // By bytes: a quote with an accent is a letter of its own to String.
    let written = cells.map { cell in
      [quote] + cell.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }
    let row = written.joined(separator: Array(String(separator).utf8))
    guard let source = SourceText(Data([0xEF, 0xBB, 0xBF]) + Data("sep=\(separator)\n".utf8) + Data(row))
    else {
      preconditionFailure("what was just written is text")
    }
    self = source
  }
}
