/// The tables of the French catalogue.
package enum FrenchTables {}

/// Reads the tables of a catalogue.
///
/// Sentences come in pairs of lines: the English key, then its translation, indented by two spaces. Words come one a
/// line, with bars between their columns. Empty lines mean nothing, nor do those that begin with "#". `\n` is a line
/// break, `\s` a space at the end of a line, where it would be overlooked.
///
/// Translators type ordinary spaces: those inside guillemets and before : ; ! ? % are made no-break here. By bytes,
/// because whoever speaks French waits for this at every start of the program.
package struct CatalogueReader {
  fileprivate typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  /// Whether the terminal can show what is not ASCII; else guillemets are quotation marks, and spaces stay plain.
  private let isUnicode: Bool
  /// What the line being read says.
  private var written: [UInt8] = []

  package init(isUnicode: Bool) { self.isUnicode = isUnicode }

  package mutating func readPairs(_ table: StaticString, into result: inout [String: String]) {
    table.withUTF8Buffer { bytes in
      var key: Bytes?
      for line in Self.lines(bytes) {
        if line.first != .space {
          key = line
        } else if let given = key {
          result[plain(given)] = translated(line.dropFirst(2))
          key = nil
        }
      }
    }
  }

  /// - Returns: the columns of each row.
  package mutating func readRows(_ table: StaticString) -> [[String]] {
    table.withUTF8Buffer { bytes in
      var rows: [[String]] = []
      for line in Self.lines(bytes) {
        var row: [String] = []
        for column in line.split(separator: UInt8(ascii: "|")) {
          row.append(row.isEmpty ? plain(Self.trimmed(column)) : translated(Self.trimmed(column)))
        }
        rows.append(row)
      }
      return rows
    }
  }

  private static func lines(_ bytes: UnsafeBufferPointer<UInt8>) -> [Bytes] {
    bytes.split(separator: .lineBreak).filter { $0.first != UInt8(ascii: "#") }
  }

  private static func trimmed(_ column: Bytes) -> Bytes {
    var column = column.drop { $0 == .space }
    while column.last == .space { column.removeLast() }
    return column
  }
}

// MARK: - One line

extension CatalogueReader {
  private mutating func plain(_ line: Bytes) -> String {
    guard line.contains(.backslash) else { return String(decoding: line, as: UTF8.self) }
    return text(line) { _ in false }
  }

  private mutating func translated(_ line: Bytes) -> String {
    text(line) { next in Self.isMark(next) }
  }

  /// - Parameter isMark: Whether a space before these bytes is a no-break one; for keys it never is.
  private mutating func text(_ line: Bytes, isMark: (Bytes) -> Bool) -> String {
    written.removeAll(keepingCapacity: true)
    var rest = line
    while let byte = rest.popFirst() {
      switch byte {
      case .space: appendSpace(isNoBreak: isMark(rest))
      case .backslash:
        switch rest.popFirst() {
        case UInt8(ascii: "s"): appendSpace(isNoBreak: isMark(rest))
        case UInt8(ascii: "n"): written.append(.lineBreak)
        case let other: written.append(other ?? .backslash)
        }
      case 0xC2 where !isUnicode && rest.first == 0xAB:
        rest.removeFirst()
        written.append(.quotationMark)
        if rest.first == .space {
          rest.removeFirst()
        } else if rest.first == .backslash {
          rest = rest.dropFirst(2)
        }
      case 0xC2 where !isUnicode && rest.first == 0xBB:
        rest.removeFirst()
        if written.last == .space { written.removeLast() }
        written.append(.quotationMark)
      default: written.append(byte)
      }
    }
    return String(decoding: written, as: UTF8.self)
  }

  private mutating func appendSpace(isNoBreak: Bool) {
    let isAfterGuillemet = written.last == 0xAB && written.dropLast().last == 0xC2
    guard isUnicode, isNoBreak || isAfterGuillemet else { return written.append(.space) }
    written.append(0xC2)
    written.append(0xA0)
  }

  /// Whether a space before these bytes must not end a line. Not before ":lead" and "%1".
  private static func isMark(_ next: Bytes) -> Bool {
    let second = next.dropFirst().first
    switch next.first {
    case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "%"):
      guard let second else { return true }
      return !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(second)
        && !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(second | 0x20)
    case 0xC2: return second == 0xBB
    default: return false
    }
  }
}

extension UInt8 {
  fileprivate static let space = UInt8(ascii: " ")
  fileprivate static let lineBreak = UInt8(ascii: "\n")
  fileprivate static let backslash = UInt8(ascii: "\\")
  fileprivate static let quotationMark = UInt8(ascii: "\"")
}
