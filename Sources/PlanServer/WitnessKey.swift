import Crypto
import Foundation
import HostFiles
import ProtocolMessages
import SyncServer
import Synchronization

/// Signs the ends of the audit log that devices are shown, so that what a device keeps is proof: the server cannot deny it,
/// and no device can make it up. The key is a file of its own beside the database.
package final class WitnessKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey
  private let last = Mutex<(end: WireLogEnd, epoch: String)?>(nil)

  /// A key that nobody keeps, for tests.
  package init() { key = Curve25519.Signing.PrivateKey() }

  /// Makes the key when there is none yet.
  ///
  /// - Throws: ``DataDirectoryError`` when there is something else in its place.
  package init(_ directory: DataDirectory) throws {
    if let present = try Self.read(directory) {
      key = present
    } else {
      key = Curve25519.Signing.PrivateKey()
      let bytes = key.rawRepresentation
      // One that is half written would keep the server from its next start.
      try usable { () throws(FileTrouble) in try AtomicFile.write(bytes, to: directory.witnessKeyPath) }
    }
  }

  /// What ends were signed with; nil when nothing was signed yet. Makes no key.
  ///
  /// - Throws: ``DataDirectoryError``
  package static func publicKey(in directory: DataDirectory) throws -> [UInt8]? {
    try read(directory).map { Array($0.publicKey.rawRepresentation) }
  }

  private static func read(_ directory: DataDirectory) throws -> Curve25519.Signing.PrivateKey? {
    let path = directory.witnessKeyPath
    // One that is there and cannot be read must not be replaced.
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw DataDirectoryError.unusable(path, errno)
    }
    do { return try Curve25519.Signing.PrivateKey(rawRepresentation: bytes) } catch {
      throw DataDirectoryError.witnessKeyDamaged(path)
    }
  }

  package var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// Signs the end that an answer shows; once for all who are shown the same.
  func sign(_ response: inout WireSyncResponse) throws {
    guard response.hasLog else { return }
    let (epoch, end) = (response.epoch, response.log)
    let known = last.withLock { last in
      last.flatMap {
        $0.epoch == epoch && $0.end.number == end.number && $0.end.chain == end.chain ? $0.end : nil
      }
    }
    if let known {
      response.log = known
      return
    }
    let signed = LogEnd.signed(epoch: epoch, number: end.number, chain: Array(end.chain))
    response.log.signature = try key.signature(for: signed)
    response.log.key = key.publicKey.rawRepresentation
    let full = response.log
    last.withLock { $0 = (full, epoch) }
  }
}

/// An end of the audit log that a device says it was shown; the output of `kam witness --json`.
package struct Testimony: Codable, Equatable, Sendable {
  package var epoch: String
  package var entries: UInt64
  /// Hexadecimal, as the others.
  package var chain: String
  package var signature: String
  package var key: String
  package var shown: String

  /// What it proves against the log as it is; nil when the log is the one that was shown.
  ///
  /// - Parameter key: This server's; nil when it has signed nothing yet.
  func problem(in reading: any CanonicalReading, key: [UInt8]?) throws -> String? {
    let about = "What a device says it was shown at \(shown) (\(entries) entries)"
    // Of another length the parts of what is signed could be parted in another way.
    guard let signature = bytes(signature), let chain = bytes(chain), chain.count == Chain.start.count,
      let key, bytes(self.key) == key,
      try Curve25519.Signing.PublicKey(rawRepresentation: key).isValidSignature(
        signature, for: LogEnd.signed(epoch: epoch, number: entries, chain: chain))
    else { return "\(about) was not signed by this server, and proves nothing." }
    guard try reading.logChain(at: entries) != chain else { return nil }
    guard try epoch == reading.organization().epoch else {
      return
        "\(about) was of a history that has ended. If a restore ended it, the entries since the copy are gone with it; if "
        + "nobody restored anything, this is proof that the log was changed or cut off."
    }
    return "\(about) is proof: the audit log was another then. It, or what it seals, was changed or cut off."
  }

  private func bytes(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(byte)
    }
    return bytes
  }
}
