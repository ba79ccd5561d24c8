import Foundation
import PlanModel
import SyncCore

/// The files of Protocol/vectors.
enum Vectors {
  static func load<Content: Decodable>(_ name: String, as type: Content.Type = Content.self) throws -> Content
  {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Protocol/vectors")
    return try JSONDecoder().decode(Content.self, from: Data(contentsOf: folder.appending(path: name)))
  }
}

/// Lower-case hexadecimal.
struct Hex: Decodable, Equatable {
  let bytes: [UInt8]

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    var digits: [UInt8] = []
    for character in text {
      guard let digit = character.hexDigitValue else { throw VectorError.notHexadecimal(text) }
      digits.append(UInt8(digit))
    }
    guard digits.count.isMultiple(of: 2) else { throw VectorError.notHexadecimal(text) }
    bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}

enum VectorError: Error { case notHexadecimal(String), notAnID(String) }

/// `[clock value, replica]`
struct VectorStamp: Decodable {
  let stamp: Stamp

  init(from decoder: any Decoder) throws {
    var parts = try decoder.unkeyedContainer()
    let clock = try parts.decode(String.self)
    guard let hlc = UInt64(clock, radix: 16) else { throw VectorError.notHexadecimal(clock) }
    stamp = Stamp(hlc: hlc, replica: try parts.decode(UInt32.self))
  }
}

/// `[register, something]`
struct ByRegister<Content: Decodable>: Decodable {
  let register: UInt32
  let content: Content

  init(from decoder: any Decoder) throws {
    var parts = try decoder.unkeyedContainer()
    register = try parts.decode(UInt32.self)
    content = try parts.decode(Content.self)
  }
}

func stamps(_ list: [ByRegister<VectorStamp>]) -> RecordStamps {
  var stamps = RecordStamps()
  for entry in list { stamps[entry.register] = entry.content.stamp }
  return stamps
}

func registers(_ list: [ByRegister<Hex>]) -> Registers {
  var registers = Registers()
  for entry in list { registers.append(entry.register, entry.content.bytes) }
  return registers
}

func recordID(_ text: String) throws -> RecordID {
  guard let id = RecordID(text) else { throw VectorError.notAnID(text) }
  return id
}

/// Numbers that look random and are the same in every run.
struct Sequence64: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
