// Registers that are read a hundred thousand at a time, decoded from their bytes without a stop in between.

extension PlanDate {
  /// Reads a register's bytes, tag included; nil when they hold no day.
  package init?(field encoded: ArraySlice<UInt8>) {
    var reader = WireReader(encoded)
    guard (try? reader.tag())?.type == 2, let text = try? reader.delimited() else { return nil }
    self.init(utf8: text)
  }
}

extension Money {
  /// Reads a register's bytes, tag included; nil when they hold no amount.
  package init?(field encoded: ArraySlice<UInt8>) {
    var outer = WireReader(encoded)
    guard (try? outer.tag())?.type == 2, let content = try? outer.delimited() else { return nil }
    var reader = WireReader(content)
    var currency: String?
    var minor: Int64 = 0
    while !reader.isAtEnd {
      guard let tag = try? reader.tag() else { return nil }
      switch (tag.number, tag.type) {
      case (1, 2):
        guard let text = try? reader.delimited() else { return nil }
        currency = String(validating: text, as: UTF8.self)
      case (2, 0):
        guard let value = try? reader.varint() else { return nil }
        minor = unZigZag(value)
      default:
        guard (try? reader.skip(tag)) != nil else { return nil }
      }
    }
    guard let currency, isCurrencyCode(currency) else { return nil }
    self.init(currency: currency, minor: minor)
  }
}

extension RecordID {
  /// Reads a register's bytes, tag included; nil when they hold no id.
  package init?(field encoded: ArraySlice<UInt8>) {
    var reader = WireReader(encoded)
    guard (try? reader.tag())?.type == 2, let text = try? reader.delimited() else { return nil }
    self.init(utf8: text)
  }
}

/// Reads a register's bytes, tag included, by what they say: one number may be written in several ways.
package func number(field encoded: ArraySlice<UInt8>) -> Int64? {
  var reader = WireReader(encoded)
  guard (try? reader.tag())?.type == 0 else { return nil }
  return (try? reader.varint()).map { Int64(bitPattern: $0) }
}
