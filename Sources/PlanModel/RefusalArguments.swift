// The arguments of refusals: deeds, what is wrong with a value, and the names of kinds and registers.

extension Deed {
  var coded: [String] {
    switch self {
    case .adding(let kind): ["add", kind.wireName]
    case .changing(let kind): ["change", kind.wireName]
    case .changingRegister(let kind, let register): ["change-register", kind.wireName, register.wireName]
    case .deletingOrRestoring(let kind): ["delete-or-restore", kind.wireName]
    case .deletingOrRestoringSealed(let kind): ["delete-or-restore-sealed", kind.wireName]
    case .changingDirectory: ["change-directory"]
    case .movingHeldTask: ["move-held-task"]
    case .claimingForAnother: ["claim-for-another"]
    case .sharing: ["share"]
    case .engaging: ["engage"]
    }
  }

  init?(_ arguments: [String], from place: Int) {
    let kind = arguments.kind(place + 1)
    let deed: Deed? =
      switch arguments.text(place) {
      case "add": kind.map(Deed.adding)
      case "change": kind.map(Deed.changing)
      case "change-register":
        kind.flatMap { kind in
          arguments.register(place + 2).map { .changingRegister(kind: kind, register: $0) }
        }
      case "delete-or-restore": kind.map(Deed.deletingOrRestoring)
      case "delete-or-restore-sealed": kind.map(Deed.deletingOrRestoringSealed)
      case "change-directory": .changingDirectory
      case "move-held-task": .movingHeldTask
      case "claim-for-another": .claimingForAnother
      case "share": .sharing
      case "engage": .engaging
      default: nil
      }
    guard let deed else { return nil }
    self = deed
  }
}

extension ValueError {
  var coded: [String] {
    let shortened = CodedRefusal.shortened
    return switch self {
    case .empty: ["empty"]
    case .tooLong(let maximum, let actual): ["too-long", "\(maximum)", "\(actual)"]
    case .notUTF8: ["not-utf8"]
    case .controlCharacter(let scalar): ["control-character", "\(scalar)"]
    case .notADate(let text): ["not-a-date", shortened(text)]
    case .endsBeforeItBegins(let from, let to): ["ends-before-it-begins", shortened(from), shortened(to)]
    case .notAPeriod(let text): ["not-a-period", shortened(text)]
    case .notASlug(let text): ["not-a-slug", shortened(text)]
    case .notACountry(let text): ["not-a-country", shortened(text)]
    case .notACurrency(let text): ["not-a-currency", shortened(text)]
    case .notADecimal(let text): ["not-a-decimal", shortened(text)]
    case .notAnAmount(let text): ["not-an-amount", shortened(text)]
    case .amountTooLarge(let money): ["amount-too-large", money.description]
    case .notANumber(let text): ["not-a-number", shortened(text)]
    case .notGraded(let text, let names): ["not-graded", shortened(text)] + names
    case .outOfRange(let value, let range):
      ["out-of-range", "\(value)", "\(range.lowerBound)", "\(range.upperBound)"]
    case .notAFlag(let text): ["not-a-flag", shortened(text)]
    case .unknownChoice(let text, let names): ["unknown-choice", shortened(text)] + names
    case .notAnID(let text): ["not-an-id", shortened(text)]
    case .malformed(let detail): ["malformed", shortened(detail)]
    }
  }

  init?(_ arguments: [String], from place: Int) {
    guard let code = arguments.text(place) else { return nil }
    let first = arguments.text(place + 1)
    let error =
      first.flatMap { Self.aboutText(code, $0) } ?? Self.aboutNumbers(code, arguments, from: place + 1)
    guard let error else { return nil }
    self = error
  }

  private static func aboutText(_ code: String, _ text: String) -> ValueError? {
    switch code {
    case "not-a-date": .notADate(text)
    case "not-a-period": .notAPeriod(text)
    case "not-a-slug": .notASlug(text)
    case "not-a-country": .notACountry(text)
    case "not-a-currency": .notACurrency(text)
    case "not-a-decimal": .notADecimal(text)
    case "not-an-amount": .notAnAmount(text)
    case "amount-too-large": Money(text).map(amountTooLarge)
    case "not-a-number": .notANumber(text)
    case "not-a-flag": .notAFlag(text)
    case "not-an-id": .notAnID(text)
    case "malformed": .malformed(text)
    default: nil
    }
  }

  private static func aboutNumbers(_ code: String, _ arguments: [String], from place: Int) -> ValueError? {
    switch code {
    case "empty": return .empty
    case "not-utf8": return .notUTF8
    case "too-long":
      guard let maximum = arguments.count(place), let actual = arguments.count(place + 1) else { return nil }
      return .tooLong(maximum: maximum, actual: actual)
    case "control-character":
      return arguments.text(place).flatMap { UInt32($0) }.map(controlCharacter)
    case "ends-before-it-begins":
      guard let from = arguments.text(place), let to = arguments.text(place + 1) else { return nil }
      return .endsBeforeItBegins(from, to)
    case "out-of-range":
      guard let value = arguments.number(place), let low = arguments.number(place + 1),
        let high = arguments.number(place + 2), low <= high
      else { return nil }
      return .outOfRange(value, low...high)
    case "not-graded", "unknown-choice":
      guard let text = arguments.text(place) else { return nil }
      let names = Array(arguments.dropFirst(place + 1))
      return code == "not-graded" ? .notGraded(text, names) : .unknownChoice(text, names)
    default: return nil
    }
  }
}

extension String {
  /// Of a kind or a register, as model.proto has it.
  var wireName: String { replacing("-", with: "_").replacing(" ", with: "_") }
}

extension [String] {
  func text(_ place: Int) -> String? { indices.contains(place) ? self[place] : nil }
  func number(_ place: Int) -> Int64? { text(place).flatMap { Int64($0) } }
  func count(_ place: Int) -> Int? { text(place).flatMap { Int($0) } }
  func kind(_ place: Int) -> String? { text(place)?.replacing("_", with: "-") }
  func register(_ place: Int) -> String? { text(place)?.replacing("_", with: " ") }
}
