import ConnectRPC
import Logging
import PlanModel
import SyncCore
import SyncServer
import Synchronization

/// What a guard wants to know, in the server's log: refused credentials, what was denied or held back, secrets that
/// changed, what admins could not do.
///
/// Each kind of event is told at most once a minute for a person, or for an address when nobody is known, with how many
/// there were since: whoever makes them must not fill the log.
final class SecurityLog: Sendable {
  enum Event: String, Sendable {
    case credentialRefused = "a credential was refused"
    case denied = "a request was denied"
    case heldBack = "requests are held back: there are too many"
    case joinRefused = "a join was refused"
    case adminFailed = "a request for admins failed"
    case secretChanged = "a device changed its secret"
    case suspended = "a replaced credential was used: the device, its originals and its copies are suspended"
    /// All kinds for which there is no room.
    case others = "more happened than is told one by one"
  }

  private struct Key: Hashable {
    let event: Event
    let subject: String
  }

  private struct Window {
    let began: Int64
    var untold = 0
  }

  private struct State {
    var windows: [Key: Window] = [:]
    var swept: Int64 = 0
  }

  private static let windowMilliseconds: Int64 = 60_000
  /// So many lines a minute at most, twice.
  private static let keysMax = 500

  private let logger: Logger
  private let state = Mutex(State())

  init(_ logger: Logger) { self.logger = logger }

  /// - Parameters:
  ///   - device: As the credential says, true or not.
  ///   - now: Unix milliseconds.
  func note(
    _ event: Event, device: UInt32? = nil, person: RecordID? = nil, address: String? = nil,
    reason: String = "",
    now: Int64
  ) {
    sweep(now: now)
    let subject = person.map(\.description) ?? address ?? device.map { "device \($0)" } ?? ""
    let told = state.withLock { state -> Event? in
      var key = Key(event: event, subject: subject)
      if state.windows[key] == nil, state.windows.count >= Self.keysMax {
        key = Key(event: .others, subject: "")
      }
      guard state.windows[key] == nil else {
        state.windows[key]?.untold += 1
        return nil
      }
      state.windows[key] = Window(began: now)
      return key.event
    }
    guard let told else { return }
    var metadata: Logger.Metadata = [:]
    if let device { metadata["device"] = "\(device)" }
    if let person { metadata["person"] = "\(person)" }
    if let address { metadata["address"] = "\(address)" }
    if !reason.isEmpty { metadata["reason"] = "\(reason)" }
    logger.log(level: told.level, "\(told.rawValue)", metadata: metadata)
  }

  /// Tells how many were not told one by one, once their minute is over.
  func sweep(now: Int64) {
    let over = state.withLock { state -> [Key: Window] in
      guard now - state.swept >= 1_000 || now < state.swept else { return [:] }
      state.swept = now
      // A clock that was put back ends them too.
      let over = state.windows.filter { !(0..<Self.windowMilliseconds).contains(now - $0.value.began) }
      for key in over.keys { state.windows[key] = nil }
      return over
    }
    for (key, window) in over where window.untold > 0 {
      logger.log(
        level: key.event.level, "\(key.event.rawValue)",
        metadata: ["of": "\(key.subject)", "more": "\(window.untold)"])
    }
  }

  func note(_ event: Authentication.Event, device: UInt32, person: RecordID?, address: String?, now: Int64) {
    switch event {
    case .rotated: note(.secretChanged, device: device, person: person, address: address, now: now)
    case .suspended(let numbers):
      note(
        .suspended, device: device, person: person, address: address,
        reason: "suspended: " + numbers.map(String.init).joined(separator: ", "), now: now)
    }
  }

  /// - Parameter isForAdmins: Whether only admins may call the method: whatever fails there is told.
  func note(
    _ error: any Error, isForAdmins: Bool, device: UInt32?, person: RecordID?, address: String, now: Int64
  ) {
    guard let error = error as? ConnectError else { return }
    let event: Event
    switch error.code {
    case _ where isForAdmins: event = .adminFailed
    case .unauthenticated: event = .credentialRefused
    case .permissionDenied: event = .denied
    case .resourceExhausted: event = .heldBack
    default: return
    }
    note(event, device: device, person: person, address: address, reason: error.message, now: now)
  }
}

extension SecurityLog.Event {
  fileprivate var level: Logger.Level {
    switch self {
    case .secretChanged: .notice
    case .credentialRefused, .joinRefused, .denied, .heldBack, .adminFailed, .suspended, .others: .warning
    }
  }
}
