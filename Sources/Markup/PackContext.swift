import Pages
import Wording

/// Values by their names in the template, of what both packs have.
///
/// What is nil, empty text or an empty list has no name there, so that its section vanishes.
struct PackContext {
  typealias Fields = [String: Any]

  let language: Language
  var words: PackWords { PackWords(language: language) }

  func said(_ phrase: Phrase) -> String { phrase.text(in: language) }

  func page(
    head: Pack.Head, kind: String, warnings: [String], footer: Pack.Footer,
    sections: KeyValuePairs<String, Any?>
  ) -> Fields {
    let title = [head.subject, kind, head.period].filter { !$0.isEmpty }.joined(separator: " · ")
    let shared = fields([
      "language": language.code, "title": title, "w": words.all(), "head": self.head(head, kind, warnings),
      "style": PackStyle.sheet(
        organization: head.organization, title: title, warning: warnings.joined(separator: " · ")),
      "foot": foot(footer),
    ])
    return shared.merging(fields(sections)) { $1 }
  }

  func fields(_ pairs: KeyValuePairs<String, Any?>) -> Fields {
    var fields: Fields = [:]
    for (name, value) in pairs {
      guard let value, !((value as? String)?.isEmpty ?? false) else { continue }
      if let list = value as? [Any], list.isEmpty { continue }
      fields[name] = value
    }
    return fields
  }

  /// A list with something around it, which vanishes with the last item.
  func block(_ items: [Any], _ more: KeyValuePairs<String, Any?> = [:]) -> Fields? {
    guard !items.isEmpty else { return nil }
    return fields(more).merging(["items": items]) { $1 }
  }

  func shown(_ shown: Pack.Shown, _ more: KeyValuePairs<String, Any?> = [:]) -> Fields {
    switch shown {
    case .text(let text): fields(more).merging(["value": text]) { $1 }
    // A reason that was forgotten must not make the figure vanish.
    case .missing(let reason): fields(more).merging(["missing": reason.isEmpty ? " " : reason]) { $1 }
    }
  }

  func status(_ status: Pack.Status?, text: String? = nil) -> Fields? {
    guard let status else { return nil }
    return ["name": status.name, "mark": Marks.status(status), "word": text ?? words.status(status)]
  }
}

extension Pack.Status {
  /// As the style sheet calls it.
  fileprivate var name: String {
    switch self {
    case .good: "good"
    case .watch: "watch"
    case .poor: "poor"
    }
  }
}

// MARK: - Head and foot

extension PackContext {
  private func head(_ head: Pack.Head, _ kind: String, _ warnings: [String]) -> Fields {
    let people: [(role: String, name: String?)] = [
      (said("Account manager"), head.accountManager), (said("Privileged contact"), head.privilegedContact),
      (said("Deputy"), head.deputy),
    ]
    let named = people.compactMap { role, name in
      name.flatMap { $0.isEmpty ? nil : ["role": role, "name": $0] }
    }
    return fields([
      "organization": head.organization, "kind": kind, "subject": head.subject, "period": head.period,
      "dates": said("From \(head.from) to \(head.to)"), "warnings": warnings,
      "headlines": block(head.headlines), "people": block(named),
    ])
  }

  private func foot(_ footer: Pack.Footer) -> [Fields] {
    var frozen = [said("Draft: its figures may still change.")]
    if let point = footer.frozen {
      frozen = [said("Frozen for \(point.period): it stays as it is.")]
      if let plan = point.planSequence { frozen.append(said("Plan up to change \(plan).")) }
      if let finance = point.financeSequence { frozen.append(said("Finance up to change \(finance).")) }
    }
    let made = said("As of \(footer.asOf). Made by kam \(footer.programVersion).")
    return [frozen.joined(separator: " "), made].map { ["line": $0] }
  }
}

// MARK: - Parts of both

extension PackContext {
  func cards(_ figures: [Pack.HeadlineFigure]) -> Fields? {
    block(
      figures.map { figure in
        shown(
          figure.shown,
          [
            "label": figure.label, "detail": figure.detail, "status": status(figure.status),
            "comparison": figure.comparison.map(comparison), "sparkline": sparkline(figure),
          ])
      }, ["isFour": figures.count == 4 ? true : nil])
  }

  private func sparkline(_ figure: Pack.HeadlineFigure) -> String? {
    let history = Array(figure.history.suffix(8))
    guard let course = Sparkline.course(history) else { return nil }
    let description =
      switch course {
      case .up: said("It ends higher than it began.")
      case .down: said("It ends lower than it began.")
      case .level: said("It ends as it began.")
      }
    let title = said("\(figure.label), the last \(history.count) quarters")
    return Sparkline.chart(history, title: title, description: description)
  }

  private func comparison(_ comparison: Pack.Comparison) -> Fields {
    let name =
      switch comparison.meaning {
      case .better: "good"
      case .worse: "poor"
      case .neutral: "neutral"
      }
    return fields([
      "name": name, "mark": Marks.direction(comparison), "text": comparison.text,
      "word": words.meaning(comparison.meaning),
    ])
  }

  func service(_ part: Pack.ServicePart?) -> Fields? {
    guard let part else { return nil }
    let rows =
      part.types.map { request($0, isTotal: false) } + (part.total.map { [request($0, isTotal: true)] } ?? [])
    let range = Bars.range(of: part.ageing.map(\.count.value))
    let ageing = part.ageing.map { bucket in
      fields([
        "name": bucket.label, "value": bucket.count.text, "bar": Bars.bar(bucket.count.value, in: range),
      ])
    }
    guard !rows.isEmpty || !ageing.isEmpty else { return nil }
    return fields(["types": block(rows), "ageing": block(ageing), "note": part.note])
  }

  private func request(_ type: Pack.RequestType, isTotal: Bool) -> Fields {
    let met = type.isLevelMet.map { isMet in
      status(isMet ? .good : .poor, text: words.level(isMet: isMet)) ?? [:]
    }
    var row = fields([
      "name": type.name, "opened": type.opened.text, "count": type.answeredCount, "resolved": type.resolved,
      "bar": Bars.progress(type.answeredShare), "met": met, "level": type.level,
    ])
    if isTotal { row["isTotal"] = true }
    switch type.answeredInWindow {
    case .text(let text): row["share"] = text
    case .missing(let reason): row["missing"] = reason
    }
    switch type.firstAnswer {
    case .text(let text): row["answer"] = text
    case .missing(let reason): row["noAnswer"] = reason
    }
    return row
  }

  func quarterly(_ amounts: Pack.QuarterlyAmounts?, title: String) -> Fields? {
    guard let amounts, !amounts.quarters.isEmpty else { return nil }
    let quarters = Array(amounts.quarters.suffix(12))
    let rows = quarters.map { quarter in
      shown(
        quarter.shown,
        [
          "name": quarter.quarter.spoken,
          "detail": quarter.creditNotes.map { said("of which credit notes \($0.text)") },
        ])
    }
    let chart = QuarterBars.chart(
      quarters, missing: said("n/a"), title: title,
      description: said("Columns by quarter, from \(first(quarters)) to \(last(quarters)).")
        + " " + quarters.map { "\($0.quarter.spoken): \(spoken($0.shown))" }.joined(separator: "; ") + ".")
    let hasCredit = quarters.contains { $0.creditNotes != nil }
    return block(
      rows,
      [
        "title": title, "chart": chart, "unit": amounts.unit, "note": amounts.note,
        "hasCredit": hasCredit ? true : nil, "swatch": Marks.swatch("credit"),
      ])
  }

  private func first(_ quarters: [Pack.QuarterAmount]) -> String { quarters.first?.quarter.spoken ?? "" }
  private func last(_ quarters: [Pack.QuarterAmount]) -> String { quarters.last?.quarter.spoken ?? "" }

  func spoken(_ shown: Pack.Shown) -> String {
    switch shown {
    case .text(let text): text
    case .missing(let reason): reason.isEmpty ? said("n/a") : said("n/a, \(reason)")
    }
  }

  func explanations(_ explanations: [Pack.Explanation]) -> Fields? {
    block(
      explanations.map { explanation in
        fields([
          "figure": explanation.figure, "formula": explanation.formula, "period": explanation.period,
          "n": explanation.n, "used": explanation.used,
          "leftOut": explanation.leftOut.map { ["reason": $0.reason, "count": $0.count] },
        ])
      })
  }

  func changes(_ part: Pack.ChangesPart?) -> Fields? {
    guard let part else { return nil }
    return block(
      part.changes.map { change in
        fields([
          "figure": change.figure, "before": change.before, "after": change.after, "reason": change.reason,
        ])
      }, ["since": part.since])
  }
}

extension Pack.Quarter {
  var spoken: String { year.isEmpty ? name : "\(name) \(year)" }
}
