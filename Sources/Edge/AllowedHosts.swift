/// The names under which this server answers.
///
/// A request for another name is either a mistake or a page in somebody's browser that has had its own name
/// resolved to us (DNS rebinding).
struct AllowedHosts: Sendable {
  private let names: Set<String>

  /// - Parameter names: Host names and IP addresses, without ports. IPv6 addresses may have brackets or not.
  init(_ names: some Sequence<String>) {
    self.names = Set(names.map { Self.withoutBrackets($0.lowercased()) })
  }

  /// - Parameter authority: The value of `Host` or `:authority`: a name and perhaps a port.
  func contains(_ authority: String) -> Bool {
    // Names in lower case and without a port are the rule for HTTP clients on 443; look before taking apart.
    if names.contains(authority) { return true }
    guard let host = Self.host(of: authority) else { return false }
    return names.contains(host.lowercased())
  }

  /// The host of `host`, `host:port`, `[v6]` or `[v6]:port`; nil if it is none of them.
  private static func host(of authority: String) -> String? {
    let host: Substring
    let rest: Substring
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = authority[authority.index(after: authority.startIndex)..<end]
      rest = authority[authority.index(after: end)...]
    } else {
      host = authority.prefix { $0 != ":" }
      rest = authority[host.endIndex...]
    }
    guard !host.isEmpty, rest.isEmpty || isPort(rest) else { return nil }
    return String(host)
  }

  private static func isPort(_ rest: Substring) -> Bool {
    rest.first == ":" && UInt16(rest.dropFirst()) != nil
  }

  private static func withoutBrackets(_ name: String) -> String {
    name.hasPrefix("[") && name.hasSuffix("]") ? String(name.dropFirst().dropLast()) : name
  }
}
