import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing
import Wording

@Suite("Devices: how many, which, and their end")
struct DevicesTests {
  let acme: Organisation
  let ana: Device

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
  }

  private func joins(_ secret: String) throws -> Join.Answer {
    try acme.join(acme.joinRequest(try acme.invite("ana@acme.example"), secret: secret))
  }

  private func end(_ number: UInt32, by device: Device) throws -> WireDevicesResponse? {
    try acme.store.write { try Devices.end(number, by: device.author, in: $0, now: acme.now) }
  }

  private func list(_ device: Device) throws -> [WireDevice] {
    try acme.store.read { try Devices.list(by: device.author, in: $0) }.devices
  }

  /// The numbers that everybody is told of.
  private func mirrored() throws -> [UInt32] {
    let state = try #require(try acme.record(ana.user, in: .directory))
    return try KamRecordState(serializedBytes: state.encoded).body.person.devices.map(\.replica)
  }

  private func newDevices(_ device: Device, after number: UInt64 = 0) throws -> [WireDevice] {
    try device.pull(acknowledgedNotices: number).notices.filter { $0.type == .newDevice }.map(\.device)
  }

  // MARK: - How many

  @Test("a person has twenty devices; the next one is refused, and its invite is good once one has ended")
  func twenty() throws {
    for number in 1..<Limits.devicesPerPersonMax { _ = try acme.join("ana@acme.example", name: "\(number)") }
    let request = acme.joinRequest(try acme.invite("ana@acme.example"), secret: "more")
    guard case .tooManyDevices(let error) = try acme.join(request) else { throw Surprise("it joined") }
    #expect(error == .tooMany(20) && error.refusal.phrase.actions.contains(.endDevice(nil)))
    #expect(try acme.join("admin@acme.example").number > 0, "each person has their own")
    _ = try end(ana.number, by: ana)
    guard case .joined = try acme.join(request) else { throw Surprise("there is room") }
  }

  @Test("a device that was silent too long takes nobody's place")
  func silentOnes() throws {
    for number in 1..<Limits.devicesPerPersonMax { _ = try acme.join("ana@acme.example", name: "\(number)") }
    acme.now += Authentication.silenceMillisecondsMax + 1
    guard case .joined = try joins("new") else { throw Surprise("the others cannot come back") }
  }

  @Test("a copy of a device that was not seen to be two is refused; so is one an hour after that")
  func copiesNeedAFork() throws {
    #expect(throws: DeviceError.notForked) { try acme.copy(of: ana.author, secret: "a") }
    try acme.fork(ana)
    acme.now += Limits.forkMilliseconds
    #expect(try acme.copy(of: ana.author, secret: "a") != nil)
    acme.now += 1
    #expect(throws: DeviceError.notForked) { try acme.copy(of: ana.author, secret: "b") }
    #expect(try acme.copy(of: ana.author, secret: "a") != nil, "a lost answer is asked for again")
  }

  @Test("copies count as devices, and twenty a day are made, also when they are ended at once")
  func copiesAreCounted() throws {
    try acme.fork(ana)
    for number in 1..<Limits.devicesPerPersonMax { _ = try acme.copy(of: ana.author, secret: "\(number)") }
    #expect(throws: DeviceError.tooMany(20)) { try acme.copy(of: ana.author, secret: "more") }
    let copies = try list(ana).map(\.number).filter { $0 != ana.number }
    for number in copies { _ = try end(number, by: ana) }
    #expect(try acme.copy(of: ana.author, secret: "20th") != nil)
    #expect(throws: DeviceError.tooManyCopies(20)) { try acme.copy(of: ana.author, secret: "21st") }
    acme.now += 86_400_000
    try acme.fork(ana)
    #expect(try acme.copy(of: ana.author, secret: "tomorrow") != nil)
  }

  // MARK: - What everybody is told

  @Test("the number of an ended device stays in the directory when it wrote, and goes when it did not")
  func endedOnesLeave() throws {
    let silent = try acme.join("ana@acme.example")
    let writer = try acme.join("ana@acme.example")
    _ = try acme.account(managedBy: writer)
    #expect(try mirrored() == [ana.number, silent.number, writer.number])
    _ = try end(silent.number, by: ana)
    _ = try end(writer.number, by: ana)
    #expect(try mirrored() == [ana.number, writer.number])
  }

  @Test("what a device is called is in history for its person and for admins, and for nobody else")
  func namesInHistory() throws {
    let scope = try acme.account(managedBy: ana)
    let bo = try acme.person("Bo")
    try acme.share(scope, with: bo, .contributor, by: ana)
    let task = try ana.task(in: scope)
    func name(for device: Device) throws -> String? {
      let request = WireHistoryRequest.with {
        $0.scope = scope.description
        $0.record = task.description
      }
      return try acme.store.read { try HistoryQuery.answer(request, by: device.author, from: $0) }?
        .entries.first?.deviceName
    }
    #expect(try name(for: ana) == "ana@acme.example's laptop")
    #expect(try name(for: acme.admin) == "ana@acme.example's laptop")
    #expect(try name(for: bo)?.isEmpty == true)
  }

  // MARK: - What the person is told

  @Test("a person is told of a new device on those that are older, once; it is no news to itself")
  func newDevice() throws {
    #expect(try newDevices(ana).isEmpty, "the first has nobody to tell")
    let phone = try acme.join("ana@acme.example", name: "Phone")
    let told = try #require(try newDevices(ana).first)
    #expect(told.number == phone.number && told.name == "Phone" && told.createdMs == acme.now)
    #expect(try newDevices(phone).isEmpty)
    let tablet = try acme.join("ana@acme.example", name: "Tablet")
    #expect(try newDevices(ana).map(\.number) == [phone.number, tablet.number])
    #expect(try newDevices(phone).map(\.number) == [tablet.number])
    let last = try #require(try ana.pull().notices.last).number
    #expect(try newDevices(ana, after: last).isEmpty)
    #expect(try acme.admin.pull().notices.isEmpty, "it is nobody else's business")
  }

  @Test("a person is told of a copy, and what it is a copy of")
  func newCopy() throws {
    try acme.fork(ana)
    let copy = try #require(try acme.copy(of: ana.author, secret: "c", name: "hidden")).replica
    let told = try #require(try newDevices(ana).first)
    #expect(told.number == copy && told.name == "hidden" && told.copiedFrom == ana.number)
  }

  // MARK: - The end of one

  @Test("a person sees their own devices, and none of others")
  func listed() throws {
    let phone = try acme.join("ana@acme.example", name: "Phone")
    let ended = try acme.join("ana@acme.example", name: "Old")
    _ = try end(ended.number, by: ana)
    let listed = try list(phone)
    #expect(listed.map(\.number) == [ana.number, phone.number] && listed.map(\.state) == [.active, .active])
    #expect(listed.map(\.name) == ["ana@acme.example's laptop", "Phone"])
    #expect(listed.allSatisfy { $0.createdMs == acme.now && $0.lastSeenMs == acme.now })
  }

  @Test("a person ends a device of theirs with its copies, and it is in the audit log under their address")
  func ends() throws {
    let phone = try acme.join("ana@acme.example", name: "Phone")
    try acme.fork(phone)
    let copy = try #require(try acme.copy(of: phone.author, secret: "c")).replica
    let answer = try #require(try end(phone.number, by: ana))
    #expect(answer.ended == [phone.number, copy])
    #expect(answer.devices.map(\.state) == [.active, .revoked, .revoked])
    let checked = try acme.store.read {
      try Authentication.check(device: phone.number, secret: phone.secret, in: $0, now: acme.now)
    }
    guard case .failure(.revoked) = checked else { throw Surprise("\(checked)") }
    let audit = try #require(try acme.store.read { try $0.audit(last: 1) }.first)
    #expect(audit.action == "device.revoke" && audit.actor == "ana@acme.example")
  }

  @Test("another person's device, one that has ended and none are the same, and nothing happens to them")
  func endsOnlyOwn() throws {
    let old = try acme.join("ana@acme.example")
    _ = try end(old.number, by: ana)
    for number in [acme.admin.number, old.number, 999] { #expect(try end(number, by: ana) == nil) }
    #expect(try acme.store.read { try $0.device(acme.admin.number)?.state } == .active)
  }
}
