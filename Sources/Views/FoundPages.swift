import Pages
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

extension Workbench {
  /// What was found by words, the best match first, with the words around it.
  package func listPage(of hits: [SearchHit]) throws -> ListPage {
    try replica.read { _ in
      let handles = try replica.handles(for: hits.map(\.record.id))
      let titles: [(Phrase, ListPage.Column.Purpose)] = [
        ("handle", .key), (.word("kind"), .detail), (.word("title"), .title), (.word("account"), .detail),
        ("where it says so", .detail),
      ]
      return ListPage(
        plural: reader.said(word: "records"),
        columns: titles.map { ListPage.Column(title: reader.said($0), purpose: $1) },
        rows: try hits.map { hit in
          let record = hit.record
          return ListPage.Row(
            id: record.id.description, isPending: false,
            cells: [
              handles[record.id]?.description ?? "",
              reader.said(word: PlanModel.kind(record.kind)?.label ?? "record"), title(record),
              try record.scope.account.map { try accounts().label($0) } ?? "",
              oneLine(hit.excerpt),
            ])
        })
    }
  }

  /// The same for programs.
  package func documents(of hits: [SearchHit]) throws -> [JSON] {
    zip(try json(hits.map(\.record)), hits).map { record, hit in
      .object([("record", record), ("excerpt", .text(hit.excerpt))])
    }
  }
}
