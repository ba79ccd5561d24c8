import PlanModel
import Wording

/// An option of a kind's command, made from a register's description: for reading, help and completion alike.
struct FieldOption {
  let name: String
  /// nil: a flag.
  let placeholder: String?
  let help: Phrase
  /// The register whose values can be completed.
  var register: RegisterDescription?

  var usage: String { placeholder.map { "--\(name) \($0)" } ?? "--\(name)" }
}

extension KindDescription {
  /// Whether `add` names the account first.
  var addsInAccount: Bool { isInAccount && number != KindDescription.account.number }

  var addPositionals: [String] {
    (addsInAccount ? ["ACCOUNT"] : []) + (titleRegister.map { [$0.name.uppercased()] } ?? [])
  }

  var addOptions: [FieldOption] {
    registers.filter { $0.policy != .server && $0.number != title && $0.type != .opaque }.flatMap(options)
      + contactPointOptions + [.json]
  }

  var editOptions: [FieldOption] {
    registers.filter { $0.policy != .server && $0.policy != .once && $0.type != .opaque }.flatMap(options)
      + contactPointOptions
      + [
        FieldOption(
          name: "clear", placeholder: "FIELD", help: "empty a field (so does an empty value); can be repeated"
        ),
        .json,
      ]
  }

  var listOptions: [FieldOption] {
    var options: [FieldOption] = []
    if addsInAccount {
      options.append(
        FieldOption(
          name: "account", placeholder: "A", help: "only this account's",
          register: RegisterDescription(1, "account", .reference(KindDescription.account.number), "")))
    }
    for register in registers where register.isFilter {
      options.append(
        FieldOption(
          name: register.name, placeholder: register.placeholder,
          help: "only these\(register.choicesHelp); can be repeated", register: register))
    }
    if holder != nil {
      options.append(FieldOption(name: "mine", placeholder: nil, help: "only what is yours"))
    }
    for register in registers where register.type == .date {
      options.append(
        FieldOption(name: "\(register.name)-before", placeholder: "D", help: "only before this day"))
      options.append(
        FieldOption(name: "\(register.name)-after", placeholder: "D", help: "only after this day"))
    }
    return options + [
      FieldOption(name: "deleted", placeholder: nil, help: "the deleted ones instead"),
      FieldOption(name: "limit", placeholder: "N", help: "at most N lines"),
      FieldOption(name: "csv", placeholder: nil, help: "print all fields for a spreadsheet"), .json,
    ]
  }

  private func options(_ register: RegisterDescription) -> [FieldOption] {
    let whole = FieldOption(
      name: register.name, placeholder: register.placeholder,
      help: .word(register.help) + register.choicesHelp + (register.isRequired ? " (required)" : .nothing),
      register: register)
    guard register == period else { return [whole] }
    return [
      FieldOption(name: "from", placeholder: "DAY", help: "the first day of the \(word: register.label)"),
      FieldOption(name: "to", placeholder: "DAY", help: "the last day of the \(word: register.label)"), whole,
    ]
  }

  private var contactPointOptions: [FieldOption] {
    guard number == KindDescription.contact.number else { return [] }
    return [
      FieldOption(name: "email", placeholder: "ADDRESS", help: "an address to reach them; can be repeated"),
      FieldOption(name: "phone", placeholder: "NUMBER", help: "a number to reach them; can be repeated"),
    ]
  }
}

extension FieldOption {
  static let json = FieldOption(name: "json", placeholder: nil, help: "print JSON")
}

extension RegisterDescription {
  var placeholder: String {
    switch type {
    case .line, .text: "TEXT"
    case .slug: "SLUG"
    case .date: "DAY"
    case .country, .currency: "CODE"
    case .decimal, .integer: "N"
    case .instant: "WHEN"
    case .choice, .kindNumber: "WHICH"
    case .flag: "YES|NO"
    case .money: "\"AMOUNT CODE\""
    case .period: "DAY..DAY"
    case .graded: "\"WHICH N%\""
    case .reference(KindDescription.person.number): "WHO"
    case .reference(let kind): PlanModel.kind(kind)?.placeholder ?? "RECORD"
    case .anyReference: "RECORD"
    case .opaque: ""
    }
  }

  /// ": sales, support, …", or what may be typed for a day.
  var choicesHelp: Phrase {
    switch type {
    case .choice(let choices), .graded(let choices):
      choices.all.dropFirst().reduce(": " + .word(choices.all.first?.name ?? "")) {
        $0 + ", " + .word($1.name)
      }
    case .instant: ", now, YYYY-MM-DD or \"YYYY-MM-DD HH:MM\"; now when left out"
    case .date where !help.contains("YYYY"): ", YYYY-MM-DD"
    case .date: ", or today, tomorrow, +7d"
    case .integer(let range): ", \(range.lowerBound) to \(range.upperBound)"
    case .flag where !help.contains("yes"): ": yes or no"
    default: .nothing
    }
  }

  /// Whether a list can be narrowed by it.
  var isFilter: Bool {
    switch type {
    case .choice, .reference, .flag, .integer, .country, .currency: true
    default: false
    }
  }
}

/// The options as help shows them, two columns wide.
func optionHelp(_ options: [FieldOption], width: Int) -> String {
  let left = min(28, (options.map { $0.usage.count }.max() ?? 0) + 2)
  return options.flatMap { option -> [String] in
    let lines = wrapped(said(option.help), to: max(20, width - left - 3))
    let indent = String(repeating: " ", count: left + 2)
    if option.usage.count > left - 2 {
      return ["  \(option.usage)"] + lines.map { indent + $0 }
    }
    return ["  " + padded(option.usage, to: left) + (lines.first ?? "")]
      + lines.dropFirst().map { indent + $0 }
  }.joined(separator: "\n")
}
