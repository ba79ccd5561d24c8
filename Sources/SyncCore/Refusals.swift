import PlanModel
import ProtocolMessages
import SwiftProtobuf

// Refusals on the wire: as a sentence in English, and as codes for programs that know them.

extension Refusal {
  package var wire: WireRefusal {
    .with {
      $0.code = coded.code
      $0.arguments = coded.arguments
    }
  }

  /// Nil when this version does not know it.
  package init?(_ wire: WireRefusal) { self.init(CodedRefusal(wire.code, wire.arguments)) }
}

extension CallRefusal {
  /// What an error's detail is called that holds one: the published message, not the one with which this program reads it.
  package static let detailType = "kam.v1.Refusal"

  package var wire: WireRefusal {
    .with {
      $0.code = coded.code
      $0.arguments = coded.arguments
    }
  }

  /// Nil when this version does not know it.
  package init?(_ wire: WireRefusal) { self.init(CodedRefusal(wire.code, wire.arguments)) }
}

extension [Refusal] {
  /// English, for peers that know no codes.
  package var sentence: String { map(\.sentence).joined(separator: " ") }
}

extension [WireRefusal] {
  /// Nil when this version does not know all of them, or when there are none: then the sentence that came with them says
  /// more.
  package var known: [Refusal]? {
    let known = compactMap(Refusal.init)
    return known.isEmpty || known.count < count ? nil : known
  }
}

extension WireMutationResult {
  package mutating func tell(_ refusals: [Refusal]) {
    reason = refusals.sentence
    self.refusals = refusals.map(\.wire)
  }
}
