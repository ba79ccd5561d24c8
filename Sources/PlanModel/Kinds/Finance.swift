extension KindDescription {
  package static let sale = KindDescription(
    80, "sale", .finance, title: 5, columns: ["occurred-on", "product", "revenue", "cost", "order"],
    keys: [
      ["source", "order", "product", "type"], ["source", "order", "type"], ["order", "product", "type"],
      ["order", "type"],
    ],
    [
      RegisterDescription(1, "occurred-on", .date, policy: .once, required: true, "YYYY-MM-DD"),
      RegisterDescription(2, "product", .reference(KindNumber.product), policy: .once, "what"),
      RegisterDescription(
        3, "division", .reference(KindNumber.division), policy: .once, "to which part of them"),
      RegisterDescription(
        4, "type", .choice(Choices("sale", "credit-note")), policy: .once, initial: 1, "what it is"),
      RegisterDescription(5, "revenue", .money, policy: .once, required: true, "without tax"),
      RegisterDescription(6, "cost", .money, policy: .once, "direct cost"),
      RegisterDescription(7, "order", .line(maximum: 100), policy: .once, "the order's number"),
      RegisterDescription(8, "source", .line(maximum: 100), policy: .once, "where the number comes from"),
      RegisterDescription(
        9, "strategy", .reference(KindNumber.strategy), policy: .once, "the effort it comes from"),
      RegisterDescription(
        10, "external-id", .line(maximum: 200), policy: .once,
        "what another system calls it, such as hubspot:9001"),
    ])

  package static let costEvent = KindDescription(
    81, "cost-event", .finance, title: 3, columns: ["occurred-on", "type", "amount", "strategy"],
    [
      RegisterDescription(
        1, "type", .choice(Choices("acquisition", "retention", "service")), policy: .once, required: true,
        "what it was for"),
      RegisterDescription(2, "occurred-on", .date, policy: .once, required: true, "YYYY-MM-DD"),
      RegisterDescription(3, "amount", .money, policy: .once, required: true, "how much"),
      RegisterDescription(4, "strategy", .reference(KindNumber.strategy), policy: .once, "for which effort"),
      RegisterDescription(5, "note", .line(maximum: 500), policy: .once, "what for"),
    ])

  package static let revenueTarget = KindDescription(
    82, "revenue-target", .finance, seal: Seal(5, isFinal: false), title: 1,
    columns: ["period", "product", "revenue", "margin", "locked"],
    keys: [["period", "product"], ["period"]],
    [
      RegisterDescription(1, "period", .period, required: true, "such as 2026-01-01..2026-12-31"),
      RegisterDescription(2, "product", .reference(KindNumber.product), "of which product"),
      RegisterDescription(3, "revenue", .money, "how much"),
      RegisterDescription(4, "margin", .money, "how much of it is to stay"),
      RegisterDescription(5, "locked", .flag, policy: .guarded, "whether it stands; unlock it to change it"),
    ])

  package static let profitabilityTarget = KindDescription(
    83, "profitability-target", .finance, title: 1, columns: ["period", "margin-rate", "margin"],
    keys: [["period"]],
    [
      RegisterDescription(1, "period", .period, required: true, "such as 2026-01-01..2026-12-31"),
      RegisterDescription(2, "margin-rate", .integer((-10_000)...10_000), "basis points of revenue"),
      RegisterDescription(3, "margin", .money, "as an amount"),
      RegisterDescription(4, "note", .line(maximum: 500), "for which relation"),
    ])

  package static let contract = KindDescription(
    84, "contract", .finance, title: 1, columns: ["title", "period", "value", "status", "renews"],
    [
      RegisterDescription(1, "title", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(2, "period", .period, "from beginning to end"),
      RegisterDescription(3, "value", .money, "what it is worth"),
      RegisterDescription(
        4, "notice-days", .integer(0...3_650), "days before its end by which notice must be given"),
      RegisterDescription(5, "renews", .flag, "whether it goes on by itself"),
      RegisterDescription(
        6, "status", .choice(Choices("draft", "active", "ended", "cancelled")), policy: .guarded, initial: 1,
        "how far it is"),
    ])
}
