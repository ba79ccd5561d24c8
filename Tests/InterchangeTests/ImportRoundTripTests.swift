import Foundation
import PlanModel
import Speech
import Testing
import Wording
import Workbench

@testable import Interchange

/// What comes in is what was written, or is refused: files of many programs and places, written from records that are known.
@Suite("Files that are written and read back")
struct ImportRoundTripTests {
  /// How many files; more on request.
  private static let fileCount =
    ProcessInfo.processInfo.environment["KAM_FILES"].flatMap(UInt64.init) ?? 1_000

  @Test(
    "of files in every form no row says anything else than was written, and most are read without an option")
  func roundTrip() throws {
    var counts: [String: (read: Int, refused: Int)] = [:]
    for seed in 1...Self.fileCount {
      let file = try WrittenFile(seed: seed)
      let outcome = Self.read(file)
      for (record, result) in outcome.rows {
        guard let result else {
          counts[file.format, default: (0, 0)].refused += 1
          continue
        }
        counts[file.format, default: (0, 0)].read += 1
        #expect(result == Self.expected(record), "seed \(seed): \(file.form)")
      }
      #expect(outcome.strangers.isEmpty, "seed \(seed): \(outcome.strangers)\n\(file.form)")
      let isWrong = outcome.rows.contains { $0.1 != nil && $0.1 != Self.expected($0.0) }
      if isWrong || !outcome.strangers.isEmpty { break }
    }
    // A reader that refuses everything is never wrong.
    #expect(counts.keys.sorted() == ["cards", "json", "table", "workbook"])
    for (format, (read, refused)) in counts {
      let least = format == "cards" || format == "json" ? 0.99 : 0.8
      #expect(Double(read) / Double(read + refused) > least, "\(format): \(read) read, \(refused) refused")
    }
  }

  /// Amounts in one form.
  private static func expected(_ record: WrittenFile.Record) -> [String: String] {
    record.fields.mapValues { text in
      text.contains(where: \.isNumber) ? Money(text).map(\.description) ?? text : text
    }
  }

  private struct Outcome {
    /// What each record was read as; nil: it was refused.
    var rows: [(WrittenFile.Record, [String: String]?)] = []
    /// Rows that nobody wrote.
    var strangers: [[String: String]] = []
  }

  private static func read(_ file: WrittenFile) -> Outcome {
    var options = ImportOptions()
    options.currency = file.currency
    options.moments = Moments(now: 0) { _ in 0 }
    var outcome = Outcome()
    var found: [String: [String: String]] = [:]
    if let source = try? ImportReader(name: file.name, format: nil, options: options).source(of: file.data) {
      for place in 0..<source.count {
        guard let row = try? source.row(place), row.doubt == nil,
          let fields = try? fields(of: row, currency: file.currency)
        else { continue }
        if let record = file.records.first(where: { record in
          fields.values.contains { $0.contains(record.key) }
        }) {
          found[record.key] = fields
        } else {
          outcome.strangers.append(fields)
        }
      }
    }
    outcome.rows = file.records.map { ($0, found[$0.key]) }
    return outcome
  }

  /// In the words of the record; amounts are resolved as the import does.
  private static func fields(of row: ImportRow, currency: String?) throws -> [String: String] {
    var fields: [String: String] = [:]
    if let account = row.accounts.first { fields["account"] = account }
    for value in row.values {
      guard case .money = value.register.type else {
        fields[value.register.name] = value.text
        continue
      }
      guard let amount = AmountText(value.text) else { throw Failure.usage("no amount") }
      let code = try amount.currency.resolved(
        column: row.currency, otherwise: currency, in: value.text, place: value.place)
      guard let money = Money("\(amount.number) \(code)") else { throw Failure.usage("no amount") }
      fields[value.register.name] = money.description
    }
    for point in row.points.sorted(by: { $0.value < $1.value }) {
      fields[point.type] = fields[point.type].map { "\($0) \(point.value)" } ?? point.value
    }
    return fields
  }
}
