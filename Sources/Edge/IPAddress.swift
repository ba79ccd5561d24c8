import Foundation

/// An IP address in the bytes that certificates have it in.
struct IPAddress {
  /// Four for IPv4, sixteen for IPv6, in network order.
  let bytes: [UInt8]

  /// nil if `text` is a host name.
  init?(_ text: String) {
    if let v4 = Self.parsed(text, AF_INET, byteCount: 4) {
      bytes = v4
    } else if let v6 = Self.parsed(text, AF_INET6, byteCount: 16) {
      bytes = v6
    } else {
      return nil
    }
  }

  /// The usual text of an address in network order.
  static func text(_ bytes: [UInt8]) -> String {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return "\(bytes)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// What counts as one client: an IPv4 address, or the /64 of which every IPv6 client can choose freely.
  var network: [UInt8] {
    guard bytes.count == 16 else { return bytes }
    // ::ffff:a.b.c.d is an IPv4 client on a socket that takes both.
    let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]
    return bytes.starts(with: mappedPrefix) ? Array(bytes.suffix(4)) : Array(bytes.prefix(8))
  }

  private static func parsed(_ text: String, _ family: CInt, byteCount: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: byteCount)
    return inet_pton(family, text, &bytes) == 1 ? bytes : nil
  }
}
