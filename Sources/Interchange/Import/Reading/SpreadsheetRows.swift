import PlanModel
import SourceFiles
import Speech
import Wording
import Workbench

// A row of cells as one record.

extension Spreadsheet {
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

  /// What the columns of a row make together.
  private struct RowParts {
    var name = ["", "", ""]
    var likelihood: (text: String, place: FieldName)?

    mutating func finish(_ row: inout ImportRow, graded: RegisterDescription?) throws {
      let whole = name.filter { !$0.isEmpty }.joined(separator: " ")
      if !whole.isEmpty, let register = row.kind.titleRegister, row.text(register.number) == nil {
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
      } else if let register = kind.externalID {
        row.values.append(.init(register, foreignID(text), column.place))
      } else {
        throw Failure.usage("“\(text)” is not a record id (a UUID of version 7).")
      }
    case .foreignID:
      guard let register = kind.externalID else { return }
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
    if row.state?.isEnded == false, row.happenings.contains(where: { $0.type != .responded }) {
      row.happenings.removeAll { $0.type != .responded }
      row.state?.hasEndedBefore = true
    }
    guard let opened = row.text(ServiceRequestRegister.openedAt).flatMap(Moments.milliseconds(iso:)) else {
      return
    }
    // The day alone does not say when it was on the day that it was opened.
    for vague in row.happenings where vague.moment < opened {
      guard let day = vague.day, opened < options.moments.instant(day, milliseconds: 86_400_000) else {
        continue
      }
      row.happenings.removeAll { $0.type == vague.type && $0.moment == vague.moment }
      if vague.type != .responded, row.state == nil {
        row.state = .init(text: vague.type.rawValue, isEnded: true)
      }
    }
    if let early = row.happenings.first(where: { $0.moment < opened }) {
      throw Failure.usage(early.place.says("It is before the request was opened."))
    }
  }

  /// What the row does not say, and the command line does.
  private func complete(_ row: inout ImportRow) {
    if row.accounts.isEmpty, let account = options.account { row.accounts = [account] }
    if let campaign = options.campaign, let register = kind.campaign, row.text(register.number) == nil {
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
}
