/// Which rule decides a register when two people write it.
package enum RegisterPolicy: Equatable, Sendable {
  /// The later edit stands; an unseen value it replaces is kept in history and told to both.
  case lastWriterWins
  /// Compare-and-set, decided by the server. A write without a guard is refused, except when the record is new.
  case guarded
  /// Set when the record is created, and never again.
  case once
  /// Only the server writes it.
  case server
}

/// What a register of a new record holds when its author does not say.
package enum RegisterFill: Equatable, Sendable {
  /// Who makes the record. Nobody else can be named.
  case author
  /// The moment it is made.
  case now
}

/// A flag that ends a record's changes: what was published, finalised or locked stands.
package struct Seal: Equatable, Sendable {
  package let register: UInt32
  /// It cannot be taken off again.
  package let isFinal: Bool

  package init(_ register: UInt32, isFinal: Bool) {
    self.register = register
    self.isFinal = isFinal
  }
}

/// One register of a kind: everything that parsing, checking, showing and merging it need to know.
package struct RegisterDescription: Equatable, Sendable {
  /// The field number in the kind's message.
  package let number: UInt32
  /// The field's name in the `.proto`, with hyphens: also the command-line option.
  package let name: String
  package let type: RegisterType
  package let policy: RegisterPolicy
  /// For help texts.
  package let help: String
  package let isRequired: Bool
  /// The least account role that may write it.
  package let writer: AccountRole
  /// The least role in the department that the record is addressed to which may write it too; nil: none.
  package let departmentWriter: DepartmentRole?
  /// What a new record starts with when its author does not say: the number of a choice.
  package let initial: Int64?
  package let fill: RegisterFill?

  package init(
    _ number: UInt32, _ name: String, _ type: RegisterType, policy: RegisterPolicy = .lastWriterWins,
    required: Bool = false, writer: AccountRole = .contributor, department: DepartmentRole? = nil,
    initial: Int64? = nil, fill: RegisterFill? = nil, _ help: String
  ) {
    self.number = number
    self.name = name
    self.type = type
    self.policy = policy
    self.help = help
    isRequired = required
    self.writer = writer
    departmentWriter = department
    self.initial = initial
    self.fill = fill
  }

  /// As a person reads it: "requested by".
  package var label: String { name.replacing("-", with: " ") }
}

/// A kind of record.
///
/// One object for each, for ever: as a value, every use of it would count references to all that it holds.
package final class KindDescription: Sendable {
  /// Its number in `Kind` and in `RecordBody`.
  package let number: UInt32
  /// As typed: "task".
  package let name: String
  package let family: ScopeFamily
  /// There is one an account, and its id says so.
  package let isSingleton: Bool
  /// Only the server makes and changes its records.
  package let isServerWritten: Bool
  /// Only the server makes and deletes its records; people change them.
  package let isServerMade: Bool
  /// The register that names the department a record is addressed to.
  package let addressee: UInt32?
  /// Whether people of every engaged department add such records.
  package let isOpenToDepartments: Bool
  /// Whether the leads of departments make and change such records of the directory too; only admins delete them.
  package let isOpenToKeepers: Bool
  package let seal: Seal?
  /// The register that names a record to people.
  package let title: UInt32
  /// What a list shows, in order.
  package let columns: [String]
  package let registers: [RegisterDescription]
  /// The register that says who made a record.
  package let author: RegisterDescription?
  /// By which registers an import knows a record again; of several ways the first that a row has all of.
  package let keys: [[String]]

  package init(
    _ number: UInt32, _ name: String, _ family: ScopeFamily, singleton: Bool = false,
    serverWritten: Bool = false, serverMade: Bool = false, addressee: UInt32? = nil,
    openToDepartments: Bool = false, openToKeepers: Bool = false, seal: Seal? = nil,
    title: UInt32, columns: [String], keys: [[String]] = [], _ registers: [RegisterDescription]
  ) {
    self.number = number
    self.name = name
    self.family = family
    isSingleton = singleton
    isServerWritten = serverWritten
    isServerMade = serverWritten || serverMade
    self.addressee = addressee
    isOpenToDepartments = openToDepartments
    isOpenToKeepers = openToKeepers
    self.seal = seal
    self.title = title
    self.columns = columns
    self.registers = registers
    self.keys = keys
    author = registers.first { $0.fill == .author }
  }

  /// An event is not edited: all it says is said once.
  package var isEvent: Bool { registers.allSatisfy { $0.policy == .once } }

  package func register(_ number: UInt32) -> RegisterDescription? {
    // Field numbers are mostly dense from 1, so the guess is mostly right.
    let guess = Int(number) - 1
    if registers.indices.contains(guess), registers[guess].number == number { return registers[guess] }
    return registers.first { $0.number == number }
  }

  /// What a register of this number is chosen from; nil when it is not a choice.
  package func choices(of number: UInt32) -> Choices? {
    if case .choice(let choices)? = register(number)?.type { choices } else { nil }
  }

  package func register(named name: String) -> RegisterDescription? { registers.first { $0.name == name } }

  package func register(named name: some StringProtocol) -> RegisterDescription? {
    register(named: String(name))
  }
}

/// Register 0 of every record: alive or deleted.
package let lifeRegister: UInt32 = 0

/// Every kind this version knows.
package enum PlanModel {
  /// Grows with every added kind or register; told to the other side in every request.
  package static let schemaVersion: UInt32 = 2

  package static let kinds: [KindDescription] = [
    .person, .department, .product, .strategy, .surveyTemplate, .interviewGuide, .selectionCriterion,
    .segment, .healthDefinition, .kpiTarget, .planTemplate, .templateStep, .serviceLevel, .exchangeRate,
    .importMapping, .account, .division, .contact,
    .contactPoint, .stakeholderRole,
    .influence, .privilegedContact, .coverage, .plan, .objective, .task, .taskDependency, .taskRole,
    .departmentExpectation, .project, .swotItem, .whitespaceCell, .opportunity, .observation, .interview,
    .surveyCampaign, .surveyInvitation, .surveyResponse, .externalReview, .serviceRequest, .requestEvent,
    .communicationItem, .communicationSent, .interaction, .comment, .businessReview, .criterionScore,
    .segmentMember, .participant, .sale, .costEvent, .revenueTarget, .profitabilityTarget, .contract,
  ]

  private static let byNumber: [KindDescription?] = {
    var table = [KindDescription?](repeating: nil, count: 256)
    for kind in kinds { table[Int(kind.number)] = kind }
    return table
  }()

  package static func kind(_ number: UInt32) -> KindDescription? {
    number < 256 ? byNumber[Int(number)] : nil
  }

  package static func kind(named name: some StringProtocol) -> KindDescription? {
    kinds.first { $0.name == name }
  }
}
