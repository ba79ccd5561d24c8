import Wording

/// Where two edits of one field met.
package struct ConflictPage: Equatable, Sendable {
  /// One of the values that met.
  package struct Side: Equatable, Sendable {
    package let value: String
    /// "you, today 14:03"
    package let by: String

    package init(value: String, by: String) {
      self.value = value
      self.by = by
    }
  }

  package let number: Int64
  /// "task 7QK2 “Call Ana”"
  package let record: String
  package let field: String
  /// No list has shown it yet.
  package let isNew: Bool
  package let mine: Side
  package let theirs: Side
  /// Which of them stands now.
  package let stands: String
  /// It is about a deleted record, which can be brought back.
  package let isAboutDeletion: Bool
  /// Turns it round.
  package let action: Action

  package init(
    number: Int64, record: String, field: String, isNew: Bool, mine: Side, theirs: Side, stands: String,
    isAboutDeletion: Bool, action: Action
  ) {
    self.number = number
    self.record = record
    self.field = field
    self.isNew = isNew
    self.mine = mine
    self.theirs = theirs
    self.stands = stands
    self.isAboutDeletion = isAboutDeletion
    self.action = action
  }
}
