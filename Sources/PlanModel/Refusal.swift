import Wording

/// Why a change is not accepted. The sentence says what was wrong, with which value, and who or what can help.
package enum Refusal: Error, Equatable, Sendable {
  // Rights
  case directoryClosed
  /// The two are not told apart, so it does not say which account.
  case accountUnknownOrForbidden
  case needsRole(AccountRole, what: Deed)
  /// A role in the account, or one in the department that the record is addressed to, would do.
  case needsRoleOrDepartment(AccountRole, DepartmentRole, DepartmentCode?, what: Deed)
  case needsAdmin(what: Deed)
  case needsKeeper(what: Deed)
  case serverWritten(kind: String)
  case taskHeldByAnother(what: Deed)
  case foreignAuthor(kind: String)
  case notAColleague(DepartmentCode)
  // Validity
  case notEngaged(DepartmentCode)
  case wrongScope(kind: String, scope: Scope)
  case missingRegister(kind: String, register: String)
  case value(kind: String, register: String, ValueError)
  case setOnce(kind: String, register: String)
  case unguarded(kind: String, register: String)
  case serverRegister(kind: String, register: String)
  case notTheSingleton(kind: String)
  case cannotDelete(kind: String)
  case malformed(String)
  case clearsRequired(kind: String, register: String)
  case tooMany(what: Quantity, count: Int, maximum: Int)
  case tooManyAccounts(maximum: Int)
  case tooManyOwnAccounts(maximum: Int)
  case tooManyToday(what: Quantity, maximum: Int)
  case accountMustComeFirst
  case sealed(kind: String, register: String, isFinal: Bool)
  // State
  case recordGone(kind: String)
  // What a record points to
  case referenceUnknown(kind: String, register: String)
  case referenceOfAnotherKind(kind: String, register: String, wanted: String)
  case ownParent(kind: String, register: String)
  case wouldLoop(kind: String, register: String)
  case waitsForItself(length: Int)
  case slugTaken(String, by: String)
  // What has to be decided with others, or later
  case guardFailed
  case schemaAhead
  /// What the edit builds on was lost when the server was restored, and may still come.
  case formerMissing
  /// Beside another one: why that is final.
  case neverCameBack(days: Int)
  case decidedAnew

  package static func scopeUnknownOrForbidden(_ scope: Scope) -> Refusal {
    scope == .directory ? .directoryClosed : .accountUnknownOrForbidden
  }

  package var isAboutRights: Bool {
    switch self {
    case .directoryClosed, .accountUnknownOrForbidden, .needsRole, .needsRoleOrDepartment, .needsAdmin,
      .needsKeeper,
      .serverWritten,
      .taskHeldByAnother, .foreignAuthor, .notAColleague:
      true
    default: false
    }
  }

  /// After a server was restored from a copy, what is missing may still come from the devices that made it.
  package var isAboutWhatMayComeBack: Bool {
    switch self {
    case .recordGone, .referenceUnknown, .notEngaged: true
    default: isAboutRights
    }
  }

  package var isLoop: Bool {
    switch self {
    case .ownParent, .wouldLoop, .waitsForItself: true
    default: false
    }
  }

  package var sentence: String { phrase.description }

  package var phrase: Phrase {
    switch self {
    case .directoryClosed: "You may not change the directory; an admin can."
    case .accountUnknownOrForbidden:
      "There is no such account, or it is not shared with you; its manager or an admin can share it."
    case .needsRole(let role, let what):
      "\(what.phrase) needs the role \(word: role.name) in this account; its manager or an admin can give it."
    case .needsRoleOrDepartment(let role, .lead, let department, let what):
      """
      \(what.phrase) needs the role \(word: role.name) in this account, which its manager or an admin can give, or being a \
      lead of \(Self.name(department)), which an admin decides.
      """
    case .needsRoleOrDepartment(let role, .member, let department, let what):
      """
      \(what.phrase) needs the role \(word: role.name) in this account, which its manager or an admin can give, or belonging \
      to \(Self.name(department)), which an admin decides.
      """
    case .needsAdmin(let what): "\(what.phrase) is for admins of the organisation; ask one."
    case .needsKeeper(let what):
      "\(what.phrase) is for admins of the organisation and leads of its departments; an admin can do it, or make you a lead."
    case .serverWritten(let kind):
      "\(Self.article(kind)) record is written by the server only; use kamd's commands."
    case .taskHeldByAnother(let what):
      """
      \(what.phrase) is for the person who holds the task, a lead of its department, or a manager of the account; any of them \
      can release or assign it.
      """
    case .foreignAuthor(let kind): "\(Self.article(kind)) is written in one's own name."
    case .notAColleague(let department):
      """
      A lead assigns within the department: the person does not belong to \(Self.name(department)); an admin decides \
      who does.
      """
    case .notEngaged(let department):
      """
      \(capitalized(Self.name(department))) is not engaged in this account; its manager or an admin can engage it \
      (\(action: .engageDepartment)).
      """
    case .wrongScope(let kind, let scope): "\(Self.article(kind)) does not belong in \(scope)."
    case .missingRegister(let kind, let register): "\(Self.article(kind)) needs its \(word: register)."
    case .value(let kind, let register, let error):
      "The \(word: register) of the \(word: kind) \(error.phrase)."
    case .setOnce(let kind, let register):
      "The \(word: register) of \(withArticle(kind)) is set when it is made and cannot be changed; make a new one."
    case .unguarded(let kind, let register):
      "The \(word: register) of \(withArticle(kind)) has one winner: say which value you saw (a guard)."
    case .serverRegister(let kind, let register):
      "The \(word: register) of \(withArticle(kind)) is written by the server only."
    case .notTheSingleton(let kind): "An account has one \(word: kind), with an id made from the account's."
    case .cannotDelete(let kind): "\(Self.article(kind)) cannot be deleted."
    case .malformed(let detail): "The change cannot be read: \(detail)."
    case .clearsRequired(let kind, let register):
      "The \(word: register) of \(withArticle(kind)) cannot be emptied."
    case .tooMany(let what, let count, let maximum):
      "\(count) \(what.phrase) are too many; the limit is \(maximum)."
    case .tooManyAccounts(let maximum):
      "The organisation has \(maximum) accounts, as many as it can have; delete one that is not needed any more first."
    case .tooManyOwnAccounts(let maximum):
      """
      You have made \(maximum) accounts that are not deleted, as many as one person can; delete one first, or ask an \
      admin to make it.
      """
    case .tooManyToday(let what, let maximum):
      "One person can add \(maximum) \(what.phrase) a day; go on tomorrow, or ask an admin, who can add more."
    case .accountMustComeFirst:
      "A new account begins with its own record, made under the account's id, in its plan."
    case .sealed(let kind, let register, true):
      "\(Self.article(kind)) that is \(word: register) stands as it is; make a new one, or ask an admin."
    case .sealed(let kind, let register, false):
      "The \(word: kind) is \(word: register): take that off first (\(field: register) no), in an edit of its own."
    case .recordGone(let kind):
      "The \(word: kind) is not there any more (or never arrived); your words are kept in the refused edits."
    case .referenceUnknown(let kind, let register):
      """
      The \(word: register) of the \(word: kind) is not in this account (any more), or of an account that is not shared \
      with you; choose one of this account.
      """
    case .referenceOfAnotherKind(let kind, let register, let wanted):
      "The \(word: register) of \(withArticle(kind)) must be \(withArticle(wanted)); what was named is something else."
    case .ownParent(let kind, let register):
      "\(Self.article(kind)) cannot be its own \(word: register); choose another one, or leave it empty."
    case .wouldLoop(let kind, let register):
      """
      The \(word: kind) would be above and below itself: what was named as its \(word: register) lies below it already. \
      Take it out from there first, or choose another one.
      """
    case .waitsForItself(0): "A task cannot wait for itself; name another one that it needs."
    case .waitsForItself(let length):
      """
      The task would wait for itself, by way of \(counted(length, "other task")); take one of these dependencies away \
      first.
      """
    case .slugTaken(let slug, let name): "“\(slug)” is the short name of \(name) already; choose another one."
    case .guardFailed: "Somebody else was first; see who, and when."
    case .schemaAhead:
      "This server does not know a field of this edit yet; it waits until the server is upgraded."
    case .formerMissing: "What it builds on is not back yet since the server was restored."
    case .neverCameBack(let days):
      "The server was restored from a copy, and what this edit needs did not come back in \(days) days."
    case .decidedAnew: "It is decided anew, under another number."
    }
  }

  /// "A task", "An account": a sentence begins with it.
  private static func article(_ kind: String) -> Phrase { capitalized(withArticle(kind)) }

  private static func name(_ department: DepartmentCode?) -> Phrase {
    department.flatMap(\.builtInName).map { "the \(word: $0) department" } ?? "its department"
  }
}
