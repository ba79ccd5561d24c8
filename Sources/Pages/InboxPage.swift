import Wording

/// Everything that waits for a person, across their accounts.
package struct InboxPage: Equatable, Sendable {
  package struct Part: Equatable, Sendable {
    package let title: String
    package let list: ListPage
    package let more: Int
    /// Shows the rest.
    package let action: Action?

    package init(title: String, list: ListPage, more: Int = 0, action: Action? = nil) {
      self.title = title
      self.list = list
      self.more = more
      self.action = action
    }
  }

  /// What they hold, what is asked of them, and what is open for each of their departments.
  package let parts: [Part]
  /// Claims that were decided since they looked, as sentences.
  package let decided: [String]
  /// Where their edits met others', as sentences, and how many there are.
  package let met: Section<String>
  /// How many of their edits the server refused.
  package let refused: Int
  package let belongsToDepartment: Bool

  package init(
    parts: [Part], decided: [String], met: Section<String>, refused: Int, belongsToDepartment: Bool
  ) {
    self.parts = parts
    self.decided = decided
    self.met = met
    self.refused = refused
    self.belongsToDepartment = belongsToDepartment
  }

  package var isEmpty: Bool { parts.isEmpty && decided.isEmpty && met.isEmpty && refused == 0 }
}
