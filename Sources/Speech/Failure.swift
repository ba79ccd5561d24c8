import Wording

/// Why a command did not do what was asked; ends the process with its code.
package struct Failure: Error, Equatable {
  package enum Code: Int32 {
    /// Refused, or not found.
    case refused = 1
    case usage = 2
    /// The server was not reached. What was edited is kept.
    case unreachable = 3
  }

  package let code: Code
  /// For programs: "not-found", "ambiguous", "usage", "refused", "unreachable", "storage".
  package let name: String
  /// What happened, with which value, and what to do; before it is in a language.
  package let sentence: Phrase
  /// What may have been meant, one a line.
  package let candidates: [String]

  package init(_ code: Code, _ name: String, _ sentence: Phrase, candidates: [String] = []) {
    self.code = code
    self.name = name
    self.sentence = sentence
    self.candidates = candidates
  }

  package static func usage(_ sentence: Phrase) -> Failure { Failure(.usage, "usage", sentence) }
  package static func refused(_ sentence: Phrase) -> Failure { Failure(.refused, "refused", sentence) }

  package static func notFound(_ sentence: Phrase, nearest: [String] = []) -> Failure {
    Failure(.refused, "not-found", sentence, candidates: nearest)
  }

  package static func ambiguous(_ sentence: Phrase, _ candidates: [String]) -> Failure {
    Failure(.refused, "ambiguous", sentence, candidates: candidates)
  }
}

extension Failure {
  /// The field that is wrong, as the model or the command calls it: a page says the sentence there.
  package var field: String? { sentence.fields.first }
  /// What its reader can do about it: a page offers these as buttons.
  package var remedies: [Action] { sentence.actions }

  /// - Parameter reader: Of English, as programs expect.
  package func json(for reader: Reader) -> JSON {
    var members: [(String, JSON)] = [("code", .text(name)), ("message", .text(reader.said(sentence)))]
    if let field { members.append(("field", .text(field))) }
    if !candidates.isEmpty { members.append(("candidates", .array(candidates.map(JSON.text)))) }
    return .object([("error", .object(members))])
  }
}
