import PlanModel
import Speech
import Wording
import Workbench

/// What the command line and saved mappings say about a file.
package struct ImportOptions {
  var kind: KindDescription?
  var account: String?
  package var currency: String?
  /// Of answers that do not say theirs.
  var campaign: String?
  /// Where the file's ids come from.
  var system: String?
  /// Later ones win.
  var rules: [MappingRule] = []
  var decimal: NumberStyle?
  var dayOrder: DayOrder?
  /// The line that the headings are in; nil: found.
  var headingsLine: Int?
  /// Of a workbook: the name or the number of a sheet; nil: the first.
  var sheet: String?
  /// Where times of day without a zone are read.
  var moments = Reader.program.moments(0)

  init(rules: [MappingRule] = []) { self.rules = rules }

  /// - Parameter moments: Where times of day without a zone are read.
  package init(moments: Moments) { self.moments = moments }
}

/// "Montant HT=revenue", "Priority:Urgent=critical": what a column is, or what a value of it means.
struct MappingRule: Equatable {
  /// A heading, perhaps with its number among equals (`H#2`), perhaps with a value behind a colon.
  let left: String
  /// A field or a value; empty: it is left out.
  let right: String
  /// Whether the file must have the heading; a saved mapping is used for files that differ a little.
  let isRequired: Bool
}

extension ImportOptions {
  /// Takes an option as the command line and mappings write it.
  ///
  /// - Throws: ``Failure`` when its value means nothing.
  package mutating func set(_ name: String, _ value: String, isRequired: Bool) throws {
    switch name {
    case "kind": kind = try PlanModel.kind(calledBy: value)
    case "account": account = value
    case "campaign": campaign = value
    case "sheet": sheet = value
    case "currency":
      guard let code = AmountText.code(value) else {
        throw Failure.usage(fieldSentence(.notACurrency(value), of: "currency"))
      }
      currency = code
    case "system":
      let name = headingKey(value)
      guard !name.isEmpty else {
        throw Failure.usage("\(field: "system"): “\(value)” has no letter or digit.")
      }
      system = name
    case "decimal":
      guard let style = NumberStyle(rawValue: value) else {
        throw Failure.usage("\(field: "decimal") is comma or point, not “\(value)”.")
      }
      decimal = style
    case "days":
      guard let order = DayOrder(rawValue: value) else {
        throw Failure.usage("\(field: "days") is day-first or month-first, not “\(value)”.")
      }
      dayOrder = order
    case "headings-row":
      guard let line = Int(value), line > 0 else {
        throw Failure.usage("\(field: "headings-row"): “\(value)” is not the number of a row.")
      }
      headingsLine = line
    case "map":
      guard let sign = value.lastIndex(of: "=") else {
        throw Failure.usage("\(field: "map"): “\(value)” is not HEADING=FIELD.")
      }
      rules.append(
        MappingRule(
          left: String(value[..<sign]).trimmed, right: String(value[value.index(after: sign)...]).trimmed,
          isRequired: isRequired))
    default:
      throw Failure.usage(
        "“\(name)” is not an option of a mapping: they are kind, account, currency, campaign, system, map, decimal, days, headings-row and sheet."
      )
    }
  }
}
