import ArgumentParser
import Foundation
import PlanModel
import Replica
import SwiftProtobuf
import SyncCore
import Wording

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: said("Add records from JSON Lines, one edit each."),
    discussion: said(
      """
      One record a line: {"kind":"task","account":"acme","title":"Call","department":"logistics"}. The other names are \
      the fields of `kam KIND add --help`. A line that cannot be read or would be refused is told with its number; it \
      is left out whole, and does not stop the rest.
      """))
  @Argument(help: explained("The file; “-” is standard input.", valueName: "file.jsonl")) var file: String
  @OptionGroup var json: JSONOption

  /// Edits in one transaction: enough that the disk's wait is shared, few enough that others get their turn.
  private static let batchEditsMax = 500

  func run() throws {
    let workspace = try Workspace()
    let lines = try read()
    var importing = try Importing(workspace)
    for (place, line) in lines.enumerated() {
      try importing.take(line, number: place + 1)
      if importing.waitingCount >= Self.batchEditsMax {
        try importing.store()
        workspace.console.progress("\(place + 1) of \(lines.count) lines")
      }
    }
    try importing.store()
    workspace.console.progress(.nothing)
    try tell(importing, workspace.console)
  }

  private func tell(_ importing: Importing, _ console: Console) throws {
    let failures = importing.failures.sorted { $0.line < $1.line }
    if json.isWanted {
      console.document(
        JSON.object([
          ("imported", .integer(importing.stored)),
          (
            "failed",
            .array(failures.map { .object([("line", .integer($0.line)), ("message", .text($0.sentence))]) })
          ),
        ]).document)
    } else {
      for failure in failures { console.note("Line \(failure.line): \(failure.sentence)") }
      console.say("Imported \(counted(importing.stored, "record")); waiting to sync.")
    }
    if !failures.isEmpty {
      throw Failure.refused(
        "\(counted(failures.count, "line")) left out; mend and import only what was left out again."
      )
    }
  }

  private func read() throws -> [Data.SubSequence] {
    let data: Data
    if file == "-" {
      data = FileHandle.standardInput.readDataToEndOfFile()
    } else {
      guard let contents = FileManager.default.contents(atPath: file) else {
        throw Failure.usage("\(file) cannot be read.")
      }
      data = contents
    }
    return data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }
}

/// Lines on their way into the replica, a batch at a time.
struct Importing {
  let workspace: Workspace
  private(set) var stored = 0
  private(set) var failures: [(line: Int, sentence: String)] = []
  private var batch: [(line: Int, edit: PlannedEdit)] = []
  private var accounts: Accounts

  init(_ workspace: Workspace) throws {
    self.workspace = workspace
    accounts = try workspace.accounts()
  }

  var waitingCount: Int { batch.count }

  mutating func take(_ line: Data.SubSequence, number: Int) throws {
    guard let text = String(validating: line, as: UTF8.self) else {
      failures.append((number, said("It is not valid UTF-8 text.")))
      return
    }
    let trimmed = text.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
    guard !trimmed.allSatisfy({ $0 == " " || $0 == "\r" || $0 == "\t" }) else { return }
    do {
      try plan(String(trimmed), number)
    } catch let failure as Failure where failure.name == "not-found" && !batch.isEmpty {
      // It may name a record of a line before it that is not stored yet.
      try store()
      do { try plan(String(trimmed), number) } catch { try fail(number, error) }
    } catch {
      try fail(number, error)
    }
  }

  mutating func store() throws {
    let results = try workspace.edit(each: batch.map(\.edit))
    for (planned, result) in zip(batch, results) {
      switch result {
      case .success: stored += 1
      case .failure(let error): try fail(planned.line, error)
      }
    }
    batch = []
  }

  /// - Throws: what is not about the line.
  private mutating func fail(_ line: Int, _ error: any Error) throws {
    switch error {
    case let error as Failure:
      failures.append((line, error.sentence + error.candidates.map { " " + $0 }.joined(separator: ",")))
    case let error as Refusal: failures.append((line, said(error.phrase)))
    case let error as ReplicaError: failures.append((line, said(error.phrase)))
    case is SchemaAhead: failures.append((line, said("It has a field that this version does not know.")))
    default: throw error
    }
  }

  private mutating func plan(_ text: String, _ line: Int) throws {
    let object: Google_Protobuf_Struct
    do {
      object = try Google_Protobuf_Struct(jsonString: text)
    } catch {
      throw Failure.usage("It is not a JSON object.")
    }
    let record = try ImportedRecord(object)
    let id = record.id ?? workspace.newID()
    if record.id != nil, try workspace.replica.record(id) != nil {
      throw Failure.refused("Record \(id) is here already.")
    }
    let scope = try place(of: record, id)
    let given = try record.values.map { register, text in
      (register.number, try workspace.value(text, for: register, in: scope))
    }
    var values = try workspace.complete(given, record.kind)
    if record.kind.number == KindDescription.account.number { try nameAccount(id, &values) }
    let kind = record.kind.number
    let title =
      values.first { $0.register == record.kind.title }.map {
        if case .text(let text) = $0.value { text } else { "" }
      } ?? ""
    batch.append(
      (
        line,
        PlannedEdit(in: scope, summary: "imported \(record.kind.label) “\(title)”") { draft in
          try draft.create(id, kind: kind, values)
        }
      ))
  }

  private func place(of record: ImportedRecord, _ id: RecordID) throws -> Scope {
    if record.kind.number == KindDescription.account.number { return .plan(id) }
    guard record.kind.addsInAccount else { return .directory }
    guard let name = record.account else { throw Failure.usage("Its account is missing.") }
    let named = accounts.named(name)
    // The accounts of lines before are known here before they are stored.
    let account =
      try named.count == 1
      ? named[0].id : RecordID(name).flatMap { accounts[$0]?.id } ?? workspace.account(name)
    return record.kind.family == .finance ? .finance(account) : .plan(account)
  }

  private mutating func nameAccount(
    _ id: RecordID, _ values: inout [(register: UInt32, value: RegisterValue)]
  ) throws {
    func text(_ name: String) -> String? {
      guard let number = KindDescription.account.register(named: name)?.number,
        case .text(let text)? = values.first(where: { $0.register == number })?.value
      else { return nil }
      return text
    }
    let name = text("name") ?? ""
    let slug = text("slug") ?? accounts.freeSlug(for: name)
    if text("slug") == nil, let register = KindDescription.account.register(named: "slug") {
      values.append((register.number, .text(slug)))
    } else if let other = accounts.named(slug).first, other.slug == slug {
      throw Failure.refused("“\(slug)” is the short name of \(other.name) already.")
    }
    accounts.add(Accounts.Account(id: id, slug: slug, name: name, isAlive: true))
  }
}

/// A line of an import, read.
private struct ImportedRecord {
  let kind: KindDescription
  let id: RecordID?
  let account: String?
  let values: [(register: RegisterDescription, text: String)]

  /// What `--json` prints beside a record's fields.
  private static let ignored: Set<String> = [
    "kind", "id", "account", "accountSlug", "pending", "pendingFields", "deleted", "handle",
  ]

  init(_ object: Google_Protobuf_Struct) throws {
    guard let name = object.fields["kind"]?.stringValue, !name.isEmpty else {
      throw Failure.usage("Its kind is missing.")
    }
    guard let kind = PlanModel.kind(named: name) else {
      let alike = nearest(to: name, among: PlanModel.kinds.map(\.name), count: 1).first
      throw Failure.usage(
        alike.map { "There is no kind “\(name)”. Did you mean \($0)?" } ?? "There is no kind “\(name)”.")
    }
    self.kind = kind
    account = object.fields["account"].map(\.stringValue)
    id = try object.fields["id"].map { value in
      guard let id = RecordID(value.stringValue), id.isTimeOrdered else {
        throw Failure.usage("“\(value.stringValue)” is not a record id (a UUID of version 7).")
      }
      return id
    }
    var values: [(register: RegisterDescription, text: String)] = []
    for (key, value) in object.fields.sorted(by: { $0.key < $1.key }) where !Self.ignored.contains(key) {
      guard let register = kind.register(named: fieldName(key)) else {
        let alike = nearest(to: fieldName(key), among: kind.registers.map(\.name), count: 1).first
        throw Failure.usage(
          alike.map { "\(capitalized(withArticle(kind.label))) has no field \(key). Did you mean \($0)?" }
            ?? "\(capitalized(withArticle(kind.label))) has no field \(key).")
      }
      if let text = try importedText(value, register) { values.append((register, text)) }
    }
    self.values = values
  }
}

/// `claimedBy`, `claimed_by` and `claimed-by` are one field.
func fieldName(_ key: String) -> String {
  var result = ""
  for character in key {
    if character == "_" {
      result += "-"
    } else if character.isUppercase {
      result += "-" + character.lowercased()
    } else {
      result.append(character)
    }
  }
  return result
}

/// A JSON value as it would be typed; nil for null.
private func importedText(_ value: Google_Protobuf_Value, _ register: RegisterDescription) throws -> String? {
  switch value.kind {
  case .nullValue, nil: return nil
  case .stringValue(let text):
    // TASK_STATUS_OPEN, as proto3 JSON writes it.
    guard case .choice(let choices) = register.type, choices.number(named: text) == nil else { return text }
    let name = fieldName(text.lowercased())
    return choices.all.map(\.name).filter { name.hasSuffix("-" + $0) }.max { $0.count < $1.count } ?? text
  case .numberValue(let number):
    return number == number.rounded() && abs(number) < 9e15 ? String(Int64(number)) : String(number)
  case .boolValue(let flag): return flag ? "yes" : "no"
  case .structValue(let object) where register.type == .period:
    return "\(object.fields["from"]?.stringValue ?? "")..\(object.fields["to"]?.stringValue ?? "")"
  case .structValue(let object) where register.type == .money:
    let money = Money(
      currency: object.fields["currency"]?.stringValue ?? "",
      minor: Int64(object.fields["minor"]?.stringValue ?? "0") ?? 0)
    return money.description
  default: throw Failure.usage("The \(word: register.label) cannot be a list or an object.")
  }
}
