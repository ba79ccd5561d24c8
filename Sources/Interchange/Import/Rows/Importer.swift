import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// Turns rows into edits, and tells of each what became of it.
struct Importer {
  let workbench: Workbench
  let known: KnownRecords
  let name: String
  /// Of amounts for which neither they nor their row say one.
  let defaultCurrency: String?
  var report: ImportReport
  var accounts: Accounts
  var batch: [Pending] = []
  /// The groups that may still grow, by place in the batch.
  var openGroups: [Scope: Int] = [:]
  var legalIDs: [String: RecordID]?
  /// What the rows before have called accounts and people: a hundred thousand rows name the same few.
  var namedAccounts: [String: RecordID] = [:]
  var namedPeople: [String: RecordID] = [:]
  var currencies: [RecordID: String] = [:]

  /// A record that belongs to that of the row: an address of a contact, what happened to a request.
  struct Part {
    let id: RecordID
    let kind: KindDescription
    let values: [(register: UInt32, value: RegisterValue)]

    /// Of a contact point: how somebody is reached.
    var address: String? {
      guard kind.number == KindNumber.contactPoint else { return nil }
      return values.first { $0.register == ContactPointRegister.value }?.value.asText
    }
  }

  /// Where a row is: its number among the rows, and its line as an editor counts.
  struct Place {
    let number: Int
    let line: Int
    /// People that it names, and who are not known here.
    var strangers: [ImportRow.Value] = []
    /// What the row says of a new record only: it was put together from other columns.
    var onlyOfNew: RegisterDescription?
  }

  /// Rows whose edits are one: what a program wrote down of one account.
  struct Pending {
    let scope: Scope
    var rows: [Change]
    var bytes: Int
  }

  struct Change {
    let place: Int
    /// The event that it takes the place of.
    var replaces: RecordID?
    /// The registers that it changes, as they are.
    var before = Registers()
    let id: RecordID
    let kind: KindDescription
    let outcome: ImportReport.Outcome
    var notes: [ImportReport.Note] = []
    let values: [Assignment]
    let parts: [Part]
    /// What it is called by; of an update as it was before.
    let view: RecordView

    var makesRecord: Bool {
      switch outcome {
      case .create, .correct: true
      default: false
      }
    }
  }

  /// Rows in one transaction: enough that the disk's wait is shared, few enough that others get their turn.
  static let batchRowsMax = 4_000
  /// Events in one edit. A mutation of them is read and answered as a whole.
  static let groupRowsMax = 100
  static let groupBytesMax = 128 << 10
  var waitingCount = 0
  let refused = Refused()
  var storedCount = 0
  let answers: ImportAnswers
  var rows: RowsAlike
  /// Whether it can be listed and taken back.
  let keepsList: Bool
  /// Under which it is listed; nil while nothing was stored.
  var number: Int64?
  /// Rows that point to a record that may be in a later row, and events that others of the file may be more like.
  var deferred: [Int] = []

  /// - Parameter name: What the edits are said to come from.
  init(
    _ workbench: Workbench, name: String, defaultCurrency: String? = nil, answers: ImportAnswers = .init(),
    keepsList: Bool = false, report: ImportReport = .init(keepsAll: true, keepsRejected: true)
  ) throws {
    self.report = report
    self.keepsList = keepsList
    self.workbench = workbench
    self.answers = answers
    rows = RowsAlike(wanted: answers.linesNamed)
    self.defaultCurrency = defaultCurrency
    self.name = name
    known = KnownRecords(workbench)
    accounts = try workbench.accounts()
  }

  /// - Throws: what is not about the row.
  mutating func take(_ source: some ImportSource, _ place: Int) throws {
    try take(source, place, isLast: false)
  }

  /// After the last row: those that wait for others are tried again, as long as some of them find what they wait for.
  mutating func finish(_ source: some ImportSource) throws {
    var waitingCount = Int.max
    while !deferred.isEmpty, deferred.count < waitingCount {
      waitingCount = deferred.count
      for place in takeDeferred() { try take(source, place, isLast: false) }
    }
    for place in takeDeferred() { try take(source, place, isLast: true) }
    try store()
  }

  private mutating func takeDeferred() -> [Int] {
    defer { deferred = [] }
    return deferred
  }

  private mutating func take(_ source: some ImportSource, _ place: Int, isLast: Bool) throws {
    do {
      guard let row = try source.row(place) else { return }
      try plan(row, place, line: source.line(of: place), isLast: isLast)
    } catch let failure as Failure where failure.name == "not-found" && !isLast {
      deferred.append(place)
    } catch {
      try reject(place, error)
    }
    if waitingCount >= Self.batchRowsMax { try store() }
  }

  // MARK: - One row

  private mutating func plan(_ row: ImportRow, _ place: Int, line: Int, isLast: Bool) throws {
    if row.kind.isServerMade { return try planServerMade(row, place) }
    if let doubt = row.doubt, !answers.new.contains(line), answers.same[line] == nil {
      return report.add(
        .ask(workbench.reader.said("\(doubt) Say \(field: "new") \(line) to import it all the same."), []),
        place, nil)
    }
    let same = try answers.same[line].flatMap { try known.record(try record($0)) }
    var id = same?.id ?? row.id ?? workbench.newID()
    let scope = try same?.scope ?? scope(of: row, id)
    if row.kind.isSingleton, let account = scope.account {
      id =
        row.kind.number == KindNumber.account
        ? account : account.singleton(ofKind: row.kind.number)
    }
    var strangers: [ImportRow.Value] = []
    var given = try row.values.compactMap { written -> Assignment? in
      do {
        return try value(written, row, scope).map { (written.register.number, $0) }
      } catch let failure as Failure
        where failure.name == "not-found" && isLast && mayBeStranger(written, row)
      {
        strangers.append(written)
        return nil
      }
    }
    if !strangers.isEmpty { try keep(strangers, row, scope, &given) }
    // What a new record would say besides: to know an event again, whose type was left out.
    var full: [UInt32: RegisterValue] = [:]
    for (register, value) in given { full[register] = value }
    for register in row.kind.registers where full[register.number] == nil {
      if let initial = register.initial { full[register.number] = .integer(initial) }
    }
    var place = Place(number: place, line: line)
    place.strangers = strangers
    if !strangers.isEmpty, row.text(ServiceRequestRegister.detail) == nil {
      place.onlyOfNew = row.kind.register(ServiceRequestRegister.detail)
    }
    if let same { return try compare(row, place, given, same) }
    if answers.new.contains(line), row.id == nil { return try create(row, place, id, given, scope) }
    switch try matched(row, scope, full, isLast: isLast) {
    case .later: deferred.append(place.number)
    case .record(let view): try compare(row, place, given, view)
    case .new: try create(row, place, id, given, scope)
    case .likely(let views):
      switch answers.likely {
      case .new: try create(row, place, id, given, scope)
      case .skip: report.add(.skip, place.number, nil)
      case .ask: report.add(.ask(try question(views, line), views.map(\.id)), place.number, nil)
      }
    }
  }

  private func record(_ same: ImportAnswers.Same) throws -> RecordID {
    switch same {
    case .record(let id): return id
    case .line(let line):
      guard let id = rows.named[line] else {
        throw Failure.refused("No row before it, of line \(line), is about a record.")
      }
      return id
    }
  }

  private func matched(
    _ row: ImportRow, _ scope: Scope, _ values: [UInt32: RegisterValue], isLast: Bool
  ) throws -> KnownRecords.Match {
    // A short name, a legal id or an id names an account, whatever else the row says.
    if row.kind.number == KindNumber.account, row.id == nil, let account = scope.account,
      accounts[account] != nil, let view = try known.record(account, in: .plan(account))
    {
      return .record(view)
    }
    return try known.match(row, in: scope, values, isLast: isLast)
  }

  /// "Is it 7QK2 Müller Maschinenbau GmbH? …"
  private func question(_ views: [RecordView], _ line: Int) throws -> String {
    func handle(_ view: RecordView) throws -> String {
      // What the file makes has no handle before it is stored.
      try rows.line(of: view.id).map { "line:\($0)" } ?? workbench.handle(view.id)
    }
    let named = try views.prefix(4).map { Phrase.verbatim("\(try handle($0)) \(workbench.title($0))") }
    let first = try handle(views[0])
    return workbench.reader.said(
      "It may be \(enumerated(named, or: true)), which has a like name. Say \(field: "same") \(line)=\(first) if it is, \(field: "new") \(line) if not."
    )
  }

  /// People and departments are the server's; a row of them only says who somebody of an export is here.
  private mutating func planServerMade(_ row: ImportRow, _ place: Int) throws {
    if let id = row.id, try workbench.replica.record(id, in: .directory) != nil {
      return report.add(.duplicate, place, id)
    }
    if row.kind.number == KindNumber.person, let email = row.text(PersonRegister.email)?.lowercased(),
      let person = try workbench.people().all.first(where: { $0.email == email })
    {
      if let id = row.id { known.add(alias: id, for: person.id) }
      return report.add(.duplicate, place, person.id)
    }
    if row.kind.number == KindNumber.department,
      let name = row.text(DepartmentRegister.name) ?? row.text(DepartmentRegister.code),
      (try? workbench.departments().resolve(name)) != nil
    {
      return report.add(.duplicate, place, nil)
    }
    throw Failure.refused(
      row.kind.number == KindNumber.person
        ? "Nobody here has this address; an admin invites people (kamd user add)."
        : "\(capitalized(withArticle(row.kind.label))) is made by the server.")
  }

  /// - Throws: what is not about the row.
  mutating func reject(_ place: Int, _ error: any Error) throws {
    switch error {
    case let error as Failure:
      report.add(
        .reject(
          workbench.reader.said(error.sentence) + error.candidates.map { " " + $0 }.joined(separator: ",")),
        place, nil)
    case let error as Refusal: report.add(.reject(workbench.reader.said(error.phrase)), place, nil)
    case let error as ReplicaError: report.add(.reject(workbench.reader.said(error.phrase)), place, nil)
    case is SchemaAhead:
      report.add(
        .reject(workbench.reader.said("It has a field that this version does not know.")), place, nil)
    default: throw error
    }
  }
}
