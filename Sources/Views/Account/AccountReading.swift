import Pages
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

extension Workbench {
  /// The page of an account, all of it of one moment.
  package func accountPage(_ account: RecordView) throws -> AccountPage {
    try replica.read { _ in try AccountReading(account, by: self).page() }
  }
}

/// Reads an account's plan once; each part of the page picks from it.
struct AccountReading {
  let workbench: Workbench
  let account: RecordView
  /// Deleted ones too.
  let all: [RecordView]
  private let byKind: [UInt32: [RecordView]]
  private let byID: [RecordID: RecordView]
  private let handles: [RecordID: Handle]
  /// The look that what is new is told against.
  let look: LastLook?
  let today: PlanDate

  init(_ account: RecordView, by workbench: Workbench) throws {
    self.workbench = workbench
    self.account = account
    all = try workbench.replica.records(in: .plan(account.id))
    byKind = Dictionary(grouping: all.filter(\.isShown), by: \.kind)
    byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    handles = try workbench.replica.handles(for: all.map(\.id))
    look = try workbench.replica.lastLook(at: account.id, now: workbench.now)
    today = workbench.today
  }

  func page() throws -> AccountPage {
    AccountPage(
      head: try head(), news: try news(), people: try people(), figures: try figures(),
      objectives: try objectives(), tasks: try tasks(), communication: try communication(),
      interactions: try interactions(), requests: try requests(), opportunities: try opportunities(),
      swot: swot(), comments: try workbench.comments(on: account))
  }

  // MARK: - What the parts pick from

  /// The living records of a kind, in the order they were made.
  func records(_ kind: KindDescription) -> [RecordView] { byKind[kind.number] ?? [] }
  func record(_ id: RecordID?) -> RecordView? { id.flatMap { byID[$0] } }
  func handle(_ view: RecordView) -> String { handles[view.id]?.description ?? "" }
  func said(_ phrase: Phrase) -> String { workbench.reader.said(phrase) }
  func said(word: String) -> String { workbench.reader.said(word: word) }

  func name(_ view: RecordView, _ title: UInt32) -> RecordName {
    RecordName(
      id: view.id.description, handle: handle(view), title: view.text(title) ?? "", isPending: view.isPending)
  }

  /// What a register says, in words; nil when it is empty.
  func words(_ register: UInt32, of view: RecordView) throws -> String? {
    guard let register = view.description?.register(register) else { return nil }
    let words = try workbench.words(register, of: view)
    return words.isEmpty ? nil : words
  }
}

/// What there is of it.
func present(_ parts: [String?]) -> [String] { parts.compactMap { $0 }.filter { !$0.isEmpty } }
