import Foundation
import PlanModel
import Wording

@testable import Indicators

// Small makers of facts, so that a test says only what it is about.
// A text that cannot be read is a slip of the test.

/// The same each time; numbers tell them apart.
func id(_ number: Int) -> RecordID {
  RecordID(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0000 | UInt64(number))
}

func day(_ text: String) -> PlanDate {
  guard let day = PlanDate(text) else { preconditionFailure("\(text) is not a day") }
  return day
}

func period(_ text: String) -> Period {
  guard let period = Period(text) else { preconditionFailure("\(text) is not a period") }
  return period
}

func money(_ text: String) -> Money {
  guard let money = Money(text) else { preconditionFailure("\(text) is not an amount") }
  return money
}

func ratio(_ numerator: Int, _ denominator: Int = 1) -> Ratio {
  guard let ratio = Ratio(numerator, of: denominator) else {
    preconditionFailure("nothing is no denominator")
  }
  return ratio
}

/// "2026-01-15" at midnight, "2026-01-15 08:30"; Unix milliseconds.
func moment(_ text: String) -> Int64 {
  let words = text.split(separator: " ")
  guard words.count == 2 else { return day(text).milliseconds }
  let clock = words[1].split(separator: ":").compactMap { Int64($0) }
  guard clock.count == 2 else { preconditionFailure("\(text) is not a moment") }
  return day(String(words[0])).milliseconds + (clock[0] * 60 + clock[1]) * 60_000
}

func minutes(_ count: Int64) -> Int64 { count * 60_000 }
func hours(_ count: Int64) -> Int64 { count * 3_600_000 }

func endOf(_ text: String) -> CutOff { CutOff(endOf: day(text)) }

/// The end of 2026 unless a test is about another moment.
let yearEnd = endOf("2026-12-31")
let year = period("2026")
let inEuros = Valuation("EUR")

// MARK: - Value

func sale(
  _ number: Int, _ on: String, _ revenue: String, cost: String? = nil, product: Int? = nil,
  strategy: Int? = nil, creditNote: Bool = false, recorded: String? = nil
) -> Sale {
  Sale(
    id: id(number), recordedAt: moment(recorded ?? on), day: day(on), isCreditNote: creditNote,
    revenue: money(revenue), cost: cost.map { money($0) }, product: product.map { id($0) },
    strategy: strategy.map { id($0) })
}

func cost(
  _ number: Int, _ on: String, _ purpose: Cost.Purpose, _ amount: String, strategy: Int? = nil
) -> Cost {
  Cost(
    id: id(number), recordedAt: moment(on), day: day(on), purpose: purpose, amount: money(amount),
    strategy: strategy.map { id($0) })
}

func target(
  _ number: Int, _ of: String, revenue: String? = nil, margin: String? = nil, product: Int? = nil
) -> RevenueTarget {
  RevenueTarget(
    id: id(number), recordedAt: 0, period: period(of), product: product.map { id($0) },
    revenue: revenue.map { money($0) }, margin: margin.map { money($0) })
}

func potential(_ number: Int, _ product: Int, _ amount: String?) -> Potential {
  Potential(
    id: id(number), recordedAt: 0, product: id(product), state: "potential",
    amount: amount.map { money($0) }, competitor: nil)
}

// MARK: - Satisfaction

/// To recommend us, on a scale to 10, on a day in 2026, unless it says otherwise.
func answer(
  _ number: Int, _ score: Int, _ measure: Measure? = .nps, scale: Int? = 10, at: String = "2026-03-10",
  campaign: Int? = 9_000, contact: Int? = nil, recorded: String? = nil
) -> Answer {
  Answer(
    id: id(number), recordedAt: moment(recorded ?? at), at: moment(at), day: day(String(at.prefix(10))),
    campaign: campaign.map { id($0) }, contact: contact.map { id($0) }, measure: measure, scaleMax: scale,
    score: score)
}

/// One answer a score, each of another person.
func answers(_ scores: [Int], _ measure: Measure = .nps, scale: Int = 10, from first: Int = 1) -> [Answer] {
  scores.enumerated().map { place, score in
    answer(first + place, score, measure, scale: scale, contact: 10_000 + first + place)
  }
}

func invitation(_ number: Int, contact: Int, on: String = "2026-03-01", campaign: Int = 9_000) -> Invitation {
  Invitation(
    id: id(number), recordedAt: moment(on), day: day(on), campaign: id(campaign), contact: id(contact))
}

func review(
  _ number: Int, _ stars: Double, of scale: Int? = 5, on: String = "2026-03-10", site: String = "Avis"
) -> Review {
  Review(
    id: id(number), recordedAt: moment(on), day: day(on), site: site, stars: stars, scaleMax: scale)
}

// MARK: - Service

func request(
  _ number: Int, _ opened: String, _ type: String = "information", severity: String? = nil,
  problem: Bool = false, _ events: [(String, String)] = []
) -> Request {
  Request(
    id: id(number), recordedAt: moment(opened), openedAt: moment(opened), day: day(String(opened.prefix(10))),
    type: type, severity: severity, isProblem: problem,
    events: events.map { Request.Event($0.0, at: moment($0.1)) })
}

func request(_ number: Int, _ opened: String, _ events: [(String, String)]) -> Request {
  request(number, opened, "information", events)
}

func level(
  _ number: Int, type: String? = nil, severity: String? = nil, respond: Int? = nil, resolve: Int? = nil
) -> ServiceLevel {
  ServiceLevel(
    id: id(number), name: "level \(number)", type: type, severity: severity, respondHours: respond,
    resolveHours: resolve)
}

// MARK: - Accounts

func account(_ number: Int, _ change: (inout AccountFacts) -> Void = { _ in }) -> AccountFacts {
  var account = AccountFacts(profile: AccountProfile(id: id(number)))
  account.profile.slug = "account-\(number)"
  account.profile.name = "Account \(number)"
  change(&account)
  return account
}

func contact(_ number: Int, by person: Int?, on: String) -> ContactMade {
  ContactMade(
    id: id(number), recordedAt: moment(on), at: moment(on), day: day(on), by: person.map { id($0) })
}

func objective(
  _ number: Int, status: String = "in-progress", baseline: Double? = nil, target: Double? = nil,
  current: Double? = nil, due: String? = nil, weight: Int? = nil, plan: String? = nil
) -> Objective {
  Objective(
    id: id(number), recordedAt: 0, title: "Objective \(number)", metric: nil,
    statusNumber: KindDescription.objective.choices(of: ObjectiveRegister.status)?.number(named: status) ?? 0,
    baseline: baseline, target: target, current: current, targetText: nil, currentText: nil, unit: nil,
    due: due.map { day($0) }, weight: weight, isShared: false, plan: plan.map { period($0) })
}

// MARK: - What figures say

extension Figure {
  /// The records that it leaves out for a reason.
  func left(_ reason: Reason) -> [RecordID] { excluded.first { $0.reason == reason }?.records ?? [] }

  /// Not available, and it says why.
  var isAbsent: Bool { value == nil && absence.map { !$0.isEmpty } ?? false }
}

/// Whether two numbers agree to so many parts of the greater.
func agree(_ left: Double, _ right: Double, relative: Double, absolute: Double = 0) -> Bool {
  if left == right { return true }
  return abs(left - right) <= max(relative * max(abs(left), abs(right)), absolute)
}

func agree(_ interval: ClosedRange<Double>?, _ low: Double, _ high: Double, within: Double = 0.0005) -> Bool {
  guard let interval else { return false }
  return abs(interval.lowerBound - low) <= within && abs(interval.upperBound - high) <= within
}

// MARK: - Vectors

/// A file of the folder Vectors, as rows of its fields; the first line names them.
func rows(of name: String) throws -> [[String: String]] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
  let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  var lines = text.split(separator: "\n").map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
  }
  let names = lines.removeFirst()
  return lines.map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
}

extension [String: String] {
  /// A field of a vector that must hold a number.
  func number(_ name: String) -> Double {
    guard let number = self[name].flatMap({ Double($0) }) else { preconditionFailure("\(name) is no number") }
    return number
  }
}

// MARK: - Chance

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}
