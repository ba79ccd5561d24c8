extension KindDescription {
  package static let product = KindDescription(
    18, "product", .directory, openToKeepers: true, title: 2,
    columns: ["sku", "name", "family", "type", "price"], keys: [["sku"]],
    [
      RegisterDescription(1, "sku", .line(maximum: 64), required: true, "the article number"),
      RegisterDescription(2, "name", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(3, "family", .line(maximum: 100), "what it belongs to"),
      RegisterDescription(4, "type", .choice(Choices("product", "service")), "what it is"),
      RegisterDescription(5, "price", .money, "its list price"),
      RegisterDescription(6, "active", .flag, "whether it is still sold"),
    ])

  package static let strategy = KindDescription(
    19, "strategy", .directory, openToKeepers: true, title: 1,
    columns: ["name", "type", "period", "budget"], keys: [["name"]],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(2, "type", .choice(Choices("marketing", "commercial")), "what it is"),
      RegisterDescription(3, "period", .period, "such as 2026-01-01..2026-12-31"),
      RegisterDescription(4, "budget", .money, "what it may cost"),
      RegisterDescription(5, "goal", .text(maximum: 5_000), "what it is to reach"),
      RegisterDescription(6, "owner", .reference(KindNumber.person), "who answers for it"),
    ])
}
