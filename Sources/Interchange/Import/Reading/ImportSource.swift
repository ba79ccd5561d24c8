import Foundation
import PlanModel
import Speech
import Wording
import Workbench

/// One record as a file has it.
package struct ImportRow {
  /// A field as it is written.
  struct Value {
    let register: RegisterDescription
    let text: String
    /// What the file calls it.
    let place: FieldName

    init(_ register: RegisterDescription, _ text: String, _ place: FieldName) {
      self.register = register
      self.text = text
      self.place = place
    }
  }

  /// What can happen to a request, by the names that the types of its events have.
  enum HappeningType: String { case responded, resolved, closed }

  struct Happening {
    let type: HappeningType
    /// Unix milliseconds.
    let moment: Int64
    /// The day that is said, when no time is.
    let day: PlanDate?
    let place: FieldName
  }

  struct State {
    let text: String
    /// nil: its words mean nothing that is known.
    let isEnded: Bool?
    /// It is open, and has a moment at which it ended, which is not taken.
    var hasEndedBefore = false
  }

  let kind: KindDescription
  var id: RecordID?
  /// Names, short names or ids of its account, one of which must be known here; all that are must mean the same.
  var accounts: [String] = []
  /// What the file calls the place of the last of them.
  var accountPlace: FieldName?
  var values: [Value] = []
  /// Of a contact: how it is reached.
  var points: [(type: String, value: String)] = []
  /// Of a request: when it was responded to, resolved or closed.
  var happenings: [Happening] = []
  /// Of a request: how far it is, in the words of the file.
  var state: State?
  /// What else the file says of who is meant by the contact, with the headings.
  var alsoContact: [(heading: String, text: String)] = []
  /// What a column of its own says.
  var currency: String?
  /// Why it may be no record: it is the total of those above.
  var doubt: Phrase?

  func text(_ register: UInt32) -> String? { values.first { $0.register.number == register }?.text }
}

/// Where rows come from.
package protocol ImportSource {
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

extension KindDescription {
  /// What another system calls its records.
  var externalID: RegisterDescription? { register(named: "external-id") }
  /// The survey campaign that they belong to.
  var campaign: RegisterDescription? { register(named: "campaign") }
}
