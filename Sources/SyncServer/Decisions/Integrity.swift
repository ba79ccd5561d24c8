import Crypto
import Foundation
import PlanModel

/// Whether what the server has written down is still what it wrote: history and audit log are chained, each entry to
/// all before it, and the organisation's row holds the end of each chain.
package enum Integrity {
  package struct Report: Equatable, Sendable {
    package var historyEntries = 0
    package var auditEntries = 0
    /// In sentences; none when all is whole.
    package var problems: [String] = []
  }

  private static let entriesAtOnce = 5_000

  package static func verify(_ reading: any CanonicalReading) throws -> Report {
    var report = Report()
    let organization = try reading.organization()
    var chain = [UInt8](repeating: 0, count: 32)
    var number: Int64 = 0
    while case let rows = try reading.history(after: number, limit: entriesAtOnce), !rows.isEmpty {
      for row in rows {
        chain = Ledger.chained(chain, row.entry)
        report.historyEntries += 1
        check(row.number, after: number, row.chain == chain, "History", &report)
        (number, chain) = (row.number, row.chain)
      }
    }
    checkEnd(chain == organization.historyChain, "History", &report)
    chain = [UInt8](repeating: 0, count: 32)
    number = 0
    while case let rows = try reading.audit(after: number, limit: entriesAtOnce), !rows.isEmpty {
      for row in rows {
        chain = Ledger.chained(chain, Ledger.auditLine(row))
        report.auditEntries += 1
        check(row.number, after: number, row.chain == chain, "The audit log", &report)
        (number, chain) = (row.number, row.chain)
      }
    }
    checkEnd(chain == organization.auditChain, "The audit log", &report)
    return report
  }

  private static func check(
    _ number: Int64, after previous: Int64, _ isChained: Bool, _ what: String, _ report: inout Report
  ) {
    if number != previous + 1 {
      report.problems.append("\(what) lacks the entries between \(previous) and \(number).")
    } else if !isChained {
      report.problems.append("\(what): entry \(number) is not the one that was written.")
    }
  }

  private static func checkEnd(_ isEnd: Bool, _ what: String, _ report: inout Report) {
    if !isEnd { report.problems.append("\(what) does not end with the entry that was written last.") }
  }
}
