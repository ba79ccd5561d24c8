// Refusals as they travel: a code, and arguments in a fixed order. Kinds and registers are named as in model.proto.
//
// - SeeAlso: Protocol/sync.md, "Refusals"; Protocol/vectors/refusals.json

/// A refusal as a code and its arguments, before it is a message.
package struct CodedRefusal: Equatable, Sendable {
  package let code: String
  package let arguments: [String]

  package init(_ code: String, _ arguments: [String] = []) {
    self.code = code
    self.arguments = arguments
  }

  /// A text of a person is told by its beginning: it is in the edit, whole.
  static func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.count <= 200 ? text : String(String.UnicodeScalarView(scalars.prefix(200))) + "…"
  }
}

extension Refusal {
  package var coded: CodedRefusal {
    switch self {
    case .directoryClosed: CodedRefusal("directory-closed")
    case .accountUnknownOrForbidden: CodedRefusal("no-such-account")
    case .needsRole(let role, let what): CodedRefusal("needs-role", [role.name] + what.coded)
    case .needsRoleOrDepartment(let role, let departmentRole, let department, let what):
      CodedRefusal(
        "needs-role-or-department",
        [role.name, departmentRole.name, "\(department?.number ?? 0)"] + what.coded)
    case .needsAdmin(let what): CodedRefusal("needs-admin", what.coded)
    case .needsKeeper(let what): CodedRefusal("needs-keeper", what.coded)
    case .serverWritten(let kind): CodedRefusal("server-written", [kind.wireName])
    case .taskHeldByAnother(let what): CodedRefusal("task-held", what.coded)
    case .foreignAuthor(let kind): CodedRefusal("foreign-author", [kind.wireName])
    case .notAColleague(let department): CodedRefusal("not-a-colleague", ["\(department.number)"])
    case .notEngaged(let department): CodedRefusal("not-engaged", ["\(department.number)"])
    case .malformed(let detail): CodedRefusal("malformed", [CodedRefusal.shortened(detail)])
    case .tooMany(let what, let count, let maximum):
      CodedRefusal("too-many", [what.rawValue, "\(count)", "\(maximum)"])
    case .tooManyAccounts(let maximum): CodedRefusal("too-many-accounts", ["\(maximum)"])
    case .tooManyOwnAccounts(let maximum): CodedRefusal("too-many-own-accounts", ["\(maximum)"])
    case .tooManyToday(let what, let maximum):
      CodedRefusal("too-many-today", [what.rawValue, "\(maximum)"])
    case .accountMustComeFirst: CodedRefusal("account-first")
    case .waitsForItself(let length): CodedRefusal("waits-for-itself", ["\(length)"])
    case .slugTaken(let slug, let name): CodedRefusal("slug-taken", [slug, CodedRefusal.shortened(name)])
    case .guardFailed: CodedRefusal("guard-failed")
    case .schemaAhead: CodedRefusal("schema-ahead")
    case .formerMissing: CodedRefusal("former-missing")
    case .neverCameBack(let days): CodedRefusal("never-came-back", ["\(days)"])
    case .decidedAnew: CodedRefusal("decided-anew")
    default: codedOfRecord
    }
  }

  /// Of those that name a kind and a register.
  private var codedOfRecord: CodedRefusal {
    switch self {
    case .wrongScope(let kind, let scope): of("wrong-scope", kind, scope.description)
    case .missingRegister(let kind, let register): of("missing", kind, register.wireName)
    case .value(let kind, let register, let error):
      CodedRefusal("value", [kind.wireName, register.wireName] + error.coded)
    case .setOnce(let kind, let register): of("set-once", kind, register.wireName)
    case .unguarded(let kind, let register): of("unguarded", kind, register.wireName)
    case .serverRegister(let kind, let register): of("server-register", kind, register.wireName)
    case .notTheSingleton(let kind): of("not-the-singleton", kind)
    case .cannotDelete(let kind): of("cannot-delete", kind)
    case .clearsRequired(let kind, let register): of("clears-required", kind, register.wireName)
    case .sealed(let kind, let register, let isFinal):
      of("sealed", kind, register.wireName, isFinal ? "final" : "open")
    case .recordGone(let kind): of("record-gone", kind)
    case .referenceUnknown(let kind, let register): of("reference-unknown", kind, register.wireName)
    case .referenceOfAnotherKind(let kind, let register, let wanted):
      of("reference-kind", kind, register.wireName, wanted.wireName)
    case .ownParent(let kind, let register): of("own-parent", kind, register.wireName)
    case .wouldLoop(let kind, let register): of("would-loop", kind, register.wireName)
    default: preconditionFailure("the others have their codes above")
    }
  }

  private func of(_ code: String, _ kind: String, _ more: String...) -> CodedRefusal {
    CodedRefusal(code, [kind.wireName] + more)
  }

  /// Nil when this version does not know the code, or cannot read its arguments; more of them than it knows are left out.
  package init?(_ coded: CodedRefusal) {
    guard
      let refusal =
        Self.aboutRights(coded) ?? Self.aboutNumbers(coded) ?? Self.aboutRecords(coded) ?? Self.alone(coded)
    else { return nil }
    self = refusal
  }

  private static func aboutRights(_ coded: CodedRefusal) -> Refusal? {
    let arguments = coded.arguments
    switch coded.code {
    case "directory-closed": return .directoryClosed
    case "no-such-account": return .accountUnknownOrForbidden
    case "needs-role":
      guard let role = arguments.text(0).flatMap(AccountRole.init(named:)),
        let what = Deed(arguments, from: 1)
      else { return nil }
      return .needsRole(role, what: what)
    case "needs-role-or-department":
      guard let role = arguments.text(0).flatMap(AccountRole.init(named:)),
        let departmentRole = arguments.text(1).flatMap(DepartmentRole.init(named:)),
        let number = arguments.number(2), let what = Deed(arguments, from: 3)
      else { return nil }
      return .needsRoleOrDepartment(
        role, departmentRole, number == 0 ? nil : DepartmentCode(number), what: what)
    case "needs-admin": return Deed(arguments, from: 0).map { .needsAdmin(what: $0) }
    case "needs-keeper": return Deed(arguments, from: 0).map { .needsKeeper(what: $0) }
    case "task-held": return Deed(arguments, from: 0).map { .taskHeldByAnother(what: $0) }
    case "not-a-colleague": return arguments.number(0).map { .notAColleague(DepartmentCode($0)) }
    case "not-engaged": return arguments.number(0).map { .notEngaged(DepartmentCode($0)) }
    default: return nil
    }
  }

  private static func aboutNumbers(_ coded: CodedRefusal) -> Refusal? {
    let arguments = coded.arguments
    let what = arguments.text(0).flatMap(Quantity.init(rawValue:))
    switch coded.code {
    case "too-many":
      guard let what, let count = arguments.count(1), let maximum = arguments.count(2) else { return nil }
      return .tooMany(what: what, count: count, maximum: maximum)
    case "too-many-today":
      guard let what, let maximum = arguments.count(1) else { return nil }
      return .tooManyToday(what: what, maximum: maximum)
    case "too-many-accounts": return arguments.count(0).map(tooManyAccounts(maximum:))
    case "too-many-own-accounts": return arguments.count(0).map(tooManyOwnAccounts(maximum:))
    case "waits-for-itself": return arguments.count(0).map(waitsForItself(length:))
    case "never-came-back": return arguments.count(0).map(neverCameBack(days:))
    default: return nil
    }
  }

  private static func aboutRecords(_ coded: CodedRefusal) -> Refusal? {
    guard let kind = coded.arguments.kind(0) else { return nil }
    switch coded.code {
    case "server-written": return .serverWritten(kind: kind)
    case "foreign-author": return .foreignAuthor(kind: kind)
    case "not-the-singleton": return .notTheSingleton(kind: kind)
    case "cannot-delete": return .cannotDelete(kind: kind)
    case "record-gone": return .recordGone(kind: kind)
    case "wrong-scope":
      return coded.arguments.text(1).flatMap(Scope.init).map { .wrongScope(kind: kind, scope: $0) }
    default: return coded.arguments.register(1).flatMap { aboutRegister(coded, kind, $0) }
    }
  }

  private static func aboutRegister(_ coded: CodedRefusal, _ kind: String, _ register: String) -> Refusal? {
    switch coded.code {
    case "missing": return .missingRegister(kind: kind, register: register)
    case "value":
      return ValueError(coded.arguments, from: 2).map { .value(kind: kind, register: register, $0) }
    case "set-once": return .setOnce(kind: kind, register: register)
    case "unguarded": return .unguarded(kind: kind, register: register)
    case "server-register": return .serverRegister(kind: kind, register: register)
    case "clears-required": return .clearsRequired(kind: kind, register: register)
    case "sealed":
      guard let state = coded.arguments.text(2), ["final", "open"].contains(state) else { return nil }
      return .sealed(kind: kind, register: register, isFinal: state == "final")
    case "reference-unknown": return .referenceUnknown(kind: kind, register: register)
    case "reference-kind":
      return coded.arguments.kind(2).map {
        .referenceOfAnotherKind(kind: kind, register: register, wanted: $0)
      }
    case "own-parent": return .ownParent(kind: kind, register: register)
    case "would-loop": return .wouldLoop(kind: kind, register: register)
    default: return nil
    }
  }

  private static func alone(_ coded: CodedRefusal) -> Refusal? {
    switch coded.code {
    case "malformed": return coded.arguments.text(0).map(malformed)
    case "slug-taken":
      guard let slug = coded.arguments.text(0), let name = coded.arguments.text(1) else { return nil }
      return .slugTaken(slug, by: name)
    case "account-first": return .accountMustComeFirst
    case "guard-failed": return .guardFailed
    case "schema-ahead": return .schemaAhead
    case "former-missing": return .formerMissing
    case "decided-anew": return .decidedAnew
    default: return nil
    }
  }
}
