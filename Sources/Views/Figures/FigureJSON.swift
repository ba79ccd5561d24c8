import Indicators
import PlanModel
import Wording
import Workbench

// What documents of figures have in common.

func json(_ money: Money?) -> JSON {
  money.map {
    .object([
      ("minor", .integer($0.minor)), ("currency", .text($0.currency)), ("text", .text($0.description)),
    ])
  } ?? .null
}

func json(_ ratio: Ratio?, places: Int = 6) -> JSON {
  ratio.map { .verbatim($0.decimal(places: places)) } ?? .null
}

/// The members that say which account a row is about.
func json(_ account: AccountFacts) -> [(String, JSON)] {
  [
    ("account", .text(account.profile.id.description)), ("accountSlug", .text(account.profile.slug)),
    ("accountName", .text(account.profile.name)),
  ]
}
