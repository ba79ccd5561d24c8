import GRDB
import Wording

extension Replica {
  /// What to tell a person about an error of this module; nil for any other.
  package static func phrase(for error: any Error) -> Phrase? {
    switch error {
    case let error as ReplicaError: error.phrase
    case let error as DatabaseError: words(error)
    default: nil
    }
  }

  private static func detail(_ error: DatabaseError, _ usual: Phrase) -> Phrase {
    error.message.map(Phrase.verbatim) ?? usual
  }

  private static func words(_ error: DatabaseError) -> Phrase {
    switch error.resultCode {
    case .SQLITE_FULL:
      "The disk is full: nothing was written. Make room and do it again."
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      "Another kam is busy with this replica: nothing was written. Try again."
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      "The replica cannot be written (\(detail(error, "no permission"))). Check the owner and mode of its directory."
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      ReplicaError.damaged(path: "of this device", detail: error.message ?? "\(error.resultCode)").phrase
    case .SQLITE_IOERR:
      """
      Reading or writing the replica failed (\(detail(error, "input/output error"))). If it was an edit, see with \(action: .status) \
      whether it is there before you make it again. Check the disk.
      """
    default: "The replica's database failed: \(error.message ?? "\(error.resultCode)")."
    }
  }
}

extension DatabaseError {
  /// The file could not be written now; it may be read all the same.
  var isOfUnwritableFile: Bool {
    [
      .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_BUSY,
      .SQLITE_LOCKED,
    ].contains(resultCode)
  }
}
