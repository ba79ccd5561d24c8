import PlanModel
import Wording

// How requests are dealt with, whatever their type. Timings go by when things happened, not by when they were written
// down, so that what was entered offline falsifies nothing.

extension Request {
  fileprivate func events(by cutOff: CutOff) -> some Sequence<Event> {
    events.lazy.filter { cutOff.includes($0.day, $0.at) }
  }

  /// When a person first answered: settling it is an answer too, passing it on is none.
  package func firstAnswer(by cutOff: CutOff) -> Int64? {
    events(by: cutOff).first { ["responded", "resolved"].contains($0.type) }?.at
  }

  /// When it was resolved for the last time; nil when it was not, or was reopened since. Closing alone resolves nothing.
  package func resolvedAt(by cutOff: CutOff) -> Int64? {
    var resolved: Int64?
    for event in events(by: cutOff) {
      if event.type == "resolved" { resolved = event.at }
      if event.type == "reopened" { resolved = nil }
    }
    return resolved
  }

  /// Whether nothing more is to be done: resolved, or closed.
  package func isEnded(by cutOff: CutOff) -> Bool {
    var ended = false
    for event in events(by: cutOff) {
      if ["resolved", "closed"].contains(event.type) { ended = true }
      if event.type == "reopened" { ended = false }
    }
    return ended
  }

  /// Whether it was settled without coming back to us: one answer at most, never passed on, never reopened.
  fileprivate func isResolvedAtFirstContact(by cutOff: CutOff) -> Bool {
    let all = Array(events(by: cutOff))
    return all.count { $0.type == "responded" } <= 1
      && !all.contains { ["reopened", "escalated"].contains($0.type) }
  }
}

/// Which deadlines requests have.
package struct ServiceLevels: Sendable {
  /// Applies where no level says otherwise.
  package static let respondHoursDefault = 24

  private let levels: [ServiceLevel]

  package init(_ levels: [ServiceLevel]) { self.levels = levels }

  package var isEmpty: Bool { levels.isEmpty }

  /// The one that says most of it: of its type and severity before of its severity before of its type.
  package func level(of request: Request) -> ServiceLevel? {
    levels.filter { level in
      (level.type == nil || level.type == request.type)
        && (level.severity == nil || level.severity == request.severity)
    }.max { left, right in (Self.rank(left), right.id) < (Self.rank(right), left.id) }
  }

  private static func rank(_ level: ServiceLevel) -> Int {
    (level.severity == nil ? 0 : 2) + (level.type == nil ? 0 : 1)
  }

  /// By when a person is to answer, Unix milliseconds.
  package func answerDue(_ request: Request) -> Int64 {
    request.openedAt + hours(level(of: request)?.respondHours ?? Self.respondHoursDefault)
  }

  /// By when it is to be settled; nil where no level says so.
  package func resolutionDue(_ request: Request) -> Int64? {
    level(of: request)?.resolveHours.map { request.openedAt + hours($0) }
  }

  private func hours(_ count: Int) -> Int64 { Int64(count) * 3_600_000 }
}

/// The share of the problems for which customers came to us that are solved.
package func problemResolutionRate(_ requests: [Request], in period: Period, at cutOff: CutOff) -> Figure {
  let selection = Selection(requests) { request in
    outside(request, period, cutOff) ?? (request.isProblem ? nil : .notAProblem)
  }
  return rate(.resolution, selection, cutOff, absence: "no problems were reported") {
    $0.resolvedAt(by: cutOff) != nil
  }
}

/// Of what was resolved, the share that took no second contact.
package func firstContactResolution(_ requests: [Request], in period: Period, at cutOff: CutOff) -> Figure {
  let selection = Selection(requests) { request in
    outside(request, period, cutOff) ?? (request.resolvedAt(by: cutOff) == nil ? .notResolved : nil)
  }
  return rate(.firstContact, selection, cutOff, absence: "nothing was resolved") {
    $0.isResolvedAtFirstContact(by: cutOff)
  }
}

/// The types of requests, in the order in which they are shown.
package let requestTypes = ["information", "guidance", "complaint", "technical", "other"]

/// The share of requests that a person answered in time, all types pooled, with the rate of each type as its parts.
package func responseRate(
  _ requests: [Request], in period: Period, at cutOff: CutOff, levels: ServiceLevels
) -> Figure {
  let selection = answerable(requests, period, cutOff, levels)
  func isInTime(_ request: Request) -> Bool { answeredInTime(request, cutOff, levels) }
  var figure = rate(.response, selection, cutOff, absence: "no request has come due", counts: isInTime)
  figure.parts = requestTypes.map { type in
    let those = selection.used.filter { $0.type == type }
    return (
      .word(type), Ratio(those.count(where: isInTime), of: those.count).map(FigureValue.share), those.count
    )
  }
  return figure
}

/// The mean of the types' rates: the article's "mean response rate" can be read either way.
package func responseRateByType(
  _ requests: [Request], in period: Period, at cutOff: CutOff, levels: ServiceLevels
) -> Figure {
  let pooled = responseRate(requests, in: period, at: cutOff, levels: levels)
  let rates = pooled.parts.compactMap { part -> Ratio? in
    if case .share(let ratio)? = part.value { ratio } else { nil }
  }
  return Figure(
    .responseByType, mean(rates).map(FigureValue.share), n: rates.count, used: pooled.used,
    excluded: pooled.excluded, absence: "no request has come due", late: pooled.late)
}

/// Those whose time to be answered has passed: what is answered early does not count before its time either.
private func answerable(
  _ requests: [Request], _ period: Period, _ cutOff: CutOff, _ levels: ServiceLevels
) -> Selection<Request> {
  Selection(requests) { request in
    if let reason = outside(request, period, cutOff) { return reason }
    return levels.answerDue(request) > cutOff.at ? .notDue : nil
  }
}

private func answeredInTime(_ request: Request, _ cutOff: CutOff, _ levels: ServiceLevels) -> Bool {
  request.firstAnswer(by: cutOff).map { $0 <= levels.answerDue(request) } ?? false
}

/// Deadlines to answer and to settle, as levels set them.
package func serviceLevelRate(
  _ requests: [Request], in period: Period, at cutOff: CutOff, levels: ServiceLevels
) -> Figure {
  var (met, missed) = (0, 0)
  let selection = Selection(requests) { request in
    if let reason = outside(request, period, cutOff) { return reason }
    guard let level = levels.level(of: request) else { return .notStated }
    let answer = level.respondHours.map { _ in
      kept(levels.answerDue(request), done: request.firstAnswer(by: cutOff), cutOff)
    }
    let resolution = levels.resolutionDue(request).map {
      kept($0, done: request.resolvedAt(by: cutOff), cutOff)
    }
    let outcomes = [answer, resolution].compactMap { $0 ?? nil }
    met += outcomes.count { $0 }
    missed += outcomes.count { !$0 }
    return outcomes.isEmpty ? .notDue : nil
  }
  return Figure(
    .serviceLevel, Ratio(met, of: met + missed).map(FigureValue.share), n: met + missed,
    interval: wilsonInterval(met, of: met + missed).map(percent), used: selection.ids,
    excluded: selection.excluded,
    absence: levels.isEmpty ? "no service level is set" : "no deadline has come",
    late: selection.late(after: cutOff))
}

/// Whether a deadline was met; nil while it is open.
private func kept(_ due: Int64, done: Int64?, _ cutOff: CutOff) -> Bool? {
  if let done { return done <= due }
  return due <= cutOff.at ? false : nil
}

/// The median time to the first answer, those that still wait included.
package func responseTime(_ requests: [Request], in period: Period, at cutOff: CutOff) -> Figure {
  let selection = Selection(requests) { outside($0, period, cutOff) }
  let waits = selection.used.map { request in
    let answer = request.firstAnswer(by: cutOff)
    return Wait(time: max(0, (answer ?? cutOff.at) - request.openedAt), isOver: answer != nil)
  }
  return Figure(
    .responseTime, medianWait(waits).map(FigureValue.duration), n: waits.count, used: selection.ids,
    excluded: selection.excluded,
    absence: waits.isEmpty ? "no requests" : "not reached: fewer than half have an answer",
    late: selection.late(after: cutOff))
}

private func outside(_ request: Request, _ period: Period, _ cutOff: CutOff) -> Reason? {
  if !period.contains(request.day) { return .outsidePeriod }
  return cutOff.includes(request.day, request.openedAt) ? nil : .afterCutOff
}

// MARK: - Waiting

/// How long something took, or has taken so far.
package struct Wait: Sendable {
  /// In any unit.
  package let time: Int64
  package let isOver: Bool

  package init(time: Int64, isOver: Bool) {
    self.time = time
    self.isOver = isOver
  }
}

/// The time by which half are over, by the product-limit estimate: those that go on count as long as they have gone on.
///
/// - Returns: nil when it is not reached.
/// - SeeAlso: Kaplan and Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958).
package func medianWait(_ waits: [Wait]) -> Int64? {
  // What ends at a moment was still there at it, so it comes before what was last seen then.
  let sorted = waits.sorted { ($0.time, $0.isOver ? 0 : 1) < ($1.time, $1.isOver ? 0 : 1) }
  var surviving = 1.0
  for (place, wait) in sorted.enumerated() where wait.isOver {
    surviving *= 1 - 1 / Double(sorted.count - place)
    // 0.5 is hit exactly by counts; a product of fractions may miss it by a rounding.
    if surviving <= 0.5 + 1e-12 { return wait.time }
  }
  return nil
}

// MARK: - What is open

/// An open request, and what of it is late.
package struct OpenRequest: Sendable {
  package let request: Request
  /// Milliseconds since it was opened.
  package let age: Int64
  /// The next deadline, Unix milliseconds, and whether it is for an answer or for the end.
  package let due: (at: Int64, isAnswer: Bool)?

  package func isOverdue(at moment: Int64) -> Bool { due.map { $0.at < moment } ?? false }
}

/// Requests that are not ended, the oldest first.
package func openRequests(_ requests: [Request], at cutOff: CutOff, levels: ServiceLevels) -> [OpenRequest] {
  requests.filter { cutOff.includes($0.day, $0.openedAt) && !$0.isEnded(by: cutOff) }
    .sorted { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }
    .map { request in
      let isAnswered = request.firstAnswer(by: cutOff) != nil
      let due =
        isAnswered
        ? levels.resolutionDue(request).map { (at: $0, isAnswer: false) }
        : (at: levels.answerDue(request), isAnswer: true)
      return OpenRequest(request: request, age: max(0, cutOff.at - request.openedAt), due: due)
    }
}
