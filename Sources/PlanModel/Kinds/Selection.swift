extension KindDescription {
  package static let selectionCriterion = KindDescription(
    22, "selection-criterion", .directory, openToKeepers: true, title: 1,
    columns: ["name", "axis", "weight", "scale-max", "active"], keys: [["name"]],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "what is judged"),
      RegisterDescription(
        2, "axis", .choice(Choices("attractiveness", "strength")), required: true,
        "which side of the matrix it is on"),
      RegisterDescription(3, "weight", .integer(0...10_000), "basis points; those of an axis sum to 10,000"),
      RegisterDescription(4, "scale-max", .integer(1...100), "the highest score"),
      RegisterDescription(5, "anchors", .text(maximum: 5_000), "what each score means, one a line"),
      RegisterDescription(6, "active", .flag, policy: .guarded, "whether it counts"),
    ])

  package static let segment = KindDescription(
    23, "segment", .directory, openToKeepers: true, title: 1, columns: ["name", "rule"], keys: [["name"]],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(2, "rule", .text(maximum: 5_000), "which accounts belong; none: chosen one by one"),
      RegisterDescription(3, "description", .text(maximum: 5_000), "what they have in common"),
    ])

  package static let criterionScore = KindDescription(
    63, "criterion-score", .plan, title: 1, columns: ["criterion", "score", "scored-on"],
    keys: [["criterion", "scored-on"], ["criterion"]],
    [
      RegisterDescription(
        1, "criterion", .reference(KindNumber.selectionCriterion), policy: .once, required: true,
        "by which criterion"),
      RegisterDescription(2, "score", .integer(0...100), required: true, "the score"),
      RegisterDescription(3, "rationale", .line(maximum: 1000), "why"),
      RegisterDescription(4, "scored-on", .date, "YYYY-MM-DD"),
    ])

  package static let segmentMember = KindDescription(
    64, "segment-member", .plan, title: 1, columns: ["segment"], keys: [["segment"]],
    [
      RegisterDescription(
        1, "segment", .reference(KindNumber.segment), policy: .once, required: true, "which segment"),
      RegisterDescription(2, "reason", .line(maximum: 500), "why"),
    ])
}
