/// vCards 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) of a file, each as its lines.
package struct Cards {
  private let cards: [Card]

  package init(_ text: String) { cards = Self.cards(in: Array(text.utf8)) }

  package var count: Int { cards.count }
  package subscript(place: Int) -> Card { cards[place] }

  /// Whether a text is meant to be cards, by how it begins.
  static func isMeant(by start: some StringProtocol) -> Bool { start.uppercased().hasPrefix("BEGIN:VCARD") }

  private static func cards(in bytes: [UInt8]) -> [Card] {
    var cards: [Card] = []
    var card: CardMaker?
    var number = 0
    var place = 0
    while place < bytes.count {
      let start = place
      while place < bytes.count, !isLineEnd(bytes[place]) { place += 1 }
      let line = bytes[start..<place]
      number += 1
      if place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\r"), bytes[place + 1] == UInt8(ascii: "\n") {
        place += 1
      }
      place += 1
      if card?.goesOn(line) == true { continue }
      switch marker(line) {
      case .begin:
        if let card { cards.append(card.finished(isWhole: false)) }
        card = CardMaker(line: number)
      case .end:
        if let card { cards.append(card.finished(isWhole: true)) }
        card = nil
      case nil: card?.add(line)
      }
    }
    // A file that was cut off: its last card is told, not swallowed.
    if let card { cards.append(card.finished(isWhole: false)) }
    return cards
  }

  /// Only these end a line: the other breaks of Unicode are signs of a value.
  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private enum Marker { case begin, end }

  private static func marker(_ line: ArraySlice<UInt8>) -> Marker? {
    guard let first = line.first(where: { $0 != 0x20 }), [0x42, 0x62, 0x45, 0x65].contains(first),
      line.count < 64
    else { return nil }
    switch String(decoding: line, as: UTF8.self).trimmed.uppercased() {
    case "BEGIN:VCARD": return .begin
    case "END:VCARD": return .end
    default: return nil
    }
  }
}

/// Puts the lines of a card together again that were folded.
private struct CardMaker {
  private let line: Int
  private var lines: [String] = []
  /// The line that may go on: nil before the first.
  private var last: [UInt8]?
  /// Whether it is quoted-printable; nil while its head goes on.
  private var lastIsQuotedPrintable: Bool?

  init(line: Int) { self.line = line }

  /// Takes what continues the line before: one of quoted-printable that ends with = goes on as it is, others go on behind a
  /// space.
  mutating func goesOn(_ next: ArraySlice<UInt8>) -> Bool {
    if lastIsQuotedPrintable == true, last?.last == UInt8(ascii: "=") {
      last?.removeLast()
      last? += next
      return true
    }
    guard last != nil, let first = next.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t")
    else {
      return false
    }
    last? += next.dropFirst()
    if lastIsQuotedPrintable == nil { look() }
    return true
  }

  mutating func add(_ line: ArraySlice<UInt8>) {
    guard !line.isEmpty else { return }
    end()
    last = Array(line)
    look()
  }

  /// Finds out how the line is written, once its head is whole.
  private mutating func look() {
    guard let last, let colon = last.firstIndex(of: UInt8(ascii: ":")) else {
      // What has no head after so much has none, and is not looked at again with every line.
      lastIsQuotedPrintable = last.map { $0.count > 4_096 } == true ? false : nil
      return
    }
    let head = last[..<colon]
    lastIsQuotedPrintable =
      head.contains(UInt8(ascii: ";"))
      && String(decoding: head, as: UTF8.self).uppercased().contains("QUOTED-PRINTABLE")
  }

  private mutating func end() {
    if let last { lines.append(String(decoding: last, as: UTF8.self)) }
    last = nil
  }

  func finished(isWhole: Bool) -> Card {
    var maker = self
    maker.end()
    return Card(line: line, lines: maker.lines, isWhole: isWhole)
  }
}
