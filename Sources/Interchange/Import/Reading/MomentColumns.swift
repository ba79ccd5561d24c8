import PlanModel
import Speech
import Workbench

/// What the cells of a column look like, of those that may be days or times of day.
enum MomentForm {
  case days, times, moments, other

  /// By the most of them; a column with days is none of times.
  init(_ cells: some Sequence<String>) {
    var counts = (days: 0, times: 0, moments: 0, other: 0)
    for cell in cells where !cell.isEmpty {
      if DayText.clock(cell) != nil {
        counts.times += 1
        continue
      }
      switch DayText.read(cell, order: nil, readsShortYears: false) {
      case .read(let day), .either(let day, _):
        day.clock ?? 0 == 0 ? (counts.days += 1) : (counts.moments += 1)
      case .shortYear: counts.days += 1
      case .unknown: counts.other += 1
      }
    }
    if counts.days + counts.moments > 0 {
      self = counts.moments > counts.days ? .moments : .days
    } else {
      self = counts.times > counts.other ? .times : .other
    }
  }
}

/// Columns that say one moment together: a day in one, the time of that day in another.
struct MomentColumns {
  /// A column that means a moment.
  struct Candidate {
    let place: Int
    /// The heading without the words for days and times.
    let base: String
    let form: MomentForm
    /// The command line or a known export say so; else it was guessed by the words of its heading.
    let isAsked: Bool
    let isGuessed: Bool
  }

  /// The column of the day or the moment; nil when there is none.
  let day: Int?
  let clock: Int?
  let leftOut: [Int]

  /// - Returns: nil when a person has to say which of several is meant.
  init?(_ candidates: [Candidate]) {
    let dated = candidates.filter { $0.form != .times }
    let clocks = candidates.filter { $0.form == .times }
    guard let chosen = Self.chosen(dated) else { return nil }
    day = chosen?.place
    guard let chosen else {
      // A time alone is no moment; where that was asked for, its rows say so.
      let asked = clocks.filter(\.isAsked)
      clock = nil
      leftOut = clocks.filter { !$0.isAsked || asked.count > 1 }.map(\.place)
      return
    }
    let fitting = clocks.filter(\.isAsked) + clocks.filter { !$0.isAsked && $0.base == chosen.base } + clocks
    clock = chosen.form == .days ? fitting.first?.place : nil
    let (day, clock) = (day, clock)
    leftOut = candidates.map(\.place).filter { $0 != day && $0 != clock }
  }

  /// Of several the one that was asked for, or has a name of the field, or says the time too.
  ///
  /// - Returns: nil when that does not decide; an empty choice where there is none.
  private static func chosen(_ dated: [Candidate]) -> Candidate?? {
    guard dated.count > 1 else { return .some(dated.first) }
    for isBetter in [\Candidate.isAsked, \.isNamed, \.hasTime] {
      let better = dated.filter { $0[keyPath: isBetter] }
      if better.count == 1 { return .some(better[0]) }
    }
    return nil
  }
}

extension MomentColumns.Candidate {
  fileprivate var isNamed: Bool { !isGuessed }
  fileprivate var hasTime: Bool { form == .moments }
}

extension DayText {
  /// A time of day alone: "09:14", "9:14 PM", "14h30", and the part of a day that spreadsheets have for it.
  ///
  /// - Returns: milliseconds since midnight, and minutes east of UTC where they are said.
  static func clock(_ text: String) -> (milliseconds: Int64, zone: Int?)? {
    let text = text.trimmed
    if text.utf8.starts(with: "0.".utf8) || text.utf8.starts(with: "0,".utf8) {
      guard text.utf8.dropFirst(2).allSatisfy({ (48...57).contains($0) }), text.utf8.count > 2,
        let part = Double(text.replacing(",", with: "."))
      else { return nil }
      return (Int64((part * 86_400).rounded()) % 86_400 * 1000, nil)
    }
    return timeOfDay(text)
  }

  /// This day at a time that stands elsewhere.
  ///
  /// - Returns: nil when it has another time of its own.
  func at(_ clock: (milliseconds: Int64, zone: Int?)) -> DayText? {
    if let own = self.clock, own != 0, own != clock.milliseconds { return nil }
    return DayText(day: day, clock: clock.milliseconds, zone: clock.zone ?? zone)
  }
}
