import ConnectRPC
import Foundation
import Synchronization
import Testing

/// A real kamd with its own directory and port.
final class TestServer: Sendable {
  let place: Workplace
  let directory: String
  /// The port in its invites.
  let port: Int
  let firstInvite: String
  private let running = Mutex<RunningProgram?>(nil)

  /// Makes a server of the organisation “Demo” whose admin is Ana.
  init(
    _ place: Workplace, name: String = "server", hosts: [String] = ["localhost"], port: Int? = nil
  ) async throws {
    self.place = place
    directory = place.path + "/" + name
    self.port = try port ?? freePort()
    let made = try await place.run(
      Built.kamd,
      ["init", "--data", directory, "--organization", "Demo", "--port", "\(self.port)"]
        + hosts.flatMap { ["--host", $0] }
        + ["--admin", "ana@demo.example", "--admin-name", "Ana"])
    try #require(made.status == 0, "\(made.errors)")
    firstInvite = made.lastLine
  }

  /// A server that runs.
  static func running(_ place: Workplace, _ options: String...) async throws -> TestServer {
    let server = try await TestServer(place)
    try await server.start(options)
    return server
  }

  var certificates: String { directory + "/tls" }
  var authority: String { certificates + "/ca.pem" }
  var url: String { "https://localhost:\(port)" }
  var pid: Int32 { running.withLock { $0?.pid ?? 0 } }
  /// What the process that runs, or ran last, has logged.
  var log: String { running.withLock { $0?.errors ?? "" } }

  // MARK: - Life

  /// Starts it and waits until it is ready.
  func start(_ options: [String] = []) async throws {
    let program = try place.start(
      Built.kamd, ["serve", "--data", directory, "--address", "127.0.0.1"] + options, secondsMax: nil)
    running.withLock { $0 = program }
    try await eventually("kamd is ready") {
      if !program.isRunning {
        let status = await program.wait()
        try #require(Bool(false), "kamd ended with \(status): \(program.errors)")
      }
      return program.errors.contains("info ready url=")
    }
  }

  /// Sends a signal and waits for the end.
  ///
  /// - Returns: the exit code, or the negative signal.
  @discardableResult
  func stop(_ signal: Int32 = SIGTERM) async -> Int32 {
    guard let program = running.withLock({ $0 }) else { return 0 }
    program.send(signal)
    return await program.wait()
  }

  /// Waits until it ends by itself; kills it when it does not.
  ///
  /// - Returns: the exit code, or the negative signal.
  func ended(within seconds: Double = 120) async -> Int32 {
    guard let program = running.withLock({ $0 }) else { return 0 }
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { program.send(SIGKILL) }
    return await program.wait()
  }

  /// Stops it, copies its directory as an admin would, and starts it again.
  ///
  /// - Returns: where the copy is.
  func copyDirectory() async throws -> String {
    let copy = directory + "-copy"
    #expect(await stop() == 0)
    try FileManager.default.copyItem(atPath: directory, toPath: copy)
    try await start()
    return copy
  }

  /// Puts a copy in the directory's place, and starts the server.
  func putBack(_ copy: String) async throws {
    #expect(await stop() == 0)
    try FileManager.default.removeItem(atPath: directory)
    try FileManager.default.copyItem(atPath: copy, toPath: directory)
    try await start()
  }

  /// Does not wait.
  func killNow() { running.withLock { $0 }?.send(SIGKILL) }

  /// A number in its kamd.json, from its next start on.
  func setting(_ name: String, to value: Int) throws {
    let file = URL(filePath: directory + "/kamd.json")
    var settings = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    settings[name] = value
    try JSONSerialization.data(withJSONObject: settings).write(to: file)
  }

  /// outside.pem and outside-key.pem of its directory instead of its own certificate.
  func useOutsideCertificate() async throws {
    let edited = try await place.run(
      "/usr/bin/env",
      [
        "python3", "-c",
        """
        import json, sys
        path = sys.argv[1] + "/kamd.json"
        settings = json.load(open(path))
        settings["tls"].update(certificate=sys.argv[1] + "/outside.pem", key=sys.argv[1] + "/outside-key.pem")
        json.dump(settings, open(path, "w"))
        """, directory,
      ])
    try #require(edited.status == 0, "\(edited.errors)")
  }

  // MARK: - Its admin

  func admin(_ arguments: String..., clock: String? = nil) async throws -> Finished {
    try await place.run(faked: clock, Built.kamd, arguments + ["--data", directory])
  }

  /// - Returns: the invite of a new user.
  func invite(_ name: String, role: String = "member") async throws -> String {
    let answer = try await admin(
      "user", "add", "\(name.lowercased())@demo.example", "--name", name, "--role", role)
    try #require(answer.status == 0, "\(answer.errors)")
    return answer.lastLine
  }

  /// A new user who has joined.
  func person(_ name: String, role: String = "member") async throws -> Person {
    let person = Person(place, name)
    try await person.join(try await invite(name, role: role))
    return person
  }

  /// The admin, who has joined.
  func ana() async throws -> Person {
    let ana = Person(place, "Ana")
    try await ana.join(firstInvite)
    return ana
  }

  // MARK: - Its wire

  /// A call as any HTTP client makes it.
  func call(
    _ method: String, _ body: String, token: String? = nil, _ options: String...
  ) async throws -> Finished {
    try await place.run(
      "/usr/bin/env",
      [
        "curl", "-sS", "--cacert", authority, "\(url)/kam.v1.SyncService/\(method)", "-H",
        "Content-Type: application/json",
        "-d", body,
      ] + (token.map { ["-H", "Authorization: Bearer \($0)"] } ?? []) + options)
  }
}

extension Finished {
  var lastLine: String { output.split(separator: "\n").last.map(String.init) ?? "" }
}

extension Workplace {
  /// - Parameter clock: How far off the program's clock is, as faketime(1) takes it: "+365d".
  func run(
    faked clock: String?, _ program: String, _ arguments: [String], environment: [String: String] = [:],
    input: String = ""
  ) async throws -> Finished {
    guard let clock else { return try await run(program, arguments, environment: environment, input: input) }
    // Deadlines are measured by the monotonic clock, which is right on every machine.
    let faked = environment.merging(["FAKETIME_DONT_FAKE_MONOTONIC": "1"]) { $1 }
    return try await run(
      "/usr/bin/env", ["faketime", "-f", clock, program] + arguments, environment: faked, input: input)
  }
}
