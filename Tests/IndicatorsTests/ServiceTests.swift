import PlanModel
import Testing
import Wording

@testable import Indicators

private let noLevels = ServiceLevels([])

/// Requests of a type opened on 2 March, so many of them answered an hour later.
private func requests(_ type: String, answered: Int, of count: Int, from first: Int) -> [Request] {
  (0..<count).map { place in
    request(
      first + place, "2026-03-02 09:00", type, place < answered ? [("responded", "2026-03-02 10:00")] : [])
  }
}

@Suite("The response rate")
struct ResponseRateTests {
  private let all =
    requests("information", answered: 9, of: 10, from: 100)
    + requests("complaint", answered: 1, of: 2, from: 200)
    + requests("technical", answered: 3, of: 4, from: 300)

  @Test("pools all types, with the rate of each as its parts")
  func pooled() {
    let figure = responseRate(all, in: year, at: yearEnd, levels: noLevels)
    #expect(figure.indicator == .response && figure.value == .share(ratio(13, 16)) && figure.n == 16)
    func part(_ name: String) -> (value: FigureValue?, n: Int)? {
      figure.parts.first { $0.name.description == name }.map { ($0.value, $0.n) }
    }
    #expect(part("information")?.value == .share(ratio(9, 10)) && part("information")?.n == 10)
    #expect(part("complaint")?.value == .share(ratio(1, 2)) && part("complaint")?.n == 2)
    #expect(part("technical")?.value == .share(ratio(3, 4)) && part("technical")?.n == 4)
    #expect(part("guidance")?.value == nil, "a type without requests has no rate")
  }

  @Test("by type is the mean of the types that have any")
  func byType() {
    let figure = responseRateByType(all, in: year, at: yearEnd, levels: noLevels)
    #expect(figure.indicator == .responseByType && figure.value == .share(ratio(43, 60)))
    #expect(figure.value?.decimal == "71.6667")
  }

  @Test("allows 24 hours where no level says otherwise, the last moment included")
  func window() {
    let figure = responseRate(
      [
        request(1, "2026-03-02 09:00", [("responded", "2026-03-03 09:00")]),
        request(2, "2026-03-02 09:00", [("responded", "2026-03-03 09:01")]),
      ], in: year, at: yearEnd, levels: noLevels)
    #expect(figure.value == .share(ratio(1, 2)))
  }

  @Test("asks only for requests whose window has passed, answered early or not")
  func notDue() {
    let cutOff = CutOff(endOf: day("2026-03-02"), now: moment("2026-03-02 12:00"))
    let figure = responseRate(
      [
        request(1, "2026-03-02 09:00", [("responded", "2026-03-02 09:30")]), request(2, "2026-03-02 10:00"),
        request(3, "2026-03-01 09:00"),
      ], in: year, at: cutOff, levels: noLevels)
    #expect(figure.value == .share(ratio(0)) && figure.used == [id(3)])
    #expect(figure.left(.notDue) == [id(1), id(2)])
  }

  @Test("takes settling a request for an answer, and passing it on for none")
  func answers() {
    func isAnswered(_ event: String) -> Bool {
      request(1, "2026-03-02 09:00", [(event, "2026-03-02 10:00")]).firstAnswer(by: yearEnd) != nil
    }
    #expect(isAnswered("responded") && isAnswered("resolved"))
    #expect(!isAnswered("escalated") && !isAnswered("reclassified") && !isAnswered("unknown-77"))
  }

  @Test("knows nothing of what happened after the cut-off")
  func laterEvents() {
    let late = request(1, "2026-06-28 09:00", [("responded", "2026-07-01 00:00")])
    let intime = request(2, "2026-06-28 09:00", [("responded", "2026-06-29 09:00")])
    let figure = responseRate([late, intime], in: year, at: endOf("2026-06-30"), levels: noLevels)
    #expect(figure.value == .share(ratio(1, 2)))
    #expect(late.firstAnswer(by: endOf("2026-06-30")) == nil)
    #expect(late.firstAnswer(by: yearEnd) == moment("2026-07-01"))
  }

  @Test("leaves out requests of another time, and of none is not available")
  func otherTimes() {
    let figure = responseRate(
      [request(1, "2025-12-31 09:00"), request(2, "2026-07-01 09:00")], in: year, at: endOf("2026-06-30"),
      levels: noLevels)
    #expect(figure.isAbsent && figure.n == 0)
    #expect(figure.left(.outsidePeriod) == [id(1)] && figure.left(.afterCutOff) == [id(2)])
    #expect(responseRate([], in: year, at: yearEnd, levels: noLevels).isAbsent)
    #expect(responseRateByType([], in: year, at: yearEnd, levels: noLevels).isAbsent)
  }
}

@Suite("The time by which half are answered")
struct ResponseTimeTests {
  @Test(
    "counts those who still wait for as long as they have waited",
    arguments: [
      ([10, 20, -30, 40, -50], 40), ([10, 20, 40], 20), ([10, -20], 10), ([10, 20, 30, 40], 20), ([7], 7),
      ([10, 10, -10], 10), ([5, 5, 5, 5], 5), ([0, 0, 9], 0), ([-1, -2, 30], 30),
      ([50, -10, 40, -30, 20], 40),
      ([10, -20, -30], nil), ([10, -10, -10], nil), ([-5, -5], nil), ([], nil), ([-7], nil),
    ] as [([Int64], Int64?)])
  func productLimit(times: [Int64], median: Int64?) {
    // A negative number still waits.
    let waits = times.map { Wait(time: abs($0), isOver: $0 >= 0) }
    #expect(medianWait(waits) == median)
    #expect(medianWait(waits.reversed()) == median)
  }

  @Test("is the middle one exactly, however many fractions are multiplied")
  func exact() {
    for count in 1...200 {
      let waits = (1...count).map { Wait(time: Int64($0), isOver: true) }
      #expect(medianWait(waits) == Int64((count + 1) / 2), "\(count)")
    }
  }

  private let cutOff = CutOff(endOf: day("2026-03-02"), now: moment("2026-03-02 12:00"))

  @Test("is not made shorter by leaving requests unanswered")
  func figure() {
    let all = [
      request(1, "2026-03-02 08:00", [("responded", "2026-03-02 08:10")]),
      request(2, "2026-03-02 08:00", [("responded", "2026-03-02 08:20")]),
      request(3, "2026-03-02 11:30"),
      request(4, "2026-03-02 08:00", [("escalated", "2026-03-02 08:05"), ("resolved", "2026-03-02 08:40")]),
      request(5, "2026-03-02 11:10"),
    ]
    let figure = responseTime(all, in: year, at: cutOff)
    #expect(figure.indicator == .responseTime && figure.value == .duration(minutes(40)) && figure.n == 5)
    let answered = all.filter { !$0.events.isEmpty }
    #expect(responseTime(answered, in: year, at: cutOff).value == .duration(minutes(20)))
    #expect(
      figure.indicator.isBetterWhenLower && figure.value?.decimal == "0.6667" && figure.value?.unit == "hours"
    )
  }

  @Test("that is not reached is not available, though there are requests")
  func notReached() {
    let figure = responseTime(
      [
        request(1, "2026-03-02 08:00", [("responded", "2026-03-02 08:10")]), request(2, "2026-03-02 08:00"),
        request(3, "2026-03-02 09:00"),
      ], in: year, at: cutOff)
    #expect(figure.isAbsent && figure.n == 3)
    #expect(responseTime([], in: year, at: cutOff).isAbsent)
  }

  @Test("does not stop at an answer that was written down before the question")
  func answeredBefore() {
    let figure = responseTime(
      [request(1, "2026-03-02 08:00", [("responded", "2026-03-02 07:00")])], in: year, at: cutOff)
    #expect(figure.n == 1)
  }
}

@Suite("The resolution of problems")
struct ResolutionTests {
  @Test("takes what is resolved and not reopened; closing alone resolves nothing")
  func resolved() {
    let figure = problemResolutionRate(
      [
        request(1, "2026-03-02", problem: true, [("resolved", "2026-03-03")]),
        request(2, "2026-03-02", problem: true, [("resolved", "2026-03-03"), ("reopened", "2026-03-04")]),
        request(
          3, "2026-03-02", problem: true,
          [("resolved", "2026-03-03"), ("reopened", "2026-03-04"), ("resolved", "2026-03-09")]),
        request(4, "2026-03-02", problem: true, [("responded", "2026-03-03"), ("closed", "2026-03-04")]),
        request(5, "2026-03-02", problem: true),
        request(6, "2026-03-02", problem: true, [("resolved", "2026-03-03"), ("closed", "2026-03-04")]),
        request(7, "2026-03-02", "guidance", [("resolved", "2026-03-03")]),
      ], in: year, at: yearEnd)
    #expect(figure.indicator == .resolution && figure.value == .share(ratio(3, 6)) && figure.n == 6)
    #expect(figure.left(.notAProblem) == [id(7)])
  }

  @Test("is as it was at the cut-off, of the problems of the period")
  func cutOff() {
    let all = [
      request(1, "2026-03-02", problem: true, [("resolved", "2026-07-01")]),
      request(2, "2026-03-02", problem: true, [("resolved", "2026-05-01"), ("reopened", "2026-07-02")]),
      request(3, "2025-12-30", problem: true, [("resolved", "2026-01-02")]),
      request(4, "2026-07-01", problem: true, [("resolved", "2026-07-02")]),
    ]
    let half = problemResolutionRate(all, in: year, at: endOf("2026-06-30"))
    #expect(half.value == .share(ratio(1, 2)))
    #expect(half.left(.outsidePeriod) == [id(3)] && half.left(.afterCutOff) == [id(4)])
    #expect(problemResolutionRate(all, in: year, at: yearEnd).value == .share(ratio(2, 3)))
    #expect(problemResolutionRate(all, in: period("2025"), at: yearEnd).value == .share(ratio(1)))
  }

  @Test("of no problem is not available")
  func nothing() {
    #expect(problemResolutionRate([], in: year, at: yearEnd).isAbsent)
    #expect(problemResolutionRate([request(1, "2026-03-02")], in: year, at: yearEnd).isAbsent)
  }

  @Test("tells when it was resolved for the last time, and whether anything is left to do")
  func moments() {
    let request = request(
      1, "2026-03-02", problem: true,
      [
        ("resolved", "2026-03-03"), ("reopened", "2026-03-04"), ("resolved", "2026-03-05"),
        ("closed", "2026-03-06"),
      ])
    #expect(request.resolvedAt(by: CutOff(endOf: day("2026-03-02"), now: moment("2026-03-02"))) == nil)
    #expect(
      request.resolvedAt(by: CutOff(endOf: day("2026-03-03"), now: moment("2026-03-03")))
        == moment("2026-03-03"))
    #expect(request.resolvedAt(by: CutOff(endOf: day("2026-03-04"), now: moment("2026-03-04"))) == nil)
    #expect(request.resolvedAt(by: yearEnd) == moment("2026-03-05"))
    #expect(
      !request.isEnded(by: CutOff(endOf: day("2026-03-02"), now: moment("2026-03-02")))
        && request.isEnded(by: CutOff(endOf: day("2026-03-03"), now: moment("2026-03-03"))))
    #expect(
      !request.isEnded(by: CutOff(endOf: day("2026-03-04"), now: moment("2026-03-04")))
        && request.isEnded(by: yearEnd))
  }

  @Test("at first contact takes one answer at most, never passed on, never reopened")
  func firstContact() {
    let figure = firstContactResolution(
      [
        request(1, "2026-03-02", [("resolved", "2026-03-03")]),
        request(2, "2026-03-02", [("responded", "2026-03-03"), ("resolved", "2026-03-04")]),
        request(
          3, "2026-03-02",
          [("responded", "2026-03-03"), ("responded", "2026-03-04"), ("resolved", "2026-03-05")]),
        request(4, "2026-03-02", [("escalated", "2026-03-03"), ("resolved", "2026-03-04")]),
        request(
          5, "2026-03-02",
          [("resolved", "2026-03-03"), ("reopened", "2026-03-04"), ("resolved", "2026-03-05")]),
        request(6, "2026-03-02", [("responded", "2026-03-03")]),
        request(7, "2026-03-02", [("closed", "2026-03-03")]),
      ], in: year, at: yearEnd)
    #expect(figure.indicator == .firstContact && figure.value == .share(ratio(2, 5)) && figure.n == 5)
    #expect(figure.left(.notResolved) == [id(6), id(7)])
    #expect(firstContactResolution([], in: year, at: yearEnd).isAbsent)
  }
}

@Suite("Service levels")
struct ServiceLevelTests {
  @Test(
    "of a type and a severity come before those of the severity, of the type, of all",
    arguments: [false, true])
  func mostSpecific(isReversed: Bool) {
    let all = [
      level(1, respond: 24), level(2, type: "complaint", respond: 8),
      level(3, severity: "critical", respond: 4),
      level(4, type: "complaint", severity: "critical", respond: 2),
    ]
    let levels = ServiceLevels(isReversed ? all.reversed() : all)
    for (type, severity, hoursToAnswer) in [
      ("complaint", "critical", 2), ("technical", "critical", 4), ("complaint", "low", 8),
      ("complaint", nil, 8),
      ("information", "low", 24), ("information", nil, 24),
    ] as [(String, String?, Int64)] {
      let request = request(1, "2026-03-02 09:00", type, severity: severity)
      #expect(
        levels.answerDue(request) == request.openedAt + hours(hoursToAnswer), "\(type) \(severity ?? "")")
    }
  }

  @Test("of the same reach are told apart the same way each time")
  func sameReach() {
    let one = level(1, type: "complaint", respond: 3)
    let other = level(2, type: "complaint", respond: 5)
    let request = request(1, "2026-03-02", "complaint")
    #expect(
      ServiceLevels([one, other]).level(of: request)?.id
        == ServiceLevels([other, one]).level(of: request)?.id)
  }

  @Test("that say nothing leave 24 hours to answer and no time to settle")
  func nothing() {
    let request = request(1, "2026-03-02 09:00", "complaint")
    for levels in [noLevels, ServiceLevels([level(1, type: "technical", respond: 2, resolve: 4)])] {
      #expect(levels.level(of: request) == nil)
      #expect(levels.answerDue(request) == moment("2026-03-03 09:00"))
      #expect(levels.resolutionDue(request) == nil)
    }
    let resolveOnly = ServiceLevels([level(1, resolve: 48)])
    #expect(resolveOnly.answerDue(request) == moment("2026-03-03 09:00"))
    #expect(resolveOnly.resolutionDue(request) == moment("2026-03-04 09:00"))
    #expect(noLevels.isEmpty && !resolveOnly.isEmpty)
  }

  @Test("give their windows to the response rate")
  func responseRates() {
    let all = [
      request(1, "2026-03-02 09:00", "complaint", [("responded", "2026-03-02 12:00")]),
      request(2, "2026-03-02 09:00", "information", [("responded", "2026-03-02 12:00")]),
    ]
    let levels = ServiceLevels([level(1, type: "complaint", respond: 2)])
    #expect(responseRate(all, in: year, at: yearEnd, levels: levels).value == .share(ratio(1, 2)))
    #expect(responseRate(all, in: year, at: yearEnd, levels: noLevels).value == .share(ratio(1)))
  }

  @Test("are met or missed; what is open and not yet due does not count")
  func rate() {
    let cutOff = CutOff(endOf: day("2026-03-05"), now: moment("2026-03-05 12:00"))
    let figure = serviceLevelRate(
      [
        // Answered in time, settled too late.
        request(
          1, "2026-03-01 09:00", [("responded", "2026-03-01 11:00"), ("resolved", "2026-03-03 21:00")]),
        // Answered too late, still with time to be settled.
        request(2, "2026-03-04 09:00", [("responded", "2026-03-04 15:00")]),
        // Nothing happened, and nothing had to.
        request(3, "2026-03-05 11:00"),
        // Answered before its time.
        request(4, "2026-03-05 11:00", [("responded", "2026-03-05 11:30")]),
        // Nobody ever did anything.
        request(5, "2026-03-01 09:00"),
      ], in: year, at: cutOff, levels: ServiceLevels([level(1, respond: 4, resolve: 48)]))
    // Met: answers to 1 and 4. Missed: settling 1, the answer to 2, both of 5.
    #expect(figure.indicator == .serviceLevel && figure.value == .share(ratio(2, 6)) && figure.n == 6)
    #expect(figure.left(.notDue) == [id(3)])
  }

  @Test("are met at their very end")
  func atTheEnd() {
    let levels = ServiceLevels([level(1, respond: 4, resolve: 48)])
    let intime = request(
      1, "2026-03-01 09:00", [("responded", "2026-03-01 13:00"), ("resolved", "2026-03-03 09:00")])
    let late = request(
      1, "2026-03-01 09:00", [("responded", "2026-03-01 13:01"), ("resolved", "2026-03-03 09:01")])
    #expect(serviceLevelRate([intime], in: year, at: yearEnd, levels: levels).value == .share(ratio(1)))
    #expect(serviceLevelRate([late], in: year, at: yearEnd, levels: levels).value == .share(ratio(0)))
  }

  @Test("of no request are not available")
  func empty() { #expect(serviceLevelRate([], in: year, at: yearEnd, levels: noLevels).isAbsent) }
}

@Suite("Open requests")
struct OpenRequestsTests {
  private let levels = ServiceLevels([level(1, type: "complaint", respond: 4, resolve: 48)])
  private let cutOff = CutOff(endOf: day("2026-03-05"), now: moment("2026-03-05 12:00"))

  @Test("are those not ended, the oldest first, with their age")
  func oldestFirst() {
    let open = openRequests(
      [
        request(1, "2026-03-05 10:00"), request(2, "2026-03-01 12:00"),
        request(3, "2026-02-01", [("resolved", "2026-02-02")]),
        request(4, "2026-02-01", [("closed", "2026-02-02")]),
        request(5, "2026-03-03 12:00", [("resolved", "2026-03-04"), ("reopened", "2026-03-05")]),
        request(6, "2026-03-05 13:00"), request(7, "2026-03-04 12:00", [("resolved", "2026-03-06")]),
      ], at: cutOff, levels: levels)
    #expect(open.map(\.request.id) == [2, 5, 7, 1].map { id($0) })
    #expect(open.map(\.age) == [96, 48, 24, 2].map { hours($0) })
  }

  @Test("have the next deadline: for an answer, then for the end, then none")
  func due() {
    let open = openRequests(
      [
        request(1, "2026-03-05 09:00", "complaint"),
        request(2, "2026-03-05 10:00", "complaint", [("responded", "2026-03-05 10:30")]),
        request(3, "2026-03-05 11:00", "technical", [("responded", "2026-03-05 11:30")]),
        request(4, "2026-03-05 11:30", "technical"),
      ], at: cutOff, levels: levels)
    #expect(open.map(\.request.id) == [1, 2, 3, 4].map { id($0) })
    #expect(open[0].due?.at == moment("2026-03-05 13:00") && open[0].due?.isAnswer == true)
    #expect(open[1].due?.at == moment("2026-03-07 10:00") && open[1].due?.isAnswer == false)
    #expect(open[2].due == nil && !open[2].isOverdue(at: .max))
    #expect(open[3].due?.at == moment("2026-03-06 11:30") && open[3].due?.isAnswer == true)
    #expect(!open[0].isOverdue(at: moment("2026-03-05 13:00")))
    #expect(open[0].isOverdue(at: moment("2026-03-05 13:01")))
  }
}
