/// What a person can do next. A sentence names it as a value, because how it is done differs: where one types it is a
/// command, on a page a button or a link.
package enum Action: Equatable, Sendable {
  case sync
  /// With the invite that an admin gave.
  case join
  /// The organisation's server has a new key: goes there with everything that this device holds.
  case joinMovedServer
  /// Shows what waits and whether it is safe.
  case status
  /// Saves what waits in a damaged replica, and makes a new one.
  case doctor
  /// Writes the value of a conflict that does not stand, or brings back what was deleted.
  case take(conflict: Int64)
  case listRecords(kind: String)
  /// Says which fields a kind has.
  case describeFields(kind: String)
  /// Brings a deleted record back.
  case restore(record: String)
  /// Shows what was imported on this device.
  case listImports
  case listContacts(account: String)
  case listTasks(department: String)
  case listConflicts
  case listRefusedEdits
  case history(record: String)
  /// Gives an account another short name.
  case rename(account: String)
  case engageDepartment
  case addExchangeRate(from: String, to: String)
  /// Shows what this device was shown of the server's audit log.
  case witness
  case listTwins
  case listDevices
  /// Takes access from a device of one's own; nil: which is to be chosen.
  case endDevice(UInt32?)
  /// Looks whether the replica is whole.
  case check
  case delete(kind: String, record: String)
  /// Makes one of two records.
  case merge(keep: String, other: String)
  /// Says that two records that look like one are two.
  case keepApart(String, String)
  /// Lets somebody into an account; nil: into the one that was just made.
  case share(account: String?)
  /// Opens a task that is done or cancelled.
  case reopen(task: String)
  case publish(template: String)
  case open(campaign: String)
  case finalise(interview: String)
  case addContact
  /// Takes a role in the organisation away.
  case makeMember(email: String)
  case disengage(account: String, department: String)
  /// Adds a criterion that accounts are judged by.
  case addCriterion
  case judgeAccount
  /// Says what is to be reached in a period.
  case addTarget
  /// Says who is an account's privileged contact.
  case assignContact
}

/// How a front end names what people can do and fill in.
package protocol FrontEnd: Sendable {
  func name(of action: Action, in language: Language) -> String
  /// - Parameter field: As the model or the command calls it: "due", "as-of".
  func name(ofField field: String, in language: Language) -> String
}

/// For those who have no front end of their own: plain words.
struct PlainWords: FrontEnd {
  func name(of action: Action, in language: Language) -> String { language.text(action.words) }
  func name(ofField field: String, in language: Language) -> String { language.word(field) }
}

extension Action {
  /// What a button for it says.
  package var words: Phrase {
    switch self {
    case .sync: "sync"
    case .join: "join with the invite"
    case .joinMovedServer: "join, as the server has moved"
    case .status: "see what waits"
    case .doctor: "save what waits"
    case .take: "take the other value"
    case .listRecords(let kind): "list: \(word: kind)"
    case .describeFields(let kind): "see the fields: \(word: kind)"
    case .restore: "bring it back"
    case .listImports: "see the imports"
    case .listContacts: "list their contacts"
    case .listTasks(let department): "list the tasks of \(word: department)"
    case .listConflicts: "look at the edits that met"
    case .listRefusedEdits: "look at the refused edits"
    case .rename: "choose another short name"
    case .engageDepartment: "engage a department"
    case .addExchangeRate(let source, let target): "add an exchange rate from \(source) to \(target)"
    case .witness: "see what this device was shown"
    case .listTwins: "see what may be here twice"
    case .listDevices: "see your devices"
    case .endDevice: "end this device"
    case .check: "look whether everything is whole"
    case .delete: "delete it"
    case .merge: "merge them"
    case .keepApart: "keep them apart"
    case .share: "share the account"
    case .reopen: "open the task again"
    case .publish: "publish it"
    case .open: "open the campaign"
    case .finalise: "finalise it"
    case .addContact: "add a contact"
    case .makeMember: "make a member of them"
    case .history: "see its history"
    case .disengage: "disengage the department"
    case .addCriterion: "add a criterion"
    case .judgeAccount: "judge an account"
    case .addTarget: "add a revenue target"
    case .assignContact: "assign a privileged contact"
    }
  }
}
