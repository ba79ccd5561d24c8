import Indicators
import PlanModel

/// Parts that a pack can do without.
package enum PackPart: String, CaseIterable, Sendable {
  case figures, satisfaction, service, business, plan, people
}

/// Which review pack somebody wants.
package struct PackOrder: Equatable, Sendable {
  /// nil: all accounts.
  package var account: RecordID?
  package var period: Period
  /// ISO 4217; nil: the one that most accounts are kept in.
  package var currency: String?
  /// For us, with margins and health; else for the customer's board. All accounts are only for us.
  package var isInternal: Bool
  /// What was agreed in talks is also in a customer's pack.
  package var showsNextSteps: Bool
  package var without: Set<PackPart>
  /// For a device that shows only ASCII, whose signs are others.
  package var hasPlainSigns: Bool

  package init(
    account: RecordID?, period: Period, currency: String? = nil, isInternal: Bool = false,
    showsNextSteps: Bool = false, without: Set<PackPart> = [], hasPlainSigns: Bool = false
  ) {
    self.account = account
    self.period = period
    self.currency = currency
    self.isInternal = isInternal
    self.showsNextSteps = showsNextSteps
    self.without = without
    self.hasPlainSigns = hasPlainSigns
  }
}
