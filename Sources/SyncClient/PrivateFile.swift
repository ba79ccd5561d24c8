import Foundation
import Wording

/// Replaces a file in one step, readable by its owner only from the first byte on. Once this returns, a power cut does
/// not bring the old one back.
func writePrivately(_ data: Data, to path: String) throws {
  let temporary = path + ".new"
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard descriptor >= 0 else { throw ClientError("\(path) cannot be written: \(lastError()).") }
  let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  try handle.write(contentsOf: data)
  try handle.synchronize()
  try handle.close()
  try replace(path, with: temporary)
}

/// Gives a file the name of another, which is gone then; the name is on the disk when this returns.
func replace(_ path: String, with newer: String) throws {
  guard rename(newer, path) == 0 else { throw ClientError("\(path) cannot be replaced: \(lastError()).") }
  try flushDirectory(of: path)
}

/// A name that was given or taken away survives a power cut only after this.
func flushDirectory(of path: String) throws {
  let directory = (path as NSString).deletingLastPathComponent
  let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw ClientError("\(directory) cannot be opened: \(lastError()).") }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else {
    throw ClientError("\(directory) cannot be flushed to the disk: \(lastError()).")
  }
}

/// What the system said of the last call, in its words.
func lastError() -> String { String(cString: strerror(errno)) }
