import CZlib

/// The deflate format (RFC 1951) over the system's zlib, in pieces: no more of it is in memory than one.
enum Inflation {
  static let pieceBytes = 64 * 1024

  static func run(
    _ packed: UnsafeRawBufferPointer, part: String,
    _ take: (UnsafeRawBufferPointer) throws(WorkbookError) -> Void
  ) throws(WorkbookError) {
    guard packed.count <= UInt32.max else { throw .tooLarge(.inflated, maximum: Int(UInt32.max)) }
    // zlib keeps a pointer back to its stream, so it must not move between calls.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 16)
    defer {
      piece.deallocate()
      stream.deallocate()
    }
    stream.initialize(to: z_stream())
    let started = inflateInit2_(stream, rawWindowBits, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    precondition(started == Z_OK, "inflateInit2 fails only without memory")
    defer { inflateEnd(stream) }
    // zlib reads the input and never writes it, though its C type does not say so.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(packed.count)
    while true {
      stream.pointee.next_out = piece.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(pieceBytes)
      let result = inflate(stream, Z_NO_FLUSH)
      let count = pieceBytes - Int(stream.pointee.avail_out)
      if count > 0 { try take(UnsafeRawBufferPointer(rebasing: piece[..<count])) }
      switch result {
      case Z_STREAM_END: return
      case Z_OK where count > 0: continue
      case Z_OK, Z_BUF_ERROR: throw .damaged(part: part, .cutOff)
      default: throw .damaged(part: part, .compression)
      }
    }
  }

  /// 15 bits of window, negative for a stream without a wrapper (zlib.h, inflateInit2).
  private static let rawWindowBits: Int32 = -15
}

/// Length and CRC-32 of what went by.
struct Checksum {
  private(set) var count = 0
  private var sum: UInt = 0
  var value: Int { Int(sum) }

  mutating func add(_ piece: UnsafeRawBufferPointer) {
    count += piece.count
    sum = crc32(sum, piece.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(piece.count))
  }
}
