import Foundation
import PlanModel
import Wording

/// One record as a file has it.
struct ImportRow {
  let kind: KindDescription
  var id: RecordID?
  /// Its name, short name or id.
  var account: String?
  var values: [(register: RegisterDescription, text: String)]
  /// Of a contact: how it is reached.
  var points: [(type: String, value: String)] = []
  /// What a column of its own says.
  var currency: String?
}

/// Where rows come from.
protocol ImportSource {
  /// What was recognised: encoding, separators, columns.
  var findings: [(label: Phrase, text: Phrase)] { get }
  var count: Int { get }
  /// As an editor or a spreadsheet numbers it.
  func line(of place: Int) -> Int
  /// - Returns: nil for an empty one.
  /// - Throws: ``Failure``, about this row only.
  func row(_ place: Int) throws -> ImportRow?
  /// A file of the same form with only these, so that they can be mended and imported again.
  func document(ofRejected rejected: [(place: Int, reason: String)]) -> String
}

/// What is done with a row that is likely to be about a record that is here.
enum LikelyAnswer: String {
  case new, skip, ask
}

/// What the command line says of rows that may be about a record that is here.
struct ImportAnswers {
  /// By line.
  var same: [Int: RecordID] = [:]
  var new: Set<Int> = []
  var likely = LikelyAnswer.ask
}

/// What the command line says about a file.
struct ImportOptions {
  var kind: KindDescription?
  var account: String?
  var currency: String?
  /// From a column's heading, folded, to a field's name; "" leaves it out.
  var map: [String: String] = [:]
  var decimal: NumberStyle?
  var dayOrder: DayOrder?
  /// Where times of day without a zone are read.
  var moments = Moments.local(now: 0)
}

/// "Numéro  de commande" is "numero-de-commande": how headings are compared.
func headingKey(_ text: String) -> String {
  var result = ""
  for scalar in text.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .nonspacingMark: continue
    case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber: result.unicodeScalars.append(scalar)
    default: if !result.isEmpty, result.last != "-" { result.append("-") }
    }
  }
  while result.last == "-" { result.removeLast() }
  return result
}
