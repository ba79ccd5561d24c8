/// Why bytes are not rows. The cases carry what a sentence needs; whoever talks to people makes it.
package enum WorkbookError: Error, Equatable, Sendable {
  /// No ZIP archive, so no .xlsx: another kind of file.
  case notZip
  /// A workbook of the format before 2007 (.xls).
  case oldFormat
  /// Protected by a password.
  case encrypted
  /// An archive of something else: a text document, an OpenDocument (.ods) or binary (.xlsb) workbook.
  case notWorkbook
  /// - Parameter part: the name inside the archive, as "xl/worksheets/sheet1.xml"; nil for the archive itself.
  case damaged(part: String?, Damage)
  /// A workbook of nothing but charts, or of nothing.
  case noWorksheet
  /// - Parameter known: the sheets that there are, hidden ones last.
  case unknownSheet(String, known: [String])
  /// More than a bound allows; reading stopped there.
  case tooLarge(Bound, maximum: Int)

  package enum Damage: Equatable, Sendable {
    /// It ends before its content does.
    case cutOff
    /// A field or a value that cannot be.
    case structure
    /// Two parts say that they are the same bytes.
    case overlap
    /// A compression that nobody uses here, or compressed bytes that are none.
    case compression
    /// The checksum or the length is not that of the content.
    case checksum
    /// A part that another one names is not there.
    case missing
    /// No XML, by that line.
    case xml(line: Int)
    /// A document type, which no spreadsheet has: it only serves to expand without end.
    case documentType
  }

  package enum Bound: Equatable, Sendable {
    /// Files in the archive.
    case parts
    /// Bytes after decompression.
    case inflated
    case rows, columns
    /// Cells of one sheet, with the empty ones before the last of a row.
    case cells
    /// Bytes of text of one sheet and of what sheets share.
    case text
    /// One tag with its attributes, how deep they lie in one another, or how many names they have.
    case markup
    /// Sheets, formats or relationships.
    case entries
  }
}
