import Wording

// What pages say to programs: with ids and codes, and in English. It is made only when a program asks, since whole records
// take longer to write than a page has time.

/// What waits for a person.
package struct InboxDocument: Encodable, Sendable {
  package struct Membership: Encodable, Sendable {
    package let department: String
    package let role: String

    package init(department: String, role: String) {
      self.department = department
      self.role = role
    }
  }

  package let departments: [Membership]
  /// Tasks that they hold.
  package let yours: [JSON]
  /// Tasks of their departments that nobody holds.
  package let open: [JSON]
  package let requests: [JSON]
  /// The ids of those that are late.
  package let overdue: [String]
  package let decided: [JSON]
  /// Where their edits met others'.
  package let superseded: [JSON]
  package let refused: Int

  package init(
    departments: [Membership], yours: [JSON], open: [JSON], requests: [JSON], overdue: [String],
    decided: [JSON], superseded: [JSON], refused: Int
  ) {
    self.departments = departments
    self.yours = yours
    self.open = open
    self.requests = requests
    self.overdue = overdue
    self.decided = decided
    self.superseded = superseded
    self.refused = refused
  }
}
