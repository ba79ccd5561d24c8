import Foundation
import ConnectRPC
import PlanServer

/// Asks the running server, or the directory when none runs.
///
/// - Throws: ``CommandFailure`` with the server's sentence when it could not be done.
func ask(_ command: AdminCommand, _ directory: DataDirectory) throws -> AdminAnswer {
  let answer = try Host.perform(command, directory)
  if let sentence = answer.error { throw CommandFailure(sentence: sentence) }
  return answer
}

/// Prints an answer for people or, with `--json`, for programs; an invite comes last.
func show(
  _ answer: AdminAnswer, invite: AdminAnswer.NewInvite? = nil, _ directory: DataDirectory,
  _ option: JSONOption,
  _ forPeople: () -> Void
) throws {
  let invite = try invite.map { try Host.invite($0, directory) }
  if option.json {
    try printJSON(answer, invite?.text, invite?.fingerprint)
  } else {
    forPeople()
    if let key = invite?.fingerprint {
      print("kam join shows this key of the server; tell it them by another way:  \(key)")
    }
    if let invite { print(invite.text) }
  }
}

private struct Document: Encodable {
  var users: [AdminAnswer.User]?
  var devices: [AdminAnswer.Device]?
  var departments: [AdminAnswer.Department]?
  var status: AdminAnswer.Status?
  var audit: [AdminAnswer.AuditEntry]?
  var integrity: AdminAnswer.Integrity?
  var certificate: AdminAnswer.Certificate?
  var invite: String?
  var serverKey: String?
}

private func printJSON(_ answer: AdminAnswer, _ invite: String?, _ serverKey: String?) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  let document = Document(
    users: answer.users, devices: answer.devices, departments: answer.departments, status: answer.status,
    audit: answer.audit,
    integrity: answer.integrity, certificate: answer.certificate, invite: invite,
    serverKey: serverKey)
  print(String(decoding: try encoder.encode(document), as: UTF8.self))
}

/// Columns as wide as they need to be; control characters of names are shown, not sent to the terminal.
func printTable(_ heads: [String], _ rows: [[String]]) {
  let lines = (heads.isEmpty ? [] : [heads]) + rows.map { $0.map(LineLogHandler.escaped) }
  guard let columns = lines.map(\.count).max() else { return }
  let widths = (0..<columns).map { column in lines.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
  }
  for line in lines {
    let cells = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
    print(cells.joined(separator: "  ").replacing(/\s+$/, with: ""))
  }
}

/// `2026-11-23 18:20` in local time.
func instant(_ milliseconds: Int64) -> String {
  var seconds = time_t(milliseconds / 1000)
  var parts = tm()
  localtime_r(&seconds, &parts)
  var buffer = [CChar](repeating: 0, count: 32)
  strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M", &parts)
  return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
}
