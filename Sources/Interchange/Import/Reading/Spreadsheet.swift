import PlanModel
import SourceFiles
import Speech
import Wording
import Workbench

/// A sheet with headings: a record a row.
struct Spreadsheet: ImportSource {
  let kind: KindDescription
  let sheet: Sheet
  let export: KnownExport?
  let headings: [String]
  /// Of the first row below the headings.
  let start: Int
  private(set) var columns: [PlannedColumn]
  let options: ImportOptions
  /// Of days in numbers; nil while nothing decides it.
  let dayOrder: DayOrder?
  /// Some days can be read both ways.
  let hasUndecidedDays: Bool
  /// By column: in how many rows nothing says when it was.
  let silent: [Int]
  /// By the column of a day, that of its time.
  private(set) var clocks: [Int?]
  /// What ids of the file are prefixed with.
  var system: String? { options.system ?? export?.system }

  private static let columnsMax = 1_000

  /// - Throws: ``Failure`` when it cannot be understood as a whole.
  init(_ sheet: Sheet, kind: KindDescription?, stem: String = "", options: ImportOptions) throws {
    self.sheet = sheet
    self.options = options
    let place = try Self.headingsPlace(sheet, kind, options)
    let headings = (sheet.cells(place) ?? []).map { CSVDocument.unguarded($0).trimmed }
    guard headings.contains(where: { !$0.isEmpty }) else {
      throw Failure.usage("The first row must have the columns' headings.")
    }
    guard headings.count <= Self.columnsMax else {
      throw Failure.usage("There are \(headings.count) columns; at most \(Self.columnsMax) are read.")
    }
    let export = KnownExport.recognised(among: headings, kind: kind)
    guard let kind = kind ?? export.flatMap({ PlanModel.kind(named: $0.kind) }) else {
      throw Failure.usage(
        "What the rows are is not clear from the file's name: give \(field: "kind"), such as \(field: "kind") sale."
      )
    }
    self.kind = kind
    self.export = export
    self.headings = headings
    start = place + 1
    let form = { column in Self.form(of: column, in: sheet, from: place + 1) }
    let columns = try Columns(headings, kind: kind, export: export, rules: options.rules, form: form).all
    clocks = Array(repeating: nil, count: columns.count)
    for (index, column) in columns.enumerated() {
      if case .clock(let day) = column.meaning { clocks[day] = index }
    }
    let styles = Self.styles(of: columns, in: sheet, from: place + 1, options)
    // A file's columns are written by one program: what one of them shows is true of the others.
    dayOrder = options.dayOrder ?? styles.days.winner
    hasUndecidedDays = styles.days.hasUndecided
    silent = styles.silent
    self.columns = zip(columns, styles.numbers).map { column, numbers in
      var column = column
      column.numbers = options.decimal ?? numbers
      return column
    }
    try checkCampaign()
  }

  /// An answer without a campaign is in no figure.
  private func checkCampaign() throws {
    guard kind.number == KindNumber.surveyResponse, options.campaign == nil,
      !columns.contains(where: { $0.meaning.register?.number == SurveyResponseRegister.campaign })
    else { return }
    throw Failure.usage(
      "The answers do not say which campaign they belong to: give \(field: "campaign") (`\(action: .listRecords(kind: "survey-campaign"))`), or a column."
    )
  }

  // MARK: - ImportSource

  var count: Int { max(0, sheet.count - start) }
  func line(of place: Int) -> Int { sheet.line(start + place) }

  func document(ofRejected rejected: [(place: Int, reason: String)]) -> String {
    var document = CSVDocument(separator: sheet.separator)
    document.add(headings + ["kam reason"])
    for (place, reason) in rejected {
      // What cannot be taken apart is kept whole, to be mended by hand.
      let cells = sheet.cells(start + place)?.map(CSVDocument.unguarded) ?? [sheet.raw(start + place)]
      document.add(cells + Array(repeating: "", count: max(0, headings.count - cells.count)) + [reason])
    }
    return document.text
  }
}
