import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

extension Assessment {
  func sign(_ symbols: Symbols) -> String {
    switch self {
    case .good: symbols.isUnicode ? "●" : "+"
    case .watch: symbols.isUnicode ? "◐" : "~"
    case .poor: symbols.isUnicode ? "○" : "!"
    }
  }
}

// MARK: - Explaining

extension Reckoning {
  /// How a figure came about.
  func explain(_ figure: Figure) {
    let console = workspace.console
    console.say(.verbatim("    ") + figure.indicator.formula, .dim)
    let period: Phrase = "period \(period.spoken), as of \(cutOff.day.spoken)"
    console.say(.verbatim("    ") + "\(counted(figure.used.count, "record")) used; \(period)", .dim)
    for exclusion in figure.excluded {
      console.say(
        .verbatim("    ")
          + "\(counted(exclusion.records.count, "record")) left out: \(exclusion.reason.phrase)", .dim)
    }
    for part in figure.parts {
      console.say(
        .verbatim("    ") + "\(part.name): \(part.value?.spoken ?? "n/a") (n = \(part.n))", .dim)
    }
    if figure.late > 0 {
      console.say(
        .verbatim("    ") + "\(counted(figure.late, "record")) written down after the period had closed", .dim
      )
    }
  }

  /// What every list of figures ends with.
  func close(_ figures: [Figure]) throws {
    noteWithheld()
    try noteLeftOut()
    let late = figures.map(\.late).max() ?? 0
    if late > 0 {
      workspace.console.note(
        "\(counted(late, "record")) written down after \(cutOff.day.spoken) changed this period.", .dim)
    }
    try workspace.showAge()
  }
}

extension Reckoning {
  /// The days, the currency and the age of the replica, which every document of figures begins with.
  func json(_ members: [(String, JSON)]) throws -> JSON {
    let progress = try workspace.replica.progress()
    return .object(
      [
        (
          "account",
          account.map { account in
            .object([
              ("id", .text(account.profile.id.description)), ("slug", .text(account.profile.slug)),
              ("name", .text(account.profile.name)),
            ])
          } ?? .null
        ),
        (
          "period",
          .object([
            ("name", .text(period.name)), ("from", .text(period.from.description)),
            ("to", .text(period.to.description)),
          ])
        ), ("asOf", .text(cutOff.day.description)), ("currency", .text(valuation.currency)),
        (
          "replica",
          .object([
            ("synced", progress.synced == 0 ? .null : .text(Moments.iso(progress.synced))),
            ("waiting", .integer(try workspace.replica.waitingCount())),
            ("financesWithheld", .integer(facts.accounts.count { !$0.sharesFinance })),
          ])
        ),
        (
          "notCounted",
          .array(
            leftOut.map { exclusion in
              .object([
                ("reason", .text(exclusion.reason.phrase.description)),
                ("records", .array(exclusion.records.map { .text($0.description) })),
              ])
            })
        ),
      ] + members)
  }
}
