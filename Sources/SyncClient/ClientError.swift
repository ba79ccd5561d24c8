import ConnectRPC
import Wording

/// What this device could not do, in a sentence for its person.
package struct ClientError: Error, Equatable, Sendable {
  package let phrase: Phrase
  package var sentence: String { phrase.description }
  /// The server was not reached, or did not answer: everything is kept, try again later.
  package let isUnreachable: Bool

  package init(_ phrase: Phrase, isUnreachable: Bool = false) {
    self.phrase = phrase
    self.isUnreachable = isUnreachable
  }
}

extension ClientError {
  static let notJoined = ClientError(
    "This replica belongs to nobody yet: ask an admin for an invite, then `kam join INVITE`.")

  static func unreachable(_ url: String, _ detail: Phrase) -> ClientError {
    ClientError(
      "Could not reach \(url) (\(detail)). Your edits are kept and go with the next sync.",
      isUnreachable: true)
  }
}
