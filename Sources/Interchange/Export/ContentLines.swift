import Speech
import Workbench

/// Content lines as RFC 6350 and RFC 5545 have them: escaped, folded at 75 bytes, ended by CR LF.
struct ContentLines {
  private(set) var text = ""

  mutating func add(_ name: String, _ value: String) {
    var line = ""
    var width = 0
    for scalar in "\(name):\(value)".unicodeScalars {
      let size = UTF8.width(scalar)
      if width + size > 75 {
        line += "\r\n "
        width = 1
      }
      line.unicodeScalars.append(scalar)
      width += size
    }
    text += line + "\r\n"
  }

  mutating func add(_ name: String, text value: String?) {
    guard let value, !value.isEmpty else { return }
    add(name, Self.escaped(value))
  }

  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ",", ";":
        result.append("\\")
        result.append(scalar)
      case "\n", "\u{2028}", "\u{2029}": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
