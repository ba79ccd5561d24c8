import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// What marketing and sales efforts brought for what they cost.
package struct StrategyReport: SourcedReport {
  package let source: FigureSource
  private let explains: Bool
  private let effects: [StrategyEffect]

  /// - Parameter strategy: nil: all, what came back most first.
  package init(_ workbench: Workbench, _ order: FigureOrder, strategy: RecordID?) throws {
    explains = order.explains
    source = try FigureSource(workbench, order.days, topics: [.value])
    effects = strategyEffects(
      source.facts.accounts, source.facts.directory.strategies, at: source.cutOff, by: source.valuation
    ).filter { strategy == nil || $0.strategy.id == strategy }.sorted {
      ($0.figure.value?.number ?? -.infinity) > ($1.figure.value?.number ?? -.infinity)
    }
  }

  package var figures: [Figure] { effects.map(\.figure) }

  package func blocks() -> [Block] {
    guard !effects.isEmpty else { return [text("No strategies.")] }
    var blocks = [Block.table(table)]
    if effects.count > 1 {
      let total = strategyEffect(effects, by: source.valuation)
      blocks.append(title("Together: \(total.spoken) over \(counted(total.n, "strategy"))."))
    }
    if explains { blocks += figures.flatMap(explanation) }
    return blocks
  }

  private var table: FigureTable {
    var table = FigureTable([
      column(title: "strategy", .title), column(title: "effect", .key, isNumber: true),
      column(title: "margin", isNumber: true), column(title: "cost", isNumber: true),
      column(title: "budget", isNumber: true), column(title: "sales", isNumber: true),
      column(title: "costs", isNumber: true), column(title: "type"), column(title: .nothing),
    ])
    for effect in effects {
      let strategy = effect.strategy
      table.add(
        [
          .text(strategy.name), cell(effect.figure.value?.spoken, or: "n/a"), amount(effect.margin),
          amount(effect.cost), amount(strategy.budget), cell(effect.sales), cell(effect.costs),
          cell(strategy.type.map(Phrase.word)), cell(effect.figure.absence),
        ], isDim: effect.figure.value == nil)
    }
    return table
  }

  package func document() throws -> JSON {
    let rows = effects.map { effect -> JSON in
      .object([
        ("strategy", .text(effect.strategy.id.description)), ("name", .text(effect.strategy.name)),
        ("type", JSON(effect.strategy.type)),
        ("figure", effect.figure.json(explains: explains, for: workbench.reader)),
        ("revenue", json(effect.revenue)), ("margin", json(effect.margin)), ("cost", json(effect.cost)),
        ("budget", json(effect.strategy.budget)), ("sales", .integer(effect.sales)),
        ("costs", .integer(effect.costs)),
      ])
    }
    return try source.json([("strategies", .array(rows))])
  }
}
