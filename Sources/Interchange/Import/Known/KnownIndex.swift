import PlanModel
import Replica
import Speech
import SyncCore
import Workbench

/// The records of a kind as an import knows them: a few dozen bytes and what it says for each, without stamps, so that a
/// hundred thousand of them take megabytes.
final class KnownIndex {
  /// One of a record's versions: it is still found by what it was called before a row changed it.
  private struct Version {
    let id: RecordID
    /// Where its registers lie: of a piece, and in it.
    let piece: UInt32
    let start: UInt32
    let length: UInt32
    let scope: UInt32
    var flags: Flags
  }

  private struct Flags: OptionSet {
    let rawValue: UInt8
    static let isAlive = Flags(rawValue: 1)
    static let isHidden = Flags(rawValue: 2)
    /// What it says is read where it is stored.
    static let isElsewhere = Flags(rawValue: 4)
    /// No row is about it: only who points to it may look for it.
    static let isOnlyPointedTo = Flags(rawValue: 8)
    static let isTaken = Flags(rawValue: 16)
  }

  /// Which versions have a key. Of the key only a hash is kept: of a hundred thousand keys two have the same by chance once
  /// in a billion files, and the seed of the hashes is another in every run.
  private struct Places {
    /// The last link of each key.
    private var heads: [Int: UInt32] = [:]
    private var links: [(version: UInt32, before: UInt32)] = []
    private static let none = UInt32.max

    mutating func add(_ version: Int, _ key: Int) {
      links.append((UInt32(version), heads[key] ?? Self.none))
      heads[key] = UInt32(links.count - 1)
    }

    /// The last one first.
    func forEach(_ key: Int, _ body: (Int) -> Void) {
      var link = heads[key] ?? Self.none
      while link != Self.none {
        body(Int(links[Int(link)].version))
        link = links[Int(link)].before
      }
    }
  }

  /// A record that says more than this is read again when a row may be about it.
  private static let lengthMax = 1_024
  private static let pieceBytes = 1 << 20

  private let kind: UInt32
  /// Reads a record as the rows so far have left it.
  private let read: (RecordID) throws -> RecordView?
  private var versions: [Version] = []
  /// So many of the versions are in the order of ids.
  private var sortedCount = 0
  /// Of records with versions behind those: the last one.
  private var latest: [RecordID: UInt32] = [:]
  private var pieces: [[UInt8]] = []
  private var scopes: [Scope] = []
  private var scopeNumbers: [Scope: UInt32] = [:]
  /// By way: those that no row has asked for are not made.
  private var places: [Int: Places] = [:]
  private var foreign = Places()
  /// Accounts by what their names are compared by, and by their short names.
  var alike: [String: Set<RecordID>] = [:]
  /// Accounts by what other systems call them, without the system; nil for what several have.
  var foreignNumbers: [Substring: RecordID?] = [:]
  private var last: (version: Int, view: RecordView)?

  init(kind: UInt32, _ read: @escaping (RecordID) throws -> RecordView?) {
    self.kind = kind
    self.read = read
  }

  // MARK: - Filling

  /// Takes a record that is here before the first row; ``sort()`` comes after the last.
  func addStored(_ id: RecordID, in scope: Scope, alive: Bool, _ body: ArraySlice<UInt8>) {
    versions.append(version(id, scope, alive ? .isAlive : [], body, isKept: body.count <= Self.lengthMax))
  }

  /// - Parameter body: Called with the records and the numbers of their versions, when something is to be noted of each.
  func sort(_ body: ((RecordView, Int) -> Void)?) throws {
    versions.sort { $0.id < $1.id }
    sortedCount = versions.count
    guard let body else { return }
    for place in versions.indices { if let view = try view(place) { body(view, place) } }
  }

  /// Takes what a row has made of a record.
  ///
  /// - Parameter isOnlyPointedTo: No row is about it.
  /// - Returns: the number of the version.
  func add(_ view: RecordView, isOnlyPointedTo: Bool) -> Int {
    var flags: Flags = view.state.alive ? .isAlive : []
    if view.isHidden { flags.insert(.isHidden) }
    if isOnlyPointedTo { flags.insert(.isOnlyPointedTo) }
    if let before = place(of: view.id), versions[before].flags.contains(.isTaken) { flags.insert(.isTaken) }
    let body = view.state.body.bytes
    versions.append(
      version(
        view.id, view.scope, flags, body[...], isKept: !isOnlyPointedTo && body.count <= Self.lengthMax))
    latest[view.id] = UInt32(versions.count - 1)
    return versions.count - 1
  }

  private func version(
    _ id: RecordID, _ scope: Scope, _ flags: Flags, _ body: ArraySlice<UInt8>, isKept: Bool
  ) -> Version {
    guard isKept else {
      return Version(
        id: id, piece: 0, start: 0, length: 0, scope: number(scope), flags: flags.union(.isElsewhere))
    }
    if pieces.last.map({ $0.count + body.count > Self.pieceBytes }) ?? true {
      pieces.append([])
      pieces[pieces.count - 1].reserveCapacity(Self.pieceBytes)
    }
    let piece = pieces.count - 1
    let start = pieces[piece].count
    pieces[piece] += body
    return Version(
      id: id, piece: UInt32(piece), start: UInt32(start), length: UInt32(body.count), scope: number(scope),
      flags: flags)
  }

  private func number(_ scope: Scope) -> UInt32 {
    if let number = scopeNumbers[scope] { return number }
    let number = UInt32(scopes.count)
    scopes.append(scope)
    scopeNumbers[scope] = number
    return number
  }

  // MARK: - One record

  /// The number of its last version.
  private func place(of id: RecordID) -> Int? {
    if let place = latest[id] { return Int(place) }
    var (low, high) = (0, sortedCount)
    while low < high {
      let middle = (low + high) / 2
      if versions[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < sortedCount && versions[low].id == id ? low : nil
  }

  /// Neither deleted itself, nor hidden with what it belongs to.
  func isShown(_ id: RecordID) -> Bool {
    place(of: id).map { versions[$0].flags.intersection([.isAlive, .isHidden]) == .isAlive } ?? false
  }

  func isTaken(_ id: RecordID) -> Bool {
    place(of: id).map { versions[$0].flags.contains(.isTaken) } ?? false
  }

  /// Whether a row may still be about it.
  func mayBeFound(_ id: RecordID) -> Bool {
    place(of: id).map { versions[$0].flags.isDisjoint(with: [.isTaken, .isOnlyPointedTo]) } ?? false
  }

  func take(_ id: RecordID) { if let place = place(of: id) { versions[place].flags.insert(.isTaken) } }

  func scope(of id: RecordID) -> Scope? { place(of: id).map { scopes[Int(versions[$0].scope)] } }

  func view(_ id: RecordID) throws -> RecordView? { try place(of: id).flatMap(view) }

  private func view(_ place: Int) throws -> RecordView? {
    if let last, last.version == place { return last.view }
    let version = versions[place]
    guard !version.flags.contains(.isElsewhere) else { return try read(version.id) }
    let (start, length) = (Int(version.start), Int(version.length))
    let state = RecordState(
      id: version.id, kind: kind, sequence: 0, alive: version.flags.contains(.isAlive),
      stamps: RecordStamps(),
      body: try Registers(Array(pieces[Int(version.piece)][start..<start + length])))
    let view = RecordView(
      scope: scopes[Int(version.scope)], state: state, isPending: true,
      isHidden: version.flags.contains(.isHidden))
    last = (place, view)
    return view
  }

  // MARK: - By a key

  /// The records that have a key in one way, in the order they were made or changed.
  ///
  /// - Parameter keys: Of a record, asked when nobody has looked in this way before.
  func found(_ key: some Hashable, way: Int, _ keys: (RecordView) -> [Int]) throws -> [RecordID] {
    if places[way] == nil {
      var made = Places()
      for place in versions.indices where !versions[place].flags.contains(.isOnlyPointedTo) {
        guard let view = try view(place) else { continue }
        for key in keys(view) { made.add(place, key) }
      }
      places[way] = made
    }
    return found(key.hashValue, among: places[way] ?? Places())
  }

  /// The ways that were asked for.
  var ways: [Int] { Array(places.keys) }

  func note(_ version: Int, _ keys: [Int], way: Int) { for key in keys { places[way]?.add(version, key) } }

  private func found(_ key: Int, among places: Places) -> [RecordID] {
    var ids: [RecordID] = []
    places.forEach(key) { ids.append(versions[$0].id) }
    guard ids.count > 1 else { return ids }
    var seen: Set<RecordID> = []
    return ids.reversed().filter { seen.insert($0).inserted }
  }

  // MARK: - By what other systems call it

  func noteForeign(_ text: String, _ version: Int) { foreign.add(version, text.hashValue) }

  /// The last one that is shown; else the first.
  func record(calledElsewhere text: String) -> RecordID? {
    var (shown, first): (Int?, Int?)
    foreign.forEach(text.hashValue) { place in
      first = place
      if shown == nil, versions[place].flags.intersection([.isAlive, .isHidden]) == .isAlive {
        shown = place
      }
    }
    return (shown ?? first).map { versions[$0].id }
  }
}
