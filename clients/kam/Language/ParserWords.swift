import Foundation
import Wording

// ArgumentParser speaks English only, and nothing of what it says can be set from outside. So its text is turned into
// the reader's language when it is printed. What it does not know here stays English: nothing is lost by it.

extension Language {
  /// Help, or a message about a command line, as ArgumentParser made it.
  func parserWords(_ text: String) -> String {
    guard code != "en" else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { fragments(in: sentence(ofParser: String($0))) }.joined(separator: "\n")
  }

  private func sentence(ofParser line: String) -> String {
    for pattern in parserPatterns {
      guard let arguments = arguments(of: line, in: pattern) else { continue }
      return sentence(pattern, with: arguments.map(separated))
    }
    return line
  }

  /// Several values, which are told apart by the marks that stand around one: "a', 'b' or 'c".
  private func separated(_ values: String) -> String {
    parserSeparators.reduce(values) { $0.replacing($1, with: sentence($1, with: [])) }
  }

  /// What may stand anywhere in a line, with spaces after it that keep the column behind it in its place.
  private func fragments(in line: String) -> String {
    var line = line
    for fragment in parserFragments {
      guard let place = line.range(of: fragment) else { continue }
      let translated = sentence(fragment, with: [])
      let surplus = max(0, translated.count - fragment.count)
      let spaces = line[place.upperBound...].prefix { $0 == " " }.count
      let end = line.index(place.upperBound, offsetBy: spaces > surplus + 1 ? surplus : 0)
      line.replaceSubrange(place.lowerBound..<end, with: translated)
    }
    return line
  }
}

/// Whole lines; of two that fit, the narrower one stands first.
private let parserPatterns = [
  "OVERVIEW: %1", "USAGE: %1", "Usage: %1", "ARGUMENTS:", "OPTIONS:", "SUBCOMMANDS:", "%1 SUBCOMMANDS:",
  "  See '%1' for detailed help.", "  See '%1' for more information.", "Help:  %1",
  "Unknown option '%1'. Did you mean '%2'?", "Unknown option '%1'", "   or: Missing value for '%1' in '%2'",
  "Missing value for '%1'", "The option '%1' does not take any value, but '%2' was specified.",
  "Unexpected argument '%1'", "%1 unexpected arguments: '%2'", "Missing expected argument '%1'",
  "Missing one of: '%1'", "The value '%1' is invalid for '%2'. Please provide one of '%3'.",
  "The value '%1' is invalid for '%2': %3", "The value '%1' is invalid for '%2'",
  "Value to be set with flag '%1' had already been set with flag '%2'", "Invalid option: %1",
  "Missing required subcommand.", "%1Show help information.", "%1Show the version.",
  "%1Show subcommand help information.",
]

private let parserSeparators = ["', '", "' or '", "' and '"]

private let parserFragments = ["(default:", "; default:", "(default)", "(values:"]

/// What stands in the places of a pattern; nil when the line is not of its form.
private func arguments(of line: String, in pattern: String) -> [String]? {
  var arguments: [String] = []
  var line = line[...]
  var pattern = pattern[...]
  while let place = pattern.firstIndex(of: "%") {
    guard line.hasPrefix(pattern[..<place]) else { return nil }
    line = line.dropFirst(pattern[..<place].count)
    pattern = pattern[place...].dropFirst(2)
    let literal = pattern.prefix { $0 != "%" }
    if literal.count == pattern.count {
      guard line.hasSuffix(literal) else { return nil }
      return arguments + [String(line.dropLast(literal.count))]
    }
    guard let end = line.firstRange(of: literal)?.lowerBound else { return nil }
    arguments.append(String(line[..<end]))
    line = line[end...]
  }
  return line == pattern ? arguments : nil
}
