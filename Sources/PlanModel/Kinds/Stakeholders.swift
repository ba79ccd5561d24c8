extension KindDescription {
  package static let division = KindDescription(
    33, "division", .plan, title: 1, columns: ["name", "parent"], keys: [["name"]],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(
        2, "parent", .reference(KindNumber.division), policy: .guarded, "the division it belongs to"),
    ])

  package static let stakeholderRole = KindDescription(
    36, "stakeholder-role", .plan, title: 3,
    columns: ["role", "contact", "influence", "support", "verified-on"], keys: [["contact", "role"]],
    [
      RegisterDescription(
        1, "contact", .reference(KindNumber.contact), policy: .once, required: true, "whose role it is"),
      RegisterDescription(2, "plan", .reference(KindNumber.plan), "in which plan"),
      RegisterDescription(
        3, "role",
        .choice(
          Choices(
            "decision-maker", "economic-buyer", "champion", "influencer", "technical-evaluator", "user",
            "blocker", "gatekeeper", "coach", "sponsor", "procurement", "legal")), required: true,
        "what they are"),
      RegisterDescription(4, "influence", .integer(0...5), "how much they decide"),
      RegisterDescription(5, "support", .integer((-2)...2), "how much they are for us"),
      RegisterDescription(6, "verified-on", .date, "when this was last seen to be so"),
    ])

  package static let influence = KindDescription(
    37, "influence", .plan, title: 1, columns: ["from-contact", "type", "to-contact", "strength"],
    keys: [["from-contact", "to-contact", "type"]],
    [
      RegisterDescription(
        1, "from-contact", .reference(KindNumber.contact), policy: .once, required: true, "who"),
      RegisterDescription(
        2, "to-contact", .reference(KindNumber.contact), policy: .once, required: true, "on whom"),
      RegisterDescription(
        3, "type", .choice(Choices("reports-to", "influences", "conflicts", "mentors")), required: true, "how"
      ),
      RegisterDescription(4, "strength", .integer(1...3), "how strongly"),
    ])

  package static let coverage = KindDescription(
    39, "coverage", .plan, title: 1, columns: ["person", "contact", "strength", "cadence-days"],
    keys: [["person", "contact"]],
    [
      RegisterDescription(
        1, "person", .reference(KindNumber.person), policy: .once, required: true, "our person"),
      RegisterDescription(
        2, "contact", .reference(KindNumber.contact), policy: .once, required: true, "whom they know"),
      RegisterDescription(
        3, "strength", .choice(Choices("none", "weak", "working", "strong")), required: true, "how well"),
      RegisterDescription(4, "cadence-days", .integer(1...3_650), "at least one contact every so many days"),
    ])
}
