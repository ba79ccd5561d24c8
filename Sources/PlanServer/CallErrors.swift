import ConnectRPC
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import SyncServer
import Wording

extension ConnectError {
  /// A refusal as a sentence in English, and as a code for clients that say it in their person's language.
  ///
  /// - Parameter word: Begins the sentence: what a client must do that knows no codes.
  init(_ code: ConnectCode, _ refusal: CallRefusal, word: String? = nil, retryAfterSeconds: Int? = nil) {
    let message = refusal.message
    self.init(code, word.map { "\($0) \(message)" } ?? message, retryAfterSeconds: retryAfterSeconds)
    details =
      (try? refusal.wire.serializedBytes()).map { [Detail(type: CallRefusal.detailType, value: $0)] }
      ?? []
  }
}

extension CallRefusal {
  /// In English, for who knows no codes: an older client, which shows it as it comes, and an admin at kamd's terminal.
  var message: String { phrase.text(in: .english.read(in: KamCommands())) }
}

/// Names what one can do by kam's commands.
private struct KamCommands: FrontEnd {
  func name(of action: Action, in language: Language) -> String {
    switch action {
    case .listRecords(let kind): "kam \(kind) list"
    case .listDevices: "kam device list"
    case .endDevice(let number): "kam device end \(number.map(String.init) ?? "N")"
    case .engageDepartment: "kam account engage"
    default: action.words.text(in: language)
    }
  }

  func name(ofField field: String, in language: Language) -> String { field }
}

extension SyncService {
  static let unknownScope = ConnectError(.notFound, .edit(.accountUnknownOrForbidden))

  /// What a refusal is on the wire; anything unknown is our own bug and says nothing.
  static func connectError(_ error: any Error) -> any Error {
    switch error {
    case Authentication.Failure.revoked:
      ConnectError(.unauthenticated, .deviceRevoked, word: RefusalWord.deviceRevoked)
    case Authentication.Failure.suspended:
      ConnectError(.unauthenticated, .deviceSuspended, word: RefusalWord.suspended)
    case Authentication.Failure.userSuspended:
      ConnectError(.permissionDenied, .personSuspended, word: RefusalWord.suspended)
    case Authentication.Failure.silentTooLong:
      ConnectError(.unauthenticated, .silentTooLong(days: Authentication.silenceDaysMax))
    case Authentication.Failure.unknown: ConnectError(.unauthenticated, .unknownDevice)
    case let error as DeviceError: ConnectError(.failedPrecondition, error.refusal)
    case SyncExchange.Failure.unsupportedProtocol(let version):
      ConnectError(
        .failedPrecondition,
        .unknownProtocol(
          Int(version), from: Int(Limits.protocolVersionMin), through: Int(Limits.protocolVersion)),
        word: RefusalWord.upgradeRequired)
    case SyncExchange.Failure.foreignReplica(let number):
      ConnectError(.invalidArgument, "Replica \(number) is not this credential's.")
    case StoreError.full: ConnectError(.unavailable, .diskFull)
    case StoreError.tryAgain: ConnectError(.unavailable, .databaseHeld)
    case PullError.tooManyScopes(let count):
      ConnectError(.resourceExhausted, .tooManyScopes(count, maximum: Limits.scopesPerUserMax))
    default: error
    }
  }
}
