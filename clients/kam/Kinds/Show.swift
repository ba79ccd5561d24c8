import PlanModel
import ProtocolMessages
import Replica
import Speech
import SwiftProtobuf
import SyncCore
import Wording
import Workbench

/// "kam task show 7QK2", "kam account show acme"
struct ShowRecord: RecordVerb {
  static let word = "show"
  let kind: KindDescription?

  init(_ kind: KindDescription?) { self.kind = kind }

  var about: Phrase {
    "Show \(withArticle(kind?.label ?? "record")), with its comments and what belongs to it."
  }
  var parameters: [Parameter] { [record, .json] }

  func run(_ words: Words, in workspace: Workspace) throws {
    try words.check(options: ["json"])
    let view = try workspace.findOrSingleton(words.positionals[0], kind: kind)
    if words.flags.contains("json") {
      workspace.console.document(try workspace.json([view])[0].document)
    } else if view.kind == KindDescription.account.number {
      try workspace.showPage(of: view)
    } else {
      try workspace.show(view)
    }
    try workspace.showAge()
  }
}

extension Workspace {
  /// The page of an account. Who reads it on a terminal has looked; a pipe has not.
  fileprivate func showPage(of account: RecordView) throws {
    try AccountPage(account, in: self).show()
    try showComments(on: account)
    if console.isWatched { try replica.markLook(at: account.id, now: shell.now) }
  }

  /// The page of one record.
  func show(_ view: RecordView) throws {
    guard let kind = PlanModel.kind(view.kind) else {
      return console.say("Record \(view.id) is of kind \(view.kind), which this version does not know.")
    }
    let pending = view.isPending ? try replica.pendingRegisters(of: view) : []
    // Of a new record everything waits: saying so once is enough.
    let isNew = isNew(view, pending: pending)
    let waits: [Phrase] = pending.contains(lifeRegister) ? ["waiting to sync"] : []
    let life = (view.state.alive ? [] : [.word("deleted")]) + waits
    let mark = life.isEmpty ? "" : " (\(life.map(said).joined(separator: ", ")))"
    console.say(try name(view) + .verbatim("  \(title(view))\(mark)"), .strong)
    show(try fields(view, kind, pending: isNew ? [] : pending))
    for related in try related(to: view, kind) { try show(related: related.records, related.kind) }
    try showComments(on: view)
  }

  private func fields(
    _ view: RecordView, _ kind: KindDescription, pending: [UInt32]
  ) throws -> [(label: Phrase, text: Phrase)] {
    var rows: [(label: Phrase, text: Phrase)] = []
    for register in kind.registers where register.type != .opaque && register.number != kind.title {
      let text = try words(register, of: view)
      let waits = pending.contains(register.number)
      if text.isEmpty, !waits { continue }
      var value: Phrase = text.isEmpty ? "emptied" : .verbatim(text)
      if waits {
        value =
          try isRequestedClaim(register, view) ? "\(value) (claim requested)" : "\(value) (waiting to sync)"
      }
      rows.append((.word(register.label), value))
    }
    if kind.addsInAccount, let account = view.scope.account {
      rows.append((.word("account"), .verbatim(try accounts().label(account))))
    }
    if let stamp = view.state.stamps.latest {
      let author = try people().author(of: stamp)
      let at = moments.at(stamp.milliseconds)
      rows.append(
        (
          "last change",
          try author.person.map { "\(at) by \(try people().name($0)), \(author.device)" }
            ?? "\(at), \(author.device)"
        ))
    }
    rows.append((.verbatim("id"), .verbatim(view.id.description)))
    return rows
  }

  /// Labels in a column, texts beside them, wrapped.
  func show(_ phrases: [(label: Phrase, text: Phrase)]) {
    let rows = phrases.map { (label: said($0.label), text: said($0.text)) }
    let left = min(26, rows.map { columns($0.label) }.max() ?? 0) + 4
    var lines: [Line] = []
    for row in rows {
      let paragraphs = row.text.replacing("\t", with: "    ").split(
        separator: "\n", omittingEmptySubsequences: false)
      var texts: [String] = []
      for paragraph in paragraphs {
        let text = console.visible(String(paragraph))
        texts += console.width.map { wrapped(text, to: max(10, $0 - left)) } ?? [text]
      }
      for (place, text) in texts.enumerated() {
        let label =
          place == 0 ? "  " + padded(row.label + "  ", to: left - 2) : String(repeating: " ", count: left)
        lines.append(Line(text.isEmpty ? "" : label + text))
      }
    }
    console.show(lines)
  }

  // MARK: - What belongs to it

  /// The records of its account that point to it.
  private func related(
    to view: RecordView, _ kind: KindDescription
  ) throws -> [(kind: KindDescription, records: [RecordView])] {
    guard let account = view.scope.account else { return [] }
    return try PlanModel.kinds.compactMap { other in
      guard other.isInAccount, !other.isSingleton, other.number != KindDescription.account.number,
        other.number != KindDescription.comment.number
      else { return nil }
      let pointers = other.registers.filter { $0.type == .reference(kind.number) }
      guard !pointers.isEmpty else { return nil }
      let records = try replica.records(ofKind: other.number, account: account) { body, alive in
        alive
          && pointers.contains { pointer in
            body[pointer.number].map {
              Array($0) == pointer.type.encode(.reference(view.id), as: pointer.number)
            } ?? false
          }
      }
      return records.isEmpty ? nil : (other, records)
    }
  }

  private func show(related records: [RecordView], _ kind: KindDescription) throws {
    console.show([Line(""), Line("\(said(word: kind.plural)) (\(records.count))", .heading)])
    let handles = try replica.handles(for: records.map(\.id))
    let details = kind.columns.compactMap { kind.register(named: $0) }.filter { register in
      guard register.number != kind.title else { return false }
      if case .reference(let other) = register.type { return other == KindDescription.person.number }
      return true
    }
    try prepareReferences(
      Array(records.prefix(Self.relatedRecordsMax)), [kind.titleRegister].compactMap { $0 } + details)
    for record in records.prefix(Self.relatedRecordsMax) {
      let more = try details.compactMap { register -> String? in
        let text = try words(register, of: record)
        if text.isEmpty { return nil }
        // A bare number would say nothing.
        return register.type.isBareNumber ? "\(said(word: register.label)) \(text)" : text
      }
      let mark = record.isPending ? " *" : ""
      let text = ([title(record)] + more).joined(separator: " \(console.symbols.dot) ")
      let line = "  \(handles[record.id]?.description ?? "")\(mark)  \(text)"
      console.show([
        Line(
          console.width.map { fitted(console.visible(line), to: $0, ellipsis: console.symbols.ellipsis) }
            ?? line)
      ])
    }
    if records.count > Self.relatedRecordsMax {
      console.say("  … and \(records.count - Self.relatedRecordsMax) more: kam \(kind.name) list")
    }
  }

  private static let relatedRecordsMax = 20

  private func showComments(on view: RecordView) throws {
    guard let account = view.scope.account else { return }
    let kind = KindDescription.comment
    guard let about = kind.register(named: "about") else { return }
    let target = about.type.encode(.reference(view.id), as: about.number)
    let comments = try replica.records(ofKind: kind.number, account: account) { body, alive in
      alive && body[about.number].map { Array($0) == target } ?? false
    }
    guard !comments.isEmpty else { return }
    console.show([Line(""), Line("\(said(word: "comments")) (\(comments.count))", .heading)])
    for comment in comments {
      guard let message = try? KamComment(serializedBytes: comment.state.body.bytes) else { continue }
      let author = try people().name(RecordID(message.author))
      let at = moments.at(message.writtenMs)
      let handle = try handle(comment.id)
      console.say(
        comment.isPending
          ? "  \(author), \(at) (\(handle), waiting to sync)" : "  \(author), \(at) (\(handle))", .dim)
      for line in message.text.split(separator: "\n", omittingEmptySubsequences: false) {
        let text = console.visible(String(line).replacing("\t", with: "    "))
        let lines = console.width.map { wrapped(text, to: $0 - 4) } ?? [text]
        console.show(lines.map { Line("    " + $0) })
      }
    }
  }
}
