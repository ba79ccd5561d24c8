import Wording

/// What the charts are written with.
///
/// Positions across are in per cent and those down in pixels: so a chart is as wide as its column on a phone,
/// a desk or paper, while its lettering keeps its size. A scaled `viewBox` would shrink the words with the
/// picture.
enum SVG {
  /// A chart that says something of its own.
  ///
  /// - Parameter description: What it shows, in words, for those who do not see it.
  static func picture(
    _ name: String, height: Double, widestPixels: Double? = nil, title: String, description: String,
    body: String
  ) -> String {
    let style = widestPixels.map { " style=\"max-width:\(number($0))px\"" } ?? ""
    return """
      <svg class="\(name)" role="img" width="100%" height="\(number(height))"\(style)>\
      <title>\(escaped(title))</title><desc>\(escaped(description))</desc>\(body)</svg>
      """
  }

  /// A mark beside text that says the same.
  static func decoration(_ name: String, height: Double, body: String) -> String {
    """
    <svg class="\(name)" aria-hidden="true" width="100%" height="\(number(height))">\(body)</svg>
    """
  }

  // MARK: Shapes

  static func rectangle(_ name: String, from: Double, to: Double, y: Double, height: Double) -> String {
    let width = max(0, to - from)
    return """
      <rect class="\(name)" x="\(percent(from))" y="\(number(y))" width="\(percent(width))" \
      height="\(number(max(0, height)))"/>
      """
  }

  static func line(_ name: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    """
    <line class="\(name)" x1="\(percent(x1))" y1="\(number(y1))" x2="\(percent(x2))" y2="\(number(y2))"/>
    """
  }

  static func dot(_ name: String, _ x: Double, _ y: Double, radius: Double) -> String {
    "<circle class=\"\(name)\" cx=\"\(percent(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\"/>"
  }

  enum Anchor: String { case start, middle, end }

  /// - Parameters:
  ///   - shift: Pixels to the right.
  ///   - longest: Characters. Lettering in a picture cannot wrap; the whole text stands in a table beside it.
  static func text(
    _ text: String, _ name: String, _ x: Double, _ y: Double, _ anchor: Anchor = .middle, shift: Double = 0,
    longest: Int = 20
  ) -> String {
    let moved = shift == 0 ? "" : " dx=\"\(number(shift))\""
    return """
      <text class="\(name)" x="\(percent(x))" y="\(number(y))"\(moved) text-anchor="\(anchor.rawValue)">\
      \(escaped(shortened(text, to: longest)))</text>
      """
  }

  private static func shortened(_ text: String, to longest: Int) -> String {
    text.count > longest ? text.prefix(longest - 1) + "…" : text
  }

  // MARK: Values

  /// Where `value` lies between the ends, from 0 to 1; what is beyond is put at the end.
  static func place(_ value: Double, from: Double, to: Double) -> Double {
    guard to > from, value.isFinite else { return 0 }
    return min(1, max(0, (value - from) / (to - from)))
  }

  static func percent(_ fraction: Double) -> String { number(fraction * 100) + "%" }

  /// With at most two decimals and a point, in every locale. What is not a number is 0: one bad figure must
  /// not break the whole picture.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let hundredths = Int((min(1e9, max(-1e9, value)) * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    guard rest != 0 else { return "\(sign)\(whole)" }
    let digits = rest < 10 ? "0\(rest)" : rest.isMultiple(of: 10) ? "\(rest / 10)" : "\(rest)"
    return "\(sign)\(whole).\(digits)"
  }

  // MARK: Text

  /// For elements and quoted attributes.
  ///
  /// By scalars, not by characters: a quotation mark followed by a combining accent is one character and not
  /// equal to a quotation mark, but to a browser it ends the attribute. What is invisible or turns the
  /// direction of the text is left out, so that no name can disguise the figure beside it.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\n", "\t", "\u{2028}", "\u{2029}": result.append(" ")
      case let scalar where isInvisible(scalar.value): break
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// A string of a style sheet, with its quotation marks.
  ///
  /// All but letters and digits are numbers there: neither the string nor the style element can be ended from
  /// inside.
  static func styleString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars where !isInvisible(scalar.value) {
      let isPlain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      result += isPlain ? String(scalar) : "\\\(String(scalar.value, radix: 16)) "
    }
    return result + "\""
  }
}
