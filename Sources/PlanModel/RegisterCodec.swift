// Between a register's wire bytes, its typed value, and what people type and read.

extension RegisterType {
  /// Reads and checks what a person typed. References are looked up by the caller, which has the records.
  package func parse(_ text: String) throws(ValueError) -> RegisterValue {
    switch self {
    case .choice(let choices):
      guard let number = choices.number(named: text) else {
        throw .unknownChoice(text, choices.all.map(\.name))
      }
      return .integer(number)
    case .integer, .instant, .kindNumber:
      guard let number = Int64(text) else { throw .notANumber(text) }
      return try checked(.integer(number))
    case .flag: return .flag(try parseFlag(text))
    case .money:
      guard let money = Money(text) else {
        let code = text.split(separator: " ").first(where: isCurrencyCode)
        if let code, !isCurrency(code) { throw .notACurrency(String(code)) }
        throw .notAnAmount(text)
      }
      guard money.isCountable else { throw .amountTooLarge(money) }
      return .money(money)
    case .period: return try parsePeriod(text)
    case .graded(let choices): return try parseGraded(text, choices)
    case .reference, .anyReference:
      guard let id = RecordID(text) else { throw .notAnID(text) }
      return .reference(id)
    case .currency:
      guard isCurrency(text) else { throw .notACurrency(text) }
      return .text(text)
    default: return try checked(.text(text))
    }
  }

  /// What a record may hold that was written before, and nobody may write any more.
  func checkNew(_ value: RegisterValue) throws(ValueError) {
    switch (self, value) {
    case (.currency, .text(let code)) where !isCurrency(code): throw .notACurrency(code)
    case (.money, .money(let money)) where !isCurrency(money.currency): throw .notACurrency(money.currency)
    case (.money, .money(let money)) where !money.isCountable: throw .amountTooLarge(money)
    default: break
    }
  }

  /// The register's bytes on the wire, tag included.
  package func encode(_ value: RegisterValue, as number: UInt32) -> [UInt8] {
    var writer = WireWriter()
    switch value {
    case .text(let text): writer.delimited(field: number, text.utf8)
    case .integer(let integer): writer.varint(field: number, UInt64(bitPattern: integer))
    case .flag(let flag): writer.varint(field: number, flag ? 1 : 0)
    case .reference(let id): writer.delimited(field: number, id.description.utf8)
    case .money(let money):
      var inner = WireWriter()
      inner.delimited(field: 1, money.currency.utf8)
      if money.minor != 0 { inner.varint(field: 2, zigZag(money.minor)) }
      writer.delimited(field: number, inner.bytes)
    case .period(let from, let to):
      var inner = WireWriter()
      inner.delimited(field: 1, from.description.utf8)
      inner.delimited(field: 2, to.description.utf8)
      writer.delimited(field: number, inner.bytes)
    case .graded(let choice, let likelihood):
      var inner = WireWriter()
      inner.varint(field: 1, UInt64(bitPattern: choice))
      if likelihood != 0 { inner.varint(field: 2, UInt64(bitPattern: likelihood)) }
      writer.delimited(field: number, inner.bytes)
    case .opaque: break
    }
    return writer.bytes
  }

  /// Reads and checks a register's bytes as they came from outside.
  package func decode(_ encoded: ArraySlice<UInt8>) throws(ValueError) -> RegisterValue {
    do {
      return try checked(try raw(encoded))
    } catch let error as ValueError {
      throw error
    } catch let error as WireError {
      throw .malformed("\(error)")
    } catch {
      throw .malformed("\(WireError.truncated)")
    }
  }
}

// MARK: - Wire

extension RegisterType {
  private func raw(_ encoded: ArraySlice<UInt8>) throws -> RegisterValue {
    var reader = WireReader(encoded)
    let tag = try reader.tag()
    let value: RegisterValue
    switch self {
    case .opaque: return .opaque
    case .choice, .integer, .instant, .kindNumber:
      guard tag.type == 0 else { throw WireError.unexpectedWireType(field: tag.number) }
      value = .integer(Int64(bitPattern: try reader.varint()))
    case .flag:
      guard tag.type == 0 else { throw WireError.unexpectedWireType(field: tag.number) }
      value = .flag(try reader.varint() != 0)
    default:
      guard tag.type == 2 else { throw WireError.unexpectedWireType(field: tag.number) }
      value = try rawContent(try reader.delimited())
    }
    guard reader.isAtEnd else { throw WireError.repeatedField(tag.number) }
    return value
  }

  private func rawContent(_ content: ArraySlice<UInt8>) throws -> RegisterValue {
    switch self {
    case .money:
      let parts = try Registers(Array(content))
      let currency = try parts[1].map { try text(inField: $0) } ?? ""
      let minor = unZigZag(try parts[2].map { try varint(inField: $0) } ?? 0)
      guard isCurrencyCode(currency) else { throw ValueError.notACurrency(currency) }
      return .money(Money(currency: currency, minor: minor))
    case .period:
      let parts = try Registers(Array(content))
      let from = try parts[1].map { try text(inField: $0) } ?? ""
      let to = try parts[2].map { try text(inField: $0) } ?? ""
      return try period(from, to)
    case .graded:
      let parts = try Registers(Array(content))
      let choice = Int64(bitPattern: try parts[1].map { try varint(inField: $0) } ?? 0)
      let likelihood = Int64(bitPattern: try parts[2].map { try varint(inField: $0) } ?? 0)
      return .graded(choice, likelihood: likelihood)
    case .reference, .anyReference:
      let name = try utf8(content)
      guard let id = RecordID(name) else { throw ValueError.notAnID(name) }
      return .reference(id)
    default: return .text(try utf8(content))
    }
  }

  private func varint(inField encoded: ArraySlice<UInt8>) throws -> UInt64 {
    var reader = WireReader(encoded)
    let tag = try reader.tag()
    guard tag.type == 0 else { throw WireError.unexpectedWireType(field: tag.number) }
    let value = try reader.varint()
    guard reader.isAtEnd else { throw WireError.repeatedField(tag.number) }
    return value
  }

  private func text(inField encoded: ArraySlice<UInt8>) throws -> String {
    var reader = WireReader(encoded)
    let tag = try reader.tag()
    guard tag.type == 2 else { throw WireError.unexpectedWireType(field: tag.number) }
    let content = try reader.delimited()
    // Of a field that comes twice other readers take the last: it would be shown without having been checked.
    guard reader.isAtEnd else { throw WireError.repeatedField(tag.number) }
    return try utf8(content)
  }

  private func utf8(_ content: ArraySlice<UInt8>) throws(ValueError) -> String {
    guard let text = String(validating: content, as: UTF8.self) else { throw .notUTF8 }
    return text
  }
}

// MARK: - Checks

extension RegisterType {
  /// - Returns: the value itself, when the register may hold it.
  private func checked(_ value: RegisterValue) throws(ValueError) -> RegisterValue {
    switch (self, value) {
    case (.line(let maximum), .text(let text)): try checkText(text, maximum: maximum, lineBreaks: false)
    case (.text(let maximum), .text(let text)): try checkText(text, maximum: maximum, lineBreaks: true)
    case (.slug, .text(let text)): guard isSlug(text) else { throw .notASlug(text) }
    case (.date, .text(let text)): guard PlanDate(text) != nil else { throw .notADate(text) }
    case (.country, .text(let text)):
      guard text.utf8.count == 2, text.utf8.allSatisfy({ (65...90).contains($0) }) else {
        throw .notACountry(text)
      }
    case (.currency, .text(let text)): guard isCurrencyCode(text) else { throw .notACurrency(text) }
    case (.decimal, .text(let text)): guard isDecimal(text) else { throw .notADecimal(text) }
    case (.integer(let range), .integer(let number)):
      guard range.contains(number) else { throw .outOfRange(number, range) }
    // The years 1 to 9999: arithmetic with any other time is a trap for those who read it.
    case (.instant, .integer(let milliseconds)):
      let times: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
      guard times.contains(milliseconds) else { throw .outOfRange(milliseconds, times) }
    // Unknown numbers of an enumeration come from a newer version; 0 is "unspecified", which nobody means to write.
    case (.choice, .integer(let number)):
      guard (1...65_535).contains(number) else { throw .outOfRange(number, 1...65_535) }
    case (.graded, .graded(let number, let likelihood)):
      guard (1...65_535).contains(number) else { throw .outOfRange(number, 1...65_535) }
      guard (0...10_000).contains(likelihood) else { throw .outOfRange(likelihood, 0...10_000) }
    default: break
    }
    return value
  }

  private func checkText(_ text: String, maximum: Int, lineBreaks: Bool) throws(ValueError) {
    // Most texts are plain ASCII, and need no decoding.
    if !text.isEmpty, text.utf8.count <= maximum, text.utf8.allSatisfy({ 0x20 <= $0 && $0 < 0x7F }) { return }
    var count = 0
    for scalar in text.unicodeScalars {
      count += 1
      let value = scalar.value
      let isControl = value < 0x20 || (0x7F..<0xA0).contains(value)
      if isControl, !(lineBreaks && (value == 0x0A || value == 0x09)) { throw .controlCharacter(value) }
    }
    guard count <= maximum else { throw .tooLong(maximum: maximum, actual: count) }
    guard count > 0 else { throw .empty }
  }

  private func parseFlag(_ text: String) throws(ValueError) -> Bool {
    switch text.lowercased() {
    case "yes", "true", "1", "on": true
    case "no", "false", "0", "off": false
    default: throw .notAFlag(text)
    }
  }

  /// "negotiating 60%"; without a likelihood what is won is certain, what is lost is not, and the rest is even.
  private func parseGraded(_ text: String, _ choices: Choices) throws(ValueError) -> RegisterValue {
    let words = text.split(separator: " ")
    let mistake = ValueError.notGraded(text, choices.all.map(\.name))
    guard (1...2).contains(words.count), let number = choices.number(named: words[0]) else { throw mistake }
    guard words.count == 2 else {
      let usual: Int64 = words[0] == "won" ? 10_000 : words[0] == "lost" ? 0 : 5_000
      return .graded(number, likelihood: usual)
    }
    guard words[1].last == "%", let percent = Int64(words[1].dropLast()), (0...100).contains(percent) else {
      throw mistake
    }
    return .graded(number, likelihood: percent * 100)
  }

  private func parsePeriod(_ text: String) throws(ValueError) -> RegisterValue {
    let ends = text.split(separator: "..", omittingEmptySubsequences: false)
    guard ends.count == 2 else { throw .notAPeriod(text) }
    return try period(String(ends[0]), String(ends[1]))
  }

  private func period(_ from: String, _ to: String) throws(ValueError) -> RegisterValue {
    guard let first = PlanDate(from) else { throw .notADate(from) }
    guard let last = PlanDate(to) else { throw .notADate(to) }
    guard first <= last else { throw .endsBeforeItBegins(from, to) }
    return .period(first, last)
  }
}

package func isSlug(_ text: some StringProtocol) -> Bool {
  (1...40).contains(text.utf8.count) && !text.hasPrefix("-")
    && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
}

private func isDecimal(_ text: String) -> Bool {
  let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
  let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
  return (1...2).contains(parts.count) && digits.utf8.count <= 30
    && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
}
