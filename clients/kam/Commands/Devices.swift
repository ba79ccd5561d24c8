import Foundation
import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncClient
import Wording
import Workbench

struct ListDevices: Command {
  static let name = "device list"
  static let about: Phrase = "List your devices (needs a network)."
  static let more: Phrase = """
    Nobody else is told what they are called, but admins. One that you do not know may be somebody else's: end it, and \
    tell an admin.
    """

  let json = JSONOutput()

  func run(in shell: Shell) async throws {
    let workspace = try Workspace(shell)
    let devices = try await workspace.online { try await $0.devices() }.devices
    let own = workspace.identity.replica
    if json.isWanted {
      return workspace.console.document(
        JSON.array(devices.map { $0.json(isThis: $0.number == own) }).document)
    }
    var table = Table([
      .init(title: "number", isKey: true), .init(title: "name", shrinks: true), .init(title: "since"),
      .init(title: "last seen"), .init(title: "remark"),
    ])
    for device in devices {
      table.add([
        "\(device.number)", device.name, workspace.said(workspace.moments.at(device.createdMs)),
        workspace.said(workspace.moments.ago(device.lastSeenMs)),
        workspace.said(enumerated(device.remarks(own))),
      ])
    }
    workspace.console.show(table)
  }
}

struct EndDevice: Command {
  static let name = "device end"
  static let about: Phrase = "End one of your devices, with its copies (needs a network)."
  static let more: Phrase = """
    From then on the server refuses it; when it next asks, it deletes what it holds. What waits there is lost: sync \
    it first, if you can. It comes back with a new invite only.
    """

  @Takes("NUMBER", "Its number, from kam device list.") var number: UInt32
  @Takes("--yes", "Also the device you are at, without asking.") var yes = false
  let json = JSONOutput()

  func run(in shell: Shell) async throws {
    let workspace = try Workspace(shell)
    let own = workspace.identity.replica
    let before = try await workspace.online { try await $0.devices() }.devices
    guard let device = before.first(where: { $0.number == number }) else {
      throw Failure.notFound(CallRefusal.noSuchDevice(Int(number)).phrase)
    }
    if ended(with: number, among: before).contains(own), !yes { try confirm(workspace) }
    let answer = try await workspace.online { [number] in try await $0.endDevice(number) }
    if json.isWanted {
      return workspace.console.document(
        JSON.object([("ended", .array(answer.ended.map { .integer($0) }))]).document)
    }
    workspace.console.say("Ended device \(number), “\(device.name)”.")
    let copies = answer.ended.filter { $0 != number }
    if !copies.isEmpty {
      workspace.console.say("Its copies have ended too: \(enumerated(copies.map { "device \($0)" })).")
    }
    if answer.ended.contains(own) { workspace.console.say("What this device held was deleted.") }
  }

  /// The server ends copies with their originals.
  private func ended(with number: UInt32, among devices: [WireDevice]) -> Set<UInt32> {
    var ended: Set = [number]
    // A copy has a greater number than its original.
    for device in devices.sorted(by: { $0.number < $1.number }) where ended.contains(device.copiedFrom) {
      ended.insert(device.number)
    }
    return ended
  }

  private func confirm(_ workspace: Workspace) throws {
    let waiting = try workspace.replica.waitingCount()
    let lost: Phrase = waiting > 0 ? "; \(counted(waiting, "edit")) that waits is lost" : .nothing
    guard isatty(0) == 1, isatty(2) == 1, !json.isWanted else {
      throw Failure.usage(
        "This ends the device you are at, and deletes what it holds\(lost). To do so, add --yes.")
    }
    workspace.console.note(
      "This ends the device you are at, and deletes what it holds\(lost). Type yes to do so:")
    guard let answer = readLine()?.trimmed.lowercased(), ["yes", "oui"].contains(answer) else {
      throw Failure.refused("Nothing was ended.")
    }
  }
}

extension WireDevice {
  fileprivate func json(isThis: Bool) -> JSON {
    .object([
      ("number", .integer(number)), ("name", .text(name)), ("state", .text(stateName)),
      ("since", .text(Moments.iso(createdMs))), ("lastSeen", .text(Moments.iso(lastSeenMs))),
      ("copiedFrom", copiedFrom == 0 ? .null : .integer(copiedFrom)), ("isThis", .flag(isThis)),
    ])
  }

  private var stateName: String {
    switch state {
    case .active: "active"
    case .revoked: "revoked"
    case .suspended: "suspended"
    default: "unknown"
    }
  }

  fileprivate func remarks(_ own: UInt32) -> [Phrase] {
    var remarks: [Phrase] = []
    if number == own { remarks.append("this device") }
    if copiedFrom != 0 { remarks.append("a copy of device \(copiedFrom)") }
    if state == .suspended { remarks.append("suspended") }
    return remarks
  }
}
