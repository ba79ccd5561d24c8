import Pages
import Wording

extension Console {
  /// - Parameter next: How many edits to ask for when there are more.
  func show(_ page: HistoryPage, next: Int) {
    say(.verbatim(page.title), .strong)
    var table = Table([
      .init(title: "when", isKey: true), .init(title: "who", isKey: true), .init(title: "field", isKey: true),
      .init(title: "value", shrinks: true), .init(title: "became"), .init(title: "device"),
    ])
    for row in page.rows { table.add([row.at, row.who, row.field, row.value, row.fate, row.device]) }
    show(table)
    if let refusal = page.refusal { say(.verbatim(refusal)) }
    if page.mayBeMore { say("There is more: --limit \(next)", .dim) }
  }
}
