import Speech
import Wording
import Workbench

struct ListTwins: Command {
  static let name = "twins"
  static let about: Phrase = "Each two with what they have in common (the default)."
  @Takes("--all", "Also those that were put apart.") var all = false
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
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
          workspace.said(word: twin.kind.label), twin.handles[0], twin.titles[0], twin.handles[1],
          twin.titles[1],
          twin.account, workspace.said(twin.reasons),
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

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    workspace.console.say(try workspace.keepApart(one, other, undo: undo).sentence)
  }
}
