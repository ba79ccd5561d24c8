import Pages
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// What changed since its reader last looked, and by whom.

extension AccountReading {
  private static let newsMax = 12

  private struct Change {
    let at: Int64
    let who: String
    let what: String
  }

  func news() throws -> AccountPage.News? {
    guard let look else { return nil }
    let changes = try (changes(since: look) + financeChanges(since: look)).sorted { $0.at > $1.at }
    let since = workbench.moments.ago(look.at)
    let title: Phrase =
      changes.isEmpty
      ? "Nothing changed since you last looked (\(since))."
      : "Since you last looked (\(since)): \(counted(changes.count, "change"))"
    return AccountPage.News(
      Section(title: said(title), of: changes, max: Self.newsMax) {
        AccountPage.News.Change(who: $0.who, what: $0.what, at: said(workbench.moments.at($0.at)))
      })
  }

  private func changes(since look: LastLook) throws -> [Change] {
    try all.compactMap { view in
      guard view.state.sequence > look.planHead, let latest = view.state.stamps.latest else { return nil }
      let author = try workbench.people().author(of: latest)
      // One's own words are no news.
      guard author.person != workbench.identity.person else { return nil }
      let who = author.person == nil ? said(author.device) : said(try workbench.people().name(author.person))
      return Change(at: latest.milliseconds, who: who, what: what(changed: view, latest, look))
    }
  }

  private func what(changed view: RecordView, _ latest: Stamp, _ look: LastLook) -> String {
    let name = "\(said(word: view.description?.label ?? "record")) \(handle(view))"
    let title = workbench.title(view)
    let quoted = title.isEmpty ? name : said("\(name) “\(title)”")
    guard view.state.alive else { return said("deleted \(quoted)") }
    // What was written in one go is new.
    let isNew = view.state.stamps.entries.allSatisfy { $0.stamp == latest }
    if isNew { return said("new: \(quoted)") }
    let fields = view.state.stamps.entries.filter { $0.stamp == latest || $0.stamp.milliseconds > look.at }
      .compactMap { view.description?.register($0.register) }.map { Phrase.word($0.label) }
    return fields.isEmpty ? quoted : said("\(quoted): \(enumerated(fields))")
  }

  /// Sales come by the hundred: they are counted, not listed.
  private func financeChanges(since look: LastLook) throws -> [Change] {
    let records = try workbench.replica.records(in: .finance(account.id))
      .filter { $0.state.sequence > look.financeHead }
    return try Dictionary(grouping: records, by: \.kind).compactMap { kind, views -> Change? in
      let foreign = try views.compactMap { view -> (Stamp, RecordID?)? in
        guard let latest = view.state.stamps.latest else { return nil }
        let author = try workbench.people().author(of: latest)
        return author.person == workbench.identity.person ? nil : (latest, author.person)
      }
      guard let last = foreign.max(by: { $0.0 < $1.0 }), let label = PlanModel.kind(kind)?.label else {
        return nil
      }
      return Change(
        at: last.0.milliseconds, who: said(try workbench.people().name(last.1)),
        what: said("new: \(counted(foreign.count, label))"))
    }
  }
}
