extension KindDescription {
  package static let healthDefinition = KindDescription(
    24, "health-definition", .directory, title: 1, columns: ["name", "active"], keys: [["name"]],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(2, "components", .text(maximum: 5_000), "indicator and weight, one a line"),
      RegisterDescription(3, "active", .flag, policy: .guarded, "whether it counts"),
    ])

  package static let kpiTarget = KindDescription(
    25, "kpi-target", .directory, title: 1,
    columns: ["name", "indicator", "good", "warning", "unit", "active"], keys: [["name"]],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(2, "indicator", .line(maximum: 100), required: true, "which indicator"),
      RegisterDescription(3, "good", .decimal, "good from here"),
      RegisterDescription(4, "warning", .decimal, "worrying from here"),
      RegisterDescription(5, "unit", .line(maximum: 50), "such as % or days"),
      RegisterDescription(6, "active", .flag, policy: .guarded, "whether it counts"),
    ])

  package static let serviceLevel = KindDescription(
    28, "service-level", .directory, title: 1,
    columns: ["name", "type", "severity", "respond-hours", "resolve-hours", "active"], keys: [["name"]],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(
        2, "type", .choice(Choices("information", "guidance", "complaint", "technical", "other")),
        "only for requests of this type"),
      RegisterDescription(
        3, "severity", .choice(Choices("low", "normal", "high", "critical")),
        "only for requests that are so bad"),
      RegisterDescription(4, "respond-hours", .integer(1...8_760), "answered within so many hours"),
      RegisterDescription(5, "resolve-hours", .integer(1...8_760), "settled within so many hours"),
      RegisterDescription(6, "active", .flag, policy: .guarded, "whether it counts"),
    ])

  package static let exchangeRate = KindDescription(
    29, "exchange-rate", .directory, title: 1, columns: ["currency", "into", "rate", "since"],
    keys: [["currency", "into", "since"]],
    [
      RegisterDescription(1, "currency", .currency, policy: .once, required: true, "what is converted"),
      RegisterDescription(2, "into", .currency, policy: .once, required: true, "into what"),
      RegisterDescription(3, "rate", .decimal, required: true, "how much one unit is worth"),
      RegisterDescription(4, "since", .date, policy: .once, required: true, "from this day on"),
    ])
}
