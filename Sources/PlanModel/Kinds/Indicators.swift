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
}
