extension KindDescription {
  package static let taskDependency = KindDescription(
    43, "task-dependency", .plan, title: 1, columns: ["task", "needs"], keys: [["task", "needs"]],
    [
      RegisterDescription(
        1, "task", .reference(KindNumber.task), policy: .once, required: true, "which waits"),
      RegisterDescription(
        2, "needs", .reference(KindNumber.task), policy: .once, required: true, "for which"),
    ])

  package static let taskRole = KindDescription(
    44, "task-role", .plan, title: 2, columns: ["person", "task", "role"], keys: [["task", "person"]],
    [
      RegisterDescription(
        1, "task", .reference(KindNumber.task), policy: .once, required: true, "which task"),
      RegisterDescription(2, "person", .reference(KindNumber.person), policy: .once, required: true, "who"),
      RegisterDescription(
        3, "role", .choice(Choices("responsible", "accountable", "consulted", "informed")), required: true,
        "in what part"),
    ])

  package static let departmentExpectation = KindDescription(
    45, "department-expectation", .plan, addressee: 1, title: 2,
    columns: ["statement", "department", "status", "due"],
    [
      RegisterDescription(1, "department", .choice(.departments), required: true, "of whom"),
      RegisterDescription(2, "statement", .line(maximum: 500), required: true, "what is expected"),
      RegisterDescription(3, "measure", .line(maximum: 500), "how one sees that it is met"),
      RegisterDescription(4, "due", .date, "YYYY-MM-DD"),
      RegisterDescription(
        5, "status", .choice(Choices("open", "met", "missed", "dropped")), policy: .guarded,
        department: .member, initial: 1, "how far it is"),
      RegisterDescription(6, "note", .text(maximum: 5_000), department: .member, "where it stands"),
    ])

  package static let project = KindDescription(
    46, "project", .plan, title: 1, columns: ["name", "period", "budget", "status", "owner"],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(2, "period", .period, "such as 2026-01-01..2026-12-31"),
      RegisterDescription(3, "budget", .money, "what it may cost"),
      RegisterDescription(
        4, "status", .choice(Choices("planned", "running", "done", "stopped")), policy: .guarded, initial: 1,
        "how far it is"),
      RegisterDescription(5, "expectations", .text(maximum: 20_000), "what it is to bring"),
      RegisterDescription(6, "owner", .reference(KindNumber.person), "who answers for it"),
      RegisterDescription(7, "shared", .flag, "whether the customer may see it in a review pack"),
    ])

  package static let businessReview = KindDescription(
    62, "business-review", .plan, seal: Seal(7, isFinal: true), title: 1,
    columns: ["title", "period", "held-on", "rating", "finalised"],
    [
      RegisterDescription(1, "title", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(2, "period", .period, "what it looks back on"),
      RegisterDescription(3, "agenda", .text(maximum: 20_000), "what is talked about"),
      RegisterDescription(4, "minutes", .text(maximum: 20_000), "what was said"),
      RegisterDescription(5, "rating", .integer(1...10), "how they rate us"),
      RegisterDescription(6, "held-on", .date, "YYYY-MM-DD"),
      RegisterDescription(
        7, "finalised", .flag, policy: .guarded, "whether it is done; then it stands as it is"),
      RegisterDescription(8, "digest", .line(maximum: 100), "of the pack that was shown"),
    ])
}
