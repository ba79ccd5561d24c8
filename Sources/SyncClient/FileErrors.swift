import Foundation
import HostFiles
import Wording

extension ClientError {
  /// What the system refused, for the person whose file it is.
  init(_ trouble: FileTrouble) {
    let (path, reason) = (trouble.path, trouble.reason)
    switch trouble.step {
    case .open: self.init("\(path) cannot be opened: \(reason).")
    case .write: self.init("\(path) cannot be written: \(reason).")
    case .replace: self.init("\(path) cannot be replaced: \(reason).")
    case .flush: self.init("\(path) cannot be flushed to the disk: \(reason).")
    case .protect: self.init("\(path) cannot be made private: \(reason).")
    case .lock: self.init("\(path) cannot be locked: \(reason).")
    }
  }
}

/// Says of a file of this device what the system said of it.
func telling<Value>(_ body: () throws(FileTrouble) -> Value) throws(ClientError) -> Value {
  do { return try body() } catch { throw ClientError(error) }
}

/// Replaces a file that nobody else may read, in one step.
func writePrivately(_ data: Data, to path: String) throws(ClientError) {
  try telling { () throws(FileTrouble) in try AtomicFile.write(data, to: path) }
}
