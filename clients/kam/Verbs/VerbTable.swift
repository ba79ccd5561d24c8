import PlanModel
import Speech
import Wording
import Workbench

/// All that kam can be told to do. Nothing of it is made before it is looked for.
enum VerbTable {
  /// The verb that a command line begins with, and the words after it.
  ///
  /// - Returns: nil when there is none: a noun alone, or a word that is not a command.
  static func find(_ words: [String]) -> (verb: Verb, rest: [String])? {
    guard let first = words.first else { return nil }
    if words.count > 1 {
      if let verb = verb(named: "\(first) \(words[1])") { return (verb, Array(words.dropFirst(2))) }
    }
    return verb(named: first).map { ($0, Array(words.dropFirst())) }
  }

  /// - Parameter name: "task claim", "sync".
  static func verb(named name: String) -> Verb? {
    let name = usual[name] ?? name
    let parts = name.split(separator: " ").map(String.init)
    // First what is looked for most.
    if parts.count == 2, let verb = noun(parts[0]).flatMap({ recordVerb(parts[1], $0) }) { return verb }
    if let command = commands.first(where: { $0.name == name }) { return Verb(command) }
    return parts.count == 1 ? recordVerb(name, nil) : nil
  }

  /// The verbs of a noun, in the order of help: "task" has add, list, …, claim.
  static func verbs(of noun: String) -> [Verb] {
    let own = commands.filter { $0.name.hasPrefix(noun + " ") || $0.name == noun }.map { Verb($0) }
    guard let kind = self.noun(noun) else { return own }
    let names = Set(own.map(\.path))
    return recordVerbs(of: kind).filter { !names.contains("\(noun) \($0)") }.compactMap {
      recordVerb($0, kind)
    } + own
  }

  /// Whether a word alone is a noun, with verbs of its own.
  static func isNoun(_ word: String) -> Bool {
    noun(word) != nil || commands.contains { $0.name.hasPrefix(word + " ") }
  }

  /// The kind that a word of the command line means. Comments have a verb of another form.
  static func noun(_ word: String) -> KindDescription? {
    PlanModel.kind(named: word).flatMap { $0.number == KindDescription.comment.number ? nil : $0 }
  }

  /// The first words of all commands, once each, without those for programs.
  static var firstWords: [String] {
    var words: [String] = []
    for (_, members) in sections { words += members }
    return words
  }

  /// What a first word is about.
  static func about(_ word: String) -> Phrase {
    if let about = groups[word] { return about }
    if let kind = noun(word) { return "Work with \(word: kind.plural)." }
    return verb(named: word)?.about ?? .nothing
  }

  /// Why a command line names no verb, with the nearest that does.
  static func unknown(_ words: [String]) -> Failure? {
    guard let word = words.first, !word.hasPrefix("-") else { return nil }
    guard isNoun(word) || verb(named: word) != nil else {
      return unknown(
        word, under: "kam", alike: nearest(to: word, among: firstWords + ["help"]), see: "kam help all")
    }
    guard let next = words.dropFirst().first, !next.hasPrefix("-"), find(Array(words.prefix(2)))?.rest != []
    else { return nil }
    let verbs = verbs(of: word).compactMap { verb in
      verb.path.hasPrefix(word + " ") ? String(verb.path.dropFirst(word.count + 1)) : nil
    }
    // A word after a verb that takes words is one of those.
    if let verb = verb(named: word), verbs.isEmpty || verb.parameters().contains(where: \.isPosition) {
      return nil
    }
    if verb(named: word) != nil, nearest(to: next, among: verbs).isEmpty { return nil }
    var alike = nearest(to: next, among: verbs)
    if alike.isEmpty, self.verb(named: next) != nil { alike = ["`kam \(next)`"] }
    return unknown(next, under: "kam \(word)", alike: alike, see: "kam \(word) --help")
  }

  private static func unknown(
    _ word: String, under place: String, alike: [String], see help: String
  ) -> Failure {
    .usage(
      alike.isEmpty
        ? "There is no command `\(place) \(word)`. See `\(help)`."
        : "There is no command `\(place) \(word)`. Did you mean \(enumerated(alike.map { .verbatim($0) }, or: true))?"
    )
  }
}

// MARK: - Verbs of kinds

extension VerbTable {
  /// What can be done to every record, as far as its kind's description allows it.
  static func recordVerbs(of kind: KindDescription?) -> [String] {
    guard let kind else { return ["show", "edit", "delete", "restore"] }
    if kind.isServerWritten { return ["list", "show"] }
    if kind.isServerMade || kind.isSingleton { return ["list", "show", "edit"] }
    return ["add", "list", "show", "edit", "delete", "restore"]
  }

  /// - Parameter kind: nil: of any kind.
  static func recordVerb(_ word: String, _ kind: KindDescription?) -> Verb? {
    guard recordVerbs(of: kind).contains(word) else { return nil }
    switch word {
    case "add": return kind.map { AddRecord($0).verb }
    case "list": return kind.map { ListRecords($0).verb }
    case "show": return ShowRecord(kind).verb
    case "edit": return EditRecord(kind).verb
    case "delete": return DeleteRecord(kind).verb
    case "restore": return RestoreRecord(kind).verb
    default: return nil
    }
  }
}
