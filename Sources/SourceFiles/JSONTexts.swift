import Foundation

/// The texts of JSON values in a file: one a line, or the elements of an array. They are not looked into: what is wrong in
/// one of them costs no other.
package struct JSONTexts {
  package let isArray: Bool
  /// Each with the line that it begins in.
  private let pieces: [(line: Int, bytes: Data.SubSequence)]

  package init(_ data: Data) {
    let data = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
    isArray = data.first { $0 > UInt8(ascii: " ") } == UInt8(ascii: "[")
    pieces = isArray ? Self.elements(of: data) : Self.lines(of: data)
  }

  package var count: Int { pieces.count }
  package func line(_ place: Int) -> Int { pieces[place].line }

  /// - Returns: nil when it is not valid UTF-8.
  package func text(_ place: Int) -> String? {
    String(validating: pieces[place].bytes, as: UTF8.self).map { String($0.drop { $0 == "\u{FEFF}" }) }
  }

  /// As the file has it, to be written out again.
  package func raw(_ place: Int) -> String { String(decoding: pieces[place].bytes, as: UTF8.self) }

  private static func lines(of data: Data) -> [(line: Int, bytes: Data.SubSequence)] {
    var lines: [(line: Int, bytes: Data.SubSequence)] = []
    for (place, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    where line.contains(where: { $0 > UInt8(ascii: " ") }) {
      lines.append((place + 1, line))
    }
    return lines
  }

  /// The elements of an array, each with the line that it begins in; what is wrong in one of them costs no other.
  private static func elements(of data: Data) -> [(line: Int, bytes: Data.SubSequence)] {
    var elements: [(line: Int, bytes: Data.SubSequence)] = []
    var (depth, line, isQuoted, isEscaped) = (0, 1, false, false)
    var start: (place: Data.Index, line: Int)?
    func end(_ place: Data.Index) {
      if let begun = start { elements.append((begun.line, data[begun.place..<place])) }
      start = nil
    }
    for place in data.indices {
      let byte = data[place]
      if byte == UInt8(ascii: "\n") { line += 1 }
      // Before the array there may be blanks.
      if depth == 0, byte <= UInt8(ascii: " ") { continue }
      if isQuoted {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "\""): isQuoted = true
      default: break
      }
      let isOpening = depth == 1 && byte == UInt8(ascii: "[") && start == nil && elements.isEmpty
      if depth == 1, byte == UInt8(ascii: ",") || isOpening {
        end(place)
      } else if depth == 0 {
        end(place)
        break
      } else if start == nil, byte > UInt8(ascii: " ") {
        start = (place, line)
      }
    }
    end(data.endIndex)
    return elements
  }
}
