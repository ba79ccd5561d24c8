import Wording
import PlanModel
import Testing

private let account = RecordID(high: 0x019A_0000_0000_7000, low: 0x8000_0000_0000_0100)
private let me = RecordID(high: 0x019A_0000_0000_7000, low: 0x8000_0000_0000_0200)
private let other = RecordID(high: 0x019A_0000_0000_7000, low: 0x8000_0000_0000_0300)
private let plan = Scope.plan(account)

private func standing(_ organization: OrganizationRole = .member, _ role: AccountRole? = .manager) -> Standing
{
  Standing(person: me, organization: organization, account: role)
}

/// A value that the register can hold.
private func sample(_ register: RegisterDescription, second: Bool = false) -> RegisterValue {
  switch register.type {
  case .line, .text: .text(second ? "y" : "x")
  case .slug: .text(second ? "b" : "a")
  case .date: .text(second ? "2026-02-02" : "2026-01-01")
  case .country: .text(second ? "TN" : "FR")
  case .currency: .text(second ? "TND" : "EUR")
  case .decimal: .text(second ? "2" : "1")
  case .choice: .integer(second ? 2 : 1)
  case .integer(let range): .integer(range.lowerBound + (second ? 1 : 0))
  case .flag: .flag(second)
  case .money: .money(Money(currency: "EUR", minor: second ? 2 : 1))
  case .period:
    .period(PlanDate(milliseconds: 0), PlanDate(milliseconds: second ? 86_400_000 : 0))
  case .graded: .graded(1, likelihood: second ? 2 : 1)
  case .reference, .anyReference: .reference(second && register.policy == .once ? other : me)
  case .kindNumber: .integer(second ? 41 : 42)
  case .instant: .integer(second ? 2 : 1)
  case .opaque: .opaque
  }
}

private func body(_ kind: KindDescription, _ values: [UInt32: RegisterValue]) -> Registers {
  var registers = Registers()
  for (number, value) in values.sorted(by: { $0.key < $1.key }) {
    guard let register = kind.register(number) else { continue }
    registers.append(number, register.type.encode(value, as: number))
  }
  return registers
}

/// The least a record of the kind needs.
private func least(_ kind: KindDescription) -> [UInt32: RegisterValue] {
  Dictionary(uniqueKeysWithValues: kind.registers.filter(\.isRequired).map { ($0.number, sample($0)) })
}

private func id(_ kind: KindDescription) -> RecordID {
  if kind.number == KindDescription.account.number { return account }
  return kind.isSingleton ? account.singleton(ofKind: kind.number) : other
}

private func outcome(
  _ kind: KindDescription, in scope: Scope = plan, by standing: Standing = standing(),
  set: [UInt32: RegisterValue] = [:], clear: [UInt32] = [], alive: Bool? = nil, guarded: Set<UInt32> = [],
  record: RecordID? = nil, current: [UInt32: RegisterValue]?
) -> Refusal? {
  let change = ProposedChange(
    record: record ?? id(kind), kind: kind.number, isCreation: current == nil, set: body(kind, set),
    cleared: clear,
    alive: alive, guarded: guarded)
  do {
    try validate(change, in: scope, by: standing, current: current.map { body(kind, $0) })
    return nil
  } catch let refusal as Refusal {
    return refusal
  } catch {
    Issue.record("\(kind.name): \(error)")
    return .malformed("\(error)")
  }
}

@Suite("Rules of a change")
struct ValidationTests {
  static let planKinds = PlanModel.kinds.filter { $0.family == .plan }.map(\.number)

  /// Organisation role and account role, and the account role that counts.
  static let standings: [(OrganizationRole, AccountRole?, counts: AccountRole?)] = [
    (.member, .viewer, .viewer), (.member, .contributor, .contributor), (.member, .manager, .manager),
    (.executive, nil, nil), (.executive, .viewer, .viewer), (.executive, .contributor, .contributor),
    (.executive, .manager, .manager), (.admin, nil, .manager), (.admin, .viewer, .manager),
    (.member, nil, nil),
  ]

  @Test("role × register × policy × new or existing: every cell", arguments: planKinds)
  func matrix(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    for register in kind.registers {
      for (organization, role, counts) in Self.standings {
        for isNew in [true, false] {
          for isGuarded in [false, true] {
            let base = least(kind)
            let refusal = outcome(
              kind, by: standing(organization, role),
              set: isNew
                ? base.merging([register.number: sample(register)]) { $1 }
                : [register.number: sample(register, second: true)],
              guarded: isGuarded ? [register.number] : [], current: isNew ? nil : base)
            let cell: Comment =
              "\(kind.name) \(register.name) \(organization) \(String(describing: role)) new \(isNew) guard \(isGuarded)"
            guard let counts, counts >= .contributor else {
              let sees = organization != .member || role != nil
              #expect(
                refusal
                  == (sees
                    ? .needsRole(.contributor, what: .changing(kind: kind.name))
                    : .scopeUnknownOrForbidden(plan)),
                cell)
              continue
            }
            if register.policy == .once, !isNew {
              #expect(refusal == .setOnce(kind: kind.name, register: register.label), cell)
            } else if register.policy == .guarded, !isNew, !isGuarded {
              #expect(refusal == .unguarded(kind: kind.name, register: register.label), cell)
            } else if register.policy == .server {
              #expect(refusal == .serverRegister(kind: kind.name, register: register.label), cell)
            } else if counts < register.writer {
              #expect(
                refusal
                  == .needsRole(
                    register.writer, what: .changingRegister(kind: kind.name, register: register.label)),
                cell)
            } else {
              #expect(refusal == nil, cell)
            }
          }
        }
      }
    }
  }

  @Test("key account, manager and parent are for managers; everything else a contributor may write")
  func managersOnly() {
    let named = PlanModel.kinds.flatMap { kind in
      kind.registers.filter { $0.writer == .manager }.map { "\(kind.name) \($0.name)" }
    }
    #expect(named == ["account key-account", "account manager", "account parent"])
  }

  @Test("letters that are no currency are not written, and what was written before is shown and may stay")
  func currencies() throws {
    let kind = KindDescription.account
    let currency = try #require(kind.register(named: "currency"))
    let old: [UInt32: RegisterValue] = [1: .text("x"), currency.number: .text("TTC")]
    let same: [UInt32: RegisterValue] = [currency.number: .text("TTC")]
    #expect(outcome(kind, set: same, record: account, current: old) == nil)
    let refused = outcome(kind, set: same, record: account, current: [1: .text("x")])
    #expect(refused?.sentence.contains("“TTC” is not a currency") == true)
    #expect(outcome(kind, set: [currency.number: .text("CHF")], record: account, current: old) == nil)
    let sale = KindDescription.sale
    let revenue = try #require(sale.register(named: "revenue"))
    let foreign = revenue.type.encode(.money(Money(currency: "HTV", minor: 1)), as: revenue.number)
    #expect(try revenue.type.decode(foreign[...]) == .money(Money(currency: "HTV", minor: 1)))
    #expect(throws: ValueError.notACurrency("TTC")) { try revenue.type.parse("20.00 TTC") }
    #expect(throws: ValueError.notACurrency("TTC")) { try currency.type.parse("TTC") }
  }

  @Test("emptying follows the same policies; what is required cannot be emptied", arguments: planKinds)
  func clearing(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    for register in kind.registers {
      let full = Dictionary(uniqueKeysWithValues: kind.registers.map { ($0.number, sample($0)) })
      for isGuarded in [true, false] {
        let refusal = outcome(
          kind, clear: [register.number], guarded: isGuarded ? [register.number] : [], current: full)
        let wanted: Refusal? =
          if register.isRequired {
            .clearsRequired(kind: kind.name, register: register.label)
          } else if register.policy == .once {
            .setOnce(kind: kind.name, register: register.label)
          } else if register.policy == .guarded, !isGuarded {
            .unguarded(kind: kind.name, register: register.label)
          } else if register.policy == .server {
            .serverRegister(kind: kind.name, register: register.label)
          } else { nil }
        #expect(refusal == wanted, "\(kind.name) \(register.name)")
      }
    }
  }

  @Test("a new record needs each of its required registers", arguments: planKinds)
  func required(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    #expect(outcome(kind, set: least(kind), current: nil) == nil)
    for register in kind.registers where register.isRequired {
      var values = least(kind)
      values[register.number] = nil
      #expect(
        outcome(kind, set: values, current: nil)
          == .missingRegister(kind: kind.name, register: register.label))
    }
  }

  @Test("a kind belongs in its sort of scope and in no other", arguments: PlanModel.kinds.map(\.number))
  func place(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    for scope in [Scope.directory, plan, .finance(account)] where scope.family != kind.family {
      #expect(
        outcome(kind, in: scope, set: least(kind), current: nil) == .wrongScope(kind: kind.name, scope: scope)
      )
    }
  }

  @Test("the directory is for admins, and people in it for the server")
  func directory() {
    for role in [OrganizationRole.member, .executive] {
      #expect(
        outcome(
          .department, in: .directory, by: standing(role, nil), set: least(.department),
          current: least(.department)) == .needsAdmin(what: .changing(kind: "department")))
    }
    let admin = standing(.admin, nil)
    #expect(
      outcome(.department, in: .directory, by: admin, set: least(.department), current: least(.department))
        == nil)
    #expect(
      outcome(.department, in: .directory, by: admin, set: least(.department), current: nil)
        == .serverWritten(kind: "department"))
    #expect(
      outcome(.department, in: .directory, by: admin, set: [2: .integer(1)], current: least(.department))
        == .serverRegister(kind: "department", register: "code"))
    for register in KindDescription.person.registers where register.type != .opaque {
      #expect(
        outcome(.person, in: .directory, by: admin, set: [register.number: sample(register)], current: [:])
          == .serverWritten(kind: "person"))
    }
  }

  @Test("singletons have the account's id, and the privileged contact is not deleted")
  func singletons() {
    #expect(
      outcome(.account, set: least(.account), record: other, current: nil)
        == .notTheSingleton(kind: "account"))
    #expect(
      outcome(.privilegedContact, set: [1: .reference(me)], record: other, current: nil)
        == .notTheSingleton(kind: "privileged-contact"))
    #expect(
      outcome(.privilegedContact, alive: false, current: [:]) == .cannotDelete(kind: "privileged-contact"))
    #expect(outcome(.privilegedContact, alive: true, current: [:]) == nil)
  }

  @Test("deleting and restoring an account is for its manager", arguments: [true, false])
  func accountLife(alive: Bool) {
    #expect(outcome(.account, by: standing(.member, .manager), alive: alive, current: least(.account)) == nil)
    #expect(outcome(.account, by: standing(.admin, nil), alive: alive, current: least(.account)) == nil)
    #expect(
      outcome(.account, by: standing(.member, .contributor), alive: alive, current: least(.account))
        == .needsRole(.manager, what: .deletingOrRestoring(kind: "account")))
    #expect(outcome(.task, by: standing(.member, .contributor), alive: alive, current: least(.task)) == nil)
  }

  @Test("what was set once can be sent again with the same value")
  func onceAgain() {
    let comment = least(.comment)
    #expect(outcome(.comment, set: comment, current: comment) == nil)
    #expect(
      outcome(.comment, set: [4: .reference(me)], current: comment)
        == .setOnce(kind: "comment", register: "author"))
  }

  /// Who acts, who holds the task (nil: nobody), who is to hold it afterwards, and whether that is allowed.
  static let claims: [(AccountRole, holder: String?, claimant: String?, isAllowed: Bool)] = [
    (.contributor, nil, "me", true), (.contributor, nil, "other", false), (.contributor, "me", "me", true),
    (.contributor, "me", "other", false), (.contributor, "me", nil, true),
    (.contributor, "other", "me", false),
    (.contributor, "other", nil, false), (.manager, nil, "other", true), (.manager, "other", "me", true),
    (.manager, "other", nil, true),
  ]

  @Test(
    "a task is claimed in one's own name, and moved by its holder or a manager", arguments: claims.indices)
  func claim(row: Int) {
    let (role, holder, claimant, isAllowed) = Self.claims[row]
    let people = ["me": me, "other": other]
    var current = least(.task)
    if let id = holder.flatMap({ people[$0] }) { current[TaskRegister.claimedBy] = .reference(id) }
    let person = claimant.flatMap { people[$0] }
    let refusal = outcome(
      .task, by: standing(.member, role), set: person.map { [TaskRegister.claimedBy: .reference($0)] } ?? [:],
      clear: person == nil ? [TaskRegister.claimedBy] : [], guarded: [TaskRegister.claimedBy],
      current: current)
    #expect((refusal == nil) == isAllowed)
    if let refusal { #expect(refusal.isAboutRights) }
  }

  @Test("the status of a task that another holds is moved, or emptied, by them or a manager only")
  func status() {
    let guarded: Set<UInt32> = [TaskRegister.status]
    for (role, holder, isAllowed) in [
      (.contributor, other, false), (.contributor, me, true), (.manager, other, true),
    ] as [(AccountRole, RecordID, Bool)] {
      var current = least(.task)
      current[TaskRegister.claimedBy] = .reference(holder)
      current[TaskRegister.status] = .integer(TaskStatus.claimed)
      let by = standing(.member, role)
      #expect(
        (outcome(.task, by: by, set: [TaskRegister.status: .integer(5)], guarded: guarded, current: current)
          == nil) == isAllowed)
      #expect(
        (outcome(.task, by: by, clear: [TaskRegister.status], guarded: guarded, current: current) == nil)
          == isAllowed)
      // Other registers are anybody's.
      #expect(outcome(.task, by: by, set: [10: .text("called")], current: current) == nil)
    }
  }

  @Test("a new task is not claimed in another's name")
  func newTask() {
    let claimed = least(.task).merging([TaskRegister.claimedBy: .reference(other)]) { $1 }
    #expect(
      outcome(.task, by: standing(.member, .contributor), set: claimed, current: nil)?.isAboutRights == true)
    #expect(outcome(.task, by: standing(.member, .manager), set: claimed, current: nil) == nil)
  }

  @Test("a kind or register of a newer version is not judged")
  func schemaAhead() {
    func ahead(kind: UInt32 = 42, set: Registers = Registers(), clear: [UInt32] = []) -> SchemaAhead? {
      #expect(throws: SchemaAhead.self) {
        try validate(
          ProposedChange(record: other, kind: kind, isCreation: false, set: set, cleared: clear), in: plan,
          by: standing(), current: Registers())
      }
    }
    var newer = Registers()
    newer.append(900, [0xA0, 0x38, 0x01])
    #expect(ahead(set: newer) == SchemaAhead(kind: 42, register: 900))
    #expect(ahead(clear: [900]) == SchemaAhead(kind: 42, register: 900))
    #expect(ahead(kind: 200) == SchemaAhead(kind: 200, register: nil))
  }

  @Test("a wrong value is refused with the register's name and what is wanted")
  func values() {
    var registers = Registers()
    registers.append(1, RegisterType.line(maximum: 9).encode(.text("a\u{1B}"), as: 1))
    #expect {
      try validate(
        ProposedChange(record: other, kind: 42, isCreation: false, set: registers), in: plan, by: standing(),
        current: Registers())
    } throws: { error in
      (error as? Refusal)?.sentence == "The title of the task holds the control character U+1B; remove it."
    }
  }

  @Test("standing: who may read and write which sort of scope")
  func standings() {
    let families: [ScopeFamily] = [.directory, .plan, .finance]
    func table(_ standing: Standing) -> [String] {
      families.map { (standing.mayRead($0) ? "r" : "-") + (standing.mayWrite($0) ? "w" : "-") }
    }
    #expect(table(standing(.member, nil)) == ["r-", "--", "--"])
    #expect(table(standing(.member, .viewer)) == ["r-", "r-", "--"])
    #expect(table(standing(.member, .contributor)) == ["r-", "rw", "r-"])
    #expect(table(standing(.member, .manager)) == ["r-", "rw", "rw"])
    #expect(table(standing(.executive, nil)) == ["r-", "r-", "r-"])
    #expect(table(standing(.executive, .contributor)) == ["r-", "rw", "r-"])
    #expect(table(standing(.admin, nil)) == ["rw", "rw", "rw"])
    #expect(AccountRole(named: "manager") == .manager && AccountRole(named: "Manager") == nil)
    #expect(OrganizationRole(named: "executive") == .executive && OrganizationRole(named: "") == nil)
  }

  @Test("a seal whose flag cannot be read is one that is on, and is broken by it")
  func unreadableSeal() throws {
    let seal = Seal(7, isFinal: true)
    for bytes in [[0x3A, 0x01, 0x00], [0x3D, 0, 0, 0, 0]] as [[UInt8]] {
      let registers = try Registers(bytes)
      #expect(seal.isOn(in: registers))
      #expect(ProposedChange(record: other, kind: 51, isCreation: false, set: registers).breaks(seal))
    }
    for (bytes, isOn) in [([], false), ([0x38, 0x00], false), ([0x38, 0x01], true)] as [([UInt8], Bool)] {
      let registers = try Registers(bytes)
      #expect(seal.isOn(in: registers) == isOn)
    }
  }
}
