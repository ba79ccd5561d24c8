import Indicators
import Wording

/// How many requests have been open for how long, the youngest first; an age that none has is there too.
package func requestAges(_ open: [OpenRequest]) -> [(name: Phrase, count: Int)] {
  let ages: [(name: Phrase, days: Int64)] = [
    ("up to 1 day", 1), ("up to 3 days", 3), ("up to 7 days", 7), ("up to 30 days", 30),
    ("older", .max / 86_400_000),
  ]
  var rest = open.map { $0.age / 86_400_000 }
  return ages.map { name, days in
    let count = rest.count { $0 < days }
    rest.removeAll { $0 < days }
    return (name, count)
  }
}
