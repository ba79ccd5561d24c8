/// Finds a place for the names of bubbles such that none covers another, or another's bubble.
///
/// Greedy, the largest bubble first: the best arrangement is not worth a search, because a bubble without a
/// name has a number, and the key below has both.
struct LabelPlacement {
  struct Box {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    func meets(_ other: Box) -> Bool {
      x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }

    func lies(in other: Box) -> Bool {
      x >= other.x && y >= other.y && x + width <= other.x + other.width
        && y + height <= other.y + other.height
    }
  }

  struct Bubble {
    var x: Double
    var y: Double
    var radius: Double

    var box: Box { Box(x: x - radius, y: y - radius, width: radius * 2, height: radius * 2) }
  }

  let bounds: Box
  private let bubbles: [Bubble]
  private var taken: [Box] = []

  init(bounds: Box, bubbles: [Bubble]) {
    self.bounds = bounds
    self.bubbles = bubbles
  }

  /// - Returns: the box of the text, or nil where there is no room.
  mutating func place(width: Double, height: Double, at index: Int) -> Box? {
    let bubble = bubbles[index]
    for box in candidates(width: width, height: height, around: bubble) where isFree(box, except: index) {
      taken.append(box)
      return box
    }
    return nil
  }

  private func candidates(width: Double, height: Double, around bubble: Bubble) -> [Box] {
    let gap = bubble.radius + 3
    let slant = bubble.radius * 0.7 + 2
    let places = [
      (bubble.x + gap, bubble.y - height / 2), (bubble.x - gap - width, bubble.y - height / 2),
      (bubble.x - width / 2, bubble.y - gap - height), (bubble.x - width / 2, bubble.y + gap),
      (bubble.x + slant, bubble.y - slant - height), (bubble.x + slant, bubble.y + slant),
      (bubble.x - slant - width, bubble.y - slant - height), (bubble.x - slant - width, bubble.y + slant),
    ]
    return places.map { Box(x: $0.0, y: $0.1, width: width, height: height) }
  }

  private func isFree(_ box: Box, except index: Int) -> Bool {
    box.lies(in: bounds) && !taken.contains { $0.meets(box) }
      && !bubbles.indices.contains { $0 != index && bubbles[$0].box.meets(box) }
  }
}
