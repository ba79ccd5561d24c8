import Pages

/// Attractiveness upwards, our strength to the right, on three by three fields; a bubble's area is revenue.
///
/// Drawn twice, once with names and once small with numbers, of which a style sheet shows one: whether names
/// collide depends on the size, and without scripts only we can find that out.
struct MatrixChart {
  struct Words {
    var attractiveness: String
    var strength: String
    var low: String
    var high: String
    var title: String
    var description: String
  }

  let points: [Pack.MatrixPoint]
  let words: Words

  func wide() -> String { drawn(name: "matrix wide", width: 600, height: 410, radius: 22, hasNames: true) }
  func narrow() -> String {
    drawn(name: "matrix narrow", width: 320, height: 320, radius: 18, hasNames: false)
  }

  private func drawn(name: String, width: Double, height: Double, radius: Double, hasNames: Bool) -> String {
    let area = LabelPlacement.Box(x: 24, y: 8, width: width - 28, height: height - 36)
    let bubbles = points.map { bubble($0, in: area, largest: radius) }
    let body = fields(area) + lettering(area) + shapes(bubbles) + names(bubbles, in: area, hasNames: hasNames)
    return """
      <svg class="\(name)" role="img" viewBox="0 0 \(SVG.number(width)) \(SVG.number(height))">\
      <title>\(SVG.escaped(words.title))</title><desc>\(SVG.escaped(words.description))</desc>\(body)</svg>
      """
  }

  private func bubble(
    _ point: Pack.MatrixPoint, in area: LabelPlacement.Box, largest: Double
  ) -> LabelPlacement.Bubble {
    let most = points.map(\.revenue.value).filter(\.isFinite).max() ?? 0
    let share = most > 0 && point.revenue.value > 0 ? (point.revenue.value / most).squareRoot() : 0
    return LabelPlacement.Bubble(
      x: area.x + area.width * SVG.place(point.strength.value, from: 0, to: 1),
      y: area.y + area.height * (1 - SVG.place(point.attractiveness.value, from: 0, to: 1)),
      radius: max(4, largest * share))
  }

  private func fields(_ area: LabelPlacement.Box) -> String {
    var body = rectangle("frame", area.x, area.y, area.width, area.height)
    for third in [1.0, 2] {
      let (x, y) = (area.x + area.width * third / 3, area.y + area.height * third / 3)
      body += line("grid", x, area.y, x, area.y + area.height)
      body += line("grid", area.x, y, area.x + area.width, y)
    }
    return body
  }

  private func lettering(_ area: LabelPlacement.Box) -> String {
    let foot = area.y + area.height + 18
    let (right, bottom) = (area.x + area.width, area.y + area.height)
    return text(words.low, area.x, foot, .start) + text(words.high, right, foot, .end)
      + text("\(words.strength) →", area.x + area.width / 2, foot, .middle, name: "label axis-name")
      + upright(words.low, bottom, .start) + upright(words.high, area.y, .end)
      + upright("\(words.attractiveness) →", area.y + area.height / 2, .middle, name: "label axis-name")
  }

  /// The largest first, so that small ones lie on top.
  private func order(_ bubbles: [LabelPlacement.Bubble]) -> [Int] {
    bubbles.indices.sorted { (bubbles[$0].radius, -$0) > (bubbles[$1].radius, -$1) }
  }

  private func shapes(_ bubbles: [LabelPlacement.Bubble]) -> String {
    order(bubbles).map { index in
      let bubble = bubbles[index]
      return """
        <circle class="bubble" cx="\(SVG.number(bubble.x))" cy="\(SVG.number(bubble.y))" \
        r="\(SVG.number(bubble.radius))"><title>\(SVG.escaped(points[index].name))</title></circle>
        """
    }.joined()
  }

  private func names(
    _ bubbles: [LabelPlacement.Bubble], in area: LabelPlacement.Box, hasNames: Bool
  ) -> String {
    var placement = LabelPlacement(bounds: area, bubbles: bubbles)
    var body = ""
    for index in order(bubbles) {
      let bubble = bubbles[index]
      let name = points[index].name
      let fullWidth = Double(name.count) * 6.6 + 4
      if hasNames, let box = placement.place(width: fullWidth, height: 15, at: index) {
        body += label(name, in: box, beside: bubble)
      } else if bubble.radius >= 9 {
        body += text("\(index + 1)", bubble.x, bubble.y + 4, .middle, name: "name")
      } else if let box = placement.place(width: index < 9 ? 9 : 15, height: 13, at: index) {
        body += label("\(index + 1)", in: box, beside: bubble)
      }
    }
    return body
  }

  /// Set towards its bubble: the box is as wide as the name could be, not as it is.
  private func label(
    _ name: String, in box: LabelPlacement.Box, beside bubble: LabelPlacement.Bubble
  ) -> String {
    let y = box.y + box.height - 3.5
    if box.x > bubble.x { return text(name, box.x, y, .start, name: "name") }
    if box.x + box.width < bubble.x { return text(name, box.x + box.width, y, .end, name: "name") }
    return text(name, box.x + box.width / 2, y, .middle, name: "name")
  }

  // MARK: Shapes in pixels of this picture

  private func rectangle(
    _ name: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double
  ) -> String {
    """
    <rect class="\(name)" x="\(SVG.number(x))" y="\(SVG.number(y))" width="\(SVG.number(width))" \
    height="\(SVG.number(height))"/>
    """
  }

  private func line(_ name: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    """
    <line class="\(name)" x1="\(SVG.number(x1))" y1="\(SVG.number(y1))" x2="\(SVG.number(x2))" \
    y2="\(SVG.number(y2))"/>
    """
  }

  private func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: SVG.Anchor, name: String = "label"
  ) -> String {
    """
    <text class="\(name)" x="\(SVG.number(x))" y="\(SVG.number(y))" text-anchor="\(anchor.rawValue)">\
    \(SVG.escaped(text))</text>
    """
  }

  /// Along the left edge, read from below.
  private func upright(_ text: String, _ y: Double, _ anchor: SVG.Anchor, name: String = "label") -> String {
    """
    <text class="\(name)" transform="translate(15 \(SVG.number(y))) rotate(-90)" \
    text-anchor="\(anchor.rawValue)">\(SVG.escaped(text))</text>
    """
  }
}
