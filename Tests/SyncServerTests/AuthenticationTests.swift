import PlanModel
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
    try acme.store.write { try Authentication.touch(device: number, secret: secret, in: $0, now: acme.now) }
  }

  private func offer(_ secret: String) throws -> Bool {
    try acme.store.write { transaction in
      let device = try #require(try transaction.device(ana.number))
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
    #expect(try request(secrets[1]) == .unknown, "older than the last ended one")
    #expect(try state() == .active)
    #expect(try request("s3") == nil)
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
