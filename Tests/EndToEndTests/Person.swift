import Foundation
import Testing

/// Somebody with a device of their own: a KAM_HOME.
struct Person: Sendable {
  let place: Workplace
  let name: String
  let home: String
  /// What the shell has besides KAM_HOME.
  let environment: [String: String]

  init(_ place: Workplace, _ name: String, home: String? = nil, environment: [String: String] = [:]) {
    self.place = place
    self.name = name
    self.environment = environment
    self.home = home ?? place.path + "/" + name.lowercased()
  }

  /// The same device, used from a shell with other variables.
  func with(_ environment: [String: String]) -> Person {
    Person(place, name, home: home, environment: environment)
  }

  var email: String { "\(name.lowercased())@demo.example" }

  // MARK: - Commands

  /// Runs kam to its end, whatever that is.
  func tries(
    _ arguments: String..., input: String = "", clock: String? = nil, environment: [String: String] = [:]
  ) async throws -> Finished {
    try await run(arguments, input: input, clock: clock, environment: environment)
  }

  /// Runs kam, which must succeed.
  @discardableResult
  func does(
    _ arguments: String..., input: String = "", clock: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Finished {
    let finished = try await run(arguments, input: input, clock: clock)
    try #require(
      finished.status == 0, "\(name): kam \(arguments.joined(separator: " ")): \(finished.told)",
      sourceLocation: sourceLocation)
    return finished
  }

  /// Runs kam with --json, which must succeed.
  func json(
    _ arguments: String..., clock: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> JSONValue {
    let finished = try await run(arguments + ["--json"], clock: clock)
    try #require(
      finished.status == 0, "\(name): kam \(arguments.joined(separator: " ")): \(finished.told)",
      sourceLocation: sourceLocation)
    return try finished.json()
  }

  func run(
    _ arguments: [String], input: String = "", clock: String? = nil, environment: [String: String] = [:]
  ) async throws -> Finished {
    try await place.run(
      faked: clock, Built.kam, arguments, environment: shell.merging(environment) { $1 }, input: input)
  }

  /// Starts kam without waiting for its end.
  func starts(_ arguments: String...) throws -> RunningProgram {
    try place.start(Built.kam, arguments, environment: shell)
  }

  private var shell: [String: String] { environment.merging(["KAM_HOME": home]) { $1 } }

  // MARK: - What everybody does

  func join(_ invite: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await does("join", "-", input: invite + "\n", sourceLocation: sourceLocation)
  }

  @discardableResult
  func sync(sourceLocation: SourceLocation = #_sourceLocation) async throws -> JSONValue {
    try await json("sync", sourceLocation: sourceLocation)
  }

  /// - Returns: the new task's id.
  @discardableResult
  func adds(
    task title: String, clock: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws
    -> String
  {
    try await json(
      "task", "add", "acme", title, "--department", "sales", clock: clock, sourceLocation: sourceLocation)[
        "id"
      ].text
  }

  func task(_ id: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> JSONValue {
    try await json("task", "show", id, sourceLocation: sourceLocation)
  }

  func tasks() async throws -> [JSONValue] { try await json("task", "list").elements }

  func waiting() async throws -> Int { try await json("status")["waiting"].count }

  /// Opens the replica's file and proves it whole.
  func isWhole() async throws -> Bool { try await json("check")["whole"] == true }

  /// As `Authorization: Bearer` has it.
  func token() throws -> String {
    let data = try Data(contentsOf: URL(filePath: home + "/credential.json"))
    let credential = try JSONDecoder().decode(JSONValue.self, from: data)
    return "kamd1_\(Int(credential["device"].number))_\(credential["secret"].text)"
  }
}

/// Ana, who is the admin, and Ben, who are in one account “acme”.
struct Team: Sendable {
  let server: TestServer
  let ana: Person
  let ben: Person

  init(_ place: Workplace, _ options: String...) async throws {
    let server = try await TestServer(place)
    try await server.start(options)
    try await self.init(server)
  }

  /// Of a server that runs.
  init(_ server: TestServer) async throws {
    self.server = server
    ana = try await server.ana()
    ben = try await server.person("Ben")
    try await ana.does("account", "add", "Acme Industries", "--slug", "acme")
    try await ana.sync()
    try await ana.does("account", "share", "acme", "--with", ben.email, "--role", "contributor")
    try await ben.sync()
  }

  /// A task that both have.
  @discardableResult
  func sharedTask(_ title: String) async throws -> String {
    let id = try await ana.adds(task: title)
    try await ana.sync()
    try await ben.sync()
    return id
  }
}
