import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

struct ListTwins: Command {
  static let name = "twins"
  static let about: Phrase = "Each two with what they have in common (the default)."
  @Takes("--all", "Also those that were put apart.") var all = false
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let twins = try workspace.told(workspace.allTwins(withKeptApart: all))
    if json.isWanted {
      workspace.console.document(JSON.array(twins.map(\.json)).document)
    } else if twins.isEmpty {
      workspace.console.say("Nothing is here twice, as far as can be seen.")
    } else {
      var table = Table([
        .init(title: "kind"), .init(title: "one", isKey: true), .init(title: "title", shrinks: true),
        .init(title: "other", isKey: true), .init(title: "title"), .init(title: "account"),
        .init(title: "the same"),
      ])
      for twin in twins {
        table.add([
          said(word: twin.kind.label), twin.handles[0], twin.titles[0], twin.handles[1], twin.titles[1],
          twin.account, said(twin.reasons),
        ])
      }
      workspace.console.show(table)
      workspace.console.say("Merge two: kam merge KEEP OTHER. They are two: kam twins apart ONE OTHER", .dim)
    }
    try workspace.showAge()
  }
}

struct KeepApart: Command {
  static let name = "twins apart"
  static let about: Phrase = "Say that two are not the same: this device does not ask again."
  @Takes("ONE", "One of them.") var one: String
  @Takes("OTHER", "The other one.") var other: String
  @Takes("--undo", "Ask again.") var undo = false

  func run() throws {
    let workspace = try Workspace()
    let views = try [one, other].map { try workspace.find($0, kind: nil) }
    guard views[0].kind == views[1].kind, views[0].id != views[1].id else {
      throw Failure.usage("Give two records of one kind.")
    }
    let changed = try workspace.replica.setApart(!undo, RecordPair(views[0].id, views[1].id))
    let names = try enumerated(views.map(workspace.mergeName))
    workspace.console.say(
      !changed
        ? "Nothing changed."
        : undo ? "\(capitalized(names)) may be one again." : "\(capitalized(names)) are two.")
  }
}

/// Two records that may be one, with what is needed to tell it.
struct ToldTwins {
  let pair: TwinPair
  let kind: KindDescription
  let handles: [String]
  let titles: [String]
  /// The short name of a contact's account; "" of others.
  let account: String

  /// "email and name"
  var reasons: Phrase { enumerated(pair.reasons.map(\.phrase)) }
  /// What was made first stays: everybody is told the same command.
  var merge: String { "kam merge \(handles[0]) \(handles[1])" }

  var sentence: Phrase {
    let (one, other) = ("\(handles[0]) “\(titles[0])”", "\(handles[1]) “\(titles[1])”")
    let place: Phrase = account.isEmpty ? .nothing : " (\(account))"
    return """
      \(one) and \(other)\(place) may be one \(word: kind.label): the same \(reasons). If so: kam merge \(handles[0]) \
      \(handles[1]). If they are two: kam twins apart \(handles[0]) \(handles[1])
      """
  }

  var json: JSON {
    .object([
      ("kind", .text(kind.name)), ("one", .text(pair.first.description)),
      ("other", .text(pair.second.description)),
      ("handles", .array(handles.map(JSON.text))), ("titles", .array(titles.map(JSON.text))),
      ("account", account.isEmpty ? .null : .text(account)),
      ("reasons", .array(pair.reasons.map { .text(jsonName(ofField: $0.rawValue)) })),
      ("merge", .text(merge)),
    ])
  }
}

extension Workspace {
  func told(_ pairs: [TwinPair]) throws -> [ToldTwins] {
    let handles = try replica.handles(for: pairs.flatMap { [$0.first, $0.second] })
    return try pairs.compactMap { pair in
      guard let (one, other) = try views(of: pair), let kind = PlanModel.kind(one.kind) else { return nil }
      let account = kind.number == KindDescription.account.number ? nil : one.scope.account
      func name(_ view: RecordView) -> String {
        view.text("name").flatMap { $0.isEmpty ? nil : $0 } ?? title(view)
      }
      return ToldTwins(
        pair: pair, kind: kind,
        handles: [one, other].map { handles[$0.id]?.description ?? $0.id.description },
        titles: [one, other].map { fitted(name($0), to: 60, ellipsis: "…") },
        account: try account.map { try accounts().label($0) } ?? "")
    }
  }

  /// The two of one kind, and where they are contacts of one account: what others gave the same id is not meant.
  private func views(of pair: TwinPair) throws -> (RecordView, RecordView)? {
    let others = try replica.records(pair.second)
    for one in try replica.records(pair.first) {
      let isContact = one.kind == KindDescription.contact.number
      let other = others.first { $0.kind == one.kind && (!isContact || $0.scope == one.scope) }
      if let other { return (one, other) }
    }
    return nil
  }
}
