import Foundation
import PlanModel
import Replica
import SQLiteExport
import Speech
import Wording
import Workbench

/// Records as a file for other programs.
package struct ExportFile {
  package enum Form: String { case jsonl, csv, vcf, ics, sqlite }

  /// How far it is.
  package enum Progress {
    /// So many records are written.
    case records(Int)
    /// All records of a kind are.
    case kind(KindDescription)
  }

  private let records: ExportRecords
  private let form: Form
  private let version: String

  /// - Parameter version: Of the program, which some files say they were made by.
  package init(_ records: ExportRecords, _ form: Form, version: String) {
    self.records = records
    self.form = form
    self.version = version
  }

  /// What is in the file; of CSV, of the first kind.
  ///
  /// - Returns: "" in the form of SQLite, which is no text.
  package func text(progress: (Progress) -> Void) throws -> String {
    switch form {
    case .jsonl: try records.jsonLines { progress(.records($0)) }
    case .csv: try records.csv(records.kinds[0]).text
    case .vcf: try records.vCards()
    case .ics: try records.calendar(version: version)
    case .sqlite: ""
    }
  }

  /// Whole or not at all: an export that fails leaves what was there, and one that does not replaces it.
  ///
  /// - Parameter isFolder: A folder gets a file of CSV for each kind.
  /// - Throws: ``Failure`` when it cannot be written.
  package func write(to path: String, asFolder isFolder: Bool, progress: (Progress) -> Void) throws {
    do {
      if isFolder {
        try replace(path, writeFolder)
      } else if form == .sqlite {
        try replace(path) { try writeSQLite(to: $0, progress) }
      } else {
        try replace(path) { try Data(try text(progress: progress).utf8).write(to: $0) }
      }
    } catch let error as CocoaError {
      throw Failure.refused("\(path) cannot be written: \(error.localizedDescription)")
    }
  }

  private func writeFolder(_ folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for kind in records.kinds {
      try Data(try records.csv(kind).text.utf8).write(to: folder.appendingPathComponent(kind.csvFileName))
    }
  }

  private func writeSQLite(to file: URL, _ progress: (Progress) -> Void) throws {
    let tables = try SQLiteExport(path: file.path, kinds: records.kinds)
    for kind in records.kinds {
      let rows = try records.records(kind).map { view in
        SQLiteExport.Row(
          id: view.id, account: kind.addsInAccount ? view.scope.account : nil,
          values: records.values(view, kind))
      }
      try tables.write(rows, of: kind, instant: Moments.iso)
      progress(.kind(kind))
    }
  }

  // MARK: - Replacing

  private func replace(_ path: String, _ write: (URL) throws -> Void) throws {
    let files = FileManager.default
    let target = URL(fileURLWithPath: path)
    let draft = target.deletingLastPathComponent()
      .appendingPathComponent(".\(records.workbench.newID()).part")
    let old = draft.appendingPathExtension("old")
    let isFolder = try checkReplaceable(path)
    do {
      try write(draft)
      if isFolder { try files.moveItem(at: target, to: old) }
      // One step for a file: there is the old one or the new one.
      guard rename(draft.path, target.path) == 0 else {
        let reason = String(cString: strerror(errno))
        if isFolder { try files.moveItem(at: old, to: target) }
        throw CocoaError(.fileWriteUnknown, userInfo: [NSLocalizedDescriptionKey: reason])
      }
    } catch {
      // What went wrong is told; a draft that stays behind is hidden, and of a name that no other export has.
      try? files.removeItem(at: draft)
      throw error
    }
    // The new export stands: that the old one could not be deleted makes it no failure.
    if isFolder { try? files.removeItem(at: old) }
  }

  /// - Returns: whether a folder of an earlier export is there. Any other folder is nobody's to replace.
  private func checkReplaceable(_ path: String) throws -> Bool {
    let files = FileManager.default
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return false }
    let ours = Set(PlanModel.kinds.map(\.csvFileName))
    guard try files.contentsOfDirectory(atPath: path).allSatisfy(ours.contains) else {
      throw Failure.refused("\(path) is a folder that holds other things; it is not replaced.")
    }
    return true
  }
}

extension KindDescription {
  fileprivate var csvFileName: String { plural.replacing(" ", with: "-") + ".csv" }
}
