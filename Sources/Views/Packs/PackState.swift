import Foundation
import Indicators
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// What is kept of a pack besides its page: how far the records were, and its figures, so that what has changed since can
/// be told.
struct PackState: Codable, Equatable, Sendable {
  struct KeptFigure: Codable, Equatable, Sendable {
    let indicator: String
    /// Exact, in the figure's unit; nil when there was none.
    let value: String?
    /// As it was shown.
    let text: String
    let n: Int
  }
  /// The last change of each scope, by its name.
  let heads: [String: UInt64]
  let figures: [KeptFigure]

  init(heads: [String: UInt64], figures: [Figure], reader: Reader) {
    self.heads = heads
    self.figures = figures.map {
      KeptFigure(
        indicator: $0.indicator.rawValue, value: $0.value?.decimal, text: reader.said($0.spoken),
        n: $0.n)
    }
  }

  init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(PackState.self, from: Data(bytes)) }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return Array(try encoder.encode(self))
  }
}

extension Workbench {
  /// How far the scopes of an account are in this replica, by their names; nil: of all.
  func heads(of account: RecordID?) throws -> [String: UInt64] {
    let held = try replica.scopes().filter {
      account == nil || $0.scope.account == nil || $0.scope.account == account
    }
    return Dictionary(held.map { ($0.scope.description, $0.head) }, uniquingKeysWith: { $1 })
  }
}

/// How a figure of a pack stands now.
package struct PackChange {
  let before: PackState.KeptFigure
  package let now: Figure
  /// Records it rests on that came in or were changed since.
  let records: Int

  /// As it was shown.
  package var textBefore: String { before.text }

  /// It may go by more than it rests on: events of requests, sales of a target, rates.
  package var reason: Phrase {
    records == 0
      ? "other records or settings that it may go by have changed since"
      : "\(counted(records, "record")) came in or changed since"
  }
}

extension PackState {
  /// The figures that are not what they were.
  func changes(to figures: [Figure], changed: Set<RecordID>) -> [PackChange] {
    let now = Dictionary(figures.map { ($0.indicator.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
    return self.figures.compactMap { before in
      guard let figure = now[before.indicator], figure.value?.decimal != before.value || figure.n != before.n
      else {
        return nil
      }
      return PackChange(
        before: before, now: figure, records: figure.used.count(where: changed.contains))
    }
  }
}

/// What has changed since an edition was made.
package struct PackChanges {
  package let last: FrozenPack
  package let changes: [PackChange]
  private let source: FigureSource

  init(last: FrozenPack, changes: [PackChange], source: FigureSource) {
    self.last = last
    self.changes = changes
    self.source = source
  }

  package func json() throws -> JSON {
    try source.json([
      ("edition", .integer(last.edition)), ("madeAt", .text(Moments.iso(last.madeAt))),
      ("changes", .array(changes.map { $0.json(for: source.workbench.reader) })),
    ])
  }
}

extension PackChange {
  fileprivate func json(for reader: Reader) -> JSON {
    .object([
      ("indicator", .text(before.indicator)), ("before", before.value.map { .verbatim($0) } ?? .null),
      ("nBefore", .integer(before.n)), ("now", now.json(for: reader)), ("recordsChanged", .integer(records)),
    ])
  }
}
