import Pages
import Wording

// The parts that only the pack of all accounts has.

extension PackContext {
  func page(_ pack: PortfolioPack) -> Fields {
    let warnings = (pack.footer.frozen == nil ? [said("Draft")] : []) + [said("For us only")]
    let quarters = [
      quarterly(pack.revenue, title: said("Revenue by quarter")),
      quarterly(pack.margin, title: said("Margin by quarter")),
    ].compactMap(\.self)
    return page(
      head: pack.head, kind: said("Portfolio review"), warnings: warnings, footer: pack.footer,
      sections: [
        "figures": cards(pack.figures), "rankings": rankings(pack), "abc": abc(pack.abc),
        "matrix": matrix(pack.matrix), "scores": scores(pack.promoterScores),
        "overview": overview(pack.health),
        "quarters": block(quarters), "products": products(pack.products),
        "strategies": strategies(pack.strategies), "service": service(pack.service),
        "explanations": explanations(pack.explanations), "changes": changes(pack.changes),
      ])
  }

  // MARK: Rankings

  private func rankings(_ pack: PortfolioPack) -> Fields? {
    block(
      [
        ranking(pack.mostProfitable, title: said("Most profitable")),
        ranking(pack.mostLoyal, title: said("Most loyal")),
      ].compactMap(\.self))
  }

  private func ranking(_ ranking: Pack.Ranking?, title: String) -> Fields? {
    guard let ranking, !ranking.rows.isEmpty else { return nil }
    let range = Bars.range(of: ranking.rows.compactMap(\.value))
    let ranks = isFirst(of: ranking.rows.map(\.rank))
    let rows = zip(ranking.rows, ranks).map { row, isFirst in
      shown(
        row.shown,
        [
          "rank": row.rank ?? "–", "name": row.name, "share": row.share,
          "bar": Bars.bar(row.value, in: range),
          "isFirstOfRank": isFirst,
        ])
    }
    return ["title": title, "measure": ranking.measure, "rows": rows]
      .merging(fields(["note": ranking.note])) { $1 }
  }

  /// Whether each has another rank than the one before: ties are not ruled off from each other.
  private func isFirst(of ranks: [String?]) -> [Bool] {
    ranks.indices.map { $0 == 0 || ranks[$0] == nil || ranks[$0] != ranks[$0 - 1] }
  }

  private func scores(_ accounts: [Pack.AccountScore]) -> Fields? {
    let ticks = IntervalScale.promoterTicks
    let rows = zip(accounts, isFirst(of: accounts.map(\.rank))).map { account, isFirst in
      shown(
        account.shown,
        [
          "rank": account.rank ?? "–", "name": account.name, "detail": account.detail,
          "row": IntervalScale.row(account.estimate, ticks: ticks), "isFirstOfRank": isFirst,
        ])
    }
    return block(rows, ["head": IntervalScale.head(ticks: ticks)])
  }

  // MARK: ABC and matrix

  private func abc(_ part: Pack.ABCPart?) -> Fields? {
    guard let part, !part.accounts.isEmpty || !part.lossMakers.isEmpty else { return nil }
    let classes = Pack.ABCAccount.Class.allCases.compactMap { abcClass($0, of: part.accounts) }
    let description = classes.map { "\($0["letter"] ?? ""): \($0["count"] ?? ""), \($0["share"] ?? "")" }
      .joined(separator: "; ")
    // Of two accounts a curve shows nothing that their shares do not.
    let chart = ABCCurve.chart(
      part.accounts, title: said("Where the margin comes from"), description: description)
    let rows = part.accounts.map { account in
      fields([
        "name": account.name, "margin": account.margin.text, "cumulative": account.cumulative.text,
        "letter": account.abcClass.rawValue,
      ])
    }
    return fields([
      "chart": part.accounts.count < 3 ? nil : chart, "classes": block(classes), "accounts": block(rows),
      "lossMakers": block(amounts(part.lossMakers)),
    ])
  }

  private func abcClass(_ abcClass: Pack.ABCAccount.Class, of accounts: [Pack.ABCAccount]) -> Fields? {
    let members = accounts.filter { $0.abcClass == abcClass }
    guard let last = members.last else { return nil }
    let names = members.prefix(8).map(\.name)
    let rest = members.count - names.count
    return fields([
      "letter": abcClass.rawValue, "count": said(counted(members.count, "account")),
      "share": said("up to \(last.cumulative.text) of the margin"),
      "names": names.joined(separator: " · ") + (rest > 0 ? " · " + said("\(rest) more") : ""),
    ])
  }

  private func matrix(_ part: Pack.MatrixPart?) -> Fields? {
    guard let part, !part.points.isEmpty || !part.unplaced.isEmpty else { return nil }
    let words = MatrixChart.Words(
      attractiveness: said("Attractiveness"), strength: said("Our strength"), low: said("low"),
      high: said("high"), title: said("Attractiveness and our strength"),
      description: part.points.map { point in
        let place = said("attractiveness \(point.attractiveness.text), strength \(point.strength.text)")
        return "\(point.name): \(place)"
      }.joined(separator: "; "))
    let chart = MatrixChart(points: part.points, words: words)
    let rows = part.points.map { point in
      fields([
        "name": point.name, "attractiveness": point.attractiveness.text, "strength": point.strength.text,
        "revenue": point.revenue.text,
      ])
    }
    return fields([
      "points": block(rows, ["wide": chart.wide(), "narrow": chart.narrow()]),
      "unplaced": block(part.unplaced.map { fields(["name": $0.name, "reason": $0.reason]) }),
    ])
  }

  // MARK: Health, products, strategies

  private func overview(_ part: Pack.HealthOverview?) -> Fields? {
    guard let part else { return nil }
    let range = Bars.range(of: part.bands.map(\.count.value))
    let bands = part.bands.map { band in
      fields([
        "name": band.label, "value": band.count.text, "status": status(band.status),
        "bar": Bars.bar(band.count.value, in: range),
      ])
    }
    let attention = part.attention.map { line in
      shown(line.score, ["name": line.name, "status": status(line.status), "reasons": line.reasons])
    }
    let section = fields(["bands": block(bands), "attention": block(attention), "note": part.note])
    return section.isEmpty ? nil : section
  }

  private func products(_ products: [Pack.ProductLine]) -> Fields? {
    // One scale for both, or a small margin would look like a large revenue.
    let range = Bars.range(of: products.flatMap { [$0.revenue.value, $0.margin.value] })
    return block(
      products.map { product in
        shown(
          product.rate,
          [
            "name": product.name, "revenue": product.revenue.text, "margin": product.margin.text,
            "revenueBar": Bars.bar(product.revenue.value, in: range),
            "marginBar": Bars.bar(product.margin.value, in: range, isStrong: true),
          ])
      })
  }

  private func strategies(_ strategies: [Pack.StrategyLine]) -> Fields? {
    block(
      strategies.map { strategy in
        fields([
          "name": strategy.name, "counts": strategy.counts, "cost": strategy.cost,
          "margin": text(strategy.margin), "noMargin": reason(strategy.margin),
          "effect": text(strategy.effect), "noEffect": reason(strategy.effect),
        ])
      })
  }

  private func text(_ shown: Pack.Shown) -> String? {
    if case .text(let text) = shown { text } else { nil }
  }

  private func reason(_ shown: Pack.Shown) -> String? {
    if case .missing(let reason) = shown { reason.isEmpty ? " " : reason } else { nil }
  }
}
