import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Answers what a replica has not seen, from one snapshot.
///
/// Pages come from current records in order of their sequence: a record changed ten times is sent once, and a
/// record that changes while pages are being fetched is sent again. The server decides here what may be read, in the
/// same snapshot as the data, whatever the replica's checkpoint says.
///
/// - SeeAlso: Protocol/sync.md, "Pull".
package struct Pull {
  private let reading: any CanonicalReading
  private let author: Author
  private let organization: OrganizationRow
  private let echoes: [Push.EchoKey: UInt64]
  private let faults: PlantedFaults
  private var bytesLeft: Int
  private var recordsLeft: Int
  private var positions: [Checkpoint.Position] = []

  /// Fills in everything of the answer but the push's results.
  ///
  /// - Parameter echoes: Records the replica made itself in this request's push.
  /// - Throws: ``PullError``, ``Authentication/Failure``, or when the store fails.
  package static func answer(
    _ request: WireSyncRequest, push: Push.Answer, by author: Author, from reading: any CanonicalReading,
    now: Int64,
    faults: PlantedFaults = []
  ) throws -> WireSyncResponse {
    let organization = try reading.organization()
    let author = faults.contains(.remembersRights) ? author : try reading.current(author)
    var pull = Pull(
      reading: reading, author: author, organization: organization, echoes: push.echoes, faults: faults,
      bytesLeft: bound(request.maxBytes, Limits.pageBytesMax),
      recordsLeft: bound(request.maxRecords, Limits.pageRecordsMax))
    var response = header(organization, author, now)
    response.results = try pull.withoutForeignWords(push)
    switch push.state {
    case .ok: response.push = .ok
    case .fork: response.push = .fork
    case .readOnly: response.push = .readOnly
    case .gap(let expected):
      response.push = .gap
      response.expected = expected
    }
    try pull.fill(&response, request)
    return response
  }

  /// Tells a replica of another history to send again what it keeps; nothing else may be concluded from it.
  package static func historyReplaced(
    by author: Author, from reading: any CanonicalReading, now: Int64
  ) throws -> WireSyncResponse {
    var response = header(try reading.organization(), try reading.current(author), now)
    response.push = .epochChanged
    return response
  }

  private static func header(
    _ organization: OrganizationRow, _ author: Author, _ now: Int64
  ) -> WireSyncResponse {
    .with {
      $0.epoch = organization.epoch
      $0.serverMs = now
      $0.serverHlc = max(organization.clock.last, HybridClock.value(milliseconds: now))
      // Read in the same snapshot as the pages: a mutation at or below it is in them.
      $0.lastMutation = author.device.lastMutation
      $0.backedUp = author.device.backedUp
    }
  }

  /// A result made while its scope was readable may be asked for again when it is not: then without the values of
  /// others that are in it. Where it was made is what was noted then, not what the request says now.
  private func withoutForeignWords(_ push: Push.Answer) throws -> [WireMutationResult] {
    try push.results.map { result in
      guard result.effects.contains(where: \.hasOther) else { return result }
      if let scope = push.scopes[result.sequence],
        try reading.standing(of: author.user, in: scope).mayRead(scope.family)
      {
        return result
      }
      var bare = result
      for index in bare.effects.indices { bare.effects[index].clearOther() }
      return bare
    }
  }

  private static func bound(_ wanted: UInt32, _ maximum: Int) -> Int {
    wanted == 0 ? maximum : min(Int(wanted), maximum)
  }

  private func logChain(at number: UInt64) throws -> [UInt8] {
    try reading.logChain(at: faults.contains(.showsAnotherLog) ? number + 1 : number)
  }

  private mutating func fill(_ response: inout WireSyncResponse, _ request: WireSyncRequest) throws {
    let token = Array(request.checkpoint)
    let known = Checkpoint(unsealing: token, for: author.user.id, organization: organization) ?? Checkpoint()
    let manifest = try self.manifest()
    let version = try reading.manifestVersion(of: author.user)
    if version != known.manifestVersion { response.manifest = Self.message(manifest) }

    let held = Dictionary(known.positions.map { ($0.scope, $0) }, uniquingKeysWith: { $1 })
    let reset = Set(request.resetScopes)
    for entry in manifest {
      let position = reset.contains(entry.row.scope.description) ? nil : held[entry.row.number]
      try read(entry, from: position, into: &response)
    }
    var reached = Checkpoint(
      incarnation: known.incarnation, commits: known.commits, device: author.device.number,
      manifestVersion: version, positions: positions)
    // One that says nothing new stays as it is, however much was decided elsewhere meanwhile; but each start of the server
    // gives everybody a new one, so that a copy from before that start is known for what it is.
    let incarnation = try reading.currentIncarnation()?.id ?? 0
    if reached != known || token.isEmpty || known.incarnation != incarnation {
      reached.incarnation = incarnation
      reached.commits = organization.commits
      response.checkpoint = Data(reached.sealed(for: author.user.id, organization: organization))
    }
    // They are heard with the last page; before that they would be sent again and again.
    guard !response.more else { return }
    try addNotices(after: request.acknowledgedNotices, to: &response)
    if let end = try reading.logEnd() { response.log = end }
    // Of entries that the device was not shown it learns nothing.
    if request.hasShown, try reading.hasShown(request.shown) {
      response.shownChain = Data(try logChain(at: request.shown.number))
    }
  }

  private func manifest() throws -> [ManifestEntry] {
    let entries =
      faults.contains(.readsForeignScopes)
      ? try reading.scopes().map { ManifestEntry(row: $0, grantEpoch: 1, role: nil, isWritable: true) }
      : try reading.manifest(of: author.user)
    guard entries.count <= Limits.scopesPerUserMax else { throw PullError.tooManyScopes(entries.count) }
    return entries
  }

  private mutating func read(
    _ entry: ManifestEntry, from position: Checkpoint.Position?, into response: inout WireSyncResponse
  ) throws {
    let row = entry.row
    let start = usable(position, for: entry)
    // A scope that is up to date costs nothing; a new one is told even when it is empty.
    if let start, start.sequence == row.head {
      positions.append(
        Checkpoint.Position(
          scope: row.number, grantEpoch: entry.grantEpoch, sequence: row.head, floor: row.floor))
      return
    }
    guard recordsLeft > 0, bytesLeft > 0 else {
      response.more = true
      if let start { positions.append(start) }
      return
    }
    var page = WireScopePage()
    page.scope = row.scope.description
    page.reset = start == nil
    page.head = row.head
    let reached = try readRecords(of: row, after: start?.sequence ?? 0, into: &page)
    page.complete = reached == row.head
    if page.complete {
      page.digest = .with {
        $0.live = row.digest.live
        $0.sum = Data(row.digest.sumBytes)
      }
    } else {
      response.more = true
    }
    response.pages.append(page)
    positions.append(
      Checkpoint.Position(
        scope: row.number, grantEpoch: entry.grantEpoch, sequence: reached,
        floor: page.complete ? row.floor : start?.floor ?? row.floor))
  }

  /// A position from before the scope's tombstones were compacted would miss deletions; one that was begun under the
  /// floor that still stands cannot, so a slow bootstrap ends.
  private func usable(_ position: Checkpoint.Position?, for entry: ManifestEntry) -> Checkpoint.Position? {
    guard let position, position.grantEpoch == entry.grantEpoch, position.sequence <= entry.row.head else {
      return nil
    }
    if faults.contains(.noBootstrapFloor) { return position }
    return position.floor == entry.row.floor || position.sequence >= entry.row.floor ? position : nil
  }

  private mutating func readRecords(
    of row: ScopeRow, after start: UInt64, into page: inout WireScopePage
  ) throws -> UInt64 {
    var reached = row.head
    var previous = start
    var records: [Data] = []
    var bytesLeft = self.bytesLeft
    var recordsLeft = self.recordsLeft
    try reading.records(in: row.number, after: start) { id, sequence, encoded in
      let echo = echoes[Push.EchoKey(scope: row.number, sequence: sequence)]
      let bytes = echo.map { PageEntry.encodedEcho(id: id, sequence: sequence, mutation: $0) } ?? encoded
      // A page always holds one record, however large, so that paging ends.
      guard recordsLeft > 0, bytesLeft >= bytes.count || records.isEmpty else {
        reached = previous
        return false
      }
      records.append(Data(bytes))
      recordsLeft -= 1
      bytesLeft -= bytes.count
      previous = faults.contains(.cursorSkips) ? sequence + 1 : sequence
      return true
    }
    self.bytesLeft = bytesLeft
    self.recordsLeft = recordsLeft
    page.records = records
    return reached
  }

  /// As many as one answer holds: one at least, so that asking on ends.
  private func addNotices(after number: UInt64, to response: inout WireSyncResponse) throws {
    var bytesLeft = min(self.bytesLeft, Limits.noticesBytesMax)
    let start = faults.contains(.swallowsNotices) ? number + 1 : number
    let readable = try readableScopes(ofNoticesAfter: start)
    try reading.notices(to: author.user.id, after: start) { row in
      // Notices of scopes that are not readable any more are passed over, or they would hold up the others.
      guard readable.contains(row.scope) else { return true }
      var notice = try WireNotice(serializedBytes: row.notice)
      // The older ones hear of the newer: it is not told of itself, nor are those that joined later.
      guard notice.type != .newDevice || notice.device.number > author.device.number else { return true }
      let count = response.notices.count
      guard count < Limits.noticesPerResponseMax, bytesLeft >= row.notice.count || count == 0 else {
        response.moreNotices = true
        return false
      }
      bytesLeft -= row.notice.count
      notice.number = row.number
      response.notices.append(notice)
      return true
    }
  }

  /// Worked out before: while the notices come, nothing else is asked of the store.
  private func readableScopes(ofNoticesAfter number: UInt64) throws -> Set<Scope> {
    var scopes: Set<Scope> = []
    try reading.notices(to: author.user.id, after: number) { row in
      scopes.insert(row.scope)
      return true
    }
    return try scopes.filter { try reading.standing(of: author.user, in: $0).mayRead($0.family) }
  }

  private static func message(_ manifest: [ManifestEntry]) -> WireManifest {
    .with {
      $0.entries = manifest.map { entry in
        .with {
          $0.scope = entry.row.scope.description
          $0.grantEpoch = entry.grantEpoch
          $0.role = entry.role.flatMap { KamAccountRole(rawValue: $0.rawValue) } ?? .unspecified
          $0.writable = entry.isWritable
        }
      }
    }
  }
}

package enum PullError: Error, Equatable, Sendable {
  case tooManyScopes(Int)
}
