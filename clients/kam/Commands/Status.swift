import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncClient
import SyncCore
import Wording
import Workbench

struct Status: Command {
  static let name = "status"
  static let about: Phrase = "Who you are here, when it last synced, and what waits (needs no network)."
  @Takes("--scopes", "List every scope held.") var scopes = false
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let server =
      workspace.home.isJoined
      ? try Connection.server(of: workspace.home, proxies: workspace.shell.proxies) : nil
    if json.isWanted {
      workspace.console.document(try workspace.statusJSON(server: server).document)
    } else {
      try workspace.showStatus(server: server, listsScopes: scopes)
    }
  }
}

/// The server that this device has joined, and what is on the way to it.
fileprivate typealias Server = (url: String, proxy: Result<Proxy?, ClientError>)

extension Workspace {
  private static let waitingShownMax = 20

  fileprivate func showStatus(server: Server?, listsScopes: Bool) throws {
    let progress = try replica.progress()
    let waiting = try replica.waiting()
    let refused = try replica.quarantine()
    let unseen = try replica.conflicts(unseenOnly: true).count
    let scopes = try replica.scopes()
    let accounts = scopes.filter { if case .plan = $0.scope { true } else { false } }.count
    var rows: [(label: Phrase, text: Phrase)] = [
      ("person", "\(identity.name) <\(identity.email)>, \(word: identity.role.name)"),
      ("organisation", .verbatim(identity.organization)),
      ("server", server.map { .verbatim($0.url) } ?? "none: this replica has no credential"),
    ]
    if let proxy = server.flatMap(proxyWords) { rows.append(("proxy", proxy)) }
    rows.append(
      (
        "last sync",
        progress.synced == 0 ? "never" : "\(moments.ago(progress.synced)) (\(moments.at(progress.synced)))"
      ))
    if progress.synced > 0 {
      rows.append(("clock", clockWords(progress.clockOffset, progress.clockUncertainty)))
    }
    rows.append(
      ("holds", "\(counted(accounts, "account")), \(counted(try replica.count(), "synced record"))"))
    rows.append(
      ("waiting", waiting.isEmpty ? "nothing" : "\(counted(waiting.count, "edit")), sent by the next sync"))
    if !refused.isEmpty {
      rows.append(("refused", "\(counted(refused.count, "edit")): kam conflicts refused"))
    }
    if unseen > 0 { rows.append(("conflicts", "\(unseen) not looked at: kam conflicts")) }
    show(rows)
    if !waiting.isEmpty { console.show([Line(""), Line(said("waiting to sync"), .heading)]) }
    for entry in waiting.prefix(Self.waitingShownMax) {
      console.say("  \(moments.at(entry.created))  \(entry.mutation.summary)")
      if let result = entry.result, result.outcome == .waiting {
        console.say(
          Phrase.verbatim("    ") + "not taken yet: \(reasonWords(result.refusals, reason: result.reason))")
      }
    }
    if waiting.count > Self.waitingShownMax {
      console.say("  … and \(waiting.count - Self.waitingShownMax) more")
    }
    if listsScopes { try show(scopes) }
  }

  /// "proxy.example.com:3128, named by https_proxy"; nil when there is none.
  private func proxyWords(_ server: Server) -> Phrase? {
    switch server.proxy {
    case .success(let proxy): proxy.map { "\($0.address), named by \($0.variable)" }
    case .failure(let error): error.phrase
    }
  }

  private func show(_ scopes: [HeldScope]) throws {
    console.show([Line("")])
    var table = Table([
      .init(title: "scope", shrinks: true, isKey: true), .init(title: "account"), .init(title: "role"),
      .init(title: "sequence", isNumber: true),
    ])
    for held in scopes {
      table.add([
        held.scope.description, try held.scope.account.map { try accounts().label($0) } ?? "",
        said(word: held.role?.name ?? ""), held.grantEpoch == 0 ? said("new") : String(held.head),
      ])
    }
    console.show(table)
  }

  /// "right to 20 ms", "14 min ahead of the server's (± 20 ms)"
  func clockWords(_ offset: Int64, _ uncertainty: Int64) -> Phrase {
    let doubt = "± \(uncertainty) ms"
    if abs(offset) <= max(uncertainty, 100) { return "as the server's (\(doubt))" }
    return offset < 0
      ? "\(Moments.span(offset)) ahead of the server's (\(doubt)); edits are stamped with the server's time"
      : "\(Moments.span(offset)) behind the server's (\(doubt)); edits are stamped with the server's time"
  }

  private func proxyJSON(_ server: Server) -> JSON {
    switch server.proxy {
    case .success(nil): .null
    case .success(let proxy?):
      .object([("address", .text(proxy.address)), ("variable", .text(proxy.variable))])
    case .failure(let error): .object([("problem", .text(said(error.phrase)))])
    }
  }

  fileprivate func statusJSON(server: Server?) throws -> JSON {
    let progress = try replica.progress()
    let scopes = try replica.scopes()
    return .object([
      (
        "person",
        .object([
          ("id", .text(identity.person.description)), ("name", .text(identity.name)),
          ("email", .text(identity.email)),
          ("role", .text(identity.role.name)),
        ])
      ),
      ("organization", .text(identity.organization)),
      ("server", server.map { .text($0.url) } ?? .null), ("proxy", server.map(proxyJSON) ?? .null),
      ("home", .text(home.directory)), ("replica", .integer(identity.replica)),
      ("synced", progress.synced == 0 ? .null : .text(Moments.iso(progress.synced))),
      ("waiting", .array(try replica.waiting().map { try json($0) })),
      ("refused", .integer(try replica.quarantine().count)),
      ("conflicts", .integer(try replica.conflicts(unseenOnly: true).count)),
      (
        "clock",
        .object([
          ("offsetMs", .integer(progress.clockOffset)),
          ("uncertaintyMs", .integer(progress.clockUncertainty)),
        ])
      ),
      ("records", .integer(try replica.count())), ("repairs", .integer(progress.repairs)),
      (
        "scopes",
        .array(
          scopes.map {
            .object([
              ("scope", .text($0.scope.description)), ("role", $0.role.map { .text($0.name) } ?? .null),
              ("writable", .flag($0.isWritable)), ("sequence", .integer($0.head)),
            ])
          })
      ),
    ])
  }
}
