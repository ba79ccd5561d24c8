/// How deep arrays and objects of a JSON text stand within each other.
enum JSONNesting {
  /// True if `json` nests at most `levelsMax` deep. Looks at nothing else: whether it is JSON, the decoder
  /// says.
  ///
  /// A decoder recurses once per level; a megabyte of `[` would end the process, not the request.
  static func isWithin(_ levelsMax: Int, _ json: [UInt8]) -> Bool {
    json.withUnsafeBufferPointer { bytes in
      var level = 0
      var index = 0
      while index < bytes.count {
        switch bytes[index] {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          level += 1
          if level > levelsMax { return false }
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          level -= 1
        case UInt8(ascii: "\""):
          index = endOfString(bytes, from: index + 1)
        default:
          break
        }
        index += 1
      }
      return true
    }
  }

  /// The index of the quote that ends a string, or the end of the text.
  private static func endOfString(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index
  }
}
