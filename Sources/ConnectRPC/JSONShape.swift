/// How large the things are that a JSON text describes, found before a decoder makes them.
package enum JSONShape {
  package enum Excess: Equatable, Sendable {
    case depth
    case elements
  }

  /// What there is too much of; nil when it is within both bounds. Looks at nothing else: whether it is JSON, the decoder
  /// says.
  ///
  /// A decoder recurses once per level: a megabyte of `[` would end the process, not the request. And it makes hundreds of
  /// bytes of each `{},`.
  package static func excess(_ json: [UInt8], levelsMax: Int, elementsMax: Int) -> Excess? {
    json.withUnsafeBufferPointer { bytes in
      var level = 0
      var elements = 0
      var index = 0
      while index < bytes.count {
        switch bytes[index] {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          level += 1
          elements += 1
          if level > levelsMax { return .depth }
          if elements > elementsMax { return .elements }
        case UInt8(ascii: ","):
          elements += 1
          if elements > elementsMax { return .elements }
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          level -= 1
        case UInt8(ascii: "\""):
          index = endOfString(bytes, from: index + 1)
        default:
          break
        }
        index += 1
      }
      return nil
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
