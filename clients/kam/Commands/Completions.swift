import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

struct Completions: Command {
  static let name = "completions"
  static let about: Phrase = "Print a script that completes commands, fields, choices, accounts and people."
  static let more: Phrase = """
    bash: source <(kam completions bash)
    zsh: source <(kam completions zsh)
    fish: kam completions fish | source
    """

  enum Program: String, NamedChoice { case bash, zsh, fish }

  @Takes("SHELL", "bash, zsh or fish.") var program: Program

  func run(in shell: Shell) {
    switch program {
    case .bash:
      print(
        """
        _kam() {
          local word
          COMPREPLY=()
          while IFS= read -r word; do
            COMPREPLY+=("$(printf %q "$word")")
          done < <(kam complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)
        }
        complete -o default -F _kam kam
        """)
    case .zsh:
      print(
        """
        #compdef kam
        _kam() {
          local -a found
          local line
          for line in ${(f)"$(kam complete -- "${words[@]:1:$((CURRENT-1))}" 2>/dev/null)"}; do
            found+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}")
          done
          _describe kam found || _files
        }
        compdef _kam kam
        """)
    case .fish:
      print(
        """
        complete -c kam -f -a '(kam complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
        """)
    }
  }
}

/// Answers the shells' scripts: one candidate a line, a tab, and what it is.
struct Complete: Command {
  static let name = "complete"
  static let about: Phrase = "Print what can stand in the place of the last word."

  @Takes("WORD", "The words of a command line, as far as it is written.") var words: [String] = []

  func run(in shell: Shell) {
    let current = words.last ?? ""
    for candidate in Candidates(shell: shell).after(Array(words.dropLast()), current)
    where candidate.word.hasPrefix(current) && !hasShellSigns(candidate.word) {
      print("\(visible(candidate.word))\t\(visible(candidate.help))")
    }
  }
}

/// What can stand in a place of a command line.
private struct Candidates {
  typealias Candidate = (word: String, help: String)

  let shell: Shell

  private func said(_ phrase: Phrase) -> String { shell.reader.said(phrase) }
  private func said(word: String) -> String { shell.reader.said(word: word) }

  /// - Parameter before: The words of the command line that are whole.
  func after(_ before: [String], _ current: String) -> [Candidate] {
    guard let first = before.first else {
      return (VerbTable.firstWords + ["help"]).map { ($0, said(VerbTable.about($0))) }
    }
    if first == "help" { return before.count == 1 ? after([], current) : [] }
    var candidates: [Candidate] = []
    if before.count == 1, VerbTable.isNoun(first), !current.hasPrefix("-") {
      candidates = VerbTable.verbs(of: first).filter { $0.path.hasPrefix(first + " ") }.map {
        (String($0.path.dropFirst(first.count + 1)), said($0.about))
      }
    }
    guard let (verb, rest) = VerbTable.find(before) else { return candidates }
    return candidates + self.candidates(verb, rest, current)
  }

  private func candidates(_ verb: Verb, _ rest: [String], _ current: String) -> [Candidate] {
    let parameters = verb.parameters()
    if let last = rest.last,
      let option = parameters.first(where: { $0.form != .flag && "--" + $0.name == last }),
      option.isOption
    {
      return values(option, of: verb)
    }
    if current.hasPrefix("-") {
      return parameters.filter(\.isOption).map { ("--" + $0.name, said($0.help)) }
    }
    let flags = Set(parameters.filter { $0.form == .flag }.map(\.name))
    let given = (try? Words(rest, flags: flags))?.positionals.count ?? 0
    let places = parameters.filter(\.isPosition)
    guard let place = given < places.count ? places[given] : places.last,
      given < places.count || place.isRepeated
    else { return [] }
    return values(place, of: verb)
  }

  private func values(_ parameter: Parameter, of verb: Verb) -> [Candidate] {
    if !parameter.choices.isEmpty { return parameter.choices.map { ($0, "") } }
    if parameter.name == "clear" {
      let kind = verb.path.split(separator: " ").first.flatMap { PlanModel.kind(named: $0) }
      return kind?.registers.map { ($0.name, said(word: $0.help)) } ?? []
    }
    if let register = parameter.register { return values(register) }
    switch parameter.placeholder {
    case "DEPARTMENT": return departments
    case "EMAIL", "WHO", "FROM", "TO", "PERSON": return people
    case "KIND": return PlanModel.kinds.map { ($0.name, said(word: $0.label)) }
    case "RECORD": return places(kind: .account)
    case let name: return PlanModel.kinds.first { $0.placeholder == name }.map(places) ?? []
    }
  }

  private func values(_ register: RegisterDescription) -> [Candidate] {
    if register.type.isDepartment { return departments }
    switch register.type {
    case .choice(let choices): return choices.all.map { ($0.name, "") }
    case .flag: return [("yes", ""), ("no", "")]
    case .date: return [("today", ""), ("tomorrow", ""), ("+7d", said("in a week"))]
    case .reference(KindDescription.person.number): return people
    case .reference(let number): return PlanModel.kind(number).map(places) ?? []
    default: return []
    }
  }

  private var departments: [Candidate] {
    (try? Workspace(shell).departments().all.map { ($0.word, $0.name) }) ?? []
  }

  private var people: [Candidate] {
    [("me", said("yourself"))] + ((try? Workspace(shell).people().all.map { ($0.email, $0.name) }) ?? [])
  }

  /// How records of a kind are named on a command line.
  private func places(kind: KindDescription) -> [Candidate] {
    guard let workspace = try? Workspace(shell) else { return [] }
    if kind.number == KindDescription.account.number {
      let accounts = try? workspace.accounts().all.filter { $0.isAlive && !$0.slug.isEmpty }
      return accounts?.map { ($0.slug, $0.name) } ?? []
    }
    guard let views = try? workspace.replica.records(ofKind: kind.number, where: { _, alive in alive }),
      let handles = try? workspace.replica.handles(for: views.map(\.id))
    else { return [] }
    return views.compactMap { view in handles[view.id].map { ($0.description, workspace.title(view)) } }
  }
}
