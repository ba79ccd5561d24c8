import Pages
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// What waits for a person, read at one moment.
package struct Inbox {
  private let workbench: Workbench
  private let departments: [DepartmentCode: DepartmentRole]
  private let open: [RecordView]
  private let held: [RecordView]
  private let requests: [RecordView]
  private let decided: [DecidedClaim]
  private let met: [ToldConflict]
  private let refused: Int
  /// The last claim that it shows as decided: what its reader has seen once they have looked.
  package let decidedThrough: Int64

  private static let metMax = 10

  /// - Parameter department: Only this one's open tasks, as a person types it.
  package init(_ workbench: Workbench, department: String? = nil) throws {
    self = try workbench.replica.read { _ in try Inbox(reading: workbench, department: department) }
  }

  private init(reading workbench: Workbench, department: String?) throws {
    self.workbench = workbench
    let me = workbench.identity.person
    var departments = try workbench.memberships(of: me)
    if let department {
      let only = try workbench.departments().resolve(department)
      departments = [only: departments[only] ?? .member]
    }
    self.departments = departments
    open = try workbench.openTasks(of: Set(departments.keys))
    held = try workbench.heldTasks { $0 == me }
    requests = try workbench.openRequests(of: me, departments: Set(departments.keys))
    let settled = try workbench.replica.settledGuarded(after: workbench.replica.lookedThrough())
    decided = try workbench.decidedClaims(among: settled.entries)
    decidedThrough = settled.through
    met = try workbench.replica.conflicts(unseenOnly: true).map(workbench.told)
    refused = try workbench.replica.quarantine().count
  }

  // MARK: - For people

  /// - Parameter max: At most so many rows in each part, but of what they hold.
  package func page(max: Int) throws -> InboxPage {
    try workbench.replica.read { _ in
      let reader = workbench.reader
      return InboxPage(
        parts: try parts(max: max),
        decided: try decided.map { reader.said(try workbench.sentence($0)) },
        met: try Section(
          title: reader.said("Where your edits met others' (\(met.count))"),
          rows: workbench.folded(met).prefix(Self.metMax).map { reader.said(try workbench.sentence($0)) }),
        refused: refused, belongsToDepartment: !departments.isEmpty)
    }
  }

  private func parts(max: Int) throws -> [InboxPage.Part] {
    var parts = [
      try part("Yours (\(held.count))", held),
      try part("Requests to you (\(requests.count))", Array(requests.prefix(max)), .serviceRequest),
    ]
    for code in departments.keys.sorted() {
      let views = open.filter { workbench.taskDepartment($0) == code }
      let name = try workbench.departments().word(code)
      parts.append(
        try part(
          "Open for \(word: name) (\(views.count))", Array(views.prefix(max)),
          more: Swift.max(0, views.count - max), .listTasks(department: name)))
    }
    return parts.filter { !$0.list.rows.isEmpty }
  }

  private func part(
    _ title: Phrase, _ views: [RecordView], _ kind: KindDescription = .task, more: Int = 0,
    _ action: Action? = nil
  ) throws -> InboxPage.Part {
    InboxPage.Part(
      title: workbench.reader.said(title),
      list: try workbench.listPage(views, of: kind, isOneAccount: false), more: more, action: action)
  }

  // MARK: - For programs

  package func document() throws -> InboxDocument {
    InboxDocument(
      departments: try departments.sorted { $0.key < $1.key }.map { code, role in
        InboxDocument.Membership(department: try workbench.departments().word(code), role: role.name)
      },
      yours: try workbench.json(held), open: try workbench.json(open),
      requests: try workbench.json(requests),
      overdue: (held + open).filter(workbench.isOverdue).map(\.id.description),
      decided: try decided.map(workbench.json), superseded: try met.map(workbench.json), refused: refused)
  }
}
