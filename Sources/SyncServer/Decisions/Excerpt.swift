import Foundation
import PlanModel
import ProtocolMessages
import SyncCore

/// How much of values that still stand the results, notices and history of one push may hold together: as much as it says
/// itself, and some.
///
/// A deletion lists every value that its author had not seen, and an old edit that comes again and again meets the same long
/// value each time. Without a bound a hundred bytes would write megabytes and send them to everybody concerned; the values
/// themselves are in the record.
final class ExcerptBudget {
  private var bytesLeft: Int

  init(for mutations: [WireMutation]) {
    bytesLeft = mutations.lazy.flatMap(\.changes).reduce(Self.bytesAtLeast) { $0 + $1.set.count }
  }

  /// Twenty long values, or a thousand short ones.
  private static let bytesAtLeast = 64 << 10

  fileprivate func take(_ bytes: Int) -> Bool {
    guard bytes <= bytesLeft else { return false }
    bytesLeft -= bytes
    return true
  }
}

extension WireRegisterValue {
  /// Holds a register's value whole: it does not stand any more, and whoever is told may want it back. That happens once to
  /// a value.
  mutating func holdWhole(_ encoded: [UInt8], kind: UInt32) {
    value = Data(encodeBody(encoded, kind: kind))
  }

  /// The same value as history has it beside an edit; whole, it is in the entry of the edit that wrote it.
  func shortened(of register: UInt32, kind: UInt32) -> WireRegisterValue {
    guard value.count > Limits.otherValueBytesMax, fullBytes == 0,
      let content = try? registers(), let encoded = content[register]
    else { return self }
    var short = self
    short.value = Data()
    short.hold(Array(encoded), of: register, kind: kind, nil)
    return short
  }

  /// Holds a register's value, or of a long one what tells it: its beginning when it is a text, its length and its hash.
  mutating func hold(_ encoded: [UInt8], of register: UInt32, kind: UInt32, _ excerpts: ExcerptBudget?) {
    let isShort = encoded.count <= Limits.otherValueBytesMax
    let held = isShort ? encoded : Self.beginning(of: encoded, register, kind)
    if let held, excerpts?.take(held.count) ?? true { value = Data(encodeBody(held, kind: kind)) }
    guard !isShort || value.isEmpty else { return }
    fullBytes = UInt32(clamping: encoded.count)
    fullSha256 = Data(sha256(encoded).prefix(16))
  }

  /// Nil for what is not text.
  private static func beginning(of encoded: [UInt8], _ register: UInt32, _ kind: UInt32) -> [UInt8]? {
    guard case .text = PlanModel.kind(kind)?.register(register)?.type else { return nil }
    var reader = WireReader(encoded[...])
    guard let tag = try? reader.tag(), tag.type == 2, let text = try? reader.delimited() else { return nil }
    var end = text.startIndex + min(text.count, Limits.otherValueBytesMax - 16)
    // Not within a character's bytes.
    while end > text.startIndex, end < text.endIndex, text[end] & 0xC0 == 0x80 { end -= 1 }
    var writer = WireWriter()
    writer.delimited(field: tag.number, text[..<end])
    return writer.bytes
  }
}
