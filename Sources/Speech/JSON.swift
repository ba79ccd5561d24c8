/// A JSON document in the making. Members keep their order.
package indirect enum JSON {
  case object([(String, JSON)])
  case array([JSON])
  case text(String)
  case integer(Int64)
  case flag(Bool)
  case null
  /// Is JSON already.
  case verbatim(String)

  package static func integer(_ value: some BinaryInteger) -> JSON { .integer(Int64(clamping: value)) }

  /// A list is printed with one element on each line, so that line tools and diffs work on it.
  package var document: String {
    var output = ""
    if case .array(let elements) = self {
      var list = JSONList()
      output += list.adding(elements)
      output += list.end
    } else {
      append(to: &output)
    }
    return output
  }

  fileprivate func append(to output: inout String) {
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

/// A list in parts, so that a long one need not be in memory as a whole; put together, its parts are the list's document.
package struct JSONList {
  private var isEmpty = true

  package init() {}

  package mutating func adding(_ elements: [JSON]) -> String {
    var output = ""
    for element in elements {
      output += isEmpty ? "[\n" : ",\n"
      isEmpty = false
      element.append(to: &output)
    }
    return output
  }

  package var end: String { isEmpty ? "[]" : "\n]" }
}
