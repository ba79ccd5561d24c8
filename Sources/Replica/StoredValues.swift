import GRDB
import PlanModel
import SQLiteQuery

// What the tables hold in codes and names. A value that this version does not know is damage: a newer version raises the
// version of the tables, and then they are not opened at all. Taking it for some usual value would show something untrue,
// or send it.

extension Query {
  /// - Throws: `DatabaseError` (`SQLITE_CORRUPT`) when it is not the name of a scope.
  func scope(_ column: Int32) throws -> Scope {
    let name = text(column)
    guard let scope = Scope(name) else { throw Self.damage("a scope of an unknown name, \(name)") }
    return scope
  }

  /// One of an enumeration's values.
  ///
  /// - Throws: `DatabaseError` (`SQLITE_CORRUPT`) when it is none of them.
  func stored<Value: RawRepresentable<Int>>(_ column: Int32) throws -> Value {
    let number = integer(column)
    guard let value = Value(rawValue: Int(number)) else {
      throw Self.damage("\(Value.self) of an unknown number, \(number)")
    }
    return value
  }

  /// The same, of a column in which 0 stands for none.
  func storedUnlessZero<Value: RawRepresentable<Int>>(_ column: Int32) throws -> Value? {
    integer(column) == 0 ? nil : try stored(column) as Value
  }

  private static func damage(_ detail: String) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: detail)
  }
}
