extension KindDescription {
  package static let interviewGuide = KindDescription(
    21, "interview-guide", .directory, openToKeepers: true, title: 1, columns: ["title", "language"],
    keys: [["title"]],
    [
      RegisterDescription(1, "title", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(2, "questions", .text(maximum: 20_000), "the questions, one a line"),
      RegisterDescription(3, "language", .line(maximum: 35), "such as fr or en-GB"),
    ])

  package static let observation = KindDescription(
    50, "observation", .plan, title: 3, columns: ["about", "statement", "type", "confidence", "observed-on"],
    [
      RegisterDescription(
        1, "type", .choice(Choices("study", "observation", "research")), "where it comes from"),
      RegisterDescription(
        2, "about", .choice(Choices("behaviour", "habit", "preference", "need", "expectation")),
        required: true, "what it is about"),
      RegisterDescription(3, "statement", .line(maximum: 1000), required: true, "what was seen"),
      RegisterDescription(4, "source", .line(maximum: 500), "who or what says so"),
      RegisterDescription(5, "confidence", .integer(0...100), "how sure, percent"),
      RegisterDescription(6, "contact", .reference(KindNumber.contact), "of whom"),
      RegisterDescription(7, "observed-on", .date, "YYYY-MM-DD"),
      RegisterDescription(8, "interview", .reference(KindNumber.interview), "in which interview it came up"),
    ])

  package static let interview = KindDescription(
    51, "interview", .plan, seal: Seal(7, isFinal: true), title: 1,
    columns: ["title", "contact", "occurred-at", "finalised"],
    [
      RegisterDescription(1, "title", .line(maximum: 200), required: true, "what it is called"),
      RegisterDescription(2, "guide", .reference(KindNumber.interviewGuide), "by which guide"),
      RegisterDescription(3, "contact", .reference(KindNumber.contact), "with whom"),
      RegisterDescription(4, "occurred-at", .instant, "when"),
      RegisterDescription(5, "answers", .text(maximum: 20_000), "what was answered"),
      RegisterDescription(6, "insights", .text(maximum: 20_000), "what it teaches"),
      RegisterDescription(
        7, "finalised", .flag, policy: .guarded, "whether it is done; then it stands as it is"),
    ])

  package static let participant = KindDescription(
    65, "participant", .plan, title: 1, columns: ["about", "contact", "person"],
    [
      RegisterDescription(1, "about", .anyReference, policy: .once, required: true, "in what"),
      RegisterDescription(2, "contact", .reference(KindNumber.contact), policy: .once, "who of them"),
      RegisterDescription(3, "person", .reference(KindNumber.person), policy: .once, "who of us"),
    ])
}
