import Foundation
import PlanModel
import Wording

/// Finds out what a file is, by its name or by what it begins with.
struct ImportReader {
  /// "-" is standard input.
  let name: String
  let format: String?
  let options: ImportOptions

  /// - Throws: ``Failure`` when it cannot be read, or is nothing that is known here.
  func source() throws -> any ImportSource { try source(of: try read()) }

  func source(of data: Data) throws -> any ImportSource {
    let ending = format ?? (name as NSString).pathExtension.lowercased()
    switch ending {
    case "csv", "tsv", "txt":
      if Self.isWorkbook(data) { return try workbook(data) }
      return try sheetOrEntries(try text(data))
    case "xlsx", "xlsm": return try workbook(data)
    case "vcf", "vcard": return try VCards(try text(data), options: options)
    case "jsonl", "ndjson", "json": return JSONLines(data, options: options)
    case "fec": return try AccountingEntries(Sheet(try text(data)), options: options)
    default:
      guard format == nil else {
        throw Failure.usage("“\(ending)” is not a format; use csv, xlsx, jsonl, vcf or fec.")
      }
      return try recognised(data)
    }
  }

  /// By what it begins with.
  private func recognised(_ data: Data) throws -> any ImportSource {
    if Self.isWorkbook(data) { return try workbook(data) }
    let source = try text(data)
    let start = source.text.prefix(200).drop { $0.isWhitespace }
    if start.first == "{" || start.first == "[" || start.isEmpty { return JSONLines(data, options: options) }
    if start.uppercased().hasPrefix("BEGIN:VCARD") { return try VCards(source, options: options) }
    return try sheetOrEntries(source)
  }

  private func sheetOrEntries(_ source: SourceText) throws -> any ImportSource {
    let sheet = Sheet(source)
    if options.kind == nil, format == nil, AccountingEntries.isOne(sheet) {
      return try AccountingEntries(sheet, options: options)
    }
    return try spreadsheet(sheet)
  }

  private func spreadsheet(_ sheet: Sheet) throws -> Spreadsheet {
    let stem = ((name as NSString).lastPathComponent as NSString).deletingPathExtension
    return try Spreadsheet(
      sheet, kind: options.kind ?? Spreadsheet.kind(ofFileNamed: stem), options: options)
  }

  // MARK: - Bytes

  private func read() throws -> Data {
    if name == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
    guard let contents = FileManager.default.contents(atPath: name) else {
      throw Failure.usage("\(name) cannot be read.")
    }
    return contents
  }

  private func text(_ data: Data) throws -> SourceText {
    guard let source = SourceText(data) else {
      throw Failure.usage("\(name) is not text in an encoding that is known here.")
    }
    return source
  }

  /// A workbook is a ZIP file; older ones, and those with a password, are not.
  private static func isWorkbook(_ data: Data) -> Bool {
    data.starts(with: [0x50, 0x4B, 0x03, 0x04]) || data.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
  }

  private func workbook(_ data: Data) throws -> Spreadsheet {
    throw Failure.usage("Workbooks are not read yet: save the sheet as CSV UTF-8, and import that.")
  }
}
