import Foundation
import PlanModel
import Speech
import Workbench

/// Records that are known, and files that say them as programs of many places do.
struct WrittenFile {
  /// What a row of the file says; the key tells it from the others of its file.
  struct Record: Equatable {
    var key = ""
    var fields: [String: String] = [:]
  }

  let name: String
  let data: Data
  let records: [Record]
  /// What a person would say besides.
  let currency: String?
  /// "table", "workbook", "cards" or "json".
  let format: String
  /// How it is written, to tell what went wrong.
  let form: String

  init(seed: UInt64) throws {
    var author = FileAuthor(seed: seed)
    self = try author.write()
  }

  init(name: String, data: Data, records: [Record], currency: String?, format: String, form: String) {
    self.name = name
    self.data = data
    self.records = records
    self.currency = currency
    self.format = format
    self.form = form
  }
}

/// The same seed writes the same file.
struct FileAuthor: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func one<Value>(_ values: [Value]) -> Value { values[Int(next() % UInt64(values.count))] }
  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func isLucky(_ percent: Int) -> Bool { number(1...100) <= percent }

  // MARK: - What is written

  enum Numbers: CaseIterable {
    case plainPoint, plainComma, groupedPoint, groupedComma, spacedComma, apostrophePoint
  }
  enum Days: CaseIterable {
    case iso, dayFirst, monthFirst, dotted, compact, english, french, excel, isoTime
  }
  enum Currency: CaseIterable { case codeBehind, codeBefore, sign, column, none }

  struct Style {
    var separator: Character
    var numbers: Numbers
    var days: Days
    var currency: Currency
    var quotesAll: Bool
    var lineEnd: String
    var isFrench: Bool
  }

  mutating func write() throws -> WrittenFile {
    let kind = one(["sale", "sale", "sale", "contact", "account", "product"])
    let records = makeRecords(kind)
    if isLucky(15) { return try json(kind, records) }
    if kind == "contact", isLucky(50) { return try cards(records) }
    let style = Style(
      separator: one([",", ";", ";", "\t", "|"]), numbers: one(Numbers.allCases), days: one(Days.allCases),
      currency: one(Currency.allCases), quotesAll: isLucky(30), lineEnd: one(["\n", "\r\n"]),
      isFrench: isLucky(50))
    return isLucky(30) ? workbook(kind, records, style) : try sheet(kind, records, style)
  }

  private mutating func makeRecords(_ kind: String) -> [WrittenFile.Record] {
    let currency = one(["EUR", "USD", "JPY", "CHF", "TND"])
    return (1...number(1...12)).map { place in
      var record = WrittenFile.Record(key: "K-\(place)-\(number(10...99))")
      switch kind {
      case "sale":
        record.fields = [
          "account": one(["globex", "initech", "café-noir"]), "occurred-on": day(),
          "revenue": amount(currency), "order": record.key,
        ]
        if isLucky(40) { record.fields["cost"] = amount(currency) }
      case "contact":
        record.fields = ["account": "globex", "name": name() + " " + record.key]
        if isLucky(70) { record.fields["email"] = "p\(place)@globex.example" }
        if isLucky(50) {
          record.fields["phone"] = one(["+33 1 99 00 00 0\(place % 10)", "0033699\(place)001"])
        }
        if isLucky(40) {
          record.fields["title"] = one(["Acheteur", "Head of \"Sales\"", "R&D; Lead", "CEO, CFO"])
        }
        if isLucky(30) {
          record.fields["notes"] = one(["Zeile eins\nline two", "naïve; \"quoted\", done", "été | hiver"])
        }
      case "account":
        record.fields = ["name": name() + " " + record.key, "country": one(["FR", "DE", "GB", "US", "CI"])]
        if isLucky(60) { record.fields["tier"] = one(["1", "2", "3"]) }
        if isLucky(50) { record.fields["purchasing-power"] = amount(currency) }
      default:
        record.fields = ["sku": record.key, "name": name(), "price": amount(currency)]
      }
      return record
    }
  }

  private mutating func name() -> String {
    one([
      "Hélène Béart", "Müller & Söhne", "O'Brien", "Łukasz Żak", "Smith, John", "Café \"Été\"",
      "Total Énergies",
      "N° 5; rue", "Dupont", "Größe GmbH", "Æther A/S",
    ])
  }

  private mutating func day() -> String {
    PlanDate(year: number(2019...2029), month: number(1...12), day: number(1...28))?.description ?? ""
  }

  /// "1234.50 EUR", with as many decimals as the currency has.
  private mutating func amount(_ currency: String) -> String {
    let decimals = ["JPY": 0, "TND": 3][currency] ?? 2
    let whole = one([number(0...9), number(10...999), number(1_000...99_999), number(1_000_000...9_999_999)])
    let sign = isLucky(10) ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(max(1, whole)) \(currency)" }
    let fraction = String(String(number(0...999) + 1_000).dropFirst().prefix(decimals))
    return "\(sign)\(whole).\(fraction) \(currency)"
  }

  // MARK: - How it is written

  private static let headings: [String: (english: [String], french: [String])] = [
    "account": (["account", "Account", "customer"], ["Client", "compte", "Code client"]),
    "occurred-on": (["occurred-on", "Date", "Order date"], ["Date", "Date de facture", "Jour"]),
    "revenue": (["revenue", "Amount", "Net amount"], ["Montant HT", "Montant", "CA HT"]),
    "cost": (["cost", "Direct cost", "COGS"], ["Coût", "Coût de revient", "Prix de revient"]),
    "order": (["order", "Order number", "Invoice"], ["N° de commande", "Numéro de facture", "Commande"]),
    "name": (["name", "Name"], ["Nom", "Désignation"]),
    "email": (["email", "E-mail", "Email address"], ["Courriel", "Adresse e-mail"]),
    "phone": (["phone", "Phone number", "Mobile"], ["Téléphone", "Portable"]),
    "title": (["title", "Job title"], ["Fonction", "Poste"]),
    "notes": (["notes", "Comments"], ["Commentaire", "Remarques"]),
    "country": (["country", "Country code"], ["Pays", "Code pays"]),
    "tier": (["tier", "Class"], ["Catégorie", "Classe"]),
    "purchasing-power": (["purchasing-power", "purchasing power"], ["potentiel d’achat"]),
    "sku": (["sku", "Item", "Product code"], ["Article", "Référence", "Code article"]),
    "price": (["price", "List price"], ["Prix HT", "Tarif"]),
    "currency": (["currency", "ISO currency"], ["Devise", "Monnaie"]),
  ]

  private mutating func sheet(
    _ kind: String, _ records: [WrittenFile.Record], _ style: Style
  ) throws -> WrittenFile {
    let table = table(kind, records, style)
    let lines = table.rows.map { row in
      row.map { cell in written(cell.field, cell.text, style) }
    }
    var text = lines.map { row in
      row.map { quoted($0, style) }.joined(separator: String(style.separator)) + style.lineEnd
    }.joined()
    let declares = isLucky(15)
    if declares { text = "sep=\(style.separator)\(style.lineEnd)" + text }
    let (data, encoding) = try encoded(text)
    return WrittenFile(
      name: one(["\(kind)s.csv", "export-\(kind).csv", "\(kind).txt"]), data: data, records: table.records,
      currency: style.currency == .none || style.currency == .sign ? table.currency : nil,
      format: "table",
      form: "\(kind) \(style) \(encoding)\(declares ? " sep=" : "")\n\(text)")
  }

  /// What a sheet has, before it is put into words.
  struct Table {
    struct Cell {
      /// "" of what is no field: headings, titles, columns that nobody knows.
      var field = ""
      var text: String?
    }

    var rows: [[Cell]]
    /// What is to be read of it.
    let records: [WrittenFile.Record]
    let currency: String?
  }

  mutating func table(_ kind: String, _ records: [WrittenFile.Record], _ style: Style) -> Table {
    var fields = Array(Set(records.flatMap(\.fields.keys))).sorted()
    fields.shuffle(using: &self)
    let money = fields.filter { Self.money.contains($0) }
    let currency = records.lazy.compactMap { record in
      money.lazy.compactMap { record.fields[$0]?.suffix(3) }.first.map(String.init)
    }.first
    var columns = fields.map { field -> String in
      let names = Self.headings[field] ?? ([field], [field])
      return one(style.isFrench ? names.french : names.english)
    }
    let hasCurrency = style.currency == .column && !money.isEmpty
    if hasCurrency { columns.append(one(style.isFrench ? ["Devise"] : ["currency"])) }
    let hasOther = isLucky(30)
    if hasOther { columns.append(one(["Zzz", "Internal flag", "Couleur préférée"])) }

    var rows = [columns.map { Table.Cell(text: $0) }]
    for record in records {
      var cells = fields.map { Table.Cell(field: $0, text: record.fields[$0]) }
      if hasCurrency { cells.append(Table.Cell(text: currency)) }
      if hasOther { cells.append(Table.Cell(text: one(["x", "", "7"]))) }
      rows.append(cells)
    }
    func line(_ text: String) -> [Table.Cell] {
      [Table.Cell(text: text)] + Array(repeating: Table.Cell(), count: columns.count - 1)
    }
    if isLucky(20) {
      let title = one(["Hunt SA", "Journal des ventes", "Export of 2026"])
      rows.insert(contentsOf: [line(title), Array(repeating: Table.Cell(), count: columns.count)], at: 0)
    }
    if isLucky(15) { rows.append(line(one(["Total", "TOTAUX", "Grand total"]))) }
    // An account has a currency of its own.
    let said = records.map { record in
      var record = record
      if kind == "account", hasCurrency { record.fields["currency"] = currency }
      return record
    }
    return Table(rows: rows, records: said, currency: currency)
  }

  static let money: Set<String> = ["revenue", "cost", "purchasing-power", "price"]

  private mutating func quoted(_ cell: String, _ style: Style) -> String {
    let needs = cell.contains { $0 == style.separator || $0 == "\"" || $0.isNewline } || cell.hasPrefix(" ")
    guard needs || style.quotesAll && !cell.isEmpty else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  mutating func encoded(_ text: String) throws -> (Data, String) {
    let way = one(["utf8", "bom", "utf16", "utf16le", "utf16be", "1252"])
    let encodings: [String: String.Encoding] = [
      "utf16": .utf16, "utf16le": .utf16LittleEndian, "utf16be": .utf16BigEndian, "1252": .windowsCP1252,
    ]
    if way == "bom" { return (Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8), way) }
    // What the encoding cannot write is written in another.
    if let encoding = encodings[way], let data = text.data(using: encoding) { return (data, way) }
    return (Data(text.utf8), "utf8")
  }

  mutating func written(_ field: String, _ text: String?, _ style: Style) -> String {
    guard let text else { return "" }
    switch field {
    case "occurred-on": return day(text, style.days)
    case "revenue", "cost", "purchasing-power", "price": return money(text, style)
    case "country":
      let names = [
        "FR": ["France", "FRA", "fr"], "DE": ["Germany", "Allemagne", "DEU"], "GB": ["UK", "GBR"],
        "US": ["USA"], "CI": ["Côte d’Ivoire"],
      ]
      return isLucky(50) ? text : one(names[text] ?? [text])
    case "tier": return isLucky(30) ? ["1": "A", "2": "B", "3": "C"][text] ?? text : text
    default: return text
    }
  }

  private mutating func day(_ iso: String, _ style: Days) -> String {
    guard let date = PlanDate(iso) else { return iso }
    func two(_ number: Int) -> String { String(number + 100).dropFirst().description }
    let (year, month, day) = (date.year, date.month, date.day)
    switch style {
    case .iso: return iso
    case .isoTime: return iso + one(["T00:00:00.000Z", " 14:30", "T09:05:00"])
    case .dayFirst: return "\(two(day))/\(two(month))/\(year)"
    case .monthFirst: return "\(month)/\(day)/\(year)"
    case .dotted: return "\(two(day)).\(two(month)).\(year)"
    case .compact: return "\(year)\(two(month))\(two(day))"
    case .english:
      let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
      return one(["\(day)-\(names[month - 1])-\(year)", "\(names[month - 1]) \(day), \(year)"])
    case .french:
      let names = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
        "novembre",
        "décembre",
      ]
      return "\(day == 1 ? "1er" : "\(day)") \(names[month - 1]) \(year)"
    case .excel: return String(date.milliseconds / 86_400_000 + 25_569)
    }
  }

  /// "-1234.50 EUR" as the style has it.
  private mutating func money(_ text: String, _ style: Style) -> String {
    let parts = text.split(separator: " ").map(String.init)
    let isNegative = parts[0].hasPrefix("-")
    let halves = parts[0].drop { $0 == "-" }.split(separator: ".").map(String.init)
    let (group, decimal): (String, String) =
      switch style.numbers {
      case .plainPoint: ("", ".")
      case .plainComma: ("", ",")
      case .groupedPoint: (",", ".")
      case .groupedComma: (".", ",")
      case .spacedComma: (one([" ", "\u{A0}", "\u{202F}"]), ",")
      case .apostrophePoint: ("'", ".")
      }
    var whole = ""
    for (place, digit) in halves[0].enumerated() {
      if place > 0, (halves[0].count - place).isMultiple(of: 3) { whole += group }
      whole.append(digit)
    }
    let number = whole + (halves.count > 1 ? decimal + halves[1] : "")
    let signed = isNegative ? one(["-\(number)", "(\(number))", "\(number)-"]) : number
    switch style.currency {
    case .codeBehind: return "\(signed) \(parts[1])"
    case .codeBefore: return "\(parts[1]) \(signed)"
    case .sign:
      let signs = ["EUR": "€", "USD": "$", "JPY": "¥"]
      return signs[parts[1]].map { "\(signed) \($0)" } ?? "\(signed) \(parts[1])"
    case .column, .none: return signed
    }
  }

  // MARK: - JSON

  private mutating func json(_ kind: String, _ records: [WrittenFile.Record]) throws -> WrittenFile {
    let objects = try records.map { record -> String in
      var members: [String: Any] = ["kind": kind]
      for (field, text) in record.fields { members[field] = text }
      let data = try JSONSerialization.data(
        withJSONObject: members, options: isLucky(30) ? [.prettyPrinted] : [])
      return String(decoding: data, as: UTF8.self)
    }
    let isArray = isLucky(50)
    let lines = objects.map { isArray ? $0 : $0.replacing("\n", with: " ") }
    let text =
      isArray ? "[" + lines.joined(separator: isLucky(50) ? ",\n" : ",") + "]" : lines.joined(separator: "\n")
    return WrittenFile(
      name: "records.json", data: Data(text.utf8), records: records, currency: nil, format: "json",
      form: "json\n\(text)")
  }
}
