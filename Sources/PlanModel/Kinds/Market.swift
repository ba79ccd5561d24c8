extension KindDescription {
  package static let swotItem = KindDescription(
    47, "swot-item", .plan, title: 2, columns: ["quadrant", "text", "rank"],
    [
      RegisterDescription(
        1, "quadrant", .choice(Choices("strength", "weakness", "opportunity", "threat")), required: true,
        "where it stands"),
      RegisterDescription(2, "text", .line(maximum: 1000), required: true, "what it is"),
      RegisterDescription(3, "evidence", .line(maximum: 1000), "what shows it"),
      RegisterDescription(4, "rank", .integer(1...99), "1 comes first"),
      RegisterDescription(5, "plan", .reference(KindNumber.plan), "in which plan"),
    ])

  package static let whitespaceCell = KindDescription(
    48, "whitespace-cell", .plan, title: 2,
    columns: ["product", "division", "state", "potential", "competitor"],
    keys: [["product", "division"], ["product"]],
    [
      RegisterDescription(1, "division", .reference(KindNumber.division), "which part of them"),
      RegisterDescription(2, "product", .reference(KindNumber.product), required: true, "what of ours"),
      RegisterDescription(
        3, "state", .choice(Choices("none", "potential", "open", "won", "competitor")), required: true,
        "how it stands"),
      RegisterDescription(4, "potential", .money, "a year's possible spend"),
      RegisterDescription(5, "competitor", .line(maximum: 200), "who delivers it instead"),
    ])

  package static let opportunity = KindDescription(
    49, "opportunity", .plan, title: 1, columns: ["title", "stage", "amount", "closes-on", "owner"],
    [
      RegisterDescription(1, "title", .line(maximum: 200), required: true, "what it is"),
      RegisterDescription(2, "division", .reference(KindNumber.division), "which part of them"),
      RegisterDescription(3, "product", .reference(KindNumber.product), "what of ours"),
      RegisterDescription(4, "amount", .money, "what it would bring"),
      RegisterDescription(
        5, "stage", .graded(Choices("identified", "qualified", "proposed", "negotiating", "won", "lost")),
        "how far it is and how likely, such as \"negotiating 60%\""),
      RegisterDescription(6, "closes-on", .date, "YYYY-MM-DD"),
      RegisterDescription(7, "owner", .reference(KindNumber.person), "who answers for it"),
      RegisterDescription(
        8, "external-id", .line(maximum: 200), "what another system calls it, such as hubspot:9001"),
    ])
}
