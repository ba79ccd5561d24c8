import Foundation

/// Files that are replaced in one step: a reader, and whoever starts after a crash or a power cut, finds the old contents or
/// the new ones, whole.
package enum AtomicFile {
  package enum Readers: Sendable {
    case owner, everyone

    var mode: mode_t { self == .owner ? 0o600 : 0o644 }
  }

  /// Writes a file and returns when it is on the disk under its name. The file is never readable by more than `readers`, not
  /// even while it is written, and whatever the process's umask is.
  ///
  /// - Throws: ``FileTrouble``; the old contents are there then.
  package static func write(
    _ contents: some DataProtocol, to path: String, readers: Readers = .owner
  ) throws(FileTrouble) {
    let draft = try draft(contents, of: path, readers: readers)
    do throws(FileTrouble) {
      try replace(path, with: draft)
    } catch {
      unlink(draft)
      throw error
    }
  }

  /// Writes the new contents beside the old ones, and flushes them.
  ///
  /// - Returns: the path of the draft, for ``replace(_:with:)``.
  static func draft(
    _ contents: some DataProtocol, of path: String, readers: Readers
  ) throws(FileTrouble) -> String {
    let draft = path + ".new"
    let descriptor = try create(draft, readers: readers)
    defer { close(descriptor) }
    do throws(FileTrouble) {
      try writeAll([UInt8](contents), to: descriptor, path: draft)
      guard fsync(descriptor) == 0 else { throw FileTrouble(.flush, draft) }
    } catch {
      unlink(draft)
      throw error
    }
    return draft
  }

  /// Makes an empty file, in place of what a process that was killed has left there.
  ///
  /// - Returns: its descriptor, open for writing.
  private static func create(_ path: String, readers: Readers) throws(FileTrouble) -> Int32 {
    guard unlink(path) == 0 || errno == ENOENT else { throw FileTrouble(.write, path) }
    // A link that somebody puts here meanwhile is not followed.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, readers.mode)
    guard descriptor >= 0 else { throw FileTrouble(.write, path) }
    // The umask took away from the mode what it does not allow.
    guard fchmod(descriptor, readers.mode) == 0 else {
      let trouble = FileTrouble(.protect, path)
      close(descriptor)
      throw trouble
    }
    return descriptor
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileTrouble) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileTrouble(.write, path) }
      done += count
    }
  }

  /// Makes an empty file that only its owner can read, for others to write: SQLite keeps the mode that it finds.
  ///
  /// - Throws: ``FileTrouble``
  package static func makeEmpty(_ path: String) throws(FileTrouble) {
    close(try create(path, readers: .owner))
  }

  /// Gives a file the name of another, which is gone then; the name is on the disk when this returns.
  ///
  /// - Throws: ``FileTrouble``
  package static func replace(_ path: String, with draft: String) throws(FileTrouble) {
    guard rename(draft, path) == 0 else { throw FileTrouble(.replace, path) }
    try flushDirectory(of: path)
  }

  /// Flushes the directory that a file lies in: a name that was given or taken away survives a power cut only after this.
  ///
  /// - Throws: ``FileTrouble``
  package static func flushDirectory(of path: String) throws(FileTrouble) {
    let parent = (path as NSString).deletingLastPathComponent
    let directory = parent.isEmpty ? "." : parent
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileTrouble(.open, directory) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileTrouble(.flush, directory) }
  }
}

/// Takes a file or a directory away from everybody but its owner.
///
/// - Throws: ``FileTrouble``
package func makePrivate(_ path: String, isDirectory: Bool = false) throws(FileTrouble) {
  guard chmod(path, isDirectory ? 0o700 : 0o600) == 0 else { throw FileTrouble(.protect, path) }
}
