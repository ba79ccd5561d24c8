/// Messages between replicas and the server, as bytes. Nothing is certain: a message may be lost, doubled, late, or
/// overtaken by others; an answer may reach a process that has long moved on.
struct Network {
  enum Method: String, Sendable { case sync, newReplica, digests, fetchRecords }

  struct Message: Sendable {
    enum Direction: Sendable { case toServer, toDevice, refusalToDevice }
    var direction: Direction
    let method: Method
    /// The simulated device.
    let device: Int
    /// The process on it, and its own number for the request.
    let process: Int
    let request: Int
    /// The replica number whose credential it is sent with.
    let credential: UInt32
    var bytes: [UInt8]
    /// When the request was sent, by the device's clock.
    let sent: Int64
    /// Of an answer: which history of the server gave it.
    var branch = 0
  }

  private(set) var flying: [Message] = []
  /// Percentages.
  let lossPercent: Int
  let doublingPercent: Int
  /// How likely the oldest message is delivered first.
  let orderPercent: Int

  init(using generator: inout SeededGenerator) {
    lossPercent = generator.pick([0, 5, 15, 35])
    doublingPercent = generator.pick([0, 10, 30])
    orderPercent = generator.pick([20, 60, 95])
  }

  /// - Returns: how many copies are on their way.
  mutating func send(_ message: Message, using generator: inout SeededGenerator) -> Int {
    if generator.chance(lossPercent) { return 0 }
    let copies = generator.chance(doublingPercent) ? 1 + generator.below(5) : 1
    for _ in 0..<copies { flying.append(message) }
    return copies
  }

  mutating func next(using generator: inout SeededGenerator) -> Message? {
    guard !flying.isEmpty else { return nil }
    return flying.remove(at: generator.chance(orderPercent) ? 0 : generator.below(flying.count))
  }

  /// A copy that is delivered once more, later.
  mutating func keep(_ message: Message) { flying.append(message) }

  mutating func loseAnswers() { flying.removeAll { $0.direction != .toServer } }

  mutating func loseAll() { flying.removeAll() }
}
