import Replica
import SyncCore

/// What one seed came to.
package struct Run: Sendable {
  package let seed: UInt64
  package let steps: Int
  package let traceHash: UInt64
  package let failure: Failure?

  package struct Failure: Sendable {
    package let violation: Violation
    package let step: Int
    package let trace: [String]

    package func report(of run: Run, withTrace: Bool) -> String {
      let head = "seed \(run.seed), step \(step)\n\(violation)"
      return withTrace ? head + "\n" + trace.map { "  " + $0 }.joined(separator: "\n") : head
    }
  }
}

package enum Campaign {
  /// Runs one seed from beginning to end.
  package static func run(_ seed: UInt64, faults: World.Faults = .init(), isPrinted: Bool = false) -> Run {
    let world: World
    do {
      world = try World(seed: seed, faults: faults, isPrinted: isPrinted)
    } catch {
      return Run(
        seed: seed, steps: 0, traceHash: 0, failure: .init(violation: violation(error), step: 0, trace: []))
    }
    do {
      let steps = try world.run()
      return Run(seed: seed, steps: steps, traceHash: world.trace.hash, failure: nil)
    } catch {
      return Run(
        seed: seed, steps: world.step, traceHash: world.trace.hash,
        failure: .init(violation: violation(error), step: world.step, trace: world.trace.last))
    }
  }

  /// Runs many seeds, `jobs` at a time; every 100th twice, and both runs must be the same.
  ///
  /// - Parameter took: Called with each run in the order they end; returns whether to go on.
  /// - Returns: whether `took` stopped it.
  package static func run(
    _ seeds: Range<UInt64>, faults: World.Faults, jobs: Int, took: (Run) -> Bool
  ) async -> Bool {
    await withTaskGroup(of: Run.self) { group in
      var next = seeds.lowerBound
      func begin() {
        guard next < seeds.upperBound else { return }
        let seed = next
        next += 1
        group.addTask { seed % 100 == 0 ? runTwice(seed, faults: faults) : run(seed, faults: faults) }
      }
      for _ in 0..<jobs { begin() }
      var isStopped = false
      while let done = await group.next() {
        if isStopped { continue }
        if took(done) { begin() } else { isStopped = true }
      }
      return isStopped
    }
  }

  /// Nothing but the seed may decide what happens.
  package static func runTwice(_ seed: UInt64, faults: World.Faults = .init()) -> Run {
    let first = run(seed, faults: faults)
    let second = run(seed, faults: faults)
    guard first.failure == nil, first.traceHash != second.traceHash else { return first }
    let violation = Violation(
      invariant: "determinism", expected: "trace hash \(first.traceHash)",
      seen: "\(second.traceHash) the second time")
    return Run(
      seed: seed, steps: first.steps, traceHash: first.traceHash,
      failure: .init(violation: violation, step: 0, trace: []))
  }

  /// An error that nobody expected is a violation too.
  private static func violation(_ error: any Error) -> Violation {
    error as? Violation
      ?? Violation(invariant: "no error", expected: "every step to succeed", seen: "\(error)")
  }
}

/// A known bug that the checks must catch.
package struct Mutant: Sendable {
  package let name: String
  package let faults: World.Faults

  package static func named(_ name: String) -> Mutant? { all.first { $0.name == name } }

  package static let all: [Mutant] = [
    Mutant(name: "no-dedupe-by-sequence", faults: .init(server: .noDedupeBySequence)),
    Mutant(name: "no-dedupe-by-id", faults: .init(server: .noDedupeByID)),
    Mutant(name: "applies-pages-early", faults: .init(replica: .appliesPagesEarly)),
    Mutant(name: "no-bootstrap-floor", faults: .init(server: .noBootstrapFloor)),
    Mutant(name: "requeues-only-above-last", faults: .init(replica: .requeuesOnlyAboveLast)),
    Mutant(name: "equal-value-keeps-stamp", faults: .init(server: .equalValueKeepsStamp)),
    Mutant(name: "compares-milliseconds-only", faults: .init(server: .compareMillisecondsOnly)),
    Mutant(name: "accepts-stale-replies", faults: .init(replica: .acceptsStaleReplies)),
    Mutant(name: "no-guard-restamp", faults: .init(server: .noGuardRestamp)),
    Mutant(name: "purge-forgets-views", faults: .init(replica: .purgeForgetsOverlay)),
    Mutant(name: "no-guards", faults: .init(server: .noGuards)),
    Mutant(name: "reads-foreign-scopes", faults: .init(server: .readsForeignScopes)),
    Mutant(name: "stamps-whole-mutation", faults: .init(server: .stampsWholeMutation)),
    Mutant(name: "never-clamps", faults: .init(server: .neverClamps)),
    Mutant(name: "ignores-lineage", faults: .init(server: .ignoresLineage)),
    Mutant(name: "ignores-receipts", faults: .init(server: .ignoresReceipts)),
    Mutant(name: "refuses-instead-of-waiting", faults: .init(server: .refusesInsteadOfWaiting)),
    Mutant(name: "forgets-former", faults: .init(replica: .forgetsFormer)),
    Mutant(name: "no-reference-checks", faults: .init(server: .noReferenceChecks)),
    Mutant(name: "savepoints-leak", faults: .init(server: .savepointsLeak)),
    Mutant(name: "cursor-skips", faults: .init(server: .cursorSkips)),
    Mutant(name: "swallows-notices", faults: .init(server: .swallowsNotices)),
    Mutant(name: "remembers-rights", faults: .init(server: .remembersRights)),
    Mutant(name: "takes-ids-twice", faults: .init(server: .takesIDsTwice)),
    Mutant(name: "knows-mutations-by-id-alone", faults: .init(server: .knowsMutationsByIDAlone)),
    Mutant(name: "shows-another-log", faults: .init(server: .showsAnotherLog)),
    Mutant(name: "forgets-before-backup", faults: .init(replica: .forgetsBeforeBackup)),
  ]
}
