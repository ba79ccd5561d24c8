import Speech
import Wording

/// Fields with what somebody wrote into them, in the order in which it was written.
package struct FieldTexts {
  package let given: [(name: String, text: String)]

  package init(_ given: [(name: String, text: String)]) { self.given = given }

  /// The text of a field that has one value.
  ///
  /// - Throws: ``Failure`` when it is given more than once.
  package func single(_ name: String) throws -> String? {
    let texts = all(name)
    guard texts.count <= 1 else { throw Failure.usage("\(field: name) is given \(texts.count) times.") }
    return texts.first
  }

  package func all(_ name: String) -> [String] { given.filter { $0.name == name }.map(\.text) }
}
