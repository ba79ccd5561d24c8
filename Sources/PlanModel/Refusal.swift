/// Why a change is not accepted. The sentence says what was wrong, with which value, and who or what can help.
package enum Refusal: Error, Equatable, Sendable {
  // Rights
  case scopeUnknownOrForbidden(Scope)
  case needsRole(AccountRole, what: String)
  /// A role in the account, or one in the department that the record is addressed to, would do.
  case needsRoleOrDepartment(AccountRole, DepartmentRole, DepartmentCode?, what: String)
  case needsAdmin(what: String)
  case serverWritten(kind: String)
  case taskHeldByAnother(what: String)
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
  case tooMany(what: String, count: Int, maximum: Int)
  case accountMustComeFirst
  case sealed(kind: String, register: String, isFinal: Bool)
  // State
  case recordGone(kind: String)

  package var isAboutRights: Bool {
    switch self {
    case .scopeUnknownOrForbidden, .needsRole, .needsRoleOrDepartment, .needsAdmin, .serverWritten,
      .taskHeldByAnother, .foreignAuthor, .notAColleague:
      true
    default: false
    }
  }

  package var sentence: String {
    switch self {
    case .scopeUnknownOrForbidden(let scope):
      scope == .directory
        ? "You may not change the directory; an admin can."
        : "There is no such account, or it is not shared with you; its manager or an admin can share it."
    case .needsRole(let role, let what):
      "\(what) needs the role \(role.name) in this account; its manager or an admin can give it."
    case .needsRoleOrDepartment(let role, let departmentRole, let department, let what):
      "\(what) needs the role \(role.name) in this account, which its manager or an admin can give, "
        + "or \(departmentRole == .lead ? "being a lead of" : "belonging to") \(Self.name(department)), which an admin decides."
    case .needsAdmin(let what): "\(what) is for admins of the organisation; ask one."
    case .serverWritten(let kind):
      "\(Self.article(kind)) record is written by the server only; use kamd's commands."
    case .taskHeldByAnother(let what):
      "\(what) is for the person who holds the task, a lead of its department, or a manager of the account; "
        + "any of them can release or assign it."
    case .foreignAuthor(let kind): "\(Self.article(kind)) is written in one's own name."
    case .notAColleague(let department):
      "A lead assigns within the department: the person does not belong to \(Self.name(department)); an admin decides "
        + "who does."
    case .notEngaged(let department):
      "\(Self.name(department, atStart: true)) is not engaged in this account; "
        + "its manager or an admin can engage it (kam account engage)."
    case .wrongScope(let kind, let scope): "\(Self.article(kind)) does not belong in \(scope)."
    case .missingRegister(let kind, let register): "\(Self.article(kind)) needs its \(register)."
    case .value(let kind, let register, let error): "The \(register) of the \(kind) \(error.sentence)."
    case .setOnce(let kind, let register):
      "The \(register) of \(withArticle(kind)) is set when it is made and cannot be changed; make a new one."
    case .unguarded(let kind, let register):
      "The \(register) of \(withArticle(kind)) has one winner: say which value you saw (a guard)."
    case .serverRegister(let kind, let register):
      "The \(register) of \(withArticle(kind)) is written by the server only."
    case .notTheSingleton(let kind): "An account has one \(kind), with an id made from the account's."
    case .cannotDelete(let kind): "\(Self.article(kind)) cannot be deleted."
    case .malformed(let detail): "The change cannot be read: \(detail)."
    case .clearsRequired(let kind, let register): "The \(register) of \(withArticle(kind)) cannot be emptied."
    case .tooMany(let what, let count, let maximum): "\(count) \(what) are too many; the limit is \(maximum)."
    case .accountMustComeFirst:
      "A new account begins with its own record, made under the account's id, in its plan."
    case .sealed(let kind, let register, let isFinal):
      isFinal
        ? "\(Self.article(kind)) that is \(register) stands as it is; make a new one."
        : "The \(kind) is \(register): take that off first (--\(register) no), in an edit of its own."
    case .recordGone(let kind):
      "The \(kind) is not there any more (or never arrived); your words are kept in the refused edits."
    }
  }
  /// "A task", "An account": a sentence begins with it.
  private static func article(_ kind: String) -> String {
    let words = withArticle(kind)
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static func name(_ department: DepartmentCode?, atStart: Bool = false) -> String {
    let known = department.flatMap(\.builtInName)
    return known.map { "the \($0) department" }.map { atStart ? "T" + $0.dropFirst() : $0 }
      ?? (atStart ? "Its department" : "its department")
  }
}
