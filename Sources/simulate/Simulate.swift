import ArgumentParser
import Simulation

@main
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the sync protocol in a simulated organisation and checks its invariants.",
    discussion: """
      Every run follows from one number, its seed: clocks, losses, crashes, edits, copies, restores. A violation \
      prints its seed; --seed with --trace shows that run again, step by step.
      """)

  @Option(help: "How many seeds to run.")
  var seeds: UInt64 = 2_000

  @Option(help: "The first seed; a fresh one when left out.")
  var from: UInt64?

  @Option(help: "Only this seed.")
  var seed: UInt64?

  @Option(help: "Plant a known bug, or “all” one after another: each must be caught.")
  var mutant: String?

  @Option(help: "How many runs at a time.")
  var jobs = 2

  @Option(help: "Instead, merge this many generated cases in every order.")
  var mergeCases: UInt64?

  @Flag(help: "Print everything that happens.")
  var trace = false

  @Flag(help: "Go on after a violation, and count them by invariant.")
  var keepGoing = false

  mutating func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be between 1 and 64.") }
    if let mutant, mutant != "all", Mutant.named(mutant) == nil {
      let names = Mutant.all.map(\.name).joined(separator: ", ")
      throw ValidationError("There is no mutant “\(mutant)”; there are \(names), and all.")
    }
  }

  func run() async throws {
    let first = seed ?? from ?? UInt64.random(in: 1...1_000_000_000_000)
    print("first seed \(first)")
    if let mergeCases { return try merge(mergeCases, seed: first) }
    // The same seeds every time: of faults that one seed in two hundred shows, chance would miss one now and then.
    if mutant == "all" { return try await hunt(from: from ?? 1) }
    let faults = mutant.flatMap(Mutant.named)?.faults ?? World.Faults()
    if let seed { return try show(Campaign.run(seed, faults: faults, isPrinted: trace)) }
    try await campaign(from: first, faults)
  }

  private func show(_ run: Run) throws {
    print("seed \(run.seed): \(run.steps) steps, trace hash \(String(run.traceHash, radix: 16))")
    guard let failure = run.failure else { return }
    print(failure.report(of: run, withTrace: !trace))
    throw ExitCode(1)
  }

  private func campaign(from first: UInt64, _ faults: World.Faults) async throws {
    let clock = ContinuousClock()
    let start = clock.now
    var done = 0
    var steps = 0
    var violations: [String: [UInt64]] = [:]
    let stop = await Campaign.run(first..<(first + seeds), faults: faults, jobs: jobs) { run in
      done += 1
      steps += run.steps
      if let failure = run.failure {
        violations[failure.violation.invariant, default: []].append(run.seed)
        print(failure.report(of: run, withTrace: !keepGoing))
        return keepGoing
      }
      if done % 250 == 0 { print("\(done) seeds, \(steps) steps, \(clock.now - start)") }
      return true
    }
    let count = violations.values.reduce(0) { $0 + $1.count }
    print("\(done) seeds, \(steps) steps, \(count) violations in \(clock.now - start)")
    for (invariant, seeds) in violations.sorted(by: { $0.key < $1.key }) {
      print(
        "  \(invariant): \(seeds.count), such as \(seeds.prefix(5).map(String.init).joined(separator: " "))")
    }
    if count > 0 || stop { throw ExitCode(1) }
  }

  private func hunt(from first: UInt64) async throws {
    let clock = ContinuousClock()
    let start = clock.now
    var survivors = 0
    for mutant in Mutant.all {
      var caught: Run?
      var tried = 0
      _ = await Campaign.run(first..<(first + 500), faults: mutant.faults, jobs: jobs) { run in
        tried += 1
        if run.failure != nil, caught.map({ run.seed < $0.seed }) ?? true { caught = run }
        return caught == nil
      }
      let name = mutant.name + String(repeating: " ", count: max(0, 28 - mutant.name.count))
      if let caught, let failure = caught.failure {
        print("\(name) caught by \(failure.violation.invariant) after \(tried) seeds (seed \(caught.seed))")
      } else {
        survivors += 1
        print("\(name) NOT CAUGHT in \(tried) seeds")
      }
    }
    print("\(Mutant.all.count) mutants, \(survivors) not caught, \(clock.now - start)")
    if survivors > 0 { throw ExitCode(1) }
  }

  private func merge(_ cases: UInt64, seed: UInt64) throws {
    if let difference = MergeLaws.check(cases: cases, seed: seed) {
      print(difference)
      throw ExitCode(1)
    }
    print("\(cases) merge cases, 0 violations")
  }
}
