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
struct PackState: Codable, Equatable {
  struct KeptFigure: Codable, Equatable {
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

  init(heads: [String: UInt64], figures: [Figure]) {
    self.heads = heads
    self.figures = figures.map {
      KeptFigure(indicator: $0.indicator.rawValue, value: $0.value?.decimal, text: said($0.spoken), n: $0.n)
    }
  }

  init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(PackState.self, from: Data(bytes)) }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return Array(try encoder.encode(self))
  }

  /// How far the scopes of the accounts are in this replica.
  static func heads(of workspace: Workspace, account: RecordID?) throws -> [String: UInt64] {
    let held = try workspace.replica.scopes().filter {
      account == nil || $0.scope.account == nil || $0.scope.account == account
    }
    return Dictionary(held.map { ($0.scope.description, $0.head) }, uniquingKeysWith: { $1 })
  }
}

/// How a figure of a pack stands now.
struct PackChange {
  let before: PackState.KeptFigure
  let now: Figure
  /// Records it rests on that came in or were changed since.
  let records: Int

  /// It may go by more than it rests on: events of requests, sales of a target, rates.
  var reason: Phrase {
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
