import PlanModel
import Testing
import Wording

@testable import Indicators

/// Judges by what is told; what is not told is not known.
private func verdict(_ rule: String, _ known: [AccountProperty: PropertyValue] = [:]) throws -> SegmentVerdict
{
  try SegmentRule(rule).verdict { known[$0] ?? .unknown("not told") }
}

private func belongs(_ rule: String, _ known: [AccountProperty: PropertyValue] = [:]) throws -> Bool {
  try verdict(rule, known).belongs
}

private func number(_ value: Double) -> PropertyValue { .number(value, shown: "\(value)") }

private func offset(_ rule: String) -> Int? {
  do throws(SegmentRuleError) {
    _ = try SegmentRule(rule)
    return nil
  } catch {
    return error.offset
  }
}

@Suite("A segment's rule")
struct SegmentRuleTests {
  @Test("binds “not” before “and”, and “and” before “or”; parentheses come first")
  func precedence() throws {
    for bits in 0..<8 {
      let (a, b, c) = (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0)
      let known: [AccountProperty: PropertyValue] = [
        .stage: .text(a ? "loyal" : "lost"), .country: .text(b ? "FR" : "BE"), .tier: number(c ? 1 : 2),
      ]
      for (rule, expected) in [
        ("stage = loyal or country = FR and tier = 1", a || b && c),
        ("stage = loyal and country = FR or tier = 1", a && b || c),
        ("(stage = loyal or country = FR) and tier = 1", (a || b) && c),
        ("not stage = loyal and country = FR", !a && b), ("not stage = loyal or country = FR", !a || b),
        ("not (stage = loyal and country = FR)", !(a && b)), ("not not stage = loyal", a),
        ("not stage = loyal and not country = FR or not tier = 1", !a && !b || !c),
        ("stage = loyal and (country = FR and (tier = 1))", a && b && c),
        ("((stage = loyal))", a), ("stage = loyal or country = FR or tier = 1", a || b || c),
      ] {
        #expect(try belongs(rule, known) == expected, "\(rule) \(bits)")
      }
    }
  }

  @Test(
    "compares numbers",
    arguments: [
      ("nps = 50", true), ("nps != 50", false), ("nps ≠ 50", false), ("nps ≠ 51", true), ("nps < 50", false),
      ("nps < 50.1", true), ("nps <= 50", true), ("nps ≤ 50", true), ("nps ≤ 49.9", false),
      ("nps > 50", false),
      ("nps > -50", true), ("nps >= 50", true), ("nps ≥ 50", true), ("nps ≥ 50.5", false),
      ("nps in (10, 50)", true),
      ("nps in (10, 20)", false), ("nps >= 50%", true), ("nps>=50", true), ("nps   >=   50", true),
      ("nps in (50)", true),
    ])
  func numbers(rule: String, expected: Bool) throws {
    #expect(try belongs(rule, [.nps: number(50)]) == expected)
  }

  @Test(
    "compares texts without case and accents, a hyphen as a space",
    arguments: [
      ("industry = \"food and drink\"", true), ("industry = “Food and Drink”", true),
      ("industry = «food-and-drink»", true), ("industry = « food and drink »", true),
      ("industry = food", false),
      ("industry ~ food", true), ("industry ~ DRINK", true), ("industry ~ “and drink”", true),
      ("industry ~ fish", false),
      ("industry != food", true), ("industry in (fish, \"food and drink\")", true),
      ("industry in (fish)", false),
      ("industry = food-and-drink", true),
    ])
  func texts(rule: String, expected: Bool) throws {
    #expect(try belongs(rule, [.industry: .text("Food and drink")]) == expected)
  }

  @Test("finds words in what was observed, whatever their accents")
  func observations() throws {
    let known: [AccountProperty: PropertyValue] = [
      .need: .observations(["Veut réduire son énergie", "less noise"]), .habit: .observations([]),
    ]
    #expect(try belongs("need ~ \"energie\"", known) && belongs("need ~ ÉNERGIE", known))
    #expect(try belongs("need ~ «less noise»", known) && !belongs("need ~ water", known))
    #expect(try !belongs("habit ~ water", known) && belongs("not habit ~ water", known))
  }

  @Test("takes a flag by itself, or with yes or no")
  func flags() throws {
    for isKey in [true, false] {
      let known: [AccountProperty: PropertyValue] = [.keyAccount: .flag(isKey), .tier: number(1)]
      #expect(try belongs("key-account", known) == isKey)
      #expect(try belongs("not key-account", known) == !isKey)
      #expect(try belongs("key-account = yes", known) == isKey)
      #expect(try belongs("key-account = no", known) == !isKey)
      #expect(try belongs("key-account != yes", known) == !isKey)
      #expect(try belongs("key-account and tier = 1", known) == isKey)
      #expect(try belongs("(key-account)", known) == isKey)
      #expect(try belongs("tier = 1 and key-account", known) == isKey)
    }
  }

  @Test(
    "that cannot be understood says why, and where",
    arguments: [
      ("", 0...0), ("stage", 5...5), ("stage =", 7...7), ("bogus = 1", 0...0),
      ("stage = loyal and bogus = 1", 18...18),
      ("stage = loyal and", 17...17), ("stage = loyal tier = 1", 13...14), ("(stage = loyal", 14...14),
      ("stage = loyal)", 13...13), ("nps > high", 0...6), ("nps ~ 5", 0...4), ("stage > loyal", 0...6),
      ("need = energy", 0...5), ("key-account = perhaps", 0...14), ("key-account > yes", 0...12),
      ("stage = \"loyal", 8...14), ("stage in loyal", 9...9), ("stage in (loyal", 15...15),
      ("stage in ()", 10...10),
      ("stage in (loyal,)", 16...16), ("and", 0...0), ("not", 3...3), ("()", 1...1), ("= 5", 0...0),
      ("nps ! 5", 4...4),
      ("key-account ~ yes", 0...12), ("need", 4...4), ("nps >= 1,5", 0...8),
    ] as [(String, ClosedRange<Int>)])
  func mistakes(rule: String, place: ClosedRange<Int>) throws {
    let found = try #require(offset(rule))
    #expect(place.contains(found), "\(found)")
    do throws(SegmentRuleError) { _ = try SegmentRule(rule) } catch { #expect(!error.phrase.isEmpty) }
  }

  @Test("knows what it asks for")
  func properties() throws {
    let rule = try SegmentRule("stage = loyal and (nps > 5 or not nps < 3) and key-account")
    #expect(rule.properties == [.stage, .nps, .keyAccount])
  }

  @Test("has every property by its name", arguments: AccountProperty.allCases)
  func everyProperty(property: AccountProperty) throws {
    let rule =
      switch property.form {
      case .text: "\(property.rawValue) = x"
      case .number: "\(property.rawValue) >= 1"
      case .flag: property.rawValue
      case .observations: "\(property.rawValue) ~ x"
      }
    #expect(try SegmentRule(rule).properties == [property])
    #expect(!property.help.isEmpty)
  }

  @Test("may be long, and nested as far as people do")
  func longAndNested() throws {
    let known: [AccountProperty: PropertyValue] = [.tier: number(1)]
    let long = Array(repeating: "tier = 1", count: 10_000)
    #expect(try belongs(long.joined(separator: " and "), known))
    #expect(try belongs(long.joined(separator: " or "), known))
    let nested = String(repeating: "(", count: 20) + "tier = 1" + String(repeating: ")", count: 20)
    #expect(try belongs(nested, known))
  }

  @Test("nested beyond all measure is refused, and stops nothing")
  func tooDeep() {
    for rule in [
      String(repeating: "(", count: 10_000), String(repeating: "not ", count: 10_000) + "tier = 1",
      String(repeating: "(", count: 10_000) + "tier = 1" + String(repeating: ")", count: 10_000),
      String(repeating: "not (", count: 10_000), String(repeating: "tier = 1 or (", count: 10_000),
    ] {
      #expect(offset(rule) != nil)
    }
  }

  @Test("of any characters is read or refused, and stops nothing")
  func anyCharacters() {
    var generator = SeededGenerator(seed: 20_260_115)
    let words = [
      "(", ")", "not", "and", "or", "in", ",", "=", "!=", "<", ">=", "≤", "≠", "~", "\"", "“", "”", "«", "»",
      "stage",
      "nps", "need", "key-account", "loyal", "50", "50%", " ", "é", "\u{301}", "\u{0}", "\n", "-", "👩‍👩‍👧",
      "%", "!",
    ]
    for _ in 0..<2_000 {
      let text = (0..<generator.below(20)).map { _ in words[generator.below(words.count)] }
        .joined(separator: generator.chance(50) ? " " : "")
      if let rule = try? SegmentRule(text) { _ = rule.verdict { _ in .unknown("not told") } }
    }
    for _ in 0..<2_000 {
      let bytes = (0..<generator.below(40)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      let text = String(decoding: bytes, as: UTF8.self)
      if let place = offset(text) { #expect((0...text.count).contains(place)) }
    }
  }
}

@Suite("A verdict on an account")
struct SegmentVerdictTests {
  @Test(
    "takes nobody in, and leaves nobody out, by what is not known",
    arguments: [
      ("nps > 50", false), ("not nps > 50", false), ("nps > 50 or stage = loyal", true),
      ("stage = loyal or nps > 50", true), ("nps > 50 or stage = lost", false),
      ("nps > 50 and stage = loyal", false),
      ("not (nps > 50 and stage = lost)", true), ("not (nps > 50 and stage = loyal)", false),
      ("not (nps > 50 or stage = loyal)", false), ("not (nps > 50 or stage = lost)", false),
      ("not not nps > 50", false), ("nps > 50 or not nps > 50", false), ("nps != 50", false),
      ("nps in (1, 2)", false),
    ])
  func threeValues(rule: String, expected: Bool) throws {
    #expect(try belongs(rule, [.stage: .text("loyal")]) == expected)
  }

  @Test("tells of every condition what was found and whether it holds, in the order of the rule")
  func why() throws {
    let verdict = try verdict(
      "stage = loyal or tier > 3 and (nps ≥ 50 or need ~ “less noise”)",
      [.stage: .text("loyal"), .tier: number(2), .need: .observations(["less noise at night"])])
    #expect(verdict.belongs)
    #expect(verdict.clauses.map(\.condition.property) == [.stage, .tier, .nps, .need])
    #expect(
      verdict.clauses.map(\.condition.text) == [
        "stage = loyal", "tier > 3", "nps ≥ 50", "need ~ “less noise”",
      ])
    #expect(verdict.clauses.map(\.condition.comparison) == [.equal, .greater, .greaterOrEqual, .contains])
    #expect(verdict.clauses.map(\.condition.values) == [["loyal"], ["3"], ["50"], ["less noise"]])
    #expect(verdict.clauses.map(\.holds) == [true, false, nil, true])
    guard case .number(2, _) = verdict.clauses[1].found else {
      Issue.record("the tier that was found is not told")
      return
    }
    guard case .unknown(let why) = verdict.clauses[2].found else {
      Issue.record("an unknown score was found")
      return
    }
    #expect(why == "not told")
  }

  @Test("tells a condition under “not” as it is, not turned round")
  func underNot() throws {
    let verdict = try verdict("not stage = lost", [.stage: .text("loyal")])
    #expect(verdict.belongs && verdict.clauses.map(\.holds) == [false])
  }

  private func properties(_ account: AccountFacts) -> AccountProperties {
    AccountProperties(account, Directory(), at: yearEnd, by: inEuros, thresholds: .fixed("EUR"))
  }

  @Test("looks properties up in an account's records, of the last twelve months where they are of a time")
  func properties() throws {
    let account = account(1) { account in
      account.profile.stage = "loyal"
      account.profile.purchasingPower = money("1000 EUR")
      account.sales = [
        sale(10, "2026-12-01", "200 EUR", cost: "150 EUR"),
        sale(11, "2025-06-01", "900 EUR", cost: "100 EUR"),
      ]
      account.answers = answers([10, 10, 0, 8])
      account.requests = [request(20, "2026-12-30")]
      account.observations = [
        Observation(id: id(30), recordedAt: 0, about: "need", statement: "Less noise", day: nil)
      ]
    }
    let known = properties(account)
    for rule in [
      "stage = loyal", "not key-account", "purchasing-power = 1000", "revenue = 200", "margin = 50",
      "margin-rate = 25",
      "clv = 850", "share-of-wallet = 20", "days-since-purchase = 30", "purchases = 1", "recency = 5",
      "frequency = 1",
      "monetary = 1", "days-as-customer = 578", "nps = 25", "open-requests = 1", "response-rate = 0",
      "need ~ noise",
    ] {
      let verdict = try SegmentRule(rule).verdict { known[$0] }
      #expect(verdict.belongs, "\(rule): \(verdict.clauses.first.map { "\($0.found)" } ?? "")")
    }
    for rule in ["csat > 0", "resolution-rate > 0", "days-since-contact > 0", "tier > 0", "country = FR"] {
      let verdict = try SegmentRule(rule).verdict { known[$0] }
      #expect(verdict.clauses.map(\.holds) == [nil], "\(rule)")
    }
  }

  @Test("does not know the figures of an account without records")
  func emptyAccount() throws {
    let known = properties(account(1))
    for property in AccountProperty.allCases where property.form == .number && property != .openRequests {
      let verdict = try SegmentRule("\(property.rawValue) < 0 or \(property.rawValue) >= 0").verdict {
        known[$0]
      }
      #expect(!verdict.belongs && verdict.clauses.map(\.holds) == [nil, nil], "\(property.rawValue)")
    }
  }

  @Test("makes the members of a segment, together with those chosen by hand")
  func members() throws {
    let segment = Segment(id: id(900), name: "Loyal", rule: "stage = loyal", description: nil)
    var facts = Facts()
    facts.accounts = [
      account(1) { $0.profile.stage = "loyal" }, account(2) { $0.profile.stage = "lost" },
      account(3) { account in
        account.profile.stage = "lost"
        account.memberships[id(900)] = "the founder's friend"
      },
      account(4) { $0.memberships[id(901)] = "of another segment" },
    ]
    let byRule = Indicators.members(
      of: segment, rule: try SegmentRule("stage = loyal"), facts, properties: properties)
    #expect(byRule.map(\.account) == [id(1), id(3)])
    #expect(byRule[0].verdict?.belongs == true && byRule[0].reason == nil)
    #expect(byRule[1].reason == "the founder's friend")
    let byHand = Indicators.members(of: segment, rule: nil, facts, properties: properties)
    #expect(byHand.map(\.account) == [id(3)] && byHand.map { $0.verdict == nil } == [true])
  }
}
