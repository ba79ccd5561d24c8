import PlanModel
import Speech
import Wording
import Workbench

/// What kam says of itself, as lines for a terminal of a width.
struct Help {
  private let language: Language
  private let width: Int

  init(language: Language, width: Int) {
    self.language = language
    self.width = width
  }

  init(_ shell: Shell) { self.init(language: shell.language, width: shell.console.width ?? 80) }

  private static let words: Set = ["--help", "-h"]

  /// The answer when help was asked for; nil: it was not.
  ///
  /// - Parameter words: The command line.
  /// - Throws: ``Failure`` when there is nothing to say about what was asked.
  func asked(_ words: [String]) throws -> [Line]? {
    guard let first = words.first else { return daily() }
    let isHelp = first == "help" || Self.words.contains(first)
    if isHelp { return try about(words.dropFirst().filter { !Self.words.contains($0) }) }
    let isAsked = words.prefix { $0 != "--" }.contains(where: Self.words.contains)
    let named = Array(words.prefix { !$0.hasPrefix("-") })
    guard isAsked else {
      return named.count == 1 && words.count == 1 && isOnlyNoun(first) ? noun(first) : nil
    }
    if let unknown = VerbTable.unknown(named) { throw unknown }
    return page(of: named) ?? page(of: Array(named.prefix(2))) ?? page(of: Array(named.prefix(1))) ?? daily()
  }

  private func isOnlyNoun(_ word: String) -> Bool {
    VerbTable.isNoun(word) && VerbTable.verb(named: word) == nil
  }

  /// What `kam help` says of the words after it.
  private func about(_ words: [String]) throws -> [Line] {
    if words.isEmpty { return daily() }
    if words == ["all"] { return all() }
    if words == ["records"] { return records() }
    if let page = page(of: words) { return page }
    let found = VerbTable.found(words.joined(separator: " "))
    guard !found.isEmpty else {
      throw Failure.usage(
        "Nothing that kam does is called “\(words.joined(separator: " "))”. `kam help all` lists every command."
      )
    }
    return paragraph("Commands that have to do with “\(words.joined(separator: " "))”:") + [Line("")]
      + rows(found.map { ("kam \($0.path)", $0.about) }) + [Line("")]
      + paragraph("More about one: `kam help COMMAND`.")
  }

  /// - Returns: nil when the words name nothing. A word after a verb may be one of its values.
  private func page(of words: [String]) -> [Line]? {
    if let (verb, rest) = VerbTable.find(words),
      rest.isEmpty || verb.parameters().contains(where: \.isPosition)
    {
      return page(of: verb)
    }
    guard words.count == 1, let word = words.first, VerbTable.isNoun(word) else { return nil }
    return noun(word)
  }

  private func said(_ phrase: Phrase) -> String { phrase.text(in: language) }
}

// MARK: - Pages

extension Help {
  /// What `kam help` says: the daily words, by what people want to do.
  func daily() -> [Line] {
    var lines = paragraph(
      "Key account plans, on your own replica: edit offline, sync when there is a network.")
    for (heading, words) in VerbTable.daily {
      lines += [Line(""), Line(said(heading), .heading)]
      lines += rows(words.map { ($0, VerbTable.about($0)) })
    }
    lines.append(Line(""))
    return lines
      + rows([
        ("kam help COMMAND", "about one command, such as `kam help task claim`"),
        ("kam help WORD", "the commands that have to do with it, such as `kam help backup`"),
        ("kam help records", "the kinds of records"), ("kam help all", "every command"),
      ])
  }

  /// What `kam help records` says: the kinds.
  func records() -> [Line] {
    sections(VerbTable.kinds) + [Line("")]
      + paragraph("What can be done with a kind, and its fields: `kam help task`, `kam help task add`.")
  }

  /// What `kam help all` says.
  func all() -> [Line] { sections(VerbTable.sections) + [Line("")] + paragraph(Self.general) }

  private func sections(_ sections: [(heading: Phrase, words: [String])]) -> [Line] {
    sections.flatMap { heading, words in
      [Line(said(heading), .heading)] + rows(words.map { ($0, VerbTable.about($0)) }) + [Line("")]
    }.dropLast()
  }

  private static let general: Phrase = """
    An account is named by its short name (acme); any other record by the handle that `add` and `list` print \
    (7QK2), by its line in the last list (3), or by its id. People are named by e-mail address, or by the \
    beginning of it or of their name. Every list, show, add and sync takes --json.

    Only join, sync, history, device, user, department add, and account share, unshare, leave, engage and \
    disengage need a network.

    EXIT CODES
      0  done, or waiting to be synced
      1  refused, or not found
      2  the command line is wrong
      3  the server was not reached; every edit is kept

    ENVIRONMENT
      KAM_HOME     the directory of this replica
      https_proxy  the proxy to the server, http://USER:PASSWORD@HOST:PORT; else HTTPS_PROXY, all_proxy, ALL_PROXY
      no_proxy     servers that need none: example.com, host:port, addresses, 10.0.0.0/8, *; else NO_PROXY
      LANG         the language, as fr_FR.UTF-8
    """

  /// A noun and its verbs.
  func noun(_ word: String) -> [Line] {
    let verbs = VerbTable.verbs(of: word)
    return paragraph(VerbTable.about(word)) + [Line("")]
      + paragraph("USAGE: \("kam \(word) VERB …")") + [Line("")]
      + rows(verbs.map { ($0.path, $0.about) }) + [Line("")]
      + paragraph("More about one: `kam help COMMAND`.")
  }

  /// One verb: what it does, and what it takes.
  func page(of verb: Verb) -> [Line] {
    let parameters = verb.parameters()
    let options = parameters.filter { $0.isOption && !$0.isPosition }
    let usage = verb.usage + (options.isEmpty ? "" : " " + said("[--option value]…"))
    var lines = paragraph(verb.about) + [Line("")] + paragraph("USAGE: \(usage)")
    if !verb.more.isEmpty { lines += [Line("")] + paragraph(verb.more) }
    let positions = parameters.filter(\.isPosition)
    if !positions.isEmpty {
      lines += [Line(""), Line(said("ARGUMENTS:"))] + rows(positions.map { ($0.usage, text(of: $0)) })
    }
    if !options.isEmpty {
      lines += [Line(""), Line(said("OPTIONS:"))] + rows(options.map { ($0.usage, text(of: $0)) })
    }
    let others = VerbTable.verbs(of: verb.path).filter { $0.path != verb.path }
    if !others.isEmpty {
      lines += [Line(""), Line(said("SUBCOMMANDS:"))] + rows(others.map { ($0.path, $0.about) })
    }
    return lines
  }

  private func text(of parameter: Parameter) -> Phrase {
    var text = parameter.help
    if let initial = parameter.initial { text += " (default: \(initial))" }
    if parameter.form == .either { text += " (or --\(parameter.name))" }
    return text
  }
}

// MARK: - Lines

extension Help {
  private func paragraph(_ phrase: Phrase) -> [Line] {
    said(phrase).split(separator: "\n", omittingEmptySubsequences: false).flatMap { text in
      text.isEmpty ? [Line("")] : wrapped(String(text), to: width).map { Line($0) }
    }
  }

  /// Words on the left, what they mean beside them, or below them where the terminal is narrow.
  private func rows(_ rows: [(label: String, text: Phrase)]) -> [Line] {
    let longest = rows.map { columns($0.label) }.max() ?? 0
    let left = min(longest + 2, max(10, min(28, width / 3)))
    return rows.flatMap { row -> [Line] in
      let texts = wrapped(said(row.text), to: max(20, width - left - 2))
      let indent = String(repeating: " ", count: left + 2)
      let label = "  " + padded(row.label, to: left)
      if columns(row.label) > left - 2 || texts.isEmpty {
        return [Line("  " + row.label)] + texts.map { Line(indent + $0) }
      }
      return [Line(label + texts[0])] + texts.dropFirst().map { Line(indent + $0) }
    }
  }
}
