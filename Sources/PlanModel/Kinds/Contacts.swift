extension KindDescription {
  package static let contact = KindDescription(
    34, "contact", .plan, title: 1, columns: ["name", "title", "language", "left-on"],
    [
      RegisterDescription(1, "name", .line(maximum: 200), required: true, "the person's name"),
      RegisterDescription(2, "title", .line(maximum: 200), "their function"),
      RegisterDescription(3, "language", .line(maximum: 35), "such as fr or en-GB"),
      RegisterDescription(4, "consent", .flag, "whether they agreed to marketing"),
      RegisterDescription(5, "reports-to", .reference(KindNumber.contact), "another contact"),
      RegisterDescription(6, "left-on", .date, "the day they left"),
      RegisterDescription(7, "notes", .text(maximum: 20_000), "anything worth knowing"),
      RegisterDescription(8, "division", .reference(KindNumber.division), "the part of them they work in"),
      RegisterDescription(
        9, "external-id", .line(maximum: 200), "what another system calls it, such as hubspot:9001"),
    ])

  package static let contactPoint = KindDescription(
    35, "contact-point", .plan, title: 3, columns: ["contact", "type", "value", "label"],
    keys: [["contact", "type", "value"]],
    [
      RegisterDescription(
        1, "contact", .reference(KindNumber.contact), policy: .once, required: true, "whom it reaches"),
      RegisterDescription(
        2, "type", .choice(Choices("email", "phone", "other")), required: true, "what it is"),
      RegisterDescription(3, "value", .line(maximum: 300), required: true, "the address or number"),
      RegisterDescription(4, "label", .line(maximum: 50), "such as office"),
    ])

  package static let privilegedContact = KindDescription(
    38, "privileged-contact", .plan, singleton: true, title: 1,
    columns: ["person", "deputy", "since", "cadence-days"],
    [
      RegisterDescription(
        1, "person", .reference(KindNumber.person), policy: .guarded, "our person for this account"),
      RegisterDescription(2, "deputy", .reference(KindNumber.person), "who stands in"),
      RegisterDescription(3, "since", .date, "since when"),
      RegisterDescription(4, "cadence-days", .integer(1...3650), "at least one contact every so many days"),
    ])
}
