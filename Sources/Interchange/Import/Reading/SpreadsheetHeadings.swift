import PlanModel
import SourceFiles
import Speech
import Wording
import Workbench

// What the rows are, and where their headings stand.

extension Spreadsheet {
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

  static func headingsPlace(
    _ sheet: Sheet, _ kind: KindDescription?, _ options: ImportOptions
  ) throws -> Int {
    if let line = options.headingsLine {
      guard let place = (0..<sheet.count).first(where: { sheet.line($0) == line }) else {
        throw Failure.usage("\(field: "headings-row"): there is no row \(line).")
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
}
