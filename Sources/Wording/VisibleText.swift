/// Makes what a terminal would obey, or a reader could not see, visible.
///
/// Control characters become their pictures (`␛`), or escapes (`\u{1B}`) where pictures cannot be shown; so do C1
/// controls, bidirectional overrides, zero-width and other invisible characters. Line breaks too: text of several
/// lines is split before. Applying it twice changes nothing more.
///
/// - SeeAlso: Unicode Technical Report #36, "Bidirectional Text Spoofing"; CVE-2021-42574.
package func visible(_ text: String, pictures: Bool = true) -> String {
  guard mayHoldInvisible(text) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0..<0x20 where pictures: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
    case 0x7F where pictures: result.append("\u{2421}")
    case let value where isInvisible(value):
      result.append(contentsOf: "\\u{\(String(value, radix: 16, uppercase: true))}".unicodeScalars)
    default: result.append(scalar)
    }
  }
  return String(result)
}

/// The same for JSON: equal to the original for every parser, and harmless on a terminal.
package func appendJSONString(_ text: some StringProtocol, to output: inout String) {
  output.append("\"")
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": output.append("\\\"")
    case "\\": output.append("\\\\")
    case "\n": output.append("\\n")
    case "\t": output.append("\\t")
    case let scalar where isInvisible(scalar.value): appendJSONEscape(scalar, to: &output)
    default: output.unicodeScalars.append(scalar)
    }
  }
  output.append("\"")
}

/// Escapes the invisible characters inside the strings of a JSON document.
package func harmlessJSON(_ document: String) -> String {
  guard mayHoldInvisible(document) else { return document }
  var result = ""
  for scalar in document.unicodeScalars {
    // Between tokens only spaces and line breaks are legal, and inside strings controls are escaped already.
    if scalar != "\n", isInvisible(scalar.value) {
      appendJSONEscape(scalar, to: &result)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func appendJSONEscape(_ scalar: Unicode.Scalar, to output: inout String) {
  for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
    let digits = String(unit, radix: 16)
    output.append("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
  }
}

private func mayHoldInvisible(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { bytes in bytes.contains { $0 < 0x20 || $0 >= 0x7F } }
}

/// Controls, and what has no width or turns the direction of what follows.
///
/// ZERO WIDTH JOINER is among them although some emoji are made with it: it also hides differences between names.
package func isInvisible(_ value: UInt32) -> Bool {
  switch value {
  case 0..<0x20, 0x7F..<0xA0: true
  case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F: true
  case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
  case 0x3164, 0xFE00...0xFE0D, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB: true
  case 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: true
  default: false
  }
}
