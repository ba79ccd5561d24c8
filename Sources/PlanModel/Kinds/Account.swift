extension KindDescription {
  package static let account = KindDescription(
    32, "account", .plan, title: 1, columns: ["slug", "name", "stage", "tier", "country"],
    keys: [["slug"], ["legal-id"]],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "the company's name"),
      RegisterDescription(2, "slug", .slug, "the short name people type"),
      RegisterDescription(
        3, "counterpart",
        .choice(
          Choices("customer", "supplier", "economic-partner", "financial-partner", "social-partner", "other")),
        "what they are to us"),
      RegisterDescription(
        4, "stage", .choice(Choices("potential", "prospect", "buyer", "loyal", "dormant", "lost")),
        "where the relation stands"),
      RegisterDescription(5, "tier", .integer(1...9), "1 is the most important"),
      RegisterDescription(6, "legal-id", .line(maximum: 100), "registration number"),
      RegisterDescription(7, "website", .line(maximum: 500), "https://…"),
      RegisterDescription(8, "country", .country, "two letters, such as FR"),
      RegisterDescription(9, "time-zone", .line(maximum: 64), "such as Europe/Paris"),
      RegisterDescription(10, "currency", .currency, "three letters, such as EUR"),
      RegisterDescription(11, "industry", .line(maximum: 200), "what they do"),
      RegisterDescription(12, "purchasing-power", .money, "a year's possible spend, such as \"50000 EUR\""),
      RegisterDescription(13, "first-contact-on", .date, "YYYY-MM-DD"),
      RegisterDescription(14, "notes", .text(maximum: 20_000), "anything worth knowing"),
      RegisterDescription(15, "key-account", .flag, policy: .guarded, writer: .manager, "yes or no"),
      RegisterDescription(
        16, "manager", .reference(KindNumber.person), policy: .guarded, writer: .manager, "who answers for it"
      ),
      RegisterDescription(
        17, "parent", .reference(KindNumber.account), policy: .guarded, writer: .manager,
        "the parent company's account"),
      RegisterDescription(18, "disengaged", .opaque, policy: .server, "the departments that stay out of it"),
      RegisterDescription(
        19, "external-id", .line(maximum: 200), "what another system calls it, such as hubspot:9001"),
    ])
}
