import CZlib
import Foundation
import Testing

/// A small file that becomes a large one.
enum GzipBomb {
  /// A gzip member of 1 GiB of zeros, without the four bytes of its length.
  ///
  /// A block that is flushed fully refers to nothing before it, so one block of 1 MiB may stand 1,024 times.
  static var gibibyte: [UInt8] {
    let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
    let lastBlock: [UInt8] = [3, 0]
    let checksum: [UInt8] = [0, 0, 0, 0]
    return header + Array(repeatElement(mebibyteBlock, count: 1024).joined()) + lastBlock + checksum
  }

  private static var mebibyteBlock: [UInt8] {
    var stream = z_stream()
    var zeros = [UInt8](repeating: 0, count: 1 << 20)
    var block = [UInt8](repeating: 0, count: 4096)
    withUnsafeMutablePointer(to: &stream) { stream in
      // -15: deflate without any wrapper.
      deflateInit2_(
        stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
      zeros.withUnsafeMutableBufferPointer { input in
        block.withUnsafeMutableBufferPointer { output in
          (stream.pointee.next_in, stream.pointee.avail_in) = (input.baseAddress, UInt32(input.count))
          (stream.pointee.next_out, stream.pointee.avail_out) = (output.baseAddress, UInt32(output.count))
          _ = deflate(stream, Z_FULL_FLUSH)
        }
      }
      deflateEnd(stream)
    }
    return Array(block.prefix(block.count - Int(stream.avail_out)))
  }

  /// The most memory this process ever had.
  static func residentPeakKilobytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
  }
}
