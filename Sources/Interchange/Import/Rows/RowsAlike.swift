import PlanModel
import Speech
import SyncCore
import Workbench

/// Which rows of one file are about one record, and which make records that look alike.
///
/// Events are not among them: a file has many that say the same, and each is one of its own.
struct RowsAlike {
  /// The first line about each record.
  private var lines: [RecordID: Int32] = [:]
  /// The first line with a name, and with an address; by hashes.
  private var namedLines: [Int: Int32] = [:]
  private var reachedLines: [Int: Int32] = [:]

  /// The line before this one that is about the same record.
  func line(of record: RecordID) -> Int? { lines[record].map(Int.init) }

  /// What rows of lines that the command line names are about.
  private(set) var named: [Int: RecordID] = [:]
  private let wanted: Set<Int>

  /// - Parameter wanted: The lines that other rows are said to be one with.
  init(wanted: Set<Int>) { self.wanted = wanted }

  mutating func note(_ record: RecordID, line: Int) {
    if lines[record] == nil { lines[record] = Int32(clamping: line) }
    if wanted.contains(line) { named[line] = record }
  }

  /// Takes a row that makes a record.
  ///
  /// - Returns: in which it is like a line before it, when it says of itself nothing that tells them apart.
  mutating func likeness(
    _ row: ImportRow, in scope: Scope, _ values: [UInt32: RegisterValue], line: Int
  ) -> ImportReport.Note? {
    let line = Int32(clamping: line)
    var told: ImportReport.Note?
    if row.kind.number == KindNumber.contact {
      for point in row.points where point.type == "email" {
        var hasher = Hasher()
        hasher.combine(scope.account)
        hasher.combine(point.value.lowercased())
        let key = hasher.finalize()
        if let before = reachedLines[key] {
          told = told ?? .sameAddress(point.value, line: Int(before))
        } else {
          reachedLines[key] = line
        }
      }
    }
    guard let key = Self.key(row, scope, values) else { return told }
    if let before = namedLines[key] { return .sameName(line: Int(before)) }
    namedLines[key] = line
    return told
  }

  /// By what it is called, and by its days and moments: what comes every month is called the same.
  ///
  /// - Returns: nil for what is told apart from others by more than its name.
  private static func key(_ row: ImportRow, _ scope: Scope, _ values: [UInt32: RegisterValue]) -> Int? {
    let kind = row.kind
    guard row.id == nil, let title = kind.titleRegister, case .text(let name)? = values[title.number],
      kind.externalID.flatMap({ values[$0.number] }) == nil
    else { return nil }
    let isAccount = kind.number == KindNumber.account
    let isKnownByOther = kind.keys.contains { key in
      !key.contains(title.name)
        && key.allSatisfy { kind.register(named: $0).flatMap { values[$0.number] } != nil }
    }
    if isKnownByOther, !isAccount { return nil }
    var hasher = Hasher()
    hasher.combine(kind.number)
    if !isAccount { hasher.combine(scope.account) }
    hasher.combine(isAccount ? companyName(name) : normalForm(name).lowercased())
    for register in kind.registers where !kind.mayBeLikely {
      switch (register.type, values[register.number]) {
      case (.instant, .integer(let moment)?): hasher.combine(moment)
      case (.date, .text(let day)?): hasher.combine(day)
      default: continue
      }
    }
    return hasher.finalize()
  }
}
