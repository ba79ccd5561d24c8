/// A value as JSON, with its members in the order in which they are declared: what a page says to programs is read by people
/// too, and Foundation's encoder gives them in no order, or by the alphabet.
extension JSON {
  /// - Throws: What the value's own `encode(to:)` throws.
  package init(encoding value: some Encodable) throws {
    if let json = value as? JSON {
      self = json
      return
    }
    let encoder = OrderedEncoder(codingPath: [])
    try value.encode(to: encoder)
    self = encoder.json
  }
}

/// What is encoded within another value stands where it was asked for, also when it is written later.
private final class OrderedEncoder: Encoder {
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  private var content = Content.nothing

  private enum Content {
    case nothing
    case single(JSON)
    case members([(String, OrderedEncoder)])
    case elements([OrderedEncoder])
  }

  init(codingPath: [any CodingKey]) { self.codingPath = codingPath }

  var json: JSON {
    switch content {
    case .nothing: .object([])
    case .single(let json): json
    case .members(let members): .object(members.map { ($0.0, $0.1.json) })
    case .elements(let elements): .array(elements.map(\.json))
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .nothing = content { content = .members([]) }
    return KeyedEncodingContainer(Members<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .nothing = content { content = .elements([]) }
    return Elements(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

  func set(_ json: JSON) { content = .single(json) }

  func member(_ key: any CodingKey) -> OrderedEncoder {
    let child = OrderedEncoder(codingPath: codingPath + [key])
    if case .members(var members) = content {
      // One reference, or the list would be copied for each.
      content = .nothing
      members.append((key.stringValue, child))
      content = .members(members)
    }
    return child
  }

  func element() -> OrderedEncoder {
    let child = OrderedEncoder(codingPath: codingPath)
    if case .elements(var elements) = content {
      content = .nothing
      elements.append(child)
      content = .elements(elements)
    }
    return child
  }

  var count: Int { if case .elements(let elements) = content { elements.count } else { 0 } }

  func encode(_ value: some Encodable) throws {
    switch value {
    case let json as JSON: set(json)
    case let text as String: set(.text(text))
    case let flag as Bool: set(.flag(flag))
    case let number as any BinaryInteger: set(.integer(Int64(clamping: number)))
    case let number as Double: set(.verbatim("\(number)"))
    default: try value.encode(to: self)
    }
  }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: OrderedEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  mutating func encodeNil(forKey key: Key) { encoder.member(key).set(.null) }
  mutating func encode(_ value: some Encodable, forKey key: Key) throws {
    try encoder.member(key).encode(value)
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { encoder.member(key).container(keyedBy: type) }
  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder.member(key).unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder { encoder }
  mutating func superEncoder(forKey key: Key) -> any Encoder { encoder.member(key) }
}

private struct Elements: UnkeyedEncodingContainer {
  let encoder: OrderedEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.count }

  mutating func encodeNil() { encoder.element().set(.null) }
  mutating func encode(_ value: some Encodable) throws { try encoder.element().encode(value) }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> { encoder.element().container(keyedBy: type) }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    encoder.element().unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder { encoder.element() }
}

private struct Single: SingleValueEncodingContainer {
  let encoder: OrderedEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  mutating func encodeNil() { encoder.set(.null) }
  mutating func encode(_ value: some Encodable) throws { try encoder.encode(value) }
}
