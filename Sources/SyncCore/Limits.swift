/// The bounds of everything that comes from outside. Published in Hello; Protocol/sync.md lists them with reasons.
package enum Limits {
  /// A train's connection uploads 4 MiB in half a minute; larger pushes are cut in several requests.
  package static let requestBytesMax = 4 << 20
  /// Of a request's mutations: leaves room for the checkpoint and the rest of it.
  package static let pushBytesMax = requestBytesMax - (256 << 10)
  /// Text compresses well; four times the request keeps honest pushes whole and bombs small.
  package static let decompressedBytesMax = 16 << 20
  /// Keeps one write transaction under a second.
  package static let mutationsPerRequestMax = 5_000
  /// A mutation is one action of one person; this is a large paste, not an import.
  package static let changesPerMutationMax = 200
  package static let guardsPerMutationMax = 400
  /// Registers that one change clears, or names the stamps of: no kind has as many.
  package static let registersPerChangeMax = 64
  /// What one change sets, all values together.
  package static let changeBytesMax = 1 << 20
  /// Edits, changes, guards, stamps and numbers of one request together. A message takes some hundred bytes of memory,
  /// whatever its length; an honest request of 4 MiB has a third of these.
  package static let elementsPerRequestMax = 300_000
  /// Of 2,000 scopes about 50 KB.
  package static let checkpointBytesMax = 256 << 10
  /// By the last byte of a record's id.
  package static let bucketsMax = 256
  /// A long note. Files do not belong in a plan.
  package static let valueBytesMax = 256 << 10
  package static let pageBytesMax = 4 << 20
  package static let pageRecordsMax = 5_000
  /// Bounds the manifest and the checkpoint.
  package static let scopesPerUserMax = 2_000
  /// That are not deleted: each has two scopes, beside the directory.
  package static let accountsMax = (scopesPerUserMax - 1) / 2
  /// Founded by one person and not deleted: more than anybody keeps, and a fifth of what there is room for. Admins are
  /// bound by the organisation's limit only.
  package static let accountsFoundedMax = 200
  /// A person's day of typing; who brings more is an admin who imports.
  package static let accountsFoundedPerDayMax = 50
  /// Records that a lead adds to the directory in a day: a price list. Every replica holds them, and only admins delete.
  package static let directoryRecordsPerDayMax = 1_000
  /// Roles that one person gives in a day: each may put a whole account on somebody's laptop.
  package static let sharesPerDayMax = 500
  /// Of the organisation's own. A task names one; nobody works in more.
  package static let departmentsMax = 500
  /// Of one person: each lets in a device.
  package static let openInvitesMax = 20
  /// A minute covers honest clocks; anything further would win over edits that are really later.
  package static let aheadMillisecondsMax: Int64 = 60_000
  package static let summaryScalarsMax = 200
  package static let deviceNameScalarsMax = 100
  /// Of one person, at work: more than anybody has at hand, and as many as one looks through when asked whether they are
  /// all one's own. Their numbers are in everybody's directory.
  package static let devicesPerPersonMax = 20
  /// Of one person in a day: their numbers stay, also when they are ended at once.
  package static let copiesPerDayMax = 20
  /// How long after a device was seen to be two the second one may ask for a number of its own. It asks at once.
  package static let forkMilliseconds: Int64 = 3_600_000
  /// A device changes its secret once a month; ended ones are remembered for ever.
  package static let secretsPerDeviceMax = 1_000
  /// Of somebody else's value in a result, a notice or an entry of history: longer ones are there with their beginning. The
  /// whole is in the entry of the edit that wrote it.
  package static let otherValueBytesMax = 1 << 10
  /// What is kept of the words of an edit that was refused.
  package static let refusedBytesMax = 1 << 10
  package static let historyEntriesMax = 500
  package static let historyBytesMax = 4 << 20
  package static let noticesPerResponseMax = 500
  /// Of all notices in an answer, which leaves room for the rest of it.
  package static let noticesBytesMax = 1 << 20
  /// How long acknowledged edits are kept at least; in all, until the server says that they are in a backup.
  package static let outboxKeptMilliseconds: Int64 = 30 * 86_400_000
  /// How long after an epoch began an edit of the history before waits for what it needs: long enough for everybody to
  /// come back from leave.
  package static let formerMilliseconds: Int64 = 30 * 86_400_000
  /// How long notices and tombstones wait for a device that is away.
  package static let tombstoneKeptMilliseconds: Int64 = 90 * 86_400_000

  package static let protocolVersion: UInt32 = 2
  package static let protocolVersionMin: UInt32 = 2
}
