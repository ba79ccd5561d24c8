import PlanModel
import Speech
import Workbench

/// What another program's export looks like: recognised by its headings, so that nobody has to say what its columns are.
struct KnownExport: Equatable {
  /// What ids of it are prefixed with: "hubspot".
  let system: String
  let kind: String
  /// The headings that only it has, folded.
  let marks: Set<String>
  /// Folded headings to fields; "" leaves one out.
  let fields: [String: String]

  /// The one whose headings these are; of several the one that is of the kind, then the one with most marks.
  static func recognised(among headings: [String], kind: KindDescription?) -> KnownExport? {
    let keys = Set(headings.map(headingKey))
    return all.filter { $0.marks.isSubset(of: keys) }.max {
      ($0.kind == kind?.name ? 1 : 0, $0.marks.count) < ($1.kind == kind?.name ? 1 : 0, $1.marks.count)
    }
  }

  /// `system kind: headings that only it has`, then `heading | heading = field`. What is not named here is found by the usual
  /// names of fields. "foreign-id" is what the system calls the record, "foreign-account" what it calls its account.
  static let all: [KnownExport] = [largeSales, smallSales, desks, books].flatMap { read($0) }

  private static func read(_ table: String) -> [KnownExport] {
    table.split(separator: "\n\n").compactMap { entry in
      var lines = entry.split(separator: "\n").map(String.init)
      guard let head = lines.first?.split(separator: ":", maxSplits: 1).map(String.init), head.count == 2
      else {
        return nil
      }
      lines.removeFirst()
      let names = head[0].split(separator: " ").map(String.init)
      var fields: [String: String] = [:]
      for line in lines {
        // The last sign: headings may have one.
        guard let sign = line.lastIndex(of: "=") else { continue }
        let field = String(line[line.index(after: sign)...]).trimmed
        for heading in line[..<sign].split(separator: "|") { fields[headingKey(String(heading))] = field }
      }
      return KnownExport(
        system: names[0], kind: names[1],
        marks: Set(head[1].split(separator: "|").map { headingKey(String($0)) }),
        fields: fields)
    }
  }
}
