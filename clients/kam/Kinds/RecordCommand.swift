import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// A verb that every kind has: what it takes is made from the kind's description.
protocol RecordVerb {
  static var word: String { get }
  /// nil: a record of any kind.
  var kind: KindDescription? { get }
  var about: Phrase { get }
  var parameters: [Parameter] { get }
  /// For a record of any kind the options are known when the record is.
  var takesAnyOption: Bool { get }
  func run(_ words: Words, in workspace: Workspace) throws
}

extension RecordVerb {
  var takesAnyOption: Bool { false }

  var verb: Verb {
    Verb(
      path: kind.map { "\($0.name) \(Self.word)" } ?? Self.word, about: about,
      takesAnyOption: takesAnyOption, parameters: { parameters },
      run: { words, shell in try run(words, in: try Workspace(shell)) })
  }

  /// Its first word: which record.
  var record: Parameter {
    var parameter = Parameter(
      kind?.placeholder ?? "RECORD", capitalized(withArticle(kind?.label ?? "record")) + ".")
    parameter.isRequired = true
    return parameter
  }
}
