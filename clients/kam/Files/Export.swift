import Foundation
import Interchange
import PlanModel
import Replica
import SQLiteExport
import Speech
import Wording
import Workbench

struct Export: Command {
  static let name = "export"
  static let about: Phrase = "Write what you may see into a file for other programs."
  static let more: Phrase = """
    The form goes by the file's name, or by --format:

      .jsonl    a record a line; `kam import` makes the same records of it
      folder/   a CSV file for each kind
      .csv      the records of one --kind
      .vcf      contacts as vCard 3.0
      .ics      due tasks, reviews and communications as iCalendar
      .sqlite   a table for each kind, with typed columns, for SQL

    “-” is standard output, in the form that --format names. What is deleted is left out.
    """

  @Takes("FILE", "The file, or a folder for CSV.") var file: String
  @Takes("--account ACCOUNT", "Only this account's.") var account: String?
  @Takes("--kind KIND", "Only records of this kind; can be repeated.") var kind: [String] = []
  @Takes("--format FORMAT", "jsonl, csv, vcf, ics or sqlite.") var format: String?
  @Takes("--force", "Replace the file.") var force = false
  let json = JSONOutput()

  private enum Form: String { case jsonl, csv, vcf, ics, sqlite }

  func run() throws {
    let workspace = try Workspace()
    let form = try form()
    let kinds = try kind.map { try PlanModel.kind(calledBy: $0) }
    let account = try account.map { try workspace.account($0) }
    let export = ExportRecords(workspace, kinds: kinds, account: account)
    if file == "-" {
      guard form != .sqlite else { throw Failure.usage("A SQLite file cannot go to standard output.") }
      guard form != .csv || kinds.count == 1 else {
        throw Failure.usage("CSV on standard output is of one --kind.")
      }
      return workspace.console.raw(try text(form, export, workspace.console))
    }
    try checkTarget()
    let isFolder = form == .csv && (file as NSString).pathExtension.lowercased() != "csv"
    if form == .csv, !isFolder, kinds.count != 1 {
      throw Failure.usage("A CSV file is of one --kind; a folder gets a file for each.")
    }
    do {
      if isFolder {
        try writeFolder(export)
      } else if form == .sqlite {
        try writeSQLite(export, workspace.console)
      } else {
        try replace(file) { try Data(try text(form, export, workspace.console).utf8).write(to: $0) }
      }
    } catch let error as CocoaError {
      throw Failure.refused("\(file) cannot be written: \(error.localizedDescription)")
    }
    workspace.console.progress(.nothing)
    if json.isWanted {
      workspace.console.document(
        JSON.object([("file", .text(file)), ("format", .text(form.rawValue))]).document)
    } else {
      workspace.console.say("Wrote \(file).")
    }
    try workspace.showAge()
  }

  private func form() throws -> Form {
    let ending = (file as NSString).pathExtension.lowercased()
    if let format {
      guard let form = Form(rawValue: format) else {
        throw Failure.usage("“\(format)” is not a format; use jsonl, csv, vcf, ics or sqlite.")
      }
      return form
    }
    switch ending {
    case "jsonl", "ndjson": return .jsonl
    case "csv": return .csv
    case "vcf": return .vcf
    case "ics": return .ics
    case "sqlite", "sqlite3", "db": return .sqlite
    case "" where file != "-": return .csv
    default:
      throw Failure.usage(
        "What to write is not clear from “\(file)”: give --format jsonl, csv, vcf, ics or sqlite.")
    }
  }

  private func text(_ form: Form, _ export: ExportRecords, _ console: Console) throws -> String {
    switch form {
    case .jsonl:
      return try export.jsonLines { count in
        if count % 1_000 == 0 { console.progress("\(counted(count, "record")) …") }
      }
    case .csv: return try export.csv(export.kinds[0]).text
    case .vcf: return try export.vCards()
    case .ics: return try export.calendar(version: Kam.version)
    case .sqlite: return ""
    }
  }

  // MARK: - Writing

  private func checkTarget() throws {
    if !force, FileManager.default.fileExists(atPath: file) {
      throw Failure.refused("\(file) is there already; --force replaces it.")
    }
  }

  /// Whole or not at all: an export that fails leaves what was there.
  private func replace(_ path: String, _ write: (URL) throws -> Void) throws {
    let files = FileManager.default
    let target = URL(fileURLWithPath: path)
    let draft = target.deletingLastPathComponent().appendingPathComponent(".\(UUID().uuidString).part")
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
      try? files.removeItem(at: draft)
      throw error
    }
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

  private func writeFolder(_ export: ExportRecords) throws {
    try replace(file) { folder in
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for kind in export.kinds {
        try Data(try export.csv(kind).text.utf8).write(to: folder.appendingPathComponent(kind.csvFileName))
      }
    }
  }

  private func writeSQLite(_ export: ExportRecords, _ console: Console) throws {
    try replace(file) { draft in
      let tables = try SQLiteExport(path: draft.path, kinds: export.kinds)
      for kind in export.kinds {
        let rows = try export.records(kind).map { view in
          SQLiteExport.Row(
            id: view.id, account: kind.addsInAccount ? view.scope.account : nil,
            values: export.values(view, kind))
        }
        try tables.write(rows, of: kind, instant: Moments.iso)
        console.progress("\(word: kind.plural) …")
      }
    }
  }
}

extension KindDescription {
  fileprivate var csvFileName: String { plural.replacing(" ", with: "-") + ".csv" }
}
