import PlanModel
import Synchronization

/// Tells open Watch streams that a scope has changed. Hints only: a lost one costs nothing but time.
package final class LiveHints: Sendable {
  package typealias Stream = AsyncStream<Set<Scope>>
  private let subscribers = Mutex<(next: Int, open: [Int: Stream.Continuation])>((0, [:]))

  package init() {}

  package func subscribe() -> Stream {
    // Newest few: a slow stream learns of the latest changes, and pulls all of them anyway.
    Stream(bufferingPolicy: .bufferingNewest(16)) { continuation in
      let number = subscribers.withLock { subscribers in
        subscribers.next += 1
        subscribers.open[subscribers.next] = continuation
        return subscribers.next
      }
      continuation.onTermination = { [weak self] _ in
        self?.subscribers.withLock { _ = $0.open.removeValue(forKey: number) }
      }
    }
  }

  package func publish(_ scopes: Set<Scope>) {
    guard !scopes.isEmpty else { return }
    let open = subscribers.withLock { Array($0.open.values) }
    for continuation in open { continuation.yield(scopes) }
  }
}
