import PlanModel
import SourceFiles
import Speech
import Wording
import Workbench

/// The sales of a French accounting file (FEC, article A47 A-1 of the LPF): what an entry credits to accounts 70, of the
/// customer whose account 411 it debits. Credit notes go the other way.
struct AccountingEntries: ImportSource {
  private struct Sale {
    /// Of its line of an account 70.
    let place: Int
    let journal: String
    let number: String
    /// Which line of an account 70 of its entry it is, from 1; 0 where the entry has a customer and none of them.
    let part: Int
    let customer: (number: String, name: String)?
  }

  private let sheet: Sheet
  private let start: Int
  private let headings: [String]
  /// Places of columns by their folded headings.
  private let columns: [String: Int]
  private let numbers: NumberStyle
  private let options: ImportOptions
  private let sales: [Sale]
  private let entryCount: Int

  private static let required = ["journalcode", "ecriturenum", "ecrituredate", "comptenum", "pieceref"]

  /// Whether the headings are those of such a file.
  static func isOne(_ sheet: Sheet) -> Bool {
    let keys = (sheet.count > sheet.start ? sheet.cells(sheet.start) ?? [] : []).map(headingKey)
    return required.allSatisfy(keys.contains)
  }

  /// - Throws: ``Failure`` when the headings are not those of such a file.
  init(_ sheet: Sheet, options: ImportOptions) throws {
    let headings = sheet.count > sheet.start ? sheet.cells(sheet.start) ?? [] : []
    var columns: [String: Int] = [:]
    for (place, heading) in headings.enumerated() { columns[headingKey(heading)] = place }
    let hasAmounts = columns["debit"] != nil && columns["credit"] != nil || columns["montant"] != nil
    guard Self.required.allSatisfy({ columns[$0] != nil }), hasAmounts else {
      throw Failure.usage(
        "These are not the headings of an accounting file (FEC): JournalCode, EcritureNum, EcritureDate, CompteNum, PieceRef, Debit, Credit."
      )
    }
    self.sheet = sheet
    self.headings = headings
    self.columns = columns
    self.options = options
    start = sheet.start + 1
    let amounts = ["debit", "credit", "montant"].compactMap { columns[$0] }
    var votes = NumberStyle.Votes()
    for place in start..<max(start, sheet.count) {
      guard let cells = sheet.cells(place) else { continue }
      for column in amounts where column < cells.count { votes.add(cells[column]) }
    }
    numbers = options.decimal ?? votes.winner ?? .comma
    (sales, entryCount) = Self.sales(in: sheet, from: start, columns)
  }

  private static func sales(
    in sheet: Sheet, from start: Int, _ columns: [String: Int]
  ) -> (sales: [Sale], entryCount: Int) {
    struct Entry {
      var customer: (number: String, name: String)?
      var customerPlace = 0
      var sales: [Int] = []
      /// It moves money, or is anything else than a customer and taxes: no sale is missing in it.
      var isOther = false
    }
    var entries: [String: Entry] = [:]
    var order: [(key: String, journal: String, number: String)] = []
    for place in start..<max(start, sheet.count) {
      guard let cells = sheet.cells(place) else { continue }
      func cell(_ name: String) -> String {
        columns[name].flatMap { cells.indices.contains($0) ? cells[$0].trimmed : nil } ?? ""
      }
      let (journal, number) = (cell("journalcode"), cell("ecriturenum"))
      let key = "\(journal)\u{1F}\(number)\u{1F}\(cell("ecrituredate"))"
      if entries[key] == nil { order.append((key, journal, number)) }
      let account = cell("comptenum")
      if account.hasPrefix("411"), entries[key]?.customer == nil {
        let customer = (number: cell("compauxnum"), name: cell("compauxlib"))
        if !(customer.number + customer.name).isEmpty {
          entries[key, default: Entry()].customer = customer
          entries[key]?.customerPlace = place
        }
      } else if account.hasPrefix("70") {
        entries[key, default: Entry()].sales.append(place)
      } else if !account.hasPrefix("411"), !account.hasPrefix("44") {
        entries[key, default: Entry()].isOther = true
      }
      if entries[key] == nil { entries[key] = Entry() }
    }
    let sales = order.flatMap { key, journal, number -> [Sale] in
      guard let entry = entries[key] else { return [] }
      if entry.sales.isEmpty, entry.customer != nil, !entry.isOther {
        return [
          Sale(
            place: entry.customerPlace, journal: journal, number: number, part: 0, customer: entry.customer)
        ]
      }
      return entry.sales.enumerated().map { part, place in
        Sale(place: place, journal: journal, number: number, part: part + 1, customer: entry.customer)
      }
    }
    return (sales, order.count)
  }

  // MARK: - ImportSource

  var findings: [(label: Phrase, text: Phrase)] {
    [
      ("records", .word(KindDescription.sale.plural)), ("text", sheet.formPhrase),
      ("written by", "an accounting file (FEC)"),
      (
        "entries",
        "\(sales.count) lines of sales (accounts 70) in \(entryCount) entries; the rest is not imported"
      ),
    ]
  }

  var count: Int { sales.count }
  func line(of place: Int) -> Int { sheet.line(sales[place].place) }

  func row(_ place: Int) throws -> ImportRow? {
    let sale = sales[place]
    guard sale.part > 0 else {
      throw Failure.usage(
        "Entry \(sale.journal) \(sale.number) has a customer and no account 70: what was sold is not in it.")
    }
    guard let cells = sheet.cells(sale.place) else { throw Failure.usage("Its quotes do not match.") }
    if let cell = cells.first(where: { $0.contains(SourceText.lost) }) {
      throw Failure.usage(SourceText.refusal(of: cell))
    }
    func cell(_ name: String) -> String {
      columns[name].flatMap { cells.indices.contains($0) ? cells[$0].trimmed : nil } ?? ""
    }
    var row = ImportRow(kind: .sale)
    let customer = sale.customer ?? (number: "", name: "")
    row.accounts = [customer.number, customer.name].filter { !$0.isEmpty }
    if row.accounts.isEmpty, let account = options.account { row.accounts = [account] }
    guard !row.accounts.isEmpty else {
      throw Failure.usage(
        "Entry \(sale.journal) \(sale.number) has no customer (an account 411 with CompAuxNum): give \(field: "account")."
      )
    }
    let cents = try amount(cell)
    let day = try day(cell("ecrituredate"))
    let amount = "\(Money(currency: "EUR", minor: abs(cents)))"
    let values = [
      (SaleRegister.occurredOn, day.description, "EcritureDate"),
      (SaleRegister.type, cents < 0 ? "credit-note" : "sale", "Credit"),
      (SaleRegister.revenue, amount, "Credit"), (SaleRegister.order, cell("pieceref"), "PieceRef"),
      (SaleRegister.externalID, "fec:\(sale.journal)/\(sale.number)/\(day)/\(sale.part)", "EcritureNum"),
    ]
    for (number, text, heading) in values where !text.isEmpty {
      if let register = KindDescription.sale.register(number) {
        row.values.append(.init(register, text, .column(heading)))
      }
    }
    return row
  }

  /// What is credited less what is debited, in cents.
  private func amount(_ cell: (String) -> String) throws -> Int64 {
    func cents(_ name: String) throws -> Int64 {
      let text = cell(name)
      guard !text.isEmpty else { return 0 }
      guard let plain = numbers.plain(text), let money = Money("\(plain) EUR") else {
        throw Failure.usage(FieldName.column(name).says("“\(text)” is not an amount."))
      }
      return money.minor
    }
    guard columns["debit"] != nil else {
      let isCredit = cell("sens").uppercased().hasPrefix("C") || cell("sens") == "-1"
      return try isCredit ? cents("montant") : -cents("montant")
    }
    return try cents("credit") - cents("debit")
  }

  private func day(_ text: String) throws -> PlanDate {
    guard case .read(let day) = DayText.read(text, order: .dayFirst, readsShortYears: false) else {
      throw Failure.usage(FieldName.column("EcritureDate").says("“\(text)” is not a day."))
    }
    return day.day
  }

  func document(ofRejected rejected: [(place: Int, reason: String)]) -> String {
    var document = CSVDocument(separator: sheet.separator)
    document.add(headings + ["kam reason"])
    for (place, reason) in rejected {
      let cells = sheet.cells(sales[place].place) ?? [sheet.raw(sales[place].place)]
      document.add(cells + Array(repeating: "", count: max(0, headings.count - cells.count)) + [reason])
    }
    return document.text
  }
}
