import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Flushes a directory: that a file has its new name survives a power cut only then.
package func synchronizeDirectory(_ path: String) throws {
  let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else {
    throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
  }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else {
    throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
  }
}
