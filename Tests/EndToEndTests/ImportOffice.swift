import Foundation
import Testing

/// An organisation with some accounts, into which files are brought.
struct ImportOffice {
  let place: Workplace
  let ana: Person

  init(_ place: Workplace) async throws {
    self.place = place
    let server = try await TestServer.running(place)
    ana = try await server.ana()
    let lines = [
      #"{"kind":"account","name":"Globex Corporation","slug":"globex"}"#,
      #"{"kind":"account","name":"Initech SARL","slug":"initech"}"#,
      #"{"kind":"account","name":"Hooli","slug":"hooli"}"#,
      #"{"kind":"account","name":"Maple","slug":"maple","currency":"CAD"}"#,
      #"{"kind":"account","name":"Müller Maschinenbau GmbH","slug":"muller","stage":"buyer","country":"DE"}"#,
    ]
    try await ana.does("import", "-", "--apply", input: lines.joined(separator: "\n"))
    try await ana.sync()
  }

  /// Imports a file; what became of its rows, in order.
  func imports(_ name: String, _ text: String, _ options: String...) async throws -> [JSONValue] {
    let path = place.path + "/" + name
    try Data(text.utf8).write(to: URL(filePath: path))
    let done = try await ana.run(["import", path, "--apply", "--json"] + options)
    #expect([0, 1].contains(done.status), "\(done.told)")
    return try JSONDecoder().decode(JSONValue.self, from: Data(done.output.utf8))["rows"].elements
  }

  func outcomes(_ name: String, _ text: String, _ options: String...) async throws -> [String] {
    let path = place.path + "/" + name
    try Data(text.utf8).write(to: URL(filePath: path))
    let done = try await ana.run(["import", path, "--apply", "--json"] + options)
    return try JSONDecoder().decode(JSONValue.self, from: Data(done.output.utf8))["rows"].elements
      .map { $0["outcome"].text }
  }

  func list(_ noun: String, _ field: String) async throws -> [String] {
    try await ana.json(noun, "list").elements.map { $0[field].text }.sorted()
  }

  static func run(_ test: (ImportOffice) async throws -> Void) async throws {
    try await Workplace.run { try await test(ImportOffice($0)) }
  }

  /// Imports a file as a person does.
  func tries(_ name: String, _ text: String, _ options: String...) async throws -> Finished {
    let path = place.path + "/" + name
    try Data(text.utf8).write(to: URL(filePath: path))
    return try await ana.run(["import", path] + options)
  }
}
