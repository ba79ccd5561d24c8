import Foundation
import Indicators
import Markup
import PlanModel
import Replica
import Speech
import SyncCore
import Views
import Wording
import Workbench

/// The review pack of an account, or of all.
struct Report: Command {
  static let name = "report"
  static let about: Phrase = "A review pack as one page for browser and print: of an account, or of all."
  static let more: Phrase = """
    ACCOUNT, or the word portfolio. The pack of an account is for the customer's board: margins, lifetime value, health \
    and tasks are only in it with --internal, objectives and projects only when they are shared (--shared yes), next \
    steps only with --next-steps, remarks only when five people answered. Read it before you show it.

    A pack is made of synced records only. Once its period is over and you have synced since, it is frozen: the same command \
    gives the same bytes for ever, whatever comes in late. --since says what has changed, --fresh makes a new edition.
    """

  @Takes("ACCOUNT", "The account, or portfolio.") var account: String
  @Takes("--period PERIOD", "2026Q3, 2026, 2026-09, or FROM..TO; the last whole quarter otherwise.")
  var period: String?
  @Takes("FILE --out", "The file, such as review.html.") var out: String?
  @Takes("--internal", "With what is for us only: margins, lifetime value, health.") var isInternal = false
  @Takes("--next-steps", "With what was agreed in the last talks, as it was written.") var showsNextSteps =
    false
  @Takes(
    "--without PART",
    "Without this part: figures, satisfaction, service, business, plan or people; can be repeated.")
  var without: [String] = []
  @Takes("--since", "Say what has changed since the pack was frozen, and write nothing.") var since = false
  @Takes("--fresh", "Make a new edition of a frozen pack.") var fresh = false
  @Takes("--edition N", "An earlier edition of a frozen pack.") var edition: Int?
  @Takes(
    "--currency CURRENCY", "Count in this currency; others are converted by the rates of `kam exchange-rate`."
  ) var currency: String?
  @Takes("--force", "Replace the file, also when it is no pack.") var force = false
  let json = JSONOutput()

  func validate() throws {
    guard since || out != nil else { throw Failure.usage("Name the file: --out review.html") }
    guard !(fresh && edition != nil) else {
      throw Failure.usage("--fresh makes a new edition: leave --edition out.")
    }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let job = try PackJob(workspace, self)
    if since {
      try job.tellChanges(json: json.isWanted)
    } else {
      try job.write(fresh: fresh, edition: edition, json: json.isWanted)
    }
    try workspace.showAge()
  }
}

/// One pack, from what was typed to the file and what is told of it.
private struct PackJob {
  private let workspace: Workspace
  private let maker: PackMaker
  private let period: Period
  private let out: String?
  private let replaces: Bool
  private var console: Console { workspace.console }

  init(_ workspace: Workspace, _ report: Report) throws {
    self.workspace = workspace
    let account = try folded(report.account) == "portfolio" ? nil : workspace.account(report.account)
    let today = workspace.moments.day(after: 0)
    period = try report.period.map(workspace.period) ?? Period.quarter(of: today).previous
    guard period.from <= today else {
      throw Failure.usage("--period: \(period.spoken) has not begun.")
    }
    let currency = try workspace.days(DayTexts(currency: report.currency)).currency
    let order = PackOrder(
      account: account, period: period, currency: currency, isInternal: report.isInternal,
      showsNextSteps: report.showsNextSteps, without: try Set(report.without.map(Self.part)),
      hasPlainSigns: !workspace.console.symbols.isUnicode)
    maker = try PackMaker(workspace, order, programVersion: Program.version)
    out = report.out
    replaces = report.force
  }

  private static func part(_ word: String) throws -> PackPart {
    guard let part = PackPart(rawValue: word.lowercased()) else {
      throw Failure.usage(
        fieldSentence(.unknownChoice(word, PackPart.allCases.map(\.rawValue)), of: "without"))
    }
    return part
  }

  // MARK: Writing

  func write(fresh: Bool, edition: Int?, json isJSON: Bool) throws {
    guard let out else { return }
    guard try replaces || mayReplace(out) else {
      throw Failure.refused("\(out) is there already, and is no pack; --force replaces it.")
    }
    let editions = try maker.editions()
    let kept = fresh ? nil : try maker.edition(edition, of: editions)
    let (page, frozen) =
      try kept.map { (page: $0.page, frozen: Optional($0)) } ?? makeAndSave(after: editions.last, to: out)
    if kept != nil { try save(page, to: out) }
    if isJSON {
      printJSON(out, bytes: page.count, edition: frozen?.edition, isNew: kept == nil)
    } else {
      tell(out, frozen, isNew: kept == nil)
    }
  }

  /// What cannot be written is not frozen either.
  private func makeAndSave(
    after last: FrozenPack?, to file: String
  ) throws -> (page: [UInt8], frozen: FrozenPack?) {
    let waiting = try workspace.replica.waitingCount()
    if waiting > 0 {
      console.note(
        "\(counted(waiting, "change")) waiting to be synced: a pack is made of what is synced only.")
    }
    let made = try maker.made(after: last)
    let page = Array(PackHTML.page(made.pack).utf8)
    try save(page, to: file)
    return (page, try maker.freeze(made, page: page))
  }

  private func tell(_ file: String, _ frozen: FrozenPack?, isNew: Bool) {
    guard let frozen else {
      return console.say(
        maker.isOver
          ? "Wrote \(file): a draft, as this replica was last synced before the end of \(period.spoken). Run `kam sync` first."
          : "Wrote \(file): a draft, as \(period.spoken) is not over yet.")
    }
    let edition = frozen.edition
    guard !isNew else {
      return console.say("Wrote \(file): edition \(edition) of \(period.spoken), frozen from now on.")
    }
    let age = workspace.moments.ago(frozen.madeAt)
    console.say("Wrote \(file): edition \(edition) of \(period.spoken), as it was frozen \(age).")
    console.say("What has changed since: --since. A new edition: --fresh.", .dim)
  }

  private func printJSON(_ file: String, bytes: Int, edition: Int?, isNew: Bool) {
    console.document(
      JSON.object([
        ("file", .text(file)), ("bytes", .integer(bytes)), ("period", .text(period.name)),
        ("edition", edition.map { .integer($0) } ?? .null), ("frozen", .flag(edition != nil)),
        ("new", .flag(isNew)),
      ]).document)
  }

  /// Whether nothing that somebody else has made is lost when a pack takes this file's place: there is none, or a pack.
  private func mayReplace(_ path: String) throws -> Bool {
    guard FileManager.default.fileExists(atPath: path) else { return true }
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    // A directory opens and cannot be read.
    guard let start = try? file.read(upToCount: 1_024) else { return false }
    return PackHTML.isPack(String(decoding: start, as: UTF8.self))
  }

  /// Whole or not at all.
  private func save(_ page: [UInt8], to file: String) throws {
    do {
      try Data(page).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch let error as CocoaError {
      throw Failure.refused("\(file) cannot be written: \(error.localizedDescription)")
    }
  }

  // MARK: Changes

  func tellChanges(json isJSON: Bool) throws {
    guard let changes = try maker.changes() else {
      throw Failure.notFound(
        "This pack was never frozen, so nothing can have changed since: write it with --out first.")
    }
    if isJSON { return console.document(try changes.json().document) }
    let (edition, age) = (changes.last.edition, workspace.moments.ago(changes.last.madeAt))
    guard !changes.changes.isEmpty else {
      return console.say("Nothing has changed since edition \(edition), made \(age).")
    }
    console.say("Since edition \(edition), made \(age):", .strong)
    var table = Table([
      .init(title: "figure", shrinks: true, isKey: true), .init(title: "before", isNumber: true, isKey: true),
      .init(title: "now", isNumber: true, isKey: true), .init(title: "why"),
    ])
    for change in changes.changes {
      table.add([
        workspace.said(change.now.indicator.name), change.textBefore,
        workspace.said(change.now.value?.spoken ?? "n/a"),
        workspace.said(change.reason),
      ])
    }
    console.show(table)
  }
}
