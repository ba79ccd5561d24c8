import Indicators
import Pages
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// Figures that somebody asks for: read when it is made, and told as a page or as a document for programs.
package protocol FigureReport {
  var workbench: Workbench { get }
  func blocks() throws -> [FiguresPage.Block]
  func document() throws -> JSON
  /// What is not in it, and what came late.
  func notes() throws -> [Phrase]
  /// The records whose lines can be named by their number afterwards; nil: those of the list before.
  var listed: [RecordID]? { get }
}

/// One that is made from the facts of accounts.
package protocol SourcedReport: FigureReport {
  var source: FigureSource { get }
  /// The figures of which is told what came after the period had closed.
  var figures: [Figure] { get }
}

/// What a report says to programs.
package struct FiguresDocument: Sendable {
  package let json: JSON
  /// For who runs the program, in their language.
  package let notes: [String]
}

/// What every figure is asked for with.
package struct FigureOrder: Equatable, Sendable {
  package var days: Days
  /// How each figure was made: formula, records used, records left out and why.
  package var explains: Bool

  package init(_ days: Days = .today, explains: Bool = false) {
    self.days = days
    self.explains = explains
  }
}

extension Workbench {
  /// - Parameter report: Makes it, within the reading of one moment; nil: there is nothing to tell of.
  package func figuresPage(_ report: () throws -> (any FigureReport)?) throws -> FiguresPage? {
    try replica.read { _ in
      try report().map { report in
        FiguresPage(
          blocks: try report.blocks(), notes: try report.notes().map(reader.said),
          listed: report.listed?.map(\.description))
      }
    }
  }

  /// - Parameter report: Makes it, within the reading of one moment; nil: there is nothing to tell of.
  package func figuresDocument(_ report: () throws -> (any FigureReport)?) throws -> FiguresDocument? {
    try replica.read { _ in
      try report().map { report in
        FiguresDocument(json: try report.document(), notes: try report.notes().map(reader.said))
      }
    }
  }
}

extension FigureReport {
  package func notes() throws -> [Phrase] { [] }
  package var listed: [RecordID]? { nil }
}

extension SourcedReport {
  package var workbench: Workbench { source.workbench }
  package func notes() throws -> [Phrase] { try source.closingSentences(figures) }
  /// One account was asked for, or all of them.
  var accounts: [AccountFacts] { source.account.map { [$0] } ?? source.facts.accounts }
}

// MARK: - Words

extension FigureReport {
  package typealias Block = FiguresPage.Block
  typealias Cell = FigureTable.Cell

  func said(_ phrase: Phrase) -> String { workbench.reader.said(phrase) }

  func title(_ phrase: Phrase) -> Block { .title(said(phrase)) }
  func heading(_ phrase: Phrase) -> Block { .heading(said(phrase)) }
  func text(_ phrase: Phrase, level: Int = 0) -> Block { .text(said(phrase), level: level) }
  func note(_ phrase: Phrase, level: Int = 0) -> Block { .note(said(phrase), level: level) }

  /// "… and 3 more", below a table.
  func more(_ count: Int) -> [Block] { count > 0 ? [note("… and \(count) more", level: 1)] : [] }

  func column(
    title: Phrase, _ purpose: ListPage.Column.Purpose = .detail, isNumber: Bool = false
  ) -> FigureTable.Column {
    FigureTable.Column(title: said(title), isNumber: isNumber, purpose: purpose)
  }

  /// The number of a line.
  var placeColumn: FigureTable.Column { column(title: .verbatim("#"), .key, isNumber: true) }
  /// Bars need no title.
  var barColumn: FigureTable.Column { column(title: .nothing) }

  func cell(_ phrase: Phrase?, or otherwise: Phrase = .nothing) -> Cell { .text(said(phrase ?? otherwise)) }
  func cell(_ number: Int) -> Cell { .text("\(number)") }

  func share(_ ratio: Ratio?, or otherwise: Phrase = .nothing) -> Cell {
    cell(ratio.map { FigureValue.share($0).spoken }, or: otherwise)
  }

  /// Amounts, without cents where these say nothing.
  func amount(_ money: Money?, or otherwise: Phrase = .nothing) -> Cell {
    cell(money?.spokenWhole, or: otherwise)
  }
}

extension SourcedReport {
  func name(_ account: AccountFacts) -> Cell { .text(source.label(account)) }

  /// "NPS: +33, n = 12, 95 % from 12 to 54".
  func summary(_ figure: Figure) -> Phrase {
    let interval = figure.spokenInterval
    return interval.isEmpty
      ? "\(figure.indicator.name): \(figure.spoken), n = \(figure.n)"
      : "\(figure.indicator.name): \(figure.spoken), n = \(figure.n), 95 % from \(interval)"
  }

  /// How a figure came about.
  func explanation(_ figure: Figure) -> [Block] {
    let period: Phrase = "period \(source.period.spoken), as of \(source.cutOff.day.spoken)"
    var sentences: [Phrase] = [
      figure.indicator.formula, "\(counted(figure.used.count, "record")) used; \(period)",
    ]
    for exclusion in figure.excluded {
      sentences.append(
        "\(counted(exclusion.records.count, "record")) left out: \(exclusion.reason.phrase)")
    }
    for part in figure.parts {
      sentences.append("\(part.name): \(part.value?.spoken ?? "n/a") (n = \(part.n))")
    }
    if figure.late > 0 {
      sentences.append("\(counted(figure.late, "record")) written down after the period had closed")
    }
    return sentences.map { note($0, level: 2) }
  }
}
