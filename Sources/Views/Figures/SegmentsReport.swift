import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// How many accounts are in each segment.
package struct SegmentsReport: SourcedReport {
  package let source: FigureSource
  private let rows: [Row]

  private struct Row {
    let segment: Indicators.Segment
    var count: Int?
    /// Why its rule cannot be understood.
    var mistake: Phrase?
  }

  package init(_ workbench: Workbench, _ order: FigureOrder) throws {
    let segments = try SegmentSource(workbench, order, only: nil)
    source = segments.source
    rows = segments.segments.map { segment in
      do {
        return Row(segment: segment, count: try segments.members(of: segment).count)
      } catch let failure as Failure {
        return Row(segment: segment, mistake: failure.sentence)
      } catch {
        return Row(segment: segment, mistake: "the rule cannot be read")
      }
    }
  }

  package var figures: [Figure] { [] }

  package func blocks() -> [Block] {
    guard !rows.isEmpty else { return [text("No segments.")] }
    var table = FigureTable([
      column(title: "segment", .title), column(title: "accounts", .key, isNumber: true), barColumn,
      column(title: "rule"),
    ])
    let all = max(1, source.facts.accounts.count)
    for row in rows {
      table.add([
        .text(row.segment.name), row.count.map(cell) ?? cell("n/a"),
        row.count.map { .bar(share: Double($0) / Double(all), width: 16) } ?? .empty,
        cell(row.mistake ?? row.segment.rule.map { .verbatim($0) }, or: "chosen by hand"),
      ])
    }
    return [.table(table)]
  }

  package func document() throws -> JSON {
    let segments = rows.map { row in
      JSON.object([
        ("segment", .text(row.segment.id.description)), ("name", .text(row.segment.name)),
        ("rule", JSON(row.segment.rule)), ("members", row.count.map { .integer($0) } ?? .null),
        ("mistake", JSON(row.mistake?.description)),
      ])
    }
    return try source.json([("segments", .array(segments))])
  }
}

/// Which accounts are in a segment.
package struct SegmentReport: SourcedReport {
  package let source: FigureSource
  private let segment: Indicators.Segment
  private let members: [Membership]

  /// nil: the segment is not there any more.
  ///
  /// - Throws: ``Failure`` that says where the rule cannot be understood.
  package init?(_ workbench: Workbench, _ order: FigureOrder, segment: RecordID) throws {
    let segments = try SegmentSource(workbench, order, only: segment)
    guard let segment = segments.segments.first else { return nil }
    source = segments.source
    self.segment = segment
    members = try segments.members(of: segment)
  }

  package var figures: [Figure] { [] }
  package var listed: [RecordID]? { members.isEmpty ? nil : members.map(\.account) }

  package func blocks() -> [Block] {
    let head =
      [title(.verbatim("\(segment.name) (\(members.count))"))]
      + (segment.rule.map { [note("rule: \($0)")] } ?? [])
    guard !members.isEmpty else { return head + [text("No account is in it.")] }
    var table = FigureTable([placeColumn, column(title: "account", .title), column(title: "why")])
    for (place, member) in members.enumerated() {
      guard let account = source.facts[member.account] else { continue }
      table.add([cell(place + 1), name(account), .text(why(member))])
    }
    return head + [.table(table)]
  }

  /// "stage = loyal (loyal), nps >= 50 (62)".
  private func why(_ member: Membership) -> String {
    guard let verdict = member.verdict else {
      return member.reason.map { said($0.isEmpty ? "chosen by hand" : "chosen by hand: \($0)") } ?? ""
    }
    let held = verdict.clauses.filter { $0.holds == true }
    return held.map { said("\($0.condition.text) (\($0.found.phrase))") }.joined(separator: ", ")
  }

  package func document() throws -> JSON {
    let rows = members.compactMap { member in
      source.facts[member.account].map { account in
        JSON.object(
          json(account) + [
            ("byHand", .flag(member.verdict == nil)), ("reason", JSON(member.reason)),
            ("clauses", .array((member.verdict?.clauses ?? []).map(\.json))),
          ])
      }
    }
    return try source.json([
      ("segment", .text(segment.id.description)), ("name", .text(segment.name)),
      ("rule", JSON(segment.rule)), ("members", .array(rows)),
    ])
  }
}
