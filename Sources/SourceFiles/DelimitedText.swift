/// CSV taken apart (RFC 4180): by bytes, as the programs that write it do. A comma, a quote and a line break are one byte
/// each in UTF-8, whatever stands beside them.
///
/// Only where rows begin and end is kept: a file of a hundred thousand rows is read row by row.
package struct DelimitedText {
  private struct Row {
    let start: Int
    /// Without the line's end.
    let end: Int
    /// Its quotes do not match.
    let isBroken: Bool
  }

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var rows: [Row] = []

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  package init(_ bytes: [UInt8], delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
    rows = Self.rows(of: bytes, delimiter)
  }

  package var count: Int { rows.count }

  /// - Returns: nil when its quotes do not match.
  package func cells(_ place: Int) -> [String]? {
    let row = rows[place]
    guard !row.isBroken else { return nil }
    return bytes.withUnsafeBufferPointer { bytes in
      var cells: [String] = []
      var start = row.start
      while true {
        let (text, end) = Self.cell(bytes, from: start, to: row.end, delimiter)
        cells.append(text)
        guard end < row.end else { return cells }
        start = end + 1
      }
    }
  }

  /// The row as the file has it, without the line's end.
  package func raw(_ place: Int) -> String {
    String(decoding: bytes[rows[place].start..<rows[place].end], as: UTF8.self)
  }

  // MARK: - Rows

  private static func rows(of bytes: [UInt8], _ delimiter: UInt8) -> [Row] {
    bytes.withUnsafeBufferPointer { bytes in
      var rows: [Row] = []
      var place = 0
      // A quoted cell may go on in the next line. Not any more once one had no end: or it would swallow what follows.
      var spansLines = true
      while place < bytes.count {
        let start = place
        if let end = endOfRow(bytes, from: start, delimiter, &spansLines) {
          rows.append(Row(start: start, end: end, isBroken: false))
          place = end
        } else {
          while place < bytes.count, !isLineEnd(bytes[place]) { place += 1 }
          rows.append(Row(start: start, end: place, isBroken: true))
        }
        if place < bytes.count, bytes[place] == carriageReturn { place += 1 }
        if place < bytes.count, bytes[place] == lineFeed { place += 1 }
      }
      return rows
    }
  }

  /// - Returns: nil when its quotes do not match.
  private static func endOfRow(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ delimiter: UInt8, _ spansLines: inout Bool
  ) -> Int? {
    var place = start
    while true {
      if place < bytes.count, bytes[place] == quote {
        guard let end = endOfQuoted(bytes, from: place + 1, spansLines) else {
          spansLines = false
          return nil
        }
        place = end
        while place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
        guard place == bytes.count || bytes[place] == delimiter || isLineEnd(bytes[place]) else { return nil }
      } else {
        while place < bytes.count, bytes[place] != delimiter, !isLineEnd(bytes[place]) { place += 1 }
      }
      guard place < bytes.count, bytes[place] == delimiter else { return place }
      place += 1
    }
  }

  /// Behind the closing quote; nil when there is none.
  private static func endOfQuoted(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ spansLines: Bool
  ) -> Int? {
    var place = start
    while place < bytes.count {
      if bytes[place] == quote {
        guard place + 1 < bytes.count, bytes[place + 1] == quote else { return place + 1 }
        place += 1
      } else if !spansLines, isLineEnd(bytes[place]) {
        return nil
      }
      place += 1
    }
    return nil
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

  // MARK: - Cells

  /// A cell of a row that is whole, and where it ends. A quote inside is a sign like any other: 5" pipe.
  private static func cell(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, _ delimiter: UInt8
  ) -> (String, end: Int) {
    var place = start
    guard start < end, bytes[start] == quote else {
      while place < end, bytes[place] != delimiter { place += 1 }
      return (String(decoding: bytes[start..<place], as: UTF8.self), place)
    }
    place += 1
    var content: [UInt8] = []
    while place < end {
      let byte = bytes[place]
      place += 1
      if byte == quote {
        guard place < end, bytes[place] == quote else { break }
        place += 1
      } else if byte == carriageReturn {
        // One line break, however it is written.
        if place < end, bytes[place] == lineFeed { place += 1 }
        content.append(lineFeed)
        continue
      }
      content.append(byte)
    }
    while place < end, bytes[place] != delimiter { place += 1 }
    return (String(decoding: content, as: UTF8.self), place)
  }
}
