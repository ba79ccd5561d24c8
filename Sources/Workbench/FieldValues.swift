import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// A register and what it is to hold; nil empties it.
package typealias Assignment = (register: UInt32, value: RegisterValue?)

extension Workbench {
  /// Reads the fields of a command line.
  ///
  /// - Parameters:
  ///   - scope: Where the record is, and what it points to must be.
  ///   - current: The record as it stands, for what is given in part.
  /// - Throws: ``Failure``
  package func assignments(
    _ fields: FieldTexts, kind: KindDescription, in scope: Scope, current: RecordState? = nil
  ) throws -> [Assignment] {
    var result: [Assignment] = []
    for register in kind.registers {
      guard let text = try fields.single(register.name) else { continue }
      result.append((register.number, try value(text, for: register, in: scope)))
    }
    if let period = try periodFromEnds(fields, kind, current) { result.append(period) }
    for name in fields.all("clear") {
      guard let register = kind.register(named: name) else { throw kind.unknownField(name) }
      result.append((register.number, nil))
    }
    let numbers = result.map(\.register)
    if let twice = numbers.first(where: { number in numbers.filter { $0 == number }.count > 1 }) {
      throw Failure.usage("\(field: kind.register(twice)?.name ?? "") is given twice.")
    }
    return result
  }

  /// - Returns: nil for an empty text: the register is emptied.
  ///
  /// - Parameter place: What its author calls it; nil: the option of the register's name.
  package func value(
    _ text: String, for register: RegisterDescription, in scope: Scope, place: FieldName? = nil
  ) throws -> RegisterValue? {
    let place = place ?? .option(register.name)
    let text = register.type.trims ? text.trimmed : text
    guard !text.isEmpty else { return nil }
    try checkDefinition(text, of: register, for: reader)
    switch register.type {
    case .reference(KindDescription.person.number): return .reference(try people().resolve(text).id)
    case .reference(KindDescription.account.number): return .reference(try account(text))
    case .reference(let kind):
      return .reference(try reference(text, PlanModel.kind(kind), register, in: scope))
    case .anyReference: return .reference(try reference(text, nil, register, in: scope))
    case let type where type.isDepartment:
      return .integer(try departments().resolve(text, of: place).number)
    case .instant: return .integer(try instant(text, place))
    case .date: return try parse(relativeDay(text)?.description ?? text, register, place)
    default: return try parse(text, register, place)
    }
  }

  private func parse(
    _ text: String, _ register: RegisterDescription, _ place: FieldName
  ) throws -> RegisterValue {
    let text = try canonical(text, for: register, place: place)
    do {
      return try register.type.parse(text)
    } catch {
      throw Failure.usage(place.sentence(error, label: register.label))
    }
  }

  private func reference(
    _ text: String, _ kind: KindDescription?, _ register: RegisterDescription, in scope: Scope
  ) throws -> RecordID {
    let view = try find(text, kind: kind)
    guard view.scope == .directory || view.scope.account == scope.account else {
      throw Failure.refused(
        """
        The \(word: register.label) must be of the same account: \(try name(view)) belongs to \
        \(try view.scope.account.map { try accounts().label($0) } ?? reader.said("the directory")).
        """)
    }
    return view.id
  }

  /// `--from` and `--to` are one register: the end that is not given stays what it is.
  private func periodFromEnds(
    _ fields: FieldTexts, _ kind: KindDescription, _ current: RecordState?
  ) throws -> Assignment? {
    guard let register = kind.period else { return nil }
    let given = (from: try fields.single("from"), to: try fields.single("to"))
    guard given.from != nil || given.to != nil else { return nil }
    var ends: (from: PlanDate?, to: PlanDate?)
    if let encoded = current?.body[register.number],
      case .period(let from, let to)? = try? register.type.decode(encoded)
    {
      ends = (from, to)
    }
    if let from = given.from { ends.from = try day(from, option: "from") }
    if let to = given.to { ends.to = try day(to, option: "to") }
    guard let from = ends.from, let to = ends.to else {
      // The name of an option, which is the same in every language.
      let missing = ends.from == nil ? "from" : "to"
      throw Failure.usage("A \(word: register.label) has two ends: give \(field: missing) too.")
    }
    return (register.number, try parse("\(from)..\(to)", register, .option(register.name)))
  }

  /// - Throws: ``Failure`` naming the option.
  package func day(_ text: String, option: String) throws -> PlanDate {
    guard let day = relativeDay(text) ?? writtenDay(text) else {
      throw Failure.usage(fieldSentence(.notADate(text), of: option))
    }
    return day
  }

  /// "now", a day, or a day and the time of day here; also Unix milliseconds, as JSON has them.
  private func instant(_ text: String, _ place: FieldName) throws -> Int64 {
    if ["now", "maintenant"].contains(text.lowercased()) { return now }
    if let milliseconds = Int64(text), text.count > 8 { return milliseconds }
    if let milliseconds = Moments.milliseconds(iso: text) { return milliseconds }
    let words = text.replacing("T", with: " ").split(separator: " ")
    guard let day = words.first.flatMap({ relativeDay(String($0)) ?? writtenDay($0) }),
      words.count <= 2,
      let clock = words.count == 2 ? TimeOfDay(words[1]) : TimeOfDay(hour: 12, minute: 0)
    else {
      throw Failure.usage(
        place.says("“\(text)” is not a time; write it as now, 2026-11-30 or \"2026-11-30 14:00\"."))
    }
    return moments.instant(day, clock)
  }

  /// "today", "demain", "+7d", "+2s".
  private func relativeDay(_ text: String) -> PlanDate? { relativeDays(text).map(moments.day(after:)) }
}
