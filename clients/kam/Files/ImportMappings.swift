import Foundation
import Interchange
import PlanModel
import Replica
import Speech
import Wording
import Workbench

// Options of an import that are kept under a name, for everybody in the organisation: an option a line, without its
// hyphens, such as `map Montant HT=revenue`.

extension Workspace {
  /// What a mapping says: a record of the directory, or a file.
  ///
  /// - Throws: ``Failure`` when there is neither.
  func rules(ofMapping name: String) throws -> [(name: String, value: String)] {
    if let view = try importMapping(named: name) {
      guard let register = KindDescription.importMapping.register(named: "rules"),
        case .text(let text)? = view.value(register)
      else { return [] }
      return Self.rules(in: text)
    }
    if let data = FileManager.default.contents(atPath: name), let text = String(data: data, encoding: .utf8) {
      return Self.rules(in: text)
    }
    let names = try importMappings().map(title)
    throw Failure.notFound(
      "There is no import mapping “\(name)” in this replica, and no file of that name.", nearest: names)
  }

  /// Keeps the options of a command line under a name; those that were kept under it before are replaced.
  func save(mapping rules: [(name: String, value: String)], as name: String) throws {
    guard !rules.isEmpty else {
      throw Failure.usage("--save-mapping: there is no option to save, such as --map \"Montant HT=revenue\".")
    }
    let kind = KindDescription.importMapping
    let text = rules.map { "\($0.name) \(oneLine($0.value))" }.joined(separator: "\n")
    let values = [("name", name), ("rules", text)].compactMap { field, text in
      kind.register(named: field).map { (register: $0.number, value: RegisterValue.text(text)) }
    }
    let before = try importMapping(named: name)
    let id = before?.id ?? newID()
    _ = try edit(in: .directory, "saved the import mapping “\(name)”") { draft in
      if before == nil {
        try draft.create(id, kind: kind.number, values)
      } else {
        try draft.update(id, values.map { ($0.register, $0.value) })
      }
    }
    console.note("Saved the import mapping “\(name)”: `kam import FILE --mapping \"\(name)\"` uses it.")
  }

  private func importMappings() throws -> [RecordView] {
    try replica.records(ofKind: KindDescription.importMapping.number, where: { _, alive in alive })
  }

  private func importMapping(named name: String) throws -> RecordView? {
    try importMappings().first { headingKey(title($0)) == headingKey(name) }
  }

  /// Lines that say nothing and comments are skipped.
  private static func rules(in text: String) -> [(name: String, value: String)] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let line = String(line).trimmed
      guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1].trimmed : "")
    }
  }
}
