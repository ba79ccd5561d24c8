import Indicators
import Pages
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// Which requests are open, for how long, and what is late.
package struct AgeingReport: FigureReport {
  package let workbench: Workbench
  private let onlyOverdue: Bool
  private let limit: Int
  /// What is late longest comes first; what has no deadline goes by its age.
  private let rows: [Row]

  private struct Row {
    let account: AccountFacts
    let open: OpenRequest
    let view: RecordView
  }

  /// - Parameters:
  ///   - account: nil: all.
  ///   - limit: At most so many on a page.
  package init(_ workbench: Workbench, account: RecordID?, onlyOverdue: Bool, limit: Int) throws {
    self.workbench = workbench
    self.onlyOverdue = onlyOverdue
    self.limit = limit
    let source = try FigureSource(workbench, account: account, .today, topics: [.service])
    let levels = ServiceLevels(source.facts.directory.levels)
    let views = Dictionary(
      try workbench.replica.records(
        ofKind: KindNumber.serviceRequest, account: account, where: { _, alive in alive }
      ).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    func due(_ row: Row) -> Int64 { row.open.due?.at ?? .max }
    rows = source.facts.accounts.flatMap { account in
      openRequests(account.requests, at: source.cutOff, levels: levels).compactMap { open in
        views[open.request.id].map { Row(account: account, open: open, view: $0) }
      }
    }.filter { !onlyOverdue || $0.open.isOverdue(at: workbench.now) }
      .sorted { (due($0), $0.open.request.openedAt) < (due($1), $1.open.request.openedAt) }
  }

  package var listed: [RecordID]? { rows.prefix(limit).map(\.view.id) }

  // MARK: - For people

  package func blocks() throws -> [Block] {
    guard !rows.isEmpty else { return [text(onlyOverdue ? "Nothing is late." : "No open requests.")] }
    return [.table(ages), .gap, .table(try table())] + more(rows.count - limit)
  }

  private var ages: FigureTable {
    var table = FigureTable([
      column(title: "age", .key), column(title: "open", .key, isNumber: true), barColumn,
    ])
    for (age, count) in requestAges(rows.map(\.open)) {
      table.add([cell(age), cell(count), .bar(share: Double(count) / Double(rows.count), width: 30)])
    }
    return table
  }

  private func table() throws -> FigureTable {
    let handles = try workbench.replica.handles(for: rows.map(\.view.id))
    var table = FigureTable([
      placeColumn, column(title: "handle", .key), column(title: .word("subject"), .title),
      column(title: "deadline", .key), column(title: "open for", isNumber: true), column(title: "account"),
      column(title: .word("severity")), column(title: .word("assignee")),
    ])
    for (place, row) in rows.prefix(limit).enumerated() {
      let assignee = try row.view.reference(ServiceRequestRegister.assignee).map {
        try workbench.people().name($0)
      }
      table.add([
        cell(place + 1), .text(handles[row.view.id]?.description ?? ""),
        .text(row.view.text(ServiceRequestRegister.subject) ?? ""), cell(deadline(row)),
        cell(Moments.span(row.open.age)), .text(row.account.profile.slug),
        cell(row.view.choice(ServiceRequestRegister.severity).map(Phrase.word)),
        cell(assignee, or: "nobody yet"),
      ])
    }
    return table
  }

  private func deadline(_ row: Row) -> Phrase {
    guard let due = row.open.due else { return .nothing }
    let left = Moments.span(due.at - workbench.now)
    switch (due.isAnswer, due.at < workbench.now) {
    case (true, true): return "answer late by \(left)"
    case (true, false): return "answer within \(left)"
    case (false, true): return "late by \(left)"
    case (false, false): return "settle within \(left)"
    }
  }

  // MARK: - For programs

  package func document() throws -> JSON {
    let records = try workbench.json(rows.map(\.view))
    return .array(
      zip(rows, records).map { row, record in
        .object([
          ("request", record), ("ageHours", .verbatim(fixed(Double(row.open.age) / 3_600_000, 2))),
          ("due", row.open.due.map { .text(Moments.iso($0.at)) } ?? .null),
          ("dueFor", row.open.due.map { .text($0.isAnswer ? "answer" : "resolution") } ?? .null),
          ("overdue", .flag(row.open.isOverdue(at: workbench.now))),
        ])
      })
  }
}
