/// The cells of one sheet as texts.
final class SheetReader: XMLReader {
  private(set) var rows: [(number: Int, cells: [String])] = []
  private let book: Workbook.Shared
  private let limits: Workbook.Limits

  private var inData = false
  private var isPastData = false
  private var skipping = 0

  /// nil until the row or its first cell says, or the row ends.
  private var rowNumber: Int?
  private var lastNumber = 0
  private var isAscending = true
  private var cells: [String] = []
  private var cellCount = 0
  private var textBytes: Int

  private var inCell = false
  private var inInline = false
  private var takes = Takes.nothing
  private var column = 0
  private var nextColumn = 0
  private var type = CellType.number
  private var isDate = false
  private var value = TextBuffer()
  private var formula = TextBuffer()
  private var hasFormula = false

  private enum Takes { case nothing, value, formula }
  private enum CellType { case number, shared, text, boolean, date, verbatim }

  init(_ part: String, book: Workbook.Shared, limits: Workbook.Limits) {
    self.book = book
    self.limits = limits
    textBytes = book.textBytes
    super.init(part)
  }

  /// What follows the cells, such as merged ranges and charts, is of no interest.
  override var isDone: Bool { isPastData }

  override func began(_ name: XMLName, _ attributes: XMLAttributes) {
    guard skipping == 0 else {
      skipping += 1
      return
    }
    guard inData else {
      if case "sheetData" = name { inData = !isPastData }
      return
    }
    switch name {
    case "c": beginCell(attributes)
    case "v" where inCell: beginValue()
    case "t" where inInline: takes = .value
    case "row": beginRow(attributes)
    case "f" where inCell:
      hasFormula = true
      takes = .formula
    case "is" where inCell:
      beginValue()
      (takes, inInline) = (.nothing, true)
    case "rPh", "extLst": skipping = 1
    default: return
    }
  }

  override func ended(_ name: XMLName) {
    guard skipping == 0 else {
      skipping -= 1
      return
    }
    guard inData else { return }
    switch name {
    case "c": endCell()
    case "v", "t", "f": takes = .nothing
    case "row": endRow()
    case "is": inInline = false
    case "sheetData":
      (inData, isPastData) = (false, true)
      sortRows()
    default: return
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard skipping == 0 else { return }
    switch takes {
    case .nothing: return
    case .value: value.append(bytes)
    case .formula: formula.append(bytes)
    }
    countText(value.count + formula.count)
  }

  /// Whether there is room for so many bytes more.
  @discardableResult
  private func countText(_ more: Int) -> Bool {
    guard textBytes + more > limits.textBytes else { return true }
    fail(.tooLarge(.text, maximum: limits.textBytes))
    return false
  }
}

// MARK: Rows

extension SheetReader {
  private func beginRow(_ attributes: XMLAttributes) {
    cells.removeAll(keepingCapacity: true)
    (nextColumn, rowNumber) = (0, nil)
    guard let stated = attributes["r"] else { return }
    guard let number = stated.natural, number > 0 else { return failStructure() }
    take(rowNumber: number)
  }

  private func take(rowNumber number: Int) {
    guard number <= Workbook.rowsMax else { return fail(.tooLarge(.rows, maximum: Workbook.rowsMax)) }
    rowNumber = number
  }

  private func endRow() {
    let number = rowNumber ?? lastNumber + 1
    // Numbers are counted on where a row has none, and may get beyond what there is.
    guard number <= Workbook.rowsMax else { return fail(.tooLarge(.rows, maximum: Workbook.rowsMax)) }
    if number <= lastNumber { isAscending = false }
    lastNumber = number
    guard !cells.isEmpty else { return }
    cellCount += cells.count
    guard cellCount <= limits.cells else { return fail(.tooLarge(.cells, maximum: limits.cells)) }
    rows.append((number, Array(cells)))
  }

  /// Spreadsheets write rows in their order; a program that does not must at least not write one twice.
  private func sortRows() {
    guard !isAscending else { return }
    rows.sort { $0.number < $1.number }
    for (row, next) in zip(rows, rows.dropFirst()) where row.number == next.number { return failStructure() }
  }
}

// MARK: Cells

extension SheetReader {
  private func beginCell(_ attributes: XMLAttributes) {
    (inCell, inInline, takes) = (true, false, .nothing)
    (column, type, isDate) = (nextColumn, .number, false)
    hasFormula = false
    value.clear()
    formula.clear()
    attributes.forEach { name, value in
      switch name {
      case "r": take(reference: value)
      case "s": isDate = book.isDate(style: value.natural)
      case "t": type = Self.type(value)
      default: return
      }
    }
    nextColumn = column + 1
    if column >= Workbook.columnsMax { fail(.tooLarge(.columns, maximum: Workbook.columnsMax)) }
  }

  private static func type(_ value: XMLValue) -> CellType {
    switch value {
    case "s": .shared
    case "n": .number
    case "str", "inlineStr": .text
    case "b": .boolean
    case "d": .date
    // "e", an error, and what may still come.
    default: .verbatim
    }
  }

  /// "AB12".
  private func take(reference: XMLValue) {
    var place = reference.start
    var number = 0
    while let letter = Self.letter(place.pointee), number <= Workbook.columnsMax {
      number = number * 26 + letter
      place += 1
    }
    guard number > 0 else { return failStructure() }
    column = number - 1
    // Too many letters end the reading where the column is counted on.
    guard number <= Workbook.columnsMax else { return }
    guard let row = XMLValue(start: place).natural, row > 0 else { return failStructure() }
    if rowNumber == nil { take(rowNumber: row) }
  }

  /// 1 to 26.
  private static func letter(_ sign: CChar) -> Int? {
    let value = Int(sign | 0x20) - Int(UInt8(ascii: "a")) + 1
    return (1...26).contains(value) ? value : nil
  }

  private func beginValue() {
    takes = .value
    value.clear()
  }

  private func endCell() {
    guard inCell else { return }
    (inCell, inInline, takes) = (false, false, .nothing)
    // A formula whose result was never calculated would silently be nothing; so it stands there itself.
    let text = isUncalculated ? "=" + formula.raw : self.text()
    guard !text.isEmpty else { return }
    place(text)
    guard type != .shared, text.utf8.count > Self.inlineBytes else { return }
    if countText(text.utf8.count) { textBytes += text.utf8.count }
  }

  /// Some programs leave the value out, some leave it empty; only a text can be empty.
  private var isUncalculated: Bool { hasFormula && value.isEmpty && type != .text }

  /// So much lies in the row itself, and is bounded with its cells.
  private static let inlineBytes = 15

  private func place(_ text: String) {
    while cells.count < column { cells.append("") }
    if column < cells.count { cells[column] = text } else { cells.append(text) }
  }

  private func text() -> String {
    guard !value.isEmpty else { return "" }
    switch type {
    case .text: return value.unescaped
    case .verbatim: return value.raw
    case .shared: return sharedText()
    case .boolean: return booleanText()
    case .date: return DayNumber.text(iso: value.word) ?? value.raw
    case .number: return numberText()
    }
  }

  private func sharedText() -> String {
    guard let index = Int(String(decoding: value.word, as: UTF8.self)), book.strings.indices.contains(index)
    else {
      failStructure()
      return ""
    }
    return book.strings[index]
  }

  private func booleanText() -> String {
    switch String(decoding: value.word, as: UTF8.self) {
    case "1", "true": "yes"
    case "0", "false": "no"
    default: value.raw
    }
  }

  private func numberText() -> String {
    guard let plain = NumberText.plain(value.word) else { return value.raw }
    guard isDate, let days = Double(plain) else { return plain }
    return book.days.text(days) ?? plain
  }
}
