import PlanModel
import SyncCore

/// How much of what a request may hold, found on its bytes before messages are made of them: an empty message is two
/// bytes on the wire and hundreds in memory.
///
/// - SeeAlso: Protocol/sync.md §7
package struct RequestBounds: Sendable {
  package indirect enum Field: Sendable {
    /// Messages, any number up to `max`.
    case messages(_ max: Int, String, RequestBounds)
    /// Numbers, packed or one by one.
    case numbers(_ max: Int, String)
    /// Texts or bytes: so many, each so long.
    case texts(_ max: Int, bytes: Int, String)
  }

  /// What there is too much of.
  package struct Excess: Error, Equatable, Sendable {
    package let what: String
    package let maximum: Int

    package init(what: String, maximum: Int) {
      self.what = what
      self.maximum = maximum
    }
  }

  private let fields: [UInt32: Field]

  package init(_ fields: [UInt32: Field]) { self.fields = fields }

  /// - Throws: ``Excess``, or `WireError` when the bytes are not a message.
  package func check(_ bytes: [UInt8]) throws {
    var elements = Limits.elementsPerRequestMax
    try check(bytes[...], &elements)
  }

  private func check(_ bytes: ArraySlice<UInt8>, _ elements: inout Int) throws {
    var reader = WireReader(bytes)
    var counts: [UInt32: Int] = [:]
    while !reader.isAtEnd {
      let tag = try reader.tag()
      guard let field = fields[tag.number] else {
        try reader.skip(tag)
        continue
      }
      let value = tag.type == 2 ? try reader.delimited() : nil
      if value == nil { try reader.skip(tag) }
      let count = field.count(value)
      counts[tag.number, default: 0] += count
      elements -= count
      guard counts[tag.number, default: 0] <= field.maximum else {
        throw Excess(what: field.name, maximum: field.maximum)
      }
      guard elements >= 0 else { throw Excess(what: "parts", maximum: Limits.elementsPerRequestMax) }
      guard let value else { continue }
      switch field {
      case .messages(_, _, let bounds): try bounds.check(value, &elements)
      case .texts(_, let bytes, let name) where value.count > bytes:
        throw Excess(what: "bytes in \(name)", maximum: bytes)
      case .texts, .numbers: break
      }
    }
  }
}

extension RequestBounds.Field {
  fileprivate var maximum: Int {
    switch self {
    case .messages(let max, _, _), .numbers(let max, _), .texts(let max, _, _): max
    }
  }

  fileprivate var name: String {
    switch self {
    case .messages(_, let name, _), .numbers(_, let name), .texts(_, _, let name): name
    }
  }

  /// One; of packed numbers, as many as there are last bytes of one.
  fileprivate func count(_ value: ArraySlice<UInt8>?) -> Int {
    guard case .numbers = self, let value else { return 1 }
    return value.reduce(0) { $1 < 0x80 ? $0 + 1 : $0 }
  }
}

// MARK: - Of each request

extension RequestBounds {
  private static let identifierBytes = 200

  private static let stamps = RequestBounds([2: .numbers(Limits.registersPerChangeMax, "registers")])

  private static let guards = RequestBounds([
    1: .texts(1, bytes: identifierBytes, "a guard’s record"),
    6: .texts(1, bytes: identifierBytes, "a guard’s mutation"),
  ])

  private static let changes = RequestBounds([
    1: .texts(1, bytes: identifierBytes, "a change’s record"),
    4: .texts(1, bytes: Limits.changeBytesMax, "what one change sets"),
    5: .numbers(Limits.registersPerChangeMax, "registers to clear"),
    7: .messages(Limits.registersPerChangeMax, "stamps of one change", stamps),
  ])

  private static let access = RequestBounds([1: .texts(1, bytes: identifierBytes, "a person")])

  private static let mutations = RequestBounds([
    2: .texts(1, bytes: identifierBytes, "an edit’s id"),
    3: .texts(1, bytes: identifierBytes, "an edit’s scope"),
    5: .messages(Limits.guardsPerMutationMax, "guards in one edit", guards),
    6: .messages(Limits.changesPerMutationMax, "changes in one edit", changes),
    7: .texts(1, bytes: Limits.summaryScalarsMax * 16, "an edit’s summary"),
    9: .texts(1, bytes: identifierBytes, "a receipt"),
    12: .messages(Limits.changesPerMutationMax, "changes of access in one edit", access),
  ])

  package static let sync = RequestBounds([
    3: .texts(1, bytes: identifierBytes, "the epoch"),
    6: .messages(Limits.mutationsPerRequestMax, "edits", mutations),
    7: .texts(1, bytes: Limits.checkpointBytesMax, "the checkpoint"),
    8: .texts(Limits.scopesPerUserMax, bytes: identifierBytes, "scopes to send again"),
    12: .texts(1, bytes: identifierBytes, "the next secret"),
  ])

  package static let join = RequestBounds([
    9: .texts(1, bytes: identifierBytes, "the proof of who one was")
  ])

  package static let fetchRecords = RequestBounds([
    1: .texts(1, bytes: identifierBytes, "the scope"),
    2: .numbers(Limits.bucketsMax, "buckets"),
  ])

  package static let editPerson = RequestBounds([
    1: .texts(1, bytes: 1_000, "the address"), 3: .messages(200, "departments", RequestBounds([:])),
  ])

  /// Of requests whose fields are few and single.
  package static let plain = RequestBounds([
    1: .texts(1, bytes: 1_000, "a field"), 2: .texts(1, bytes: 1_000, "a field"),
  ])
}
