import Foundation
import Speech
import Testing
import Wording
import Workbench

@testable import kam

/// Commands that sentences, help and the README tell people to run are read by the parser here, with their options.
@Suite("What people are told to run")
struct AdviceTests {
  @Test("every kam command that a sentence, help or the README names can be read as it is written")
  func isRead() throws {
    let advised = try Advice.all()
    #expect(advised.count >= 80)
    #expect(advised.contains { $0.text.contains("user edit") })
    for advice in advised {
      // In French, "kam" is the subject of sentences.
      guard advice.isFrench == false || VerbTable.find(advice.words) != nil else { continue }
      if let problem = advice.problem() {
        Issue.record("“\(advice.text)”, \(advice.file): \(problem)")
      }
    }
  }

  @Test("every action that a sentence offers is a command that can be read", arguments: Action.samples)
  func actionIsRead(action: Action) throws {
    for language in [Language.english, .french] {
      let said = Phrase.action(action).text(in: language.read(in: CommandWords()))
      let advice = try #require(Advice("an action", said))
      #expect(advice.problem() == nil)
    }
    #expect(!action.words.description.contains("kam "))
  }

  @Test(
    "no sentence of a library names a command or an option: how a thing is done is the front end's to say")
  func librariesNameNoCommand() throws {
    let named = try Advice.inLibraries()
    #expect(named.isEmpty, "\(named.joined(separator: "\n"))")
  }
}

extension Action {
  /// One of each.
  fileprivate static let samples: [Action] = [
    .sync, .join, .joinMovedServer, .status, .doctor, .take(conflict: 3), .listRecords(kind: "person"),
    .describeFields(kind: "task"), .restore(record: "7QK2"), .listImports,
    .listContacts(account: "acme"), .listTasks(department: "logistics"), .listConflicts, .listRefusedEdits,
    .rename(account: "CODE"), .engageDepartment, .addExchangeRate(from: "USD", to: "EUR"),
    .history(record: "7QK2"), .check, .witness, .listTwins, .endDevice(3), .endDevice(nil), .listDevices,
    .delete(kind: "survey-response", record: "7QK2"),
    .merge(keep: "7QK2", other: "8RF3"), .keepApart("7QK2", "8RF3"), .share(account: "7QK2"),
    .share(account: nil), .reopen(task: "7QK2"), .publish(template: "7QK2"), .open(campaign: "7QK2"),
    .finalise(interview: "7QK2"), .addContact, .makeMember(email: "ana@demo.example"),
    .disengage(account: "acme", department: "finance"),
    .addCriterion, .judgeAccount, .addTarget, .assignContact,
  ]
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
    "found", "speaks", "complete",
  ]

  init?(_ file: String, _ text: String) {
    let words = text.matches(of: /"[^"]*"|'[^']*'|[^ ]+/).map { String($0.output) }
    guard words.count > 1, !Self.prose.contains(words[1]) else { return nil }
    self.file = file
    self.text = text
    self.words = Array(words.dropFirst())
  }

  /// Why the command would be refused; nil: it is read.
  func problem() -> String? {
    if words[0] == "help" { return helpProblem() }
    if words.last == "--help" { return VerbTable.find(words) == nil ? "there is no such command" : nil }
    guard let (verb, rest) = VerbTable.find(words) else {
      return VerbTable.isNoun(words[0])
        && !(words.dropFirst().first?.wholeMatch(of: /[a-z-]+/) != nil && isWhole)
        ? nil : "there is no such command"
    }
    let line = isWhole ? Array(rest) : beginning(rest, of: verb)
    do {
      let read = try Words(line, of: verb)
      guard isWhole, let type = VerbTable.commands.first(where: { $0.name == verb.path }) else { return nil }
      try read.give(to: takers(of: type.init()))
      return nil
    } catch let failure as Failure {
      // A sentence may name a command alone.
      return line.isEmpty && failure.sentence.description.contains(" is missing: ")
        ? nil : failure.sentence.description
    } catch {
      return "\(error)"
    }
  }

  /// The README has commands to copy; in a sentence the words go on behind one.
  private var isWhole: Bool { file == "README.md" }

  private func helpProblem() -> String? {
    let asked = words.prefix { $0.wholeMatch(of: /[A-Za-z-]+/) != nil }
    if asked.dropFirst().first?.wholeMatch(of: /[A-Z]+/) != nil { return nil }
    let lines = try? Help(language: .english, width: 80).asked(Array(asked))
    return lines == nil ? "help does not know it" : nil
  }

  /// Options with their values, and what stands for values; then the sentence goes on.
  private func beginning(_ rest: [String], of verb: Verb) -> [String] {
    let parameters = verb.parameters()
    var line: [String] = []
    var rest = rest[...]
    while let word = rest.popFirst() {
      if word.hasPrefix("--"), word.count > 2 {
        line.append(word)
        let isFlag = parameters.contains { $0.name == word.dropFirst(2) && $0.form == .flag }
        if !isFlag, !word.contains("="), let value = rest.popFirst() { line.append(value) }
      } else if word.wholeMatch(of: /[A-Z]{2,}|VALUE|"[^"]*"|[0-9][0-9A-Z]*/) != nil {
        line.append(word)
      } else {
        break
      }
    }
    return line
  }
}

// MARK: - Where they stand

extension Advice {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func all() throws -> Set<Advice> {
    var all: Set<Advice> = []
    for line in try lines(of: root.appending(path: "README.md")) where line.hasPrefix("kam ") {
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
        if file.pathExtension == "swift" { all.formUnion(try named(in: file)) }
      }
    }
    return all
  }

  /// What in the literals of the modules that no front end is part of reads as a command or an option.
  static func inLibraries() throws -> [String] {
    try libraries.flatMap { library -> [String] in
      let folder = root.appending(path: "Sources/\(library)")
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      return try (files?.allObjects ?? []).compactMap { $0 as? URL }
        // Names in a style sheet begin as options do.
        .filter {
          $0.pathExtension == "swift" && !$0.path.contains("/French/") && !$0.path.hasSuffix("Style.swift")
        }
        .flatMap { file in
          try stringLiterals(in: String(contentsOf: file, encoding: .utf8)).flatMap { literal in
            literal.key.matches(of: /(?:^|[^\w\/.-])(?:kam ([a-z][a-z-]*)|--(?:[a-z][a-z-]+|%[0-9]))/)
              .filter { $0.output.1.map { !prose.contains(String($0)) } ?? true }
              .map { "\(file.lastPathComponent): \($0.output.0)" }
          }
        }
    }
  }

  private static let libraries = [
    "Wording", "PlanModel", "Indicators", "Replica", "SyncClient", "Speech", "Workbench", "Pages",
    "Views", "Interchange", "Markup",
  ]

  private static func lines(of file: URL) throws -> [String] {
    // A sentence may go on in the next line.
    try String(contentsOf: file, encoding: .utf8).replacing(/\\\n\s*/, with: "").split(separator: "\n")
      .map(String.init)
  }

  private static func named(in file: URL) throws -> [Advice] {
    try lines(of: file).filter { !$0.contains(/^\s*\/\//) }.flatMap { line in
      withoutInterpolations(unquoted(line, in: file)).matches(
        of: /(?:^|[^\w\/.-])(kam [a-z][^"`.;:,()]*)/
      ).compactMap { match in
        Advice(file.lastPathComponent, String(match.output.1))
      }
    }
  }

  /// The quotation marks of a sentence do not end it; in the catalogue no others stand.
  private static func unquoted(_ line: String, in file: URL) -> String {
    line.replacing(file.lastPathComponent.hasSuffix("Sentences.swift") ? "\"" : "\\\"", with: "'")
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
}
