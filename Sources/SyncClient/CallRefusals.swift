import ConnectRPC
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import Wording

extension ConnectError {
  /// Longer than what any refusal says; what is longer is not taken apart.
  private static let detailBytesMax = 4_096

  /// Why the server did not do it: in the person's language when this version knows the code, else as the server says it.
  var phrase: Phrase {
    let refusals = details.filter { $0.type == CallRefusal.detailType }
    let known = refusals.compactMap(Self.refusal)
    guard known.count == refusals.count, let first = known.first else { return .verbatim(messageForPeople) }
    return known.dropFirst().reduce(first.phrase) { $0 + .verbatim(" ") + $1.phrase }
  }

  private static func refusal(_ detail: Detail) -> CallRefusal? {
    guard detail.value.count <= detailBytesMax, var wire = try? WireRefusal(serializedBytes: detail.value)
    else {
      return nil
    }
    wire.arguments = wire.arguments.map(Transport.oneLine)
    return CallRefusal(wire)
  }

  /// Without the words that tell a program what to do.
  private var messageForPeople: String {
    [RefusalWord.deviceRevoked, RefusalWord.suspended, RefusalWord.upgradeRequired].reduce(message) {
      $0.replacing($1 + " ", with: "")
    }
  }
}
