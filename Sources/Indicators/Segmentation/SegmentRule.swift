import Wording

/// Which accounts belong to a segment: conditions on what is known of them, joined with "and", "or", "not" and parentheses.
///
///     stage = loyal and country in (FR, BE) and (nps >= 50 or not tier > 1) and need ~ "energy"
package indirect enum SegmentRule: Hashable, Sendable {
  case all([SegmentRule])
  case any([SegmentRule])
  case not(SegmentRule)
  case condition(Condition)

  package struct Condition: Hashable, Sendable {
    package let property: AccountProperty
    package let comparison: Comparison
    /// One, but for ``Comparison/isOneOf``.
    package let values: [String]
    /// As it was written.
    package let text: String
  }

  package enum Comparison: String, Sendable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    /// Has the words in it.
    case contains = "~"
    case isOneOf = "in"
  }

  /// - Throws: ``SegmentRuleError``, which says where.
  package init(_ text: String) throws(SegmentRuleError) {
    var parser = RuleParser(text)
    self = try parser.rule()
  }
}

/// Why a rule cannot be understood.
package struct SegmentRuleError: Error, Equatable, Sendable {
  package let phrase: Phrase
  /// Characters before the place.
  package let offset: Int
}

/// What rules can ask of an account.
package enum AccountProperty: String, CaseIterable, Sendable {
  case name, stage, counterpart, country, industry, tier
  case keyAccount = "key-account"
  case purchasingPower = "purchasing-power"
  case revenue, margin
  case marginRate = "margin-rate"
  case lifetimeValue = "clv"
  case walletShare = "share-of-wallet"
  case recency, frequency, monetary
  case daysSincePurchase = "days-since-purchase"
  case purchases
  case daysAsCustomer = "days-as-customer"
  case nps, csat, ces
  case resolution = "resolution-rate"
  case response = "response-rate"
  case openRequests = "open-requests"
  case health
  case daysSinceContact = "days-since-contact"
  case behaviour, habit, preference, need, expectation

  package enum Form: Sendable { case text, number, flag, observations }

  package var form: Form {
    switch self {
    case .name, .stage, .counterpart, .country, .industry: .text
    case .keyAccount: .flag
    case .behaviour, .habit, .preference, .need, .expectation: .observations
    default: .number
    }
  }

  package var help: Phrase {
    switch self {
    case .name: "the company's name"
    case .stage: "potential, prospect, buyer, loyal, dormant, lost"
    case .counterpart: "customer, supplier, economic-partner, financial-partner, social-partner, other"
    case .country: "two letters, such as FR"
    case .industry: "what they do"
    case .tier: "1 is the most important"
    case .keyAccount: "yes or no"
    case .purchasingPower: "what they could spend in a year"
    case .revenue: "of the last twelve months"
    case .margin: "of the last twelve months"
    case .marginRate: "percent, of the last twelve months"
    case .lifetimeValue: "margin so far, less acquisition and retention"
    case .walletShare: "percent of what they could spend"
    case .recency: "1 to 5: how lately they bought"
    case .frequency: "1 to 5: how often they buy"
    case .monetary: "1 to 5: for how much they buy"
    case .daysSincePurchase: "days"
    case .purchases: "days with a purchase in the last twelve months"
    case .daysAsCustomer: "days since the first sale"
    case .nps: "-100 to 100, of the last twelve months"
    case .csat: "percent satisfied, of the last twelve months"
    case .ces: "percent who found it easy, of the last twelve months"
    case .resolution: "percent of problems resolved, of the last twelve months"
    case .response: "percent of requests answered in time, of the last twelve months"
    case .openRequests: "requests that are not ended"
    case .health: "0 to 100"
    case .daysSinceContact: "days since the privileged contact was in touch"
    case .behaviour: "words in what was observed"
    case .habit: "words in what was observed"
    case .preference: "words in what was observed"
    case .need: "words in what was observed"
    case .expectation: "words in what was observed"
    }
  }
}

// MARK: - Reading

private struct RuleParser {
  private enum Token: Equatable {
    case word(String)
    case quoted(String)
    case sign(String)
    case end
  }
  private let characters: [Character]
  private var place = 0

  init(_ text: String) { characters = Array(text) }

  mutating func rule() throws(SegmentRuleError) -> SegmentRule {
    let rule = try alternatives()
    guard try peek() == .end else { throw mistake("expected “and” or “or” here") }
    return rule
  }

  private mutating func alternatives() throws(SegmentRuleError) -> SegmentRule {
    var rules = [try conjunction()]
    while try peek() == .word("or") {
      _ = try next()
      rules.append(try conjunction())
    }
    return rules.count == 1 ? rules[0] : .any(rules)
  }

  private mutating func conjunction() throws(SegmentRuleError) -> SegmentRule {
    var rules = [try factor()]
    while try peek() == .word("and") {
      _ = try next()
      rules.append(try factor())
    }
    return rules.count == 1 ? rules[0] : .all(rules)
  }

  /// How deep parentheses and "not" may go: deeper, reading them would exhaust the stack.
  private static let depthMax = 50
  private var depth = 0

  private mutating func factor() throws(SegmentRuleError) -> SegmentRule {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthMax else { throw mistake("the rule is nested too deeply") }
    switch try peek() {
    case .word("not"):
      _ = try next()
      return .not(try factor())
    case .sign("("):
      _ = try next()
      let rule = try alternatives()
      guard try next() == .sign(")") else { throw mistake("a parenthesis is not closed") }
      return rule
    default: return try condition()
    }
  }

  private mutating func condition() throws(SegmentRuleError) -> SegmentRule {
    skipSpaces()
    let start = place
    guard case .word(let name) = try next() else {
      throw mistake("expected a property, such as stage", at: start)
    }
    guard let property = AccountProperty(rawValue: name.lowercased().replacing("_", with: "-")) else {
      throw mistake("there is no property “\(name)”", at: start)
    }
    let following = try peek()
    let isFlagAlone = property.form == .flag && !Self.isComparison(following)
    let (comparison, values): (SegmentRule.Comparison, [String]) =
      isFlagAlone ? (.equal, ["yes"]) : try comparison(of: property)
    let text = String(characters[start..<place])
    let condition = SegmentRule.Condition(
      property: property, comparison: comparison, values: values, text: text)
    try check(condition, at: start)
    return .condition(condition)
  }

  private static func isComparison(_ token: Token) -> Bool {
    switch token {
    case .sign(let sign): SegmentRule.Comparison(rawValue: sign) != nil
    case .word(let word): word == "in"
    default: false
    }
  }

  private mutating func comparison(
    of property: AccountProperty
  ) throws(SegmentRuleError) -> (SegmentRule.Comparison, [String]) {
    skipSpaces()
    let at = place
    let sign: String
    switch try next() {
    case .sign(let text): sign = text
    case .word("in"): sign = "in"
    default: throw mistake("expected =, !=, <, <=, >, >=, ~ or in after \(property.rawValue)", at: at)
    }
    guard let comparison = SegmentRule.Comparison(rawValue: sign) else {
      throw mistake("expected =, !=, <, <=, >, >=, ~ or in after \(property.rawValue)", at: at)
    }
    guard comparison == .isOneOf else { return (comparison, [try value()]) }
    skipSpaces()
    let opening = place
    guard try next() == .sign("(") else {
      throw mistake("write the values in parentheses: in (FR, BE)", at: opening)
    }
    var values = [try value()]
    while try peek() == .sign(",") {
      _ = try next()
      values.append(try value())
    }
    guard try next() == .sign(")") else { throw mistake("a parenthesis is not closed") }
    return (comparison, values)
  }

  private mutating func value() throws(SegmentRuleError) -> String {
    skipSpaces()
    let start = place
    switch try next() {
    case .word(let text), .quoted(let text): return text
    default: throw mistake("expected a value", at: start)
    }
  }

  private func check(_ condition: SegmentRule.Condition, at start: Int) throws(SegmentRuleError) {
    switch (condition.property.form, condition.comparison) {
    case (.number, .contains): throw mistake("\(condition.property.rawValue) is a number", at: start)
    case (.number, _):
      if let bad = condition.values.first(where: {
        Double($0.hasSuffix("%") ? String($0.dropLast()) : $0) == nil
      }) {
        throw mistake("“\(bad)” is not a number; write it as 12.5", at: start)
      }
    case (.observations, let comparison) where comparison != .contains:
      throw mistake("ask for words: \(condition.property.rawValue) ~ \"energy\"", at: start)
    case (.flag, let comparison) where ![.equal, .unequal].contains(comparison):
      throw mistake("\(condition.property.rawValue) is yes or no", at: start)
    case (.flag, _):
      guard ["yes", "no"].contains(condition.values[0].lowercased()) else {
        throw mistake("\(condition.property.rawValue) is yes or no", at: start)
      }
    case (.text, .less), (.text, .lessOrEqual), (.text, .greater), (.text, .greaterOrEqual):
      throw mistake("\(condition.property.rawValue) is no number", at: start)
    default: break
    }
  }

  private func mistake(_ phrase: Phrase, at offset: Int? = nil) -> SegmentRuleError {
    SegmentRuleError(phrase: phrase, offset: offset ?? place)
  }

  // MARK: Tokens

  private mutating func skipSpaces() {
    while place < characters.count, characters[place].isWhitespace { place += 1 }
  }

  private mutating func peek() throws(SegmentRuleError) -> Token {
    let before = place
    defer { place = before }
    return try next()
  }

  private mutating func next() throws(SegmentRuleError) -> Token {
    skipSpaces()
    guard place < characters.count else { return .end }
    let start = place
    place += 1
    switch characters[start] {
    case "(", ")", ",", "~": return .sign(String(characters[start]))
    case "=": return .sign("=")
    case "<", ">", "!":
      if place < characters.count, characters[place] == "=" { place += 1 }
      return .sign(String(characters[start..<place]))
    case "≤": return .sign("<=")
    case "≥": return .sign(">=")
    case "≠": return .sign("!=")
    case "\"", "“", "«": return .quoted(try quoted(by: characters[start]))
    default:
      while place < characters.count, !"(),~=<>!≤≥≠\"".contains(characters[place]),
        !characters[place].isWhitespace
      {
        place += 1
      }
      let word = String(characters[start..<place])
      let lowered = word.lowercased()
      return .word(["and", "or", "not", "in"].contains(lowered) ? lowered : word)
    }
  }

  private mutating func quoted(by opening: Character) throws(SegmentRuleError) -> String {
    let closing: Character = opening == "“" ? "”" : opening == "«" ? "»" : "\""
    let start = place
    while place < characters.count, characters[place] != closing { place += 1 }
    guard place < characters.count else { throw mistake("a quotation mark is not closed", at: start - 1) }
    place += 1
    let text = characters[start..<(place - 1)]
    return String(text).trimmingSpaces
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
