import Foundation
import Testing

/// What a sentence tells people to run must be there to be run.
@Suite struct AdviceTests {
  /// Where "kamd" is a word of a sentence, not the beginning of a command.
  private static let prose: Set = ["has", "is", "does", "may", "that", "and", "to", "keeps", "changes"]

  @Test("every kamd command that a sentence or a page names exists")
  func commandsExist() async throws {
    try await Workplace.run { place in
      let named = try Self.named()
      #expect(
        named.contains("kamd certificate renew") && named.contains("kamd user add") && named.count >= 10)
      for command in named.sorted() {
        let words = command.split(separator: " ").dropFirst().map(String.init)
        let help = try await place.run(Built.kamd, words + ["--help"])
        #expect(
          help.status == 0 && help.output.contains("USAGE: \(command)"), "\(command) is advised: \(help.told)"
        )
      }
    }
  }

  /// Commands with their subcommands: `kamd user add`, `kamd serve`.
  private static func named() throws -> Set<String> {
    let root = URL(filePath: Built.package)
    var files = ["README.md", "SECURITY.md", "Protocol/sync.md"].map { root.appending(path: $0) }
    for folder in ["Sources", "clients"] {
      let found = FileManager.default.enumerator(
        at: root.appending(path: folder), includingPropertiesForKeys: nil)
      while let file = found?.nextObject() as? URL {
        if file.pathExtension == "swift" { files.append(file) }
      }
    }
    var commands: Set<String> = []
    for file in files {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        guard !line.contains(/^\s*\/\//) else { continue }
        for match in line.matches(of: /(?:^|[^\w\/.-])kamd ([a-z]+)(?: ([a-z|]+))?/) {
          let word = String(match.output.1)
          guard !prose.contains(word) else { continue }
          let isGroup = ["user", "device", "department", "audit", "certificate"].contains(word)
          let verbs = match.output.2.map { $0.split(separator: "|") } ?? []
          if isGroup, let first = verbs.first, !["of", "on", "in"].contains(first) {
            for verb in verbs { commands.insert("kamd \(word) \(verb)") }
          } else {
            commands.insert("kamd \(word)")
          }
        }
      }
    }
    return commands
  }

  @Test(
    "every kam command that a sentence or the README names exists, with its options, and takes as many words")
  func clientCommandsParse() async throws {
    try await Workplace.run { place in
      let advised = try Advice.all()
      #expect(advised.count >= 80)
      #expect(advised.contains { $0.text.contains("exchange-rate add") })
      var helps: [[String]: String] = [:]
      for advice in advised {
        var words: [String] = []
        var help = ""
        // The longest beginning that is a command.
        for word in advice.words.prefix(3) where word.wholeMatch(of: /[a-z][a-z-]*/) != nil {
          let longer = words + [word]
          if helps[longer] == nil {
            let told = try await place.run(Built.kam, longer + ["--help"])
            helps[longer] = told.status == 0 ? told.output : ""
          }
          guard let known = helps[longer], known.contains("USAGE: kam \(longer.joined(separator: " "))")
          else { break }
          (words, help) = (longer, known)
        }
        // In French, "kam" is the subject of sentences.
        if words.isEmpty, advice.isFrench { continue }
        #expect(!words.isEmpty, "there is no command as in “\(advice.text)”, \(advice.file)")
        for problem in advice.problems(after: words.count, help) {
          Issue.record("“\(advice.text)”, \(advice.file): \(problem)")
        }
      }
    }
  }
}

/// A command as a sentence names it.
private struct Advice: Hashable {
  let file: String
  let text: String
  /// What stands for a value is one word.
  let words: [String]
  var isFrench: Bool { file.hasSuffix("Sentences.swift") }

  /// Where "kam" is a word of a sentence.
  private static let prose: Set = [
    "is", "cannot", "does", "changes", "imports", "knows", "sends", "reason", "server", "certificate",
    "found",
    "speaks",
    "complete",
  ]

  static func all() throws -> Set<Advice> {
    let root = URL(filePath: Built.package)
    var all: Set<Advice> = []
    for line in try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8).split(
      separator: "\n")
    where line.hasPrefix("kam ") {
      for command in line.split(separator: /\s#\s|\s>\s/)[0].split(separator: ";") {
        if let advice = Advice("README.md", command.trimmingCharacters(in: .whitespaces)) {
          all.insert(advice)
        }
      }
    }
    for folder in ["Sources", "clients"] {
      let found = FileManager.default.enumerator(
        at: root.appending(path: folder), includingPropertiesForKeys: nil)
      while let file = found?.nextObject() as? URL {
        guard file.pathExtension == "swift" else { continue }
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        where !line.contains(/^\s*\/\//) {
          for match in withoutInterpolations(String(line)).matches(
            of: /(?:^|[^\w\/.-])(kam [a-z][^"`.;:,()]*)/)
          {
            if let advice = Advice(file.lastPathComponent, String(match.output.1)) { all.insert(advice) }
          }
        }
      }
    }
    return all
  }

  private init?(_ file: String, _ text: String) {
    let words = Self.words(of: text)
    guard words.count > 1, !Self.prose.contains(words[1]) else { return nil }
    self.file = file
    self.text = text
    self.words = Array(words.dropFirst())
  }

  /// "\(email)" and "%1" are VALUE.
  private static func withoutInterpolations(_ line: String) -> String {
    var result = ""
    var depth = 0
    var last: Character = " "
    for character in line {
      if depth > 0 {
        if character == "(" { depth += 1 } else if character == ")" { depth -= 1 }
      } else if character == "(", last == "\\" {
        depth = 1
        result.removeLast()
        result += "VALUE"
      } else {
        result.append(character)
      }
      last = character
    }
    return result.replacing(/%[0-9]/, with: "VALUE")
  }

  private static func words(of text: String) -> [String] {
    text.matches(of: /"[^"]*"|'[^']*'|[^ ]+/).map { String($0.output) }
  }

  /// What the command would refuse in the words after its name.
  func problems(after count: Int, _ help: String) -> [String] {
    var problems: [String] = []
    var values = 0
    var rest = words.dropFirst(count)
    while let word = rest.popFirst() {
      if word.hasPrefix("--"), word.count > 2 {
        let lines = help.split(separator: "\n").map { $0.drop { $0 == " " } }
        guard let shown = lines.first(where: { $0 == word || $0.hasPrefix(word + " ") }) else {
          problems.append("\(word) is no option of it")
          continue
        }
        let next = shown.dropFirst(word.count + 1).first
        if next == "<" || next == "\"" || next?.isUppercase == true { _ = rest.popFirst() }
      } else if word.wholeMatch(of: /[A-Z]{2,}|VALUE|"[^"]*"|[0-9][0-9A-Z]*/) != nil {
        values += 1
      } else if file != "README.md" {
        // The sentence goes on.
        break
      } else {
        values += 1
      }
    }
    let usage = help.split(separator: "\n").first { $0.hasPrefix("USAGE:") } ?? ""
    let taken = usage.replacing(/\[--[^\]]*\]|\[<options>\]|--[a-z-]+ <[^>]*>/, with: "")
      .matches(of: /<[^>]*>|[A-Z]{2,}(?![:A-Z])/).count
    let takesMore = usage.contains("...") || usage.contains("<subcommand>")
    if values > taken, !takesMore { problems.append("it takes \(taken) words, not \(values): \(usage)") }
    return problems
  }
}
