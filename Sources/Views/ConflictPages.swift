import Pages
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

extension Workbench {
  /// Where edits of this replica's person met others'.
  ///
  /// - Parameter unseenOnly: Only those that no list has shown.
  package func conflictPages(unseenOnly: Bool) throws -> [ConflictPage] {
    try replica.read { _ in try replica.conflicts(unseenOnly: unseenOnly).map { page(try told($0)) } }
  }

  /// The same for programs.
  package func conflictDocuments(unseenOnly: Bool) throws -> [JSON] {
    try replica.read { _ in try replica.conflicts(unseenOnly: unseenOnly).map { try json(told($0)) } }
  }

  private func page(_ told: ToldConflict) -> ConflictPage {
    let conflict = told.conflict
    func side(_ value: Phrase, _ who: Phrase, _ stamp: Stamp) -> ConflictPage.Side {
      ConflictPage.Side(
        value: reader.said(value), by: reader.said(who + ", " + moments.at(stamp.milliseconds)))
    }
    return ConflictPage(
      number: conflict.number, record: reader.said(told.record + " " + told.title),
      field: reader.said(told.field), isNew: !conflict.isSeen,
      mine: side(told.mine, "you", conflict.mineStamp),
      theirs: side(told.theirs, told.other, conflict.theirStamp), stands: reader.said(told.stands.phrase),
      isAboutDeletion: conflict.isAboutDeletion, action: .take(conflict: conflict.number))
  }
}

extension ToldConflict.Standing {
  fileprivate var phrase: Phrase {
    switch self {
    case .mine: "yours"
    case .theirs: "theirs"
    case .neither: "neither: it was changed since"
    case .deleted: "the record is deleted; what it held is kept"
    }
  }
}
