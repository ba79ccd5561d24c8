import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Every value the registers of a record had: who, when, on which device, with what result.
package enum HistoryQuery {
  /// - Returns: nil when the person may not read the scope, or there is none.
  package static func answer(
    _ request: WireHistoryRequest, by author: Author, from reading: any CanonicalReading
  ) throws -> WireHistoryResponse? {
    guard let scope = Scope(request.scope), let record = RecordID(request.record),
      try reading.standing(of: author.user, in: scope).mayRead(scope.family),
      let row = try reading.scope(scope)
    else { return nil }
    let limit = request.limit == 0 ? 100 : min(Int(request.limit), Limits.historyEntriesMax)
    var response = WireHistoryResponse()
    var bytesLeft = Limits.historyBytesMax
    let before = request.before == 0 ? nil : Int64(clamping: request.before)
    var found: [HistoryRow] = []
    try reading.history(of: record, in: row.number, before: before) { row in
      // One always, however long, so that asking on ends.
      guard found.count < limit, bytesLeft >= row.entry.count || found.isEmpty else {
        response.more = true
        return false
      }
      bytesLeft -= row.entry.count
      found.append(row)
      return true
    }
    for row in found {
      var entry = try WireHistoryEntry(serializedBytes: row.entry)
      entry.number = UInt64(row.number)
      if let user = try RecordID(entry.user).flatMap({ try reading.user($0) }) { entry.userName = user.name }
      // Only its person and admins are told the name of a device.
      if author.user.role == .admin || RecordID(entry.user) == author.user.id,
        let device = try reading.device(entry.replica)
      {
        entry.deviceName = device.name
      }
      response.entries.append(entry)
    }
    return response
  }
}
