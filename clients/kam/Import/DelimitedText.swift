/// CSV taken apart (RFC 4180): by bytes, as the programs that write it do. A comma, a quote and a line break are one byte
/// each in UTF-8, whatever stands beside them.
struct DelimitedText {
  struct Row: Equatable {
    /// nil when its quotes do not match.
    let cells: [String]?
    /// As the file has it, without the line's end.
    let raw: String
  }

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var place = 0
  /// A quoted cell may go on in the next line. Not any more once one had no end: or it would swallow what follows.
  private var spansLines = true

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  static func rows(of text: String, delimiter: UInt8) -> [Row] {
    var reader = DelimitedText(bytes: Array(text.utf8), delimiter: delimiter)
    var rows: [Row] = []
    while let row = reader.next() { rows.append(row) }
    return rows
  }

  private init(bytes: [UInt8], delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
  }

  private mutating func next() -> Row? {
    guard place < bytes.count else { return nil }
    let start = place
    var cells: [String] = []
    while true {
      guard let cell = cell() else {
        place = start
        return brokenLine()
      }
      cells.append(cell)
      guard place < bytes.count, bytes[place] == delimiter else { break }
      place += 1
    }
    let end = place
    skipLineEnd()
    return Row(cells: cells, raw: String(decoding: bytes[start..<end], as: UTF8.self))
  }

  /// - Returns: nil when its quotes do not match; else ``place`` is at a delimiter or the end of a line.
  private mutating func cell() -> String? {
    guard place < bytes.count, bytes[place] == Self.quote else { return unquotedCell() }
    place += 1
    var content: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == Self.quote {
        guard place < bytes.count, bytes[place] == Self.quote else { return endOfQuoted(content) }
        content.append(byte)
        place += 1
      } else if byte == Self.carriageReturn || byte == Self.lineFeed {
        guard spansLines else { return nil }
        // One line break, however it is written.
        if byte == Self.carriageReturn, place < bytes.count, bytes[place] == Self.lineFeed { continue }
        content.append(Self.lineFeed)
      } else {
        content.append(byte)
      }
    }
    spansLines = false
    return nil
  }

  private mutating func endOfQuoted(_ content: [UInt8]) -> String? {
    while place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
    guard place == bytes.count || isEnd(bytes[place]) else { return nil }
    return String(decoding: content, as: UTF8.self)
  }

  /// A quote inside is a sign like any other: 5" pipe.
  private mutating func unquotedCell() -> String {
    let start = place
    while place < bytes.count, !isEnd(bytes[place]) { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn
  }

  private mutating func brokenLine() -> Row {
    let start = place
    while place < bytes.count, bytes[place] != Self.lineFeed, bytes[place] != Self.carriageReturn {
      place += 1
    }
    let raw = String(decoding: bytes[start..<place], as: UTF8.self)
    skipLineEnd()
    return Row(cells: nil, raw: raw)
  }

  private mutating func skipLineEnd() {
    if place < bytes.count, bytes[place] == Self.carriageReturn { place += 1 }
    if place < bytes.count, bytes[place] == Self.lineFeed { place += 1 }
  }
}
