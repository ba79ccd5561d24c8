import Foundation
import PlanModel
import Testing
import Wording

@testable import Indicators

@Suite("The BG/NBD model")
struct BetaGeometricTests {
  @Test("agrees with answers of fifty digits")
  func vectors() throws {
    let rows = try rows(of: "lifetime.csv")
    #expect(rows.count == 67)
    for row in rows {
      let model = BetaGeometric(
        r: row.number("r"), alpha: row.number("alpha"), a: row.number("a"), b: row.number("b"))
      let history = PurchaseHistory(
        repeats: Int(row.number("x")), recency: row.number("t_x"), age: row.number("T"))
      for (found, name) in [
        (model.expectedPurchases(history, in: row.number("t")), "expected_purchases"),
        (model.isAlive(history), "probability_alive"), (model.logLikelihood(history), "log_likelihood"),
      ] {
        #expect(
          agree(found, row.number(name), relative: 1e-9, absolute: 1e-300), "\(name) of \(row): \(found)")
      }
    }
  }

  @Test("reaches eleven digits of the published customer")
  func published() throws {
    let model = BetaGeometric(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)
    let customer = PurchaseHistory(repeats: 2, recency: 30.43, age: 38.86)
    #expect(agree(model.expectedPurchases(customer, in: 39), 1.22602817476714, relative: 1e-11))
    #expect(agree(model.isAlive(customer), 0.726578570080673, relative: 1e-11))
    #expect(agree(model.logLikelihood(customer), -9.45860630706627, relative: 1e-11))
  }

  @Test(
    "expects the right number where nearly nobody, or nearly everybody, goes",
    arguments: [
      ([0.243, 4.414, 0.001, 0.001], 0, 0, 38.86, 39, 0.181_756_972_472_923),
      ([0.243, 4.414, 0.5, 0.001], 0, 0, 38.86, 39, 0.144_676_160_717_114),
      ([0.243, 4.414, 1e-6, 2], 5, 30, 38.86, 5_200, 630.019_954_277_611),
      ([0.243, 4.414, 2.5, 1e-6], 0, 0, 38.86, 52, 0.174_508_936_501_441),
      ([0.243, 4.414, 0.049, 0.051], 0, 0, 38.86, 5_200, 12.628_612_474_794_3),
      ([0.243, 4.414, 0.051, 0.049], 1, 20, 38.86, 52, 0.459_640_112_420_483),
      ([1.5, 10, 1e-6, 1e-6], 0, 0, 50, 5_200, 65.499_084_628_247_6),
      ([0.8, 5, 0.01, 3], 1_000, 50, 52, 52, 2.724_024_720_527_41e-8),
    ] as [([Double], Int, Double, Double, Double, Double)])
  func peaks(
    parameters: [Double], repeats: Int, recency: Double, age: Double, weeks: Double, purchases: Double
  ) {
    let model = BetaGeometric(r: parameters[0], alpha: parameters[1], a: parameters[2], b: parameters[3])
    let history = PurchaseHistory(repeats: repeats, recency: recency, age: age)
    let found = model.expectedPurchases(history, in: weeks)
    #expect(agree(found, purchases, relative: 1e-9), "\(found)")
  }

  @Test("expects nothing of no time, and more of more time")
  func time() {
    let model = BetaGeometric(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)
    let customer = PurchaseHistory(repeats: 2, recency: 30.43, age: 38.86)
    #expect(model.expectedPurchases(customer, in: 0) == 0)
    let ahead = [1.0, 10, 52, 520, 5_200].map { model.expectedPurchases(customer, in: $0) }
    #expect(ahead == ahead.sorted() && Set(ahead).count == ahead.count)
  }

  @Test("thinks that who never came back is alive, and doubts who came often and then no more")
  func alive() {
    let model = BetaGeometric(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)
    #expect(model.isAlive(PurchaseHistory(repeats: 0, recency: 0, age: 38.86)) == 1)
    let lately = model.isAlive(PurchaseHistory(repeats: 10, recency: 38, age: 38.86))
    let longAgo = model.isAlive(PurchaseHistory(repeats: 10, recency: 5, age: 38.86))
    #expect(longAgo < 0.01 && lately > 0.9)
  }

  @Test("fits what was published of the CDNOW customers")
  func cdnow() throws {
    let histories = try histories("cdnow.csv")
    #expect(histories.count == 2_357)
    let (model, logLikelihood) = BetaGeometric.fitted(to: histories)
    // To the digits of the paper.
    #expect(abs(model.r - 0.243) < 0.000_5 && abs(model.alpha - 4.414) < 0.000_6)
    #expect(abs(model.a - 0.793) < 0.000_5 && abs(model.b - 2.426) < 0.000_6)
    #expect(agree(model.r, 0.24259291, relative: 1e-4) && agree(model.alpha, 4.4135316, relative: 1e-4))
    #expect(agree(model.a, 0.79288615, relative: 1e-4) && agree(model.b, 2.4257534, relative: 1e-4))
    #expect(agree(logLikelihood, -9_582.425_560_57, relative: 1e-8))
  }

  @Test("fits customers that were made by such a process", arguments: [false, true])
  func simulated(isReversed: Bool) throws {
    let wanted = try #require(try rows(of: "simulated_fit.csv").first)
    let histories = try histories("simulated.csv")
    let (model, logLikelihood) = BetaGeometric.fitted(to: isReversed ? histories.reversed() : histories)
    for (found, name) in [(model.r, "r"), (model.alpha, "alpha"), (model.a, "a"), (model.b, "b")] {
      #expect(agree(found, wanted.number(name), relative: 1e-4), "\(name) \(found)")
    }
    #expect(agree(logLikelihood, wanted.number("log_likelihood"), relative: 1e-8))
  }

  @Test("gives finite numbers of any history that can happen")
  func anyHistory() {
    for model in [
      BetaGeometric(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426), BetaGeometric(r: 1, alpha: 1, a: 1, b: 1),
      BetaGeometric(r: 1e-3, alpha: 1e-3, a: 1e-3, b: 1e-3),
      BetaGeometric(r: 1e3, alpha: 1e3, a: 1e3, b: 1e3),
    ] {
      for (repeats, recency, age) in [
        (0, 0.0, 0.0), (0, 0, 5), (1, 0, 0), (1, 1, 1), (1_000, 52, 52), (1_000, 1, 520), (1_000, 0, 0),
        (1_000_000, 520, 520),
      ] {
        let history = PurchaseHistory(repeats: repeats, recency: recency, age: age)
        let alive = model.isAlive(history)
        #expect((0...1).contains(alive), "\(model) \(history)")
        #expect(model.logLikelihood(history).isFinite, "\(model) \(history)")
        for weeks in [0, 0.001, 52, 5_200] {
          let purchases = model.expectedPurchases(history, in: weeks)
          #expect(purchases.isFinite && purchases >= 0, "\(model) \(history) \(weeks)")
        }
      }
    }
  }

  @Test("fits to the end whatever it is given, and has finite numbers")
  func hostileFits() {
    let cases: [(String, [PurchaseHistory])] = [
      ("all alike", Array(repeating: PurchaseHistory(repeats: 5, recency: 40, age: 52), count: 200)),
      ("one purchase each", Array(repeating: PurchaseHistory(repeats: 0, recency: 0, age: 52), count: 200)),
      (
        "all bought to the last day",
        Array(repeating: PurchaseHistory(repeats: 50, recency: 52, age: 52), count: 200)
      ),
      ("all new today", Array(repeating: PurchaseHistory(repeats: 0, recency: 0, age: 0), count: 200)),
      ("one customer", [PurchaseHistory(repeats: 3, recency: 20, age: 52)]), ("none", []),
      (
        "a thousand purchases",
        Array(repeating: PurchaseHistory(repeats: 1_000, recency: 51, age: 52), count: 100)
      ),
    ]
    for (name, histories) in cases {
      let (model, logLikelihood) = BetaGeometric.fitted(to: histories)
      for parameter in [model.r, model.alpha, model.a, model.b] {
        #expect(parameter.isFinite && parameter > 0, "\(name): \(model)")
      }
      #expect(logLikelihood.isFinite, "\(name)")
      let ahead = model.expectedPurchases(PurchaseHistory(repeats: 3, recency: 20, age: 52), in: 52)
      #expect(ahead.isFinite && ahead >= 0, "\(name)")
    }
  }

  private func histories(_ file: String) throws -> [PurchaseHistory] {
    try rows(of: file).map {
      PurchaseHistory(repeats: Int($0.number("x")), recency: $0.number("t_x"), age: $0.number("T"))
    }
  }
}

@Suite("The Gamma-Gamma model")
struct GammaGammaTests {
  @Test("agrees with answers of fifty digits")
  func vectors() throws {
    let rows = try rows(of: "gamma_gamma.csv")
    #expect(rows.count == 23)
    for row in rows {
      let model = GammaGamma(p: row.number("p"), q: row.number("q"), v: row.number("v"))
      let purchases = Int(row.number("x"))
      let history = purchases == 0 ? nil : SpendHistory(purchases: purchases, mean: row.number("m"))
      let mean = model.expectedValue(history)
      #expect(agree(mean, row.number("expected_value"), relative: 1e-11), "\(row): \(mean)")
      if let history {
        let log = model.logLikelihood(history)
        #expect(agree(log, row.number("log_likelihood"), relative: 1e-9), "\(row): \(log)")
      }
    }
  }

  @Test("has no mean where q is not above 1 and nothing is known")
  func noMean() {
    #expect(GammaGamma(p: 6.25, q: 1, v: 15.44).expectedValue(nil) == .infinity)
    #expect(GammaGamma(p: 6.25, q: 0.5, v: 15.44).expectedValue(nil) == .infinity)
  }

  @Test("fits what was published of the CDNOW customers")
  func cdnow() throws {
    let histories = try histories("cdnow.csv")
    #expect(histories.count == 946)
    let (model, logLikelihood) = GammaGamma.fitted(to: histories)
    #expect(abs(model.p - 6.25) < 0.005 && abs(model.q - 3.74) < 0.005 && abs(model.v - 15.44) < 0.01)
    #expect(agree(model.p, 6.2488025, relative: 1e-4) && agree(model.q, 3.7445885, relative: 1e-4))
    #expect(agree(model.v, 15.447748, relative: 1e-4))
    #expect(agree(logLikelihood, -4_055.923_243_50, relative: 1e-8))
  }

  @Test("fits customers that were made by such a process")
  func simulated() throws {
    let wanted = try #require(try rows(of: "simulated_fit.csv").first)
    let histories = try histories("simulated.csv")
    #expect(histories.count == 1_014)
    let (model, logLikelihood) = GammaGamma.fitted(to: histories)
    for (found, name) in [(model.p, "p"), (model.q, "q"), (model.v, "v")] {
      #expect(agree(found, wanted.number(name), relative: 1e-4), "\(name) \(found)")
    }
    #expect(agree(logLikelihood, wanted.number("gamma_gamma_log_likelihood"), relative: 1e-8))
  }

  @Test("fits to the end whatever it is given, and has finite numbers")
  func hostileFits() {
    let cases: [(String, [SpendHistory])] = [
      ("all alike", Array(repeating: SpendHistory(purchases: 3, mean: 25), count: 200)),
      ("one purchase each", (1...200).map { SpendHistory(purchases: 1, mean: Double($0)) }),
      ("one purchase each, alike", Array(repeating: SpendHistory(purchases: 1, mean: 25), count: 200)),
      ("a thousand purchases", (1...100).map { SpendHistory(purchases: 1_000, mean: Double($0)) }),
      (
        "from cents to millions",
        (0..<100).map { SpendHistory(purchases: 2, mean: 0.01 * pow(10, Double($0) / 10)) }
      ),
      ("one customer", [SpendHistory(purchases: 3, mean: 20)]), ("none", []),
    ]
    for (name, histories) in cases {
      let (model, logLikelihood) = GammaGamma.fitted(to: histories)
      for parameter in [model.p, model.q, model.v] {
        #expect(parameter.isFinite && parameter > 0, "\(name): \(model)")
      }
      #expect(logLikelihood.isFinite, "\(name): \(logLikelihood)")
      let value = model.expectedValue(SpendHistory(purchases: 3, mean: 20))
      #expect(value > 0 && !value.isNaN, "\(name): \(value)")
    }
  }

  @Test("hangs together with how often they buy from -1 to 1, and not at all where nothing differs")
  func correlation() throws {
    let rising = (1...10).map { SpendHistory(purchases: $0, mean: Double($0) * 3) }
    #expect(agree(try #require(GammaGamma.correlation(rising)), 1, relative: 1e-9))
    let falling = (1...10).map { SpendHistory(purchases: $0, mean: 100 - Double($0)) }
    #expect(agree(try #require(GammaGamma.correlation(falling)), -1, relative: 1e-9))
    #expect(GammaGamma.correlation(Array(repeating: SpendHistory(purchases: 2, mean: 5), count: 9)) == nil)
    #expect(GammaGamma.correlation([]) == nil)
  }

  private func histories(_ file: String) throws -> [SpendHistory] {
    try rows(of: file).filter { $0.number("x") > 0 }.map {
      SpendHistory(purchases: Int($0.number("x")), mean: $0.number("m"))
    }
  }
}

@Suite("What customers are likely to be worth")
struct ExpectedValueTests {
  /// Customers who came back so many times, each at another pace and for other amounts.
  private func customers(_ count: Int) -> [AccountFacts] {
    var generator = SeededGenerator(seed: 7)
    return (1...count).map { number in
      account(number) { account in
        let first = day("2025-01-01").adding(days: number % 50)
        let pace = 20 + generator.below(80)
        let usual = 40 + generator.below(200)
        account.sales = (0...(1 + generator.below(6))).map { place in
          sale(
            number * 100 + place, first.adding(days: place * pace).description,
            "\(usual + generator.below(usual)) EUR", cost: "30 EUR")
        }
      }
    }
  }

  private func expected(
    _ accounts: [AccountFacts], years: Int = 3, discount: Double = 0.1
  ) throws(ExpectedValueError) -> ExpectedValues {
    try expectedValues(accounts, at: yearEnd, by: inEuros, years: years, discount: discount)
  }

  @Test("is not told of fewer than a hundred who bought again")
  func tooFew() {
    #expect(throws: ExpectedValueError.tooFewRepeatBuyers(99)) { try expected(customers(99)) }
    #expect(throws: ExpectedValueError.tooFewRepeatBuyers(0)) { try expected([]) }
    #expect(ExpectedValueError.tooFewRepeatBuyers(99).phrase.description.contains("99"))
  }

  @Test("does not take two sales of one day, or a credit note, for another purchase")
  func noRepeats() {
    let once = (1_000..<1_100).map { number in
      account(number) {
        $0.sales = [
          sale(number * 10, "2026-01-01", "50 EUR", cost: "30 EUR"),
          sale(number * 10 + 1, "2026-01-01", "70 EUR", cost: "30 EUR"),
          sale(number * 10 + 2, "2026-02-01", "5 EUR", cost: "3 EUR", creditNote: true),
          sale(number * 10 + 3, "2027-02-01", "50 EUR", cost: "30 EUR"),
        ]
      }
    }
    #expect(throws: ExpectedValueError.tooFewRepeatBuyers(99)) { try expected(customers(99) + once) }
  }

  @Test("mixes no currencies without a rate")
  func mixed() {
    do throws(ExpectedValueError) {
      _ = try expected(
        customers(100) + [account(5_000) { $0.sales = [sale(1, "2026-01-01", "1 USD", cost: "1 USD")] }])
      Issue.record("amounts of two currencies were added")
    } catch {
      guard case .mixedCurrencies(let phrase) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(phrase.description.contains("USD"))
    }
  }

  @Test("is told of each customer, the most valuable first; waiting costs")
  func told() throws {
    var accounts = customers(120) + [account(5_000)]
    accounts[0].sales = [
      sale(1, "2026-12-03", "50 EUR", cost: "30 EUR"), sale(2, "2026-12-03", "10 EUR", cost: "3 EUR"),
      sale(3, "2026-12-10", "50 EUR", cost: "30 EUR"), sale(4, "2026-12-17", "50 EUR", cost: "30 EUR"),
    ]
    accounts[1].sales = accounts[1].sales.map {
      Sale(id: $0.id, recordedAt: $0.recordedAt, day: $0.day, revenue: $0.revenue, cost: nil)
    }
    accounts[2].sales = (0...3).map { sale(10 + $0, "2026-0\(5 + $0)-01", "100 EUR", cost: "60 EUR") }
    accounts[3].sales =
      (0...3).map { sale(20 + $0, "2026-0\(5 + $0)-01", "100 EUR", cost: "60 EUR") }
      + [sale(29, "2026-09-01", "200 EUR", cost: "120 EUR", creditNote: true)]
    let now = try expected(accounts, discount: 0)
    #expect(now.customers.count == 120 && now.years == 3 && now.discount == 0)
    #expect(Set(now.customers.map(\.account)) == Set((1...120).map { id($0) }))
    let values = now.customers.map(\.value)
    #expect(values == values.sorted(by: >))
    for customer in now.customers {
      #expect((0...1).contains(customer.alive) && customer.purchases >= 0 && customer.value.isFinite)
      #expect(agree(customer.value, customer.purchases * customer.marginOfPurchase, relative: 1e-9))
    }
    let byAccount = Dictionary(uniqueKeysWithValues: now.customers.map { ($0.account, $0) })
    // Weeks from the first day with a purchase; two sales of that day are one.
    #expect(byAccount[id(1)]?.history == PurchaseHistory(repeats: 2, recency: 2, age: 4))
    // Alike but for what they sent back.
    let (faithful, sender) = (byAccount[id(3)], byAccount[id(4)])
    #expect(faithful?.history == sender?.history)
    #expect((sender?.value ?? 0) < (faithful?.value ?? 0))
    // Whose costs are not known earns at everybody's rate.
    #expect(byAccount[id(2)].map { $0.marginOfPurchase > 0 && $0.value > 0 } == true)

    let later = try expected(accounts, discount: 0.1)
    for customer in later.customers {
      let undiscounted = try #require(byAccount[customer.account])
      #expect(agree(customer.purchases, undiscounted.purchases, relative: 1e-9))
      #expect(customer.value < undiscounted.value)
      // Nothing comes later than the end of the third year, and nothing before today.
      #expect(customer.value > undiscounted.value / 1.331)
    }
  }
}
