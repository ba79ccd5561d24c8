/// The currencies of ISO 4217: those in use, and those that went out of use since 2015, in which figures of past years may
/// be. Codes for metals, for tests and for no currency are none that anybody is paid in.
///
/// Source: ISO 4217, list one (as amended up to 2026: Croatia and Bulgaria in the euro, the Caribbean guilder) and list three.
package let currencyCodes: [Substring] =
  """
  AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF \
  CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF \
  IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT \
  MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD \
  SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS \
  VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG \
  ANG BGN BYR CUC HRK LTL MRO SLL STD VEF ZWL
  """.split(separator: " ")

/// For three capital letters whether they are one.
private let currencies: [Bool] = {
  var table = [Bool](repeating: false, count: 26 * 26 * 26)
  for code in currencyCodes { if let place = place(of: code) { table[place] = true } }
  return table
}()

/// - Returns: nil when it is not three capital letters.
private func place(of code: some StringProtocol) -> Int? {
  var place = 0
  var count = 0
  for byte in code.utf8 {
    guard (65...90).contains(byte) else { return nil }
    place = place * 26 + Int(byte) - 65
    count += 1
    guard count <= 3 else { return nil }
  }
  return count == 3 ? place : nil
}

/// Whether it is a currency: three capital letters alone are none.
package func isCurrency(_ code: String) -> Bool { place(of: code).map { currencies[$0] } ?? false }

package func isCurrency(_ code: some StringProtocol) -> Bool { isCurrency(String(code)) }
