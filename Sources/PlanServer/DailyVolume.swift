import PlanModel
import Synchronization

/// How much each person's edits have taken today.
///
/// Counted in memory: a start of the server counts anew, which whoever fills a disk cannot bring about.
final class DailyVolume: Sendable {
  private struct Day {
    var number: Int64
    var bytes: Int
  }

  private static let dayMilliseconds: Int64 = 86_400_000

  private let bytesMax: Int
  private let days = Mutex<[RecordID: Day]>([:])

  init(bytesMax: Int) { self.bytesMax = bytesMax }

  /// From when on more of a person's edits are taken, Unix milliseconds; nil when that is now.
  func next(of person: RecordID, now: Int64) -> Int64? {
    let number = now / Self.dayMilliseconds
    let isUsedUp = days.withLock { days in
      days[person].map { $0.number == number && $0.bytes >= bytesMax } ?? false
    }
    return isUsedUp ? (number + 1) * Self.dayMilliseconds : nil
  }

  func add(_ bytes: Int, of person: RecordID, now: Int64) {
    let number = now / Self.dayMilliseconds
    days.withLock { days in
      if let day = days[person], day.number == number {
        days[person]?.bytes += bytes
      } else {
        days[person] = Day(number: number, bytes: bytes)
      }
    }
  }
}
