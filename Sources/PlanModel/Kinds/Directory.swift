extension KindDescription {
  /// A user of the organisation; written by the server.
  package static let person = KindDescription(
    16, "person", .directory, serverWritten: true, title: 1, columns: ["name", "email", "role", "active"],
    [
      RegisterDescription(
        1, "name", .line(maximum: 200), policy: .server, "how the person wants to be called"),
      RegisterDescription(2, "email", .line(maximum: 254), policy: .server, "the address that names them"),
      RegisterDescription(
        3, "role", .choice(Choices("member", "executive", "admin")), policy: .server, "organisation role"),
      RegisterDescription(4, "active", .flag, policy: .server, "no once suspended"),
      RegisterDescription(5, "devices", .opaque, policy: .server, "the replicas that write in their name"),
      RegisterDescription(6, "departments", .opaque, policy: .server, "the departments they belong to"),
    ])

  package static let department = KindDescription(
    17, "department", .directory, serverMade: true, title: 1, columns: ["name", "code"],
    [
      RegisterDescription(1, "name", .line(maximum: 100), required: true, "what the department is called"),
      RegisterDescription(2, "code", .choice(.departments), policy: .server, "how records name it"),
    ])
}
