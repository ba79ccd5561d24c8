extension KindDescription {
  package static let plan = KindDescription(
    40, "plan", .plan, title: 1, columns: ["title", "period", "type", "status"],
    [
      RegisterDescription(1, "title", .line(maximum: 200), required: true, "what the plan is called"),
      RegisterDescription(2, "period", .period, "such as 2026-01-01..2026-12-31"),
      RegisterDescription(
        3, "type", .choice(Choices("acquire", "expand", "retain", "partnership")), "what the plan is for"),
      RegisterDescription(4, "vision", .text(maximum: 20_000), "where the relation should stand at the end"),
      RegisterDescription(
        5, "status", .choice(Choices("draft", "submitted", "approved", "rejected", "archived")),
        policy: .guarded,
        initial: 1, "how far it is agreed"),
      RegisterDescription(6, "owner", .reference(KindNumber.person), "who answers for it"),
    ])

  package static let objective = KindDescription(
    41, "objective", .plan, title: 2, columns: ["title", "status", "current", "target", "unit", "due"],
    [
      RegisterDescription(1, "plan", .reference(KindNumber.plan), "the plan it belongs to"),
      RegisterDescription(2, "title", .line(maximum: 200), required: true, "what is to be reached"),
      RegisterDescription(3, "department", .choice(.departments), "who works on it"),
      RegisterDescription(4, "metric", .line(maximum: 200), "what is measured"),
      RegisterDescription(5, "baseline", .decimal, "where it started"),
      RegisterDescription(6, "target", .decimal, "where it should get"),
      RegisterDescription(7, "current", .decimal, "where it is"),
      RegisterDescription(8, "unit", .line(maximum: 50), "such as % or EUR"),
      RegisterDescription(9, "due", .date, "YYYY-MM-DD"),
      RegisterDescription(10, "owner", .reference(KindNumber.person), "who answers for it"),
      RegisterDescription(11, "weight", .integer(0...10_000), "basis points of the plan"),
      RegisterDescription(
        12, "status", .choice(Choices("not-started", "in-progress", "achieved", "deferred", "cancelled")),
        policy: .guarded,
        initial: 1, "how far it is"),
      RegisterDescription(13, "shared", .flag, "whether the customer may see it in a review pack"),
    ])

  package static let task = KindDescription(
    42, "task", .plan, addressee: TaskRegister.department, title: 1,
    columns: ["title", "department", "status", "claimed-by", "due", "priority"],
    [
      RegisterDescription(1, "title", .line(maximum: 300), required: true, "what is to be done"),
      RegisterDescription(2, "detail", .text(maximum: 20_000), "how, with what, for whom"),
      RegisterDescription(3, "department", .choice(.departments), required: true, "who is asked to do it"),
      RegisterDescription(4, "due", .date, "YYYY-MM-DD"),
      RegisterDescription(
        5, "priority", .choice(Choices("low", "normal", "high", "urgent")), "how pressing it is"),
      RegisterDescription(6, "side", .choice(Choices("ours", "theirs")), "who acts"),
      RegisterDescription(7, "plan", .reference(KindNumber.plan), "the plan it serves"),
      RegisterDescription(8, "objective", .reference(KindNumber.objective), "the objective it serves"),
      RegisterDescription(9, "requested-by", .reference(KindNumber.person), "who asked for it"),
      RegisterDescription(
        10, "progress-note", .text(maximum: 5_000), department: .member, "where it stands"),
      RegisterDescription(
        11, "blocked-reason", .line(maximum: 500), department: .member, "why it is blocked"),
      RegisterDescription(12, "done-on", .date, department: .member, "YYYY-MM-DD"),
      RegisterDescription(
        13, "evidence", .line(maximum: 500), department: .member, "what shows that it is done"),
      RegisterDescription(
        14, "claimed-by", .reference(KindNumber.person), policy: .guarded, department: .member, "who holds it"
      ),
      RegisterDescription(
        15, "status", .choice(Choices("open", "claimed", "in-progress", "blocked", "done", "cancelled")),
        policy: .guarded, department: .member,
        initial: TaskStatus.open, "how far it is"),
      RegisterDescription(16, "project", .reference(KindNumber.project), "the project it serves"),
      RegisterDescription(
        17, "external-id", .line(maximum: 200), "what another system calls it, such as hubspot:9001"),
    ])

  package static let comment = KindDescription(
    61, "comment", .plan, openToDepartments: true, title: 3, columns: ["author", "text"],
    [
      RegisterDescription(
        1, "about", .anyReference, policy: .once, required: true, department: .member,
        "the record it is about"),
      RegisterDescription(
        2, "about-kind", .kindNumber, policy: .once, required: true, department: .member,
        "what that record is"),
      RegisterDescription(
        3, "text", .text(maximum: 20_000), policy: .once, required: true, department: .member, "the words"),
      RegisterDescription(
        4, "author", .reference(KindNumber.person), policy: .once, department: .member, fill: .author,
        "who wrote it"),
      RegisterDescription(5, "written-ms", .instant, policy: .once, department: .member, fill: .now, "when"),
    ])
}
