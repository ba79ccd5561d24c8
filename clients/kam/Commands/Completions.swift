import ArgumentParser
import PlanModel
import Replica
import SyncCore
import Wording

struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: said("Print a script that completes commands, fields, choices, accounts and people."),
    discussion: said(
      """
      bash: source <(kam completions bash)
      zsh: source <(kam completions zsh)
      fish: kam completions fish | source
      """))

  enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

  @Argument(help: explained("bash, zsh or fish.")) var shell: Shell

  func run() {
    switch shell {
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
struct Complete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: said("Print what can stand in the place of the last word."),
    shouldDisplay: false)

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var words: [String] = []

  func run() {
    let words = words.first == "--" ? Array(words.dropFirst()) : words
    let current = words.last ?? ""
    for candidate in candidates(Array(words.dropLast()), current)
    where candidate.word.hasPrefix(current) && !hasShellSigns(candidate.word) {
      print("\(visible(candidate.word))\t\(visible(candidate.help))")
    }
  }

  typealias Candidate = (word: String, help: String)

  private func candidates(_ before: [String], _ current: String) -> [Candidate] {
    let (command, rest) = Kam.command(of: before)
    let subcommands = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }
    if !subcommands.isEmpty { return subcommands.map { ($0.name, $0.configuration.abstract) } }
    let workspace = try? Workspace()
    guard let record = command as? any RecordCommand.Type else {
      return workspace.map { places(kind: nil, of: $0) } ?? []
    }
    let options = record.options
    if let last = rest.last, last.hasPrefix("--"), !last.contains("="),
      let option = options.first(where: { "--" + $0.name == last }), option.placeholder != nil
    {
      return values(option, record.kind, workspace)
    }
    if current.hasPrefix("-") { return options.map { ("--" + $0.name, said($0.help)) } }
    guard let workspace, let place = record.positionals.first, record.positionals.count > 0 else { return [] }
    let positions = rest.filter { !$0.hasPrefix("-") }.count
    if place == "ACCOUNT" { return positions == 0 ? places(kind: .account, of: workspace) : [] }
    return places(kind: record.kind, of: workspace)
  }

  private func values(_ option: FieldOption, _ kind: KindDescription?, _ workspace: Workspace?) -> [Candidate]
  {
    if option.name == "clear" { return kind?.registers.map { ($0.name, said(word: $0.help)) } ?? [] }
    if option.register?.type.isDepartment == true {
      return (try? workspace?.departments().all.map { ($0.word, $0.name) }) ?? []
    }
    switch option.register?.type {
    case .choice(let choices)?: return choices.all.map { ($0.name, "") }
    case .flag?: return [("yes", ""), ("no", "")]
    case .date?: return [("today", ""), ("tomorrow", ""), ("+7d", said("in a week"))]
    case .reference(KindDescription.person.number)?:
      return [("me", said("yourself"))] + ((try? workspace?.people().all.map { ($0.email, $0.name) }) ?? [])
    case .reference(let number)?: return workspace.map { places(kind: PlanModel.kind(number), of: $0) } ?? []
    default: return []
    }
  }

  /// How records of a kind are named on a command line.
  private func places(kind: KindDescription?, of workspace: Workspace) -> [Candidate] {
    guard let kind, kind.number != KindDescription.account.number else {
      return
        (try? workspace.accounts().all.filter { $0.isAlive && !$0.slug.isEmpty }.map { ($0.slug, $0.name) })
        ?? []
    }
    guard let views = try? workspace.replica.records(ofKind: kind.number, where: { _, alive in alive }),
      let handles = try? workspace.replica.handles(for: views.map(\.id))
    else { return [] }
    return views.compactMap { view in handles[view.id].map { ($0.description, workspace.title(view)) } }
  }
}

/// Whether a shell could take a part of a word for a command. What others have named so is not put on a command line, and not
/// named so here.
func hasShellSigns(_ word: String) -> Bool {
  word.unicodeScalars.contains { scalar in
    guard scalar.isASCII else { return scalar.properties.generalCategory == .control }
    return !scalar.properties.isAlphabetic && !("0"..."9").contains(scalar)
      && !" .,:_+-@/%=".unicodeScalars.contains(scalar)
  }
}

extension RecordCommand {
  fileprivate static var kind: KindDescription? { N.kind }
}
