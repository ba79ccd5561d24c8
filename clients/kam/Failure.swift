import Wording

/// Why a command did not do what was asked; ends the process with its code.
struct Failure: Error, Equatable {
  enum Code: Int32 {
    /// Refused, or not found.
    case refused = 1
    case usage = 2
    /// The server was not reached. What was edited is kept.
    case unreachable = 3
  }

  let code: Code
  /// For programs: "not-found", "ambiguous", "usage", "refused", "unreachable", "storage".
  let name: String
  /// What happened, with which value, and what to do; in the language of this process.
  let sentence: String
  /// What may have been meant, one a line.
  let candidates: [String]

  init(_ code: Code, _ name: String, _ sentence: Phrase, candidates: [String] = []) {
    self.code = code
    self.name = name
    self.sentence = said(sentence)
    self.candidates = candidates
  }

  static func usage(_ sentence: Phrase) -> Failure { Failure(.usage, "usage", sentence) }
  static func refused(_ sentence: Phrase) -> Failure { Failure(.refused, "refused", sentence) }

  static func notFound(_ sentence: Phrase, nearest: [String] = []) -> Failure {
    Failure(.refused, "not-found", sentence, candidates: nearest)
  }

  static func ambiguous(_ sentence: Phrase, _ candidates: [String]) -> Failure {
    Failure(.refused, "ambiguous", sentence, candidates: candidates)
  }
}

extension Failure {
  var json: JSON {
    var members: [(String, JSON)] = [("code", .text(name)), ("message", .text(sentence))]
    if !candidates.isEmpty { members.append(("candidates", .array(candidates.map(JSON.text)))) }
    return .object([("error", .object(members))])
  }
}
