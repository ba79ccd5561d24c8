import Foundation
import Logging

#if canImport(Glibc)
  import Glibc
#endif
#if canImport(CoreFoundation)
  // With Foundation linked statically, the compiler may take structures of the C library for CoreFoundation's.
  import CoreFoundation
#endif

/// Writes one line an event to standard error: `2026-11-23T18:20:11.123Z info message key=value …`
///
/// Text from outside is quoted and escaped, so that no input can forge a line or reach the terminal.
package struct LineLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level

  package init(level: Logger.Level) { logLevel = level }

  package subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var line = "\(Self.timestamp()) \(event.level) \(Self.escaped(event.message.description))"
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for key in all.keys.sorted() {
      guard let value = all[key] else { continue }
      line += " \(Self.escaped(key))=\"\(Self.escaped(value.description))\""
    }
    line += "\n"
    FileHandle.standardError.write(Data(line.utf8))
  }

  /// Control characters, quotes and whatever could reorder text, as `\u{…}`.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let value = scalar.value
      let isHostile =
        value < 0x20 || (0x7F..<0xA0).contains(value) || scalar == "\"" || scalar == "\\"
        || (0x200B...0x200F).contains(value) || (0x2028...0x202E).contains(value)
        || (0x2060...0x206F).contains(value) || value == 0x61C || value == 0xFEFF
      if isHostile {
        result += "\\u{\(String(value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func timestamp() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var parts = tm()
    gmtime_r(&now.tv_sec, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S", &parts)
    let seconds = buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    let milliseconds = String(now.tv_nsec / 1_000_000)
    return seconds + "." + String(repeating: "0", count: 3 - milliseconds.count) + milliseconds + "Z"
  }
}
