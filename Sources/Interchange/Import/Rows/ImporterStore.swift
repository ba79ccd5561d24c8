import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// Rows become edits, some thousands in one transaction, and each is kept or refused by itself.

extension Importer {
  mutating func append(_ change: Change, in scope: Scope, groups: Bool) {
    waitingCount += 1
    let bytes = change.values.reduce(64) { sum, assignment in
      if case .text(let text)? = assignment.value { sum + text.utf8.count } else { sum + 40 }
    }
    if groups, let last = openGroups[scope], batch[last].rows.count < Self.groupRowsMax,
      batch[last].bytes + bytes < Self.groupBytesMax
    {
      batch[last].rows.append(change)
      batch[last].bytes += bytes
      return
    }
    // What was said of the scope meanwhile comes after the group before it: rows keep their order.
    openGroups[scope] = groups ? batch.count : nil
    batch.append(Pending(scope: scope, rows: [change], bytes: bytes))
  }

  /// Stores what was taken so far; every row is kept or refused by itself.
  mutating func store() throws {
    let refused = refused
    let edits = batch.map { pending in
      PlannedEdit(in: pending.scope, summary: summary(of: pending)) { draft in
        for change in pending.rows {
          do {
            try Self.checkReferences(of: change, refused)
            try Self.apply(change, to: &draft)
          } catch {
            refused.note(change)
            // Alone in its edit, it takes the edit with it; among others it is left out.
            if pending.rows.count == 1 { throw error }
            refused.errors[change.place] = error
          }
        }
      }
    }
    try keepList()
    let results = try workbench.edit(each: edits)
    for (pending, result) in zip(batch, results) {
      for change in pending.rows {
        if let error = refused.errors[change.place] {
          try reject(change.place, error)
        } else if case .failure(let error) = result {
          refused.note(change)
          try reject(change.place, error)
        } else {
          let isKept = report.keeps(change.outcome, change.place, change.notes)
          let title = isKept ? label(change.view, change.kind) : ""
          report.add(change.outcome, change.place, change.id, notes: change.notes, title: title)
          storedCount += 1
          known.settle([change.id] + change.parts.map(\.id))
        }
      }
    }
    batch = []
    refused.errors = [:]
    openGroups = [:]
    waitingCount = 0
  }

  /// "globex · 1,200.00 EUR": a sale says little without its customer.
  func label(_ view: RecordView, _ kind: KindDescription) -> String {
    guard kind.number != KindNumber.account, let account = view.scope.account else {
      return workbench.title(view)
    }
    return "\(accounts.label(account)) · \(workbench.title(view))"
  }

  /// Notes what is about to be stored, so that it can be taken back.
  mutating func keepList() throws {
    guard keepsList, !batch.isEmpty else { return }
    let number = try self.number ?? workbench.replica.beginImport(of: name, now: workbench.now)
    self.number = number
    var changes: [ImportedChange] = []
    for pending in batch {
      for change in pending.rows {
        if change.makesRecord || !change.values.isEmpty { changes.append(imported(change, pending.scope)) }
        for part in change.parts {
          changes.append(
            ImportedChange(
              scope: pending.scope, record: part.id, isMade: true, before: Registers(),
              after: Self.body(part.values.map { ($0.register, $0.value) }, part.kind)))
        }
      }
    }
    try workbench.replica.note(changes, ofImport: number)
  }

  func imported(_ change: Change, _ scope: Scope) -> ImportedChange {
    ImportedChange(
      scope: scope, record: change.id, isMade: change.makesRecord, replaced: change.replaces,
      before: change.before, after: Self.body(change.values, change.kind))
  }

  static func body(_ values: [Assignment], _ kind: KindDescription) -> Registers {
    var body = Registers()
    for (number, value) in values.sorted(by: { $0.register < $1.register }) {
      if let value, let register = kind.register(number) {
        body.append(number, register.type.encode(value, as: number))
      }
    }
    return body
  }

  /// What the bodies of edits found out.
  final class Refused {
    var errors: [Int: any Error] = [:]
    /// What the model refused in this import: nothing may point to it.
    var records: Set<RecordID> = []

    /// A change that is refused leaves its record as it was; a record that is not made is nowhere.
    func note(_ change: Change) {
      if change.makesRecord { records.insert(change.id) }
    }
  }

  static func checkReferences(of change: Change, _ refused: Refused) throws {
    guard !refused.records.isEmpty else { return }
    for assignment in change.values {
      guard case .reference(let id)? = assignment.value, refused.records.contains(id) else { continue }
      throw Failure.refused("It points to a record of this file that was refused.")
    }
  }

  static func apply(_ change: Change, to draft: inout Draft) throws {
    if let replaced = change.replaces { try draft.setAlive(false, replaced) }
    if change.makesRecord {
      try draft.create(
        change.id, kind: change.kind.number,
        change.values.compactMap { assignment in assignment.value.map { (assignment.register, $0) } })
    } else if !change.values.isEmpty {
      try draft.update(change.id, change.values)
    }
    for part in change.parts {
      try draft.create(part.id, kind: part.kind.number, part.values)
    }
  }

  func summary(of pending: Pending) -> String {
    let first = pending.rows[0]
    guard pending.rows.count == 1 else {
      return "imported \(counted(pending.rows.count, first.kind.label).description) from \(name)"
    }
    return "imported \(first.kind.label) “\(workbench.title(first.view))” from \(name)"
  }
}
