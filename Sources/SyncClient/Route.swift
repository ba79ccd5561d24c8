import Foundation
import Wording

/// The way from this device to a server: straight to its address, or through a proxy.
struct Route: Sendable {
  let url: String
  /// A name, or an address without brackets.
  let host: String
  let port: Int
  let proxy: Proxy?

  /// - Throws: ``ClientError`` when the URL names no server, or the proxy that is named cannot be used.
  init(url: String, _ proxies: ProxySettings) throws(ClientError) {
    guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty,
      host.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control && $0 != " " })
    else {
      throw ClientError("The invite names no server: \(url)")
    }
    self.url = url
    self.host = String(withoutBrackets(host[...]))
    port = parts.port ?? 443
    proxy = try proxies.proxy(for: self.host, port: port)
  }

  /// The server's host and port, as a URL and CONNECT name them.
  var authority: String { SyncClient.authority(host, port) }
}

/// What a proxy did instead of opening a tunnel.
enum ProxyFailure: Error {
  /// There was no connection to the proxy.
  case unreachable(Phrase)
  /// It answered that it will not, or cannot.
  case refused(status: Int)
  /// It closed the connection without an answer.
  case closed
  /// There was no way through it to the server in time.
  case silent
  /// It answered something else than HTTP.
  case unintelligible
}

// MARK: - Told

extension Route {
  /// Neither an answer nor a refusal came from the server; a proxy on the way, if there is one, did its part.
  func unreachable(_ detail: Phrase, isAboutTheLine: Bool = false) -> ClientError {
    guard let proxy else {
      return ClientError(
        "Could not reach \(url) (\(detail)). Your edits are kept and go with the next sync.",
        isUnreachable: true,
        online:
          "Could not reach \(url) (\(detail)). This needs the server, and was not done; try again when it can be reached.",
        isAboutTheLine: isAboutTheLine)
    }
    return ClientError(
      """
      Could not reach \(url) through the proxy \(proxy.address), which \(proxy.variable) names (\(detail)). Your \
      edits are kept and go with the next sync.
      """,
      isUnreachable: true,
      online:
        """
        Could not reach \(url) through the proxy \(proxy.address), which \(proxy.variable) names (\(detail)). This \
        needs the server, and was not done; try again when it can be reached.
        """,
      isAboutTheLine: isAboutTheLine)
  }

  /// The proxy opened no way to the server: less at a time would not help.
  func unreachable(_ failure: ProxyFailure) -> ClientError {
    guard let proxy else { return unreachable("it closed the connection") }
    let what = words(failure, of: proxy)
    return ClientError(
      """
      The proxy \(proxy.address), which \(proxy.variable) names, \(what), so \(url) was not reached. Your edits are kept \
      and go with the next sync.
      """,
      isUnreachable: true,
      online:
        """
        The proxy \(proxy.address), which \(proxy.variable) names, \(what), so \(url) was not reached. This needs the \
        server, and was not done; try again when it can be reached.
        """)
  }

  /// What stands after the proxy's name.
  private func words(_ failure: ProxyFailure, of proxy: Proxy) -> Phrase {
    switch failure {
    case .unreachable(let reason):
      "cannot be reached (\(reason); if this server needs no proxy, name \(host) in no_proxy)"
    case .refused(let status) where status == 407 || status == 401:
      proxy.login == nil
        ? "asks for a user and a password (write them into \(proxy.variable): http://USER:PASSWORD@HOST:PORT)"
        : "does not accept the user and the password that \(proxy.variable) gives"
    case .refused(status: 403):
      """
      does not let this device through to that server (403; ask whoever runs the proxy, or name \(host) in no_proxy if \
      this server needs none)
      """
    case .refused(let status) where [500, 502, 503, 504].contains(status):
      """
      could not reach the server itself (\(status); the server may be down, or, if it needs no proxy, name \(host) in \
      no_proxy)
      """
    case .refused(let status): "refuses (\(status); ask whoever runs the proxy)"
    case .closed: "closes the connection without an answer"
    case .silent: "opened no way to the server within 10 s"
    case .unintelligible: "does not answer as a proxy does"
    }
  }
}
