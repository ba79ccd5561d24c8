import PlanModel
import Wording

/// A CSV file: a row of headings, then a record a row.
struct Spreadsheet: ImportSource {
  private let kind: KindDescription
  private let encoding: String
  private let delimiter: Character
  private let headings: [String]
  private let rows: [DelimitedText.Row]
  private let columns: [Column]
  private let options: ImportOptions

  private static let columnsMax = 1_000

  /// What a column holds.
  private enum Column {
    case register(RegisterDescription, numbers: NumberStyle, days: DayOrder)
    case id, account, currency
    case point(String)
    case leftOut(Reason)

    enum Reason { case unknown, asked, empty, ours }
  }

  /// - Throws: ``Failure`` when it cannot be understood as a whole.
  init(_ source: SourceText, kind: KindDescription, options: ImportOptions) throws {
    self.kind = kind
    self.options = options
    encoding = source.encoding
    let delimiter = Self.delimiter(of: source.text)
    self.delimiter = delimiter
    var rows = DelimitedText.rows(of: source.text, delimiter: delimiter.asciiValue ?? UInt8(ascii: ","))
    guard let headings = rows.first?.cells, headings.contains(where: { !$0.isEmpty }) else {
      throw Failure.usage("The first row must have the columns' headings.")
    }
    guard headings.count <= Self.columnsMax else {
      throw Failure.usage("There are \(headings.count) columns; at most \(Self.columnsMax) are read.")
    }
    rows.removeFirst()
    self.headings = headings
    self.rows = rows
    columns = try headings.indices.map { place in
      try Self.column(
        headings[place], cells: { rows.lazy.compactMap { $0.cells?.at(place) } }, kind, options,
        delimiter)
    }
    try checkColumns()
  }

  /// The sign that the first line has most of, outside quotes.
  private static func delimiter(of text: String) -> Character {
    var counts: [Character: Int] = [:]
    var isQuoted = false
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r", !isQuoted { break }
      if scalar == "\"" { isQuoted.toggle() }
      if !isQuoted, [",", ";", "\t", "|"].contains(scalar) { counts[Character(scalar), default: 0] += 1 }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ","
  }

  // MARK: - Columns

  private static func column(
    _ heading: String, cells: () -> some Sequence<String>, _ kind: KindDescription, _ options: ImportOptions,
    _ delimiter: Character
  ) throws -> Column {
    let heading = headingKey(heading)
    if let asked = options.map[heading] {
      guard !asked.isEmpty else { return .leftOut(.asked) }
      guard let field = field(asked, kind) else { throw kind.unknownField(asked) }
      return styled(field, cells, options, delimiter)
    }
    if heading.isEmpty { return .leftOut(.empty) }
    if ["pending", "pendingfields", "deleted", "handle", "accountslug", "kam-reason"].contains(heading) {
      return .leftOut(.ours)
    }
    guard let name = ColumnNames.field(for: heading, of: kind), let field = field(name, kind) else {
      return .leftOut(.unknown)
    }
    return styled(field, cells, options, delimiter)
  }

  private static func field(_ name: String, _ kind: KindDescription) -> Column? {
    if let register = kind.register(named: name) {
      return .register(register, numbers: .point, days: .dayFirst)
    }
    switch name {
    case "id": return .id
    case "account" where kind.addsInAccount: return .account
    case "currency": return .currency
    case "email", "phone": return kind.number == KindDescription.contact.number ? .point(name) : nil
    default: return nil
    }
  }

  private static func styled(
    _ column: Column, _ cells: () -> some Sequence<String>, _ options: ImportOptions, _ delimiter: Character
  ) -> Column {
    guard case .register(let register, _, _) = column else { return column }
    switch register.type {
    case .money, .decimal:
      // Where a comma parts the cells, decimals have a point.
      let usual: NumberStyle = delimiter == ";" ? .comma : .point
      let numbers = options.decimal ?? NumberStyle.inferred(from: cells().lazy.map { amountParts($0).number })
      return .register(register, numbers: numbers ?? usual, days: .dayFirst)
    case .date, .instant:
      let days = options.dayOrder ?? DayOrder.inferred(from: cells())
      return .register(register, numbers: .point, days: days ?? .dayFirst)
    default: return column
    }
  }

  private func checkColumns() throws {
    var seen: [String: String] = [:]
    for (column, heading) in zip(columns, headings) {
      guard case .register(let register, _, _) = column else { continue }
      if let other = seen[register.name] {
        throw Failure.usage(
          """
          “\(other)” and “\(heading)” are both \(word: register.label); leave one out with --map "\(heading)=".
          """)
      }
      seen[register.name] = heading
    }
    guard !seen.isEmpty else {
      throw Failure.usage(
        """
        No heading is a field of \(withArticle(kind.label)): \(headings.joined(separator: ", ")). Name them with \
        --map "HEADING=FIELD"; `kam \(kind.name) add --help` lists the fields.
        """)
    }
  }

  // MARK: - ImportSource

  var findings: [(label: Phrase, text: Phrase)] {
    let sign: Phrase = delimiter == "\t" ? "tab" : .verbatim(String(delimiter))
    var findings: [(label: Phrase, text: Phrase)] = [
      ("records", .word(kind.plural)), ("text", "\(encoding), columns parted by \(sign)"),
    ]
    for (column, heading) in zip(columns, headings) {
      let text: Phrase
      switch column {
      case .register(let register, let numbers, let days):
        switch register.type {
        case .money, .decimal:
          text =
            numbers == .comma
            ? "\(word: register.label), decimal comma" : "\(word: register.label), decimal point"
        case .date, .instant:
          text =
            days == .dayFirst
            ? "\(word: register.label), day before month" : "\(word: register.label), month before day"
        default: text = .word(register.label)
        }
      case .id: text = .verbatim("id")
      case .account: text = .word("account")
      case .currency: text = .word("currency")
      case .point(let type): text = .word(type)
      case .leftOut(.unknown): text = "not imported: no such field (--map \"\(heading)=FIELD\")"
      case .leftOut(.asked): text = "not imported, as asked"
      case .leftOut: continue
      }
      findings.append((.verbatim("  " + heading), text))
    }
    return findings
  }

  var count: Int { rows.count }
  func line(of place: Int) -> Int { place + 2 }

  func row(_ place: Int) throws -> ImportRow? {
    guard let cells = rows[place].cells else { throw Failure.usage("Its quotes do not match.") }
    guard cells.contains(where: { !$0.isEmpty }) else { return nil }
    guard cells.count <= columns.count || cells[columns.count...].allSatisfy(\.isEmpty) else {
      throw Failure.usage("It has \(cells.count) cells, where there are \(columns.count) headings.")
    }
    var row = ImportRow(kind: kind, account: options.account, values: [], currency: options.currency)
    for (column, cell) in zip(columns, cells) {
      let cell = CSVDocument.unguarded(cell).trimmed
      guard !cell.isEmpty else { continue }
      switch column {
      case .register(let register, let numbers, let days):
        row.values.append((register, try plain(cell, register, numbers, days)))
      case .id:
        guard let id = RecordID(cell), id.isTimeOrdered else {
          throw Failure.usage("“\(cell)” is not a record id (a UUID of version 7).")
        }
        row.id = id
      case .account: row.account = cell
      case .currency: row.currency = cell
      case .point(let type):
        row.points += cell.split(whereSeparator: { $0 == ";" || $0.isNewline }).map {
          (type, String($0).trimmed)
        }
      case .leftOut: continue
      }
    }
    return row
  }

  private func plain(
    _ cell: String, _ register: RegisterDescription, _ numbers: NumberStyle, _ days: DayOrder
  ) throws -> String {
    switch register.type {
    case .decimal:
      guard let number = numbers.plain(cell) else { throw wrongStyle(cell, numbers) }
      return number
    case .money:
      let parts = amountParts(cell)
      guard let number = numbers.plain(parts.number) else { throw wrongStyle(cell, numbers) }
      return parts.currency.map { "\(number) \($0)" } ?? number
    case .date, .instant: return days.plain(cell)
    case .integer: return cell.filter { !$0.isWhitespace }
    case .flag: return ["x": "yes", "vrai": "yes", "faux": "no", "-": "no"][cell.lowercased()] ?? cell
    default: return cell
    }
  }

  private func wrongStyle(_ cell: String, _ numbers: NumberStyle) -> Failure {
    numbers == .comma
      ? .usage("“\(cell)” is not a number with a decimal comma, as the column has (--decimal point).")
      : .usage("“\(cell)” is not a number with a decimal point, as the column has (--decimal comma).")
  }

  func document(ofRejected rejected: [(place: Int, reason: String)]) -> String {
    var document = CSVDocument(separator: delimiter)
    document.add(headings + ["kam reason"])
    for (place, reason) in rejected {
      // What cannot be taken apart is kept whole, to be mended by hand.
      let cells = rows[place].cells?.map(CSVDocument.unguarded) ?? [rows[place].raw]
      document.add(cells + Array(repeating: "", count: max(0, headings.count - cells.count)) + [reason])
    }
    return document.text
  }
}

extension Array {
  fileprivate func at(_ place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
