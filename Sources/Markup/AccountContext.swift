import Pages
import Wording

// The parts that only the pack of one account has.

extension PackContext {
  func page(_ pack: AccountPack) -> Fields {
    var warnings: [String] = []
    if pack.footer.frozen == nil { warnings.append(said("Draft")) }
    if pack.business?.forUs != nil || pack.healthForUs != nil {
      warnings.append(said("Holds parts for us only: not for the customer"))
    }
    return page(
      head: pack.head, kind: said("Quarterly review"), warnings: warnings, footer: pack.footer,
      sections: [
        "figures": cards(pack.figures), "satisfaction": satisfaction(pack.satisfaction),
        "service": service(pack.service), "business": business(pack.business), "plan": plan(pack.plan),
        "people": people(pack.people, head: pack.head), "health": health(pack.healthForUs),
        "explanations": explanations(pack.explanations), "changes": changes(pack.changes),
      ])
  }

  // MARK: Satisfaction

  private func satisfaction(_ part: Pack.SatisfactionPart?) -> Fields? {
    guard let part else { return nil }
    let remarks = part.remarks.prefix(6).map { fields(["text": $0.text, "attribution": $0.attribution]) }
    let section = fields([
      "promoterScore": part.promoterScore.map(promoterScore), "byQuarter": byQuarter(part.byQuarter),
      "scores": block((part.scores + part.reviewSites).map(scaleScore)),
      "remarks": block(remarks), "changed": block(part.changed),
    ])
    return section.isEmpty ? nil : section
  }

  private func promoterScore(_ score: Pack.PromoterScore) -> Fields {
    let groups: [(name: String, text: String, quantity: Pack.Quantity)] = [
      ("promoters", said("promoters"), score.promoters), ("passives", said("passives"), score.passives),
      ("detractors", said("detractors"), score.detractors),
    ]
    let isAnybody = groups.contains { $0.quantity.value > 0 }
    let spokenGroups = groups.map { "\($0.text): \($0.quantity.text)" }.joined(separator: ", ")
    let bar = StackedBar.chart(
      groups.map { StackedBar.Part(name: $0.name, value: $0.quantity.value, text: $0.quantity.text) },
      title: said("Who answered"), description: spokenGroups)
    let legend = groups.map { group in
      fields(["swatch": Marks.swatch(group.name), "name": group.text, "count": group.quantity.text])
    }
    let scale = score.estimate.map { estimate in
      IntervalScale.chart(
        estimate, ticks: IntervalScale.promoterTicks, title: said("Net promoter score"),
        description: [spoken(score.shown), score.detail ?? ""].filter { !$0.isEmpty }.joined(separator: "; "))
    }
    return shown(
      score.shown,
      [
        "detail": score.detail, "status": status(score.status), "scale": scale,
        "groups": isAnybody ? block(legend, ["bar": bar]) : nil,
      ])
  }

  private func byQuarter(_ scores: [Pack.QuarterScore]) -> Fields? {
    let scores = Array(scores.suffix(8))
    let description = scores.map { "\($0.quarter.spoken): \(spoken($0.shown))" }.joined(separator: "; ")
    let chart = QuarterScores.chart(
      scores, missing: said("n/a"), title: said("Net promoter score by quarter"), description: description)
    return block(
      scores.map { shown($0.shown, ["name": $0.quarter.spoken, "detail": $0.detail]) }, ["chart": chart])
  }

  private func scaleScore(_ score: Pack.ScaleScore) -> Fields {
    let ticks = [score.scaleFrom, score.scaleTo].map { IntervalScale.Tick(value: $0.value, text: $0.text) }
    let scale = score.estimate.map { estimate in
      IntervalScale.chart(
        estimate, ticks: ticks, title: score.label,
        description: [spoken(score.shown), score.detail ?? ""].filter { !$0.isEmpty }.joined(separator: "; "))
    }
    return shown(score.shown, ["label": score.label, "detail": score.detail, "scale": scale])
  }

  // MARK: Business

  private func business(_ part: Pack.BusinessPart?) -> Fields? {
    guard let part else { return nil }
    // A long list beside a chart would leave half the page empty.
    let isLong = part.families.count > 10
    let families = block(amounts(part.families))
    let section = fields([
      "revenue": quarterly(part.revenue, title: said("Revenue by quarter")),
      "families": isLong ? nil : families,
      "manyFamilies": isLong ? families : nil, "targets": block(part.targets.map(target)),
      "forUs": part.forUs.flatMap(forUs),
    ])
    return section.isEmpty ? nil : section
  }

  func amounts(_ amounts: [Pack.NamedAmount]) -> [Fields] {
    let range = Bars.range(of: amounts.map(\.amount.value))
    return amounts.map { line in
      fields([
        "name": line.name, "value": line.amount.text, "share": line.share,
        "bar": Bars.bar(line.amount.value, in: range),
      ])
    }
  }

  private func target(_ line: Pack.TargetLine) -> Fields {
    shown(
      line.actual,
      [
        "name": line.name, "target": line.target.text, "attained": line.attained,
        "status": status(line.status),
        "bar": Bars.bullet(line.actualValue, target: line.target.value),
      ])
  }

  private func forUs(_ part: Pack.BusinessForUs) -> Fields? {
    let section = fields([
      "figures": cards(part.figures), "margin": quarterly(part.margin, title: said("Margin by quarter")),
      "lifetime": block(waterfall(part.lifetimeValue)),
    ])
    return section.isEmpty ? nil : section
  }

  private func waterfall(_ steps: [Pack.WaterfallStep]) -> [Fields] {
    var level = 0.0
    let spans = steps.map { step in
      let from = step.isTotal ? 0 : level
      level = step.isTotal ? step.amount.value : level + step.amount.value
      return (from: from, to: level)
    }
    let range = Bars.range(of: spans.map(\.to))
    return zip(steps, spans).map { step, span in
      fields([
        "name": step.name, "value": step.amount.text,
        "bar": Bars.step(from: span.from, to: span.to, in: range, isTotal: step.isTotal),
      ])
    }
  }

  // MARK: The plan

  private func plan(_ part: Pack.PlanPart?) -> Fields? {
    guard let part else { return nil }
    let section = fields([
      "objectives": block(part.objectives.map(objective)), "departments": departments(part.departments),
      "milestones": block(part.milestones.map(milestone)),
      "nextSteps": block(part.nextSteps.map { fields(["text": $0.text, "who": $0.who, "when": $0.when]) }),
      "opportunities": block(
        part.opportunities.map { fields(["name": $0.name, "detail": $0.detail, "amount": $0.amount]) }),
    ])
    return section.isEmpty ? nil : section
  }

  private func objective(_ line: Pack.ObjectiveLine) -> Fields {
    shown(
      line.shown,
      [
        "name": line.name, "due": line.due.map { said("due \($0)") }, "bar": Bars.progress(line.progress),
        "status": status(line.status, text: line.statusText),
      ])
  }

  private func departments(_ departments: [Pack.DepartmentTasks]) -> Fields? {
    let words = [said("finished"), said("still open"), said("overdue")]
    let names = ["done", "open", "overdue"]
    let most = departments.map { $0.done + $0.open + $0.overdue }.max() ?? 0
    let rows = departments.map { department in
      let counts = [department.done, department.open, department.overdue]
      let parts = zip(names, counts).map { StackedBar.Part(name: $0, value: Double($1)) }
      let text = zip(words, counts).filter { $1 > 0 }.map { "\($1) \($0)" }.joined(separator: ", ")
      return fields([
        "name": department.name, "note": text.isEmpty ? said("no tasks") : text,
        "bar": StackedBar.bar(parts, whole: Double(max(1, most)), height: 14),
      ])
    }
    let legend = zip(names, words).map { fields(["swatch": Marks.swatch($0), "name": $1]) }
    return block(rows, ["legend": legend])
  }

  private func milestone(_ milestone: Pack.Milestone) -> Fields {
    fields([
      "name": milestone.name, "on": milestone.on, "mark": Marks.milestone(milestone.state),
      "state": words.milestone(milestone.state),
    ])
  }

  // MARK: People and health

  private func people(_ part: Pack.PeoplePart?, head: Pack.Head) -> Fields? {
    guard let part else { return nil }
    let sides = [(head.organization, part.ours), (head.subject, part.theirs)].compactMap { side, people in
      block(people.map { fields(["name": $0.name, "function": $0.function]) }, ["side": side])
    }
    return sides.isEmpty ? nil : ["sides": sides]
  }

  private func health(_ part: Pack.HealthPart?) -> Fields? {
    guard let part else { return nil }
    let components = part.components.map { component in
      shown(
        component.score,
        [
          "name": component.name, "note": said("weight \(component.weight.text)"),
          "bar": Bars.bar(component.value, in: 0...100),
        ])
    }
    return shown(
      part.shown,
      [
        "status": status(part.status), "coverage": part.coverage, "components": block(components),
      ])
  }
}
