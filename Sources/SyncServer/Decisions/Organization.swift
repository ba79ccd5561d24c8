import PlanModel
import SyncCore

/// Makes a new organisation: its directory, its five departments, its first admin.
package enum Founding {
  /// - Throws: ``PeopleError``, or when the store fails.
  package static func found(
    name: String, adminEmail: String, adminName: String, in transaction: any CanonicalTransaction, now: Int64,
    using generator: inout some RandomNumberGenerator
  ) throws -> UserRow {
    let adminEmail = try People.validEmail(adminEmail)
    try People.checkName(adminName)
    func random(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
    try transaction.save(
      OrganizationRow(name: name, epoch: hexadecimal(random(16)), checkpointKey: random(32)))
    let work = try UnitOfWork(transaction, now: now)
    try work.createScope(.directory)
    for choice in Choices.departments.all {
      let label =
        choice.name == "finance"
        ? "Finance and accounting" : choice.name.prefix(1).uppercased() + choice.name.dropFirst()
      try Departments.write(
        label, DepartmentCode(choice.number), id: RecordID.make(milliseconds: now, using: &generator),
        in: work)
    }
    let admin = UserRow(
      id: RecordID.make(milliseconds: now, using: &generator), email: adminEmail, name: adminName,
      role: .admin,
      roleEpoch: work.nextGrantEpoch())
    try transaction.save(admin)
    try DirectoryMirror.write(admin, in: work)
    try Lineage.begin(in: transaction, using: &generator)
    try transaction.noteEpoch(work.organization.epoch)
    try work.audit("organization.found", by: "host", "\(name); admin \(adminEmail)")
    try work.flush()
    return admin
  }
}
