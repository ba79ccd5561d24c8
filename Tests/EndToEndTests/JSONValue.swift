/// Any JSON document, to be compared with literals.
enum JSONValue: Decodable, Equatable, Sendable {
  case object([String: JSONValue])
  case array([JSONValue])
  case text(String)
  case number(Double)
  case flag(Bool)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Null where there is no such member.
  subscript(_ member: String) -> JSONValue {
    if case .object(let members) = self { members[member] ?? .null } else { .null }
  }

  subscript(_ place: Int) -> JSONValue {
    if case .array(let elements) = self, elements.indices.contains(place) { elements[place] } else { .null }
  }

  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
  var count: Int { elements.count }
  var text: String { if case .text(let text) = self { text } else { "" } }
  var number: Double { if case .number(let number) = self { number } else { .nan } }

  /// The only element whose member has this value.
  func only(_ member: String, _ value: JSONValue) -> JSONValue {
    let found = elements.filter { $0[member] == value }
    return found.count == 1 ? found[0] : .null
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(nilLiteral: ()) { self = .null }
}
