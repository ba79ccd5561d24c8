import PlanModel
import Replica
import Speech

extension Workbench {
  /// When something that is said again and again is due: a cadence after it was last sent, today when it never was.
  ///
  /// - Returns: nil for what has no cadence.
  package func nextDay(of item: RecordView, sent: [RecordView]) -> PlanDate? {
    guard let cadence = item.integer(CommunicationItemRegister.cadenceDays) else { return nil }
    let last = sent.filter { $0.reference(CommunicationSentRegister.item) == item.id }.compactMap {
      $0.integer(CommunicationSentRegister.occurredAt)
    }.max()
    return last.map { PlanDate(milliseconds: $0 + cadence * 86_400_000) } ?? moments.day(after: 0)
  }
}
