import ConnectRPC
import NIOHTTP1

/// The header fields of a request that the edge looks at, found in one pass over all of them.
struct RequestHead: Sendable {
  var method: HTTPMethod
  /// Path and query as sent.
  var target: String
  var hosts: [String] = []
  var contentType: String?
  var contentEncoding: String?
  var acceptEncoding: String?
  var contentLength: Int?
  var bearer: Redacted<String>?
  var connectVersion: String?
  var connectTimeout: String?
  var connectContentEncoding: String?
  var connectAcceptEncoding: String?
  var expectsContinue = false
  var wantsClose: Bool

  init(_ head: HTTPRequestHead) {
    method = head.method
    target = head.uri
    wantsClose = head.version.major == 1 && !head.isKeepAlive
    for (name, value) in head.headers { take(name, value) }
  }

  private mutating func take(_ name: String, _ value: String) {
    switch name.lowercased() {
    case "host": hosts.append(value)
    case "content-type": contentType = value
    case "content-encoding": contentEncoding = value
    case "accept-encoding": acceptEncoding = value
    case "content-length": contentLength = Int(value)
    case "authorization": bearer = Self.bearer(in: value)
    case "connect-protocol-version": connectVersion = value
    case "connect-timeout-ms": connectTimeout = value
    case "connect-content-encoding": connectContentEncoding = value
    case "connect-accept-encoding": connectAcceptEncoding = value
    case "expect": expectsContinue = value.lowercased() == "100-continue"
    default: break
    }
  }

  /// The credential of `Bearer <credential>`; the scheme's case does not matter (RFC 9110 §11.1).
  private static func bearer(in value: String) -> Redacted<String>? {
    let scheme = "bearer "
    guard value.utf8.count > scheme.utf8.count, value.prefix(scheme.count).lowercased() == scheme else {
      return nil
    }
    return Redacted(String(value.dropFirst(scheme.count)))
  }
}

extension String {
  /// True if a list of content codings, as `Accept-Encoding` has it, allows gzip (RFC 9110 §12.5.3).
  var allowsGzip: Bool {
    if self == "gzip" { return true }
    return split(separator: ",").contains { item in
      let parts = item.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      guard parts.first == "gzip" else { return false }
      return !parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
    }
  }
}
