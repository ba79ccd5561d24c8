import SourceFiles
import Speech
import Wording

// What is told of files that SourceFiles has read.

extension SourceText {
  static func refusal(of text: String) -> Phrase {
    "“\(oneLine(text))” has a byte that is no text in this encoding; mend the file."
  }
}

extension Sheet {
  /// "UTF-8, columns parted by ;".
  var formPhrase: Phrase {
    switch form {
    case .text(let encoding):
      let sign: Phrase = separator == "\t" ? "tab" : .verbatim(String(separator))
      return "\(encoding), columns parted by \(sign)"
    case .workbook(let sheet): return "Excel, sheet “\(sheet)”"
    }
  }

  /// Of numbers that no column shows the style of: where a comma parts the cells, decimals have a point.
  var usualNumbers: NumberStyle { separator == ";" ? .comma : .point }
}
