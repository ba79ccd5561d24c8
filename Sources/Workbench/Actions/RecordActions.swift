import PlanModel
import Replica
import Speech
import SyncCore
import Wording

// What every kind of record has in common: it is added, changed, deleted and restored.

extension Workbench {
  /// Makes a record.
  ///
  /// - Parameters:
  ///   - account: What the account is called; nil for what belongs to none.
  ///   - title: What names the record to people.
  /// - Throws: ``Failure`` when a field is wrong or missing.
  package func add(
    _ kind: KindDescription, to account: String?, title: String, _ fields: FieldTexts
  ) throws -> Receipt {
    try asOne {
      let id = newID()
      let scope = try account.map { kind.scope(in: try self.account($0)) } ?? kind.scopeOfItsOwn(id)
      var values = try newValues(fields, kind: kind, title: title, in: scope)
      if kind.number == KindNumber.account { try addSlug(to: &values) }
      let points = try contactPoints(fields, of: id, kind, in: scope)
      try edit(in: scope, "added \(kind.label) “\(title)”") { draft in
        try draft.create(id, kind: kind.number, values)
        for point in points { try draft.create(newID(), kind: KindNumber.contactPoint, point) }
      }
      forget()
      return try receipt(ofNew: id, kind, in: scope)
    }
  }

  private func receipt(ofNew id: RecordID, _ kind: KindDescription, in scope: Scope) throws -> Receipt {
    guard let view = try replica.record(id, in: scope) else { throw ReplicaError.unknownScope(scope) }
    let what = try name(view) + " " + quotedTitle(view)
    guard kind.addsInAccount, let account = scope.account else {
      let share: [Phrase] = [
        "You are its manager; `\(action: .share(account: nil))` lets others in after a sync."
      ]
      return Receipt(
        [view], "Added \(what); waiting to sync.", notes: kind.number == KindNumber.account ? share : [])
    }
    return Receipt([view], "Added \(what) to \(try accounts().label(account)); waiting to sync.")
  }

  /// Changes fields of a record.
  ///
  /// - Parameter view: The record as it stands, found in the same transaction.
  /// - Throws: ``Failure`` when a field is wrong.
  package func edit(_ view: RecordView, _ fields: FieldTexts) throws -> Receipt {
    try asOne {
      guard let kind = PlanModel.kind(view.kind) else { throw SchemaAhead(kind: view.kind, register: nil) }
      let values = try assignments(fields, kind: kind, in: view.scope, current: view.state)
      let points = try contactPoints(fields, of: view.id, kind, in: view.scope)
      let changed =
        values.compactMap { kind.register($0.register).map { .word($0.label) } }
        + (points.isEmpty ? [] : [Phrase.word("contact points")])
      let isChanged = try edit(in: view.scope, "changed \(enumerated(changed)) of \(try name(view))") {
        draft in
        try draft.update(view.id, values)
        for point in points { try draft.create(newID(), kind: KindNumber.contactPoint, point) }
      }
      let isGone = isChanged && !view.state.alive
      return try receipt(
        view, isChanged ? "Changed \(enumerated(changed)) of" : nil,
        notes: isGone
          ? ["It is deleted; `\(action: .restore(record: try handle(view.id)))` brings it back."] : [])
    }
  }

  /// Deletes a record; ``restore(_:kind:)`` brings everything back.
  package func delete(_ record: String, kind: KindDescription?) throws -> Receipt {
    try asOne {
      let view = try find(record, kind: kind)
      let isChanged = try edit(in: view.scope, "deleted \(try name(view))") { draft in
        try draft.setAlive(false, view.id)
      }
      return try receipt(view, isChanged ? "Deleted" : nil, unchanged: "is deleted already")
    }
  }

  /// Brings a record back that was deleted, or merged into another one.
  package func restore(_ record: String, kind: KindDescription?) throws -> Receipt {
    try asOne {
      let view = try find(record, kind: kind)
      return try restore(view, summary: "restored \(try name(view))")
    }
  }

  func restore(_ view: RecordView, summary: Phrase) throws -> Receipt {
    if !view.state.alive, let receipt = try restoreMerged(view) { return receipt }
    let isChanged = try edit(in: view.scope, summary) { try $0.setAlive(true, view.id) }
    return try receipt(view, isChanged ? "Restored" : nil, unchanged: "is not deleted")
  }

  /// Restores a record that was merged into another one, with everything that the merge has changed.
  ///
  /// - Returns: nil when it was not merged here, and is still to be restored.
  private func restoreMerged(_ view: RecordView) throws -> Receipt? {
    guard let keep = try mergedInto(view) else { return nil }
    guard try takeBackMerge(of: view) else {
      notice(
        "It was merged into \(try mergeName(keep)), which keeps what it took over: delete there what is there twice."
      )
      return nil
    }
    return try receipt(view, "Restored", ", as it was before it was merged into \(try mergeName(keep))")
  }

  /// An account's only record of a kind can be named by its account.
  package func findOrSingleton(_ text: String, kind: KindDescription?) throws -> RecordView {
    if let kind, kind.isSingleton, let account = try account(named: text) {
      guard
        let view = try replica.record(
          account.id.singleton(ofKind: kind.number), in: kind.scope(in: account.id))
      else {
        throw Failure.notFound("\(text) has no \(word: kind.label) yet.")
      }
      return view
    }
    return try find(text, kind: kind)
  }
}

extension KindDescription {
  /// Where a record lies that is added to no account: an account in its own plan.
  fileprivate func scopeOfItsOwn(_ id: RecordID) -> Scope {
    number == KindNumber.account ? .plan(id) : .directory
  }
}
