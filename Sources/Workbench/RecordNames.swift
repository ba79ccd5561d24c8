import PlanModel
import Replica
import Speech
import SyncCore
import Wording

// From what people type to records, and back.

extension Workbench {
  /// The record that was meant: by id, handle, line of the last list, or (an account) by its name.
  ///
  /// - Parameter kind: nil for any.
  /// - Throws: ``Failure`` when there is none, or several.
  package func find(_ text: String, kind: KindDescription?) throws -> RecordView {
    if let view = try inAccount(text, kind) { return view }
    if let id = RecordID(text) {
      guard let view = try record(id, kind) else {
        throw Failure.notFound("There is no record \(id) in this replica.")
      }
      return try checked(view, kind, as: .verbatim(text))
    }
    if text.utf8.count < Handle.lengthMinimum, let line = Int(text) { return try onLine(line, kind) }
    if kind == nil || kind?.number == KindDescription.account.number {
      if let account = try account(named: text) { return account }
    }
    if kind?.number == KindDescription.person.number, text.contains("@") || Handle(text) == nil {
      let person = try people().resolve(text)
      if let view = try replica.record(person.id, in: .directory) { return view }
    }
    if let handle = Handle(text) {
      let views = try replica.records(handle, kind: kind?.number)
      if views.count == 1 { return views[0] }
      if Set(views.map(\.id)).count == 1 { throw try inSeveralAccounts(views) }
      if views.count > 1 { throw Failure.ambiguous("“\(text)” may be several records:", try labels(views)) }
    }
    if let line = Int(text), let id = try replica.listed(line: line), let view = try record(id, kind) {
      return try checked(view, kind, as: "line \(text)")
    }
    if let kind, let view = try named(text, kind) { return view }
    throw try notFound(text, kind)
  }

  /// The record that an id names.
  ///
  /// - Parameter kind: Those of this kind, where there are any; nil for any.
  /// - Throws: ``Failure`` when it is in several accounts: an edit of the wrong one would tell its readers what was meant
  ///   for others.
  package func record(_ id: RecordID, _ kind: KindDescription? = nil) throws -> RecordView? {
    let all = try replica.records(id)
    let wanted = kind.map { kind in all.filter { $0.kind == kind.number && isInItsPlace($0) } } ?? all
    let found = wanted.isEmpty ? all : wanted
    guard found.count > 1 else { return found.first }
    throw try inSeveralAccounts(found)
  }

  /// An account's own record lies in its plan; one of its id elsewhere is no account.
  private func isInItsPlace(_ view: RecordView) -> Bool {
    view.kind != KindDescription.account.number || view.scope == .plan(view.id)
  }

  private func inSeveralAccounts(_ views: [RecordView]) throws -> Failure {
    let handle = try handle(views[0].id)
    let names = try views.map { view in try view.scope.account.map(accountName) }
    let places = names.map { Phrase.verbatim($0 ?? reader.said("the directory")) }
    let first = names.lazy.compactMap { $0 }.first ?? ""
    return .ambiguous(
      "\(handle) is in \(enumerated(places)): somebody gave two records one id. Say which is meant, as \(first)/\(handle):",
      zip(names, views).map { name, view in
        let kind = reader.said(word: PlanModel.kind(view.kind)?.label ?? "record")
        return "\(name.map { "\($0)/" } ?? "")\(handle)  \(kind)  \(title(view))"
      })
  }

  /// What names one account: its short name, or where several have that, its handle.
  private func accountName(_ id: RecordID) throws -> String {
    let label = try accounts().label(id)
    let named = try accounts().named(label)
    return named.count == 1 && named[0].id == id ? label : try handle(id)
  }

  /// "acme/7QK2": of that account.
  private func inAccount(_ text: String, _ kind: KindDescription?) throws -> RecordView? {
    guard let slash = text.lastIndex(of: "/") else { return nil }
    let name = String(text[..<slash])
    let code = String(text[text.index(after: slash)...])
    let views =
      try RecordID(code).map { try replica.records($0) } ?? Handle(code).map { try replica.records($0) } ?? []
    guard !views.isEmpty, let account = try? account(name) else { return nil }
    let found = views.filter { $0.scope.account == account && (kind == nil || kind?.number == $0.kind) }
    return found.count == 1 ? found[0] : nil
  }

  /// The one whose name, article number or the like it is, exactly.
  private func named(_ text: String, _ kind: KindDescription) throws -> RecordView? {
    let wanted = text.lowercased()
    for register in kind.nameRegisters {
      let found = try replica.records(ofKind: kind.number) { body, alive in
        guard alive, let encoded = body[register.number],
          case .text(let name)? = try? register.type.decode(encoded)
        else { return false }
        return name.lowercased() == wanted
      }
      if found.count == 1 { return found[0] }
      if found.count > 1 {
        throw Failure.ambiguous(
          "“\(text)” is the \(word: register.label) of \(counted(found.count, kind.label)):",
          try labels(found))
      }
    }
    return nil
  }

  /// The account that was meant, as an id: also one whose record is not here yet.
  package func account(_ text: String) throws -> RecordID { try find(text, kind: .account).id }

  package func account(named text: String) throws -> RecordView? {
    let named = try accounts().named(text)
    if named.count > 1, let eldest = try accounts().eldest(named) {
      try note(eldest, of: named)
      return try replica.record(eldest.id, in: .plan(eldest.id))
    }
    if named.count > 1 {
      let handles = try replica.handles(for: named.map(\.id))
      throw Failure.ambiguous(
        "“\(text)” is the name of several accounts; use a handle:",
        named.map { "\(handles[$0.id]?.description ?? "")  \($0.name)" })
    }
    return try named.first.flatMap { try replica.record($0.id, in: .plan($0.id)) }
  }

  private func onLine(_ line: Int, _ kind: KindDescription?) throws -> RecordView {
    guard let id = try replica.listed(line: line), let view = try record(id, kind) else {
      throw Failure.notFound("The last list had no line \(line); list again, or use a handle.")
    }
    return try checked(view, kind, as: "line \(line) of the last list")
  }

  private func checked(_ view: RecordView, _ kind: KindDescription?, as text: Phrase) throws -> RecordView {
    guard let kind, kind.number != view.kind else { return view }
    let actual = PlanModel.kind(view.kind)?.label ?? "record of a newer kind"
    throw Failure.notFound(
      "\(text) is \(withArticle(actual)) (\(title(view))), not \(withArticle(kind.label)).")
  }

  private func notFound(_ text: String, _ kind: KindDescription?) throws -> Failure {
    let what = kind?.label ?? "record"
    if kind?.number == KindDescription.account.number {
      return .notFound(
        "There is no account “\(text)” in this replica.",
        nearest: try accounts().alike(text).map { "\($0.slug)  \($0.name)" })
    }
    guard let kind else { return .notFound("There is no record “\(text)” in this replica.") }
    let views = try replica.records(ofKind: kind.number)
    let wanted = text.lowercased()
    var near = views.filter { title($0).lowercased().contains(wanted) }
    if near.isEmpty, Handle(text) != nil {
      let handles = try replica.handles(for: views.map(\.id))
      let alike = Set(nearest(to: text, among: handles.values.lazy.map(\.description)))
      near = views.filter { handles[$0.id].map { alike.contains($0.description) } ?? false }
    }
    return .notFound(
      "There is no \(word: what) “\(text)” in this replica.", nearest: try labels(Array(near.prefix(5))))
  }

  // MARK: - Names to show

  /// The register that names a record to people, in words.
  package func title(_ view: RecordView) -> String {
    guard let kind = PlanModel.kind(view.kind), let register = kind.register(kind.title) else { return "" }
    return (try? words(register, of: view)) ?? ""
  }

  /// "“Call Ana”", or that there is no title.
  package func quotedTitle(_ view: RecordView) -> Phrase {
    let title = title(view)
    return title.isEmpty ? "without a title" : "“\(fitted(title, to: 60, ellipsis: "…"))”"
  }

  /// " in acme", for an answer that says where something was written; nothing for an account itself and the directory.
  package func place(of view: RecordView) throws -> Phrase {
    guard let account = view.scope.account, view.kind != KindDescription.account.number else {
      return .nothing
    }
    return " in \(try accounts().label(account))"
  }

  /// A line for each: handle, kind, title.
  package func labels(_ views: [RecordView]) throws -> [String] {
    let handles = try replica.handles(for: views.map(\.id))
    return views.map { view in
      let gone = view.state.alive ? "" : reader.said("  (deleted)")
      return
        "\(handles[view.id]?.description ?? "")  \(reader.said(word: PlanModel.kind(view.kind)?.label ?? "record"))  \(title(view))\(gone)"
    }
  }

  /// "task 7QK2"; an account by its short name.
  package func name(_ view: RecordView) throws -> Phrase {
    let kind = PlanModel.kind(view.kind)
    if kind?.number == KindDescription.account.number, let account = try accounts()[view.id],
      !account.slug.isEmpty
    {
      return .named("account", account.slug)
    }
    return .named(kind?.label ?? "record", try handle(view.id))
  }
}

extension KindDescription {
  /// As people read it: "contact point".
  package var label: String { name.replacing("-", with: " ") }
  package var isInAccount: Bool { family != .directory }
  /// Where an account's records of this kind lie.
  package func scope(in account: RecordID) -> Scope {
    family == .finance ? .finance(account) : .plan(account)
  }
}

extension Workbench {
  /// The record here into which another one was merged, as far as this replica knows.
  package func mergedInto(_ view: RecordView) throws -> RecordView? {
    try replica.mergedInto(view.id).flatMap { try replica.record($0, from: view.scope) }
  }

  /// "contact 7QK2 “Ana”": of two accounts the short name may be the same.
  func mergeName(_ view: RecordView) throws -> Phrase {
    .named(PlanModel.kind(view.kind)?.label ?? "record", try handle(view.id)) + " " + quotedTitle(view)
  }
}
