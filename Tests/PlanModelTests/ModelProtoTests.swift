import Foundation
import PlanModel
import Testing

/// model.proto, read as text.
private struct ModelProto {
  struct Field: Equatable {
    let number: UInt32
    let name: String
    let type: String
    let policy: RegisterPolicy?
  }
  var messages: [String: [Field]] = [:]
  /// Without the 0 of each.
  var enums: [String: [(name: String, number: Int64)]] = [:]

  init() throws {
    let text = try String(
      contentsOf: repository.appending(path: "Protocol/kam/v1/model.proto"), encoding: .utf8)
    var blocks: [(kind: String, name: String)] = []
    var policy: RegisterPolicy?
    for line in text.split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) }) {
      let words = line.split(whereSeparator: { " ={};".contains($0) }).map(String.init)
      if line.hasPrefix("//") {
        for (letter, named) in [
          "[L]": RegisterPolicy.lastWriterWins, "[G]": .guarded, "[O]": .once, "[S]": .server,
        ]
        where line.contains(letter) { policy = named }
        continue
      }
      if line.hasSuffix("{") {
        blocks.append((words[0], words.count > 1 ? words[1] : ""))
        if words[0] == "message" { messages[words[1]] = [] }
        if words[0] == "enum" { enums[words[1]] = [] }
      } else if line == "}" {
        blocks.removeLast()
      } else if let block = blocks.last, line.hasSuffix(";"), let number = words.last.flatMap({ UInt32($0) })
      {
        switch block.kind {
        case "enum": if number != 0 { enums[block.name]?.append((words[0], Int64(number))) }
        case "message":
          let named = words.count >= 4 ? Array(words[1...]) : words
          messages[block.name]?.append(Field(number: number, name: named[1], type: named[0], policy: policy))
        case "oneof":
          messages["RecordBody"]?.append(Field(number: number, name: words[1], type: words[0], policy: nil))
        default: break
        }
        policy = nil
      }
    }
  }
}

@Suite("The descriptions of the kinds are model.proto")
struct ModelProtoTests {
  private let proto: ModelProto
  init() throws { proto = try ModelProto() }

  private func message(_ kind: KindDescription) throws -> String {
    try #require(proto.messages["RecordBody"]?.first { $0.number == kind.number }).type
  }

  @Test("every kind is described, under its number in Kind and in RecordBody, with the name its message has")
  func kinds() throws {
    let body = try #require(proto.messages["RecordBody"])
    let kinds = try #require(proto.enums["Kind"])
    #expect(kinds.count >= 10)
    #expect(body.map { Int64($0.number) } == kinds.map(\.number))
    #expect(body.map { "KIND_" + $0.name.uppercased() } == kinds.map(\.name))
    #expect(PlanModel.kinds.map(\.number) == body.map(\.number))
    #expect(PlanModel.kinds.map(\.name) == body.map { $0.name.replacing("_", with: "-") })
    for kind in PlanModel.kinds {
      #expect(
        PlanModel.kind(kind.number)?.name == kind.name
          && PlanModel.kind(named: kind.name)?.number == kind.number)
    }
    #expect(
      PlanModel.kind(0) == nil && PlanModel.kind(255) == nil && PlanModel.kind(256) == nil
        && PlanModel.kind(.max) == nil)
  }

  @Test(
    "every kind has the registers of its message: numbers, names and policies",
    arguments: PlanModel.kinds.map(\.number))
  func registers(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    let fields = try #require(proto.messages[try message(kind)])
    #expect(!fields.isEmpty)
    #expect(kind.registers.map(\.number) == fields.map(\.number), "\(kind.name)")
    #expect(kind.registers.map(\.name) == fields.map { $0.name.replacing("_", with: "-") }, "\(kind.name)")
    for (register, field) in zip(kind.registers, fields) {
      #expect(field.policy != nil, "\(kind.name) \(register.name) has no policy letter")
      #expect(register.policy == field.policy, "\(kind.name) \(register.name)")
      #expect(kind.register(field.number) == register && kind.register(named: register.name) == register)
    }
    #expect(kind.register(0) == nil && kind.register(900) == nil)
  }

  @Test("every register is typed as its field is", arguments: PlanModel.kinds.map(\.number))
  func types(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    let fields = try #require(proto.messages[try message(kind)])
    for (register, field) in zip(kind.registers, fields) {
      let fits =
        switch register.type {
        case .line, .text, .slug, .date, .country, .currency, .decimal, .reference, .anyReference:
          field.type == "string"
        case .integer: field.type == "int32" || field.type == "int64"
        case .instant: field.type == "int64"
        case .flag: field.type == "bool"
        case .money: field.type == "Money"
        case .period: field.type == "Period"
        case .graded: field.type == "Graded"
        case .kindNumber: field.type == "Kind"
        case .choice: proto.enums[field.type] != nil
        case .opaque: ["Device", "Membership", "DepartmentCode"].contains(field.type)
        }
      #expect(fits, "\(kind.name) \(register.name): \(field.type)")
    }
  }

  @Test("every choice has the names and numbers of its enumeration", arguments: PlanModel.kinds.map(\.number))
  func choices(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    let fields = try #require(proto.messages[try message(kind)])
    for (register, field) in zip(kind.registers, fields) {
      guard case .choice(let choices) = register.type else { continue }
      let values = try #require(proto.enums[field.type])
      // TASK_STATUS_IN_PROGRESS of TaskStatus is typed in-progress.
      let prefix =
        field.type.reduce("") { $0 + ($1.isUppercase && !$0.isEmpty ? "_" : "") + $1.uppercased() } + "_"
      #expect(values.allSatisfy { $0.name.hasPrefix(prefix) })
      #expect(choices.all.map(\.number) == values.map(\.number), "\(kind.name) \(register.name)")
      #expect(
        choices.all.map(\.name)
          == values.map { $0.name.dropFirst(prefix.count).lowercased().replacing("_", with: "-") },
        "\(kind.name) \(register.name)")
    }
  }

  @Test("roles have the numbers of their enumerations")
  func roles() throws {
    #expect(
      AccountRole.allCases.map { "ACCOUNT_ROLE_" + $0.name.uppercased() }
        == proto.enums["AccountRole"]?.map(\.name))
    #expect(AccountRole.allCases.map { Int64($0.rawValue) } == proto.enums["AccountRole"]?.map(\.number))
    #expect(
      OrganizationRole.allCases.map { "ORGANIZATION_ROLE_" + $0.name.uppercased() }
        == proto.enums["OrganizationRole"]?.map(\.name))
    #expect(
      OrganizationRole.allCases.map { Int64($0.rawValue) } == proto.enums["OrganizationRole"]?.map(\.number))
  }

  @Test("titles and columns are registers; a kind's and a register's names can be typed")
  func names() {
    for kind in PlanModel.kinds {
      #expect(kind.register(kind.title) != nil)
      for column in kind.columns { #expect(kind.register(named: column) != nil, "\(kind.name) \(column)") }
      for name in [kind.name] + kind.registers.map(\.name) { #expect(isSlug(name)) }
    }
  }

  @Test(
    "every kind and every register has a constant of its name and number",
    arguments: PlanModel.kinds.map(\.number))
  func constants(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    let file = try String(
      contentsOf: repository.appending(path: "Sources/PlanModel/ModelNumbers.swift"), encoding: .utf8)
    func constants(of name: String) throws -> [String] {
      let start = try #require(file.range(of: "package enum \(name) {\n"))
      let end = try #require(file[start.upperBound...].range(of: "\n}"))
      return file[start.upperBound..<end.lowerBound].split(separator: "\n").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    func constant(_ name: String, _ number: UInt32) -> String {
      let words = name.split(separator: "-")
      let camel = words.dropFirst().map { $0 == "id" ? "ID" : $0.capitalized }
      return
        "@inlinable @inline(__always) package static var \(([String(words[0])] + camel).joined()): UInt32 { \(number) }"
    }
    #expect(try constants(of: "KindNumber").contains(constant(kind.name, number)))
    #expect(
      try constants(of: message(kind) + "Register") == kind.registers.map { constant($0.name, $0.number) })
  }

  @Test("nobody has to answer for what is done, cancelled, achieved, archived or rejected, and for all else")
  func finished() throws {
    let ends: Set = ["done", "cancelled", "achieved", "archived", "rejected"]
    for kind in PlanModel.kinds {
      guard let status = kind.register(named: "status"), let choices = kind.choices(of: status.number) else {
        continue
      }
      for choice in choices.all {
        let body = try Registers(status.type.encode(.integer(choice.number), as: status.number))
        #expect(kind.isFinished(body) == ends.contains(choice.name), "\(kind.name) \(choice.name)")
      }
      #expect(!kind.isFinished(Registers()))
      #expect(!kind.isFinished(try Registers(status.type.encode(.integer(99), as: status.number))))
    }
    let statuses = try #require(KindDescription.task.choices(of: TaskRegister.status))
    #expect(
      statuses.all.map(\.number).filter(TaskStatus.isFinished) == [TaskStatus.done, TaskStatus.cancelled])
    #expect(
      [
        TaskStatus.open, TaskStatus.claimed, TaskStatus.inProgress, TaskStatus.blocked, TaskStatus.done,
        TaskStatus.cancelled,
      ].map(statuses.name) == ["open", "claimed", "in-progress", "blocked", "done", "cancelled"])
  }
}
