extension Sequence {
  /// Sorted by a key that is made once for each element: to read a field takes longer than to compare two.
  package func sorted<Key>(
    on key: (Element) throws -> Key, by areInOrder: (Key, Key) -> Bool
  ) rethrows -> [Element] {
    try map { (key: try key($0), element: $0) }.sorted { areInOrder($0.key, $1.key) }.map(\.element)
  }
}
