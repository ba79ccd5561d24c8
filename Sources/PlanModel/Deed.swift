import Wording

/// What somebody may not do: the subject of a refusal's sentence.
package enum Deed: Equatable, Sendable {
  case adding(kind: String)
  case changing(kind: String)
  case changingRegister(kind: String, register: String)
  case deletingOrRestoring(kind: String)
  /// A record that was published, finalised or locked.
  case deletingOrRestoringSealed(kind: String)
  case changingDirectory
  case movingHeldTask
  case claimingForAnother
  case sharing
  case engaging

  package var phrase: Phrase {
    switch self {
    case .adding(let kind): "Adding \(withArticle(kind))"
    case .changing(let kind): "Changing \(withArticle(kind))"
    case .changingRegister(let kind, let register): "Changing the \(word: register) of \(withArticle(kind))"
    case .deletingOrRestoring(let kind): "Deleting or restoring \(withArticle(kind))"
    case .deletingOrRestoringSealed(let kind): "Deleting or restoring \(withArticle(kind)) that stands"
    case .changingDirectory: "Changing the directory"
    case .movingHeldTask: "Moving a task that somebody holds"
    case .claimingForAnother: "Claiming in another person's name"
    case .sharing: "Sharing an account"
    case .engaging: "Engaging a department"
    }
  }
}

/// What there can be too much of; named on the wire as here.
package enum Quantity: String, CaseIterable, Sendable {
  case changes
  case guards
  case summary
  case access
  case valueBytes = "value-bytes"
  case editBytes = "edit-bytes"
  case accounts
  case directoryRecords = "directory-records"
  case roles

  package var phrase: Phrase {
    switch self {
    case .changes: "changes in one edit"
    case .guards: "guards in one edit"
    case .summary: "characters of summary"
    case .access: "changes of access in one edit"
    case .valueBytes: "bytes in one value"
    case .editBytes: "bytes in one edit"
    case .accounts: "accounts"
    case .directoryRecords: "new records of the directory"
    case .roles: "roles in accounts"
    }
  }
}
