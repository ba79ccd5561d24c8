/// An .xlsx workbook (Office Open XML, ISO/IEC 29500) as rows of texts.
///
/// Numbers are given as the sheet holds them, to the 15 digits that it shows, without separators and signs for units;
/// formats only decide what is a day. Files from outside are expected to be damaged or hostile: everything has a bound,
/// checked before it is allocated, and no content makes reading trap.
package struct Workbook: Sendable {
  /// The visible sheets, in the order of their tabs.
  package let sheets: [String]
  /// Those that their author hid. They can be read like the others; their numbers follow those of ``sheets``.
  package let hiddenSheets: [String]

  private let archive: Archive
  /// Of each sheet, hidden ones last.
  private let parts: [String]
  private let shared: Shared
  /// What opening has inflated of the archive.
  private let inflated: Int

  /// As many as a spreadsheet can have.
  package static let rowsMax = 1_048_576
  package static let columnsMax = 16_384
  /// Bytes of the list of sheets, the relationships and the formats together, of which most is kept.
  private static let structureBytesMax = 64 << 20

  /// How much is read of one workbook.
  package struct Limits: Sendable {
    /// Bytes of XML in all, decompressed.
    package var inflatedBytes = 1 << 30
    /// Cells of one sheet, and texts that sheets share.
    package var cells = 20_000_000
    /// Bytes of text of one sheet and of what sheets share.
    package var textBytes = 256 << 20

    package init() {}
  }

  /// What the cells of every sheet refer to.
  struct Shared: Sendable {
    let strings: [String]
    let textBytes: Int
    let areDates: [Bool]
    let days: DayNumber

    func isDate(style: Int?) -> Bool {
      guard let style, areDates.indices.contains(style) else { return false }
      return areDates[style]
    }
  }

  /// Whether bytes are meant to be a workbook, by their first ones: a ZIP archive, or what ``WorkbookError/oldFormat`` and
  /// ``WorkbookError/encrypted`` are about.
  package static func isMeant(by bytes: some Sequence<UInt8>) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: CompoundFile.signature)
  }

  /// Reads everything but the sheets.
  ///
  /// - Parameter bytes: of the file.
  package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(WorkbookError) {
    if let other = CompoundFile.error(bytes) { throw other }
    archive = try Archive(bytes)
    var budget = Budget(min(limits.inflatedBytes, Self.structureBytesMax))
    let part = try Self.workbookPart(of: archive, &budget)
    let book = WorkbookPart(part)
    try book.read(from: archive, budget: &budget)
    let related = Relationships(of: part)
    if archive.has(related.part) { try related.read(from: archive, budget: &budget) }

    let worksheets = try Self.worksheets(book.sheets, related)
    sheets = worksheets.filter { !$0.isHidden }.map(\.name)
    hiddenSheets = worksheets.filter(\.isHidden).map(\.name)
    parts = (worksheets.filter { !$0.isHidden } + worksheets.filter(\.isHidden)).map(\.part)

    // Where the workbook names none, some programs still write one.
    let formats = CellFormats(related.part(ofType: "styles") ?? "xl/styles.xml")
    if related.part(ofType: "styles") != nil || archive.has(formats.part) {
      try formats.read(from: archive, budget: &budget)
    }
    budget = Budget(limits.inflatedBytes, spent: budget.spent)
    let strings = SharedStrings(
      related.part(ofType: "sharedStrings") ?? "xl/sharedStrings.xml", limits: limits)
    if archive.has(strings.part) { try strings.read(from: archive, budget: &budget) }
    shared = Shared(
      strings: strings.texts, textBytes: strings.textBytes, areDates: formats.areDates,
      days: DayNumber(from1904: book.from1904))
    inflated = budget.spent
  }

  /// The number of a sheet, by its name as a person types it.
  package func sheet(named name: String) throws(WorkbookError) -> Int {
    let known = sheets + hiddenSheets
    guard
      let found = known.firstIndex(of: name)
        ?? known.firstIndex(where: { $0.lowercased() == name.lowercased() })
    else { throw .unknownSheet(name, known: known) }
    return found
  }

  /// The rows that have any content, each with the number that a spreadsheet shows beside it. Empty cells are "", and none
  /// ends a row.
  ///
  /// Days are "2026-01-02", moments "2026-01-02 14:30:00", times "14:30:00", truths "yes" and "no", errors their names
  /// ("#N/A"). A formula is its result, or itself where none was stored ("=A1*2"). Only the first of merged cells has their
  /// text.
  ///
  /// - Parameter sheet: from 0 on, in ``sheets`` and then ``hiddenSheets``.
  package func rows(
    of sheet: Int, limits: Limits = Limits()
  ) throws(WorkbookError) -> [(number: Int, cells: [String])] {
    guard parts.indices.contains(sheet) else {
      throw .unknownSheet(String(sheet), known: sheets + hiddenSheets)
    }
    var budget = Budget(limits.inflatedBytes, spent: inflated)
    let reader = SheetReader(parts[sheet], book: shared, limits: limits)
    try reader.read(from: archive, budget: &budget)
    return reader.rows
  }
}

extension Workbook {
  private static func workbookPart(
    of archive: Archive, _ budget: inout Budget
  ) throws(WorkbookError) -> String {
    var part = "xl/workbook.xml"
    let related = Relationships(of: "")
    if archive.has(related.part) {
      try related.read(from: archive, budget: &budget)
      part = related.part(ofType: "officeDocument") ?? part
    }
    // The binary form has .bin here, and OpenDocument has nothing.
    guard archive.has(part), !part.hasSuffix(".bin") else { throw .notWorkbook }
    return part
  }

  /// Without sheets of charts and macros, which have no cells.
  private static func worksheets(
    _ sheets: [WorkbookPart.Sheet], _ related: Relationships
  ) throws(WorkbookError) -> [(name: String, isHidden: Bool, part: String)] {
    var found: [(name: String, isHidden: Bool, part: String)] = []
    for sheet in sheets {
      guard let target = related.targets[sheet.relationship] else {
        throw .damaged(part: related.part, .missing)
      }
      if target.type == "worksheet" { found.append((sheet.name, sheet.isHidden, target.part)) }
    }
    guard !found.isEmpty else { throw .noWorksheet }
    return found
  }
}

/// The container of the formats before 2007, which today holds encrypted workbooks as well.
private enum CompoundFile {
  static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// - Returns: nil for another kind of file.
  static func error(_ bytes: [UInt8]) -> WorkbookError? {
    guard bytes.starts(with: signature) else { return nil }
    return hasEncryptedPackage(bytes) ? .encrypted : .oldFormat
  }

  /// Entries of the directory begin with their name in UTF-16, at multiples of their size.
  private static func hasEncryptedPackage(_ bytes: [UInt8]) -> Bool {
    let name: [UInt8] = Array("EncryptedPackage".utf8.map { [$0, 0] }.joined())
    return stride(from: 0, to: bytes.count, by: 128).contains { (place: Int) in
      bytes[place...].starts(with: name)
    }
  }
}
