import Foundation
import PlanModel
import SourceFiles
import Speech
import Tabular
import Wording
import Workbench

/// Finds out what a file is, by its name or by what it begins with.
package struct ImportReader {
  /// Its path, or what is said in its place.
  let name: String
  let format: String?
  let options: ImportOptions

  package init(name: String, format: String?, options: ImportOptions) {
    self.name = name
    self.format = format
    self.options = options
  }

  /// - Throws: ``Failure`` when it cannot be read, or is nothing that is known here.
  package func source(of data: Data) throws -> any ImportSource {
    let ending = format ?? (name as NSString).pathExtension.lowercased()
    switch ending {
    case "csv", "tsv", "txt":
      if Workbook.isMeant(by: data) { return try workbook(data) }
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
    if Workbook.isMeant(by: data) { return try workbook(data) }
    let source = try text(data)
    switch FileForm(of: source) {
    case .json: return JSONLines(data, options: options)
    case .cards: return try VCards(source, options: options)
    case .table: return try sheetOrEntries(source)
    }
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

  /// Several times what a person's customers sold in years; what never ends must not take all memory.
  static let bytesMax = 512 << 20

  /// What is in the file of this name.
  ///
  /// - Throws: ``Failure`` when it cannot be read, or is larger than what is read.
  package func contents() throws -> Data {
    guard let file = FileHandle(forReadingAtPath: name) else {
      throw Failure.usage("\(name) cannot be read.")
    }
    // Of what is no file on a disk the size is not known before.
    let size = try? FileManager.default.attributesOfItem(atPath: name)[.size] as? Int
    return try contents(of: file, size: size)
  }

  /// What comes from an open file, which may be anything that ends.
  ///
  /// - Throws: ``Failure`` when it cannot be read, or is larger than what is read.
  package func contents(of file: FileHandle, size: Int? = nil) throws -> Data {
    let tooMuch = Failure.usage(
      "\(name) has more than \(Self.bytesMax >> 20) MiB; take it apart, into several files.")
    var contents = Data()
    do {
      if let size {
        guard size <= Self.bytesMax else { throw tooMuch }
        contents.reserveCapacity(size)
      }
      while let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
        contents.append(part)
        guard contents.count <= Self.bytesMax else { throw tooMuch }
      }
    } catch let failure as Failure { throw failure } catch {
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

  private func workbook(_ data: Data) throws -> Spreadsheet {
    let bytes = [UInt8](data)
    do {
      let workbook = try Workbook(bytes)
      let sheet = try place(in: workbook)
      let names = workbook.sheets + workbook.hiddenSheets
      return try spreadsheet(
        Sheet(rows: try workbook.rows(of: sheet), named: names[sheet]))
    } catch let error as WorkbookError {
      throw Failure.usage("\(name): \(error.phrase)")
    }
  }

  /// By its name, or by its number from 1 on; the first without either.
  private func place(in workbook: Workbook) throws(WorkbookError) -> Int {
    guard let asked = options.sheet else { return 0 }
    let names = workbook.sheets + workbook.hiddenSheets
    if !names.contains(asked), let number = Int(asked), names.indices.contains(number - 1) {
      return number - 1
    }
    return try workbook.sheet(named: asked)
  }
}

extension WorkbookError {
  fileprivate var phrase: Phrase {
    switch self {
    case .notZip, .notWorkbook: "it is not an .xlsx workbook; save the sheet as .xlsx or as CSV UTF-8."
    case .oldFormat: "it is a workbook of the format before 2007; save it as .xlsx or as CSV UTF-8."
    case .encrypted: "it is protected by a password; save a copy without one."
    case .noWorksheet: "it has no sheet with cells; save the sheet again as .xlsx, or as CSV UTF-8."
    case .unknownSheet(let name, let known):
      "there is no sheet “\(name)”; there are \(known.joined(separator: ", "))."
    case .tooLarge: "it is larger than what is read of a workbook; save the sheet as CSV UTF-8."
    case .damaged(let part?, _): "it is damaged (\(part)); save it again, or save the sheet as CSV UTF-8."
    case .damaged(nil, _): "it is damaged; save it again, or save the sheet as CSV UTF-8."
    }
  }
}
