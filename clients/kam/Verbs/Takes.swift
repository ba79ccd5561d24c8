import PlanModel
import Speech
import Wording
import Workbench

/// What a command takes, declared as help shows it:
///
///     @Takes("TASK", "The task.") var task: String?
///     @Takes("--limit N", "At most so many.") var limit = 50
///     @Takes("--next", "The next open task.") var next = false
///
/// The property's type says the rest: a `Bool` is a flag, an `Optional` or one with a value may be left out, an `Array` takes
/// several, and everything else must be given.
@propertyWrapper
struct Takes<Value: Takeable>: WordsTaker {
  /// Kept apart from the command, so that words can be given to it through what is found of the command's properties.
  private final class Box {
    var value: Value?
    init(_ value: Value?) { self.value = value }
  }

  let parameter: Parameter
  private let box: Box

  init(wrappedValue: Value, _ specification: String, _ help: Phrase) {
    var parameter = Parameter(specification, help)
    parameter.isRepeated = Value.takesMany
    parameter.initial = wrappedValue.shown
    parameter.choices = Value.choices
    self.parameter = parameter
    box = Box(wrappedValue)
  }

  init(_ specification: String, _ help: Phrase) {
    var parameter = Parameter(specification, help)
    parameter.isRepeated = Value.takesMany
    parameter.isRequired = Value.unsaid == nil
    parameter.choices = Value.choices
    self.parameter = parameter
    box = Box(Value.unsaid)
  }

  var wrappedValue: Value {
    get {
      guard let value = box.value else {
        preconditionFailure("\(parameter.spoken) is read before the command line")
      }
      return value
    }
    set { box.value = newValue }
  }

  func take(_ words: [String]) throws { box.value = try Value.taken(from: words, for: parameter) }
}

/// A property that takes words of the command line.
protocol WordsTaker {
  var parameter: Parameter { get }
  /// - Parameter words: What was given for it, at least one; of a flag, any.
  func take(_ words: [String]) throws
}

/// Properties that several commands take.
protocol ParameterGroup {}

/// What takes words, in the order of declaration.
func takers(of command: Any) -> [any WordsTaker] {
  Mirror(reflecting: command).children.flatMap { child -> [any WordsTaker] in
    if let taker = child.value as? any WordsTaker { return [taker] }
    return child.value is any ParameterGroup ? takers(of: child.value) : []
  }
}

struct JSONOutput: ParameterGroup {
  @Takes("--json", "Print JSON.") var isWanted = false
}

// MARK: - Types of values

/// A type whose values can be typed on a command line.
protocol Takeable {
  /// - Throws: ``Failure`` that names the parameter, the word and what to write instead.
  static func taken(from words: [String], for parameter: Parameter) throws -> Self
  static var takesMany: Bool { get }
  /// What stands when nothing is said; nil: something must be.
  static var unsaid: Self? { get }
  static var choices: [String] { get }
  /// As help shows it where it is what stands otherwise; nil: not shown.
  var shown: String? { get }
}

extension Takeable {
  static var takesMany: Bool { false }
  static var unsaid: Self? { nil }
  static var choices: [String] { [] }
  var shown: String? { nil }
}

extension Bool: Takeable {
  static func taken(from words: [String], for parameter: Parameter) -> Bool { true }
  static var unsaid: Bool? { false }
}

extension String: Takeable {
  static func taken(from words: [String], for parameter: Parameter) -> String { words.last ?? "" }
  var shown: String? { self }
}

extension Optional: Takeable where Wrapped: Takeable {
  static func taken(from words: [String], for parameter: Parameter) throws -> Wrapped? {
    try Wrapped.taken(from: words, for: parameter)
  }
  static var unsaid: Wrapped?? { .some(nil) }
  static var choices: [String] { Wrapped.choices }
}

extension Array: Takeable where Element: Takeable {
  static func taken(from words: [String], for parameter: Parameter) throws -> [Element] {
    try words.map { try Element.taken(from: [$0], for: parameter) }
  }
  static var takesMany: Bool { true }
  static var choices: [String] { Element.choices }
}

/// A number as it is typed.
protocol TypedNumber: Takeable, LosslessStringConvertible {}

extension TypedNumber {
  static func taken(from words: [String], for parameter: Parameter) throws -> Self {
    let word = words.last ?? ""
    guard let number = Self(word) else {
      throw Failure.usage("\(parameter.spoken): “\(word)” is not a number.")
    }
    return number
  }
  var shown: String? { description }
}

extension Int: TypedNumber {}
extension Int64: TypedNumber {}
extension UInt32: TypedNumber {}

extension Double: TypedNumber {
  /// 10 and not 10.0.
  var shown: String? { self == rounded() ? description.replacing(".0", with: "") : description }
}

/// One of a few names.
protocol NamedChoice: Takeable, CaseIterable {
  var name: String { get }
}

extension NamedChoice {
  static func taken(from words: [String], for parameter: Parameter) throws -> Self {
    let word = words.last ?? ""
    guard let choice = allCases.first(where: { $0.name == word.lowercased() }) else {
      let names = enumerated(choices.map { .verbatim($0) }, or: true)
      throw Failure.usage("\(parameter.spoken): “\(word)” is not \(names).")
    }
    return choice
  }
  static var choices: [String] { allCases.map(\.name) }
  var shown: String? { name }
}

extension NamedChoice where Self: RawRepresentable<String> {
  var name: String { rawValue }
}

extension AccountRole: NamedChoice {}
extension OrganizationRole: NamedChoice {}
