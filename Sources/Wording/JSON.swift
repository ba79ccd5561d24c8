/// A JSON document in the making. Members keep their order.
package indirect enum JSON: Sendable {
  case object([(String, JSON)])
  case array([JSON])
  case text(String)
  case integer(Int64)
  case flag(Bool)
  case null
  /// Is JSON already.
  case verbatim(String)

  package static func integer(_ value: some BinaryInteger) -> JSON { .integer(Int64(clamping: value)) }

  /// For what is encoded as a member that may be absent: nothing is `null`, so that a member is always there.
  package init(_ text: String?) { self = text.map(JSON.text) ?? .null }

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

extension JSON: Equatable {
  /// The same document: it is what those who read it compare.
  package static func == (left: JSON, right: JSON) -> Bool { left.document == right.document }
}

/// Only ``JSON/init(encoding:)`` writes it as it is.
extension JSON: Encodable {
  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .object(let members):
      var container = encoder.container(keyedBy: Member.self)
      for (name, value) in members { try container.encode(value, forKey: Member(name)) }
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .text(let text), .verbatim(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .integer(let number):
      var container = encoder.singleValueContainer()
      try container.encode(number)
    case .flag(let flag):
      var container = encoder.singleValueContainer()
      try container.encode(flag)
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    }
  }

  private struct Member: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
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
