import Crypto

/// What a checkpoint proves to the server that sealed it, without its content: that its holder has read from it, as that
/// person, in that epoch. Of fixed length, for calls whose length is bounded.
package enum CheckpointProof {
  /// The seal comes first in a checkpoint.
  package static let sealBytes = 16

  /// - Returns: the seal, and SHA-256 of what it seals; empty for what is not a checkpoint.
  package static func make(of checkpoint: [UInt8]) -> [UInt8] {
    guard checkpoint.count >= sealBytes else { return [] }
    return checkpoint.prefix(sealBytes) + Array(SHA256.hash(data: Array(checkpoint.dropFirst(sealBytes))))
  }
}
