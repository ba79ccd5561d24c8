import CZlib

/// A ZIP archive in memory: its directory, and its parts one after the other in pieces. Nothing is ever written to a disk.
struct Archive: Sendable {
  private struct Entry {
    let method: Int
    let checksum: Int
    let packed: Int
    let unpacked: Int
    let offset: Int
    /// Where it ends at the earliest: a local header has an extra field of its own length.
    let leastEnd: Int
  }

  private let bytes: [UInt8]
  /// By the name in small letters, which is how packages compare names.
  private var entries: [String: Entry] = [:]
  /// Names that stand for two parts. Which one is meant differs between programs.
  private var ambiguous: Set<String> = []

  static let partsMax = 10_000

  init(_ bytes: [UInt8]) throws(WorkbookError) {
    self.bytes = bytes
    let directory = try Directory(of: bytes)
    guard directory.count <= Self.partsMax else { throw .tooLarge(.parts, maximum: Self.partsMax) }
    var all: [Entry] = []
    var place = directory.start
    for _ in 0..<directory.count {
      let (name, entry) = try Self.entry(in: bytes, at: &place, before: directory.end)
      all.append(entry)
      if entries.updateValue(entry, forKey: name) != nil { ambiguous.insert(name) }
    }
    try Self.refuseOverlap(all, before: directory.start)
  }

  func has(_ part: String) -> Bool { entries[Self.key(part)] != nil }

  private static func key(_ name: String) -> String {
    // Some programs write the separators of their own system.
    String(decoding: name.utf8.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }, as: UTF8.self)
      .lowercased()
  }

  private static func entry(
    in bytes: [UInt8], at place: inout Int, before end: Int
  ) throws(WorkbookError) -> (String, Entry) {
    let header = place
    guard header + 46 <= end, bytes.number(4, at: header) == 0x0201_4B50 else {
      throw .damaged(part: nil, .structure)
    }
    let nameEnd = header + 46 + bytes.number(2, at: header + 28)
    let extraEnd = nameEnd + bytes.number(2, at: header + 30)
    place = extraEnd + bytes.number(2, at: header + 32)
    guard place <= end else { throw .damaged(part: nil, .structure) }
    // Bit 0: encrypted; bit 13: its directory is.
    guard bytes.number(2, at: header + 8) & 0x2001 == 0 else { throw .encrypted }
    var large = LargeSizes(in: bytes, from: nameEnd, to: extraEnd)
    let unpacked = try large.orLarger(bytes.number(4, at: header + 24))
    let packed = try large.orLarger(bytes.number(4, at: header + 20))
    let offset = try large.orLarger(bytes.number(4, at: header + 42))
    guard packed <= end, offset <= end, offset + 30 + packed <= end else {
      throw .damaged(part: nil, .cutOff)
    }
    let entry = Entry(
      method: bytes.number(2, at: header + 10), checksum: bytes.number(4, at: header + 16), packed: packed,
      unpacked: unpacked, offset: offset, leastEnd: offset + 30 + (nameEnd - header - 46) + packed)
    return (key(String(decoding: bytes[(header + 46)..<nameEnd], as: UTF8.self)), entry)
  }

  /// A small archive becomes an enormous one by naming the same bytes again and again.
  private static func refuseOverlap(_ entries: [Entry], before directory: Int) throws(WorkbookError) {
    var end = 0
    for entry in entries.sorted(by: { $0.offset < $1.offset }) {
      guard entry.offset >= end, entry.leastEnd <= directory else { throw .damaged(part: nil, .overlap) }
      end = entry.leastEnd
    }
  }
}

extension Archive {
  /// A part's content in pieces of at most 64 KiB, and its checksum compared at the end: what was made of the pieces is
  /// only right when nothing is thrown.
  ///
  /// - Parameter budget: how many bytes may still be inflated; what was is taken from it.
  func read(
    _ part: String, budget: inout Budget, _ take: (UnsafeRawBufferPointer) throws(WorkbookError) -> Void
  ) throws(WorkbookError) {
    let key = Self.key(part)
    guard let entry = entries[key] else { throw .damaged(part: part, .missing) }
    guard !ambiguous.contains(key) else { throw .damaged(part: part, .structure) }
    try budget.spend(entry.unpacked)
    let start = try contentStart(of: entry, part)
    var checksum = Checksum()
    func check(_ piece: UnsafeRawBufferPointer) throws(WorkbookError) {
      checksum.add(piece)
      guard checksum.count <= entry.unpacked else { throw .damaged(part: part, .checksum) }
      try take(piece)
    }
    try bytes.withUnsafeBufferPointer { (all) throws(WorkbookError) in
      let packed = UnsafeRawBufferPointer(
        rebasing: UnsafeRawBufferPointer(all)[start..<(start + entry.packed)])
      switch entry.method {
      case 0: try Self.inPieces(packed, check)
      case 8: try Inflation.run(packed, part: part, check)
      default: throw .damaged(part: part, .compression)
      }
    }
    guard checksum.count == entry.unpacked, checksum.value == entry.checksum else {
      throw .damaged(part: part, .checksum)
    }
  }

  private func contentStart(of entry: Entry, _ part: String) throws(WorkbookError) -> Int {
    let header = entry.offset
    guard header + 30 <= bytes.count, bytes.number(4, at: header) == 0x0403_4B50 else {
      throw .damaged(part: part, .structure)
    }
    let start = header + 30 + bytes.number(2, at: header + 26) + bytes.number(2, at: header + 28)
    guard start + entry.packed <= bytes.count else { throw .damaged(part: part, .cutOff) }
    return start
  }

  private static func inPieces(
    _ content: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) throws(WorkbookError) -> Void
  ) throws(WorkbookError) {
    var place = 0
    while place < content.count {
      let end = min(place + Inflation.pieceBytes, content.count)
      try take(UnsafeRawBufferPointer(rebasing: content[place..<end]))
      place = end
    }
  }
}

/// How many more bytes may be inflated.
struct Budget {
  private let maximum: Int
  private var left: Int
  var spent: Int { maximum - left }

  init(_ maximum: Int, spent: Int = 0) {
    self.maximum = maximum
    left = max(0, maximum - spent)
  }

  mutating func spend(_ bytes: Int) throws(WorkbookError) {
    guard bytes <= left else { throw .tooLarge(.inflated, maximum: maximum) }
    left -= bytes
  }
}

/// Where the list of an archive's parts lies.
private struct Directory {
  let count: Int
  let start: Int
  let end: Int

  /// The record of the end is the last thing in the file, before a comment of at most 64 KiB.
  init(of bytes: [UInt8]) throws(WorkbookError) {
    guard bytes.count >= 22 else { throw Self.none(bytes) }
    let earliest = max(0, bytes.count - 22 - 0xFFFF)
    for place in stride(from: bytes.count - 22, through: earliest, by: -1)
    where bytes[place] == UInt8(ascii: "P") && bytes.number(4, at: place) == 0x0605_4B50 {
      guard place + 22 + bytes.number(2, at: place + 20) <= bytes.count else { continue }
      try self.init(bytes, recordAt: place)
      return
    }
    throw Self.none(bytes)
  }

  private static func none(_ bytes: [UInt8]) -> WorkbookError {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) ? .damaged(part: nil, .cutOff) : .notZip
  }

  private init(_ bytes: [UInt8], recordAt place: Int) throws(WorkbookError) {
    var count = bytes.number(2, at: place + 10)
    var size = bytes.number(4, at: place + 12)
    var start = bytes.number(4, at: place + 16)
    var end = place
    // What does not fit stands in a larger record before this one, which the twenty bytes between them point at.
    if count == 0xFFFF || size == LargeSizes.elsewhere || start == LargeSizes.elsewhere {
      guard place >= 20, bytes.number(4, at: place - 20) == 0x0706_4B50,
        let record = bytes.largeNumber(at: place - 12), record <= place - 20 - 56,
        bytes.number(4, at: record) == 0x0606_4B50,
        let larger = bytes.largeNumber(at: record + 32), let largerSize = bytes.largeNumber(at: record + 40),
        let largerStart = bytes.largeNumber(at: record + 48)
      else { throw .damaged(part: nil, .structure) }
      (count, size, start, end) = (larger, largerSize, largerStart, record)
    }
    guard start <= end, size <= end - start else { throw .damaged(part: nil, .cutOff) }
    self.count = count
    self.start = start
    self.end = start + size
  }
}

/// The extra field of an entry whose sizes need more than four bytes: those that do, in a fixed order.
private struct LargeSizes {
  static let elsewhere = 0xFFFF_FFFF
  private let bytes: [UInt8]
  private var place: Int
  private let end: Int

  init(in bytes: [UInt8], from start: Int, to end: Int) {
    self.bytes = bytes
    var place = start
    while place + 4 <= end {
      let fieldEnd = place + 4 + bytes.number(2, at: place + 2)
      if bytes.number(2, at: place) == 1, fieldEnd <= end {
        (self.place, self.end) = (place + 4, fieldEnd)
        return
      }
      place = fieldEnd
    }
    (self.place, self.end) = (end, end)
  }

  mutating func orLarger(_ size: Int) throws(WorkbookError) -> Int {
    guard size == Self.elsewhere else { return size }
    guard place + 8 <= end, let larger = bytes.largeNumber(at: place) else {
      throw .damaged(part: nil, .structure)
    }
    place += 8
    return larger
  }
}

extension [UInt8] {
  /// Little-endian, of up to four bytes that must be there.
  fileprivate func number(_ width: Int, at place: Int) -> Int {
    (0..<width).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
  }

  /// Little-endian, of eight bytes that must be there.
  ///
  /// - Returns: nil when it is more than any file has.
  fileprivate func largeNumber(at place: Int) -> Int? {
    let high = number(4, at: place + 4)
    return high < 1 << 24 ? high << 32 | number(4, at: place) : nil
  }
}
