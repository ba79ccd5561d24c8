import ConnectRPC
import PlanModel
import SyncCore
import SyncServer

extension SyncService {
  static let unknownScope = ConnectError(
    .notFound, "There is no such account, or it is not shared with you; its manager or an admin can share it."
  )

  /// What a refusal is on the wire; anything unknown is our own bug and says nothing.
  static func connectError(_ error: any Error) -> any Error {
    switch error {
    case Authentication.Failure.revoked:
      ConnectError(.unauthenticated, "\(RefusalWord.deviceRevoked) This device's access was revoked.")
    case Authentication.Failure.suspended:
      ConnectError(
        .unauthenticated,
        "\(RefusalWord.suspended) This device is suspended, because a credential was used that it, or a copy of it, had "
          + "replaced: it was copied, or put back to an older state. Ask an admin for a new invite and join again; what "
          + "waits stays here."
      )
    case Authentication.Failure.userSuspended:
      ConnectError(.permissionDenied, "\(RefusalWord.suspended) Your access is suspended; ask an admin.")
    case Authentication.Failure.silentTooLong:
      ConnectError(
        .unauthenticated,
        "This device was away for more than 90 days; ask an admin for a new invite and join again; what waits stays here."
      )
    case Authentication.Failure.unknown:
      ConnectError(.unauthenticated, "This device is not known here; ask an admin for an invite.")
    case let error as DeviceError: ConnectError(.failedPrecondition, error.sentence)
    case SyncExchange.Failure.unsupportedProtocol(let version):
      ConnectError(
        .failedPrecondition,
        "\(RefusalWord.upgradeRequired) This server speaks protocol \(Limits.protocolVersionMin) to "
          + "\(Limits.protocolVersion), this client \(version); upgrade the older of the two.")
    case SyncExchange.Failure.foreignReplica(let number):
      ConnectError(.invalidArgument, "Replica \(number) is not this credential's.")
    case StoreError.full:
      ConnectError(.unavailable, "The server's disk is full; it takes no changes until there is room.")
    case StoreError.tryAgain:
      ConnectError(
        .unavailable, "Another program on the server holds its database; it takes no changes meanwhile.")
    case PullError.tooManyScopes(let count):
      ConnectError(
        .resourceExhausted,
        "You can see \(count) scopes; the limit is \(Limits.scopesPerUserMax). Ask an admin.")
    default: error
    }
  }
}
