import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// What changed since its reader last looked, and by whom.

extension AccountPage {
  private static let newsMax = 12

  private struct News {
    let at: Int64
    let who: String
    let what: String
  }

  func showNews() throws {
    guard let look else { return }
    let news = try (news(of: all, since: look.planHead, look) + financeNews(look)).sorted { $0.at > $1.at }
    let since = workspace.moments.ago(look.at)
    guard !news.isEmpty else {
      console.say("Nothing changed since you last looked (\(since)).", .dim)
      return
    }
    heading("Since you last looked (\(since)): \(counted(news.count, "change"))")
    let left = min(16, news.prefix(Self.newsMax).map { columns($0.who) }.max() ?? 0)
    for piece in news.prefix(Self.newsMax) {
      let who = padded(fitted(piece.who, to: left, ellipsis: console.symbols.ellipsis), to: left)
      line("  \(who)  \(piece.what)", said(workspace.moments.at(piece.at)))
    }
    if news.count > Self.newsMax { console.say("  … and \(news.count - Self.newsMax) more", .dim) }
  }

  private func news(of records: [RecordView], since head: UInt64, _ look: LastLook) throws -> [News] {
    try records.compactMap { view in
      guard !view.isPending || view.state.sequence > head, view.state.sequence > head,
        let latest = view.state.stamps.latest
      else { return nil }
      let author = try workspace.people().author(of: latest)
      // One's own words are no news.
      guard author.person != workspace.identity.person else { return nil }
      let who = author.person == nil ? said(author.device) : said(try workspace.people().name(author.person))
      return News(at: latest.milliseconds, who: who, what: try what(changed: view, latest, look))
    }
  }

  private func what(changed view: RecordView, _ latest: Stamp, _ look: LastLook) throws -> String {
    let name = "\(said(word: view.description?.label ?? "record")) \(handle(view))"
    let title = workspace.title(view)
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
  private func financeNews(_ look: LastLook) throws -> [News] {
    let records = try workspace.replica.records(in: .finance(account.id))
      .filter { $0.state.sequence > look.financeHead }
    return try Dictionary(grouping: records, by: \.kind).compactMap { kind, views -> News? in
      let foreign = try views.compactMap { view -> (Stamp, RecordID?)? in
        guard let latest = view.state.stamps.latest else { return nil }
        let author = try workspace.people().author(of: latest)
        return author.person == workspace.identity.person ? nil : (latest, author.person)
      }
      guard let last = foreign.max(by: { $0.0 < $1.0 }), let label = PlanModel.kind(kind)?.label else {
        return nil
      }
      return News(
        at: last.0.milliseconds, who: said(try workspace.people().name(last.1)),
        what: said("new: \(counted(foreign.count, label))"))
    }
  }
}
