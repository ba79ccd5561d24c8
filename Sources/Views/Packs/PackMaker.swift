import Indicators
import Pages
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// A review pack that was made, and what is kept of it besides its page.
package struct MadePack: Equatable, Sendable {
  package let pack: ReviewPack
  let state: PackState
}

/// Makes one review pack, keeps its editions, and tells what has changed since the last.
///
/// What it makes is a value: whoever asks for it sets it as a page, brings that where it is wanted, and gives its bytes back
/// to be kept. So what could not be delivered is not kept either.
package struct PackMaker {
  private let workbench: Workbench
  private let order: PackOrder
  private let name: PackName
  private let programVersion: String
  /// When this replica last saw the server, Unix milliseconds.
  private let synced: Int64

  package init(_ workbench: Workbench, _ order: PackOrder, programVersion: String) throws {
    self.workbench = workbench
    self.order = order
    self.programVersion = programVersion
    synced = try workbench.replica.progress().synced
    name = order.name(in: workbench.reader.language)
  }

  /// Nothing that happens from now on belongs to it, at no account on earth.
  package var isOver: Bool { workbench.now > order.end }
  /// This replica has seen the server after that: what is frozen earlier lacks what others had noted by then.
  private var isComplete: Bool { synced > order.end }

  // MARK: Editions

  /// The first one first.
  package func editions() throws -> [FrozenPack] { try workbench.replica.packs(name) }

  /// - Parameter wanted: nil: the last.
  /// - Returns: nil when the pack was never frozen and no edition is wanted.
  /// - Throws: ``Failure`` for an edition that there is not.
  package func edition(_ wanted: Int?, of editions: [FrozenPack]) throws -> FrozenPack? {
    guard let wanted else { return editions.last }
    guard let edition = editions.first(where: { $0.edition == wanted }) else {
      throw Failure.notFound(
        editions.isEmpty
          ? "This pack was never frozen." : "There is no edition \(wanted); the last is \(editions.count).")
    }
    return edition
  }

  /// Keeps a pack as its next edition, with the bytes of its page.
  ///
  /// - Returns: nil for a draft: its period is not over, or this replica has not seen the server since.
  package func freeze(_ made: MadePack, page: [UInt8]) throws -> FrozenPack? {
    guard isComplete else { return nil }
    return try workbench.replica.freeze(name, state: made.state.encoded(), page: page, now: workbench.now)
  }

  // MARK: Making

  /// Makes it again when a sync came in between: a page must not be of two moments.
  ///
  /// - Parameter last: The edition that it tells the changes since; nil: it tells none.
  package func made(after last: FrozenPack?) throws -> MadePack {
    let before = try last.map { (state: try PackState($0.state), edition: $0.edition) }
    while true {
      let heads = try workbench.heads(of: order.account)
      let source = try source(since: before?.state)
      let (pack, figures) = try pack(source, isComplete ? frozen(heads) : nil) { figures in
        before.map { changes(since: $0.state, edition: $0.edition, to: figures, source) }
      }
      if try workbench.heads(of: order.account) == heads {
        return MadePack(
          pack: pack, state: PackState(heads: heads, figures: figures, reader: workbench.reader))
      }
      workbench.forget()
    }
  }

  private func source(since before: PackState?) throws -> FigureSource {
    try FigureSource(
      workbench, account: order.account, Days(period: order.period, currency: order.currency),
      topics: order.account == nil ? PortfolioReview.topics : AccountReview.topics,
      syncedOnly: true, heads: before?.heads)
  }

  private func pack(
    _ source: FigureSource, _ frozen: Pack.Footer.Frozen?, changes: ([Figure]) -> Pack.ChangesPart?
  ) throws -> (pack: ReviewPack, figures: [Figure]) {
    guard order.account != nil else {
      let review = portfolio(source)
      let figures = review.figures()
      return (.portfolio(try review.pack(frozen: frozen, changes: changes(figures))), figures)
    }
    let review = try account(source)
    let figures = review.figures()
    return (.account(try review.pack(frozen: frozen, changes: changes(figures))), figures)
  }

  private func portfolio(_ source: FigureSource) -> PortfolioReview {
    PortfolioReview(source: source, programVersion: programVersion)
  }

  private func account(_ source: FigureSource) throws -> AccountReview {
    guard let facts = source.account else {
      throw Failure.refused("The account is not synced yet: run `\(action: .sync)` first.")
    }
    return try AccountReview(
      source, facts, isInternal: order.isInternal, showsNextSteps: order.showsNextSteps,
      without: order.without, programVersion: programVersion)
  }

  private func frozen(_ heads: [String: UInt64]) -> Pack.Footer.Frozen {
    func sum(_ family: (Scope) -> Bool) -> String? {
      let those = heads.filter { Scope($0.key).map(family) ?? false }
      return those.isEmpty ? nil : "\(those.values.reduce(0, &+))"
    }
    return Pack.Footer.Frozen(
      period: workbench.reader.said(order.period.spoken),
      planSequence: sum { if case .plan = $0 { true } else { false } },
      financeSequence: sum { if case .finance = $0 { true } else { false } })
  }

  // MARK: Changes

  private func changes(
    since before: PackState, edition: Int, to figures: [Figure], _ source: FigureSource
  ) -> Pack.ChangesPart {
    let reader = workbench.reader
    let rows = before.changes(to: figures, changed: source.changed).map { change in
      Pack.FigureChange(
        figure: reader.said(change.now.indicator.name), before: change.textBefore,
        after: reader.said(change.now.spoken), reason: reader.said(change.reason))
    }
    return Pack.ChangesPart(since: reader.said("edition \(edition)"), changes: rows)
  }

  /// What has changed since the last edition; nil: the pack was never frozen.
  package func changes() throws -> PackChanges? {
    guard let last = try editions().last else { return nil }
    let before = try PackState(last.state)
    let source = try source(since: before)
    let figures = try order.account == nil ? portfolio(source).figures() : account(source).figures()
    return PackChanges(
      last: last, changes: before.changes(to: figures, changed: source.changed), source: source)
  }
}

extension PackOrder {
  /// The period's last midnight comes last twelve hours west of Greenwich. Unix milliseconds.
  fileprivate var end: Int64 { period.to.milliseconds + 36 * 3_600_000 }

  /// What its editions are kept under.
  fileprivate func name(in language: Language) -> PackName {
    let words = without.map(\.rawValue).sorted() + (showsNextSteps ? ["next-steps"] : [])
    let variant = [
      language.code + (hasPlainSigns ? "-plain" : ""),
      account == nil || isInternal ? "internal" : "customer", currency ?? "", words.joined(separator: ","),
    ]
    return PackName(account: account, period: period.name, variant: variant.joined(separator: "/"))
  }
}
