import Testing

@testable import PlanModel

@Suite("Money")
struct MoneyTests {
  @Test(
    "is read in the currency's own decimals",
    arguments: [
      ("1200.50 EUR", "EUR", 120_050), ("EUR 1200.50", "EUR", 120_050), ("1200,50 EUR", "EUR", 120_050),
      ("1200 EUR", "EUR", 120_000), ("1200.5 EUR", "EUR", 120_050), ("0 EUR", "EUR", 0),
      ("-0.01 EUR", "EUR", -1),
      ("-1200 EUR", "EUR", -120_000), ("007.00 USD", "USD", 700), ("5000 JPY", "JPY", 5_000),
      ("1.234 TND", "TND", 1_234),
      ("-1.5 KWD", "KWD", -1_500), ("1.2345 CLF", "CLF", 12_345), ("92233720368547758.07 EUR", "EUR", .max),
      ("  12.00   EUR ", "EUR", 1_200),
    ] as [(String, String, Int64)])
  func reads(text: String, currency: String, minor: Int64) {
    #expect(Money(text) == Money(currency: currency, minor: minor))
  }

  @Test(
    "is refused rather than guessed or rounded",
    arguments: [
      "", "EUR", "1200", "1200EUR", "1200 eur", "1200 EURO", "1.234 EUR", "1.5 JPY", "1.0 JPY", "1.2345 TND",
      "1. EUR",
      ".5 EUR", "1.2.3 EUR", "1..2 EUR", ".1.2 EUR", "1.,2 EUR", "1,2. EUR", "1,200.50 EUR", "--1 EUR",
      "+1 EUR", "- EUR",
      "1e3 EUR", "0x10 EUR", "١ EUR", "92233720368547758.08 EUR", "99999999999999999999 EUR", "12 EUR USD",
      "EUR USD",
      "EUR EUR", "1\u{00A0}200 EUR", "20.00 TTC", "20.00 XXX", "20.00 XAU", "20.00 ABC", "20.00 eur",
    ])
  func refuses(text: String) { #expect(Money(text) == nil) }

  @Test(
    "more than ten trillion, either way, is no amount that anybody may write, and is read where it stands")
  func bounded() throws {
    for text in ["10000000000000.00 EUR", "-10000000000000.00 EUR", "1000000000000000 JPY"] {
      let amount = try #require(Money(text))
      #expect(try RegisterType.money.parse(text) == .money(amount))
    }
    for text in ["10000000000000.01 EUR", "-10000000000000.01 EUR", "92233720368547758.07 EUR"] {
      let amount = try #require(Money(text))
      #expect(throws: ValueError.amountTooLarge(amount)) { try RegisterType.money.parse(text) }
      #expect(throws: ValueError.amountTooLarge(amount)) { try RegisterType.money.checkNew(.money(amount)) }
      #expect(!amount.isCountable)
      let encoded = RegisterType.money.encode(.money(amount), as: 5)
      #expect(try RegisterType.money.decode(encoded[...]) == .money(amount))
    }
    #expect(
      ValueError.amountTooLarge(Money(currency: "JPY", minor: .max)).sentence
        == "“9223372036854775807 JPY” is too large; amounts go up to 1000000000000000 JPY")
  }

  @Test(
    "prints as it reads",
    arguments: [
      ("EUR", 120_050, "1200.50 EUR"), ("EUR", 0, "0.00 EUR"), ("EUR", 5, "0.05 EUR"),
      ("EUR", -5, "-0.05 EUR"),
      ("JPY", 5_000, "5000 JPY"), ("JPY", -1, "-1 JPY"), ("TND", 1, "0.001 TND"),
      ("CLF", 12_345, "1.2345 CLF"),
      ("EUR", .max, "92233720368547758.07 EUR"), ("EUR", .min, "-92233720368547758.08 EUR"),
    ] as [(String, Int64, String)])
  func prints(currency: String, minor: Int64, text: String) {
    let money = Money(currency: currency, minor: minor)
    #expect(money.description == text)
    if minor != .min { #expect(Money(text) == money) }
  }

  @Test("exponents are those of ISO 4217")
  func exponents() {
    for (exponent, currencies) in [
      0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
      3: "BHD IQD JOD KWD LYD OMR TND",
      4: "CLF UYW",
      2: "AED AUD BRL CAD CHF CNY CZK DKK DZD EGP EUR GBP HUF INR MAD MGA MRU MXN NOK PLN SEK TRY USD ZAR",
    ] {
      for currency in currencies.split(separator: " ") {
        #expect(Money.exponent(of: String(currency)) == exponent, "\(currency)")
      }
    }
  }
}
