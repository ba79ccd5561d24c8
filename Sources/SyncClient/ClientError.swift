import ConnectRPC
import Wording

/// What this device could not do, in a sentence for its person.
package struct ClientError: Error, Equatable, Sendable {
  package let phrase: Phrase
  package var sentence: String { phrase.description }
  /// The server was not reached, or did not answer: everything is kept, try again later.
  package let isUnreachable: Bool
  /// The same of what only the server can do: nothing of that is kept to be sent later.
  private let phraseOnline: Phrase?
  /// Something was on its way and did not get through: less at a time might.
  let isAboutTheLine: Bool
  /// The server does not take what this device joined with last, and what it had before is kept.
  let isAboutNewAccess: Bool

  package init(
    _ phrase: Phrase, isUnreachable: Bool = false, online: Phrase? = nil, isAboutTheLine: Bool = false,
    isAboutNewAccess: Bool = false
  ) {
    self.isAboutNewAccess = isAboutNewAccess
    self.isAboutTheLine = isAboutTheLine
    self.phrase = phrase
    self.isUnreachable = isUnreachable
    phraseOnline = online
  }

  /// To be told of a command that is done at once, on the server, or not at all.
  package var ofOnlineCommand: ClientError {
    ClientError(phraseOnline ?? phrase, isUnreachable: isUnreachable)
  }
}

extension ClientError {
  static let notJoined = ClientError(
    "This replica belongs to nobody yet: ask an admin for an invite, then `\(action: .join)`.")
}
