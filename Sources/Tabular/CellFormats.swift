/// Which of a workbook's formats show a number as a day or a time.
final class CellFormats: XMLReader {
  /// By the number that a cell has for its style.
  private(set) var areDates: [Bool] = []
  private var own: [Int: Bool] = [:]
  private var inNumberFormats = false
  private var inCellFormats = false

  static let formatsMax = 100_000

  override func began(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case "numFmts": inNumberFormats = true
    case "cellXfs": inCellFormats = true
    case "numFmt" where inNumberFormats:
      guard let id = attributes["numFmtId"]?.natural, let code = attributes["formatCode"] else { return }
      own[id] = Self.isDate(code: code.string)
    case "xf" where inCellFormats:
      let id = attributes["numFmtId"]?.natural ?? 0
      areDates.append(own[id] ?? Self.isDate(builtIn: id))
    default: return
    }
    if max(own.count, areDates.count) > Self.formatsMax {
      fail(.tooLarge(.entries, maximum: Self.formatsMax))
    }
  }

  override func ended(_ name: XMLName) {
    switch name {
    case "numFmts": inNumberFormats = false
    case "cellXfs": inCellFormats = false
    default: return
    }
  }

  /// Formats that need no code because every program knows them; 27 to 36 and 50 to 58 are those of East Asia. 46 is an
  /// elapsed time ([h]:mm:ss).
  static func isDate(builtIn id: Int) -> Bool {
    switch id {
    case 14...22, 27...36, 45, 47, 50...58: true
    default: false
    }
  }

  /// Whether it has a letter for a part of a day outside quotes, and no elapsed time ([h], [mm]), which is an amount.
  static func isDate(code: String) -> Bool {
    var rest = Array(code.utf8)[...]
    var hasLetter = false
    while let sign = rest.popFirst() {
      switch sign {
      case UInt8(ascii: "\""): rest = rest.drop { $0 != UInt8(ascii: "\"") }.dropFirst()
      // The next one is shown as it is, gives a width, or fills the cell.
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): rest = rest.dropFirst()
      case UInt8(ascii: "["):
        let inside = rest.prefix { $0 != UInt8(ascii: "]") }
        if isElapsed(inside) { return false }
        rest = rest.dropFirst(inside.count + 1)
      default:
        if dateLetters.contains(sign | 0x20) { hasLetter = true }
      }
    }
    return hasLetter
  }

  private static let dateLetters = Array("dmyhs".utf8)

  private static func isElapsed(_ inside: ArraySlice<UInt8>) -> Bool {
    guard let letter = inside.first.map({ $0 | 0x20 }), Array("hms".utf8).contains(letter) else {
      return false
    }
    return inside.allSatisfy { $0 | 0x20 == letter }
  }
}
