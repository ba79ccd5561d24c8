import Speech
import Workbench

/// A string literal of a Swift file, as ``Wording/Phrase`` makes a key of it: interpolations are %1, %2, …
struct SourceLiteral: Equatable {
  let key: String
  let line: Int
  /// The code before it on its line, for telling what it is given to.
  let before: String
}

extension SourceLiteral {
  /// Whether it reads as something for people: several words, marks that languages set differently, or one word that is
  /// given to what says it.
  var isForPeople: Bool {
    let hasLetters = key.unicodeScalars.contains { $0.properties.isAlphabetic }
    if hasLetters, key.contains(" ") { return true }
    if key.contains("%1") { return key.contains("“") || key.contains(": ") || key.contains("; ") }
    return hasLetters && isSaid
  }

  var isSaid: Bool {
    let speakers = [
      "said(", "explained(", "title: ", "word(", "word: ", "named(", "withArticle(", "capitalized(",
      "unchanged: ", "done: ", ": Phrase = ", "heading(",
    ]
    return speakers.contains { before.hasSuffix($0) } || before.contains("counted(") && before.hasSuffix(", ")
  }
}

/// The string literals of a Swift file, in order; those inside interpolations come before the one around them.
///
/// Knows comments, escapes, raw strings, `"""` with its indentation and its `\` at the end of a line. Not regular
/// expressions between slashes, of which the sources have none.
func stringLiterals(in source: String) -> [SourceLiteral] {
  var lexer = LiteralLexer(source)
  lexer.code(until: nil)
  return lexer.found
}

private struct LiteralLexer {
  private let text: [Unicode.Scalar]
  private var place = 0
  private var line = 1
  private(set) var found: [SourceLiteral] = []

  /// Stands for an interpolation until the indentation has been taken off; not a character of any source.
  private static let interpolation: Unicode.Scalar = "\u{F8FF}"
  /// Stands for a line break that is written as an escape.
  private static let writtenBreak: Unicode.Scalar = "\u{F8FE}"
  /// Stands for a line's end that is none.
  private static let continuation: Unicode.Scalar = "\u{F8FD}"

  init(_ source: String) { text = Array(source.unicodeScalars) }

  private func isNext(_ wanted: String, at offset: Int = 0) -> Bool {
    var place = place + offset
    for scalar in wanted.unicodeScalars {
      guard place < text.count, text[place] == scalar else { return false }
      place += 1
    }
    return true
  }

  private mutating func skip(_ count: Int = 1) {
    for _ in 0..<count where place < text.count {
      if text[place] == "\n" { line += 1 }
      place += 1
    }
  }

  /// - Parameter end: ")" inside an interpolation; nil: to the end of the file.
  mutating func code(until end: Unicode.Scalar?) {
    var depth = 0
    while place < text.count {
      if isNext("//") {
        while place < text.count, text[place] != "\n" { skip() }
      } else if isNext("/*") {
        comment()
      } else if text[place] == "\"" || text[place] == "#" && startsRawString() {
        literal()
      } else {
        if text[place] == "(" { depth += 1 }
        if text[place] == ")" {
          if depth == 0, end == ")" { return skip() }
          depth -= 1
        }
        skip()
      }
    }
  }

  private func startsRawString() -> Bool {
    var offset = 0
    while isNext("#", at: offset) { offset += 1 }
    return isNext("\"", at: offset)
  }

  /// Comments nest.
  private mutating func comment() {
    var depth = 0
    repeat {
      if isNext("/*") {
        depth += 1
        skip(2)
      } else if isNext("*/") {
        depth -= 1
        skip(2)
      } else {
        skip()
      }
    } while depth > 0 && place < text.count
  }

  private mutating func literal() {
    let first = line
    let before = codeBefore()
    var pounds = ""
    while isNext("#") {
      pounds += "#"
      skip()
    }
    let isLong = isNext("\"\"\"")
    let quote = isLong ? "\"\"\"" : "\""
    skip(quote.count)
    var content: [Unicode.Scalar] = []
    while place < text.count, !isNext(quote + pounds) {
      if isNext("\\" + pounds) {
        skip(1 + pounds.count)
        escape(&content)
      } else {
        content.append(text[place])
        skip()
      }
    }
    skip(quote.count + pounds.count)
    found.append(
      SourceLiteral(key: key(isLong ? withoutIndentation(content) : content), line: first, before: before))
  }

  /// What follows a backslash.
  private mutating func escape(_ content: inout [Unicode.Scalar]) {
    guard place < text.count else { return }
    let character = text[place]
    skip()
    switch character {
    case "(":
      code(until: ")")
      content.append(Self.interpolation)
    case "n": content.append(Self.writtenBreak)
    case "t": content.append("\t")
    case "r": content.append("\r")
    case "0": content.append("\0")
    case "u":
      skip()
      var digits = ""
      while place < text.count, text[place] != "}" {
        digits.unicodeScalars.append(text[place])
        skip()
      }
      skip()
      if let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) { content.append(scalar) }
    case " ", "\t", "\n":
      // The line goes on in the next one.
      place -= 1
      if character == "\n" { line -= 1 }
      while place < text.count, text[place] != "\n" { skip() }
      skip()
      content.append(Self.continuation)
    default: content.append(character)
    }
  }

  private func codeBefore() -> String {
    var start = place
    while start > 0, text[start - 1] != "\n" { start -= 1 }
    return String(String.UnicodeScalarView(text[start..<place]))
  }

  /// Takes off the first and last line break of a `"""` literal, and what its last line is indented by.
  private func withoutIndentation(_ content: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var lines: [[Unicode.Scalar]] = [[]]
    // A line that goes on in the next one ends here too: the next has an indentation as well.
    var goesOn: [Bool] = []
    for scalar in content {
      if scalar == "\n" || scalar == Self.continuation {
        goesOn.append(scalar == Self.continuation)
        lines.append([])
      } else {
        lines[lines.count - 1].append(scalar)
      }
    }
    let indentation = lines.last?.count ?? 0
    var result: [Unicode.Scalar] = []
    for number in lines.indices.dropFirst().dropLast() {
      result += lines[number].dropFirst(indentation)
      if !goesOn[number], number < lines.count - 2 { result.append("\n") }
    }
    return result
  }

  private func key(_ content: [Unicode.Scalar]) -> String {
    var result = ""
    var arguments = 0
    for scalar in content {
      switch scalar {
      case Self.interpolation:
        arguments += 1
        result += "%\(arguments)"
      case Self.writtenBreak: result += "\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
