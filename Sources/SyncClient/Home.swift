import Foundation
import HostFiles
import Replica
import Wording

/// The directory of one replica: its database, its credential and its lock. Only its owner may read it.
package struct Home: Sendable {
  package let directory: String

  /// `KAM_HOME`, else `$XDG_DATA_HOME/kam`, else `~/.local/share/kam`.
  package init(environment: [String: String]) throws {
    if let home = environment["KAM_HOME"], !home.isEmpty {
      directory = URL(filePath: home, directoryHint: .isDirectory).standardizedFileURL.path
    } else if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      directory = data + "/kam"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      directory = home + "/.local/share/kam"
    } else {
      throw ClientError("There is no place for the replica: set KAM_HOME to a directory.")
    }
  }

  var replicaPath: String { directory + "/replica.sqlite" }
  var credentialPath: String { directory + "/credential.json" }
  var formerAccessPath: String { credentialPath + ".old" }
  var pendingJoinPath: String { directory + "/join.json" }
  var syncLockPath: String { directory + "/sync.lock" }
  private var importLockPath: String { directory + "/import.lock" }

  /// Opens the replica; makes it when there is none.
  ///
  /// - Throws: ``ClientError`` when others can read it; `ReplicaError` when it is damaged.
  package func openReplica() throws -> Replica {
    try prepare()
    let isNew = !FileManager.default.fileExists(atPath: replicaPath)
    if !isNew { try checkPrivate(replicaPath) }
    let replica = try Replica(path: replicaPath)
    if isNew { try telling { () throws(FileTrouble) in try makePrivate(replicaPath) } }
    return replica
  }

  /// Keeps other imports waiting for as long as the lock lives: each compares its rows with what is here, and two at once
  /// would both make what neither finds.
  ///
  /// - Parameter onWait: Called once, when another one is at work.
  package func lockForImport(onWait: () -> Void) throws -> ProcessLock {
    try prepare()
    return try ProcessLock(importLockPath, onWait: onWait)
  }

  /// Whether there is a replica that can be opened and whose file is sound.
  package func isReplicaSound() throws -> Bool {
    do {
      return try openReplica().integrityProblems().isEmpty
    } catch ReplicaError.damaged {
      return false
    }
  }

  /// Puts a new replica in place of a damaged one, with what could be saved. At every moment one of the two is there.
  ///
  /// - Returns: what was saved, and where the damaged file is now.
  package func rescueReplica(now: Int64) throws -> (rescue: Doctor.Rescue, damaged: String) {
    try prepare()
    let fresh = directory + "/replica.new.sqlite"
    let aside = directory + "/replica.damaged-\(now).sqlite"
    for suffix in ["", "-journal"] where FileManager.default.fileExists(atPath: fresh + suffix) {
      try FileManager.default.removeItem(atPath: fresh + suffix)
    }
    let rescue = try Doctor.rescue(replicaPath, into: fresh)
    try FileManager.default.linkItem(atPath: replicaPath, toPath: aside)
    if FileManager.default.fileExists(atPath: replicaPath + "-journal") {
      // Beside the new file it would be taken for the new file's.
      try FileManager.default.moveItem(atPath: replicaPath + "-journal", toPath: aside + "-journal")
    }
    try telling { () throws(FileTrouble) in try AtomicFile.replace(replicaPath, with: fresh) }
    return (rescue, aside)
  }

  /// Whether a device has joined here.
  package var isJoined: Bool { FileManager.default.fileExists(atPath: credentialPath) }

  func prepare() throws {
    // Everything made from here on, SQLite's journal included, is the owner's only.
    umask(0o077)
    if !FileManager.default.fileExists(atPath: directory) {
      do {
        try FileManager.default.createDirectory(
          atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch {
        throw ClientError("\(directory) cannot be made: \(error.localizedDescription)")
      }
    }
    try checkPrivate(directory)
  }

  /// A file that others can read has told its secrets already; going on would hide it. In a directory of somebody else's, or
  /// by way of a link, it is theirs to replace.
  func checkPrivate(_ path: String) throws {
    var status = stat()
    // The directory itself may be a link: whoever set KAM_HOME chose it.
    guard (path == directory ? stat(path, &status) : lstat(path, &status)) == 0 else {
      throw ClientError("\(path) cannot be read: \(String(cString: strerror(errno))).")
    }
    guard status.st_mode & S_IFMT != S_IFLNK else {
      throw ClientError("\(path) is a link; a replica's files lie in its directory.")
    }
    guard status.st_uid == geteuid() else {
      throw ClientError(
        "\(path) belongs to another user of this machine; use a KAM_HOME of your own.")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw ClientError(
        "Others on this machine can read \(path). Make it private (chmod \(path == directory ? "700" : "600") \(path)); "
          + "if somebody may have read it, ask an admin to revoke this device.")
    }
  }

  /// Deletes everything that kam has made here, what an interrupted write or a damaged replica has left too, after the server
  /// said that this device is revoked.
  func wipe() throws {
    let beginnings = ["credential.json", "join.json", "replica.", "sync.lock", "import.lock"]
    for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    where beginnings.contains(where: name.hasPrefix) {
      try FileManager.default.removeItem(atPath: directory + "/" + name)
    }
    try telling { () throws(FileTrouble) in try AtomicFile.flushDirectory(of: replicaPath) }
  }
}
