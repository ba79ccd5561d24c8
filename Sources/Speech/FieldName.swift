import PlanModel
import Wording

/// What the author of a value calls the place where it stands.
package enum FieldName: Equatable {
  /// Of a form or a command line: "due".
  case option(String)
  /// Of a file with headings: "Échéance".
  case column(String)
  /// Of an object: "due".
  case member(String)

  /// As it is written.
  package var name: String {
    switch self {
    case .option(let name), .column(let name), .member(let name): name
    }
  }

  /// "--due: “2026-02-30” is not a day.", "Column “Échéance”: …".
  package func says(_ sentence: Phrase) -> Phrase {
    switch self {
    case .option(let name): "\(field: name): \(sentence)"
    case .column(let heading): "Column “\(heading)”: \(sentence)"
    case .member(let name): "“\(name)”: \(sentence)"
    }
  }

  /// "--due: “2026-02-30” is not a day; …", "The title is 400 characters long; …".
  package func sentence(_ error: ValueError, label: String) -> Phrase {
    error.namesItsValue ? says("\(error.phrase).") : "The \(word: label) \(error.phrase)."
  }
}

package func fieldSentence(_ error: ValueError, of field: String) -> Phrase {
  FieldName.option(field).sentence(error, label: field)
}

extension RegisterType {
  package var isBareNumber: Bool {
    switch self {
    case .decimal, .integer: true
    default: false
    }
  }

  /// Spaces at the ends of one line mean nothing.
  package var trims: Bool {
    if case .text = self { return false }
    return true
  }
}

extension String {
  package var trimmed: String {
    var result = self[...]
    while result.first == " " { result.removeFirst() }
    while result.last == " " { result.removeLast() }
    return String(result)
  }
}

/// A text without the ends of its lines: what is shown, or kept, in one line.
package func oneLine(_ text: String) -> String {
  text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.joined(separator: " ")
}
