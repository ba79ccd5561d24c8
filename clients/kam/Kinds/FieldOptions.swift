import PlanModel
import Speech
import Wording
import Workbench

extension KindDescription {
  var addPositions: [Parameter] {
    var positions: [Parameter] = []
    if addsInAccount { positions.append(Parameter("ACCOUNT", "The account.")) }
    if let title = titleRegister {
      positions.append(Parameter(title.name.uppercased(), capitalized(.word(title.help)) + "."))
    }
    return positions.map { position in
      var position = position
      position.isRequired = true
      return position
    }
  }

  var addOptions: [Parameter] {
    registers.filter { $0.policy != .server && $0.number != title && $0.type != .opaque }.flatMap(options)
      + contactPointOptions + [.json]
  }

  var editOptions: [Parameter] {
    registers.filter { $0.policy != .server && $0.policy != .once && $0.type != .opaque }.flatMap(options)
      + contactPointOptions
      + [
        Parameter(
          name: "clear", placeholder: "FIELD", help: "empty a field (so does an empty value); can be repeated"
        ).repeated,
        .json,
      ]
  }

  var listOptions: [Parameter] {
    var options: [Parameter] = []
    if addsInAccount {
      options.append(Parameter("ACCOUNT --account", "only this account's"))
    }
    for register in registers where register.isFilter {
      options.append(
        Parameter(
          name: register.name, placeholder: register.placeholder,
          help: "only these\(register.choicesHelp); can be repeated", register: register
        ).repeated)
    }
    if holder != nil {
      options.append(Parameter(name: "mine", placeholder: nil, help: "only what is yours"))
    }
    for register in registers where register.type == .date {
      options.append(
        Parameter(name: "\(register.name)-before", placeholder: "D", help: "only before this day"))
      options.append(
        Parameter(name: "\(register.name)-after", placeholder: "D", help: "only after this day"))
    }
    return options + [
      Parameter(name: "deleted", placeholder: nil, help: "the deleted ones instead"),
      Parameter(name: "limit", placeholder: "N", help: "at most N lines"),
      Parameter(name: "csv", placeholder: nil, help: "print all fields for a spreadsheet"), .json,
    ]
  }

  private func options(_ register: RegisterDescription) -> [Parameter] {
    let whole = Parameter(
      name: register.name, placeholder: register.placeholder,
      help: .word(register.help) + register.choicesHelp + (register.isRequired ? " (required)" : .nothing),
      register: register)
    guard register == period else { return [whole] }
    return [
      Parameter(name: "from", placeholder: "DAY", help: "the first day of the \(word: register.label)"),
      Parameter(name: "to", placeholder: "DAY", help: "the last day of the \(word: register.label)"), whole,
    ]
  }

  private var contactPointOptions: [Parameter] {
    guard number == KindDescription.contact.number else { return [] }
    return [
      Parameter(name: "email", placeholder: "ADDRESS", help: "an address to reach them; can be repeated")
        .repeated,
      Parameter(name: "phone", placeholder: "NUMBER", help: "a number to reach them; can be repeated")
        .repeated,
    ]
  }
}

extension Parameter {
  static var json: Parameter { Parameter("--json", "print JSON") }

  var repeated: Parameter {
    var parameter = self
    parameter.isRepeated = true
    return parameter
  }
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

  /// Whether a list can be narrowed by it.
  var isFilter: Bool {
    switch type {
    case .choice, .reference, .flag, .integer, .country, .currency: true
    default: false
    }
  }
}
