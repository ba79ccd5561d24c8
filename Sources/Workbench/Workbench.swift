import Foundation
import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// What a person does with a replica, at one moment: made for one command, or one request.
///
/// What was read once is kept for as long as it lives, and every edit has its time. So whoever lives longer than a
/// command makes one for each thing that is done.
open class Workbench {
  package let replica: Replica
  /// Who is told, and in which language.
  package let reader: Reader
  /// Unix milliseconds, by this device's clock.
  package let now: Int64
  package let identity: Identity
  /// Hears what its user should know beside what was asked for.
  package let notice: (Phrase) -> Void
  private var knownPeople: People?
  private var knownAccounts: Accounts?
  var knownDepartments: KnownDepartments?
  /// Records that a person has judged to be two.
  var knownApart: Set<RecordPair>?
  private var knownHandles: [RecordID: Handle] = [:]
  /// What records that others point to are called.
  private var knownReferences: [Scope: [RecordID: String]] = [:]
  /// Short names of which was said that several accounts have them.
  private var toldNames: Set<String> = []
  /// What ids are made with.
  private let random: SharedGenerator

  /// - Parameter notice: Hears what its user should know beside what was asked for.
  package init(
    _ replica: Replica, reader: Reader, now: Int64, random: any RandomNumberGenerator,
    notice: @escaping (Phrase) -> Void
  ) throws {
    self.replica = replica
    self.reader = reader
    self.now = now
    self.random = SharedGenerator(random)
    self.notice = notice
    identity = try replica.identity()
  }

  package var moments: Moments { reader.moments(now) }

  /// Does something on a copy, with a workbench of the same reader and moment: what is edited there is forgotten.
  ///
  /// - Parameter body: Done once more when there is no room for the copy but in memory.
  package func rehearse<Value>(_ body: (Workbench) throws -> Value) throws -> Value {
    try replica.onTemporaryCopy {
      try body(try Workbench($0, reader: reader, now: now, random: random, notice: notice))
    }
  }

  package func people() throws -> People {
    try known(\.knownPeople) {
      People(try replica.records(ofKind: KindDescription.person.number), identity: identity, reader: reader)
    }
  }

  package func accounts() throws -> Accounts {
    try known(\.knownAccounts) {
      let scopes = try replica.scopes().map(\.scope).enumerated()
      return Accounts(
        try replica.records(ofKind: KindDescription.account.number),
        arrivals: Dictionary(
          scopes.compactMap { place, scope in if case .plan(let id) = scope { (id, place) } else { nil } },
          uniquingKeysWith: { first, _ in first }), reader: reader)
    }
  }

  /// What was read before, or reads it.
  package func known<Value>(
    _ place: ReferenceWritableKeyPath<Workbench, Value?>, _ read: () throws -> Value
  ) rethrows -> Value {
    if let value = self[keyPath: place] { return value }
    let value = try read()
    self[keyPath: place] = value
    return value
  }

  /// After a sync everything may be different.
  package func forget() {
    knownPeople = nil
    knownAccounts = nil
    knownDepartments = nil
    knownApart = nil
    knownHandles = [:]
    knownReferences = [:]
  }

  package func newID() -> RecordID {
    var random = random
    return RecordID.make(milliseconds: now, using: &random)
  }

  package func handle(_ id: RecordID) throws -> String {
    if knownHandles[id] == nil { try prepareHandles([id]) }
    return knownHandles[id]?.description ?? id.description
  }

  /// Looks handles up together: for one, all ids are read.
  private func prepareHandles(_ ids: Set<RecordID>) throws {
    let unknown = ids.filter { knownHandles[$0] == nil }
    knownHandles.merge(try replica.handles(for: Array(unknown))) { $1 }
  }

  /// Before many records are shown: the handles of what they point to.
  package func prepareReferences(_ views: [RecordView], _ registers: [RegisterDescription]) throws {
    let pointers = registers.filter { register in
      switch register.type {
      case .reference(KindDescription.person.number), .reference(KindDescription.account.number): false
      case .reference, .anyReference: true
      default: false
      }
    }
    guard !pointers.isEmpty else { return }
    var ids: Set<RecordID> = []
    for view in views {
      for pointer in pointers { if case .reference(let id)? = view.value(pointer) { ids.insert(id) } }
    }
    try prepareHandles(ids)
  }

  /// "7QK2 Call Ana"; thousands of sales point to the same few products.
  ///
  /// - Parameter scope: That of the record that points to it.
  package func reference(_ id: RecordID, from scope: Scope) throws -> String {
    if let words = knownReferences[scope]?[id] { return words }
    let words =
      try replica.record(id, from: scope).map { "\(try handle(id)) \(title($0))" }
      ?? reader.said("(not here yet)")
    knownReferences[scope, default: [:]][id] = words
    return words
  }

  /// Says, once a name, which of several accounts of one short name is meant.
  package func note(_ account: Accounts.Account, of several: [Accounts.Account]) throws {
    guard toldNames.insert(account.slug).inserted else { return }
    let others = try several.filter { $0.id != account.id }.map {
      Phrase.verbatim("\(try handle($0.id)) \($0.name)")
    }
    notice(
      """
      \(account.slug) is the short name of several accounts; this is \(try handle(account.id)) \(account.name), which has been \
      on this device longest, and not \(enumerated(others)). To tell them apart: \(action: .rename(account: "CODE"))
      """)
  }

  /// Lets the lines of a list that was printed be named by their number.
  package func remember(listed ids: [RecordID]) throws {
    guard try !replica.remember(listed: ids) else { return }
    notice(
      "The replica cannot be written now, so line numbers still mean the list before this one; use handles.")
  }

  // MARK: - Editing

  /// Stores one edit.
  ///
  /// - Parameter summary: What it does; kept in English, for whoever reads the history.
  ///
  /// - Returns: whether anything was different; saying a thing twice is no failure.
  @discardableResult
  package func edit(in scope: Scope, _ summary: Phrase, _ body: (inout Draft) throws -> Void) throws -> Bool {
    var random = random
    do {
      let receipt = try replica.edit(in: scope, summary: summary.description, now: now, using: &random, body)
      if receipt.clockWentBack > Self.clockErrorMillisecondsMin {
        notice(
          """
          This device's clock went back by \(Moments.span(receipt.clockWentBack)) since the last edit. \
          The edit is kept in its right order all the same.
          """)
      }
      return true
    } catch ReplicaError.nothingChanged {
      return false
    }
  }

  /// Stores several edits at once; each is kept or refused by itself.
  package func edit(each edits: [PlannedEdit]) throws -> [Result<EditReceipt, any Error>] {
    var random = random
    return try replica.edit(each: edits, now: now, using: &random)
  }

  /// Stores several edits at once, all of them or none.
  package func edit(all edits: [PlannedEdit], remembering merge: Merge?, isRehearsal: Bool) throws {
    var random = random
    try replica.edit(
      all: edits, remembering: merge, isRehearsal: isRehearsal, now: now, using: &random)
  }

  /// Below this a clock is right for everything that people do.
  static let clockErrorMillisecondsMin: Int64 = 2_000

  // MARK: - How old it is

  /// "synced 2 h ago, 3 changes waiting"
  package func age() throws -> Phrase {
    let progress = try replica.progress()
    let waiting = try replica.waitingCount()
    let synced: Phrase = progress.synced == 0 ? "never synced" : "synced \(moments.ago(progress.synced))"
    return waiting == 0 ? synced : "\(synced), \(counted(waiting, "change")) waiting"
  }
}

/// The generator that a workbench was given, shared by all that asks it: while an edit is made, what it writes takes new ids.
private final class SharedGenerator: RandomNumberGenerator {
  private var base: any RandomNumberGenerator

  init(_ base: any RandomNumberGenerator) { self.base = base }

  func next() -> UInt64 { base.next() }
}
