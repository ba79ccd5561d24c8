/// The texts that cells of all sheets point at. Runs of one text with different looks are joined; how it is pronounced
/// (`rPh`) is left out.
final class SharedStrings: XMLReader {
  private(set) var texts: [String] = []
  private(set) var textBytes = 0
  private let limits: Workbook.Limits
  private var buffer = TextBuffer()
  private var inText = false
  private var skipping = 0

  init(_ part: String, limits: Workbook.Limits) {
    self.limits = limits
    super.init(part)
  }

  override func began(_ name: XMLName, _ attributes: XMLAttributes) {
    guard skipping == 0 else {
      skipping += 1
      return
    }
    switch name {
    case "t": inText = true
    case "si": buffer.clear()
    case "rPh", "extLst": skipping = 1
    default: return
    }
  }

  override func ended(_ name: XMLName) {
    guard skipping == 0 else {
      skipping -= 1
      return
    }
    switch name {
    case "t": inText = false
    case "si": take()
    default: return
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard inText, skipping == 0 else { return }
    buffer.append(bytes)
    if textBytes + buffer.count > limits.textBytes { fail(.tooLarge(.text, maximum: limits.textBytes)) }
  }

  private func take() {
    guard texts.count < limits.cells else { return fail(.tooLarge(.cells, maximum: limits.cells)) }
    textBytes += buffer.count
    texts.append(buffer.unescaped)
  }
}
