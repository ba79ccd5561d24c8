extension KindDescription {
  package static let planTemplate = KindDescription(
    26, "plan-template", .directory, openToKeepers: true, title: 1, columns: ["name", "type", "days"],
    keys: [["name"]],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(
        2, "type", .choice(Choices("acquire", "expand", "retain", "partnership")),
        "what plans made from it are for"),
      RegisterDescription(3, "description", .text(maximum: 5_000), "when to use it, and what it leads to"),
      RegisterDescription(4, "days", .integer(1...3_650), "how many days a plan made from it runs"),
    ])

  package static let templateStep = KindDescription(
    27, "template-step", .directory, openToKeepers: true, title: 3,
    columns: ["template", "place", "type", "title", "department", "due-days"],
    keys: [["template", "type", "title"]],
    [
      RegisterDescription(
        1, "template", .reference(KindNumber.planTemplate), policy: .once, required: true, "of which template"
      ),
      RegisterDescription(
        2, "type", .choice(Choices("objective", "task", "expectation")), required: true, "what it becomes"),
      RegisterDescription(
        3, "title", .line(maximum: 200), required: true, "what is to be reached, done or expected"),
      RegisterDescription(4, "department", .choice(.departments), "who works on it"),
      RegisterDescription(
        5, "priority", .choice(Choices("low", "normal", "high", "urgent")), "how pressing it is"),
      RegisterDescription(6, "due-days", .integer(0...3_650), "due so many days after the plan begins"),
      RegisterDescription(7, "measure", .line(maximum: 200), "what is measured"),
      RegisterDescription(8, "target", .decimal, "where it should get"),
      RegisterDescription(9, "unit", .line(maximum: 50), "such as % or EUR"),
      RegisterDescription(10, "weight", .integer(0...10_000), "basis points of the plan"),
      RegisterDescription(11, "place", .integer(1...999), "1 comes first"),
      RegisterDescription(12, "serves", .integer(1...999), "the place of the objective that it serves"),
      RegisterDescription(13, "detail", .text(maximum: 20_000), "how, with what, for whom"),
      RegisterDescription(14, "baseline", .decimal, "where it starts"),
    ])

  package static let importMapping = KindDescription(
    30, "import-mapping", .directory, openToKeepers: true, title: 1, columns: ["name", "description"],
    keys: [["name"]],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(
        2, "rules", .text(maximum: 20_000), "an option of the import a line, such as “map Montant HT=revenue”"
      ),
      RegisterDescription(3, "description", .text(maximum: 5_000), "where such files come from"),
    ])
}
