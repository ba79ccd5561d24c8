extension KindDescription {
  package static let communicationItem = KindDescription(
    58, "communication-item", .plan, title: 1,
    columns: ["objective", "audience", "channel", "cadence-days", "owner"],
    [
      RegisterDescription(1, "objective", .line(maximum: 500), required: true, "what it is for"),
      RegisterDescription(2, "audience", .line(maximum: 300), "to whom, in words"),
      RegisterDescription(3, "contact", .reference(KindNumber.contact), "to whom"),
      RegisterDescription(4, "segment", .reference(KindNumber.segment), "to which segment"),
      RegisterDescription(5, "message", .text(maximum: 20_000), "what is said"),
      RegisterDescription(
        6, "channel",
        .choice(Choices("meeting", "call", "email", "letter", "chat", "portal", "social", "event", "other")),
        "how"),
      RegisterDescription(7, "cadence-days", .integer(1...3_650), "every so many days"),
      RegisterDescription(8, "owner", .reference(KindNumber.person), "who sees to it"),
      RegisterDescription(9, "strategy", .reference(KindNumber.strategy), "for which effort"),
    ])

  package static let communicationSent = KindDescription(
    59, "communication-sent", .plan, title: 1, columns: ["item", "contact", "occurred-at", "by"],
    [
      RegisterDescription(
        1, "item", .reference(KindNumber.communicationItem), policy: .once, required: true, "what"),
      RegisterDescription(2, "contact", .reference(KindNumber.contact), policy: .once, "to whom"),
      RegisterDescription(3, "occurred-at", .instant, policy: .once, fill: .now, "when"),
      RegisterDescription(4, "by", .reference(KindNumber.person), policy: .once, fill: .author, "who"),
      RegisterDescription(5, "note", .text(maximum: 5_000), policy: .once, "what came of it"),
    ])

  package static let interaction = KindDescription(
    60, "interaction", .plan, openToDepartments: true, title: 1,
    columns: ["summary", "channel", "direction", "contact", "occurred-at", "by"],
    [
      RegisterDescription(
        1, "summary", .line(maximum: 1000), policy: .once, required: true, department: .member,
        "what it was about"),
      RegisterDescription(
        2, "channel",
        .choice(Choices("meeting", "call", "email", "letter", "chat", "portal", "social", "event", "other")),
        policy: .once, department: .member, "how"),
      RegisterDescription(
        3, "direction", .choice(Choices("inbound", "outbound")), policy: .once, department: .member,
        "who came to whom"),
      RegisterDescription(
        4, "contact", .reference(KindNumber.contact), policy: .once, department: .member, "with whom"),
      RegisterDescription(5, "occurred-at", .instant, policy: .once, department: .member, fill: .now, "when"),
      RegisterDescription(
        6, "next-step", .line(maximum: 500), policy: .once, department: .member, "what was agreed"),
      RegisterDescription(
        7, "by", .reference(KindNumber.person), policy: .once, department: .member, fill: .author, "who of us"
      ),
    ])
}
