import PlanModel
import Synchronization

/// How much each person's edits have taken today.
///
/// Counted in memory: a start of the server counts anew, which whoever fills a disk cannot bring about.
final class DailyVolume: Sendable {
  struct IsUsedUp: Error {
    let mebibytes: Int
    /// Until the day is over.
    let seconds: Int
  }

  private struct Day {
    var number: Int64
    var bytes: Int
  }

  private static let dayMilliseconds: Int64 = 86_400_000

  private let bytesMax: Int
  private let days = Mutex<[RecordID: Day]>([:])

  init(bytesMax: Int) { self.bytesMax = bytesMax }

  /// - Throws: ``IsUsedUp``
  func check(_ person: RecordID, now: Int64) throws {
    let number = now / Self.dayMilliseconds
    let isUsedUp = days.withLock { days in
      days[person].map { $0.number == number && $0.bytes >= bytesMax } ?? false
    }
    guard isUsedUp else { return }
    throw IsUsedUp(
      mebibytes: bytesMax >> 20, seconds: Int(((number + 1) * Self.dayMilliseconds - now) / 1_000) + 1)
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
