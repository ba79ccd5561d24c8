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

// MARK: - Fields by their names

extension PlanRecord {
  package var description: KindDescription? { PlanModel.kind(kind) }

  /// nil also when it is not readable by this version.
  package func value(_ register: RegisterDescription) -> RegisterValue? {
    encoded(register.number).flatMap { try? register.type.decode($0) }
  }

  private func value(_ name: String) -> RegisterValue? {
    description?.register(named: name).flatMap { value($0) }
  }

  package func text(_ name: String) -> String? {
    if case .text(let text)? = value(name) { text } else { nil }
  }

  package func day(_ name: String) -> PlanDate? { text(name).flatMap { PlanDate($0) } }
  package func decimal(_ name: String) -> Double? { text(name).flatMap { Double($0) } }

  package func integer(_ name: String) -> Int64? {
    if case .integer(let number)? = value(name) { number } else { nil }
  }

  package func flag(_ name: String) -> Bool { value(name) == .flag(true) }

  package func money(_ name: String) -> Money? {
    if case .money(let money)? = value(name) { money } else { nil }
  }

  package func period(_ name: String) -> (from: PlanDate, to: PlanDate)? {
    if case .period(let from, let to)? = value(name) { (from, to) } else { nil }
  }

  package func reference(_ name: String) -> RecordID? {
    if case .reference(let id)? = value(name) { id } else { nil }
  }

  /// The name of a choice: "in-progress". One that says nothing is as a new one is.
  package func choice(_ name: String) -> String? {
    guard let register = description?.register(named: name), case .choice(let choices) = register.type else {
      return nil
    }
    return (integer(name) ?? register.initial).map { choices.name(of: $0) }
  }
}
