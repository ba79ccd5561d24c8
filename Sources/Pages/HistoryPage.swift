/// Every value that the fields of a record had: who, when, where, and what became of it.
package struct HistoryPage: Equatable, Sendable, Encodable {
  package struct Row: Equatable, Sendable, Encodable {
    package let at: String
    package let who: String
    package let field: String
    package let value: String
    /// "won", "lost", "won over unseen"
    package let fate: String
    package let device: String

    package init(at: String, who: String, field: String, value: String, fate: String, device: String) {
      self.at = at
      self.who = who
      self.field = field
      self.value = value
      self.fate = fate
      self.device = device
    }
  }

  package let title: String
  /// The newest first.
  package let rows: [Row]
  /// Why the last edit that was refused was.
  package let refusal: String?
  package let mayBeMore: Bool

  package init(title: String, rows: [Row], refusal: String?, mayBeMore: Bool) {
    self.title = title
    self.rows = rows
    self.refusal = refusal
    self.mayBeMore = mayBeMore
  }
}
