/// The names most like a mistyped one, nearest first; none when nothing is alike.
package func nearest(to typed: String, among names: some Sequence<String>, count: Int = 3) -> [String] {
  let wanted = Array(typed.lowercased().unicodeScalars.prefix(60))
  var found: [(name: String, distance: Int)] = []
  for name in names {
    let given = Array(name.lowercased().unicodeScalars.prefix(60))
    let begins = wanted.count >= 2 && given.starts(with: wanted)
    // A third of the letters may be wrong.
    let bound = max(1, min(3, wanted.count / 3))
    let distance = begins ? 0 : editDistance(wanted, given, bound: bound)
    if distance <= bound { found.append((name, distance)) }
  }
  return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(count).map(\.name)
}

/// Insertions, deletions, substitutions and swaps of neighbours between two words; `bound + 1` when there are more.
package func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], bound: Int) -> Int {
  guard abs(left.count - right.count) <= bound else { return bound + 1 }
  guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in 1...left.count {
    var current = [row]
    for column in 1...right.count {
      var cost = min(last[column] + 1, current[column - 1] + 1)
      cost = min(cost, last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1))
      if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
        cost = min(cost, beforeLast[column - 2] + 1)
      }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
