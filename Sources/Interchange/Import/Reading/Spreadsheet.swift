import PlanModel
import SourceFiles
import Speech
import Wording
import Workbench

/// A sheet with headings: a record a row.
struct Spreadsheet: ImportSource {
  private let kind: KindDescription
  private let sheet: Sheet
  private let export: KnownExport?
  private let headings: [String]
  /// Of the first row below the headings.
  private let start: Int
  private var columns: [PlannedColumn]
  private let options: ImportOptions
  /// Of days in numbers; nil while nothing decides it.
  private let dayOrder: DayOrder?
  /// Some days can be read both ways.
  private let hasUndecidedDays: Bool
  /// By column: in how many rows nothing says when it was.
  private let silent: [Int]
  /// By the column of a day, that of its time.
  private var clocks: [Int?]
  /// What ids of the file are prefixed with.
  private var system: String? { options.system ?? export?.system }

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
        "What the rows are is not clear from the file's name: give --kind, such as --kind sale.")
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

  /// The kind by the file's name; nil when it says none.
  static func kind(ofFileNamed stem: String) -> KindDescription? {
    let stem = headingKey(stem)
    func named(_ word: String) -> KindDescription? {
      PlanModel.kinds(calledBy: word).first ?? fileNames[word].flatMap { PlanModel.kind(named: $0) }
    }
    return named(stem) ?? stem.split(separator: "-").lazy.compactMap { named(String($0)) }.first
  }

  /// What other programs call what is in their files.
  private static let fileNames = [
    "ticket": "service-request", "tickets": "service-request", "cases": "service-request",
    "demandes": "service-request", "reclamations": "service-request", "deals": "opportunity",
    "deal": "opportunity", "affaires": "opportunity", "transactions": "opportunity",
    "pipeline": "opportunity",
    "companies": "account", "organizations": "account", "organisations": "account", "clients": "account",
    "customers": "account", "prospects": "account", "societes": "account", "entreprises": "account",
    "persons": "contact", "people": "contact", "personnes": "contact", "leads": "contact",
    "invoices": "sale", "factures": "sale", "orders": "sale", "commandes": "sale",
    "responses": "survey-response",
    "reponses": "survey-response", "survey": "survey-response",
    "enquete": "survey-response", "satisfaction": "survey-response", "nps": "survey-response",
    "answers": "survey-response", "articles": "product", "items": "product",
    "todo": "task", "todos": "task", "activities": "interaction", "activites": "interaction",
  ]

  // MARK: - Headings

  private static func headingsPlace(
    _ sheet: Sheet, _ kind: KindDescription?, _ options: ImportOptions
  ) throws -> Int {
    if let line = options.headingsLine {
      guard let place = (0..<sheet.count).first(where: { sheet.line($0) == line }) else {
        throw Failure.usage("--headings-row: there is no row \(line).")
      }
      return place
    }
    guard let place = sheet.headingsPlace(knownCount: { knownCount($0, kind, options) }) else {
      throw Failure.usage("The first row must have the columns' headings.")
    }
    return place
  }

  /// How many of the cells are headings that are known.
  private static func knownCount(_ cells: [String], _ kind: KindDescription?, _ options: ImportOptions) -> Int
  {
    let headings = cells.map { CSVDocument.unguarded($0).trimmed }
    let asked = Set(options.rules.map { headingKey($0.left) })
    let export = KnownExport.recognised(among: headings, kind: kind)
    guard let kind = kind ?? export.flatMap({ PlanModel.kind(named: $0.kind) }) else { return 0 }
    return headings.map(headingKey).count { key in
      !key.isEmpty
        && (asked.contains(key) || export?.fields[key] != nil || ColumnNames.field(for: key, of: kind) != nil)
    }
  }

  // MARK: - Styles

  /// What one look at every row shows.
  private struct Styles {
    /// By column: which signs its numbers have.
    var numbers: [NumberStyle?]
    /// Which order the days have.
    var days: DayOrder.Votes
    /// By column: how many rows have nothing in it, where it says when something happened.
    var silent: [Int]
  }

  private static func styles(
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

  private static func form(of column: Int, in sheet: Sheet, from start: Int) -> MomentForm {
    MomentForm(
      (start..<max(start, sheet.count)).lazy.prefix(rowsOfFormMax).compactMap { place in
        guard let cells = sheet.cells(place), cells.indices.contains(column) else { return nil }
        return unquoted(CSVDocument.unguarded(cells[column]).trimmed)
      })
  }

  private static let rowsOfFormMax = 10_000

  /// An answer without a campaign is in no figure.
  private func checkCampaign() throws {
    guard kind.number == KindDescription.surveyResponse.number, options.campaign == nil,
      !columns.contains(where: { $0.meaning.register?.name == "campaign" })
    else { return }
    throw Failure.usage(
      "The answers do not say which campaign they belong to: give --campaign (`kam survey-campaign list`), or a column."
    )
  }

  // MARK: - ImportSource

  var findings: [(label: Phrase, text: Phrase)] {
    var findings: [(label: Phrase, text: Phrase)] = [
      ("records", .word(kind.plural)), ("text", sheet.formPhrase),
    ]
    if let export { findings.append(("written by", .verbatim(export.system))) }
    if start > 1 { findings.append(("headings", "line \(sheet.line(start - 1))")) }
    for (index, column) in columns.enumerated() {
      guard let text = finding(column, index) else { continue }
      findings.append((.verbatim("  " + column.heading), text))
    }
    for register in kind.registers where register.fill == .now {
      let of = columns.indices.filter { columns[$0].meaning.register == register }
      guard let silent = of.map({ silent[$0] }).min() else {
        findings.append((.word(register.label), "no column says it: the moment of the import is taken"))
        continue
      }
      guard silent > 0 else { continue }
      findings.append(
        (
          .word(register.label),
          "\(counted(silent, "row")) without it: for these the moment of the import is taken"
        ))
    }
    return findings
  }

  private func finding(_ column: PlannedColumn, _ index: Int) -> Phrase? {
    switch column.meaning {
    case .register(let register), .utc(let register):
      switch register.type {
      case .money, .decimal:
        return column.numbers ?? sheet.usualNumbers == .comma
          ? "\(word: register.label), decimal comma" : "\(word: register.label), decimal point"
      case .date, .instant:
        switch dayOrder {
        case .dayFirst: return "\(word: register.label), day before month"
        case .monthFirst: return "\(word: register.label), month before day"
        case nil:
          return hasUndecidedDays
            ? "\(word: register.label); nothing shows whether the day or the month comes first (--days)"
            : .word(register.label)
        }
      case .choice, .graded: return choices(column, index, register)
      default: return .word(register.label)
      }
    case .clock(let day): return "the time of “\(columns[day].heading)”"
    case .happening("responded"): return "when it was first responded to"
    case .happening("resolved"): return "when it was resolved"
    case .happening: return "when it was closed"
    case .state: return "not imported: a request is open until the moment at which it was resolved or closed"
    case .alsoContact: return "not imported: another column says it"
    case .id: return .verbatim("id")
    case .account, .foreignAccount: return .word("account")
    case .currency: return .word("currency")
    case .foreignID: return .word("external id")
    case .point(let type): return .word(type)
    case .namePart: return "part of the name"
    case .likelihood: return "likelihood of the \(word: kind.graded?.label ?? "stage")"
    case .answer(let register): return .word(register.label)
    case .leftOut(.unknown): return "not imported: no such field (--map \"\(column.heading)=FIELD\")"
    case .leftOut(.asked): return "not imported, as asked"
    case .leftOut(.known): return "not imported"
    case .leftOut(.otherColumn): return "not imported: another column says it"
    case .leftOut: return nil
    }
  }

  /// "severity: Urgent = critical": values are read as what other programs mean by them, and that is told.
  private func choices(_ column: PlannedColumn, _ index: Int, _ register: RegisterDescription) -> Phrase {
    var meanings: [String: String] = [:]
    for place in start..<max(start, sheet.count) where meanings.count < Self.valuesToldMax {
      guard let cells = sheet.cells(place), cells.indices.contains(index) else { continue }
      let text = CSVDocument.unguarded(cells[index]).trimmed
      guard !text.isEmpty, meanings[text] == nil else { continue }
      let meant = translated(text, column)
      let choice = UsualValues.choice(meant, of: register, in: kind)
      meanings[text] = choice.map { folded($0) == folded(text) ? "" : $0 } ?? ""
    }
    let told = meanings.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
    guard !told.isEmpty else { return .word(register.label) }
    let words = told.map { Phrase("\($0.key) = \(word: $0.value)") }
    return "\(word: register.label): \(enumerated(words))"
  }

  private static let valuesToldMax = 12

  var count: Int { max(0, sheet.count - start) }
  func line(of place: Int) -> Int { sheet.line(start + place) }

  func row(_ place: Int) throws -> ImportRow? {
    guard let cells = sheet.cells(start + place) else { throw Failure.usage("Its quotes do not match.") }
    guard cells.contains(where: { !$0.isEmpty }), !repeatsHeadings(cells) else { return nil }
    if let cell = cells.first(where: { $0.utf8.contains(0xEF) && $0.contains(SourceText.lost) }) {
      throw Failure.usage(SourceText.refusal(of: cell))
    }
    guard cells.count <= columns.count || cells[columns.count...].allSatisfy(\.isEmpty) else {
      throw Failure.usage("It has \(cells.count) cells, where there are \(columns.count) headings.")
    }
    var row = ImportRow(kind: kind, accounts: [])
    var parts = RowParts()
    for (index, column) in columns.enumerated() where index < cells.count {
      if case .clock = column.meaning { continue }
      var text = Self.unquoted(CSVDocument.unguarded(cells[index]).trimmed)
      if !column.values.isEmpty { text = translated(text, column) }
      if let clock = clocks[index], try add(text, at: clock, of: cells, column, to: &row) { continue }
      guard !text.isEmpty else { continue }
      try add(text, column, to: &row, &parts)
    }
    try parts.finish(&row, graded: kind.graded)
    try finish(&row)
    complete(&row)
    row.doubt = Self.doubt(cells)
    return row
  }

  private func repeatsHeadings(_ cells: [String]) -> Bool {
    guard cells.first == headings.first || cells.first == sheet.cells(start - 1)?.first else { return false }
    return cells.prefix(headings.count).map { CSVDocument.unguarded($0).trimmed } == headings
  }

  private func translated(_ text: String, _ column: PlannedColumn) -> String {
    column.values.isEmpty ? text : column.values[folded(text)] ?? text
  }

  /// What the columns of a row make together.
  private struct RowParts {
    var name = ["", "", ""]
    var likelihood: (text: String, place: FieldName)?

    mutating func finish(_ row: inout ImportRow, graded: RegisterDescription?) throws {
      let whole = name.filter { !$0.isEmpty }.joined(separator: " ")
      if !whole.isEmpty, let register = row.kind.titleRegister, row.text(register.name) == nil {
        row.values.append(.init(register, whole, .member(register.name)))
      }
      guard let graded, let index = row.values.firstIndex(where: { $0.register.number == graded.number })
      else {
        return
      }
      let stage = row.values[index]
      guard !stage.text.hasSuffix("%") else { return }
      let certain = ["won": "100", "lost": "0"][stage.text]
      guard let percent = likelihood?.text ?? certain else { return }
      row.values[index] = .init(graded, "\(stage.text) \(percent)%", stage.place)
    }
  }

  private func add(
    _ text: String, _ column: PlannedColumn, to row: inout ImportRow, _ parts: inout RowParts
  ) throws {
    switch column.meaning {
    case .register(let register):
      if case .reference = register.type, Self.nobody.contains(headingKey(text)) { return }
      let plain = try plain(text, register, column)
      // An account's own currency is that of its amounts.
      if register.type == .currency { row.currency = AmountText.code(plain) }
      // Several columns make one text.
      if let index = row.values.firstIndex(where: { $0.register.number == register.number }) {
        let sign = if case .text = register.type { "\n" } else { " " }
        row.values[index] = .init(register, row.values[index].text + sign + plain, row.values[index].place)
      } else {
        row.values.append(.init(register, plain, column.place))
      }
    case .utc(let register):
      let moment = try day(text, column).instant(Moments(now: 0) { _ in 0 })
      row.values.append(.init(register, Moments.iso(moment), column.place))
    case .happening, .clock: try add(try day(text, column), column, to: &row)
    case .state: row.state = .init(text: text, isEnded: UsualValues.isEnded(text))
    case .alsoContact: row.alsoContact.append((column.heading, text))
    case .answer(let register):
      let answer = "\(column.heading): \(text)"
      if let index = row.values.firstIndex(where: { $0.register.number == register.number }) {
        row.values[index] = .init(register, row.values[index].text + "\n" + answer, column.place)
      } else {
        row.values.append(.init(register, answer, column.place))
      }
    case .id:
      if let id = RecordID(text), id.isTimeOrdered {
        row.id = id
      } else if let register = kind.register(named: "external-id") {
        row.values.append(.init(register, foreignID(text), column.place))
      } else {
        throw Failure.usage("“\(text)” is not a record id (a UUID of version 7).")
      }
    case .foreignID:
      guard let register = kind.register(named: "external-id") else { return }
      row.values.append(.init(register, foreignID(text), column.place))
    case .account:
      row.accounts.append(text)
      row.accountPlace = column.place
    case .foreignAccount: row.accounts.append(foreignID(text))
    case .currency:
      guard let code = AmountText.code(text) else {
        throw Failure.usage(column.place.says("\(ValueError.notACurrency(text).phrase)."))
      }
      row.currency = code
    case .point(let type):
      row.points += try type == "email" ? PointText.addresses(text) : PointText.numbers(text)
    case .namePart(let part): parts.name[part] = text
    case .likelihood: parts.likelihood = (try percent(text, column), column.place)
    case .leftOut: return
    }
  }

  /// A moment that is read already.
  private func add(_ day: DayText, _ column: PlannedColumn, to row: inout ImportRow) throws {
    let moment = day.instant(options.moments)
    switch column.meaning {
    case .register(let register):
      let text = register.type == .date ? day.day.description : Moments.iso(moment)
      row.values.append(.init(register, text, column.place))
    case .happening(let type):
      row.happenings.append(
        .init(type: type, moment: moment, day: day.clock == nil ? day.day : nil, place: column.place))
    default: return
    }
  }

  /// Takes a day whose time is in another column.
  ///
  /// - Returns: whether the row says one there.
  private func add(
    _ text: String, at place: Int, of cells: [String], _ column: PlannedColumn, to row: inout ImportRow
  ) throws -> Bool {
    guard cells.indices.contains(place) else { return false }
    let time = Self.unquoted(CSVDocument.unguarded(cells[place]).trimmed)
    guard !time.isEmpty else { return false }
    guard !text.isEmpty else { throw Failure.usage(column.place.says("“\(time)” has no day beside it.")) }
    try add(try day(text, column, at: time, columns[place].place), column, to: &row)
    return true
  }

  private func day(
    _ text: String, _ column: PlannedColumn, at time: String, _ place: FieldName
  ) throws -> DayText {
    guard let clock = DayText.clock(time) else {
      throw Failure.usage(place.says("“\(time)” is not a time of day."))
    }
    guard let whole = try day(text, column).at(clock) else {
      throw Failure.usage(column.place.says("“\(text)” has another time than “\(time)” beside it."))
    }
    return whole
  }

  /// What happened to a request is taken where it stands to reason.
  private func finish(_ row: inout ImportRow) throws {
    guard !row.happenings.isEmpty else { return }
    if row.state?.isEnded == false, row.happenings.contains(where: { $0.type != "responded" }) {
      row.happenings.removeAll { $0.type != "responded" }
      row.state?.hasEndedBefore = true
    }
    guard let opened = row.text("opened-at").flatMap(Moments.milliseconds(iso:)) else { return }
    // The day alone does not say when it was on the day that it was opened.
    for vague in row.happenings where vague.moment < opened {
      guard let day = vague.day, opened < options.moments.instant(day, milliseconds: 86_400_000) else {
        continue
      }
      row.happenings.removeAll { $0.type == vague.type && $0.moment == vague.moment }
      if vague.type != "responded", row.state == nil { row.state = .init(text: vague.type, isEnded: true) }
    }
    if let early = row.happenings.first(where: { $0.moment < opened }) {
      throw Failure.usage(early.place.says("It is before the request was opened."))
    }
  }

  /// What the row does not say, and the command line does.
  private func complete(_ row: inout ImportRow) {
    if row.accounts.isEmpty, let account = options.account { row.accounts = [account] }
    if let campaign = options.campaign, let register = kind.register(named: "campaign"),
      row.text("campaign") == nil
    {
      row.values.append(.init(register, campaign, .option("campaign")))
    }
  }

  private func foreignID(_ text: String) -> String { system.map { "\($0):\(text)" } ?? text }

  /// A row that calls itself a total.
  private static func doubt(_ cells: [String]) -> Phrase? {
    guard let first = cells.first(where: { !$0.trimmed.isEmpty }), first.utf8.count <= 40 else { return nil }
    let words = headingKey(first)
    guard totals.contains(words) || cells.count > 1 && words.hasPrefix("total-") && words.hasSuffix("-total")
    else { return nil }
    return "It calls itself “\(oneLine(first))”, and may be the sum of rows above."
  }

  private static let totals: Set<String> = [
    "total", "totals", "totaux", "total-general", "grand-total", "sous-total", "sub-total", "subtotal",
    "total-ht", "total-ttc", "somme", "sum", "summe", "gesamt", "zwischensumme", "total-general-ht",
    "total-net", "montant-total", "total-amount", "a-reporter",
  ]

  // MARK: - Values

  /// ="0033…" is how programs keep a spreadsheet from reading digits as a number.
  private static func unquoted(_ cell: String) -> String {
    guard cell.utf8.first == UInt8(ascii: "="), cell.hasPrefix("=\""), cell.hasSuffix("\""), cell.count > 2
    else { return cell }
    return String(cell.dropFirst(2).dropLast())
  }

  /// A cell in the one form that the model reads.
  private func plain(
    _ text: String, _ register: RegisterDescription, _ column: PlannedColumn
  ) throws -> String {
    switch register.type {
    case .decimal: return try number(text, column)
    case .money:
      guard let amount = AmountText(text) else {
        throw Failure.usage(column.place.says("“\(text)” is not an amount."))
      }
      let whole = try number(amount.number, column)
      let plain = amount.cents.map { "\(whole).\($0)" } ?? whole
      switch amount.currency {
      case .none: return plain
      case .code(let code): return "\(plain) \(code)"
      case .shared(let sign, _): return "\(plain) \(sign)"
      }
    case .date: return try day(text, column).day.description
    case .instant: return Moments.iso(try day(text, column).instant(options.moments))
    case .currency: return AmountText.code(text) ?? text
    case .country: return Countries.code(text) ?? text
    case .choice, .graded: return UsualValues.choice(text, of: register, in: kind) ?? text
    case .integer:
      if register.name == "tier", let tier = UsualValues.tier(text) { return tier }
      let digits = text.filter { !$0.isWhitespace }
      // A spreadsheet's whole number: "90.0".
      return digits.firstMatch(of: /^([0-9]+)[.,]0+$/).map { String($0.output.1) } ?? digits
    case .flag: return Self.flags[text.lowercased()] ?? text
    case .line:
      if text.utf8.contains(UInt8(ascii: "+")), text.wholeMatch(of: /[0-9][.,][0-9]+E\+[0-9]{1,3}/) != nil {
        throw PointText.damaged(text)
      }
      return text
    default: return text
    }
  }

  /// What programs write where nobody is meant, as headings are compared; signs alone are no name.
  private static let nobody: Set<String> = [
    "", "no-agent", "unassigned", "not-assigned", "nobody", "none", "aucun", "non-assigne", "non-attribue",
    "personne", "n-a",
  ]

  private static let flags = [
    "x": "yes", "vrai": "yes", "faux": "no", "-": "no", "1": "yes", "0": "no", "y": "yes", "n": "no",
    "o": "yes",
  ]

  /// "90.0", "90 %", "0,9" where the sheet has parts of one.
  private func percent(_ text: String, _ column: PlannedColumn) throws -> String {
    let digits = text.filter { !$0.isWhitespace && $0 != "%" }
    guard
      let number = (sheet.usualNumbers.plain(digits) ?? NumberStyle.point.plain(digits)).flatMap(Double.init),
      number >= 0, number <= 100, number == number.rounded()
    else { throw Failure.usage(column.place.says("“\(text)” is not a likelihood from 0 to 100 %.")) }
    return String(Int(number))
  }

  private func number(_ text: String, _ column: PlannedColumn) throws -> String {
    if column.numbers == nil, NumberStyle.isAmbiguous(text) {
      throw Failure.usage(
        column.place.says("“\(text)” can be read in two ways: say --decimal comma or --decimal point."))
    }
    let style = column.numbers ?? sheet.usualNumbers
    guard let number = style.plain(text) else {
      throw Failure.usage(
        column.place.says(
          style == .comma
            ? "“\(text)” is not a number with a decimal comma, as the column has (--decimal point)."
            : "“\(text)” is not a number with a decimal point, as the column has (--decimal comma)."))
    }
    return number
  }

  private func day(_ text: String, _ column: PlannedColumn) throws -> DayText {
    let place = column.place
    switch DayText.read(text, order: dayOrder, readsShortYears: options.dayOrder != nil) {
    case .read(let day): return day
    case .either(let first, let second):
      throw Failure.usage(
        place.says(
          "“\(text)” may be \(first.day.description) or \(second.day.description): say --days day-first or --days month-first."
        ))
    case .shortYear:
      throw Failure.usage(
        place.says(
          "“\(text)” has a year of two digits: say --days day-first or --days month-first, and it is read."))
    case .unknown:
      throw Failure.usage(place.says("“\(text)” is not a day or a time in a form that is known here."))
    }
  }

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
