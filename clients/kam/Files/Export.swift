import Foundation
import Interchange
import PlanModel
import Replica
import Speech
import SyncCore
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

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let form = try form()
    let kinds = try kind.map { try PlanModel.kind(calledBy: $0) }
    let account = try account.map { try workspace.account($0) }
    let export = ExportFile(
      ExportRecords(workspace, kinds: kinds, account: account), form, version: Program.version)
    if file == "-" {
      guard form != .sqlite else { throw Failure.usage("A SQLite file cannot go to standard output.") }
      guard form != .csv || kinds.count == 1 else {
        throw Failure.usage("CSV on standard output is of one --kind.")
      }
      return workspace.console.raw(try export.text { tell($0, workspace.console) })
    }
    if !force, FileManager.default.fileExists(atPath: file) {
      throw Failure.refused("\(file) is there already; --force replaces it.")
    }
    let isFolder = form == .csv && (file as NSString).pathExtension.lowercased() != "csv"
    if form == .csv, !isFolder, kinds.count != 1 {
      throw Failure.usage("A CSV file is of one --kind; a folder gets a file for each.")
    }
    try export.write(to: file, asFolder: isFolder) { tell($0, workspace.console) }
    workspace.console.progress(.nothing)
    if json.isWanted {
      workspace.console.document(
        JSON.object([("file", .text(file)), ("format", .text(form.rawValue))]).document)
    } else {
      workspace.console.say("Wrote \(file).")
    }
    try workspace.showAge()
  }

  private func form() throws -> ExportFile.Form {
    let ending = (file as NSString).pathExtension.lowercased()
    if let format {
      guard let form = ExportFile.Form(rawValue: format) else {
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

  private func tell(_ progress: ExportFile.Progress, _ console: Console) {
    switch progress {
    case .records(let count):
      if count % 1_000 == 0 { console.progress("\(counted(count, "record")) …") }
    case .kind(let kind): console.progress("\(word: kind.plural) …")
    }
  }
}
