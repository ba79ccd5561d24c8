import Foundation
import Indicators
import Markup
import Pages
import PlanModel
import Replica
import Speech
import SyncCore
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

  func run() throws {
    let workspace = try Workspace()
    let job = try PackJob(workspace, self)
    if since {
      try job.tellChanges(json: json.isWanted)
    } else {
      try job.write(fresh: fresh, edition: edition, json: json.isWanted)
    }
    try workspace.showAge()
  }
}

/// One pack in the making.
private struct PackJob {
  let workspace: Workspace
  let account: RecordID?
  let days: Days
  let period: Period
  let name: PackName
  let out: String?
  let isInternal: Bool
  let showsNextSteps: Bool
  let without: Set<AccountReview.Part>
  private let replaces: Bool
  private let synced: Int64

  init(_ workspace: Workspace, _ report: Report) throws {
    self.workspace = workspace
    account = try folded(report.account) == "portfolio" ? nil : workspace.account(report.account)
    let today = workspace.moments.day(after: 0)
    period = try report.period.map(workspace.period) ?? Period.quarter(of: today).previous
    guard period.from <= today else {
      throw Failure.usage("--period: \(period.spoken) has not begun.")
    }
    var days = try workspace.days(DayTexts(currency: report.currency))
    days.period = period
    self.days = days
    without = try Set(report.without.map(Self.part))
    isInternal = report.isInternal
    showsNextSteps = report.showsNextSteps
    out = report.out
    replaces = report.force
    synced = try workspace.replica.progress().synced
    let parts = (without.map(\.rawValue).sorted() + (showsNextSteps ? ["next-steps"] : [])).joined(
      separator: ",")
    let currency = days.currency ?? ""
    // A page for a terminal without UTF-8 has other signs.
    let language = workspace.shell.language.code + (workspace.console.symbols.isUnicode ? "" : "-plain")
    name = PackName(
      account: account, period: period.name,
      variant: [language, account == nil || isInternal ? "internal" : "customer", currency, parts].joined(
        separator: "/"))
  }

  private static func part(_ word: String) throws -> AccountReview.Part {
    guard let part = AccountReview.Part(rawValue: word.lowercased()) else {
      throw Failure.usage(
        fieldSentence(.unknownChoice(word, AccountReview.Part.allCases.map(\.rawValue)), of: "without"))
    }
    return part
  }

  /// Nothing that happens from now on belongs to it, at no account on earth.
  private var isOver: Bool { workspace.shell.now > Self.end(of: period) }
  /// This replica has seen the server after that: what is frozen earlier lacks what others had noted by then.
  private var isComplete: Bool { synced > Self.end(of: period) }

  /// The period's last midnight comes last twelve hours west of Greenwich.
  private static func end(of period: Period) -> Int64 { period.to.milliseconds + 36 * 3_600_000 }

  // MARK: Writing

  func write(fresh: Bool, edition: Int?, json isJSON: Bool) throws {
    guard let out else { return }
    guard try replaces || mayReplace(out) else {
      throw Failure.refused("\(out) is there already, and is no pack; --force replaces it.")
    }
    let editions = try workspace.replica.packs(name)
    if let edition, !editions.contains(where: { $0.edition == edition }) {
      throw Failure.notFound(
        editions.isEmpty
          ? "This pack was never frozen." : "There is no edition \(edition); the last is \(editions.count).")
    }
    let kept =
      fresh ? nil : edition.flatMap { wanted in editions.first { $0.edition == wanted } } ?? editions.last
    let made =
      try kept.map { (page: $0.page, edition: Optional($0.edition), isNew: false) }
      ?? makeAndSave(after: editions.last)
    if kept != nil { try save(made.page, to: out) }
    if isJSON {
      workspace.console.document(
        JSON.object([
          ("file", .text(out)), ("bytes", .integer(made.page.count)), ("period", .text(period.name)),
          ("edition", made.edition.map { .integer($0) } ?? .null), ("frozen", .flag(made.edition != nil)),
          ("new", .flag(made.isNew)),
        ]).document)
    } else {
      tell(out, edition: made.edition, isNew: made.isNew, madeAt: kept?.madeAt)
    }
  }

  private func tell(_ file: String, edition: Int?, isNew: Bool, madeAt: Int64?) {
    let console = workspace.console
    guard let edition else {
      return console.say(
        isOver
          ? "Wrote \(file): a draft, as this replica was last synced before the end of \(period.spoken). Run `kam sync` first."
          : "Wrote \(file): a draft, as \(period.spoken) is not over yet.")
    }
    guard !isNew, let madeAt else {
      return console.say("Wrote \(file): edition \(edition) of \(period.spoken), frozen from now on.")
    }
    console.say(
      "Wrote \(file): edition \(edition) of \(period.spoken), as it was frozen \(workspace.moments.ago(madeAt))."
    )
    console.say("What has changed since: --since. A new edition: --fresh.", .dim)
  }

  /// What cannot be written is not frozen either.
  private func makeAndSave(after last: FrozenPack?) throws -> (page: [UInt8], edition: Int?, isNew: Bool) {
    let waiting = try workspace.replica.waitingCount()
    if waiting > 0 {
      workspace.console.note(
        "\(counted(waiting, "change")) waiting to be synced: a pack is made of what is synced only.")
    }
    let (page, state) = try make(after: last)
    if let out { try save(page, to: out) }
    guard isComplete else { return (page, nil, true) }
    let pack = try workspace.replica.freeze(
      name, state: state.encoded(), page: page, now: workspace.shell.now)
    return (page, pack.edition, true)
  }

  /// Makes it again when a sync came in between: a page must not be of two moments.
  private func make(after last: FrozenPack?) throws -> (page: [UInt8], state: PackState) {
    let before = try last.map { try PackState($0.state) }
    while true {
      let heads = try PackState.heads(of: workspace, account: account)
      let source = try source(since: before)
      let (page, figures) = try rendered(
        source, isComplete ? frozen(heads) : nil, before: before, edition: last?.edition)
      if try PackState.heads(of: workspace, account: account) == heads {
        return (page, PackState(heads: heads, figures: figures))
      }
      workspace.forget()
    }
  }

  private func source(since before: PackState?) throws -> FigureSource {
    try FigureSource(
      workspace, account: account, days,
      topics: account == nil ? PortfolioReview.topics : AccountReview.topics,
      syncedOnly: true, heads: before?.heads)
  }

  private func rendered(
    _ source: FigureSource, _ frozen: Pack.Footer.Frozen?, before: PackState?, edition: Int?
  ) throws -> (page: [UInt8], figures: [Figure]) {
    func changes(_ figures: [Figure]) -> Pack.ChangesPart? {
      guard let before, let edition else { return nil }
      let rows = before.changes(to: figures, changed: source.changed).map { change in
        Pack.FigureChange(
          figure: said(change.now.indicator.name), before: change.before.text, after: said(change.now.spoken),
          reason: said(change.reason))
      }
      return Pack.ChangesPart(since: said("edition \(edition)"), changes: rows)
    }
    let review = try review(source)
    return (Array(try review.page(frozen, changes(review.figures)).utf8), review.figures)
  }

  /// What is reviewed: its figures, and how a page is made of them.
  private func review(
    _ source: FigureSource
  ) throws -> (figures: [Figure], page: (Pack.Footer.Frozen?, Pack.ChangesPart?) throws -> String) {
    guard account != nil else {
      let review = PortfolioReview(source: source)
      return (review.figures(), { PackHTML.page(.portfolio(try review.pack(frozen: $0, changes: $1))) })
    }
    guard let facts = source.account else {
      throw Failure.refused("The account is not synced yet: run `kam sync` first.")
    }
    let review = try AccountReview(
      source, facts, isInternal: isInternal, showsNextSteps: showsNextSteps, without: without)
    return (review.figures(), { PackHTML.page(.account(try review.pack(frozen: $0, changes: $1))) })
  }

  private func frozen(_ heads: [String: UInt64]) -> Pack.Footer.Frozen {
    func sum(_ family: (Scope) -> Bool) -> String? {
      let those = heads.filter { Scope($0.key).map(family) ?? false }
      return those.isEmpty ? nil : "\(those.values.reduce(0, &+))"
    }
    return Pack.Footer.Frozen(
      period: said(period.spoken), planSequence: sum { if case .plan = $0 { true } else { false } },
      financeSequence: sum { if case .finance = $0 { true } else { false } })
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
    guard let last = try workspace.replica.packs(name).last else {
      throw Failure.notFound(
        "This pack was never frozen, so nothing can have changed since: write it with --out first.")
    }
    let before = try PackState(last.state)
    let source = try source(since: before)
    let changes = before.changes(to: try review(source).figures, changed: source.changed)
    if isJSON { return try printJSON(changes, last, source) }
    let console = workspace.console
    guard !changes.isEmpty else {
      return console.say(
        "Nothing has changed since edition \(last.edition), made \(workspace.moments.ago(last.madeAt)).")
    }
    console.say("Since edition \(last.edition), made \(workspace.moments.ago(last.madeAt)):", .strong)
    var table = Table([
      .init(title: "figure", shrinks: true, isKey: true), .init(title: "before", isNumber: true, isKey: true),
      .init(title: "now", isNumber: true, isKey: true), .init(title: "why"),
    ])
    for change in changes {
      table.add([
        said(change.now.indicator.name), change.before.text,
        change.now.value.map { said($0.spoken) } ?? said("n/a"),
        said(change.reason),
      ])
    }
    console.show(table)
  }

  private func printJSON(_ changes: [PackChange], _ last: FrozenPack, _ source: FigureSource) throws {
    let rows = changes.map { change -> JSON in
      .object([
        ("indicator", .text(change.before.indicator)),
        ("before", change.before.value.map { .verbatim($0) } ?? .null),
        ("nBefore", .integer(change.before.n)), ("now", change.now.json(for: workspace.reader)),
        ("recordsChanged", .integer(change.records)),
      ])
    }
    workspace.console.document(
      try source.json([
        ("edition", .integer(last.edition)), ("madeAt", .text(Moments.iso(last.madeAt))),
        ("changes", .array(rows)),
      ]).document)
  }
}
