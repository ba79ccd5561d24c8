import ConnectRPC
import Foundation
import Wording

/// An HTTP proxy that opens tunnels to servers (CONNECT).
package struct Proxy: Equatable, Sendable {
  /// What the proxy wants to know of who asks it; for nobody else.
  package struct Login: Equatable, Sendable {
    package let user: String
    package let password: String
  }

  /// A name, or an address without brackets.
  package let host: String
  package let port: Int
  package let login: Redacted<Login>?
  /// The environment variable that names it, for people who look for where it comes from.
  package let variable: String

  /// "proxy.example.com:3128", "[fd00::1]:3128"
  package var address: String { authority(host, port) }
}

/// Which proxy the environment names for which server.
///
/// As curl reads it, so that one setting does for both: `https_proxy`, `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY`, the
/// first that is not empty; a proxy without a port is on 1080; loopback goes through the proxy like every other server,
/// unless `no_proxy` (else `NO_PROXY`) names it. Beyond curl 7.88, `no_proxy` knows `host:port`, `*.example.com`,
/// brackets around IPv6 addresses, IPv6 ranges, and `*` beside other entries.
package struct ProxySettings: Sendable {
  private static let variables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
  private static let portByDefault = 1080
  private static let encodedAt = "%40"

  private let named: (variable: String, value: String)?
  private let exceptions: [ProxyException]

  package init(environment: [String: String]) {
    func first(_ names: [String]) -> (variable: String, value: String)? {
      names.lazy.compactMap { name in
        environment[name].map { (name, $0.trimmingCharacters(in: .whitespacesAndNewlines)) }
      }.first { !$0.1.isEmpty }
    }
    named = first(Self.variables)
    exceptions = (first(["no_proxy", "NO_PROXY"])?.value ?? "")
      .split { $0 == "," || $0.isWhitespace }.compactMap { ProxyException($0) }
  }

  /// The proxy that connections to a server go through; nil when they go straight to it.
  ///
  /// - Parameter host: A name, or an address with or without brackets.
  /// - Throws: ``ClientError`` when what is named there cannot be used: the server is not reached, as with any other
  ///   fault of the network.
  package func proxy(for host: String, port: Int) throws(ClientError) -> Proxy? {
    guard let named, !exceptions.contains(where: { $0.matches(host, port) }) else { return nil }
    return try Self.parse(named.value, variable: named.variable)
  }

  private static func parse(_ value: String, variable: String) throws(ClientError) -> Proxy {
    let (scheme, rest) = divided(value)
    guard scheme == nil || scheme == "http" else {
      throw ClientError(
        """
        \(variable) names a proxy of a kind that kam cannot use: \(withoutSecrets(value)). It can use http:// proxies, \
        which open tunnels with CONNECT; a server that needs no proxy can be named in no_proxy.
        """, isUnreachable: true)
    }
    // A “/” of a password would end the address early, and half of the password would be the host.
    let address = rest.prefix { !"/?#".contains($0) }
    guard !rest.dropFirst(address.count).contains("@"), let (login, place) = login(address),
      let (host, port) = place.contains("@") ? nil : hostAndPort(place)
    else {
      throw ClientError(
        """
        \(variable) cannot be read as the address of a proxy: \(withoutSecrets(value)). It is written \
        http://USER:PASSWORD@HOST:PORT, where user and password may be missing; what is neither letter nor digit in them \
        is written as \(encodedAt) for @.
        """, isUnreachable: true)
    }
    return Proxy(host: host, port: port, login: login.map { Redacted($0) }, variable: variable)
  }

  /// The scheme, in lower case, and what comes after it.
  private static func divided(_ value: String) -> (scheme: String?, rest: Substring) {
    guard let range = value.firstRange(of: "://"),
      value[..<range.lowerBound].allSatisfy({
        $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0))
      })
    else { return (nil, value[...]) }
    return (value[..<range.lowerBound].lowercased(), value[range.upperBound...])
  }

  private static func login(_ address: Substring) -> (Proxy.Login?, place: Substring)? {
    guard let end = address.lastIndex(of: "@") else { return (nil, address) }
    let parts = address[..<end].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let decoded = parts.compactMap { $0.removingPercentEncoding }
    guard decoded.count == parts.count else { return nil }
    let login = Proxy.Login(user: decoded[0], password: decoded.count > 1 ? decoded[1] : "")
    let place = address[address.index(after: end)...]
    return (login.user.isEmpty && login.password.isEmpty ? nil : login, place)
  }

  private static func hostAndPort(_ place: Substring) -> (host: String, port: Int)? {
    let (host, port) = divideAtPort(place)
    let inner = withoutBrackets(host)
    guard !inner.isEmpty, port.map({ $0.allSatisfy(\.isWholeNumber) }) ?? true else { return nil }
    if inner.count != host.count || inner.contains(":") {
      guard inner.count != host.count, case .version6? = NetworkAddress(inner) else { return nil }
    }
    guard !inner.contains(where: { $0.isWhitespace || $0.isNewline || "[]@\\\"<>^`{|}%".contains($0) }),
      inner.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else { return nil }
    guard let port, !port.isEmpty else { return (String(inner), portByDefault) }
    guard let number = Int(port), (1...65_535).contains(number) else { return nil }
    return (String(inner), number)
  }

  /// What may be shown of a value that could not be used: nothing before its last “@”, and where a password may stand
  /// in the place of the port, not that either.
  private static func withoutSecrets(_ value: String) -> String {
    let (scheme, rest) = divided(value)
    let place: Substring
    if let end = rest.lastIndex(of: "@") { place = rest[rest.index(after: end)...] } else { place = rest }
    let (host, port) = divideAtPort(place.prefix { !"/?#".contains($0) })
    var shown = scheme.map { $0 + "://" } ?? ""
    if place.startIndex != rest.startIndex { shown += "…@" }
    shown += host
    if let port {
      shown += ":" + (port.allSatisfy { $0.isASCII && $0.isNumber } && port.count < 6 ? port : "…")
    }
    return shown
  }
}

/// What an entry of `no_proxy` lets go straight to the server.
private struct ProxyException {
  private enum Who {
    case everybody
    /// A domain and all in it, in lower case.
    case domain(String)
    case addresses(NetworkAddress, prefixBits: Int)
  }
  private let who: Who
  private let port: Int?

  /// - Returns: nil when it can match nothing.
  init?(_ entry: Substring) {
    if entry == "*" {
      (who, port) = (.everybody, nil)
    } else if let range = Self.range(entry) {
      (who, port) = (range, nil)
    } else if let address = NetworkAddress(withoutBrackets(entry)) {
      (who, port) = (.addresses(address, prefixBits: address.bits), nil)
    } else {
      let (host, number) = divideAtPort(entry)
      guard number == nil || number.flatMap({ Int($0) }) != nil else { return nil }
      port = number.flatMap { Int($0) }
      if let address = NetworkAddress(withoutBrackets(host)) {
        who = .addresses(address, prefixBits: address.bits)
      } else {
        let name = host.hasPrefix("*.") ? host.dropFirst(2) : host.hasPrefix(".") ? host.dropFirst() : host
        guard let domain = Self.name(name) else { return nil }
        who = .domain(domain)
      }
    }
  }

  func matches(_ host: String, _ port: Int) -> Bool {
    guard self.port == nil || self.port == port else { return false }
    let address = NetworkAddress(withoutBrackets(host[...]))
    switch who {
    case .everybody: return true
    case .addresses(let range, let bits): return address.map { range.begins(like: $0, bits: bits) } ?? false
    case .domain(let domain):
      guard address == nil, let name = Self.name(host[...]) else { return false }
      return name == domain || name.hasSuffix("." + domain)
    }
  }

  private static func range(_ entry: Substring) -> Who? {
    let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = NetworkAddress(withoutBrackets(parts[0])), let bits = Int(parts[1]),
      (0...address.bits).contains(bits)
    else { return nil }
    return .addresses(address, prefixBits: bits)
  }

  /// A domain name as it is compared: "Example.com." is "example.com".
  private static func name(_ text: Substring) -> String? {
    let name = (text.hasSuffix(".") ? text.dropLast() : text).lowercased()
    return name.isEmpty || name.hasPrefix(".") || name.contains("/") ? nil : name
  }
}

/// An IP address in the order of the network.
private enum NetworkAddress {
  case version4([UInt8])
  case version6([UInt8])

  init?(_ text: Substring) {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, String(text), &bytes) == 1 {
      self = .version4(Array(bytes[..<4]))
    } else if inet_pton(AF_INET6, String(text), &bytes) == 1 {
      self = .version6(bytes)
    } else {
      return nil
    }
  }

  private var bytes: [UInt8] {
    switch self {
    case .version4(let bytes), .version6(let bytes): bytes
    }
  }

  var bits: Int { bytes.count * 8 }

  func begins(like other: NetworkAddress, bits: Int) -> Bool {
    guard bytes.count == other.bytes.count else { return false }
    let whole = bits / 8
    guard bytes[..<whole] == other.bytes[..<whole] else { return false }
    guard bits % 8 > 0 else { return true }
    return (bytes[whole] ^ other.bytes[whole]) >> (8 - bits % 8) == 0
  }
}

/// A host, in brackets if need be, and what stands after its colon, if one does.
private func divideAtPort(_ place: Substring) -> (host: Substring, port: Substring?) {
  guard let colon = place.lastIndex(of: ":"), !place[colon...].contains("]") else { return (place, nil) }
  return (place[..<colon], place[place.index(after: colon)...])
}

func withoutBrackets(_ host: Substring) -> Substring {
  host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host
}

/// A host and a port as they stand in a URL.
func authority(_ host: String, _ port: Int) -> String {
  host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
}
