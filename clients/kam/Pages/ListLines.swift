import Pages
import Wording

extension Console {
  /// A list as a table, its lines numbered.
  ///
  /// - Parameter firstLine: The number of its first line.
  func show(_ page: ListPage, firstLine: Int = 1) {
    guard !page.rows.isEmpty else { return say("No \(page.plural).") }
    var table = Table(
      [.init(title: .verbatim("#"), isNumber: true, isKey: true)]
        + page.columns.map { column in
          .init(
            title: .verbatim(column.title), shrinks: column.purpose == .title,
            isKey: column.purpose != .detail)
        })
    for (line, row) in page.rows.enumerated() { table.add(["\(line + firstLine)"] + row.cells) }
    show(table)
    if page.hasPending { say("* waiting to sync", .dim) }
  }
}
