/// The parts of answers to an admin; their names are those of `--json`.
package enum AdminAnswer {
  package struct User: Codable, Equatable, Sendable {
    package var id: String
    package var email: String
    package var name: String
    package var role: String
    package var active: Bool
    package var devices: Int
    /// "logistics:lead", "sales:member".
    package var departments: [String]
  }
  package struct Department: Codable, Equatable, Sendable {
    package var code: Int64
    package var name: String
    package var members: Int
    /// E-mail addresses.
    package var leads: [String]
  }
  package struct Device: Codable, Equatable, Sendable {
    package var number: UInt32
    package var user: String
    package var name: String
    package var state: String
    package var copiedFrom: UInt32?
    package var createdMs: Int64
    package var lastSeenMs: Int64
  }
  /// Shown to the admin once; only its SHA-256 is kept.
  package struct NewInvite: Codable, Equatable, Sendable {
    package var email: String
    package var id: String
    package var secret: String
    package var expiresMs: Int64
    /// Absent in the answer of an older server.
    package var organization: String?
  }
  package struct Status: Codable, Equatable, Sendable {
    package var organization: String
    package var epoch: String
    package var users: Int
    package var devices: Int
    package var scopes: Int
    /// How far the database was read through since the server started; absent when none runs.
    package var inspection: Inspection.Progress?
    /// How far the clock is ahead of what is believed of it; absent when it is believed.
    package var clockAheadMs: Int64?
  }
  package struct Certificate: Codable, Equatable, Sendable {
    package var hosts: [String]
    package var notBeforeMs: Int64
    package var notAfterMs: Int64
    package var authorityNotBeforeMs: Int64
    package var authorityNotAfterMs: Int64
  }
  package struct AuditEntry: Codable, Equatable, Sendable {
    package var number: Int64
    package var atMs: Int64
    package var actor: String
    package var action: String
    package var detail: String
  }
  package struct Integrity: Codable, Equatable, Sendable {
    /// Whose records are as they were written.
    package var scopes: Int
    package var historyEntries: Int
    package var auditEntries: Int
    /// SHA-256 over all of it, hexadecimal.
    package var historyEnd: String
    package var auditEnd: String
    package var problems: [String]
    /// What the testimonies of devices prove, or why they prove nothing; nil when there were none.
    package var testimonies: [String]?
  }
}

/// The one that a command was about: in JSON, a list of one.
package struct Only<Value: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  package let value: Value

  package init(_ value: Value) { self.value = value }

  package init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    value = try list.decode(Value.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    try list.encode(value)
  }
}
