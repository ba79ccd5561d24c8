import Pages
import Speech
import Wording

extension Console {
  /// The page of one record.
  func show(_ page: RecordPage) {
    say(.verbatim(page.title), .strong)
    show(page.fields)
    for related in page.related {
      heading(related.records.title)
      for line in related.records.rows {
        let mark = line.record.isPending ? " *" : ""
        self.line("  \(line.record.handle)\(mark)  \(joined([line.record.title] + line.details))")
      }
      if related.records.more > 0 {
        say("  … and \(related.records.more) more: \(action: .listRecords(kind: related.kind))")
      }
    }
    show(comments: page.comments)
  }
}
