/// Finds where a function is least, without its derivatives: the downhill simplex, begun again where it ended until that
/// changes nothing.
///
/// - Parameters:
///   - start: Where to begin.
///   - f: May be infinite, or no number, where it must not go.
/// - SeeAlso: Nelder and Mead, "A simplex method for function minimization", Computer Journal 7 (1965).
func minimum(from start: [Double], of f: ([Double]) -> Double) -> (point: [Double], value: Double) {
  func bounded(_ point: [Double]) -> Double {
    let value = f(point)
    return value.isNaN ? .infinity : value
  }
  var best = (point: start, value: bounded(start))
  for restart in 0..<Simplex.restartsMax {
    let found = Simplex(around: best.point, size: restart == 0 ? 0.5 : 0.1, f: bounded).descend(bounded)
    let gain = best.value - found.value
    if found.value < best.value { best = found }
    if gain < 1e-10 * (1 + abs(best.value)), restart > 0 { break }
  }
  return best
}

private struct Simplex {
  static let restartsMax = 12
  private static let stepsMax = 4_000
  private static let tolerance = 1e-13

  private var corners: [(point: [Double], value: Double)]

  init(around point: [Double], size: Double, f: ([Double]) -> Double) {
    corners = [(point, f(point))]
    for place in point.indices {
      var corner = point
      corner[place] += size
      corners.append((corner, f(corner)))
    }
  }

  func descend(_ f: ([Double]) -> Double) -> (point: [Double], value: Double) {
    var simplex = self
    for _ in 0..<Self.stepsMax {
      simplex.corners.sort { $0.value < $1.value }
      if simplex.isSmall { break }
      simplex.step(f)
    }
    return simplex.corners.min { $0.value < $1.value } ?? corners[0]
  }

  private var isSmall: Bool {
    guard let first = corners.first, let last = corners.last, last.value.isFinite else { return false }
    let size = zip(first.point, last.point).map { abs($0 - $1) }.max() ?? 0
    return last.value - first.value <= Self.tolerance * (1 + abs(first.value)) && size < 1e-7
  }

  /// Moves the worst corner through the middle of the others, further or less far; or draws all towards the best.
  private mutating func step(_ f: ([Double]) -> Double) {
    let worst = corners.count - 1
    let others = corners.dropLast()
    let middle = corners[0].point.indices.map { place in
      others.reduce(0) { $0 + $1.point[place] } / Double(others.count)
    }
    func moved(_ factor: Double) -> (point: [Double], value: Double) {
      let point = zip(middle, corners[worst].point).map { $0 + factor * ($0 - $1) }
      return (point, f(point))
    }
    let reflected = moved(1)
    if reflected.value < corners[0].value {
      let expanded = moved(2)
      corners[worst] = expanded.value < reflected.value ? expanded : reflected
    } else if reflected.value < corners[worst - 1].value {
      corners[worst] = reflected
    } else {
      let contracted = moved(reflected.value < corners[worst].value ? 0.5 : -0.5)
      if contracted.value < min(reflected.value, corners[worst].value) {
        corners[worst] = contracted
      } else {
        shrink(f)
      }
    }
  }

  private mutating func shrink(_ f: ([Double]) -> Double) {
    let best = corners[0].point
    for place in corners.indices.dropFirst() {
      let point = zip(best, corners[place].point).map { ($0 + $1) / 2 }
      corners[place] = (point, f(point))
    }
  }
}
