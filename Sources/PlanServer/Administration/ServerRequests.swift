import PlanModel
import SyncCore
import SyncServer

package struct ListAudit: AdminRequest {
  package static let name = "audit"
  /// One answer on the socket.
  private static let entriesMax = 100_000
  package let last: Int
  /// Also the seals.
  package let isAll: Bool

  package init(last: Int, isAll: Bool) {
    self.last = last
    self.isAll = isAll
  }

  package struct Answer: Codable, Equatable, Sendable {
    package let audit: [AdminAnswer.AuditEntry]
  }

  package func carryOut(at desk: some AdminDesk) async throws -> Answer {
    let entries = try await desk.read {
      try $0.audit(last: min(max(1, last), Self.entriesMax), without: isAll ? nil : Sealing.action)
    }
    return Answer(
      audit: entries.map {
        AdminAnswer.AuditEntry(
          number: $0.number, atMs: $0.serverMilliseconds, actor: $0.actor, action: $0.action,
          detail: $0.detail)
      })
  }
}

package struct VerifyAudit: AdminRequest {
  package static let name = "verify"
  /// What devices say they were shown of the audit log.
  package let shown: [Testimony]
  package init(shown: [Testimony]) { self.shown = shown }

  package struct Answer: Codable, Equatable, Sendable {
    package let integrity: AdminAnswer.Integrity
  }

  package func carryOut(at desk: some AdminDesk) async throws -> Answer {
    let key = try desk.witnessKey()
    return try await desk.inspect { store in
      let structure = try store.structureProblems(isThorough: true)
      do {
        return try store.read { try answer($0, try Integrity.verify($0), structure, key) }
      } catch StoreError.broken(let words) {
        var report = Integrity.Report()
        report.problems = ["Not all of it can be read: \(words)."]
        return try store.read { try answer($0, report, structure, key) }
      }
    }
  }

  /// - Parameter structure: What is wrong with the file itself.
  private func answer(
    _ reading: any CanonicalReading, _ report: Integrity.Report, _ structure: [String], _ key: [UInt8]?
  ) throws -> Answer {
    Answer(
      integrity: AdminAnswer.Integrity(
        scopes: report.scopes, historyEntries: report.historyEntries, auditEntries: report.auditEntries,
        historyEnd: hexadecimal(Chain.seal(of: try reading.scopes().map(\.end))),
        auditEnd: hexadecimal(try reading.organization().auditChain),
        problems: structure.map { "The file: \($0)" } + report.problems,
        testimonies: shown.isEmpty ? nil : try shown.compactMap { try $0.problem(in: reading, key: key) }))
  }

  package func answered(with answer: Answer, at desk: some AdminDesk) {
    if !answer.integrity.problems.isEmpty { desk.foundDamage(answer.integrity.problems) }
  }
}

package struct ServerStatus: AdminRequest {
  package static let name = "status"
  package init() {}

  package struct Answer: Codable, Equatable, Sendable {
    package let status: AdminAnswer.Status
  }

  package func carryOut(at desk: some AdminDesk) async throws -> Answer {
    let life = desk.life
    return try await desk.read { reading in
      let organization = try reading.organization()
      return Answer(
        status: AdminAnswer.Status(
          organization: organization.name, epoch: organization.epoch, users: try reading.users().count,
          devices: try reading.devices(of: nil).filter { $0.state == .active }.count,
          scopes: try reading.scopes().count, inspection: life?.inspection,
          clockAheadMs: life?.clockAheadMs))
    }
  }
}

package struct RenewCertificate: AdminRequest {
  package static let name = "renewCertificate"
  package init() {}

  package struct Answer: Codable, Equatable, Sendable {
    package let certificate: AdminAnswer.Certificate
  }

  package func carryOut(at desk: some AdminDesk) async throws -> Answer {
    Answer(certificate: try desk.renewCertificate())
  }
}
