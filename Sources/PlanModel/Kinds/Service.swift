extension KindDescription {
  package static let serviceRequest = KindDescription(
    56, "service-request", .plan, addressee: 8, title: 1,
    columns: ["subject", "type", "severity", "department", "assignee", "opened-at"],
    keys: [["subject", "opened-at"]],
    [
      RegisterDescription(1, "subject", .line(maximum: 300), required: true, "what is asked"),
      RegisterDescription(
        2, "type", .choice(Choices("information", "guidance", "complaint", "technical", "other")),
        required: true, "what it is"),
      RegisterDescription(3, "problem", .flag, "whether something does not work"),
      RegisterDescription(
        4, "channel",
        .choice(Choices("meeting", "call", "email", "letter", "chat", "portal", "social", "event", "other")),
        "how it came"),
      RegisterDescription(
        5, "severity", .choice(Choices("low", "normal", "high", "critical")), "how bad it is"),
      RegisterDescription(6, "contact", .reference(KindNumber.contact), "who asks"),
      RegisterDescription(7, "opened-at", .instant, policy: .once, fill: .now, "when they asked"),
      RegisterDescription(8, "department", .choice(.departments), "who answers"),
      RegisterDescription(
        9, "assignee", .reference(KindNumber.person), policy: .guarded, department: .member,
        "who takes care of it"),
      RegisterDescription(10, "detail", .text(maximum: 20_000), department: .member, "all that is known"),
      RegisterDescription(
        11, "external-id", .line(maximum: 200), "what another system calls it, such as hubspot:9001"),
    ])

  package static let requestEvent = KindDescription(
    57, "request-event", .plan, openToDepartments: true, title: 2,
    columns: ["type", "request", "occurred-at", "by"],
    [
      RegisterDescription(
        1, "request", .reference(KindNumber.serviceRequest), policy: .once, required: true,
        department: .member, "to which request"),
      RegisterDescription(
        2, "type",
        .choice(Choices("responded", "resolved", "reopened", "closed", "escalated", "reclassified")),
        policy: .once, required: true, department: .member, "what"),
      RegisterDescription(3, "occurred-at", .instant, policy: .once, department: .member, fill: .now, "when"),
      RegisterDescription(
        4, "by", .reference(KindNumber.person), policy: .once, department: .member, fill: .author, "who"),
      RegisterDescription(
        5, "note", .text(maximum: 5_000), policy: .once, department: .member, "what was said or done"),
    ])
}
