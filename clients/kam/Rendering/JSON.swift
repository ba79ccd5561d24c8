/// A JSON document in the making. Members keep their order.
indirect enum JSON {
  case object([(String, JSON)])
  case array([JSON])
  case text(String)
  case integer(Int64)
  case flag(Bool)
  case null
  /// Is JSON already.
  case verbatim(String)

  static func integer(_ value: some BinaryInteger) -> JSON { .integer(Int64(clamping: value)) }

  /// A list is printed with one element on each line, so that line tools and diffs work on it.
  var document: String {
    var output = ""
    if case .array(let elements) = self, !elements.isEmpty {
      output = "["
      for (place, element) in elements.enumerated() {
        output += place == 0 ? "\n" : ",\n"
        element.append(to: &output)
      }
      output += "\n]"
    } else {
      append(to: &output)
    }
    return output
  }

  private func append(to output: inout String) {
    switch self {
    case .object(let members):
      output += "{"
      for (place, member) in members.enumerated() {
        if place > 0 { output += "," }
        appendJSONString(member.0, to: &output)
        output += ":"
        member.1.append(to: &output)
      }
      output += "}"
    case .array(let elements):
      output += "["
      for (place, element) in elements.enumerated() {
        if place > 0 { output += "," }
        element.append(to: &output)
      }
      output += "]"
    case .text(let text): appendJSONString(text, to: &output)
    case .integer(let value): output += String(value)
    case .flag(let value): output += value ? "true" : "false"
    case .null: output += "null"
    case .verbatim(let json): output += json
    }
  }
}
