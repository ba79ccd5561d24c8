import PlanModel
import Speech
import Wording
import Workbench

/// One thing that a verb takes: a position, an option with its value, or a flag.
struct Parameter {
  enum Form { case position, option, flag, either }

  /// Without hyphens: "due". A position without an option is called by its placeholder.
  let name: String
  /// What stands for its value: "DAY"; empty for a flag.
  let placeholder: String
  let form: Form
  let help: Phrase
  var isRequired = false
  /// It can be given several times; as a position it takes all words that are left.
  var isRepeated = false
  /// What holds when it is not given, for help.
  var initial: String?
  /// The values that there are, where they are few.
  var choices: [String] = []
  /// The register whose values it takes, for completion.
  var register: RegisterDescription?

  var isPosition: Bool { form == .position || form == .either }
  var isOption: Bool { form != .position }

  /// As help shows it: "TASK", "--due DAY", "--json", "[WHO]".
  var usage: String {
    switch form {
    case .position, .either: placeholder
    case .option: "--\(name) \(placeholder)"
    case .flag: "--\(name)"
    }
  }

  /// As an error calls it: "TASK", "--due".
  var spoken: String { isPosition ? placeholder : "--\(name)" }
}

extension Parameter {
  /// - Parameter specification: "TASK", "--due DAY", "--json"; "WHO --to" is a position that can also be given as an option.
  init(_ specification: String, _ help: Phrase) {
    let parts = specification.split(separator: " ").map(String.init)
    let option = parts.first { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) }
    let placeholder = parts.first { !$0.hasPrefix("--") } ?? ""
    let form: Form
    switch (option, placeholder.isEmpty) {
    case (nil, _): form = .position
    case (_, true): form = .flag
    default: form = parts.first == placeholder ? .either : .option
    }
    self.init(name: option ?? placeholder, placeholder: placeholder, form: form, help: help)
  }

  /// An option of a kind's verb, made from its description.
  ///
  /// - Parameter placeholder: nil: a flag.
  init(name: String, placeholder: String?, help: Phrase, register: RegisterDescription? = nil) {
    self.init(
      name: name, placeholder: placeholder ?? "", form: placeholder == nil ? .flag : .option, help: help,
      register: register)
  }
}
