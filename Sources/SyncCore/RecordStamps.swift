import PlanModel

/// The stamp of every register of a record that was ever written, its life (register 0) included.
///
/// On the wire and at rest, registers that share a stamp are grouped: a record written in one go carries one stamp.
package struct RecordStamps: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    package let register: UInt32
    package let stamp: Stamp
  }

  /// Ascending by register, each once.
  package private(set) var entries: [Entry]

  package init() { entries = [] }

  /// All `registers` (ascending) with one stamp.
  package init(_ registers: some Sequence<UInt32>, stamp: Stamp) {
    entries = registers.map { Entry(register: $0, stamp: stamp) }
  }

  /// All `registers` (ascending), each with its own.
  package init(_ registers: some Sequence<UInt32>, stamp: (UInt32) -> Stamp) {
    entries = registers.map { Entry(register: $0, stamp: stamp($0)) }
  }

  package var isEmpty: Bool { entries.isEmpty }

  package subscript(_ register: UInt32) -> Stamp? {
    get {
      for entry in entries where entry.register >= register {
        return entry.register == register ? entry.stamp : nil
      }
      return nil
    }
    set {
      let place = entries.firstIndex { $0.register >= register } ?? entries.endIndex
      let isThere = place < entries.endIndex && entries[place].register == register
      switch (newValue, isThere) {
      case (let stamp?, true): entries[place] = Entry(register: register, stamp: stamp)
      case (let stamp?, false): entries.insert(Entry(register: register, stamp: stamp), at: place)
      case (nil, true): entries.remove(at: place)
      case (nil, false): break
      }
    }
  }

  package var latest: Stamp? { entries.lazy.map(\.stamp).max() }
}

// MARK: - Wire

extension RecordStamps {
  /// Appends `repeated RegisterStamps` as field `number`: groups by ascending stamp, registers ascending.
  package func write(to writer: inout WireWriter, field number: UInt32) {
    if let first = entries.first, entries.allSatisfy({ $0.stamp == first.stamp }) {
      Self.writeGroup(first.stamp, entries, to: &writer, field: number)
      return
    }
    let grouped = Dictionary(grouping: entries, by: \.stamp).sorted { $0.key < $1.key }
    for (stamp, members) in grouped { Self.writeGroup(stamp, members, to: &writer, field: number) }
  }

  private static func writeGroup(
    _ stamp: Stamp, _ members: [Entry], to writer: inout WireWriter, field number: UInt32
  ) {
    var inner = WireWriter(capacity: 9 + 6)
    inner.fixed64(field: 1, stamp.hlc)
    if stamp.replica != 0 { inner.varint(field: 2, UInt64(stamp.replica)) }
    var packed = WireWriter(capacity: members.count)
    for member in members { packed.varint(UInt64(member.register)) }
    var group = WireWriter(capacity: inner.bytes.count + packed.bytes.count + 4)
    group.delimited(field: 1, inner.bytes)
    group.delimited(field: 2, packed.bytes)
    writer.delimited(field: number, group.bytes)
  }

  /// Adds one encoded `RegisterStamps` message.
  ///
  /// - Throws: ``WireError``. A register named twice keeps its later stamp.
  package mutating func read(_ group: ArraySlice<UInt8>) throws(WireError) {
    var stamp = Stamp(hlc: 0, replica: 0)
    var registers: [UInt32] = []
    var reader = WireReader(group)
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch (tag.number, tag.type) {
      case (1, 2): stamp = try Self.readStamp(try reader.delimited())
      case (2, 2):
        var packed = WireReader(try reader.delimited())
        while !packed.isAtEnd { registers.append(UInt32(truncatingIfNeeded: try packed.varint())) }
      case (2, 0): registers.append(UInt32(truncatingIfNeeded: try reader.varint()))
      default: try reader.skip(tag)
      }
    }
    for register in registers { add(register, stamp) }
  }

  /// The stamp of one encoded `RegisterStamps` message.
  package static func stamp(ofGroup group: ArraySlice<UInt8>) throws(WireError) -> Stamp {
    var reader = WireReader(group)
    while !reader.isAtEnd {
      let tag = try reader.tag()
      if (tag.number, tag.type) == (1, 2) { return try readStamp(try reader.delimited()) }
      try reader.skip(tag)
    }
    return Stamp(hlc: 0, replica: 0)
  }

  private mutating func add(_ register: UInt32, _ stamp: Stamp) {
    if let last = entries.last, last.register >= register {
      self[register] = max(self[register] ?? stamp, stamp)
    } else {
      entries.append(Entry(register: register, stamp: stamp))
    }
  }

  private static func readStamp(_ bytes: ArraySlice<UInt8>) throws(WireError) -> Stamp {
    var hlc: UInt64 = 0
    var replica: UInt32 = 0
    var reader = WireReader(bytes)
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch (tag.number, tag.type) {
      case (1, 1): hlc = try reader.fixed64()
      case (2, 0): replica = UInt32(truncatingIfNeeded: try reader.varint())
      default: try reader.skip(tag)
      }
    }
    return Stamp(hlc: hlc, replica: replica)
  }
}
