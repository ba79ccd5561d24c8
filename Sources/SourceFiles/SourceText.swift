import Foundation

/// A file's bytes as text, whatever program wrote them.
package struct SourceText: Equatable {
  package let text: String
  /// "UTF-8", "Windows-1252", …
  package let encoding: String

  /// What stands for bytes that are no text; a row that has one is refused.
  package static let lost: Character = "\u{FFFD}"

  /// UTF-8 and UTF-16 are known by their marks or by being valid. UTF-8 with a byte that is none here and there stays UTF-8;
  /// what is neither is what Windows programs of western Europe write.
  ///
  /// - Returns: nil when it is not what its mark says.
  package init?(_ data: Data) {
    if data.starts(with: [0xEF, 0xBB, 0xBF]) {
      guard let text = String(validating: data.dropFirst(3), as: UTF8.self) else { return nil }
      self.init(text: text, encoding: "UTF-8 (BOM)")
    } else if data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) {
      guard let text = String(data: data, encoding: .utf16) else { return nil }
      self.init(text: text, encoding: "UTF-16")
    } else if let text = Self.unmarkedUTF16(data) {
      self.init(text: text, encoding: "UTF-16")
    } else if let text = String(validating: data, as: UTF8.self) {
      self.init(text: text, encoding: "UTF-8")
    } else if let text = Self.nearlyUTF8(data) {
      self.init(text: text, encoding: "UTF-8")
    } else {
      self.init(text: Self.windows1252(data), encoding: "Windows-1252")
    }
  }

  private init(text: String, encoding: String) {
    self.text = text
    self.encoding = encoding
  }

  /// Every other byte of western text in UTF-16 is zero, and no text of one byte a letter has zeros.
  private static func unmarkedUTF16(_ data: Data) -> String? {
    let start = data.prefix(4_096)
    guard data.count.isMultiple(of: 2), start.contains(0) else { return nil }
    var zeros = (even: 0, odd: 0)
    for (place, byte) in start.enumerated() where byte == 0 {
      place.isMultiple(of: 2) ? (zeros.even += 1) : (zeros.odd += 1)
    }
    guard max(zeros.even, zeros.odd) * 4 >= start.count, min(zeros.even, zeros.odd) * 20 <= start.count else {
      return nil
    }
    return String(data: data, encoding: zeros.odd > zeros.even ? .utf16LittleEndian : .utf16BigEndian)
  }

  /// - Returns: nil when more of it is broken than whole: letters that two bytes make there are hardly ever made by chance.
  private static func nearlyUTF8(_ data: Data) -> String? {
    let text = String(decoding: data, as: UTF8.self)
    let (broken, whole) = text.unicodeScalars.reduce(into: (0, 0)) { counts, scalar in
      if scalar == "\u{FFFD}" { counts.0 += 1 } else if scalar.value >= 0x80 { counts.1 += 1 }
    }
    return broken < whole ? text : nil
  }

  /// Every byte is a character of it, or nearly: the five that are none become what Latin-1 has there, and are refused
  /// as control characters where they matter.
  static func windows1252(_ bytes: some Sequence<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    for byte in bytes {
      let value = (0x80..<0xA0).contains(byte) ? high[Int(byte) - 0x80] : UInt32(byte)
      scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return String(scalars)
  }

  /// 0x80 to 0x9F, by the WHATWG's encoding index.
  private static let high: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x8D,
    0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
    0x203A,
    0x0153, 0x9D, 0x017E, 0x0178,
  ]
}
