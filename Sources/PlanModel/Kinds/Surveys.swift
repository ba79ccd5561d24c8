extension KindDescription {
  package static let surveyTemplate = KindDescription(
    20, "survey-template", .directory, openToKeepers: true, seal: Seal(7, isFinal: true), title: 1,
    columns: ["title", "type", "scale-max", "language", "edition", "published"],
    keys: [["title", "edition"], ["title"]],
    [
      RegisterDescription(1, "title", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(
        2, "type", .choice(Choices("nps", "csat", "ces", "custom")), required: true, "what it measures"),
      RegisterDescription(3, "questions", .text(maximum: 20_000), "the questions, one a line"),
      RegisterDescription(4, "scale-max", .integer(1...100), "the highest score"),
      RegisterDescription(5, "language", .line(maximum: 35), "such as fr or en-GB"),
      RegisterDescription(6, "edition", .integer(1...9_999), "which edition it is"),
      RegisterDescription(
        7, "published", .flag, policy: .guarded, "whether it may be used; then it stands as it is"),
    ])

  package static let surveyCampaign = KindDescription(
    52, "survey-campaign", .plan, title: 1, columns: ["title", "template", "period", "status"],
    [
      RegisterDescription(1, "title", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(
        2, "template", .reference(KindNumber.surveyTemplate), required: true, "what is asked"),
      RegisterDescription(3, "population", .line(maximum: 500), "who is asked"),
      RegisterDescription(4, "period", .period, "from opening to closing"),
      RegisterDescription(
        5, "status", .choice(Choices("draft", "open", "closed")), policy: .guarded, initial: 1,
        "how far it is"),
    ])

  package static let surveyInvitation = KindDescription(
    53, "survey-invitation", .plan, title: 2, columns: ["contact", "campaign", "channel", "invited-at"],
    [
      RegisterDescription(
        1, "campaign", .reference(KindNumber.surveyCampaign), policy: .once, required: true,
        "in which campaign"),
      RegisterDescription(
        2, "contact", .reference(KindNumber.contact), policy: .once, required: true, "who was asked"),
      RegisterDescription(
        3, "channel",
        .choice(Choices("meeting", "call", "email", "letter", "chat", "portal", "social", "event", "other")),
        policy: .once, "how"),
      RegisterDescription(4, "invited-at", .instant, policy: .once, fill: .now, "when"),
    ])

  package static let surveyResponse = KindDescription(
    54, "survey-response", .plan, title: 3, columns: ["score", "contact", "campaign", "occurred-at"],
    keys: [["external-id"]],
    [
      RegisterDescription(
        1, "campaign", .reference(KindNumber.surveyCampaign), policy: .once, "in which campaign"),
      RegisterDescription(2, "contact", .reference(KindNumber.contact), policy: .once, "who answered"),
      RegisterDescription(3, "score", .integer(0...100), policy: .once, required: true, "the score"),
      RegisterDescription(
        4, "answers", .text(maximum: 20_000), policy: .once, "the other answers, one a line"),
      RegisterDescription(5, "remark", .text(maximum: 20_000), policy: .once, "what else they said"),
      RegisterDescription(6, "occurred-at", .instant, policy: .once, fill: .now, "when"),
      RegisterDescription(
        7, "external-id", .line(maximum: 200), policy: .once, "what it is called where it comes from"),
    ])

  package static let externalReview = KindDescription(
    55, "external-review", .plan, title: 1, columns: ["site", "stars", "scale-max", "occurred-at"],
    keys: [["external-id"]],
    [
      RegisterDescription(1, "site", .line(maximum: 100), policy: .once, required: true, "where"),
      RegisterDescription(2, "url", .line(maximum: 500), policy: .once, "https://…"),
      RegisterDescription(3, "stars", .decimal, policy: .once, required: true, "how many"),
      RegisterDescription(4, "scale-max", .integer(1...100), policy: .once, "of how many"),
      RegisterDescription(5, "text", .text(maximum: 20_000), policy: .once, "what they wrote"),
      RegisterDescription(6, "occurred-at", .instant, policy: .once, fill: .now, "when"),
      RegisterDescription(7, "external-id", .line(maximum: 200), policy: .once, "what it is called there"),
    ])
}
