import Foundation
import PlanModel
import SourceFiles
import Speech
import SwiftProtobuf
import Wording
import Workbench

/// A JSON object a line, as `--json` prints records, or an array of objects:
/// {"kind":"task","account":"acme","title":"Call"}.
struct JSONLines: ImportSource {
  private let texts: JSONTexts
  private let options: ImportOptions

  init(_ data: Data, options: ImportOptions) {
    self.options = options
    texts = JSONTexts(data)
  }

  var findings: [(label: Phrase, text: Phrase)] {
    [("text", texts.isArray ? "a JSON array, UTF-8" : "JSON Lines, UTF-8")]
  }
  var count: Int { texts.count }
  func line(of place: Int) -> Int { texts.line(place) }

  func row(_ place: Int) throws -> ImportRow? {
    guard let text = texts.text(place) else {
      throw Failure.usage("It is not valid UTF-8 text.")
    }
    let object: Google_Protobuf_Struct
    do {
      object = try Google_Protobuf_Struct(jsonString: text)
    } catch {
      throw Failure.usage("It is not a JSON object.")
    }
    return try row(object)
  }

  /// What `--json` prints beside a record's fields.
  private static let ignored: Set<String> = [
    "kind", "id", "account", "accountSlug", "pending", "pendingFields", "deleted", "handle",
  ]

  private func row(_ object: Google_Protobuf_Struct) throws -> ImportRow {
    let kind = try kind(object.fields["kind"]?.stringValue ?? "")
    var row = ImportRow(kind: kind)
    let account = object.fields["account"]?.stringValue ?? ""
    row.accounts = account.isEmpty ? [options.account].compactMap { $0 } : [account]
    try identify(&row, object.fields["id"].flatMap(Self.idText) ?? "")
    for (key, value) in object.fields.sorted(by: { $0.key < $1.key }) where !Self.ignored.contains(key) {
      let name = fieldName(key)
      if kind.number == KindNumber.contact, name == "email" || name == "phone" {
        row.points += try points(value).flatMap {
          name == "email" ? try PointText.addresses($0) : try PointText.numbers($0)
        }
        continue
      }
      guard let register = kind.register(named: name) else { throw kind.unknownField(key) }
      guard register.type != .opaque else { continue }
      if let text = try importedText(value, register) {
        row.values.append(.init(register, text, .member(key)))
      }
    }
    if let campaign = options.campaign, let register = kind.campaign, row.text(register.number) == nil {
      row.values.append(.init(register, campaign, .option("campaign")))
    }
    return row
  }

  private static func idText(_ value: Google_Protobuf_Value) -> String? {
    if case .numberValue(let number) = value.kind { return Int64(exactly: number).map(String.init) }
    return value.stringValue
  }

  /// An id of ours, or what another system calls the record.
  private func identify(_ row: inout ImportRow, _ text: String) throws {
    guard !text.isEmpty else { return }
    if let id = RecordID(text), id.isTimeOrdered || row.kind.isSingleton {
      row.id = id
    } else if let register = row.kind.externalID {
      row.values.append(
        .init(register, options.system.map { "\($0):\(text)" } ?? text, .member("id")))
    } else {
      throw Failure.usage("“\(text)” is not a record id (a UUID of version 7).")
    }
  }

  private func kind(_ name: String) throws -> KindDescription {
    if name.isEmpty, let kind = options.kind { return kind }
    guard !name.isEmpty else { throw Failure.usage("Its kind is missing.") }
    return try PlanModel.kind(calledBy: name)
  }

  private func points(_ value: Google_Protobuf_Value) -> [String] {
    switch value.kind {
    case .listValue(let list): list.values.map(\.stringValue).filter { !$0.isEmpty }
    case .stringValue(let text): text.isEmpty ? [] : [text]
    default: []
    }
  }

  func document(ofRejected rejected: [(place: Int, reason: String)]) -> String {
    rejected.map { texts.raw($0.place) + "\n" }.joined()
  }
}

/// A JSON value as it would be typed; nil for null.
private func importedText(_ value: Google_Protobuf_Value, _ register: RegisterDescription) throws -> String? {
  switch value.kind {
  case .nullValue, nil: return nil
  case .stringValue(let text):
    switch register.type {
    // TASK_STATUS_OPEN, as proto3 JSON writes it.
    case .choice(let choices) where choices.number(named: text) == nil: return choices.name(ofConstant: text)
    case .kindNumber:
      let name = fieldName(text.lowercased())
      return (PlanModel.kind(named: name) ?? PlanModel.kind(named: name.dropFirst("kind-".count))).map {
        "\($0.number)"
      } ?? text
    default: return text
    }
  case .numberValue(let number):
    return number == number.rounded() && abs(number) < 9e15 ? String(Int64(number)) : String(number)
  case .boolValue(let flag): return flag ? "yes" : "no"
  case .structValue(let object):
    func text(_ name: String) -> String { object.fields[name]?.stringValue ?? "" }
    switch register.type {
    case .period: return "\(text("from"))..\(text("to"))"
    case .money:
      guard let minor = minorUnits(object.fields["minor"]) else {
        throw Failure.usage("The \(word: register.label) has no amount in minor units.")
      }
      return Money(currency: text("currency"), minor: minor).description
    case .graded(let choices):
      guard let likelihood = Int(exactly: object.fields["likelihood"]?.numberValue ?? 0),
        (0...10_000).contains(likelihood), likelihood.isMultiple(of: 100)
      else { throw Failure.usage("The likelihood is in basis points, whole percents, 0 to 10000.") }
      return "\(choices.name(ofConstant: text("stage"))) \(likelihood / 100)%"
    default: throw Failure.usage("The \(word: register.label) cannot be a list or an object.")
    }
  default: throw Failure.usage("The \(word: register.label) cannot be a list or an object.")
  }
}

/// proto3 JSON writes 64-bit numbers as text, and reads them as either.
private func minorUnits(_ value: Google_Protobuf_Value?) -> Int64? {
  switch value?.kind {
  case nil, .nullValue: 0
  case .stringValue(let text): Int64(text)
  case .numberValue(let number): abs(number) < 9e15 ? Int64(exactly: number) : nil
  default: nil
  }
}

extension Choices {
  /// The choice that a constant of the protocol ends with; the text itself when there is none.
  fileprivate func name(ofConstant text: String) -> String {
    let name = fieldName(text.lowercased())
    return all.map(\.name).filter { name == $0 || name.hasSuffix("-" + $0) }.max { $0.count < $1.count }
      ?? text
  }
}
