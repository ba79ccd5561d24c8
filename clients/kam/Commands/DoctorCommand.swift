import Foundation
import Replica
import Speech
import SyncClient
import Wording
import Workbench

struct DoctorCommand: Command {
  static let name = "doctor"
  static let about: Phrase =
    "Mend a damaged replica: save what waits into a new file; the next sync brings the rest."
  static let more: Phrase =
    "The damaged file is kept beside the new one. A replica that is whole is left as it is."
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let home = try Home(environment: shell.environment)
    guard home.isJoined || FileManager.default.fileExists(atPath: home.directory) else {
      throw ReplicaError.notJoined
    }
    if try home.isReplicaSound() {
      if json.isWanted { return shell.console.document(JSON.object([("whole", .flag(true))]).document) }
      return shell.console.say("Nothing to mend: the file is sound. kam check looks at what is in it.")
    }
    let (rescue, aside) = try home.rescueReplica(now: shell.now)
    if json.isWanted { return shell.console.document(document(rescue, aside)) }
    tell(rescue, aside, shell.console)
  }

  private func tell(_ rescue: Doctor.Rescue, _ aside: String, _ console: Console) {
    console.say(
      "Saved into a new file: \(counted(rescue.waiting, "waiting edit")), \(counted(rescue.refused, "refused edit")), \(counted(rescue.conflicts, "noted conflict"))."
    )
    if rescue.lostEdits > 0 {
      console.say("\(counted(rescue.lostEdits, "edit")) could not be read, and must be made again.")
    }
    console.say("The damaged file is kept as \(aside).")
    console.say(
      rescue.isJoined
        ? "kam sync brings back everything else."
        : "Whose replica it is could not be read: ask an admin for an invite, then kam join INVITE; what was saved goes along."
    )
  }

  private func document(_ rescue: Doctor.Rescue, _ aside: String) -> String {
    JSON.object([
      ("whole", .flag(false)), ("waiting", .integer(rescue.waiting)), ("refused", .integer(rescue.refused)),
      ("kept", .integer(rescue.kept)), ("conflicts", .integer(rescue.conflicts)),
      ("lostEdits", .integer(rescue.lostEdits)), ("joined", .flag(rescue.isJoined)),
      ("damagedFile", .text(aside)),
    ]).document
  }
}
