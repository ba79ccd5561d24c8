import Foundation
import PlanModel
import Replica
import Speech
import Wording
import Workbench

// Options of an import that are kept under a name, for everybody in the organisation: an option a line, without its
// hyphens, such as `map Montant HT=revenue`.

extension Workbench {
  /// The options that are kept under a name; nil where there are none of that name.
  package func options(ofMapping name: String) throws -> [(name: String, value: String)]? {
    try importMapping(named: name).map { mapping in
      ImportOptions.given(in: mapping.text(ImportMappingRegister.rules) ?? "")
    }
  }

  /// What the mappings of this replica are called.
  package func importMappingNames() throws -> [String] { try importMappings().map(title) }

  /// Keeps options under a name; those that were kept under it before are replaced.
  ///
  /// - Throws: ``Failure`` when there are none.
  package func save(mapping given: [(name: String, value: String)], as name: String) throws {
    guard !given.isEmpty else {
      throw Failure.usage(
        "\(field: "save-mapping"): there is no option to save, such as \(field: "map") \"Montant HT=revenue\"."
      )
    }
    let text = given.map { "\($0.name) \(oneLine($0.value))" }.joined(separator: "\n")
    let values: [(register: UInt32, value: RegisterValue)] = [
      (ImportMappingRegister.name, .text(name)), (ImportMappingRegister.rules, .text(text)),
    ]
    let before = try importMapping(named: name)
    let id = before?.id ?? newID()
    _ = try edit(in: .directory, "saved the import mapping “\(name)”") { draft in
      if before == nil {
        try draft.create(id, kind: KindNumber.importMapping, values)
      } else {
        try draft.update(id, values.map { ($0.register, $0.value) })
      }
    }
  }

  private func importMappings() throws -> [RecordView] {
    try replica.records(ofKind: KindNumber.importMapping, where: { _, alive in alive })
  }

  private func importMapping(named name: String) throws -> RecordView? {
    try importMappings().first { headingKey(title($0)) == headingKey(name) }
  }
}

extension ImportOptions {
  /// The options that a text has, one a line; lines that say nothing and comments are skipped.
  package static func given(in text: String) -> [(name: String, value: String)] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let line = String(line).trimmed
      guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1].trimmed : "")
    }
  }
}
