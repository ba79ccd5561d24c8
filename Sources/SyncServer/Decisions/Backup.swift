import PlanModel
import SyncCore

/// What a copy of the database holds of each device's edits, so that devices keep what a restore would miss.
package enum Backup {
  /// How far each device's mutations are in a copy, by device number.
  package struct Mark: Equatable, Sendable {
    package let epoch: String
    package let mutations: [UInt32: UInt64]
  }

  /// To be taken in the snapshot that is copied.
  package static func mark(in reading: any CanonicalReading) throws -> Mark {
    Mark(
      epoch: try reading.organization().epoch,
      mutations: Dictionary(
        uniqueKeysWithValues: try reading.devices(of: nil).map { ($0.number, $0.lastMutation) }))
  }

  /// To be called once the copy is complete, checked and where it belongs. Devices may then let go of what it holds, so
  /// from now on nobody should restore an older one.
  package static func confirm(_ mark: Mark, in transaction: any CanonicalTransaction) throws {
    guard try transaction.organization().epoch == mark.epoch else { return }
    for var device in try transaction.devices(of: nil) {
      guard let through = mark.mutations[device.number], through > device.backedUp else { continue }
      device.backedUp = through
      try transaction.save(device)
    }
  }
}
