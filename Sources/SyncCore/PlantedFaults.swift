/// Known bugs that the simulation plants to prove that its checks catch them. Nothing else may set one.
package struct PlantedFaults: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let noDedupeBySequence = PlantedFaults(rawValue: 1 << 0)
  package static let noDedupeByID = PlantedFaults(rawValue: 1 << 1)
  package static let noBootstrapFloor = PlantedFaults(rawValue: 1 << 2)
  package static let equalValueKeepsStamp = PlantedFaults(rawValue: 1 << 3)
  package static let compareMillisecondsOnly = PlantedFaults(rawValue: 1 << 4)
  package static let noGuardRestamp = PlantedFaults(rawValue: 1 << 5)
  package static let noGuards = PlantedFaults(rawValue: 1 << 6)
  package static let readsForeignScopes = PlantedFaults(rawValue: 1 << 7)
  package static let stampsWholeMutation = PlantedFaults(rawValue: 1 << 8)
  package static let neverClamps = PlantedFaults(rawValue: 1 << 9)
  package static let ignoresLineage = PlantedFaults(rawValue: 1 << 10)
  package static let ignoresReceipts = PlantedFaults(rawValue: 1 << 11)
  package static let refusesInsteadOfWaiting = PlantedFaults(rawValue: 1 << 12)
  package static let savepointsLeak = PlantedFaults(rawValue: 1 << 14)
  package static let cursorSkips = PlantedFaults(rawValue: 1 << 15)
  package static let swallowsNotices = PlantedFaults(rawValue: 1 << 16)
  package static let remembersRights = PlantedFaults(rawValue: 1 << 17)
  package static let takesIDsTwice = PlantedFaults(rawValue: 1 << 19)
  package static let knowsMutationsByIDAlone = PlantedFaults(rawValue: 1 << 20)
  package static let noReferenceChecks = PlantedFaults(rawValue: 1 << 13)
  /// Shows a device another entry of the audit log than the one that it asks for.
  package static let showsAnotherLog = PlantedFaults(rawValue: 1 << 21)
}
