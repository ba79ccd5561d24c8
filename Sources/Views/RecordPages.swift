import Pages
import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore
import Wording
import Workbench

extension Workbench {
  private static let relatedRecordsMax = 20

  /// The page of a record, all of it of one moment; nil when this version does not know its kind.
  package func recordPage(_ view: RecordView) throws -> RecordPage? {
    guard let kind = PlanModel.kind(view.kind) else { return nil }
    return try replica.read { _ in
      let pending = view.isPending ? try replica.pendingRegisters(of: view) : []
      // Of a new record everything waits: saying so once is enough.
      let isNew = isNew(view, pending: pending)
      let waits: [Phrase] = pending.contains(lifeRegister) ? ["waiting to sync"] : []
      let life = (view.state.alive ? [] : [.word("deleted")]) + waits
      let mark = life.isEmpty ? "" : " (\(life.map(reader.said).joined(separator: ", ")))"
      return RecordPage(
        title: reader.said(try name(view) + .verbatim("  \(title(view))\(mark)")),
        fields: try fields(view, kind, pending: isNew ? [] : pending),
        related: try related(to: view, kind).map { try related($0.records, $0.kind) },
        comments: try comments(on: view))
    }
  }

  private func fields(
    _ view: RecordView, _ kind: KindDescription, pending: [UInt32]
  ) throws -> [LabelledText] {
    var rows: [LabelledText] = []
    func add(_ label: Phrase, _ text: Phrase) {
      rows.append(LabelledText(label: reader.said(label), text: reader.said(text)))
    }
    for register in kind.registers where register.type != .opaque && register.number != kind.title {
      let text = try words(register, of: view)
      let waits = pending.contains(register.number)
      if text.isEmpty, !waits { continue }
      let value: Phrase = text.isEmpty ? "emptied" : .verbatim(text)
      guard waits else {
        add(.word(register.label), value)
        continue
      }
      let isRequested = try isRequestedClaim(register, view)
      add(.word(register.label), isRequested ? "\(value) (claim requested)" : "\(value) (waiting to sync)")
    }
    if kind.addsInAccount, let account = view.scope.account {
      add(.word("account"), .verbatim(try accounts().label(account)))
    }
    if let stamp = view.state.stamps.latest {
      let author = try people().author(of: stamp)
      let at = moments.at(stamp.milliseconds)
      add(
        "last change",
        try author.person.map { "\(at) by \(try people().name($0)), \(author.device)" }
          ?? "\(at), \(author.device)")
    }
    add(.verbatim("id"), .verbatim(view.id.description))
    return rows
  }

  // MARK: - What belongs to it

  /// The records of its account that point to it.
  private func related(
    to view: RecordView, _ kind: KindDescription
  ) throws -> [(kind: KindDescription, records: [RecordView])] {
    guard let account = view.scope.account else { return [] }
    return try PlanModel.kinds.compactMap { other in
      guard other.isInAccount, !other.isSingleton, other.number != KindNumber.account,
        other.number != KindNumber.comment
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

  private func related(_ records: [RecordView], _ kind: KindDescription) throws -> RecordPage.Related {
    let shown = Array(records.prefix(Self.relatedRecordsMax))
    let handles = try replica.handles(for: shown.map(\.id))
    let details = kind.columns.compactMap { kind.register(named: $0) }.filter { register in
      guard register.number != kind.title else { return false }
      if case .reference(let other) = register.type { return other == KindNumber.person }
      return true
    }
    try prepareReferences(shown, [kind.titleRegister].compactMap { $0 } + details)
    return RecordPage.Related(
      kind: kind.name,
      records: try Section(
        title: "\(reader.said(word: kind.plural)) (\(records.count))", of: records,
        max: Self.relatedRecordsMax
      ) { record in
        RecordLine(
          RecordName(
            id: record.id.description, handle: handles[record.id]?.description ?? "", title: title(record),
            isPending: record.isPending),
          details: present(try details.map { try detail($0, of: record) }))
      })
  }

  private func detail(_ register: RegisterDescription, of record: RecordView) throws -> String? {
    let text = try words(register, of: record)
    if text.isEmpty { return nil }
    // A bare number would say nothing.
    return register.type.isBareNumber ? "\(reader.said(word: register.label)) \(text)" : text
  }

  /// What was written about a record.
  func comments(on view: RecordView) throws -> Section<CommentText> {
    guard let account = view.scope.account,
      let about = KindDescription.comment.register(CommentRegister.about)
    else { return Section(title: "", rows: []) }
    let target = about.type.encode(.reference(view.id), as: about.number)
    let comments = try replica.records(ofKind: KindNumber.comment, account: account) { body, alive in
      alive && body[about.number].map { Array($0) == target } ?? false
    }
    return Section(
      title: "\(reader.said(word: "comments")) (\(comments.count))",
      rows: try comments.compactMap { comment in
        guard let message = try? comment.state.message(KamComment.self) else { return nil }
        return CommentText(
          author: reader.said(try people().name(RecordID(message.author))),
          at: reader.said(moments.at(message.writtenMs)), handle: try handle(comment.id),
          isPending: comment.isPending, text: message.text)
      })
  }
}
