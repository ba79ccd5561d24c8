import Foundation
import Testing

/// What a sentence tells people to run must be there to be run.
@Suite struct AdviceTests {
  /// Where "kamd" is a word of a sentence, not the beginning of a command.
  private static let prose: Set = ["has", "is", "does", "may", "that", "and", "to", "keeps", "changes"]

  @Test("every kamd command that a sentence or a page names exists")
  func commandsExist() async throws {
    try await Workplace.run { place in
      let named = try Self.named()
      #expect(
        named.contains("kamd certificate renew") && named.contains("kamd user add") && named.count >= 10)
      for command in named.sorted() {
        let words = command.split(separator: " ").dropFirst().map(String.init)
        let help = try await place.run(Built.kamd, words + ["--help"])
        #expect(
          help.status == 0 && help.output.contains("USAGE: \(command)"), "\(command) is advised: \(help.told)"
        )
      }
    }
  }

  /// Commands with their subcommands: `kamd user add`, `kamd serve`.
  private static func named() throws -> Set<String> {
    let root = URL(filePath: Built.package)
    var files = ["README.md", "SECURITY.md", "Protocol/sync.md"].map { root.appending(path: $0) }
    for folder in ["Sources", "clients"] {
      let found = FileManager.default.enumerator(
        at: root.appending(path: folder), includingPropertiesForKeys: nil)
      while let file = found?.nextObject() as? URL {
        if file.pathExtension == "swift" { files.append(file) }
      }
    }
    var commands: Set<String> = []
    for file in files {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        guard !line.contains(/^\s*\/\//) else { continue }
        for match in line.matches(of: /(?:^|[^\w\/.-])kamd ([a-z]+)(?: ([a-z|]+))?/) {
          let word = String(match.output.1)
          guard !prose.contains(word) else { continue }
          let isGroup = ["user", "device", "department", "audit", "certificate"].contains(word)
          let verbs = match.output.2.map { $0.split(separator: "|") } ?? []
          if isGroup, let first = verbs.first, !["of", "on", "in"].contains(first) {
            for verb in verbs { commands.insert("kamd \(word) \(verb)") }
          } else {
            commands.insert("kamd \(word)")
          }
        }
      }
    }
    return commands
  }
}
