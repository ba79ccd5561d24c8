import PlanModel
import SourceFiles
import Speech
import Wording
import Workbench

// In which forms the columns have their numbers and days.

extension Spreadsheet {
  /// What one look at every row shows.
  struct Styles {
    /// By column: which signs its numbers have.
    var numbers: [NumberStyle?]
    /// Which order the days have.
    var days: DayOrder.Votes
    /// By column: how many rows have nothing in it, where it says when something happened.
    var silent: [Int]
  }

  static func styles(
    of columns: [PlannedColumn], in sheet: Sheet, from start: Int, _ options: ImportOptions
  ) -> Styles {
    let ofMoments = columns.indices.filter { columns[$0].meaning.register?.fill == .now }
    var silent = [Int](repeating: 0, count: columns.count)
    let ofNumbers = columns.indices.filter { columns[$0].meaning.register?.type.isOfNumbers ?? false }
    let ofDays = columns.indices.filter { columns[$0].meaning.isOfDays }
    var numbers = [NumberStyle.Votes](repeating: .init(), count: columns.count)
    var days = DayOrder.Votes()
    let seesNumbers = options.decimal == nil && !ofNumbers.isEmpty
    let seesDays = options.dayOrder == nil && !ofDays.isEmpty
    if seesNumbers || seesDays || !ofMoments.isEmpty {
      for place in start..<max(start, sheet.count) {
        guard let cells = sheet.cells(place) else { continue }
        for column in ofMoments where column >= cells.count || cells[column].trimmed.isEmpty {
          if cells.contains(where: { !$0.isEmpty }) { silent[column] += 1 }
        }
        if seesNumbers {
          for column in ofNumbers where column < cells.count {
            if let number = AmountText(cells[column].trimmed)?.number { numbers[column].add(number) }
          }
        }
        if seesDays { for column in ofDays where column < cells.count { days.add(cells[column].trimmed) } }
      }
    }
    return Styles(numbers: numbers.map(\.winner), days: days, silent: silent)
  }

  static func form(of column: Int, in sheet: Sheet, from start: Int) -> MomentForm {
    MomentForm(
      (start..<max(start, sheet.count)).lazy.prefix(rowsOfFormMax).compactMap { place in
        guard let cells = sheet.cells(place), cells.indices.contains(column) else { return nil }
        return unquoted(CSVDocument.unguarded(cells[column]).trimmed)
      })
  }

  private static let rowsOfFormMax = 10_000
}

extension ColumnMeaning {
  fileprivate var isOfDays: Bool {
    if case .happening = self { true } else { register?.type.isOfDays ?? false }
  }
}

extension RegisterType {
  fileprivate var isOfNumbers: Bool {
    switch self {
    case .money, .decimal: true
    default: false
    }
  }

  fileprivate var isOfDays: Bool {
    switch self {
    case .date, .instant: true
    default: false
    }
  }
}
