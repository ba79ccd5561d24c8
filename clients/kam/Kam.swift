import CMalloc
import CPrivacy
import Foundation
import PlanModel
import Replica
import Speech
import SyncClient
import SyncCore
import Wording
import Workbench

@main
enum Kam {
  static func main() async {
    // What is in memory is for no dump, and for no other program of the same person: credential, invite, plans.
    keepMemoryPrivate()
    // One heap for all threads: only one works at a time, and glibc grows the heaps of the others page by page.
    mallopt(M_ARENA_MAX, 1)
    let shell = Shell()
    do {
      try await run(givenArguments(), in: shell)
    } catch {
      Foundation.exit(report(error, in: shell))
    }
  }

  private static func run(_ words: [String], in shell: Shell) async throws {
    if let lines = try Help(shell).asked(words) { return shell.console.show(lines) }
    if words == ["--version"] { return shell.console.document(Program.version) }
    guard let (verb, rest) = VerbTable.find(words) else {
      throw VerbTable.unknown(words)
        ?? .usage("\(words.first ?? "") is not a command. See `kam help`.")
    }
    // "kam conflicts tkae": what looks like a value may be a mistyped verb.
    if !rest.isEmpty, !verb.path.contains(" "), let unknown = VerbTable.unknown(words) { throw unknown }
    try await verb.run(rest, in: shell)
  }

  /// The command line, which Swift would mend silently where it is not text.
  private static func givenArguments() throws -> [String] {
    try (1..<max(1, Int(CommandLine.argc))).map { place in
      guard let bytes = CommandLine.unsafeArgv[place] else { return "" }
      guard let text = String(validatingCString: bytes) else {
        throw Failure.usage("Argument \(place) is not valid UTF-8 text.")
      }
      return text
    }
  }
}

// MARK: - Ending

extension Kam {
  /// Tells why it failed, in words or, when asked for JSON, as JSON.
  ///
  /// - Returns: the exit code.
  static func report(_ error: any Error, in shell: Shell) -> Int32 {
    let failure = failure(of: error)
    if shell.wantsJSON {
      FileHandle.standardError.write(Data((failure.json(for: shell.reader).document + "\n").utf8))
    } else {
      let ending =
        failure.name == "not-found" && !failure.candidates.isEmpty ? shell.reader.said(" Nearest:") : ""
      for line in ("kam: \(shell.reader.said(failure.sentence))\(ending)").split(separator: "\n") {
        shell.console.note(.verbatim(String(line)))
      }
      for candidate in failure.candidates { shell.console.note("  \(candidate)") }
    }
    return failure.code.rawValue
  }

  static func failure(of error: any Error) -> Failure {
    guard let error = error as? ClientError else { return Failure(of: error) }
    return error.isUnreachable
      ? Failure(.unreachable, "unreachable", error.phrase) : .refused(error.phrase)
  }
}
