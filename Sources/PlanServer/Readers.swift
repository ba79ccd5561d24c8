import Dispatch
import PlanModel
import Synchronization
import SyncServer

/// For whom something is read.
package enum Reader: Hashable, Sendable {
  /// Whether a credential is good: two rows. It has a connection set aside and waits for no page.
  case gate
  /// What open streams are told, and whether they are to end.
  case hints
  /// What the server looks after itself: inspections, and its admin's when they read all of it.
  case server
  /// Its admin's short questions: they do not wait for an inspection.
  case admin
  case person(RecordID)
  /// One whose person is not known yet.
  case device(UInt32)
}

/// Runs reads away from the threads that serve the network: a large page takes tens of milliseconds.
///
/// Each has one of few connections while it runs. One person has half of them at most, and who has fewer at work goes first:
/// somebody who asks for a hundred pages at once waits for themselves.
package final class Readers: Sendable {
  /// Connections beside the gate's.
  let countMax: Int
  let ofOneMax: Int

  private struct Job: Sendable {
    let reader: Reader
    let work: @Sendable () -> Void
  }

  private struct State {
    let countMax: Int
    let ofOneMax: Int
    var waiting: [Job] = []
    var running: [Reader: Int] = [:]
    /// Without the gate's.
    var count = 0

    func mayRun(_ reader: Reader) -> Bool {
      let own = running[reader, default: 0]
      return reader == .gate ? own == 0 : count < countMax && own < ofOneMax
    }

    mutating func begin(_ reader: Reader) {
      running[reader, default: 0] += 1
      if reader != .gate { count += 1 }
    }

    mutating func end(_ reader: Reader) {
      let left = running[reader, default: 0] - 1
      running[reader] = left > 0 ? left : nil
      if reader != .gate { count -= 1 }
    }

    /// Of those that may run the first one of whoever has fewest at work.
    mutating func next() -> Job? {
      var best: (place: Int, running: Int)?
      for (place, job) in waiting.enumerated() where mayRun(job.reader) {
        let running = running[job.reader, default: 0]
        if best.map({ running < $0.running }) ?? true { best = (place, running) }
        if running == 0 { break }
      }
      guard let best else { return nil }
      let job = waiting.remove(at: best.place)
      begin(job.reader)
      return job
    }
  }

  private let store: any CanonicalStore
  private let onStoreFailure: @Sendable (any Error) -> Void
  private let queue = DispatchQueue(label: "kam.read", qos: .userInitiated, attributes: .concurrent)
  private let state: Mutex<State>

  package init(_ store: any CanonicalStore, onStoreFailure: @escaping @Sendable (any Error) -> Void) {
    self.store = store
    countMax = max(1, store.readersMax - 1)
    ofOneMax = max(1, countMax / 2)
    state = Mutex(State(countMax: countMax, ofOneMax: ofOneMax))
    self.onStoreFailure = onStoreFailure
  }

  package func run<Value: Sendable>(
    for reader: Reader, _ body: @escaping @Sendable (any CanonicalReading) throws -> Value
  ) async throws -> Value {
    try await look(for: reader) { try $0.read(body) }
  }

  /// Runs a look at the file itself, on the same threads.
  package func look<Value: Sendable>(
    for reader: Reader = .server, _ body: @escaping @Sendable (any CanonicalStore) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let job = Job(reader: reader) {
        continuation.resume(with: self.told(Result { try body(self.store) }))
      }
      state.withLock { $0.waiting.append(job) }
      start()
    }
  }

  private func start() {
    while let job = state.withLock({ $0.next() }) {
      queue.async {
        job.work()
        self.state.withLock { $0.end(job.reader) }
        self.start()
      }
    }
  }

  /// After damage was met nothing more is acknowledged: what is served on spreads.
  private func told<Value>(_ result: Result<Value, any Error>) -> Result<Value, any Error> {
    switch result {
    case .failure(let error as StoreError): if case .broken = error { onStoreFailure(error) }
    case .failure(let error as Integrity.Damage): onStoreFailure(error)
    default: break
    }
    return result
  }
}
