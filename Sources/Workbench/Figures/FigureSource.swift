import Foundation
import Indicators
import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// What figures are reckoned from: the facts of one account or of all, the days, and the currency.
package struct FigureSource {
  package let workbench: Workbench
  package let facts: Facts
  /// nil: all accounts.
  package let account: AccountFacts?
  package let period: Period
  package let cutOff: CutOff
  /// The currency that was asked for, or the commonest.
  package let valuation: Valuation
  /// All of it together.
  package let context: FigureContext
  private let zones = TimeZones()
  /// What is in no figure, and why: amounts that are too large, and of a portfolio those that no rate converts.
  package let leftOut: [Exclusion]
  /// Records that changed after the scopes were as far as `heads` says.
  package let changed: Set<RecordID>

  /// - Parameters:
  ///   - topics: What is read; more takes longer.
  ///   - leavesOut: Of all accounts together, what no rate converts is left out, and told by ``closingSentences(_:)``; else figures that it
  ///     belongs to are not known.
  ///   - syncedOnly: As the server has it, without the edits that wait.
  ///   - heads: How far scopes were once, by their names.
  package init(
    _ workbench: Workbench, account: RecordID? = nil, _ days: Days, topics: Set<Topic>,
    leavesOut: Bool = false, syncedOnly: Bool = false, heads: [String: UInt64]? = nil
  ) throws {
    self.workbench = workbench
    (period, cutOff) = try workbench.resolved(days)
    var changed: Set<RecordID> = []
    let facts = try Self.facts(
      workbench, account: account, topics: topics, syncedOnly: syncedOnly, zones: zones
    ) {
      record in
      guard let heads, let account = record.account else { return }
      let isFinance = PlanModel.kind(record.kind)?.family == .finance
      let scope = isFinance ? Scope.finance(account) : .plan(account)
      if record.sequence > heads[scope.description] ?? 0 { changed.insert(record.id) }
    }
    self.changed = changed
    self.account = account.flatMap { facts[$0] }
    valuation = Valuation(
      days.currency
        ?? Self.currency(of: self.account.map { [$0] } ?? facts.accounts, facts.directory),
      rates: facts.directory.rates)
    let foreign =
      account == nil ? facts.countable(by: valuation, through: cutOff.day) : (facts: facts, leftOut: [])
    self.facts = leavesOut ? foreign.facts : facts
    leftOut = foreign.leftOut + facts.leftOut
    context = FigureContext(
      self.account.map { [$0] } ?? self.facts.accounts, facts.directory, in: period, at: cutOff, by: valuation
    )
  }

  private static func facts(
    _ workbench: Workbench, account: RecordID?, topics: Set<Topic>, syncedOnly: Bool,
    zones: TimeZones, noting note: (StoredRecord) -> Void
  ) throws -> Facts {
    let people = try topics.contains(.scores) ? workbench.people() : nil
    var builder = FactsBuilder(
      dayAt: { zone, at in zones.day(at, zone) },
      raterOf: { replica in people?.firstReplica(ofOwnerOf: replica) ?? replica })
    let kinds = FactsBuilder.kinds(for: topics)
    let all = kinds.directory + kinds.accounts
    try workbench.replica.forEachRecord(
      ofKinds: all.map(\.number), account: account, syncedOnly: syncedOnly
    ) { record in
      note(record)
      builder.add(record)
    }
    if topics.contains(.value) {
      let scopes = try workbench.replica.scopes().map(\.scope)
      let open = Set(scopes.filter { if case .finance = $0 { true } else { false } }.compactMap(\.account))
      for account in Set(scopes.compactMap(\.account)).subtracting(open) {
        builder.withholdFinance(of: account)
      }
    }
    return builder.finished()
  }

  /// What others are converted into; else what most accounts are kept in, or what was sold in.
  private static func currency(of accounts: [AccountFacts], _ directory: Directory) -> String {
    if accounts.count > 1, let target = directory.rates.targets.first { return target }
    let kept = accounts.compactMap { $0.profile.currency ?? $0.sales.first?.revenue.currency }
    let counts = Dictionary(grouping: kept) { $0 }.mapValues(\.count)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "EUR"
  }

  /// One account in its own currency, which needs no rates.
  package func context(of account: AccountFacts, inOwnCurrency: Bool = false) -> FigureContext {
    let own =
      inOwnCurrency ? Valuation(Self.currency(of: [account], facts.directory), rates: valuation.rates) : nil
    return context.of(account, by: own)
  }

  /// Accounts that have something to rank by value: those whose finances this person sees.
  package var accountsWithFinance: [AccountFacts] { facts.accounts.filter(\.sharesFinance) }

  package func label(_ account: AccountFacts) -> String {
    account.profile.slug.isEmpty ? account.profile.name : account.profile.slug
  }

  /// The day there of a moment, Unix milliseconds.
  package func day(_ moment: Int64, of account: AccountFacts) -> PlanDate {
    zones.day(moment, account.profile.timeZone)
  }

  /// The records that are in no figure because they cannot be counted, by their handles, and why.
  func leftOutSentences() throws -> [Phrase] {
    try leftOut.map { exclusion in
      let shown = try exclusion.records.prefix(Self.leftOutMax).map {
        Phrase.verbatim(try workbench.handle($0))
      }
      let more = exclusion.records.count - shown.count
      let names = more > 0 ? shown + ["\(more) more"] : shown
      return
        "Not counted: \(counted(exclusion.records.count, "record")) \(exclusion.reason.phrase) (\(enumerated(names)))."
    }
  }

  private static let leftOutMax = 5

  /// What is not in the figures for want of rights; nil: nothing.
  var withheldSentence: Phrase? {
    let count = facts.accounts.count { !$0.sharesFinance }
    guard count > 0 else { return nil }
    return count == facts.accounts.count
      ? "The finances are not shared with you: figures of value are not here."
      : "The finances of \(counted(count, "account")) are not shared with you: they are not in these figures."
  }

  /// What every list of figures ends with: what is not in them, and what came after the period had closed.
  package func closingSentences(_ figures: [Figure]) throws -> [Phrase] {
    let late = figures.map(\.late).max() ?? 0
    let lateness: Phrase =
      "\(counted(late, "record")) written down after \(cutOff.day.spoken) changed this period."
    return try [withheldSentence].compactMap { $0 } + leftOutSentences() + (late > 0 ? [lateness] : [])
  }
}

/// The days of moments where accounts are, by the zones that they name.
private final class TimeZones {
  private var known: [String: TimeZone?] = [:]

  /// Without a zone, or with one that nobody knows, by UTC: the same on every device.
  func day(_ milliseconds: Int64, _ zone: String?) -> PlanDate {
    guard let zone, let there = known(zone) else { return PlanDate(milliseconds: milliseconds) }
    let offset = there.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
    return PlanDate(milliseconds: milliseconds + Int64(offset) * 1000)
  }

  private func known(_ zone: String) -> TimeZone? {
    if let zone = known[zone] { return zone }
    let found = TimeZone(identifier: zone)
    known[zone] = .some(found)
    return found
  }
}
