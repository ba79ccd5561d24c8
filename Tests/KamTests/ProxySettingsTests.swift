import ConnectRPC
import Speech
import SyncClient
import Testing
import Wording
import Workbench

@Suite("The proxy that the environment names for a server")
struct ProxySettingsTests {
  private func proxy(
    _ environment: [String: String], _ host: String = "kam.example.com", _ port: Int = 7443
  ) throws -> Proxy? {
    try ProxySettings(environment: environment).proxy(for: host, port: port)
  }

  // MARK: - Which variable

  @Test(
    "the first variable that says something is it, small letters before capitals",
    arguments: [
      ([:], nil),
      (["https_proxy": "http://a:1"], "https_proxy a:1"),
      (["HTTPS_PROXY": "http://b:2"], "HTTPS_PROXY b:2"),
      (["https_proxy": "http://a:1", "HTTPS_PROXY": "http://b:2"], "https_proxy a:1"),
      (["https_proxy": "", "HTTPS_PROXY": "http://b:2"], "HTTPS_PROXY b:2"),
      (["https_proxy": " ", "all_proxy": "http://c:3"], "all_proxy c:3"),
      (["ALL_PROXY": "http://d:4"], "ALL_PROXY d:4"),
      (["all_proxy": "http://c:3", "ALL_PROXY": "http://d:4"], "all_proxy c:3"),
      (["HTTPS_PROXY": "http://b:2", "all_proxy": "http://c:3"], "HTTPS_PROXY b:2"),
      (["https_proxy": ""], nil),
      // Of plain HTTP, which no server of ours speaks.
      (["http_proxy": "http://a:1", "HTTP_PROXY": "http://a:1"], nil),
    ] as [([String: String], String?)])
  func variables(_ environment: [String: String], _ expected: String?) throws {
    #expect(try proxy(environment).map { "\($0.variable) \($0.address)" } == expected)
  }

  // MARK: - Its address

  @Test(
    "an address is read as curl reads it",
    arguments: [
      ("http://proxy:3128", "proxy:3128"), ("proxy:3128", "proxy:3128"), ("HTTP://proxy:3128/", "proxy:3128"),
      ("proxy", "proxy:1080"), ("http://proxy", "proxy:1080"), ("http://proxy:", "proxy:1080"),
      ("http://proxy:3128/path?x#y", "proxy:3128"), ("192.0.2.7:8080", "192.0.2.7:8080"),
      ("http://[2001:db8::1]:8080", "[2001:db8::1]:8080"), ("[2001:db8::1]", "[2001:db8::1]:1080"),
      ("http://ben:pass@proxy:3128", "proxy:3128"), ("ben:pass@proxy", "proxy:1080"),
      (" http://proxy:3128 ", "proxy:3128"),
    ])
  func addresses(_ value: String, _ address: String) throws {
    #expect(try proxy(["https_proxy": value])?.address == address)
  }

  @Test(
    "user and password stand before the last @, percent-encoded",
    arguments: [
      ("http://proxy", nil), ("http://@proxy", nil), ("http://:@proxy", nil),
      ("http://ben@proxy", ["ben", ""]), ("http://ben:@proxy", ["ben", ""]),
      ("ben:pass@proxy", ["ben", "pass"]),
      ("http://ben:a:b@proxy", ["ben", "a:b"]), ("http://b%40c:p%2Fq%25%3A@proxy:1", ["b@c", "p/q%:"]),
      ("http://ben:p@q@proxy:1", ["ben", "p@q"]), ("http://:only@proxy", ["", "only"]),
    ] as [(String, [String]?)])
  func logins(_ value: String, _ expected: [String]?) throws {
    let found = try #require(try proxy(["https_proxy": value]))
    #expect(found.host == "proxy")
    #expect(found.login.map { [$0.secret.user, $0.secret.password] } == expected)
  }

  @Test(
    "what cannot be used is refused, named by its variable, and without its password",
    arguments: [
      ("socks5://ben:hunter2@proxy:1080", "socks5://…@proxy:1080"), ("socks5h://proxy", "socks5h://proxy"),
      ("https://ben:hunter2@proxy:443", "https://…@proxy:443"), ("ftp://proxy", "ftp://proxy"),
      ("http://ben:hunter2@", "http://…@"), ("http://ben:hunter2", "http://ben:…"),
      ("http://ben:hun/ter2@proxy:1", "http://…@proxy:1"),
      ("http://ben:hunter2?@proxy:1", "http://…@proxy:1"),
      ("http://ben:80/hunter2@proxy:1", "http://…@proxy:1"), ("ben:x://hunter2@proxy:1", "…@proxy:1"),
      ("http://ben:hunter2%@proxy", "http://…@proxy"), ("http://proxy:0", "http://proxy:0"),
      ("http://proxy:99999", "http://proxy:99999"), ("http://proxy:-1", "http://proxy:…"),
      ("http://proxy:+80", "http://proxy:…"), ("http://2001:db8::1", "http://2001:db8::1"),
      ("http://[proxy]:80", "http://[proxy]:80"), ("http://pro xy:80", "http://pro xy:80"),
      ("http://", "http://"),
      ("http://:3128", "http://:3128"),
    ])
  func unusable(_ value: String, _ shown: String) throws {
    let error = try #require(throws: ClientError.self) { try proxy(["ALL_PROXY": value]) }
    #expect(
      error.sentence.contains("ALL_PROXY") && error.sentence.contains(": \(shown). It "), "\(error.sentence)")
    #expect(!error.sentence.contains("hun") && !error.sentence.contains("ter2"), "\(error.sentence)")
    #expect(error.isUnreachable)
    // A server that needs none is reached all the same.
    #expect(try proxy(["ALL_PROXY": value, "no_proxy": "example.com"]) == nil)
  }

  @Test("a password is shown by no description")
  func redacted() throws {
    let found = try #require(try proxy(["https_proxy": "http://ben:hunter2@proxy:1"]))
    var dumped = ""
    dump(found, to: &dumped)
    #expect(!"\(found) \(String(reflecting: found)) \(dumped)".contains("hunter2"))
  }

  // MARK: - Servers that need none

  private struct Case: CustomTestStringConvertible, Sendable {
    let noProxy: String
    let straight: [String]
    let through: [String]
    var testDescription: String { noProxy }

    init(_ noProxy: String, straight: [String] = [], through: [String] = []) {
      (self.noProxy, self.straight, self.through) = (noProxy, straight, through)
    }
  }

  private static let cases = [
    Case("", through: ["kam.example.com", "localhost", "127.0.0.1", "::1"]),
    Case("*", straight: ["kam.example.com", "localhost", "192.0.2.1", "::1"]),
    Case("x, *", straight: ["kam.example.com"]),
    Case(
      "example.com",
      straight: ["example.com", "a.example.com", "b.a.example.com", "EXAMPLE.com", "example.com."],
      through: ["badexample.com", "example.com.org", "com", "example.org"]),
    Case(".example.com", straight: ["example.com", "a.example.com"], through: ["badexample.com"]),
    Case("*.example.com", straight: ["a.example.com"], through: ["badexample.com"]),
    Case("Example.COM.", straight: ["a.example.com"]),
    Case("a,b , c\td,,e", straight: ["a", "b", "c", "d", "e"], through: ["f"]),
    Case(".", through: ["kam.example.com"]), Case("..com", through: ["kam.example.com"]),
    Case("example.com:7443", straight: ["kam.example.com"]),
    Case("example.com:443 other.com:7443", through: ["kam.example.com"]),
    Case("example.com:x example.com/y", through: ["kam.example.com"]),
    Case(
      "localhost,127.0.0.0/8,::1", straight: ["localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"],
      through: ["128.0.0.1", "::2"]),
    Case("192.0.2.1", straight: ["192.0.2.1"], through: ["192.0.2.10", "1.192.0.2.1"]),
    Case("0.2.1", through: ["192.0.2.1"]),
    Case("192.0.2.1:7443", straight: ["192.0.2.1"]), Case("192.0.2.1:80", through: ["192.0.2.1"]),
    Case(
      "192.0.2.8/30", straight: ["192.0.2.8", "192.0.2.11"], through: ["192.0.2.7", "192.0.2.12", "::1"]),
    Case("192.0.2.9/32", straight: ["192.0.2.9"], through: ["192.0.2.8"]),
    Case("10.1.2.3/8", straight: ["10.200.0.1"], through: ["11.0.0.1", "10.example.com"]),
    Case("0.0.0.0/0", straight: ["192.0.2.1"], through: ["::1", "kam.example.com"]),
    Case("10.0.0.0/33 10.0.0.0/-1 10.0.0.0/ 10/8 10.0.0.0/8/8", through: ["10.0.0.1"]),
    Case("2001:db8::/33", straight: ["2001:db8:7fff::1"], through: ["2001:db8:8000::1", "2001:db9::1"]),
    Case("[2001:db8::1]", straight: ["2001:DB8:0::1", "[2001:db8::1]"], through: ["2001:db8::2"]),
    Case("[2001:db8::1]:7443", straight: ["2001:db8::1"]), Case("[2001:db8::1]:1", through: ["2001:db8::1"]),
    Case("2001:db8::1", straight: ["2001:db8:0:0::1"]),
  ]

  @Test("no_proxy lets go straight what it names, and nothing else", arguments: cases)
  private func exceptions(_ the: Case) throws {
    for name in ["no_proxy", "NO_PROXY"] {
      let environment = ["https_proxy": "http://proxy:3128", name: the.noProxy]
      for host in the.straight { #expect(try proxy(environment, host) == nil, "\(host)") }
      for host in the.through { #expect(try proxy(environment, host)?.address == "proxy:3128", "\(host)") }
    }
  }

  @Test("no_proxy comes before NO_PROXY, unless it is empty")
  func twoLists() throws {
    let environment = ["https_proxy": "http://proxy:3128", "NO_PROXY": "example.com"]
    #expect(try proxy(environment.merging(["no_proxy": ""]) { $1 }) == nil)
    #expect(try proxy(environment.merging(["no_proxy": "other.org"]) { $1 }) != nil)
  }
}
