import Foundation
import Speech
import SyncClient
import Wording
import Workbench

/// What this process was given from outside: time, environment, command line, terminal. Read once, here only.
struct Shell: Sendable {
  /// Unix milliseconds, by this device's clock, when the process began.
  let now: Int64
  let environment: [String: String]
  /// The output is for a program. Known before the command line is understood, as errors need it.
  let wantsJSON: Bool
  let console: Console
  let reader: Reader
  var language: Language { reader.language }

  init() {
    var instant = timespec()
    clock_gettime(CLOCK_REALTIME, &instant)
    now = Int64(instant.tv_sec) * 1000 + Int64(instant.tv_nsec) / 1_000_000
    environment = ProcessInfo.processInfo.environment
    let words = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
    wantsJSON = words.contains("--json")
    // What is for programs must not depend on who runs them.
    let language = wantsJSON || words.contains("--csv") ? .english : Self.language(environment)
    reader = .local(language.read(in: CommandWords()))
    let plain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
    let output = isatty(1) == 1
    let errors = isatty(2) == 1
    console = Console(
      width: Self.width(environment, isTerminal: output), reader: reader,
      isUnicode: Self.isUnicode(environment),
      isStyled: output && !plain, isErrorStyled: errors && !plain,
      showsProgress: errors && environment["TERM"] != "dumb", isWatched: output)
  }

  var moments: Moments { reader.moments(now) }

  /// The proxies that connections go through.
  var proxies: ProxySettings { ProxySettings(environment: environment) }

  /// Nil in a pipe: what a program reads is never cut. COLUMNS decides where it is exported.
  private static func width(_ environment: [String: String], isTerminal: Bool) -> Int? {
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return max(20, columns) }
    guard isTerminal else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return max(20, Int(size.ws_col))
  }

  /// As gettext decides: LC_ALL, then LC_MESSAGES, then LANG.
  static func language(_ environment: [String: String]) -> Language {
    let locale =
      ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
    guard locale.lowercased().prefix(while: \.isLetter) == "fr" else { return .english }
    return isUnicode(environment) ? .french : .plainFrench
  }

  /// As setlocale(3) decides: LC_ALL, then LC_CTYPE, then LANG.
  static func isUnicode(_ environment: [String: String]) -> Bool {
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
    let name = locale.lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }
}
