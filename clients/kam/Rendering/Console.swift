import Foundation
import Interchange
import Speech
import Wording
import Workbench

/// How a line looks on a terminal. Never in a pipe, and never with NO_COLOR.
enum Style {
  case plain, heading, dim, strong
}

struct Line {
  let text: String
  let style: Style

  init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// The signs that are not letters.
struct Symbols {
  let isUnicode: Bool
  /// In a pipe there are words and numbers only: bars and curves are for eyes.
  var showsPictures = true
  var ellipsis: String { isUnicode ? "…" : "..." }
  var dot: String { isUnicode ? "·" : "-" }
  var arrow: String { isUnicode ? "→" : "->" }
}

/// Where people read. Everything written to a terminal goes through here, and is made visible here.
struct Console {
  /// Columns; nil when the output is not cut to any width.
  let width: Int?
  let symbols: Symbols
  let reader: Reader
  let isStyled: Bool
  let isErrorStyled: Bool
  /// Standard error is a terminal that somebody watches.
  let showsProgress: Bool
  /// Standard output is a terminal.
  let isWatched: Bool

  init(
    width: Int?, reader: Reader, isUnicode: Bool, isStyled: Bool = false, isErrorStyled: Bool = false,
    showsProgress: Bool = false, isWatched: Bool = false
  ) {
    self.width = width
    self.reader = reader
    symbols = Symbols(isUnicode: isUnicode, showsPictures: isWatched || width != nil)
    self.isStyled = isStyled
    self.isErrorStyled = isErrorStyled
    self.showsProgress = showsProgress
    self.isWatched = isWatched
  }

  func said(_ phrase: Phrase) -> String { reader.said(phrase) }
  func said(word: String) -> String { reader.said(word: word) }

  func visible(_ text: String) -> String { spelled(Wording.visible(text, pictures: symbols.isUnicode)) }

  /// Our own typography, in a locale that cannot show it. People's words stay as they are.
  private func spelled(_ text: String) -> String {
    guard !symbols.isUnicode, text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var result = ""
    for character in text {
      switch character {
      case "“", "”": result += "\""
      case "’", "‘": result += "'"
      case "…": result += "..."
      case "–", "·": result += "-"
      case "→": result += "->"
      case "±": result += "+-"
      default: result.append(character)
      }
    }
    return result
  }

  // MARK: - Standard output

  /// One sentence or more, wrapped to the terminal.
  func say(_ phrase: Phrase, _ style: Style = .plain) {
    let text = visible(said(phrase))
    show((width.map { wrapped(text, to: $0) } ?? [text]).map { Line($0, style) })
  }

  func show(_ lines: [Line]) {
    var output = ""
    for line in lines { append(line, styled: isStyled, to: &output) }
    put(output, on: 1)
  }

  func show(_ table: Table) { show(table.lines(for: self)) }

  /// A document for programs: as it is.
  func document(_ json: String) { put(json + "\n", on: 1) }

  func csv(_ document: CSVDocument) { raw(document.text) }

  /// What ends its lines itself.
  func raw(_ text: String) { put(text, on: 1) }

  // MARK: - Standard error

  func note(_ phrase: Phrase, _ style: Style = .plain) {
    let text = visible(said(phrase))
    var output = ""
    for line in width.map({ wrapped(text, to: $0) }) ?? [text] {
      append(Line(line, style), styled: isErrorStyled, to: &output)
    }
    put(output, on: 2)
  }

  /// Overwrites the line of progress; an empty text removes it.
  func progress(_ phrase: Phrase) {
    guard showsProgress else { return }
    put(
      "\r\u{1B}[K" + fitted(visible(said(phrase)), to: (width ?? 80) - 1, ellipsis: symbols.ellipsis), on: 2)
  }

  // MARK: -

  private func append(_ line: Line, styled: Bool, to output: inout String) {
    let text = visible(line.text)
    switch styled ? line.style : .plain {
    case .plain: output += text
    case .heading: output += "\u{1B}[4m\(text)\u{1B}[0m"
    case .dim: output += "\u{1B}[2m\(text)\u{1B}[0m"
    case .strong: output += "\u{1B}[1m\(text)\u{1B}[0m"
    }
    output += "\n"
  }

  private func put(_ text: String, on descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        if count > 0 { sent += count } else if errno != EINTR { return failed(descriptor) }
      }
    }
  }

  /// Output that is cut off must not look whole to whoever reads it.
  private func failed(_ descriptor: Int32) {
    guard descriptor == 1 else { return }
    let reason = String(cString: strerror(errno))
    note("kam: The output could not be written: \(reason). What was to be stored is stored.")
    exit(1)
  }
}
