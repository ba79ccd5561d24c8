import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

extension ExportRecords {
  /// What is due: open tasks as to-dos, reviews as events of a day, communications as events that come again.
  /// - Parameter version: Of the program, which the calendar says it was made by.
  func calendar(version: String) throws -> String {
    var lines = ContentLines()
    lines.add("BEGIN", "VCALENDAR")
    lines.add("VERSION", "2.0")
    lines.add("PRODID", "-//kam//kam \(version)//EN")
    lines.add("CALSCALE", "GREGORIAN")
    for task in try records(.task) { try add(task, to: &lines) }
    for review in try records(.businessReview) { try add(review: review, to: &lines) }
    let sent = Dictionary(grouping: try records(.communicationSent)) {
      $0.reference(CommunicationSentRegister.item)
    }
    for item in try records(.communicationItem) { try add(item, sent: sent[item.id] ?? [], to: &lines) }
    lines.add("END", "VCALENDAR")
    return lines.text
  }

  private func begin(_ component: String, _ view: RecordView, _ lines: inout ContentLines) throws {
    lines.add("BEGIN", component)
    lines.add("UID", "\(view.id)@kam")
    lines.add("DTSTAMP", Self.utc(view.state.stamps.latest?.milliseconds ?? 0))
    let account = try view.scope.account.map { try workbench.accounts().label($0) } ?? ""
    lines.add("SUMMARY", text: "[\(account)] \(workbench.title(view))")
  }

  private func add(_ task: RecordView, to lines: inout ContentLines) throws {
    let status = task.chosen(TaskRegister.status)
    guard let due = task.day(TaskRegister.due), !(status.map(TaskStatus.isFinished) ?? false) else { return }
    try begin("VTODO", task, &lines)
    lines.add("DUE;VALUE=DATE", Self.compact(due))
    lines.add("DESCRIPTION", text: task.text(TaskRegister.detail))
    if let code = workbench.taskDepartment(task) {
      lines.add("CATEGORIES", text: try workbench.departments().word(code))
    }
    let priorities = ["urgent": 1, "high": 3, "normal": 5, "low": 7]
    if let priority = task.choice(TaskRegister.priority).flatMap({ priorities[$0] }) {
      lines.add("PRIORITY", "\(priority)")
    }
    lines.add("STATUS", status == TaskStatus.inProgress ? "IN-PROCESS" : "NEEDS-ACTION")
    lines.add("END", "VTODO")
  }

  private func add(review: RecordView, to lines: inout ContentLines) throws {
    guard let day = review.day(BusinessReviewRegister.heldOn) else { return }
    try addEvent(review, on: day, &lines)
    lines.add("DESCRIPTION", text: review.text(BusinessReviewRegister.agenda))
    lines.add("END", "VEVENT")
  }

  private func add(_ item: RecordView, sent: [RecordView], to lines: inout ContentLines) throws {
    guard let cadence = item.integer(CommunicationItemRegister.cadenceDays),
      let next = workbench.nextDay(of: item, sent: sent)
    else {
      return
    }
    try addEvent(item, on: next, &lines)
    lines.add("RRULE", "FREQ=DAILY;INTERVAL=\(cadence)")
    lines.add("DESCRIPTION", text: item.text(CommunicationItemRegister.message))
    lines.add("END", "VEVENT")
  }

  private func addEvent(_ view: RecordView, on day: PlanDate, _ lines: inout ContentLines) throws {
    try begin("VEVENT", view, &lines)
    lines.add("DTSTART;VALUE=DATE", Self.compact(day))
    lines.add("DTEND;VALUE=DATE", Self.compact(day.adding(days: 1)))
    lines.add("TRANSP", "TRANSPARENT")
  }

  private static func compact(_ day: PlanDate) -> String { day.description.replacing("-", with: "") }

  /// "20261124T140203Z"
  private static func utc(_ milliseconds: Int64) -> String {
    Moments.iso(milliseconds).prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }
}
