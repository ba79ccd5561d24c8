import GRDB
import PlanModel
import SQLiteQuery

/// A SQLite file for people who ask questions in SQL: a table for each kind, a typed column for each register.
///
/// Days and times are ISO 8601 text, which SQLite's date functions read; amounts are an integer in the minor unit
/// and a currency; flags are 0 and 1; a record that another points to is its id.
package final class SQLiteExport {
  private let database: DatabaseQueue
  private let kinds: [KindDescription]

  /// A record, with the account it belongs to.
  package struct Row {
    package let id: RecordID
    package let account: RecordID?
    package let values: [UInt32: RegisterValue]

    package init(id: RecordID, account: RecordID?, values: [UInt32: RegisterValue]) {
      self.id = id
      self.account = account
      self.values = values
    }
  }

  /// Makes the file with its empty tables.
  ///
  /// - Parameter path: Where no file is yet.
  /// - Throws: `DatabaseError`
  package init(path: String, kinds: [KindDescription] = PlanModel.kinds) throws {
    self.kinds = kinds
    database = try DatabaseQueue(path: path)
    try database.write { database in
      for kind in kinds { try database.execute(sql: Self.table(kind)) }
    }
  }

  /// - Parameter instant: A time as text, from Unix milliseconds.
  /// - Throws: `DatabaseError`
  package func write(_ rows: some Sequence<Row>, of kind: KindDescription, instant: (Int64) -> String) throws
  {
    let columns = Self.columns(kind)
    let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
    try database.write { database in
      for row in rows {
        var query = try Query(database, Self.insertion(kind, marks: marks))
        try query.bind(row.id.description)
        if let account = row.account { try query.bind(account.description) } else { try query.bind(nil) }
        for column in columns {
          try Self.bind(row.values[column.register.number], column, to: &query, instant)
        }
        try query.run()
      }
    }
  }

  // MARK: - Tables

  private enum Part { case whole, minor, currency, from, to, choice, likelihood }

  private struct Column {
    let name: String
    let type: String
    let register: RegisterDescription
    let part: Part
  }

  private static func quoted(_ name: String) -> String {
    "\"" + name.replacing("-", with: "_") + "\""
  }

  private static func table(_ kind: KindDescription) -> String {
    let columns =
      ["id TEXT NOT NULL", "account TEXT"] + columns(kind).map { "\(quoted($0.name)) \($0.type)" }
    // Not unique: nothing stops a hostile client from making one id in two accounts.
    let byID = "CREATE INDEX \(quoted("\(kind.name)-by-id")) ON \(quoted(kind.name)) (id);"
    let index =
      kind.family == .directory
      ? "" : "CREATE INDEX \(quoted("\(kind.name)-by-account")) ON \(quoted(kind.name)) (account);"
    return "CREATE TABLE \(quoted(kind.name)) (\(columns.joined(separator: ", "))) STRICT; \(byID) \(index)"
  }

  private static func insertion(_ kind: KindDescription, marks: String) -> String {
    ["INSERT INTO", quoted(kind.name), "VALUES (" + marks + ")"].joined(separator: " ")
  }

  private static func columns(_ kind: KindDescription) -> [Column] {
    kind.registers.flatMap { register -> [Column] in
      func column(_ suffix: String, _ type: String, _ part: Part) -> Column {
        Column(name: register.name + suffix, type: type, register: register, part: part)
      }
      switch register.type {
      case .opaque: return []
      case .money: return [column("-minor", "INTEGER", .minor), column("-currency", "TEXT", .currency)]
      case .period: return [column("-from", "TEXT", .from), column("-to", "TEXT", .to)]
      case .graded: return [column("", "TEXT", .choice), column("-likelihood", "REAL", .likelihood)]
      case .decimal: return [column("", "REAL", .whole)]
      case .integer, .flag: return [column("", "INTEGER", .whole)]
      default: return [column("", "TEXT", .whole)]
      }
    }
  }

  private static func bind(
    _ value: RegisterValue?, _ column: Column, to query: inout Query, _ instant: (Int64) -> String
  ) throws {
    switch (column.part, value) {
    case (.minor, .money(let money)?): try query.bind(money.minor)
    case (.currency, .money(let money)?): try query.bind(money.currency)
    case (.from, .period(let from, _)?): try query.bind(from.description)
    case (.to, .period(_, let to)?): try query.bind(to.description)
    // SQLite makes a number of it: the column is REAL.
    case (.likelihood, .graded(_, let likelihood)?): try query.bind("\(Double(likelihood) / 10_000)")
    case (_, .graded(let choice, _)?): try query.bind(word(choice, column.register))
    case (_, .integer(let number)?):
      switch column.register.type {
      case .instant: try query.bind(instant(number))
      case .integer: try query.bind(number)
      default: try query.bind(word(number, column.register))
      }
    case (_, .text(let text)?): try query.bind(text)
    case (_, .flag(let flag)?): try query.bind(flag)
    case (_, .reference(let id)?): try query.bind(id.description)
    default: try query.bind(nil)
    }
  }

  private static func word(_ number: Int64, _ register: RegisterDescription) -> String {
    switch register.type {
    case .choice(let choices), .graded(let choices): choices.name(of: number)
    case .kindNumber: UInt32(exactly: number).flatMap { PlanModel.kind($0) }?.name ?? "\(number)"
    default: "\(number)"
    }
  }
}
