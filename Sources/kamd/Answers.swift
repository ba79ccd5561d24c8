import Foundation
import ConnectRPC
import PlanServer

/// Asks the running server, or the directory when none runs.
///
/// - Throws: `AdminRefusal` with the server's sentence when it could not be done.
func ask<Request: AdminRequest>(
  _ request: Request, _ directory: DataDirectory
) async throws -> Request.Answer {
  try await LocalAdministration.perform(request, directory)
}

/// Prints an answer for people or, with `--json`, for programs.
func show(_ answer: some Encodable, _ option: JSONOption, _ forPeople: () -> Void) throws {
  if option.json { try printJSON(answer) } else { forPeople() }
}

/// Prints an answer with an invite, which comes last.
///
/// - Parameter user: Whom the command has changed.
func show(
  _ invite: AdminAnswer.NewInvite, of user: Only<AdminAnswer.User>? = nil, _ directory: DataDirectory,
  _ option: JSONOption, _ forPeople: () -> Void
) throws {
  let invite = try LocalAdministration.invite(invite, directory)
  guard !option.json else {
    return try printJSON(
      InviteDocument(users: user, invite: invite.text, serverKey: invite.fingerprint))
  }
  forPeople()
  if let key = invite.fingerprint {
    print("kam join shows this key of the server; tell it them by another way:  \(key)")
  }
  print(invite.text)
}

private struct InviteDocument: Encodable {
  let users: Only<AdminAnswer.User>?
  let invite: String
  let serverKey: String?
}

private func printJSON(_ answer: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  print(String(decoding: try encoder.encode(answer), as: UTF8.self))
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
