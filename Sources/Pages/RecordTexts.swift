import Wording

/// A record as a page names it, with what may be done to it.
package struct RecordName: Equatable, Sendable, Encodable {
  package let id: String
  /// The few letters that a person types for it.
  package let handle: String
  package let title: String
  /// It waits to be synced.
  package let isPending: Bool

  package init(id: String, handle: String, title: String, isPending: Bool) {
    self.id = id
    self.handle = handle
    self.title = title
    self.isPending = isPending
  }
}

/// What a field is called, and what it says.
package struct LabelledText: Equatable, Sendable, Encodable {
  package let label: String
  package let text: String

  package init(label: String, text: String) {
    self.label = label
    self.text = text
  }
}

/// A record in one line: what it is, and what matters about it.
package struct RecordLine: Equatable, Sendable, Encodable {
  package let record: RecordName
  package let details: [String]

  package init(_ record: RecordName, details: [String]) {
    self.record = record
    self.details = details
  }
}

/// Some of many, under a title that says how many there are.
package struct Section<Row: Equatable & Sendable & Encodable>: Equatable, Sendable, Encodable {
  package let title: String
  package let rows: [Row]
  /// How many more there are.
  package let more: Int

  package init(title: String, rows: [Row], more: Int = 0) {
    self.title = title
    self.rows = rows
    self.more = more
  }

  /// - Parameter all: In the order in which they matter.
  package init<Element>(title: String, of all: [Element], max: Int, _ row: (Element) throws -> Row) rethrows {
    self.init(title: title, rows: try all.prefix(max).map(row), more: Swift.max(0, all.count - max))
  }

  package var isEmpty: Bool { rows.isEmpty && more == 0 }
}

/// What somebody wrote about a record.
package struct CommentText: Equatable, Sendable, Encodable {
  package let author: String
  package let at: String
  package let handle: String
  package let isPending: Bool
  package let text: String

  package init(author: String, at: String, handle: String, isPending: Bool, text: String) {
    self.author = author
    self.at = at
    self.handle = handle
    self.isPending = isPending
    self.text = text
  }
}
