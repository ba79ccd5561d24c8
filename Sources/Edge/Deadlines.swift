import NIOCore

/// Calls back once a deadline is over that moves with every request.
///
/// Moving it later costs an assignment: the timer that runs is left alone, and looks again when it fires. So
/// a busy connection pays for one timer a minute, not for two a request.
final class DeadlineTimer {
  private let eventLoop: any EventLoop
  private var onDeadline: (() -> Void)?
  private var deadline: NIODeadline?
  private var running: (task: Scheduled<Void>, at: NIODeadline)?

  /// - Parameter onDeadline: Called on the event loop; kept until ``cancel()``.
  init(eventLoop: any EventLoop, onDeadline: @escaping () -> Void) {
    self.eventLoop = eventLoop
    self.onDeadline = onDeadline
  }

  /// nil: no deadline.
  func set(_ deadline: NIODeadline?) {
    self.deadline = deadline
    guard let deadline, onDeadline != nil else { return }
    if let running {
      if running.at <= deadline { return }
      running.task.cancel()
    }
    schedule(at: deadline)
  }

  /// Ends the timer and lets go of the callback, and with it of what the callback holds.
  func cancel() {
    running?.task.cancel()
    running = nil
    onDeadline = nil
  }

  private func schedule(at time: NIODeadline) {
    let task = eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.fire() }
    running = (task, time)
  }

  private func fire() {
    running = nil
    guard let deadline else { return }
    if deadline > .now() { return schedule(at: deadline) }
    self.deadline = nil
    onDeadline?()
  }
}

/// How much time a body has left, from how much of it has come.
struct BodyPace {
  private let started: NIODeadline
  private var lastReceived: NIODeadline
  private var bytes: Int64 = 0
  /// As its head says; what has come of it, when that says nothing.
  private let declaredBytes: Int64?

  init(started: NIODeadline, declaredBytes: Int? = nil) {
    self.started = started
    self.declaredBytes = declaredBytes.map(Int64.init)
    self.lastReceived = started
  }

  mutating func received(_ count: Int, at now: NIODeadline) {
    bytes += Int64(count)
    lastReceived = now
  }

  /// The body must have gone on by then, its average must still be high enough then, and it must be whole at the last.
  func deadline(_ limits: EdgeLimits) -> NIODeadline {
    let stall = lastReceived + .milliseconds(limits.bodyStallMilliseconds)
    let earned = TimeAmount.milliseconds(bytes * 1000 / limits.bodyBytesPerSecondMin)
    let average = started + .milliseconds(limits.bodyGraceMilliseconds) + earned
    let size = declaredBytes ?? bytes
    let whole =
      started + .milliseconds(limits.bodyMilliseconds + size * 1000 / limits.bodyBytesPerSecondWhole)
    return min(stall, average, whole)
  }
}
