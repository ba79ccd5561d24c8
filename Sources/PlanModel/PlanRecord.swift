/// A record as those read it who do not care where it is kept.
package protocol PlanRecord {
  var id: RecordID { get }
  /// Whose it is; nil in the directory.
  var account: RecordID? { get }
  /// The kind's number.
  var kind: UInt32 { get }
  /// When it was first written, Unix milliseconds.
  var recordedAt: Int64 { get }
  /// The replica that first wrote it: it tells authors apart.
  var author: UInt32 { get }
  /// A register's bytes, tag included; nil when it is empty.
  func encoded(_ register: UInt32) -> ArraySlice<UInt8>?
  /// Every register that is not empty, in one pass: for those who want several of very many records.
  func forEachRegister(_ body: (_ register: UInt32, _ encoded: ArraySlice<UInt8>) -> Void)
}

// MARK: - Registers by their numbers

/// A number means a register of the record's own kind (`TaskRegister.due` of a task), so look at ``kind`` first.
extension PlanRecord {
  package var description: KindDescription? { PlanModel.kind(kind) }

  /// nil also when it is not readable by this version.
  package func value(_ register: RegisterDescription) -> RegisterValue? {
    encoded(register.number).flatMap { try? register.type.decode($0) }
  }

  private func value(_ register: UInt32) -> RegisterValue? {
    description?.register(register).flatMap { value($0) }
  }

  package func text(_ register: UInt32) -> String? {
    if case .text(let text)? = value(register) { text } else { nil }
  }

  package func day(_ register: UInt32) -> PlanDate? { text(register).flatMap { PlanDate($0) } }
  package func decimal(_ register: UInt32) -> Double? { text(register).flatMap { Double($0) } }

  package func integer(_ register: UInt32) -> Int64? {
    if case .integer(let number)? = value(register) { number } else { nil }
  }

  package func flag(_ register: UInt32) -> Bool { value(register) == .flag(true) }

  package func money(_ register: UInt32) -> Money? {
    if case .money(let money)? = value(register) { money } else { nil }
  }

  package func period(_ register: UInt32) -> (from: PlanDate, to: PlanDate)? {
    if case .period(let from, let to)? = value(register) { (from, to) } else { nil }
  }

  package func reference(_ register: UInt32) -> RecordID? {
    if case .reference(let id)? = value(register) { id } else { nil }
  }

  /// The number of a choice, such as ``TaskStatus/done``. One that says nothing is as a new one is.
  package func chosen(_ register: UInt32) -> Int64? {
    integer(register) ?? description?.register(register)?.initial
  }

  /// The name of a choice: "in-progress". One that says nothing is as a new one is.
  package func choice(_ register: UInt32) -> String? {
    guard let choices = description?.choices(of: register) else { return nil }
    return chosen(register).map { choices.name(of: $0) }
  }
}

// MARK: - Registers by their names

/// For names that come from outside, such as a column's, and for what registers of several kinds are called. Of one kind,
/// code names a register by its constant, which the compiler checks.
extension PlanRecord {
  private func number(named name: String) -> UInt32? { description?.register(named: name)?.number }

  package func text(_ name: String) -> String? { number(named: name).flatMap { text($0) } }
  package func day(_ name: String) -> PlanDate? { number(named: name).flatMap { day($0) } }
  package func decimal(_ name: String) -> Double? { number(named: name).flatMap { decimal($0) } }
  package func integer(_ name: String) -> Int64? { number(named: name).flatMap { integer($0) } }
  package func flag(_ name: String) -> Bool { number(named: name).map { flag($0) } ?? false }
  package func money(_ name: String) -> Money? { number(named: name).flatMap { money($0) } }
  package func period(_ name: String) -> (from: PlanDate, to: PlanDate)? {
    number(named: name).flatMap { period($0) }
  }
  package func reference(_ name: String) -> RecordID? { number(named: name).flatMap { reference($0) } }
  package func choice(_ name: String) -> String? { number(named: name).flatMap { choice($0) } }
}
