import Speech
import Wording
import Workbench

extension Workspace {
  /// Prints what an action did: the record for programs, a sentence for people. What a receipt notes beside it is for the
  /// command to say, where it belongs.
  func tell(_ receipt: Receipt, asJSON: Bool) throws {
    guard asJSON else { return console.say(receipt.sentence) }
    guard let record = receipt.records.first else { return }
    console.document(try json([record])[0].document)
  }
}
