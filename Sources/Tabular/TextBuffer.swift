/// The text of one cell while it comes in pieces.
struct TextBuffer {
  private(set) var bytes: [UInt8] = []

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: piece) }

  var count: Int { bytes.count }
  var isEmpty: Bool { bytes.isEmpty }

  /// As it stands.
  var raw: String { String(decoding: bytes, as: UTF8.self) }

  /// Without the spaces and line breaks that XML may have around a number or a word of its own.
  var word: ArraySlice<UInt8> {
    var word = bytes[...]
    while let first = word.first, first <= 0x20 { word.removeFirst() }
    while let last = word.last, last <= 0x20 { word.removeLast() }
    return word
  }

  /// As a person wrote it: signs that XML cannot hold stand as _x000D_, and a line break is one, however it is written.
  var unescaped: String {
    guard bytes.contains(where: { $0 == UInt8(ascii: "_") || $0 == Self.carriageReturn }) else { return raw }
    var units: [UInt16] = []
    let source = Array(raw.utf16)
    units.reserveCapacity(source.count)
    var place = 0
    while place < source.count {
      if let unit = Self.escape(source, at: place) {
        units.append(unit)
        place += Self.escapeLength
      } else {
        units.append(source[place])
        place += 1
      }
    }
    return Self.withOneLineBreak(units)
  }

  private static let carriageReturn = UInt8(ascii: "\r")
  private static let escapeLength = 7

  /// _xHHHH_ is a unit of UTF-16.
  private static func escape(_ units: [UInt16], at place: Int) -> UInt16? {
    guard place + escapeLength <= units.count, units[place] == UInt16(UInt8(ascii: "_")),
      units[place + 1] == UInt16(UInt8(ascii: "x")), units[place + 6] == UInt16(UInt8(ascii: "_"))
    else { return nil }
    var value: UInt16 = 0
    for unit in units[(place + 2)..<(place + 6)] {
      guard let scalar = Unicode.Scalar(unit), scalar.isASCII, let digit = Character(scalar).hexDigitValue
      else { return nil }
      value = value << 4 | UInt16(digit)
    }
    return value
  }

  private static func withOneLineBreak(_ units: [UInt16]) -> String {
    let (feed, ret) = (UInt16(UInt8(ascii: "\n")), UInt16(carriageReturn))
    guard units.contains(ret) else { return String(decoding: units, as: UTF16.self) }
    var result: [UInt16] = []
    result.reserveCapacity(units.count)
    for (index, unit) in units.enumerated() {
      if unit != ret {
        result.append(unit)
      } else if index + 1 == units.count || units[index + 1] != feed {
        result.append(feed)
      }
    }
    return String(decoding: result, as: UTF16.self)
  }
}
