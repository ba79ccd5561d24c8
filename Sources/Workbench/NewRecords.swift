import PlanModel
import Replica
import Speech
import SyncCore
import Wording

extension Workbench {
  /// The registers of a new record: what was said, and what a new one starts with.
  package func newValues(
    _ fields: FieldTexts, kind: KindDescription, title: String, in scope: Scope
  ) throws -> [(register: UInt32, value: RegisterValue)] {
    var values = try assignments(fields, kind: kind, in: scope)
    if let register = kind.titleRegister {
      guard let title = try value(title, for: register, in: scope) else {
        throw Failure.usage("The \(word: register.label) of a new \(word: kind.label) must not be empty.")
      }
      values.append((register.number, title))
    }
    return try complete(values, kind)
  }

  package func complete(
    _ given: [Assignment], _ kind: KindDescription, isOfFile: Bool = false
  ) throws -> [(register: UInt32, value: RegisterValue)] {
    var values: [(register: UInt32, value: RegisterValue)] = given.compactMap { assignment in
      assignment.value.map { (assignment.register, $0) }
    }
    for register in kind.registers where !values.contains(where: { $0.register == register.number }) {
      if let initial = register.initial { values.append((register.number, .integer(initial))) }
      switch register.fill {
      case .author: values.append((register.number, .reference(identity.person)))
      // By the server's clock, as far as this device knows how far off its own is.
      case .now:
        values.append((register.number, .integer(now + (try replica.progress().clockOffset))))
      case nil: break
      }
      if register.isRequired {
        throw Failure.usage(
          isOfFile
            ? "A new \(word: kind.label) needs the \(word: register.label)\(register.choicesHelp)."
            : "A new \(word: kind.label) needs \(field: register.name)\(register.choicesHelp).")
      }
    }
    return values
  }

  /// A short name of its own for a new account. One that was given is checked; one that was not is made.
  package func addSlug(to values: inout [(register: UInt32, value: RegisterValue)]) throws {
    let kind = KindDescription.account
    guard let register = kind.register(AccountRegister.slug) else { return }
    if let given = values.first(where: { $0.register == register.number }), case .text(let slug) = given.value
    {
      if let other = try accounts().named(slug).first, other.slug == slug, other.isAlive {
        throw Failure.refused(
          "“\(slug)” is the short name of \(other.name) already; choose another \(field: "slug").")
      }
      return
    }
    guard case .text(let name)? = values.first(where: { $0.register == kind.title })?.value else { return }
    values.append((register.number, .text(try accounts().freeSlug(for: name))))
  }

  /// The records that `--email` and `--phone` of a contact make.
  func contactPoints(
    _ fields: FieldTexts, of contact: RecordID, _ kind: KindDescription, in scope: Scope
  ) throws -> [[(register: UInt32, value: RegisterValue)]] {
    guard kind.number == KindNumber.contact else { return [] }
    return try fields.given.filter { $0.name == "email" || $0.name == "phone" }.map { option in
      let typed = try assignments(
        typed: [(ContactPointRegister.type, option.name), (ContactPointRegister.value, option.text)],
        of: .contactPoint, in: scope)
      guard typed.allSatisfy({ $0.value != nil }) else {
        throw Failure.usage("\(field: option.name) must not be empty.")
      }
      return filled([(ContactPointRegister.contact, .reference(contact))] + typed)
    }
  }
}
