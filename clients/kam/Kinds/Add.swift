import PlanModel
import Replica
import Speech
import Wording

/// Makes a record: "kam task add ACCOUNT TITLE --department D".
struct AddRecord: RecordVerb {
  static let word = "add"
  let kind: KindDescription?

  init(_ kind: KindDescription?) { self.kind = kind }

  var about: Phrase { "Add \(withArticle(kind?.label ?? "record"))." }
  var parameters: [Parameter] { kind.map { $0.addPositions + $0.addOptions } ?? [] }

  func run(_ words: Words, in workspace: Workspace) throws {
    guard let kind else { return }
    let id = workspace.newID()
    let scope = try place(of: id, kind, words, workspace)
    var values = try workspace.newValues(words, kind: kind, title: words.positionals.last ?? "", in: scope)
    if kind.number == KindDescription.account.number { try workspace.addSlug(to: &values) }
    let points = try workspace.contactPoints(words, of: id, kind, in: scope)
    let title = words.positionals.last ?? ""
    try workspace.edit(in: scope, "added \(kind.label) “\(title)”") { draft in
      try draft.create(id, kind: kind.number, values)
      for point in points {
        try draft.create(workspace.newID(), kind: KindDescription.contactPoint.number, point)
      }
    }
    workspace.forget()
    guard let view = try workspace.replica.record(id, in: scope) else { return }
    if words.flags.contains("json") {
      return workspace.console.document(try workspace.json([view])[0].document)
    }
    let what = try workspace.name(view) + " " + workspace.quotedTitle(view)
    let account = try scope.account.map { try workspace.accounts().label($0) } ?? ""
    workspace.console.say(
      kind.addsInAccount
        ? "Added \(what) to \(account); waiting to sync." : "Added \(what); waiting to sync.")
    if kind.number == KindDescription.account.number {
      workspace.console.note("You are its manager; `kam account share` lets others in after a sync.", .dim)
    }
  }

  private func place(
    of id: RecordID, _ kind: KindDescription, _ words: Words, _ workspace: Workspace
  ) throws -> Scope {
    if kind.number == KindDescription.account.number { return .plan(id) }
    guard kind.addsInAccount else { return .directory }
    let account = try workspace.account(words.positionals[0])
    return kind.family == .finance ? .finance(account) : .plan(account)
  }
}

extension Workspace {
  /// The registers of a new record: what was said, and what a new one starts with.
  func newValues(
    _ words: Words, kind: KindDescription, title: String, in scope: Scope
  ) throws -> [(register: UInt32, value: RegisterValue)] {
    var values = try assignments(words, kind: kind, in: scope)
    if let register = kind.titleRegister {
      guard let title = try value(title, for: register, in: scope) else {
        throw Failure.usage("The \(word: register.label) of a new \(word: kind.label) must not be empty.")
      }
      values.append((register.number, title))
    }
    return try complete(values, kind)
  }

  func complete(
    _ given: [Assignment], _ kind: KindDescription, isOfFile: Bool = false
  ) throws -> [(register: UInt32, value: RegisterValue)] {
    var values: [(register: UInt32, value: RegisterValue)] = given.compactMap { assignment in
      assignment.value.map { (assignment.register, $0) }
    }
    for register in kind.registers where !values.contains(where: { $0.register == register.number }) {
      if let initial = register.initial { values.append((register.number, .integer(initial))) }
      switch register.fill {
      case .author: values.append((register.number, .reference(identity.person)))
      // By the server's clock, as far as this device knows how far off its own is.
      case .now:
        values.append((register.number, .integer(shell.now + (try replica.progress().clockOffset))))
      case nil: break
      }
      if register.isRequired {
        throw Failure.usage(
          isOfFile
            ? "A new \(word: kind.label) needs the \(word: register.label)\(register.choicesHelp)."
            : "A new \(word: kind.label) needs --\(register.name)\(register.choicesHelp).")
      }
    }
    return values
  }

  /// A short name of its own for a new account. One that was given is checked; one that was not is made.
  func addSlug(to values: inout [(register: UInt32, value: RegisterValue)]) throws {
    let kind = KindDescription.account
    guard let register = kind.register(named: "slug") else { return }
    if let given = values.first(where: { $0.register == register.number }), case .text(let slug) = given.value
    {
      if let other = try accounts().named(slug).first, other.slug == slug, other.isAlive {
        throw Failure.refused("“\(slug)” is the short name of \(other.name) already; choose another --slug.")
      }
      return
    }
    guard case .text(let name)? = values.first(where: { $0.register == kind.title })?.value else { return }
    values.append((register.number, .text(try accounts().freeSlug(for: name))))
  }

  /// The records that `--email` and `--phone` of a contact make.
  func contactPoints(
    _ words: Words, of contact: RecordID, _ kind: KindDescription, in scope: Scope
  ) throws -> [[(register: UInt32, value: RegisterValue)]] {
    guard kind.number == KindDescription.contact.number else { return [] }
    let point = KindDescription.contactPoint
    return try words.options.filter { $0.name == "email" || $0.name == "phone" }.map { option in
      let given: [(name: String, text: String)] = [("type", option.name), ("value", option.value)]
      var values: [(register: UInt32, value: RegisterValue)] = []
      if let register = point.register(named: "contact") {
        values.append((register.number, .reference(contact)))
      }
      for (name, text) in given {
        guard let register = point.register(named: name),
          let value = try value(text, for: register, in: scope)
        else {
          throw Failure.usage("--\(option.name) must not be empty.")
        }
        values.append((register.number, value))
      }
      return values
    }
  }
}
