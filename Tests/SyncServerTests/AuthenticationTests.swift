import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

@Suite("Authentication")
struct AuthenticationTests {
  let acme: Organisation
  let ana: Device

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
  }

  /// What a request with this secret meets, with the touch that a server does when it is asked for.
  private func request(_ secret: String, device: UInt32? = nil) throws -> Authentication.Failure? {
    let number = device ?? ana.number
    let checked = try acme.store.read {
      try Authentication.check(device: number, secret: secret, in: $0, now: acme.now)
    }
    switch checked {
    case .success(let accepted):
      #expect(accepted.author.user.id == ana.user && accepted.author.device.number == number)
      if accepted.needsTouch { try touch(secret, number) }
      return nil
    case .failure(let failure):
      if failure == .suspended { try touch(secret, number) }
      return failure
    }
  }

  private func touch(_ secret: String, _ number: UInt32) throws {
    _ = try acme.store.write {
      try Authentication.touch(device: number, secret: secret, in: $0, now: acme.now)
    }
  }

  private func offer(_ secret: String, to number: UInt32? = nil) throws -> Bool {
    try acme.store.write { transaction in
      let device = try #require(try transaction.device(number ?? ana.number))
      return try Authentication.offerSecret(
        sha256(Array(secret.utf8)), by: Author(user: ana.author.user, device: device), in: transaction)
    }
  }

  private func state() throws -> DeviceRow.State? { try acme.store.read { try $0.device(ana.number)?.state } }

  @Test("the right secret is let in; a wrong one and an unknown device are not told apart")
  func secrets() throws {
    #expect(try request(ana.secret) == nil)
    #expect(try request("wrong") == .unknown)
    #expect(try request("") == .unknown)
    #expect(try request(ana.secret, device: 999) == .unknown)
    #expect(try request(acme.admin.secret) == .unknown)
  }

  @Test("the first use of a new secret ends the old one, and the use of an ended one suspends the device")
  func rotation() throws {
    #expect(try offer("second"))
    #expect(try request(ana.secret) == nil)
    #expect(try request("second") == nil)
    #expect(try request("second") == nil)
    #expect(try state() == .active)
    #expect(try request(ana.secret) == .suspended)
    #expect(try state() == .suspended)
    #expect(try request("second") == .suspended)
    #expect(throws: Authentication.Failure.suspended) { try ana.pull() }
  }

  @Test("rotating again and again keeps one secret good")
  func rotations() throws {
    var secrets = [ana.secret]
    for number in 0..<4 {
      #expect(try offer("s\(number)"))
      #expect(try request("s\(number)") == nil)
      secrets.append("s\(number)")
    }
    #expect(try request("s3") == nil)
    #expect(try state() == .active)
  }

  @Test(
    "a thief who turns the secret twice is found out by the owner's next request, and all ended secrets are remembered",
    arguments: 0..<3)
  func endedLongAgo(which: Int) throws {
    let secrets = [ana.secret, "thief's 1", "thief's 2", "thief's 3"]
    for secret in secrets.dropFirst() {
      #expect(try offer(secret))
      #expect(try request(secret) == nil)
    }
    #expect(try request(secrets[which]) == .suspended)
    #expect(try state() == .suspended)
    #expect(try request("thief's 3") == .suspended)
  }

  @Test("a secret that ended is never taken again: not by its device, nor by a copy of it")
  func neverAgain() throws {
    #expect(try offer("second") && request("second") == nil)
    #expect(try offer("third") && request("third") == nil)
    #expect(try !offer(ana.secret) && !offer("second") && !offer("third"))
    try acme.fork(ana)
    #expect(try acme.copy(of: ana.author, secret: "second") == nil)
    #expect(try acme.copy(of: ana.author, secret: "fourth") != nil)
  }

  @Test("a device changes its secret a thousand times, and no more: all are remembered for ever")
  func secretsEnd() throws {
    try acme.store.write { transaction in
      for number in 0..<Limits.secretsPerDeviceMax {
        #expect(try transaction.endedSecrets(of: ana.number) == number)
        try transaction.saveEndedSecret(sha256(Array("old \(number)".utf8)), of: ana.number)
      }
    }
    #expect(try !offer("one more"))
    #expect(try request(ana.secret) == nil)
  }

  @Test("the use of an ended secret suspends copies and originals, which are told; other devices go on")
  func family() throws {
    try acme.fork(ana)
    let copy = try #require(try acme.copy(of: ana.author, secret: "copy's")).replica
    let copied = try acme.store.read {
      Author(user: ana.author.user, device: try #require(try $0.device(copy)))
    }
    try acme.fork(Device(acme, copied, secret: ""))
    let second = try #require(try acme.copy(of: copied, secret: "second copy's")).replica
    let other = try acme.join("ana@acme.example", name: "Phone")
    #expect(try offer("thief's", to: copy) && request("thief's", device: copy) == nil)
    #expect(try request("copy's", device: copy) == .suspended)
    #expect(try request("thief's", device: copy) == .suspended)
    #expect(try request(ana.secret) == .suspended)
    #expect(try request("second copy's", device: second) == .suspended)
    #expect(try request(other.secret, device: other.number) == nil)
    let told = try audit("device.suspend")
    #expect(told.count == 1, "and once")
    #expect(
      told.first?.detail
        == "device \(copy) used a replaced credential; suspended: \(ana.number), \(copy), \(second)")
  }

  private func audit(_ action: String) throws -> [AuditRow] {
    try acme.store.read { try $0.audit(last: 1_000) }.filter { $0.action == action }
  }

  @Test("every change of a secret is in the audit log, under its person")
  func rotationIsAudited() throws {
    #expect(try offer("second") && audit("secret.rotate").isEmpty, "it is not used yet")
    #expect(try request("second") == nil && request("second") == nil)
    let told = try audit("secret.rotate")
    #expect(told.map(\.actor) == ["ana@acme.example"] && told.map(\.detail) == ["device \(ana.number)"])
  }

  @Test("an offer that is no hash, or the present secret, is not taken")
  func offers() throws {
    #expect(try !offer(ana.secret))
    let short = try acme.store.write { try Authentication.offerSecret([1, 2], by: ana.author, in: $0) }
    #expect(!short)
    #expect(try request(ana.secret) == nil)
  }

  @Test("the secret that just ended cannot be offered again: it would suspend its owner")
  func offersEndedSecret() throws {
    #expect(try offer("second"))
    #expect(try request("second") == nil)
    #expect(try !offer(ana.secret))
    #expect(try request("second") == nil)
  }

  @Test("a device that was silent for more than ninety days is refused")
  func silence() throws {
    acme.now += Authentication.silenceMillisecondsMax
    #expect(try request(ana.secret) == nil)
    acme.now += Authentication.silenceMillisecondsMax
    #expect(try request(ana.secret) == nil, "it was seen meanwhile")
    acme.now += Authentication.silenceMillisecondsMax + 1
    #expect(try request(ana.secret) == .silentTooLong)
  }

  @Test("being seen is written once an hour, not with every request")
  func lastSeen() throws {
    func needsTouch() throws -> Bool {
      let checked = try acme.store.read {
        try Authentication.check(device: ana.number, secret: ana.secret, in: $0, now: acme.now)
      }
      return try checked.get().needsTouch
    }
    acme.now += Authentication.lastSeenMilliseconds
    #expect(try !needsTouch())
    acme.now += 1
    #expect(try needsTouch())
    try touch(ana.secret, ana.number)
    #expect(try !needsTouch())
  }

  @Test("a revoked device is told so, when it proves to be the device; a suspended person likewise")
  func revoked() throws {
    _ = try acme.store.write {
      try People.setActive(false, email: "ana@acme.example", by: "t", in: $0, now: acme.now)
    }
    #expect(try request(ana.secret) == .userSuspended)
    #expect(try request("wrong") == .unknown)
    _ = try acme.store.write { try People.revokeDevice(ana.number, by: "t", in: $0, now: acme.now) }
    #expect(try request(ana.secret) == .revoked)
    #expect(try request("wrong") == .unknown)
  }
}
