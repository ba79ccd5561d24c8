import CZlib

/// The gzip format (RFC 1952) over the system's zlib: whole messages, one member each.
package enum Gzip {
  /// Why bytes are not one bounded gzip member.
  package enum Failure: Error, Sendable, Equatable {
    /// The content is longer than allowed; decompression stopped at the bound.
    case tooLarge(maximumBytes: Int)
    /// The input ends before the content does.
    case truncated
    /// Bytes follow the end of the content. Two members in a row count as such: nobody sends them, and what a
    /// second one means differs between programs.
    case trailingBytes
    /// The header, the deflate stream, the checksum or the length is wrong.
    case corrupt
    /// zlib could not get memory.
    case outOfMemory
  }

  /// - Parameter level: zlib's 1 (fast) to 9 (small). 1 halves typical messages at four times the speed of 6.
  package static func compress(_ bytes: [UInt8], level: Int = 1) -> [UInt8] {
    Compressor(level: level).finish(with: bytes)
  }

  /// One member whose content comes in pieces, so that most of the work can be done before the last piece is known.
  package final class Compressor {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var output: [UInt8] = []

    /// - Parameter level: zlib's 1 (fast) to 9 (small).
    package init(level: Int = 1) {
      precondition((1...9).contains(level))
      stream.initialize(to: z_stream())
      let started = deflateInit2_(
        stream, Int32(level), Z_DEFLATED, gzipWindowBits, deflateMemoryLevel, Z_DEFAULT_STRATEGY,
        zlibVersion(), Int32(MemoryLayout<z_stream>.size))
      precondition(started == Z_OK, "deflateInit2 fails only without memory")
    }

    deinit {
      deflateEnd(stream)
      stream.deallocate()
    }

    package func append(_ bytes: [UInt8]) { deflate(bytes, Z_NO_FLUSH) }

    /// The whole member; nothing can be appended after it.
    package func finish(with bytes: [UInt8] = []) -> [UInt8] {
      deflate(bytes, Z_FINISH)
      return output
    }

    private func deflate(_ bytes: [UInt8], _ flush: Int32) {
      precondition(bytes.count <= UInt32.max)
      bytes.withUnsafeBytes { input in
        stream.setInput(input)
        repeat {
          // Enough for all that is left, in nearly every case.
          let room = Int(deflateBound(stream, UInt(stream.pointee.avail_in)))
          output += [UInt8](unsafeUninitializedCapacity: room) { piece, written in
            stream.setOutput(UnsafeMutableRawBufferPointer(piece))
            let result = CZlib.deflate(stream, flush)
            precondition(result != Z_STREAM_ERROR, "the stream was finished before")
            written = piece.count - Int(stream.pointee.avail_out)
          }
        } while stream.pointee.avail_out == 0
      }
    }
  }

  /// The content of one gzip member.
  ///
  /// Memory stays below the lesser of `maximumBytes` and what the input can honestly hold, whatever it
  /// claims.
  ///
  /// - Throws: ``Failure``.
  package static func decompress(_ bytes: [UInt8], maximumBytes: Int) throws -> [UInt8] {
    try bytes.withUnsafeBytes { try decompress($0, maximumBytes: maximumBytes) }
  }

  /// As the other `decompress`, for bytes that are not in an array.
  package static func decompress(_ input: UnsafeRawBufferPointer, maximumBytes: Int) throws -> [UInt8] {
    guard input.count >= leastMemberBytes else { throw Failure.truncated }
    guard input.count <= UInt32.max else { throw Failure.tooLarge(maximumBytes: maximumBytes) }
    return try withStream { stream in
      let started = inflateInit2_(stream, gzipWindowBits, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
      guard started == Z_OK else { throw Failure.outOfMemory }
      defer { inflateEnd(stream) }
      stream.setInput(input)
      return try inflateMember(stream, input, maximumBytes: maximumBytes)
    }
  }

  /// The size that a member claims to hold; no more is ever made of it. 0 for what is not a member.
  package static func claimedBytes(_ input: UnsafeRawBufferPointer) -> Int {
    input.count >= leastMemberBytes ? min(input.declaredContentBytes, input.count * deflateRatioMax) : 0
  }

  // A member ends with the length of its content, so an honest one needs one allocation and no second copy.
  // The claim is only a hint: if the content does not end there, the rest goes to a scratch buffer to name
  // the fault.
  private static func inflateMember(
    _ stream: UnsafeMutablePointer<z_stream>, _ input: UnsafeRawBufferPointer, maximumBytes: Int
  ) throws -> [UInt8] {
    let claimed = input.declaredContentBytes
    guard claimed <= maximumBytes else { throw stream.fault(afterBytes: 0, maximumBytes: maximumBytes) }
    // One byte more than claimed: inflate reads the trailer only while it has room to write.
    let capacity = min(claimed, input.count * deflateRatioMax) + 1
    var state = InflateState.outputFull
    let content = [UInt8](unsafeUninitializedCapacity: capacity) { output, written in
      state = stream.inflate(into: UnsafeMutableRawBufferPointer(output), written: &written)
    }
    switch state {
    case .ended: return content
    case .failed(let failure): throw failure
    case .outputFull: throw stream.fault(afterBytes: content.count, maximumBytes: maximumBytes)
    }
  }

  /// zlib keeps a pointer back to its `z_stream`, so the stream must not move between calls.
  private static func withStream<Result>(
    _ body: (UnsafeMutablePointer<z_stream>) throws -> Result
  ) rethrows -> Result {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    return try body(stream)
  }

  /// 15 bits of window, plus 16 for the gzip wrapper instead of zlib's own (zlib.h, deflateInit2).
  fileprivate static let gzipWindowBits: Int32 = 15 + 16
  /// zlib's default.
  fileprivate static let deflateMemoryLevel: Int32 = 8
  /// Deflate cannot expand more than this (zlib's technical notes: 1032 to 1).
  private static let deflateRatioMax = 1032
  /// Ten bytes of header, two of the empty block, eight of trailer (RFC 1952 §2.3).
  private static let leastMemberBytes = 20
}

/// What one call of zlib's inflate led to.
private enum InflateState {
  case ended
  case outputFull
  case failed(Gzip.Failure)
}

extension UnsafeMutablePointer<z_stream> {
  /// zlib reads the input and never writes it, though its C type does not say so.
  fileprivate func setInput(_ input: UnsafeRawBufferPointer) {
    pointee.next_in = UnsafeMutablePointer<UInt8>(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    pointee.avail_in = UInt32(input.count)
  }

  fileprivate func setOutput(_ output: UnsafeMutableRawBufferPointer) {
    pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    pointee.avail_out = UInt32(output.count)
  }

  fileprivate func inflate(into output: UnsafeMutableRawBufferPointer, written: inout Int) -> InflateState {
    setOutput(output)
    let result = CZlib.inflate(self, Z_NO_FLUSH)
    written = output.count - Int(pointee.avail_out)
    switch result {
    case Z_STREAM_END: return pointee.avail_in == 0 ? .ended : .failed(.trailingBytes)
    case Z_OK, Z_BUF_ERROR: return pointee.avail_out == 0 ? .outputFull : .failed(.truncated)
    case Z_MEM_ERROR: return .failed(.outOfMemory)
    default: return .failed(.corrupt)
    }
  }

  /// Inflates on without keeping anything, only to tell a content that is too long from one that is broken.
  fileprivate func fault(afterBytes bytes: Int, maximumBytes: Int) -> Gzip.Failure {
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { scratch in
      var total = bytes
      while total <= maximumBytes {
        var written = 0
        switch inflate(into: scratch, written: &written) {
        case .failed(let failure): return failure
        case .ended: return total + written <= maximumBytes ? .corrupt : .tooLarge(maximumBytes: maximumBytes)
        case .outputFull: total += written
        }
      }
      return .tooLarge(maximumBytes: maximumBytes)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The last four bytes, little-endian: the length of the content modulo 2^32 (RFC 1952 §2.3.1, ISIZE).
  fileprivate var declaredContentBytes: Int {
    Int(UInt32(littleEndian: loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
  }
}
