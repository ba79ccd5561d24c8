import Replica
import Speech
import Wording
import Workbench

extension ImportSummary {
  package var json: JSON {
    .object([
      ("number", .integer(Int(number))), ("at", .text(Moments.iso(at))), ("file", .text(file)),
      ("changes", .integer(changeCount)), ("undone", undone.map { .text(Moments.iso($0)) } ?? .null),
      ("leftAlone", .integer(leftAloneCount)),
    ])
  }
}
