import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// How few accounts earn how much.
struct ABC: Command {
  static let name = "abc"
  static let about: Phrase =
    "Which accounts earn most: A the first 80 % of the margin, B up to 95 %, C the rest."
  static let more: Phrase =
    "By the margin of the period. Accounts that lose money have no class, and stand at the end."

  let options = FigureOptions()
  @Takes("--all", "All accounts, not only the curve and class A.") var all = false

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let source = try FigureSource(workspace, options.days.read(by: workspace), topics: [.value])
    let scenes = source.facts.accounts.map { ($0, source.context(of: $0).figure(.margin)) }
    let known = scenes.filter { $0.1.value != nil }
    let items = abcAnalysis(
      known, value: { item in if case .money(let money)? = item.1.value { Int128(money.minor) } else { 0 } },
      name: { $0.0.profile.slug })
    if options.json.isWanted {
      try printJSON(items, source)
    } else {
      show(items, source)
    }
    try source.close(scenes.map(\.1))
  }

  private typealias Item = ABCItem<(AccountFacts, Figure)>

  private func show(_ items: [Item], _ source: FigureSource) {
    let console = Shell.current.console
    guard !items.isEmpty else { return console.say("No account has a margin in this period.") }
    showCurve(items, console)
    for abc in [ABCClass.a, .b, .c, .loss] {
      let those = items.filter { $0.abc == abc }
      guard !those.isEmpty else { continue }
      let sum = Money(
        currency: source.valuation.currency,
        minor: Int64(clamping: those.reduce(Int128(0)) { $0 + $1.value }))
      console.say(
        abc == .loss
          ? "Losing money: \(counted(those.count, "account")), \(sum.spokenWhole)"
          : "\(abc.rawValue): \(counted(those.count, "account")), \(sum.spokenWhole)", .strong)
    }
    console.show([Line("")])
    var table = Table([
      .init(title: .verbatim("#"), isNumber: true, isKey: true), .init(title: "class", isKey: true),
      .init(title: "account", shrinks: true, isKey: true), .init(title: "margin", isNumber: true),
      .init(title: "of all up to here", isNumber: true),
    ])
    let shown = all ? items : items.filter { $0.abc == .a }
    for (place, item) in shown.enumerated() {
      table.add([
        "\(place + 1)", item.abc == .loss ? console.symbols.ellipsis : item.abc.rawValue,
        source.label(item.item.0), said(item.item.1.spoken),
        item.cumulative.map { said(FigureValue.share($0).spoken) } ?? "",
      ])
    }
    console.show(table)
    if shown.count < items.count { console.say("The others with --all.", .dim) }
  }

  /// The share of the margin (upwards) that the first accounts (to the right) bring.
  private func showCurve(_ items: [Item], _ console: Console) {
    let earners = items.filter { $0.cumulative != nil }
    let width = min(56, (console.width ?? 66) - 8)
    guard earners.count > 2, width >= 20, console.symbols.showsPictures else { return }
    var plot = Plot(width: width, height: 11, console.symbols)
    let ends = [ABCClass.a, .b].map { abc in
      Double(earners.count { $0.abc == .a || ($0.abc == .b && abc == .b) }) / Double(earners.count)
    }
    plot.rule(vertical: ends.filter { $0 < 1 }, horizontal: [])
    for column in 0..<width {
      let share = Double(column) / Double(width - 1)
      let place = Int((share * Double(earners.count)).rounded(.up))
      let height = place == 0 ? 0 : earners[min(place, earners.count) - 1].cumulative?.double ?? 0
      plot.set(share, height, console.symbols.isUnicode ? "•" : "*")
    }
    console.show(plot.lines(labels: ("100 %", "0 %")).map { Line("  " + $0) })
    var marks = [Character](repeating: " ", count: width)
    let starts = [0] + ends
    for (place, name) in ["A", "B", "C"].enumerated() where starts[place] < 1 {
      let next = place + 1 < starts.count ? starts[place + 1] : 1
      marks[min(width - 1, Int((starts[place] + next) / 2 * Double(width - 1)))] = Character(name)
    }
    console.show([Line("         " + String(marks))])
  }

  private func printJSON(_ items: [Item], _ source: FigureSource) throws {
    Shell.current.console.document(
      try source.json([
        (
          "accounts",
          .array(
            items.map { item in
              .object(
                source.json(item.item.0) + [
                  ("class", .text(item.abc.rawValue)),
                  ("margin", item.item.1.json(explains: options.explain, for: source.workbench.reader)),
                  ("cumulative", item.cumulative.map { .verbatim($0.decimal(places: 6)) } ?? .null),
                ])
            })
        )
      ]).document)
  }
}
