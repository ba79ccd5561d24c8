import Indicators
import PlanModel
import Replica
import Speech
import Wording

extension FigureSource {
  /// The days, the currency and the age of the replica, which every document of figures begins with.
  package func json(_ members: [(String, JSON)]) throws -> JSON {
    let progress = try workbench.replica.progress()
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
            ("waiting", .integer(try workbench.replica.waitingCount())),
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
