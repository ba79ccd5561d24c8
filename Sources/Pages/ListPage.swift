import Wording

/// Records of one kind, in rows.
package struct ListPage: Equatable, Sendable {
  package struct Column: Equatable, Sendable {
    package enum Purpose: Sendable {
      /// Names the record: kept where there is little room.
      case key
      /// The title, which gives way first.
      case title
      case detail
    }

    package let title: String
    package let purpose: Purpose

    package init(title: String, purpose: Purpose) {
      self.title = title
      self.purpose = purpose
    }
  }

  package struct Row: Equatable, Sendable {
    package let id: String
    package let isPending: Bool
    /// One for each column.
    package let cells: [String]

    package init(id: String, isPending: Bool, cells: [String]) {
      self.id = id
      self.isPending = isPending
      self.cells = cells
    }
  }

  /// What the rows are, in the plural.
  package let plural: String
  package let columns: [Column]
  package let rows: [Row]

  package init(plural: String, columns: [Column], rows: [Row]) {
    self.plural = plural
    self.columns = columns
    self.rows = rows
  }

  package var hasPending: Bool { rows.contains(where: \.isPending) }
}
