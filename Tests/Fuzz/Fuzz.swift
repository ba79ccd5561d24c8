import CZlib
import ConnectRPC
import Foundation
import PlanModel
import ProtocolMessages
import Replica
import SQLiteStore
import SourceFiles
import SwiftProtobuf
import SyncCore
import SyncServer
import Tabular

/// Throws whatever libFuzzer finds at the decoders of what comes from outside: none may trap.
///
///     fuzz TARGET [libFuzzer's options]
@main
enum Fuzz {
  static func main() {
    guard CommandLine.arguments.count > 1, let found = Target(rawValue: CommandLine.arguments[1]) else {
      FileHandle.standardError.write(
        Data(
          "usage: fuzz \(Target.allCases.map(\.rawValue).joined(separator: "|")) [options of libFuzzer]\n"
            .utf8))
      exit(2)
    }
    target = found
    var arguments =
      ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)).map { strdup($0) } + [nil]
    var count = Int32(arguments.count - 1)
    let code = arguments.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      return runDriver(&count, &start) { bytes, count in
        Fuzz.target.take(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
      }
    }
    exit(code)
  }

  /// Set once, before the driver runs on this thread.
  nonisolated(unsafe) private static var target = Target.record
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

enum Target: String, CaseIterable {
  /// Records and pages, as a replica reads them from a server.
  case record
  /// Registers of every kind, as a server checks them.
  case register
  /// A whole request: decoded and decided by a real server on a real store.
  case sync
  /// What people type, and what files hold: dates, amounts, ids, handles.
  case text
  /// A sync answer, taken by a replica.
  case answer
  /// The file of a workbook.
  case archive
  /// How much a request holds, found on its bytes: what passes is within the bounds once it is decoded.
  case bounds
  /// The same of JSON.
  case json
  /// One part of a workbook, of which the first byte says which, in an archive that is right.
  case workbook
  /// A file of rows: encoding, separator, headings, cells.
  case table
  /// A file of vCards, and the same as JSON texts.
  case cards

  func take(_ bytes: [UInt8]) {
    switch self {
    case .record: record(bytes)
    case .register: register(bytes)
    case .sync: Office.shared.take(bytes)
    case .text: text(bytes)
    case .answer: answer(bytes)
    case .archive: Spreadsheets.read(bytes)
    case .bounds: bounds(bytes)
    case .json: json(bytes)
    case .workbook: Spreadsheets.read(Spreadsheets.archive(with: bytes))
    case .table: Files.readTable(bytes)
    case .cards: Files.readCards(bytes)
    }
  }

  private func bounds(_ bytes: [UInt8]) {
    guard (try? RequestBounds.sync.check(bytes)) != nil else { return }
    guard let request = try? KamSyncRequest(serializedBytes: bytes) else { return }
    precondition(request.push.count <= Limits.mutationsPerRequestMax)
    precondition(request.resetScopes.count <= Limits.scopesPerUserMax)
    for mutation in request.push {
      precondition(mutation.changes.count <= Limits.changesPerMutationMax)
      precondition(mutation.guards.count <= Limits.guardsPerMutationMax)
      for change in mutation.changes {
        precondition(change.clear.count <= Limits.registersPerChangeMax)
        precondition(change.base.allSatisfy { $0.registers.count <= Limits.registersPerChangeMax })
      }
    }
  }

  /// Against Foundation's own parser.
  private func json(_ bytes: [UInt8]) {
    guard JSONShape.excess(bytes, levelsMax: 8, elementsMax: 50) == nil else { return }
    guard let value = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) else {
      return
    }
    let (depth, members) = Self.shape(of: value)
    precondition(depth <= 8 && members <= 50, "\(depth) levels and \(members) members passed")
  }

  /// Of an object with a name twice the parser keeps one: never more than there are.
  private static func shape(of value: Any) -> (depth: Int, members: Int) {
    let inner = ((value as? [Any]) ?? (value as? [String: Any]).map { Array($0.values) })
    guard let inner else { return (0, 0) }
    let shapes = inner.map(shape)
    return (
      1 + (shapes.map(\.depth).max() ?? 0),
      max(1, inner.count) + shapes.reduce(0) { $0 + $1.members }
    )
  }

  private func record(_ bytes: [UInt8]) {
    guard case .state(let state)? = try? PageEntry(decoding: bytes) else { return }
    // What can be read can be written, and reads back the same.
    guard let again = try? RecordState(decoding: state.encoded), again == state else {
      preconditionFailure("a record that was read cannot be written")
    }
    _ = ScopeDigest.fingerprint(state)
  }

  private func register(_ bytes: [UInt8]) {
    guard let registers = try? Registers(bytes) else { return }
    for kind in PlanModel.kinds {
      for field in registers.fields {
        guard let register = kind.register(field.number) else { continue }
        _ = try? register.type.decode(registers.bytes[field.start..<field.end])
      }
    }
  }

  private func text(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    _ = PlanDate(text).map(\.milliseconds)
    _ = Handle(text)
    _ = RecordID(text)
    _ = Scope(text)
    if let money = Money(text), Money(money.description) != money {
      preconditionFailure("an amount that was read does not read back")
    }
    for kind in PlanModel.kinds { for register in kind.registers { _ = try? register.type.parse(text) } }
  }

  private func answer(_ bytes: [UInt8]) {
    guard let response = try? WireSyncResponse(serializedBytes: bytes),
      let replica = try? Replica(inMemory: ())
    else { return }
    do {
      try replica.join(Office.identity, epoch: "e")
      var session = SyncSession(replica)
      _ = try session.handle(.begin)
      _ = try session.handle(.answered(request: 1, response, sent: 0, received: 1))
    } catch {
      return
    }
  }
}

/// A server with a person and an account.
private final class Office {
  nonisolated(unsafe) static let shared = Office()
  static let identity = Identity(
    organization: "F", person: RecordID(high: 0x7000, low: 1 << 63), name: "F", email: "f@f.example",
    role: .admin,
    replica: 1)
  private let store: SQLiteStore
  private let author: Author
  private var now: Int64 = 1_780_000_000_000

  init() {
    do {
      let store = try SQLiteStore(inMemory: ())
      var random = SystemRandomNumberGenerator()
      let now = now
      let user = try store.write {
        try Founding.found(
          name: "F", adminEmail: "f@f.example", adminName: "F", in: $0, now: now, using: &random)
      }
      let device = DeviceRow(
        number: 1, user: user.id, name: "f", secretHash: [UInt8](repeating: 0, count: 32), copiedFrom: 0,
        created: now)
      try store.write { try $0.save(device) }
      self.store = store
      author = Author(user: user, device: device)
    } catch {
      preconditionFailure("an empty organisation can be made: \(error)")
    }
  }

  func take(_ bytes: [UInt8]) {
    guard var request = try? WireSyncRequest(serializedBytes: bytes) else { return }
    now += 1
    // Past what is always refused.
    request.protocol = 2
    request.replica = 1
    request.epoch = ""
    do {
      var sequence = try store.read { try $0.device(1)?.lastMutation ?? 0 }
      for index in request.push.indices {
        sequence += 1
        request.push[index].sequence = sequence
      }
      let push = try store.write { try SyncExchange.push(request, by: author, in: $0, now: now) }
      let response = try store.read {
        try SyncExchange.answer(request, push: push, by: author, from: $0, now: now)
      }
      _ = try response.serializedBytes() as [UInt8]
    } catch {
      return
    }
  }
}

private enum Spreadsheets {
  static func read(_ bytes: [UInt8]) {
    var limits = Workbook.Limits()
    limits.inflatedBytes = 1 << 22
    limits.cells = 100_000
    limits.textBytes = 1 << 20
    do throws(WorkbookError) {
      let book = try Workbook(bytes, limits: limits)
      for sheet in 0..<(book.sheets.count + book.hiddenSheets.count) {
        for row in try book.rows(of: sheet, limits: limits) {
          precondition((1...Workbook.rowsMax).contains(row.number), "a row that no spreadsheet has")
          precondition(
            row.cells.last?.isEmpty == false && row.cells.count <= Workbook.columnsMax, "a row's end")
        }
      }
    } catch {
      return
    }
  }

  private static let parts = [
    (
      "xl/worksheets/sheet1.xml",
      #"<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>46024.5</v></c><c t="s"><v>0</v></c></row></sheetData></worksheet>"#
    ),
    ("xl/sharedStrings.xml", "<sst><si><r><t>a_x000D_</t></r><rPh><t>b</t></rPh></si></sst>"),
    (
      "xl/styles.xml",
      #"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-40C]d/m"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>"#
    ),
    (
      "xl/workbook.xml",
      #"<workbook><workbookPr date1904="1"/><sheets><sheet name="One" r:id="r"/></sheets></workbook>"#
    ),
    (
      "xl/_rels/workbook.xml.rels",
      #"<Relationships><Relationship Id="r" Type="t/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    ),
  ]

  /// The bytes after the first stand for the content of the part that it says.
  static func archive(with bytes: [UInt8]) -> [UInt8] {
    let chosen = Int(bytes.first ?? 0) % parts.count
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (index, part) in parts.enumerated() {
      let content = index == chosen ? Array(bytes.dropFirst()) : Array(part.1.utf8)
      let name = Array(part.0.utf8)
      let checksum = content.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
      let fields =
        little(0, 8) + little(checksum, 4) + little(content.count, 4) + little(content.count, 4)
        + little(name.count, 4)
      directory += little(0x0201_4B50, 4) + little(0, 4) + fields + little(0, 10) + little(archive.count, 4)
      directory += name
      archive += little(0x0403_4B50, 4) + little(0, 2) + fields + name + content
    }
    let end =
      little(0x0605_4B50, 4) + little(0, 4) + little(parts.count, 2) + little(parts.count, 2)
      + little(directory.count, 4) + little(archive.count, 4) + little(0, 2)
    return archive + directory + end
  }

  private static func little(_ value: some BinaryInteger, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: UInt64(value) >> UInt64(8 * $0)) }
  }
}
