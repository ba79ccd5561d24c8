import Replica
import Speech
import Wording

/// Whether a replica is whole: its file, its digests, and what its waiting edits make of it.
package struct Wholeness {
  /// Empty when it is.
  package let problems: [Phrase]
  /// The file itself cannot be read.
  package let isDamaged: Bool

  package var isWhole: Bool { problems.isEmpty }
}

extension Workbench {
  /// Proves that this replica is whole. What is not the server's is fetched again by the next sync; what is shown wrongly is
  /// shown anew at once.
  package func proveWhole() throws -> Wholeness {
    let ofFile = try replica.integrityProblems().flatMap { $0.split(separator: "\n") }
    // A damaged file makes everything below unreadable.
    guard ofFile.isEmpty else {
      return Wholeness(problems: ofFile.map { "The file: \($0)" }, isDamaged: true)
    }
    let differing = try replica.scopesThatDiffer()
    let stale = try replica.evenOnFullDisk { try $0.viewsThatDiffer() }
    try replica.suspect(differing)
    if !stale.isEmpty { try replica.rebuildViews() }
    let problems: [Phrase] =
      differing.map { "The digest of \($0) is not that of its records." }
      + stale.map { "Record \($0) does not show what its waiting edits make of it." }
    return Wholeness(problems: problems, isDamaged: false)
  }
}
