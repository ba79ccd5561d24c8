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
  /// Of days in numbers; nil while nothing decides it.
  private let dayOrder: DayOrder?
  /// Of numbers that no column shows the style of: where a comma parts the cells, decimals have a point.
  private var usualNumbers: NumberStyle { delimiter == ";" ? .comma : .point }

  private static let columnsMax = 1_000

  /// What a column holds.
  fileprivate enum Column {
    case register(RegisterDescription, numbers: NumberStyle?)
    case id, account, currency
    case point(String)
    /// Of a person: 0 given, 1 middle, 2 family.
    case namePart(Int)
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
    func cells(_ place: Int) -> some Sequence<String> {
      rows.lazy.compactMap { $0.cells?.at(place)?.trimmed }
    }
    let keys = headings.map(headingKey)
    let columns = try zip(headings, keys).map { heading, key -> Column in
      if kind.number == KindDescription.contact.number, options.map[key] == nil,
        let part = ColumnNames.namePart(for: key, among: keys)
      {
        return .namePart(part)
      }
      return try Self.column(heading, kind, options)
    }
    // A file's columns are written by one program: what one of them shows is true of the others.
    let days = columns.indices.filter { columns[$0].isOfDays }.lazy.flatMap(cells)
    dayOrder = options.dayOrder ?? DayOrder.inferred(from: days)
    self.columns = columns.enumerated().map { place, column in
      guard case .register(let register, _) = column, register.type.isOfNumbers else { return column }
      let numbers = cells(place).lazy.compactMap { AmountText($0)?.number }
      return .register(register, numbers: options.decimal ?? NumberStyle.inferred(from: numbers))
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
    _ heading: String, _ kind: KindDescription, _ options: ImportOptions
  ) throws -> Column {
    let heading = headingKey(heading)
    if let asked = options.map[heading] {
      guard !asked.isEmpty else { return .leftOut(.asked) }
      guard let field = field(asked, kind) else { throw kind.unknownField(asked) }
      return field
    }
    if heading.isEmpty { return .leftOut(.empty) }
    if ["pending", "pendingfields", "deleted", "handle", "accountslug", "kam-reason"].contains(heading) {
      return .leftOut(.ours)
    }
    guard let name = ColumnNames.field(for: heading, of: kind), let field = field(name, kind) else {
      return .leftOut(.unknown)
    }
    return field
  }

  private static func field(_ name: String, _ kind: KindDescription) -> Column? {
    if let register = kind.register(named: name) {
      return .register(register, numbers: nil)
    }
    switch name {
    case "id": return .id
    case "account" where kind.addsInAccount: return .account
    case "currency": return .currency
    case "email", "phone": return kind.number == KindDescription.contact.number ? .point(name) : nil
    default: return nil
    }
  }

  private func checkColumns() throws {
    var seen: [String: String] = [:]
    for (column, heading) in zip(columns, headings) {
      guard case .register(let register, _) = column else { continue }
      if let other = seen[register.name] {
        throw Failure.usage(
          """
          “\(other)” and “\(heading)” are both \(word: register.label); leave one out with --map "\(heading)=".
          """)
      }
      seen[register.name] = heading
    }
    let hasName = columns.contains { if case .namePart = $0 { true } else { false } }
    guard !seen.isEmpty || hasName else {
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
      case .register(let register, let numbers):
        switch register.type {
        case .money, .decimal:
          text =
            numbers ?? usualNumbers == .comma
            ? "\(word: register.label), decimal comma" : "\(word: register.label), decimal point"
        case .date, .instant:
          switch dayOrder {
          case .dayFirst: text = "\(word: register.label), day before month"
          case .monthFirst: text = "\(word: register.label), month before day"
          case nil:
            text = "\(word: register.label); nothing shows whether the day or the month comes first (--days)"
          }
        default: text = .word(register.label)
        }
      case .id: text = .verbatim("id")
      case .account: text = .word("account")
      case .currency: text = .word("currency")
      case .point(let type): text = .word(type)
      case .namePart: text = "part of the name"
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
    if let cell = cells.first(where: { $0.contains(SourceText.lost) }) { throw SourceText.refusal(of: cell) }
    guard cells.count <= columns.count || cells[columns.count...].allSatisfy(\.isEmpty) else {
      throw Failure.usage("It has \(cells.count) cells, where there are \(columns.count) headings.")
    }
    var row = ImportRow(kind: kind, account: options.account, values: [])
    var name = ["", "", ""]
    for (column, cell) in zip(columns, cells) {
      let cell = Self.unquoted(CSVDocument.unguarded(cell).trimmed)
      guard !cell.isEmpty else { continue }
      switch column {
      case .register(let register, let numbers):
        row.values.append((register, try plain(cell, register, numbers)))
      case .id:
        guard let id = RecordID(cell), id.isTimeOrdered else {
          throw Failure.usage("“\(cell)” is not a record id (a UUID of version 7).")
        }
        row.id = id
      case .account: row.account = cell
      case .currency:
        guard let code = AmountText.code(cell) else {
          throw Failure.usage(ValueError.notACurrency(cell).phrase + ".")
        }
        row.currency = code
      case .point(let type):
        row.points += try type == "email" ? PointText.addresses(cell) : PointText.numbers(cell)
      case .namePart(let part): name[part] = cell
      case .leftOut: continue
      }
    }
    let whole = name.filter { !$0.isEmpty }.joined(separator: " ")
    if !whole.isEmpty, let register = KindDescription.contact.titleRegister {
      row.values.append((register, whole))
    }
    return row
  }

  /// ="0033…" is how programs keep a spreadsheet from reading digits as a number.
  private static func unquoted(_ cell: String) -> String {
    guard cell.hasPrefix("=\""), cell.hasSuffix("\""), cell.count > 2 else { return cell }
    return String(cell.dropFirst(2).dropLast())
  }

  /// A cell in the one form that the model reads.
  private func plain(
    _ cell: String, _ register: RegisterDescription, _ numbers: NumberStyle?
  ) throws -> String {
    switch register.type {
    case .decimal: return try number(cell, numbers)
    case .money:
      guard let amount = AmountText(cell) else { throw Failure.usage("“\(cell)” is not an amount.") }
      let whole = try number(amount.number, numbers)
      let plain = amount.cents.map { "\(whole).\($0)" } ?? whole
      switch amount.currency {
      case .none: return plain
      case .code(let code): return "\(plain) \(code)"
      case .shared(let sign, _): return "\(plain) \(sign)"
      }
    case .date: return try day(cell).day.description
    case .instant: return Moments.iso(try day(cell).instant(options.moments))
    case .currency: return AmountText.code(cell) ?? cell
    case .integer: return cell.filter { !$0.isWhitespace }
    case .flag: return ["x": "yes", "vrai": "yes", "faux": "no", "-": "no"][cell.lowercased()] ?? cell
    case .line:
      if cell.contains("E+"), cell.wholeMatch(of: /[0-9][.,][0-9]+E\+[0-9]{1,3}/) != nil {
        throw PointText.damaged(cell)
      }
      return cell
    default: return cell
    }
  }

  private func number(_ text: String, _ style: NumberStyle?) throws -> String {
    if style == nil, NumberStyle.isAmbiguous(text) {
      throw Failure.usage("“\(text)” can be read in two ways: say --decimal comma or --decimal point.")
    }
    let style = style ?? usualNumbers
    guard let number = style.plain(text) else { throw wrongStyle(text, style) }
    return number
  }

  private func day(_ cell: String) throws -> DayText {
    switch DayText.read(cell, order: dayOrder, readsShortYears: options.dayOrder != nil) {
    case .read(let day): return day
    case .either(let first, let second):
      throw Failure.usage(
        "“\(cell)” may be \(first.day.description) or \(second.day.description): say --days day-first or --days month-first."
      )
    case .shortYear:
      throw Failure.usage(
        "“\(cell)” has a year of two digits: say --days day-first or --days month-first, and it is read.")
    case .unknown: throw Failure.usage("“\(cell)” is not a day or a time in a form that is known here.")
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

extension RegisterType {
  fileprivate var isOfNumbers: Bool {
    switch self {
    case .money, .decimal: true
    default: false
    }
  }
}

extension Spreadsheet.Column {
  fileprivate var isOfDays: Bool {
    guard case .register(let register, _) = self else { return false }
    switch register.type {
    case .date, .instant: return true
    default: return false
    }
  }
}
