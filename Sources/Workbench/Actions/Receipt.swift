import Replica
import Wording

/// What an action has done, for the person who asked for it.
package struct Receipt {
  /// What it made or changed, as it is now; the record that it is about first.
  package let records: [RecordView]
  /// Whether anything is different; to say a thing twice is not a failure.
  package let isChanged: Bool
  /// What was done, where, and that it waits.
  package let sentence: Phrase
  /// What to know beside it, such as what can be done next.
  package let notes: [Phrase]

  init(_ records: [RecordView], isChanged: Bool = true, _ sentence: Phrase, notes: [Phrase] = []) {
    self.records = records
    self.isChanged = isChanged
    self.sentence = sentence
    self.notes = notes
  }
}

extension Workbench {
  /// Looks and edits as one: what was read is what is written on, and all of it is kept or nothing. Every action is done
  /// this way, and one within another is a part of it. Whoever finds a record first, to act on it, does both within.
  package func asOne<Value>(_ body: () throws -> Value) throws -> Value {
    try replica.write { _ in try body() }
  }

  /// Asks several questions of one moment, in one transaction. What is to be printed is printed afterwards: while it is open,
  /// nobody else can write.
  func atOneMoment<Value>(_ body: () throws -> Value) throws -> Value {
    try replica.read { _ in try body() }
  }

  /// What an edit did to a record, where, and that it waits.
  ///
  /// - Parameters:
  ///   - edited: As it was before.
  ///   - done: "Changed due of"; nil when nothing was different.
  ///   - more: What follows its name and place.
  ///   - unchanged: What it is already.
  func receipt(
    _ edited: RecordView, _ done: Phrase?, _ more: Phrase = .nothing, unchanged: Phrase = "already says that",
    notes: [Phrase] = []
  ) throws -> Receipt {
    let view = try replica.record(edited.id, in: edited.scope) ?? edited
    let name = try name(view) + " " + quotedTitle(view)
    guard let done else {
      return Receipt([view], isChanged: false, "Nothing changed: \(name) \(unchanged).", notes: notes)
    }
    return Receipt([view], "\(done) \(name)\(try place(of: view) + more); waiting to sync.", notes: notes)
  }
}
