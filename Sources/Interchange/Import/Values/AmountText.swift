import PlanModel
import Speech
import Wording
import Workbench

/// "€ 1.234,50", "1 234,50 EUR HT", "20€50", "($100.00)", taken apart.
struct AmountText: Equatable {
  /// Digits with the signs among and before them, in the style of their column.
  let number: String
  /// Of "20€50": what stands behind the sign that parts the two, always decimals.
  let cents: String?
  let currency: CurrencyText

  /// What an amount says of its currency.
  enum CurrencyText: Equatable {
    case none
    case code(String)
    /// A sign that several currencies have, with these.
    case shared(String, [String])
  }

  /// - Returns: nil when it is no amount: "12k€", "1e5", "100 EUR USD".
  init?(_ text: String) {
    if let usual = Self.usual(text) {
      self = usual
      return
    }
    let isDigit: (Character) -> Bool = { $0.isASCII && $0.isNumber }
    guard let first = text.firstIndex(where: isDigit), let last = text.lastIndex(where: isDigit) else {
      return nil
    }
    // ".5" and "5," keep their sign.
    let start =
      first > text.startIndex && ".,".contains(text[text.index(before: first)])
      ? text.index(before: first) : first
    var before = String(text[..<start])
    var after = String(text[text.index(after: last)...])
    let middle = text[start...last]
    var sign = ""
    if before.contains("("), after.contains(")") {
      sign = "-"
      before.removeAll { $0 == "(" }
      after.removeAll { $0 == ")" }
    }
    for mark in ["-", "−", "+"] where before.contains(mark) || after.hasPrefix(mark) || after.hasSuffix(mark)
    {
      guard sign.isEmpty else { return nil }
      sign = mark == "+" ? "+" : "-"
      before = before.replacing(mark, with: "", maxReplacements: 1)
      if !text[..<start].contains(mark) { after = after.replacing(mark, with: "", maxReplacements: 1) }
    }
    guard let currency = Self.currency(in: [before, after]) else { return nil }
    if let place = middle.firstIndex(where: { $0.isCurrencySymbol }) {
      let (whole, cents) = (middle[..<place], middle[middle.index(after: place)...])
      guard currency == .none, cents.count == 2, cents.allSatisfy(isDigit), whole.allSatisfy(Self.isInNumber)
      else {
        return nil
      }
      self.cents = String(cents)
      number = sign + whole
      self.currency = Self.signs[String(middle[place])] ?? .none
      return
    }
    guard middle.allSatisfy(Self.isInNumber) else { return nil }
    cents = nil
    number = sign + middle
    self.currency = currency
  }

  private init(number: String, currency: CurrencyText) {
    self.number = number
    cents = nil
    self.currency = currency
  }

  /// "-1234.50", "1 234,50 EUR": nearly all amounts are digits, parted by signs and blanks, with a code behind or nothing. They
  /// are taken apart by their bytes, as a file has hundreds of thousands of them.
  private static func usual(_ text: String) -> AmountText? {
    var text = text
    return text.withUTF8 { bytes in
      var end = bytes.count
      while end > 0, !isDigit(bytes[end - 1]) { end -= 1 }
      let start = bytes.first == UInt8(ascii: "-") ? 1 : 0
      guard start < end, isDigit(bytes[start]),
        bytes[start..<end].allSatisfy({ isDigit($0) || usualSigns.contains($0) })
      else { return nil }
      let number = String(decoding: bytes[..<end], as: UTF8.self)
      if end == bytes.count { return AmountText(number: number, currency: .none) }
      guard bytes.count == end + 4, bytes[end] == UInt8(ascii: " ") else { return nil }
      let code = String(decoding: bytes[(end + 1)...], as: UTF8.self)
      return isCurrency(code) ? AmountText(number: number, currency: .code(code)) : nil
    }
  }

  private static let usualSigns: [UInt8] = Array(" .,".utf8)

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isInNumber(_ character: Character) -> Bool {
    character.isASCII && character.isNumber || character.isWhitespace || ".,'’".contains(character)
  }

  /// What stands around the number: at most one currency, and words that say nothing of it.
  private static func currency(in parts: [String]) -> CurrencyText? {
    var found = CurrencyText.none
    for part in parts {
      for word in part.split(whereSeparator: { $0.isWhitespace || $0 == "/" }).map(String.init) {
        if asides.contains(word.lowercased()) { continue }
        let meant: CurrencyText
        if let sign = signs[word] ?? signs[word.uppercased()] {
          meant = sign
        } else if isCurrency(word.uppercased()) {
          meant = .code(word.uppercased())
        } else if let code = names[word.lowercased()] {
          meant = .code(code)
        } else {
          return nil
        }
        guard found == .none || found == meant else { return nil }
        found = meant
      }
    }
    return found
  }

  /// With and without tax, in English, French and German: they change no digit.
  private static let asides: Set<String> = [
    "ht", "h.t.", "ttc", "net", "brut", "gross", "hors", "taxe", "taxes", "tax", "vat", "tva", "incl",
    "incl.", "excl",
    "excl.", "netto", "brutto",
  ]

  private static let names = [
    "euro": "EUR", "euros": "EUR", "us-dollar": "USD", "yen": "JPY", "livre": "GBP", "franc": "CHF",
  ]

  private static let signs: [String: CurrencyText] = {
    let dollars = [
      "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "BSD", "BBD", "BZD",
      "BMD", "FJD",
      "GYD", "JMD", "KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "XCD", "BND",
    ]
    var signs: [String: CurrencyText] = [
      "$": .shared("$", dollars), "¥": .shared("¥", ["JPY", "CNY"]),
      "KR": .shared("kr", ["SEK", "NOK", "DKK", "ISK"]),
      "£": .shared("£", ["GBP", "EGP", "FKP", "GIP", "SHP", "LBP", "SYP", "SSP", "SDG"]),
    ]
    let own = [
      "€": "EUR", "₹": "INR", "₽": "RUB", "₺": "TRY", "₩": "KRW", "₪": "ILS", "₫": "VND", "₴": "UAH",
      "₦": "NGN", "₱": "PHP",
      "฿": "THB", "₡": "CRC", "₲": "PYG", "₸": "KZT", "ZŁ": "PLN", "KČ": "CZK", "FT": "HUF", "R$": "BRL",
      "US$": "USD",
      "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD",
      "NT$": "TWD",
      "MX$": "MXN", "FR.": "CHF", "SFR": "CHF", "SFR.": "CHF", "DH": "MAD", "DT": "TND",
    ]
    for (sign, code) in own { signs[sign] = .code(code) }
    return signs
  }()
}

extension AmountText {
  /// The currency that a cell of its own names: "EUR", "eur", "euro", "€".
  static func code(_ text: String) -> String? {
    if case .code(let code)? = currency(in: [text]) { code } else { nil }
  }
}

extension AmountText.CurrencyText {
  /// The currency that is meant.
  ///
  /// - Parameters:
  ///   - column: What the row says in a cell of its own.
  ///   - otherwise: What the command line or the account say.
  /// - Throws: ``Failure`` when two of them do not agree, or nothing decides.
  func resolved(column: String?, otherwise: String?, in text: String, place: FieldName) throws -> String {
    switch self {
    case .none:
      guard let code = column ?? otherwise else {
        throw Failure.usage(
          place.says(
            "“\(text)” does not say its currency (a column, \(field: "currency"), or the account's)."))
      }
      return code
    case .code(let code):
      guard column == nil || column == code else {
        throw Failure.usage(place.says("“\(text)” is not in \(column ?? ""), which the row's currency is."))
      }
      return code
    case .shared(let sign, let codes):
      if let column {
        guard codes.contains(column) else {
          throw Failure.usage(place.says("“\(text)” is not in \(column), which the row's currency is."))
        }
        return column
      }
      if let otherwise, codes.contains(otherwise) { return otherwise }
      // Hardly anybody else writes the sign of the pound.
      if sign == "£" { return "GBP" }
      throw Failure.usage(
        place.says(
          "“\(text)”: several currencies are written \(sign); say which (a column, \(field: "currency"), or the account's)."
        ))
    }
  }
}
