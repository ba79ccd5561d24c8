// How many columns a terminal gives to text.

/// Columns that `text` takes; it has been made visible before.
package func columns(_ text: String) -> Int {
  var text = text
  let isPlain = text.withUTF8 { bytes in !bytes.contains { $0 >= 0x80 } }
  return isPlain ? text.utf8.count : text.reduce(0) { $0 + columns($1) }
}

private func columns(_ character: Character) -> Int {
  guard let first = character.unicodeScalars.first else { return 0 }
  // Emoji presentation, or a flag's two letters.
  if character.unicodeScalars.count > 1,
    character.unicodeScalars.contains(where: { $0.value == 0xFE0F || (0x1F1E6...0x1F1FF).contains($0.value) })
  {
    return 2
  }
  return columns(first)
}

private func columns(_ scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x300 { return 1 }
  if isWide(value) { return 2 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: return 1
  }
}

/// East Asian Wide and Fullwidth, and the emoji that are shown as pictures by themselves.
///
/// - SeeAlso: Unicode Standard Annex #11.
private func isWide(_ value: UInt32) -> Bool {
  switch value {
  case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0, 0x23F3, 0x25FD...0x25FE:
    true
  case 0x2614...0x2615, 0x2648...0x2653, 0x267F, 0x2693, 0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE: true
  case 0x26C4...0x26C5, 0x26CE, 0x26D4, 0x26EA, 0x26F2...0x26F3, 0x26F5, 0x26FA, 0x26FD, 0x2705: true
  case 0x270A...0x270B, 0x2728, 0x274C, 0x274E, 0x2753...0x2755, 0x2757, 0x2795...0x2797, 0x27B0, 0x27BF: true
  case 0x2B1B...0x2B1C, 0x2B50, 0x2B55, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF:
    true
  case 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F:
    true
  case 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F004, 0x1F0CF, 0x1F18E: true
  case 0x1F191...0x1F19A, 0x1F1E6...0x1F202, 0x1F210...0x1F23B, 0x1F240...0x1F248, 0x1F250...0x1F251: true
  case 0x1F260...0x1F265, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F7E0...0x1F7EB, 0x1F90C...0x1F9FF: true
  case 0x1FA70...0x1FAFF, 0x20000...0x3FFFD: true
  default: false
  }
}

/// The beginning of `text` that fits in `width` columns, with `ellipsis` at its end when something is left out.
package func fitted(_ text: String, to width: Int, ellipsis: String) -> String {
  guard columns(text) > width else { return text }
  let room = max(0, width - columns(ellipsis))
  var result = ""
  var used = 0
  for character in text {
    let wide = columns(character)
    if used + wide > room { break }
    result.append(character)
    used += wide
  }
  while result.last == " " { result.removeLast() }
  return columns(ellipsis) <= width ? result + ellipsis : result
}

package func padded(_ text: String, to width: Int, right: Bool = false) -> String {
  let spaces = String(repeating: " ", count: max(0, width - columns(text)))
  return right ? spaces + text : text + spaces
}

/// Breaks text at spaces into lines of at most `width` columns; a word that is longer is cut. Spaces at the beginning
/// indent every line.
package func wrapped(_ text: String, to width: Int) -> [String] {
  guard columns(text) > width, width > 0 else { return [text] }
  let indent = String(text.prefix { $0 == " " }.prefix(width / 2))
  let room = width - indent.count
  var lines: [String] = []
  var line = ""
  for word in text.drop(while: { $0 == " " }).split(separator: " ", omittingEmptySubsequences: false) {
    var word = String(word)
    if !line.isEmpty, columns(line) + 1 + columns(word) <= room {
      line += " " + word
      continue
    }
    while line.last == " " { line.removeLast() }
    if !line.isEmpty { lines.append(indent + line) }
    while columns(word) > room {
      let head = fitted(word, to: room, ellipsis: "")
      if head.isEmpty { break }
      lines.append(indent + head)
      word.removeFirst(head.count)
    }
    line = word
  }
  return line.isEmpty ? lines : lines + [indent + line]
}
